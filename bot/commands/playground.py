"""`seminar playground`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import corpus_options, locate, open_or_build

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.playground.server import Server
    from bot.slack.desk import Desk

PORT = 8127
SAMPLES = (
    {"title": "A figure", "text": "NEV sales in October 2021?"},
    {"title": "A follow-up", "text": "And year on year?", "follows": True},
    {
        "title": "A comparison, as a chart",
        "text": "EV sales share of Norway, China and Germany from 2019 to 2024",
    },
    {"title": "Sources that disagree", "text": "EV sales of PHEV worldwide in 2023?"},
    {"title": "A strategy question", "text": "Why is Japan betting on all-solid-state batteries?"},
    {"title": "Takeaways, to share", "text": "/takeaways seminar"},
    {"title": "What it does not hold", "text": "What is the price of gold?"},
)


@click.command()
@corpus_options
@click.option(
    "--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one"
)
@click.option("--browser/--no-browser", default=True, help="open the page in the browser")
def playground(corpora: tuple[Path, ...], index_folder: Path | None, port: int, browser: bool) -> None:
    """Try the bot in a Slack of your own: no workspace, no account, no token.

    Example:

        seminar playground
    """
    from bot.playground.run import serve
    from bot.slack.manifest import build_manifest
    from index.errors import SeminarError

    def ready(server: Server) -> None:
        click.echo(f"The playground is at {server.url} (stop it with Ctrl-C).")
        if browser and has_screen():
            click.launch(server.url)

    try:
        server = serve(build_manifest(), port=port, samples=SAMPLES, on_ready=ready)
    except OSError as error:
        raise SeminarError(
            f"Port {port} cannot be had: {error.strerror}.", "Take another: seminar playground --port 0"
        ) from None
    try:
        _answer(server, corpora, index_folder)
    finally:
        server.stop()


def has_screen() -> bool:
    """Whether there is a desktop to open a browser on: Linux says so in its environment."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _answer(server: Server, corpora: tuple[Path, ...], index_folder: Path | None) -> None:
    """The bot, connected as it would be to Slack; what it keeps of its users ends with the workspace."""
    from bot.config import find_home
    from bot.looks import looks_of
    from bot.slack.run import open_desk, serve_socket
    from bot.workshop import Workshop

    open_or_build(corpora, index_folder)
    where = locate(corpora, index_folder)
    workshop = Workshop(find_home(), corpora=corpora, index=index_folder)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(_settings(server), where.index, Path(folder) / "state.db", workshop) as desk,
    ):
        server.page.looks = dict(looks_of(desk))
        server.workspace.tell("looks", None)
        serve_socket(desk, lambda: _greet(desk))


def _greet(desk: Desk) -> None:
    """Says that the bot is there, with an answer of its own as the proof."""
    click.echo("The bot is connected.")
    question = str(SAMPLES[0]["text"])
    answer = desk.live.ask(question, thread=(), viewer=None, today=desk.today())
    if answer.kind != "none":
        click.echo(f"Asked “{question}” it says: {answer.headline}")


def _settings(server: Server) -> Settings:
    from bot.config import Secret, Settings

    return Settings(
        bot_token=Secret(server.bot_token),
        app_token=Secret(server.app_token),
        signing_secret=Secret(server.signing_secret),
        slack_api_url=f"{server.url}/api/",
        admins=tuple(user.id for user in server.workspace.users.values() if user.name == "ada"),
    )
