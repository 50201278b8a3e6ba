"""The real bot, in a workspace of the strict local Slack, over Socket Mode."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.config import Secret, Settings
from bot.live import LiveIndex
from bot.playground.state import Json, Message
from bot.slack.app import create_app
from bot.slack.desk import Desk
from bot.slack.manifest import build_manifest
from bot.slack.outbox import Outbox
from bot.slack.run import connect
from bot.state import State
from bot.workshop import Workshop
from tests.slack_fixture import Slack


@pytest.fixture
def slack_manifest() -> Json:
    return build_manifest()


@dataclass
class Bot:
    """The bot at work; `stop` and `start` are a restart of its process, with `state.db` kept."""

    slack: Slack
    start: Callable[[], None]
    stop: Callable[[], None]
    desk: Callable[[], Desk]


@pytest.fixture
def settings() -> Settings:
    """What the operator set, tokens aside."""
    return Settings()


@pytest.fixture
def index_folder(shipped_folder: Path) -> Path:
    """The index that the bot answers from."""
    return shipped_folder


@pytest.fixture
def workshop() -> Workshop | None:
    """Where admins add and correct; most scenarios have none, so that the shipped index is only read."""
    return None


@pytest.fixture
def bot(
    slack: Slack,
    settings: Settings,
    index_folder: Path,
    workshop: Workshop | None,
    tmp_path: Path,
    today: date,
) -> Iterator[Bot]:
    running = ExitStack()
    desks: list[Desk] = []

    def start() -> None:
        with_tokens = Settings(
            bot_token=Secret(slack.bot_token),
            app_token=Secret(slack.app_token),
            slack_api_url=slack.base_url,
            admins=settings.admins,
            channels=settings.channels,
            people=settings.people,
        )
        state = State(tmp_path / "state.db")
        outbox = Outbox(pace=0.01)
        desk = Desk(LiveIndex(index_folder), state, with_tokens, outbox, lambda: today, workshop)
        handler = connect(create_app(desk), with_tokens)
        handler.connect()  # type: ignore[no-untyped-call]
        desk.resume(handler.app.client)
        desks.append(desk)
        running.callback(state.close)
        running.callback(outbox.close)
        running.callback(handler.app.listener_runner.listener_executor.shutdown)
        running.callback(handler.close)
        running.callback(hang_up, handler, slack)

    start()
    yield Bot(slack, start, running.close, lambda: desks[-1])
    running.close()


def hang_up(handler: SocketModeHandler, slack: Slack) -> None:
    """Drops the line from Slack's side first: the SDK would wait out the timeouts of its own reads."""
    client = handler.client
    client.auto_reconnect_enabled = False
    client.current_session_state.terminated = True
    reading = client.current_session_runner
    reading.event.set()
    slack.server.hub.drop()
    reading.thread.join()
    client.message_processor.event.set()
    client.enqueue_message('{"type": "hello"}')


def shown(message: Message) -> str:
    """All the text that a person sees in a message."""
    return "\n".join([message.text, *_texts(message.blocks)])


def _texts(block: object) -> list[str]:
    if isinstance(block, dict):
        own = [value for key, value in block.items() if key == "text" and isinstance(value, str)]
        return own + [text for value in block.values() for text in _texts(value)]
    if isinstance(block, list):
        return [text for item in block for text in _texts(item)]
    return []
