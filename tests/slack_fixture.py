"""The `slack` fixture: a workspace on the playground's server, with people in it and hands to act.

A room whose tests need another app overrides the fixture `slack_manifest`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from bot.playground import events
from bot.playground.delivery import Faults
from bot.playground.server import Server, create_server
from bot.playground.state import BOT_USER, Channel, Json, Message, User, View

PATIENCE = 10.0
T = TypeVar("T")

MANIFEST: Json = {
    "display_information": {"name": "Robin"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "robin"},
        "slash_commands": [{"command": "/ask", "description": "Ask", "should_escape": True}],
        "shortcuts": [
            {"name": "About this", "type": "message", "callback_id": "about"},
            {"name": "Ask", "type": "global", "callback_id": "ask"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *(
                    "app_mentions:read",
                    "assistant:write",
                    "channels:history",
                    "channels:join",
                    "channels:read",
                ),
                *("chat:write", "commands", "files:read", "files:write", "groups:history", "groups:read"),
                *("im:history", "im:read", "im:write", "reactions:read", "reactions:write"),
                *("team:read", "users:read"),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                *("app_home_opened", "app_mention", "file_shared", "member_joined_channel"),
                *("message.channels", "message.groups", "message.im", "reaction_added"),
                *("reaction_removed", "tokens_revoked"),
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


class Slack:
    """A workspace with two people and four channels; what follows an act is waited for, never slept for."""

    def __init__(self, manifest: Json) -> None:
        self.server: Server = create_server(manifest)
        self.workspace = self.server.workspace
        self.desktop = self.server.desktop
        self.ada = self.workspace.add_user("ada", "Ada Arendt")
        self.ben = self.workspace.add_user("ben", "Ben Okri", locale="zh-CN")
        everyone = (self.ada.id, self.ben.id, BOT_USER)
        self.general = self.workspace.add_channel("general", everyone)
        self.market = self.workspace.add_channel("market", everyone)
        self.board = self.workspace.add_channel("board", (self.ada.id, BOT_USER), private=True)
        self.elsewhere = self.workspace.add_channel("elsewhere", (self.ada.id, self.ben.id))

    # ---- what an app is set up with

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def base_url(self) -> str:
        """The `base_url` of slack_sdk's clients."""
        return f"{self.server.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.server.bot_token

    @property
    def app_token(self) -> str:
        return self.server.app_token

    @property
    def signing_secret(self) -> str:
        return self.server.signing_secret

    @property
    def faults(self) -> Faults:
        return self.server.faults

    @property
    def mention(self) -> str:
        """What a person types to mention the bot."""
        return f"@{self.workspace.users[BOT_USER].name}"

    @contextmanager
    def connected(self, app: App) -> Iterator[SocketModeHandler]:
        """A Bolt app on its socket, for as long as the block runs."""
        handler = SocketModeHandler(app, self.app_token)
        handler.connect()
        self.wait_for(lambda: self.server.hub.connections, why="the app did not connect")
        try:
            yield handler
        finally:
            handler.client.auto_reconnect_enabled = False
            self.server.hub.drop()  # or the client's close waits out its 3 s read
            self.wait_for(lambda: not self.server.hub.connections, why="the app did not let go")
            with suppress(AttributeError):  # slack_sdk 3.47 may close its socket twice at once
                handler.close()

    # ---- what people do

    def dm(self, user: User) -> Channel:
        return self.workspace.direct(user.id)

    def say(self, user: User, channel: Channel, text: str, *, thread: Message | str | None = None) -> Message:
        """Say something; a mention is typed as `@name`, everything else is taken as typed."""
        return self.desktop.say(user, channel, text, thread=_root(thread))

    def edit(self, message: Message, text: str) -> None:
        self.desktop.edit(message, text)

    def delete(self, message: Message) -> None:
        self.desktop.delete(message)

    def react(self, user: User, message: Message, name: str) -> None:
        self.desktop.react(user, message, name)

    def upload(
        self,
        user: User,
        channel: Channel,
        name: str,
        content: bytes,
        text: str = "",
        *,
        thread: str | None = None,
    ) -> Message:
        """Drop a file into a channel, with or without words."""
        file = self.desktop.upload(user, name, content)
        return self.desktop.say(user, channel, text, thread=thread, files=(file,))

    def click(self, user: User, on: Message | View, action_id: str, chosen: Any = None) -> None:
        """Use a button (by action_id or label), a menu or feedback buttons (with what is chosen)."""
        if isinstance(on, View):
            self.desktop.click_view(user, on, action_id, chosen)
        else:
            self.desktop.click(user, on, action_id, chosen)

    def command(self, user: User, channel: Channel, line: str) -> None:
        self.desktop.command(user, channel, line)

    def shortcut(self, user: User, callback_id: str, message: Message | None = None) -> None:
        self.desktop.shortcut(user, callback_id, message)

    def submit(self, user: User, view: View, values: Json | None = None) -> None:
        """Fill in a modal by action_id or block_id, and submit it."""
        self.desktop.submit(user, view, values)

    def close(self, user: User, view: View, *, all_views: bool = False) -> None:
        self.desktop.close(user, view, all_views=all_views)

    def open_home(self, user: User, tab: str = "home") -> None:
        self.desktop.home(user, tab)

    # ---- what people see

    def messages(
        self, channel: Channel, *, viewer: User | None = None, thread: Message | str | None = None
    ) -> list[Message]:
        """The channel's messages as `viewer` sees them (ephemeral ones included only for their reader)."""
        with self.workspace.lock:
            seen = self.workspace.seen_by(channel.id, viewer.id if viewer else None)
            root = _root(thread)
            return seen if root is None else [m for m in seen if m.thread_ts == root and m.ts != root]

    def replies(self, message: Message, *, viewer: User | None = None) -> list[Message]:
        """What stands under a message in its thread."""
        return self.messages(self.workspace.channels[message.channel], viewer=viewer, thread=message)

    def view(self, user: User) -> View | None:
        """The modal in front of this person."""
        with self.workspace.lock:
            stack = self.workspace.stacks.get(user.id)
            return self.workspace.views[stack[-1]] if stack else None

    def home(self, user: User) -> View | None:
        """The App Home as published to this person."""
        with self.workspace.lock:
            return self.workspace.homes.get(user.id)

    def payload(self, message: Message) -> Json:
        with self.workspace.lock:
            return events.message_payload(self.workspace, message)

    # ---- waiting, and time

    def wait_for(self, predicate: Callable[[], T], *, seconds: float = PATIENCE, why: str = "") -> T:
        """The predicate's first true value: asked again after every change in the workspace."""
        end = time.monotonic() + seconds
        with self.workspace.changed:
            while not (value := predicate()):
                left = end - time.monotonic()
                if left <= 0:
                    lines = [f"{e.kind} {e.name} {e.outcome}" for e in self.workspace.entries[-20:]]
                    raise AssertionError(
                        "\n".join([why or "waited in vain; the last that happened:", *lines])
                    )
                self.workspace.changed.wait(left)
            return value

    def wait_settled(self, *, seconds: float = PATIENCE) -> None:
        """Until everything sent to the app was acked or given up."""
        self.wait_for(lambda: not self.server.delivery.waiting, seconds=seconds)

    def advance(self, seconds: float) -> None:
        """Move Slack's clock."""
        self.server.clock.advance(seconds)

    def calls(self, method: str = "") -> list[Json]:
        """The arguments of every call of a Web API method so far."""
        with self.workspace.lock:
            return [e.sent for e in self.workspace.entries if e.kind == "call" and method in ("", e.name)]

    def refusals(self) -> list[str]:
        """The errors that Slack answered with so far, as `method: error`."""
        with self.workspace.lock:
            calls = [e for e in self.workspace.entries if e.kind in ("call", "refused")]
            return [f"{e.name}: {e.outcome}" for e in calls if e.outcome not in ("ok", "")]

    def rung(self) -> list[tuple[str, str]]:
        """Who was notified by which mention."""
        with self.workspace.lock:
            return [(n.user, n.mention) for n in self.workspace.notifications]


def _root(thread: Message | str | None) -> str | None:
    if isinstance(thread, Message):
        return thread.thread_ts or thread.ts
    return thread


@pytest.fixture
def slack_manifest() -> Json:
    return MANIFEST


@pytest.fixture
def slack(slack_manifest: Json) -> Iterator[Slack]:
    workspace = Slack(slack_manifest)
    workspace.server.start()
    try:
        yield workspace
    finally:
        workspace.server.stop()
