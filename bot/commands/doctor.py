"""`seminar doctor`: what is configured, what is missing, and the cure."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, locate

if TYPE_CHECKING:
    from bot.config import Corpora

Finding = tuple[bool, str, str]
"""Whether it is well, what was looked at, and the cure where it is not."""


@click.command()
@corpus_options
@click.pass_context
def doctor(ctx: click.Context, corpora: tuple[Path, ...], index_folder: Path | None) -> None:
    """Check this machine, the corpus, the index and the settings, and say what to mend.

    Example:

        seminar doctor
    """
    ill = False
    for well, what, cure in _findings(locate(corpora, index_folder)):
        ill |= not well
        click.echo(f"{'ok  ' if well else 'mend'}  {what}")
        if not well:
            click.echo(f"      {cure}")
    ctx.exit(1 if ill else 0)


def _findings(where: Corpora) -> Iterator[Finding]:
    yield sys.version_info >= (3, 11), f"Python {platform.python_version()}", "Use Python 3.11 or newer."
    for root in where.roots:
        yield (
            root.is_dir(),
            f"corpus {root}",
            f"Make the folder, or name another: --corpus FOLDER ({root} is none).",
        )
    yield _index(where)
    yield from _settings()


def _index(where: Corpora) -> Finding:
    from index.errors import SeminarError
    from index.reader import open_index
    from index.versions import up_to_date

    try:
        index = open_index(where.index)
        current = up_to_date(where.roots, where.index)
    except SeminarError as error:
        return False, error.message, error.hint
    if not current:
        return (
            False,
            f"index {where.index}: the corpus changed since it was built",
            "Build it again: seminar build",
        )
    return True, f"index {where.index} (version {index.version})", ""


def _settings() -> Iterator[Finding]:
    from bot.config import find_home, read_settings
    from index.errors import SeminarError

    home = find_home()
    try:
        settings = read_settings(home)
    except SeminarError as error:
        yield False, error.message, error.hint
        return
    yield True, f"home {home.path}", ""
    if settings.bot_token or settings.app_token or settings.signing_secret:
        from bot.slack.checkup import check_slack

        yield from check_slack(settings)
    else:
        yield (
            True,
            "Slack tokens are not set: only the terminal answers (README: From nothing to a workspace)",
            "",
        )
