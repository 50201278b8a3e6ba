"""The page's own door: what a person sees as JSON, what they do as POSTs, and a live line of changes."""

import asyncio
import contextlib
import json
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground import events
from bot.playground.elements import NotThere
from bot.playground.state import BOT_USER, Channel, Entry, Json, Message, User

if TYPE_CHECKING:
    from bot.playground.server import Server

Look = Callable[[dict[str, str]], Json]
FOLDER = Path(__file__).parent / "page"
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}


class OwnHostOnly:
    """Refuses a request under any other name than the server's own: no other site's page may reach it."""

    def __init__(self, app: ASGIApp, server: "Server") -> None:
        self.app = app
        self.server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        port = self.server.url.rpartition(":")[2]
        names = {f"127.0.0.1:{port}", f"localhost:{port}"}
        origin = headers.get("origin")
        foreign = origin is not None and origin not in {f"http://{name}" for name in names}
        # Slack's own socket client names the host without its port.
        if foreign or headers.get("host") not in {*names, "127.0.0.1", "localhost"}:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            await PlainTextResponse("This address answers under its own name only.", 403)(
                scope, receive, send
            )
            return
        await self.app(scope, receive, send)


class Page:
    """What the page asks for and does, always as one of the workspace's people."""

    def __init__(self, server: "Server", samples: tuple[Json, ...] = ()) -> None:
        self.server = server
        self.workspace = server.workspace
        self.samples = samples
        self.looks: dict[str, Look] = {}
        """What the app shows of itself in the inspector; set by whoever runs it."""
        self._lines: list[tuple[asyncio.AbstractEventLoop, asyncio.Queue[Json | None], str]] = []
        self._lock = threading.Lock()
        self.workspace.listeners.append(self._tell)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._index),
            Route("/page/state", self._state),
            Route("/page/live", self._live),
            Route("/page/look/{name}", self._look),
            Route("/page/act", self._act, methods=["POST"]),
            Route("/page/upload", self._upload, methods=["POST"]),
            Route("/page/file/{file}", self._file),
            Mount("/page", StaticFiles(directory=FOLDER)),
        ]

    # ---- what is seen

    async def _index(self, _: Request) -> Response:
        return FileResponse(FOLDER / "index.html", headers=HEADERS)

    async def _state(self, request: Request) -> Response:
        with self.workspace.lock:
            user = self._user(request.query_params.get("user", ""))
            return JSONResponse(self._seen_by(user), headers=HEADERS)

    def _seen_by(self, user: User) -> Json:
        people = [u for u in self.workspace.users.values() if not u.is_bot]
        self.workspace.direct(user.id)
        channels = [c for c in self.workspace.channels.values() if user.id in c.members]
        features = self.workspace.manifest.get("features", {})
        return {
            "me": user.id,
            "bot": BOT_USER,
            "description": self.workspace.manifest.get("display_information", {}).get("description", ""),
            "people": [u.id for u in people],
            "users": {
                u.id: {"name": u.name, "real_name": u.real_name} for u in self.workspace.users.values()
            },
            "channels": [self._channel(c) for c in channels],
            "messages": [self._message(m) for c in channels for m in self.workspace.seen_by(c.id, user.id)],
            "commands": features.get("slash_commands", []),
            "shortcuts": features.get("shortcuts", []),
            "agent_prompts": features.get("agent_view", {}).get("suggested_prompts", []),
            "samples": list(self.samples),
            "looks": list(self.looks),
            "connections": len(self.server.hub.connections),
            "entries": [_entry(e) for e in self.workspace.entries[-200:]],
            **self._moving(user.id),
        }

    def _moving(self, user: str) -> Json:
        """What changes without a message: views, statuses, prompts."""
        stack = self.workspace.stacks.get(user, [])
        modal = self.workspace.views[stack[-1]] if stack else None
        home = self.workspace.homes.get(user)
        return {
            "modal": {**events.view_payload(modal), "errors": modal.errors, "depth": len(stack)}
            if modal
            else None,
            "home": events.view_payload(home) if home else None,
            "statuses": list(self.workspace.statuses.values()),
            "prompts": [{"channel": c, "thread_ts": t, **p} for (c, t), p in self.workspace.prompts.items()],
        }

    def _channel(self, channel: Channel) -> Json:
        here = BOT_USER in channel.members
        name = channel.name or self.workspace.users[BOT_USER].real_name
        return {
            "id": channel.id,
            "name": name,
            "kind": channel.kind,
            "bot": here,
            "archived": channel.archived,
        }

    def _message(self, message: Message) -> Json:
        payload = events.message_payload(self.workspace, message)
        more = {
            "channel": message.channel,
            "ephemeral": message.seen_only_by is not None,
            "state": message.state,
        }
        return {**payload, **more, "streaming": message.streaming}

    def _user(self, key: str) -> User:
        user = self.workspace.users.get(key)
        if user is None or user.is_bot:
            return next(u for u in self.workspace.users.values() if not u.is_bot)
        return user

    async def _look(self, request: Request) -> Response:
        """What the app tells of itself; of a message, only where this person sees it."""
        look = self.looks.get(request.path_params["name"])
        asked = dict(request.query_params)
        if look is None:
            return JSONResponse({"error": "no such look"}, 404, headers=HEADERS)
        try:
            if "ts" in asked:
                with self.workspace.lock:
                    self._at(self._user(asked.get("user", "")), asked)
        except (NotThere, KeyError) as error:
            return JSONResponse({"error": str(error)}, 409, headers=HEADERS)
        return JSONResponse(await run_in_threadpool(look, asked), headers=HEADERS)

    # ---- the live line

    async def _live(self, request: Request) -> Response:
        user = self._user(request.query_params.get("user", ""))
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        line = (asyncio.get_running_loop(), queue, user.id)
        with self._lock:
            self._lines.append(line)
        headers = {**HEADERS, "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(line), media_type="text/event-stream", headers=headers)

    async def _stream(
        self, line: tuple[asyncio.AbstractEventLoop, asyncio.Queue[Json | None], str]
    ) -> AsyncIterator[str]:
        try:
            yield ": open\n\n"
            while True:
                with contextlib.suppress(TimeoutError):
                    change = await asyncio.wait_for(line[1].get(), 15)
                    if change is None:
                        return
                    yield f"data: {json.dumps(change, default=str)}\n\n"
                    continue
                yield ": still here\n\n"
        finally:
            with self._lock:
                self._lines.remove(line)

    def close(self) -> None:
        """End every live line, so that the server can stop."""
        with self._lock:
            for loop, queue, _ in self._lines:
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(queue.put_nowait, None)

    def _tell(self, kind: str, value: Any) -> None:
        with self._lock:
            lines = tuple(self._lines)
        for loop, queue, user in lines:
            change = self._change(kind, value, user)
            if change:
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(queue.put_nowait, change)

    def _change(self, kind: str, value: Any, user: str) -> Json | None:
        """A change as this person sees it; None if they do not."""
        if isinstance(value, Message):
            members = self.workspace.channels[value.channel].members
            seen = user in members and value.seen_only_by in (None, user)
            return {"kind": kind, "message": self._message(value)} if seen else None
        if isinstance(value, Entry):
            return {"kind": "entry", "entry": _entry(value)}
        if kind in ("view", "status", "prompts"):
            return {"kind": "moving", **self._moving(user)}
        if kind == "failure":
            return {"kind": kind, **value} if value["user"] == user else None
        return {"kind": kind, "connections": len(self.server.hub.connections)}

    # ---- what is done

    async def _act(self, request: Request) -> Response:
        if not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "JSON only"}, 415)
        said = await request.json()
        try:
            with self.workspace.changing():
                act = self._acts().get(said.get("act"))
                if act is None:
                    return JSONResponse({"error": "no such act"}, 400)
                act(self._user(said.get("user", "")), said)
        except (NotThere, KeyError) as error:
            return JSONResponse({"error": str(error)}, 409)
        return JSONResponse({"ok": True})

    def _acts(self) -> dict[str, Callable[[User, Json], Any]]:
        desk = self.server.desktop
        return {
            "say": lambda u, s: desk.say(u, self._in(u, s), s["text"], thread=s.get("thread")),
            "command": lambda u, s: desk.command(u, self._in(u, s), s["text"]),
            "click": lambda u, s: desk.click(u, self._at(u, s), s["action"], s.get("chosen")),
            "click_view": lambda u, s: desk.click_view(u, self._view(u, s), s["action"], s.get("chosen")),
            "shortcut": lambda u, s: desk.shortcut(u, s["shortcut"], self._at(u, s) if s.get("ts") else None),
            "submit": lambda u, s: desk.submit(u, self._view(u, s), s.get("values")),
            "close": lambda u, s: desk.close(u, self._view(u, s), all_views=bool(s.get("all"))),
            "home": lambda u, s: desk.home(u, s.get("tab", "home")),
            "react": lambda u, s: desk.react(u, self._at(u, s), s["name"]),
            "edit": lambda u, s: desk.edit(self._own(u, s), s["text"]),
            "delete": lambda u, s: desk.delete(self._own(u, s)),
            "dismiss": lambda u, s: self.server.dismiss(self._at(u, s)),
        }

    def _in(self, user: User, said: Json) -> Channel:
        channel = self.workspace.channels.get(said.get("channel", ""))
        if channel is None or user.id not in channel.members:
            raise NotThere("no such channel")
        return channel

    def _at(self, user: User, said: Json) -> Message:
        message = self.workspace.find_message(self._in(user, said).id, said["ts"])
        if message is None or message.seen_only_by not in (None, user.id):
            raise NotThere("no such message")
        return message

    def _own(self, user: User, said: Json) -> Message:
        message = self._at(user, said)
        if message.user != user.id:
            raise NotThere("not your message")
        return message

    def _view(self, user: User, said: Json) -> Any:
        view = self.workspace.views.get(said.get("view", ""))
        if view is None or view.user != user.id:
            raise NotThere("no such view")
        return view

    async def _upload(self, request: Request) -> Response:
        content = await request.body()
        asked = request.query_params
        if not request.headers.get("content-type", "").startswith("application/octet-stream") or not content:
            return JSONResponse({"error": "a file's bytes only"}, 415)
        try:
            user = self._user(asked.get("user", ""))
            channel = self._in(user, dict(asked))
            file = self.server.desktop.upload(user, Path(asked.get("name", "file")).name, content)
            thread = asked.get("thread") or None
            self.server.desktop.say(user, channel, asked.get("text", ""), thread=thread, files=(file,))
        except NotThere as error:
            return JSONResponse({"error": str(error)}, 409)
        return JSONResponse({"ok": True})

    async def _file(self, request: Request) -> Response:
        """A file for the person at the page: as a download, never shown as a page of this address."""
        file = self.workspace.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        name = file.name.encode("ascii", "ignore").decode().replace('"', "") or "file"
        shown = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
        return Response(file.content, media_type="application/octet-stream", headers=shown)


def _entry(entry: Entry) -> Json:
    return {
        "number": entry.number,
        "at": entry.at,
        "kind": entry.kind,
        "name": entry.name,
        "sent": entry.sent,
        "answered": entry.answered,
        "outcome": entry.outcome,
        "milliseconds": entry.milliseconds,
    }
