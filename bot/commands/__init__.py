"""One module per family of commands; each imports what is heavy only when it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from bot.answers import Ask
    from bot.audit import Act
    from bot.config import Corpora
    from index.reader import Index

F = TypeVar("F", bound=Callable[..., Any])


def corpus_options(command: F) -> F:
    """`--corpus` (any number of times) and `--index`."""
    folder = click.Path(path_type=Path)
    with_index = click.option("--index", "index_folder", type=folder, help="the folder of the index")(command)
    return click.option(
        "--corpus", "corpora", multiple=True, type=folder, help="answer from this folder; may be given again"
    )(with_index)


class Day(click.ParamType[date]):
    """A day such as 2021-11-20."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2021-11-20", param, ctx)


def today_option(command: F) -> F:
    """`--today`, so that an answer can be had as of a given day."""
    return click.option(
        "--today",
        type=Day(),
        default=lambda: datetime.now().astimezone().date(),
        help="answer as of this day",
    )(command)


def locate(corpora: tuple[Path, ...], index_folder: Path | None) -> Corpora:
    from bot.config import find_corpora, find_home

    return find_corpora(find_home(), corpora, index_folder)


def open_or_build(corpora: tuple[Path, ...], index_folder: Path | None) -> Index:
    """The index, built first where there is none or its corpora changed.

    An index that is named without its corpora answers as it is.
    """
    from index.reader import open_index
    from index.versions import current_version, up_to_date

    where = locate(corpora, index_folder)
    as_it_is = index_folder is not None and not corpora and current_version(index_folder) is not None
    if not as_it_is and not up_to_date(where.roots, where.index):
        from bot.commands.build import build_index

        build_index(where, fresh=False)
    return open_index(where.index)


def follow(corpora: tuple[Path, ...], index_folder: Path | None) -> Ask:
    """Answers from the index, and from a newer one once that is built: for as long as questions come."""
    from bot.live import LiveIndex

    open_or_build(corpora, index_folder)
    return LiveIndex(locate(corpora, index_folder).index).ask


def note_act(action: Act, what: str) -> None:
    """Keeps in the audit trail what the operator changed."""
    from bot import audit
    from bot.commands.slack import open_state

    with open_state() as state:
        audit.note(state, "operator", action, what)
