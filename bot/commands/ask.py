"""`seminar ask`, and the chat that `seminar` alone opens."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, follow, open_or_build, today_option

if TYPE_CHECKING:
    from bot.answers import Answer, Ask
    from bot.questions import Question

NOTHING_HELD = 3


@click.command()
@click.argument("question", nargs=-1)
@corpus_options
@today_option
@click.option("--json", "as_json", is_flag=True, help="print the answer as JSON")
@click.option("--jsonl", "as_lines", is_flag=True, help="read questions as JSON lines, answer as JSON lines")
@click.pass_context
def ask(
    ctx: click.Context,
    question: tuple[str, ...],
    corpora: tuple[Path, ...],
    index_folder: Path | None,
    today: date,
    as_json: bool,
    as_lines: bool,
) -> None:
    """Answer a question from the record.

    Example:

        seminar ask "NEV sales in October 2021?"
    """
    if as_lines == bool(question):
        raise click.UsageError('Ask one question: seminar ask "NEV sales in October?", or use --jsonl.')
    from bot.answers.ask import make_ask
    from bot.config import find_home
    from bot.machine import answer_to_json
    from bot.receipts import keep
    from bot.terminal import show_answer

    if as_lines:
        for line in answer_lines(follow(corpora, index_folder), sys.stdin.buffer, today):
            click.echo(line)
        return
    answer = make_ask(open_or_build(corpora, index_folder))(
        " ".join(question), thread=(), viewer=None, today=today
    )
    keep(find_home().state, answer, today=today)
    if as_json:
        click.echo(json.dumps(answer_to_json(answer), ensure_ascii=False, indent=2))
    else:
        show_answer(answer)
    if answer.kind == "none":
        ctx.exit(NOTHING_HELD)


def answer_lines(ask_: Ask, lines: Iterable[bytes], today: date) -> Iterator[str]:
    """One JSON answer a line; a line that can't be read is answered with an error and the rest go on."""
    from bot.machine import answer_to_json

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            name, text, context = _read_line(line)
        except ValueError as error:
            yield json.dumps(
                {"id": None, "line": number, "kind": "error", "error": str(error)}, ensure_ascii=False
            )
            continue
        answer = _ask_in_thread(ask_, text, context, today)
        yield json.dumps(answer_to_json(answer) | {"id": name}, ensure_ascii=False)


def _read_line(line: bytes) -> tuple[object, str, list[str]]:
    try:
        item = json.loads(line)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from None
    if not isinstance(item, dict) or not isinstance(item.get("question"), str):
        raise ValueError('a line needs the form {"id": …, "question": "…", "context": ["…"]}')
    context = item.get("context") or []
    if not isinstance(context, list) or not all(isinstance(text, str) for text in context):
        raise ValueError("context must be a list of earlier questions, oldest first")
    return item.get("id"), item["question"], context


def _ask_in_thread(ask_: Ask, text: str, context: list[str], today: date) -> Answer:
    thread: tuple[Question, ...] = ()
    for earlier in context:
        thread = (*thread, ask_(earlier, thread=thread, viewer=None, today=today).question)
    return ask_(text, thread=thread, viewer=None, today=today)


def chat() -> None:
    """A conversation that keeps its context, until Ctrl-D."""
    from datetime import datetime

    from bot.config import find_home
    from bot.receipts import keep
    from bot.terminal import show_answer

    ask_ = follow((), None)
    began = datetime.now().astimezone()
    click.echo(
        "Ask about market figures or strategy; an empty line or Ctrl-D ends. Follow-ups keep the thread."
    )
    thread: tuple[Question, ...] = ()
    while text := _prompt():
        today = datetime.now().astimezone().date()
        answer = ask_(text, thread=thread, viewer=None, today=today)
        keep(find_home().state, answer, today=today, thread=began.isoformat())
        show_answer(answer)
        thread = (*thread, answer.question)[-20:]


def _prompt() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""
