"""`seminar slack`, `seminar manifest`, and what the owner does with the users' data."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, locate, open_or_build

if TYPE_CHECKING:
    from bot.state import State


@click.command()
@corpus_options
@click.option(
    "--http", "port", type=click.IntRange(1, 65535), help="serve signed HTTP on this port, not Socket Mode"
)
def slack(corpora: tuple[Path, ...], index_folder: Path | None, port: int | None) -> None:
    """Answer in Slack until stopped (tokens: see the README's table of settings).

    Example:

        seminar slack
    """
    import logging

    from bot.config import find_home, read_settings
    from bot.slack.run import open_desk, serve_http, serve_socket
    from bot.workshop import Workshop
    from index.errors import SeminarError

    home = find_home()
    settings = read_settings(home)
    missing = [
        name
        for name, there in (
            ("SLACK_BOT_TOKEN", settings.bot_token),
            ("SLACK_SIGNING_SECRET", settings.signing_secret)
            if port
            else ("SLACK_APP_TOKEN", settings.app_token),
        )
        if not there
    ]
    if missing:
        raise SeminarError(
            f"{' and '.join(missing)} not set.",
            "Make the app (seminar manifest prints what Slack asks for), then set it.",
        )
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    open_or_build(corpora, index_folder)
    where = locate(corpora, index_folder)
    workshop = Workshop(home, corpora=corpora, index=index_folder)
    with open_desk(settings, where.index, home.state, workshop) as desk:
        if port:
            serve_http(desk, port)
        else:
            serve_socket(desk, lambda: click.echo("Connected. Mention the bot, write to it, or use /ask."))


@click.command()
@click.option(
    "--url", "address", default="", help="the bot's public address, for HTTP in place of Socket Mode"
)
def manifest(address: str) -> None:
    """Print the app manifest that Slack asks for when an app is made.

    Example:

        seminar manifest > manifest.json
    """
    from bot.slack.manifest import OPTIONAL_SCOPES, SCOPES, build_manifest

    click.echo(json.dumps(build_manifest(address=address), indent=2, ensure_ascii=False))
    for scope, why in SCOPES.items():
        click.echo(f"{scope}: {why}", err=True)
    for scope, why in OPTIONAL_SCOPES.items():
        click.echo(f"{scope} (optional): {why}", err=True)


@click.command()
@click.argument("user")
def forget(user: str) -> None:
    """Remove everything that is kept of a person (their Slack id).

    Example:

        seminar forget U012AB3CD
    """
    with open_state() as state:
        click.echo(f"Removed {state.forget(user):,} rows.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the users' data to PATH, also while the bot runs.

    Example:

        seminar backup state-2026-11-23.db
    """
    with open_state() as state:
        state.backup(path)
    click.echo(f"Copied to {path}.")


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="how many to show")
def gaps(limit: int) -> None:
    """List the questions that nothing held answered, newest first.

    Example:

        seminar gaps
    """
    with open_state() as state:
        found = state.gaps(limit)
    if not found:
        click.echo("No gaps: every question so far was answered.")
    for gap in found:
        question = "(asked in a direct message)" if gap.private else gap.question
        click.echo(f"{gap.at[:10]}  {question}")


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="how many to show")
def audit(limit: int) -> None:
    """List who changed what the bot answers from, newest first: files, corrections, names, answers, channels.

    Example:

        seminar audit
    """
    from bot.audit import trail

    with open_state() as state:
        found = trail(state, limit)
    if not found:
        click.echo("Nobody changed anything yet.")
    for one in found:
        click.echo(f"{one.at[:16].replace('T', ' ')}  {one.user or '(forgotten)'}  {one.action} {one.what}")


def open_state() -> contextlib.closing[State]:
    from bot.config import find_home, read_settings
    from bot.state import State

    home = find_home()
    return contextlib.closing(State(home.state, keep_days=read_settings(home).keep_days))
