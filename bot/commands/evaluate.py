"""`seminar eval`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.commands import corpus_options, open_or_build, today_option


@click.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@corpus_options
@today_option
@click.option("--compare", is_flag=True, help="show the last run beside this one")
@click.option("--misses", is_flag=True, help="print each question that was answered wrongly")
def eval_(
    questions: Path,
    corpora: tuple[Path, ...],
    index_folder: Path | None,
    today: date,
    compare: bool,
    misses: bool,
) -> None:
    """Ask a file of questions whose answers are known, and count what is right.

    A line is {"question": "…", "says": ["…"]}, with "value" (and "unit") for a figure or "none": true; "context" has
    the questions before it, "document" the file that has to be cited.

    Example:

        seminar eval questions.jsonl --compare
    """
    from bot.answers.ask import make_ask
    from bot.config import find_home
    from bot.evaluation import evaluate, label, read_cases, read_report, save

    read_cases(questions)
    last = find_home().path / "evaluations" / f"{questions.stem}.json"
    report = evaluate(questions, make_ask(open_or_build(corpora, index_folder)), today=today)
    for line in label(report, read_report(last) if compare else None):
        click.echo(line)
    for miss in report.misses if misses else ():
        click.echo(f"- {miss}")
    save(report, last)
