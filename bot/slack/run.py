"""The Slack app at work: over Socket Mode, or over HTTP as an ASGI app."""

from __future__ import annotations

import contextlib
import json
import logging
import signal
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.config import Settings
from bot.live import LiveIndex
from bot.slack.app import create_app
from bot.slack.checkup import check_app_token, check_bot_token
from bot.slack.clockwork import Clockwork
from bot.slack.desk import Desk
from bot.slack.health import find_health, serve_health
from bot.slack.outbox import Outbox
from bot.state import State
from bot.workshop import Workshop
from index.errors import SeminarError

log = logging.getLogger("seminar.slack")
DRAIN = 10.0
M_ARENA_MAX = -8
"""Its number in glibc's malloc.h."""


def today() -> date:
    return datetime.now().astimezone().date()


@contextlib.contextmanager
def open_desk(
    settings: Settings, index: Path, state_path: Path, workshop: Workshop | None = None
) -> Iterator[Desk]:
    """A desk with its state and outbox, drained and closed at the end."""
    keep_memory_together()
    state = State(state_path, keep_days=settings.keep_days)
    state.sweep()
    outbox = Outbox()
    try:
        yield Desk(LiveIndex(index), state, settings, outbox, today, workshop)
    finally:
        outbox.drain(DRAIN)
        outbox.close()
        state.close()


def connect(app: App, settings: Settings) -> SocketModeHandler:
    """The Socket Mode connection of an app, not yet open."""
    web = WebClient(settings.app_token.reveal(), base_url=settings.slack_api_url)
    return SocketModeHandler(app, settings.app_token.reveal(), web_client=web, concurrency=16)


def keep_memory_together() -> None:
    """Two heaps for all threads: with one a thread, as glibc has it, freed memory lies about in all of them."""
    import ctypes

    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def open_app(desk: Desk) -> App:
    """The app, known to Slack. Raises SeminarError where Slack refuses its token, or can't be reached."""
    try:
        return create_app(desk)
    except (BoltError, OSError):
        for well, what, cure in check_bot_token(desk.settings):
            if not well:
                raise SeminarError(f"{what}.", cure) from None
        raise


@contextlib.contextmanager
def at_work(desk: Desk, app: App) -> Iterator[None]:
    """What is due is sent as long as the block runs; at its end every question that was taken is worked out."""
    clockwork = Clockwork(desk, app.client)
    clockwork.start()
    desk.resume(app.client)
    try:
        yield
    finally:
        clockwork.stop()
        app.listener_runner.listener_executor.shutdown(wait=True)


def serve_socket(desk: Desk, ready: Callable[[], None]) -> None:
    """Answers until SIGTERM or Ctrl-C, then works out and posts what was asked before."""
    app, port = open_app(desk), desk.settings.health_port
    handler = connect(app, desk.settings)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    health = serve_health(desk, port, handler.client.is_connected) if port else contextlib.nullcontext()
    with at_work(desk, app), health:
        _open_socket(handler, desk.settings)
        ready()
        stop.wait()
        handler.close()  # type: ignore[no-untyped-call]


def _open_socket(handler: SocketModeHandler, settings: Settings) -> None:
    try:
        handler.connect()  # type: ignore[no-untyped-call]
    except (SlackApiError, OSError):
        handler.close()  # type: ignore[no-untyped-call]
        well, what, cure = check_app_token(settings)
        if well:
            raise
        raise SeminarError(f"{what}.", cure) from None


def serve_http(desk: Desk, port: int) -> None:
    """Answers signed requests on a port of this machine until SIGTERM or Ctrl-C."""
    import uvicorn

    app = open_app(desk)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: None)  # uvicorn ends by them, and then raises them again
    with at_work(desk, app):
        uvicorn.run(create_asgi(desk, app), host="127.0.0.1", port=port, log_level="warning")


Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def create_asgi(desk: Desk, app: App) -> Asgi:
    """Slack's requests, signed, at /slack/events; /health and /ready for whoever watches."""
    from slack_bolt.adapter.asgi import SlackRequestHandler

    slack = SlackRequestHandler(app)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in ("/health", "/ready"):
            await _say(send, *find_health(desk, scope["path"]))
        elif scope["type"] == "http" and not _stamped(scope):
            await _say(send, 401, {"error": "the request is not signed by Slack"})
        else:
            await slack(dict(scope), receive, send)

    return serve


def _stamped(scope: Scope) -> bool:
    """Whether the time stamp is a number; Bolt fails on any other instead of refusing it."""
    stamps = [value for name, value in scope.get("headers", []) if name == b"x-slack-request-timestamp"]
    return len(stamps) == 1 and stamps[0].isdigit() and len(stamps[0]) < 16


async def _say(send: Send, status: int, body: Mapping[str, str | int]) -> None:
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})
