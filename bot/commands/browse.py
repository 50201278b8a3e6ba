"""`seminar documents`, `seminar figures`, `seminar takeaways`."""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

import click

from bot.commands import corpus_options, open_or_build

COLUMNS = (
    "metric", "dimensions", "period", "value", "high", "unit", "kind", "basis", "status", "bound", "document",
    "place", "text", "quote",
)  # fmt: skip


@click.command()
@corpus_options
def documents(corpora: tuple[Path, ...], index_folder: Path | None) -> None:
    """List what the index holds: documents and tables, with what was read of each.

    Example:

        seminar documents
    """
    from bot.commands.build import many

    index = open_or_build(corpora, index_folder)
    with index.seen_by(None) as view:
        entries = view.entries()
    if not entries:
        click.echo("The corpus holds no document yet. Add one: put a file into it, then ask again.")
    for entry in entries:
        day = entry.published.isoformat() if entry.published else "no date"
        click.echo(
            f"{entry.id}\n    {entry.title} · {day} · {many(entry.passages, 'passage')} · "
            f"{many(entry.figures, 'figure')}"
        )
        if entry.superseded_by:
            click.echo(f"    superseded by {entry.superseded_by}")
        for warning in entry.warnings:
            click.echo(f"    note: {warning}")


@click.command()
@click.argument("words", nargs=-1)
@corpus_options
@click.option("--metric", help="only this metric (a key of the catalogue, or a text's own words)")
@click.option("--document", help="only figures of this file")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m", "%Y"]),
    help="periods that start on this day or later",
)
@click.option("--limit", default=40, show_default=True, type=click.IntRange(1), help="how many rows to show")
@click.option("--csv", "as_csv", is_flag=True, help="print every row as CSV")
def figures(
    words: tuple[str, ...],
    corpora: tuple[Path, ...],
    index_folder: Path | None,
    metric: str | None,
    document: str | None,
    since: date | None,
    limit: int,
    as_csv: bool,
) -> None:
    """Browse the figures that the index holds; WORDS filter by metric, dimension, text or quote.

    Example:

        seminar figures nev sales --since 2021
    """
    from index.lookup import browse

    index = open_or_build(corpora, index_folder)
    with index.seen_by(None) as view:
        rows = browse(view, words, metric=metric, document=document, since=since)
        if as_csv:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(row.cells for row in rows)
            return
        count = 0
        for row in rows:
            count += 1
            if count <= limit:
                click.echo(row.line)
    if not count:
        click.echo("No figure fits. Fewer words find more: seminar figures")
    elif count > limit:
        click.echo(f"… {limit:,} of {count:,} figures; --limit or --csv shows more.")


@click.command()
@click.argument("document", required=False)
@corpus_options
def takeaways(document: str | None, corpora: tuple[Path, ...], index_folder: Path | None) -> None:
    """The takeaways of a document (the shipped seminar where none is named) or on a topic, each verbatim.

    Example:

        seminar takeaways "solid state in Japan"
    """
    from bot import topics
    from bot.takeaways import digest, find_document, label
    from index.errors import CorpusError

    index = open_or_build(corpora, index_folder)
    words = topics.read_topic(document or "")
    with index.seen_by(None) as view:
        try:
            click.echo(label(digest(find_document(words, view), view)))
        except CorpusError:
            found = topics.digest_topic(words, view)
            if not found.points:
                raise
            click.echo(topics.label(found))
