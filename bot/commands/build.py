"""`seminar build`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, locate

if TYPE_CHECKING:
    from bot.config import Corpora
    from index.alike import Alike
    from index.builder import BuildReport


@click.command()
@corpus_options
@click.option("--fresh", is_flag=True, help="read every file again")
@click.option("--diff", is_flag=True, help="list the figures that came, changed and went")
def build(corpora: tuple[Path, ...], index_folder: Path | None, fresh: bool, diff: bool) -> None:
    """Read the corpus and write the index.

    Example:

        seminar build --corpus notes/
    """
    where = locate(corpora, index_folder)
    started = time.perf_counter()
    report = build_index(where, fresh=fresh, diff=diff)
    show_report(report, time.perf_counter() - started)


def build_index(where: Corpora, *, fresh: bool, diff: bool = False) -> BuildReport:
    """Builds with a line of progress on a terminal, and without one elsewhere."""
    from index.builder import build as build_

    live = sys.stderr.isatty()

    def show(what: str, done: int, total: int) -> None:
        if live:
            click.echo(f"\r\x1b[2Kreading {done}/{total} {what[-60:]}", nl=False, err=True)

    try:
        return build_(where.roots, where.index, fresh=fresh, diff=diff, progress=show)
    finally:
        if live:
            click.echo("\r\x1b[2K", nl=False, err=True)


def show_report(report: BuildReport, seconds: float) -> None:
    counts = ", ".join(
        many(count, noun)
        for count, noun in (
            (report.documents, "document"),
            (report.passages, "passage"),
            (report.figures, "figure"),
        )
    )
    if not report.changed:
        click.echo(f"Nothing changed: {counts}.")
        return
    click.echo(f"Read {many(len(report.read), 'file')} in {seconds:.1f} s; the index holds {counts}.")
    if report.resumed:
        click.echo(f"{many(report.resumed, 'file')} had been read by a build that was interrupted.")
    for old, name in report.renamed:
        click.echo(f"Renamed: {old} is {name} now")
    for name, other in report.copies:
        click.echo(f"Note: {name} is a copy of {other}; what it says counts twice until one goes")
    for one in report.alike:
        click.echo(f"Note: {alike(one)}")
    for name in report.removed:
        click.echo(f"Removed: {name}")
    for name, reason in report.skipped:
        click.echo(f"Skipped: {name}: {reason}")
    for name, warning in report.warnings:
        click.echo(f"Note: {name}: {warning}")
    for line in report.revisions:
        click.echo(line)
    if not report.documents:
        click.echo("Nothing in the corpus could be read. Take documents in with: seminar add PATH")


def alike(one: Alike) -> str:
    """Two documents that say much the same, and what to do where one is a newer edition."""
    said = f"{one.share:.0%} of {one.name} stands in {one.other} too"
    line = f'supersedes = "{one.other}" in {one.name}.toml'
    if one.newer:
        return f"{said}, by title and date an older edition of it; to have it so: {line}"
    return f"{said}; where it is the newer edition, say so: {line}"


def many(count: int, noun: str) -> str:
    """A count with its noun: "1 file", "1,200 files"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
