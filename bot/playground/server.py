"""The server: Slack's addresses on one Starlette app, run in a thread of its own."""

import asyncio
import contextlib
import json
import secrets
import socket
import threading
import urllib.parse
from collections.abc import AsyncIterator, Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground import calling, events, limits, posting
from bot.playground.clock import Clock
from bot.playground.delivery import Delivery, Faults
from bot.playground.desktop import Desktop
from bot.playground.methods.calls import SlackError
from bot.playground.page import OwnHostOnly, Page
from bot.playground.signed import HttpPoster
from bot.playground.sockets import SocketHub
from bot.playground.state import BOT_USER, Json, Message, Workspace

HOST = "127.0.0.1"


class Server:
    """A workspace, the ways in and out of it, and the thread that serves them."""

    def __init__(self, manifest: Json, *, clock: Clock | None = None, samples: tuple[Json, ...] = ()) -> None:
        self.clock = clock or Clock()
        self.workspace = Workspace(manifest, self.clock)
        self.faults = Faults()
        self.delivery = Delivery(self.workspace, self.faults)
        self.hub = SocketHub(self.workspace, self.delivery)
        self.limits = limits.Limits()
        self.uploads: dict[str, str] = {}
        self.bot_token = f"xoxb-{secrets.token_hex(12)}"
        self.app_token = f"xapp-1-{secrets.token_hex(12)}"
        self.signing_secret = secrets.token_hex(16)
        self.revoked: set[str] = set()
        scopes = manifest.get("oauth_config", {}).get("scopes", {})
        self.scopes = {*scopes.get("bot", ()), *scopes.get("bot_optional", ())}
        settings = manifest.get("settings", {})
        self.subscriptions = set(settings.get("event_subscriptions", {}).get("bot_events", ()))
        self.socket_mode = bool(settings.get("socket_mode_enabled"))
        self.url = ""
        self.desktop = Desktop(self)
        self.delivery.transport = self.hub
        self.page = Page(self, samples)
        routes = [*self._routes(), *self.page.routes()]
        own_host = Middleware(OwnHostOnly, server=self)
        self.app = Starlette(routes=routes, middleware=[own_host], lifespan=self._lifespan)
        self._thread: threading.Thread | None = None
        self._uvicorn: uvicorn.Server | None = None

    # ---- running

    def start(self, port: int = 0, on_ready: Callable[[], None] = lambda: None) -> None:
        """Listen on loopback (a free port for 0) and return once the server answers."""
        listening = socket.create_server((HOST, port))
        self.listen_on(listening.getsockname()[1])
        config = uvicorn.Config(
            self.app,
            log_level="warning",
            access_log=False,
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
        self._uvicorn = uvicorn.Server(config)
        ready = threading.Event()
        self._ready = ready
        run = self._uvicorn.run
        self._thread = threading.Thread(
            target=run, kwargs={"sockets": [listening]}, name="playground", daemon=True
        )
        self._thread.start()
        ready.wait(10)
        on_ready()

    def listen_on(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self.workspace.base_url = self.url

    def stop(self) -> None:
        if isinstance(self.delivery.transport, HttpPoster):
            self.delivery.transport.close()
        if self._uvicorn and self._thread:
            self.hub.drop()
            self.page.close()
            self._uvicorn.should_exit = True
            self._thread.join(10)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        self.hub.loop = loop
        moved = asyncio.Event()
        self.clock.on_change = lambda: _wake(loop, moved)
        ticking = asyncio.create_task(self._tick(moved))
        if (ready := getattr(self, "_ready", None)) is not None:
            ready.set()
        try:
            yield
        finally:
            self.clock.on_change = lambda: None
            ticking.cancel()

    async def _tick(self, moved: asyncio.Event) -> None:
        while True:
            moved.clear()
            wait = self.clock.run_due()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(moved.wait(), wait)

    # ---- towards the app

    def use_http(self, url: str) -> HttpPoster:
        """Send events and interactions to this address, signed, instead of through sockets."""
        poster = HttpPoster(self.workspace, self.delivery, url, self.signing_secret)
        self.delivery.transport = poster
        return poster

    def send_event(self, event: Json, subscription: str, scope: str | None = None) -> None:
        """An event reaches the app if the manifest subscribes to it and holds its scope."""
        if subscription in self.subscriptions and (scope is None or scope in self.scopes):
            self.delivery.send("events_api", subscription, events.event_callback(self.workspace, event))

    def remove_message(self, message: Message) -> None:
        previous = events.message_payload(self.workspace, message)
        self.workspace.messages[message.channel].remove(message)
        self.workspace.tell("deleted", message)
        channel = self.workspace.channels[message.channel]
        if message.seen_only_by is None and posting.sees_messages(self, channel):
            event = events.message_deleted(self.workspace, channel, previous)
            self.send_event(event, posting.MESSAGE_EVENTS[channel.kind])

    def dismiss(self, message: Message) -> None:
        """The reader of an ephemeral message puts it away; nobody else knew of it."""
        if message.seen_only_by is not None:
            self.workspace.messages[message.channel].remove(message)
            self.workspace.tell("deleted", message)

    def revoke(self) -> None:
        """The workspace takes the bot's token away."""
        self.revoked.add(self.bot_token)
        event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}
        self.send_event(event, "tokens_revoked")

    def respond(self, user: str, channel: str, content: Json, original: Message | None) -> None:
        """A message through a response_url or as an ack's answer: to one person unless it says in_channel."""
        if content.get("delete_original") and original:
            self.workspace.messages[original.channel].remove(original)
            self.workspace.tell("deleted", original)
            return
        blocks = posting.read_content(
            content.get("blocks"), content.get("text") or "", content.get("attachments")
        )
        text = str(content.get("text") or "")
        if content.get("replace_original") and original:
            original.text, original.blocks = text, blocks
            self.workspace.tell("message", original)
            return
        shown = None if content.get("response_type") == "in_channel" else user
        thread = content.get("thread_ts") or None
        ts = self.workspace.new_ts()
        posting.post(self, Message(channel, ts, BOT_USER, text, blocks, thread, shown, from_app=True))

    # ---- addresses

    def _routes(self) -> list[BaseRoute]:
        return [
            Route("/api/{method}", self._api, methods=["GET", "POST"]),
            WebSocketRoute("/link/", self.hub.serve),
            Route("/response/{key}", self._response, methods=["POST"]),
            Route("/upload/v1/{ticket}", self._upload, methods=["POST", "PUT"]),
            Route("/files-pri/{path:path}", self._download),
            Route(
                "/signin",
                lambda _: HTMLResponse("<!doctype html><title>Sign in</title><p>Sign in to see this file."),
            ),
        ]

    async def _api(self, request: Request) -> Response:
        return await calling.answer(self, request)

    async def _response(self, request: Request) -> Response:
        try:
            content = json.loads(await request.body())
        except ValueError:
            return JSONResponse({"ok": False, "error": "invalid_payload"}, 400)
        try:
            with self.workspace.changing():
                self._use_response_url(request.path_params["key"], content)
        except SlackError as error:
            status = 404 if error.code in ("used_url", "expired_url") else 400
            return JSONResponse({"ok": False, "error": error.code} | error.more, status)
        return JSONResponse({"ok": True})

    def _use_response_url(self, key: str, content: Any) -> None:
        known = self.workspace.response_urls.get(key)
        entry = self.workspace.record("call", "response_url", content)
        entry.outcome = "refused"
        if not isinstance(content, dict):
            raise SlackError("invalid_payload")
        if known is None or self.clock.now() - known.issued > limits.RESPONSE_URL_SECONDS:
            raise SlackError("expired_url")
        if known.uses >= limits.RESPONSE_URL_USES:
            raise SlackError("used_url")
        original = self.workspace.find_message(known.channel, known.message_ts) if known.message_ts else None
        self.respond(known.user, known.channel, content, original)
        known.uses += 1
        entry.outcome = "ok"
        self.workspace.tell("entry", entry)

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        with self.workspace.changing():
            file = self.workspace.files.get(self.uploads.pop(request.path_params["ticket"], ""))
            if file is None:
                return PlainTextResponse("not found", 404)
            if len(content) != file.size:
                return PlainTextResponse(f"expected {file.size} bytes, got {len(content)}", 400)
            file.content = content
        return PlainTextResponse(f"OK - {len(content)}")

    async def _download(self, request: Request) -> Response:
        """A file's bytes for a token with files:read; the sign-in page for everybody else, as Slack does."""
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        key = request.path_params["path"].removeprefix("download/").partition("/")[0].partition("-")[2]
        file = self.workspace.files.get(key)
        if token != self.bot_token or token in self.revoked or "files:read" not in self.scopes:
            return RedirectResponse("/signin?redir=" + urllib.parse.quote(request.url.path), 302)
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        kind = events.file_payload(self.workspace, file)["mimetype"]
        return Response(file.content, media_type=kind)


def _wake(loop: asyncio.AbstractEventLoop, moved: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(moved.set)


def create_server(manifest: Json, *, clock: Clock | None = None) -> Server:
    """A strict Slack for the app of this manifest; `start` it, or serve its `app` yourself."""
    return Server(manifest, clock=clock)
