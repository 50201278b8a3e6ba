"""`seminar correct` and `seminar corrections`."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, note_act, open_or_build, today_option

if TYPE_CHECKING:
    from index.figures import Figure
    from index.reader import Index


@click.command()
@click.argument("question", nargs=-1)
@click.option(
    "--figure", "number", type=int, default=0, help="the figure's number, where the answer has several"
)
@click.option("--reject", is_flag=True, help="the figure is none, or not worth keeping")
@click.option("--value", default="", help='what it is instead: "390,000 vehicles"')
@click.option("--period", default="", help='the period that it is of: "October 2021"')
@click.option("--metric", default="", help="the metric that it is of: nev_sales")
@click.option("--reason", default="", help="why, for everybody who sees the figure")
@click.option("--by", default="", help="your name; else that of the account")
@corpus_options
@today_option
def correct(
    question: tuple[str, ...], number: int, reject: bool, value: str, period: str, metric: str, reason: str,
    by: str, corpora: tuple[Path, ...], index_folder: Path | None, today: date,
) -> None:  # fmt: skip
    """Correct the figure that a question is answered with; without a question, list what people reported as wrong.

    Example:

        seminar correct "NEV sales in October 2021" --value 385,000 --reason "CAAM revised it"
    """
    from bot.commands.build import build_index, show_report
    from bot.config import find_corpora, find_home
    from index import corrections
    from index.errors import CorpusError

    if not question and not number:
        _list_reports()
        return
    index = open_or_build(corpora, index_folder)
    figure = _choose(index, " ".join(question), number, today)
    if metric and index.catalogue.get(metric) is None:
        raise CorpusError(
            f'The catalogue has no metric "{metric}".',
            f"Its keys: {', '.join(sorted(index.catalogue.keys)[:40])}",
        )
    home = find_home()
    made = corrections.correct(
        figure, index.corrections, reason=reason, by=by or getpass.getuser(),
        on=datetime.now().astimezone().date(), reject=reject, value=value, period=period, metric=metric,
    )  # fmt: skip
    path = corrections.add_correction(corpora[-1] if corpora else home.library, made)
    note_act("corrected", f"{made.read_text} ({made.read_metric}, {made.read_period}): {made.label}")
    click.echo(
        f"{figure.text} ({figure.series.metric}, {figure.period.label}): {made.label}. Kept in {path}."
    )
    show_report(build_index(find_corpora(home, corpora, index_folder), fresh=False), 0.0)


def _choose(index: Index, question: str, number: int, today: date) -> Figure:
    """The one figure that is meant. Raises CorpusError with the numbers to choose from where there are several."""
    from bot.answers.ask import make_ask
    from index.errors import CorpusError
    from index.lookup.figures import read_figure

    with index.seen_by(None) as view:
        if number and (figure := read_figure(view, number)):
            return figure
    answer = make_ask(index)(question, today=today) if question else None
    figures = answer.figures if answer else ()
    if len(figures) == 1:
        return figures[0]
    shown = [f"{f.id}: {f.text}, {f.series.metric}, {f.period.label}, {f.document_id}" for f in figures[:12]]
    raise CorpusError(
        f"That names {len(figures)} figures, not one.",
        "\n".join(["Choose by its number, with --figure:", *shown])
        if shown
        else "Ask for it: seminar figures",
    )


def _list_reports() -> None:
    from bot.commands.slack import open_state

    with open_state() as state:
        found = state.read(
            "SELECT r.number, r.at, r.comment, a.question, a.private FROM reports r "
            "JOIN receipts a ON a.id = r.receipt GROUP BY r.number ORDER BY r.number"
        )
    for report, at, comment, question, private in found:
        asked = "(asked in a direct message)" if private else question
        click.echo(f"{report}  {str(at)[:10]}  {asked}\n    {comment}")
    if not found:
        click.echo("Nobody reported an answer as wrong.")
