"""The workspace: people, channels, messages, views, files, and everything that happened in it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.clock import Clock

Json = dict[str, Any]

TEAM, APP, BOT, BOT_USER, SLACKBOT = "T0000001", "A0000001", "B0000001", "U0000BOT", "USLACKBOT"


@dataclass
class User:
    id: str
    name: str
    real_name: str
    is_bot: bool = False
    locale: str = "en-US"
    deleted: bool = False


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["public", "private", "im"]
    members: set[str]
    created: int
    archived: bool = False
    ext_shared: bool = False

    @property
    def type(self) -> str:
        """The `channel_type` of Slack's message events."""
        return {"public": "channel", "private": "group", "im": "im"}[self.kind]


@dataclass
class Message:
    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    seen_only_by: str | None = None
    from_app: bool = False
    subtype: str | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: Json | None = None
    metadata: Json | None = None
    state: Json = field(default_factory=dict)
    streaming: bool = False
    response_url: str | None = None


@dataclass
class View:
    id: str
    user: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    response_urls: list[Json] = field(default_factory=list)


@dataclass
class File:
    id: str
    name: str
    size: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    shares: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Scheduled:
    id: str
    channel: str
    post_at: int
    created: int
    arguments: Json


@dataclass
class Trigger:
    user: str
    issued: float
    view_id: str | None = None
    used: bool = False


@dataclass
class ResponseUrl:
    user: str
    channel: str
    issued: float
    message_ts: str | None = None
    uses: int = 0


@dataclass(frozen=True)
class Notification:
    """Somebody's phone rang: who, by which mention, for which message."""

    user: str
    mention: str
    channel: str
    ts: str


@dataclass
class Entry:
    """One line of the inspector: an event sent, a method called, an answer to an interaction."""

    number: int
    at: float
    kind: str
    name: str
    sent: Any
    answered: Any = None
    outcome: str = ""
    milliseconds: float | None = None


class Workspace:
    """Everything that Slack would know. Every change happens inside `changing()`, which wakes who waits."""

    def __init__(self, manifest: Json, clock: Clock) -> None:
        self.manifest = manifest
        self.clock = clock
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.listeners: list[Callable[[str, Any], None]] = []
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[Message]] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.files: dict[str, File] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.statuses: dict[tuple[str, str], Json] = {}
        self.prompts: dict[tuple[str, str | None], Json] = {}
        self.titles: dict[tuple[str, str], str] = {}
        self.notifications: list[Notification] = []
        self.entries: list[Entry] = []
        self.keep_entries = 20_000
        self.base_url = ""
        self._counts: dict[str, int] = {}
        self._last_ts = 0
        bot = manifest.get("features", {}).get("bot_user", {})
        name = bot.get("display_name") or manifest.get("display_information", {}).get("name", "bot")
        self.users[BOT_USER] = User(BOT_USER, name.lower().replace(" ", "-"), name, is_bot=True)
        self.users[SLACKBOT] = User(SLACKBOT, "slackbot", "Slackbot", is_bot=True)

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self.changed:
            yield
            self.changed.notify_all()

    def tell(self, kind: str, value: Any) -> None:
        """Tell the page (or any listener) of a change."""
        for listener in tuple(self.listeners):
            listener(kind, value)

    def new_id(self, prefix: str) -> str:
        self._counts[prefix] = self._counts.get(prefix, 0) + 1
        return f"{prefix}{self._counts[prefix]:07d}"

    def new_ts(self) -> str:
        """A message's timestamp: its time and its name in the channel, so no two are alike."""
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def record(self, kind: str, name: str, sent: Any) -> Entry:
        number = self.entries[-1].number + 1 if self.entries else 1
        entry = Entry(number, self.clock.now(), kind, name, sent)
        self.entries.append(entry)
        if len(self.entries) > self.keep_entries:
            del self.entries[: self.keep_entries // 10]
        return entry

    # ---- people and channels

    def add_user(self, name: str, real_name: str = "", *, locale: str = "en-US") -> User:
        user = User(self.new_id("U"), name, real_name or name.title(), locale=locale)
        with self.changing():
            self.users[user.id] = user
        return user

    def add_channel(self, name: str, members: tuple[str, ...] = (), *, private: bool = False) -> Channel:
        now = int(self.clock.now())
        channel = Channel(self.new_id("C"), name, "private" if private else "public", set(members), now)
        with self.changing():
            self.channels[channel.id] = channel
            self.messages[channel.id] = []
        return channel

    def direct(self, user: str) -> Channel:
        """The DM between a person and the bot, opened if need be."""
        members = {user, BOT_USER}
        with self.changing():
            for channel in self.channels.values():
                if channel.kind == "im" and channel.members == members:
                    return channel
            channel = Channel(self.new_id("D"), "", "im", members, int(self.clock.now()))
            self.channels[channel.id] = channel
            self.messages[channel.id] = []
        return channel

    # ---- messages

    def post(self, message: Message) -> None:
        self.messages[message.channel].append(message)
        self.tell("message", message)

    def find_message(self, channel: str, ts: str) -> Message | None:
        return next((m for m in reversed(self.messages.get(channel, [])) if m.ts == ts), None)

    def seen_by(self, channel: str, viewer: str | None) -> list[Message]:
        """The channel as one person sees it: an ephemeral message exists for its one reader only."""
        shown = self.messages.get(channel, [])
        return [m for m in shown if m.seen_only_by is None or m.seen_only_by == viewer]

    # ---- things that expire

    def new_trigger(self, user: str, view_id: str | None = None) -> str:
        trigger = f"{self.new_id('')}.{self.new_id('')}.{self.new_id('t')}"
        self.triggers[trigger] = Trigger(user, self.clock.now(), view_id)
        return trigger

    def new_response_url(self, user: str, channel: str, message_ts: str | None = None) -> str:
        key = self.new_id("R")
        self.response_urls[key] = ResponseUrl(user, channel, self.clock.now(), message_ts)
        return key
