"""One call of a Web API method: its arguments, who makes it, and what Slack says when it refuses."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from bot.playground.state import BOT_USER, Channel, Json, Message, Workspace

if TYPE_CHECKING:
    from bot.playground.server import Server


class SlackError(Exception):
    """A refusal, by Slack's own code; `more` joins the answer."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})


@dataclass(frozen=True)
class Call:
    server: "Server"
    method: str
    arguments: Json

    @property
    def workspace(self) -> Workspace:
        return self.server.workspace

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        return self.arguments.get(name) in (True, "true", "True", "1", 1)

    def structure(self, name: str) -> Any:
        """A JSON argument, which forms carry as a string."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(f"invalid_{name}_format" if name == "blocks" else "invalid_arguments") from None

    def has_scope(self, *scopes: str) -> bool:
        return any(scope in self.server.scopes for scope in scopes)

    def need_scope(self, *scopes: str) -> None:
        if not self.has_scope(*scopes):
            raise SlackError(
                "missing_scope", needed=",".join(scopes), provided=",".join(sorted(self.server.scopes))
            )

    def channel(self, name: str = "channel", *, seen: bool = True) -> Channel:
        """The channel of the call, as far as the bot may know of it."""
        key = self.text(name)
        channels = self.workspace.channels
        channel = channels.get(key) or next(
            (c for c in channels.values() if c.name and f"#{c.name}" == key), None
        )
        if channel is None or (seen and channel.kind != "public" and BOT_USER not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def message(self, channel: Channel, name: str = "ts", *, missing: str = "message_not_found") -> Message:
        message = self.workspace.find_message(channel.id, self.text(name))
        if message is None or message.seen_only_by is not None:
            raise SlackError(missing)
        return message


@dataclass(frozen=True)
class Method:
    """A method and its rules: any one of `scopes`, the kind of token, the tier, the required arguments."""

    run: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    tier: int | None = 3
    token: Literal["bot", "app", "any", "none"] = "bot"
    required: tuple[str, ...] = field(default=())
