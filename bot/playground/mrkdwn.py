"""Slack's text markup: what the composer makes of typed text, and which mentions in a text ring."""

import re
from collections.abc import Iterable, Iterator

from bot.playground.state import BOT_USER, Channel, Json, User

_CONTROL = re.compile(r"<([@#!])([^<>|]+)(?:\|[^<>]*)?>")
_BARE = re.compile(r"(?<![\w<!@])@(channel|here|everyone)\b")
_LINK = re.compile(r"https?://[^\s<>|]+")
BROADCASTS = ("channel", "here", "everyone")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def compose(typed: str, users: Iterable[User], channels: Iterable[Channel]) -> tuple[str, list[Json]]:
    """What Slack's composer sends for typed text: mentions and links become entities, the rest is escaped.

    Returns the text and its rich text block."""
    names: dict[str, Json] = {f"@{b}": {"type": "broadcast", "range": b} for b in BROADCASTS}
    for user in users:
        for name in (user.name, user.real_name):
            names[f"@{name.lower()}"] = {"type": "user", "user_id": user.id}
    for channel in channels:
        if channel.name:
            names[f"#{channel.name.lower()}"] = {"type": "channel", "channel_id": channel.id}
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = re.compile(rf"`[^`\n]+`|(?<![\w])(?:{known})(?![\w])|{_LINK.pattern}", re.IGNORECASE)
    elements: list[Json] = []
    at = 0
    for found in pattern.finditer(typed):
        if found.start() > at:
            elements.append({"type": "text", "text": typed[at : found.start()]})
        entity = {"type": "text", "text": found[0]} if found[0][0] == "`" else names.get(found[0].lower())
        elements.append(dict(entity) if entity else {"type": "link", "url": found[0]})
        at = found.end()
    if at < len(typed):
        elements.append({"type": "text", "text": typed[at:]})
    section = {"type": "rich_text_section", "elements": elements}
    return "".join(map(_as_text, elements)), [{"type": "rich_text", "elements": [section]}]


def _as_text(element: Json) -> str:
    match element["type"]:
        case "user":
            return f"<@{element['user_id']}>"
        case "channel":
            return f"<#{element['channel_id']}|>"
        case "broadcast":
            return f"<!{element['range']}>"
        case "link":
            return f"<{element['url']}>"
    return escape(str(element["text"]))


def find_mentions(text: str, *, full: bool = False) -> list[str]:
    """The mentions in a mrkdwn text, as `@U…` or `!channel`; `full` is `parse=full` of chat.postMessage."""
    found = [f"{sign}{name}" for sign, name in _CONTROL.findall(text) if sign in "@!"]
    rings = [m for m in found if m[0] == "@" or m[1:] in BROADCASTS or m.startswith("!subteam^")]
    return rings + [f"!{name}" for name in _BARE.findall(text)] if full else rings


def block_mentions(blocks: object) -> Iterator[str]:
    """The mentions that ring in blocks: in mrkdwn and markdown texts and as rich text entities."""
    if isinstance(blocks, list):
        for block in blocks:
            yield from block_mentions(block)
    elif isinstance(blocks, dict):
        match blocks.get("type"):
            case "mrkdwn" | "markdown":
                yield from find_mentions(str(blocks.get("text", "")))
            case "user":
                yield f"@{blocks.get('user_id')}"
            case "broadcast":
                yield f"!{blocks.get('range')}"
            case _:
                for value in blocks.values():
                    yield from block_mentions(value)


def rung(mentions: Iterable[str], channel: Channel, author: str) -> Iterator[tuple[str, str]]:
    """Who hears of a message, and by which mention."""
    for mention in dict.fromkeys(mentions):
        named = {mention[1:]} if mention[0] == "@" else channel.members
        yield from ((user, mention) for user in sorted(named - {author, BOT_USER}))
