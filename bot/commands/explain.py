"""`seminar explain`: how an answer came about."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, open_or_build, today_option

if TYPE_CHECKING:
    from bot.answers.explained import Explanation
    from bot.state import Receipt
    from index.reader import Index


@click.command()
@click.argument("answer", nargs=-1)
@corpus_options
@today_option
@click.option("--json", "as_json", is_flag=True, help="print the whole receipt as JSON")
def explain(
    answer: tuple[str, ...], corpora: tuple[Path, ...], index_folder: Path | None, today: date, as_json: bool
) -> None:
    """Show how an answer came about: its reading, SQL, passages, scores.

    ANSWER is the id of an answer given in Slack or here (the last one here where it is left out), or a question.

    Example:

        seminar explain "NEV sales in October 2021?"
    """
    from bot.answers.explained import lines_of, to_json

    index = open_or_build(corpora, index_folder)
    given, explained = _explained(index, " ".join(answer), today)
    if as_json:
        click.echo(json.dumps(to_json(explained), ensure_ascii=False, indent=2))
        return
    for line in lines_of(explained):
        click.echo(line)
    if given is not None and given.index_version != explained.answer.index:
        click.echo(
            f"The answer was given from index {given.index_version}, which has changed since; it said then: "
            f"{given.answer.get('headline', '')}"
        )


def _explained(index: Index, wanted: str, today: date) -> tuple[Receipt | None, Explanation]:
    from bot.answers.explained import explain as explain_
    from bot.config import find_home
    from bot.receipts import find_receipt, questions_before
    from bot.state import State
    from index.errors import SeminarError

    path = find_home().state
    given: Receipt | None = None
    before: tuple[str, ...] = ()
    if path.exists():
        state = State(path)
        try:
            given = find_receipt(state, wanted)
            before = questions_before(state, given) if given else ()
        finally:
            state.close()
    if given is not None:
        day = date.fromisoformat(given.day or given.at[:10])
        viewer = None if given.labels is None else frozenset(given.labels)
        return given, explain_(index, given.question, before=before, viewer=viewer, today=day)
    if not wanted or (len(wanted) == 12 and set(wanted) <= set("0123456789abcdef")):
        raise SeminarError(
            f"No answer {wanted or 'given here'} is kept.",
            'Explain a question instead: seminar explain "NEV sales in October?"',
        )
    return None, explain_(index, wanted, viewer=None, today=today)
