"""`seminar check`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from bot.commands import corpus_options, open_or_build, today_option


@click.command()
@click.argument("text", nargs=-1, required=True)
@corpus_options
@today_option
def check(text: tuple[str, ...], corpora: tuple[Path, ...], index_folder: Path | None, today: date) -> None:
    """Check every number of a text: it agrees, it differs (by how much), or nothing is held.

    Example:

        seminar check "NEV sales in October 2021 were 0.38 million"
    """
    from bot.checking import check as check_
    from bot.checking import findings_as_text

    words = sys.stdin.read() if text == ("-",) else " ".join(text)
    index = open_or_build(corpora, index_folder)
    with index.seen_by(None) as view:
        findings = check_(words, view, today=today)
    for line in findings_as_text(findings):
        click.echo(line)
    if not findings:
        click.echo("It has no numbers to check.")
