"""`seminar add`, `remove`, `replace`, `watch` and `open`: the library, and the places that citations name."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, locate, note_act, open_or_build

if TYPE_CHECKING:
    from index.library import Addition, Library

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "--supersedes", default="", help="the document of the library that these are a newer edition of"
)
@click.pass_context
def add(ctx: click.Context, paths: tuple[Path, ...], supersedes: str) -> None:
    """Copy files or folders into the library and read them.

    Example:

        seminar add report.pdf notes/
    """
    taken, refused = show_additions(_noted(_library().add(paths, supersedes=supersedes)))
    if taken:
        _build()
    elif refused:
        ctx.exit(1)


@click.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take a document out of the library.

    Example:

        seminar remove report.pdf
    """
    removed = _library().remove(name)
    note_act("removed", removed)
    click.echo(f"Removed {removed} from the library.")
    _build()


@click.command()
@click.argument("name")
@click.argument("path", type=_PATH)
@click.pass_context
def replace(ctx: click.Context, name: str, path: Path) -> None:
    """Put a newer file in the place of a document of the library.

    Example:

        seminar replace report.pdf report-2.pdf
    """
    taken, _ = show_additions(_noted([_library().replace(name, path)]))
    if not taken:
        ctx.exit(1)
    _build()


@click.command()
@corpus_options
@click.option(
    "--seconds", default=2.0, show_default=True, type=click.FloatRange(0.1), help="how often to look"
)
def watch(corpora: tuple[Path, ...], index_folder: Path | None, seconds: float) -> None:
    """Build the index whenever a file changes, until Ctrl-C; a running bot answers from the new one at once.

    Example:

        seminar watch --corpus notes/
    """
    from bot.commands.build import build_index, show_report
    from index import library

    where = locate(corpora, index_folder)
    begun = time.perf_counter()
    show_report(build_index(where, fresh=False), time.perf_counter() - begun)
    click.echo(f"Watching {', '.join(str(root) for root in where.roots)}; Ctrl-C ends.")
    for _ in library.watch(where.roots, seconds=seconds):
        begun = time.perf_counter()
        show_report(build_index(where, fresh=False), time.perf_counter() - begun)


@click.command("open")
@click.argument("citation", nargs=-1, required=True)
@corpus_options
def open_(citation: tuple[str, ...], corpora: tuple[Path, ...], index_folder: Path | None) -> None:
    """Show the place of a citation in its context: a document, then a page, time, cell, heading or words of it.

    Example:

        seminar open report.pdf page 3
    """
    from bot.context import find_context

    index = open_or_build(corpora, index_folder)
    with index.seen_by(None) as view:
        for line in find_context(" ".join(citation), view, locate(corpora, index_folder).roots):
            click.echo(line)


def _noted(additions: Iterable[Addition]) -> Iterator[Addition]:
    """Each file on its way, in the audit trail where it was taken."""
    for one in additions:
        if one.state in ("added", "replaced"):
            note_act("added", one.name)
        yield one


def show_additions(additions: Iterable[Addition]) -> tuple[int, int]:
    """Prints what became of each file; how many were taken, how many refused."""
    from bot.commands.build import many
    from index.passages import split

    taken = refused = 0
    for one in additions:
        if one.state in ("added", "replaced") and one.document:
            taken += 1
            document = one.document
            day = document.published.isoformat() if document.published else "no date"
            count = len(document.tables)
            tables = f", {count:,} table{'s' if count > 1 else ''}" if count else ""
            click.echo(f"{one.state.capitalize()} {one.name}: {document.title} · {day} · "
                       f"{many(len(split(document)), 'passage')}{tables}")  # fmt: skip
            for warning in document.warnings:
                click.echo(f"    note: {warning}")
            _show_editions(one)
        elif one.supersedes:
            taken += 1
            click.echo(f"Held as {one.name}; from now on it supersedes {one.supersedes}.")
        else:
            refused += one.state == "refused"
            what = "Held already" if one.state == "held" else "Not added"
            click.echo(f"{what}: {one.source}: {one.why} {one.cure}".rstrip())
    return taken, refused


def _show_editions(one: Addition) -> None:
    """What a document that was added stands in for, what stands in for it, and what it is much like."""
    undo = "if not, take the line out of {}.toml beside it in the library"
    if one.supersedes:
        click.echo(f"    note: it supersedes {one.supersedes}; {undo.format(one.name)}")
    if one.access:
        click.echo(f"    note: as that one, only those with the label {one.access} see it")
    if one.superseded_by:
        click.echo(f"    note: {one.superseded_by} is a newer edition of it and supersedes it; "
                   f"{undo.format(one.superseded_by)}")  # fmt: skip
    for name, share in one.alike:
        click.echo(f"    note: {share:.0%} of it stands in {name} too; if this is its newer edition: "
                   f"seminar add {one.source} --supersedes {name}")  # fmt: skip


def _library() -> Library:
    from bot.config import find_home
    from index.library import Library

    home = find_home()
    home.library.mkdir(parents=True, exist_ok=True)
    return Library(home.library, tuple(root for root in locate((), None).roots if root != home.library))


def _build() -> None:
    from bot.commands.build import build_index, show_report

    begun = time.perf_counter()
    show_report(build_index(locate((), None), fresh=False), time.perf_counter() - begun)
