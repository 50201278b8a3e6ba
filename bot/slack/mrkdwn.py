"""Text in and out of Slack: what people and documents wrote is data, and rings nobody.

Slack's rules: docs.slack.dev, "Formatting message text": `&`, `<` and `>` are the only characters to escape.
"""

from __future__ import annotations

import html
import re

_MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")
_LINK = re.compile(r"<(?:#|!|@)?([^<>|]*)(?:\|([^<>]*))?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
ZERO_WIDTH = "\u2060"


def escape(text: str) -> str:
    """Text as Slack shows it, letter for letter; control and direction characters are left out."""
    clean = _CONTROL.sub("", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Escaped text whose `*`, `_`, `~` and back-ticks mark nothing up."""
    return re.sub(r"([*_~`])", rf"\1{ZERO_WIDTH}", escape(text))


def bold(text: str) -> str:
    inner = plain(text).replace("\n", " ").strip()
    return f"*{inner}*" if inner else ""


def link(address: str, label: str) -> str:
    """A link to a web address; anything else is shown as text."""
    if not re.match(r"https?://[^\s<>]+$", address):
        return plain(label)
    return f"<{escape(address).replace('|', '%7C')}|{plain(label).replace('|', '¦')}>"


def read_text(text: str) -> str:
    """What a person wrote: mentions of people dropped, links and channels as their words, entities undone."""
    without = _MENTION.sub(" ", text)
    words = _LINK.sub(lambda m: m[2] or m[1], without)
    return " ".join(html.unescape(words).split())


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, ended with an ellipsis where something was left out."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def some(text: str, limit: int) -> str:
    """The same, and a dash where there is nothing to show: Slack takes no empty text."""
    return cut(text, limit) if text.strip() else "–"
