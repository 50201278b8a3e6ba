"""The windows with a channel's settings, built and read by pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.channels import Channel, Listen
from bot.questions import Language
from bot.slack.blocks import Block, button, context, section
from bot.slack.mrkdwn import cut, plain
from bot.slack.names import CHANNEL_VIEW

OPEN_CHANNEL, CHANNEL = "open_channel", "channel"
LISTEN, QUIET_FROM, QUIET_UNTIL, LABELS, LANGUAGE = (
    "listen",
    "quiet_from",
    "quiet_until",
    "labels",
    "language",
)
TITLE = "Channel settings"
WAYS: dict[Listen, str] = {"mention": "when I am mentioned", "always": "always, where I hold the answer"}
AS_ASKED = "asked"
LANGUAGES: dict[str, str] = {AS_ASKED: "that of the question", "en": "English", "zh": "Chinese (中文)"}
VALUE, MOST = 150, 100


def build_channel_button() -> Block:
    """The way in, on the App Home of admins."""
    return {"type": "actions", "elements": [button("Channel settings…", OPEN_CHANNEL, "open")]}


def build_channel_choice() -> Block:
    """The first window: which channel."""
    select = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": _plain("Channel"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return {
        "type": "modal",
        "title": _plain(TITLE),
        "close": _plain("Close"),
        "blocks": [{**section("Which channel?"), "accessory": select}],
    }


def build_channel_window(now: Channel, by_operator: tuple[str, ...], grantable: Iterable[str]) -> Block:
    """The second: what is set for it; `grantable` are the labels that the admin holds."""
    ways = [_option(words, way) for way, words in WAYS.items()]
    listen = {"type": "radio_buttons", "action_id": LISTEN, "options": ways,
              "initial_option": _option(WAYS[now.listen], now.listen)}  # fmt: skip
    spoken = now.language or AS_ASKED
    language = {"type": "static_select", "action_id": LANGUAGE,
                "options": [_option(words, key) for key, words in LANGUAGES.items()],
                "initial_option": _option(LANGUAGES[spoken], spoken)}  # fmt: skip
    operator = f" The operator set: {plain(', '.join(by_operator))}." if by_operator else ""
    return {
        "type": "modal",
        "callback_id": CHANNEL_VIEW,
        "private_metadata": now.id,
        "title": _plain(TITLE),
        "submit": _plain("Save"),
        "close": _plain("Close"),
        "blocks": [
            section(f"<#{now.id}>"),
            _input(LISTEN, "I answer", listen),
            _input(LANGUAGE, "In which language", language),
            *_labels(now, grantable),
            context(f"Everybody in it may see what these labels open.{operator}"),
            _hour(QUIET_FROM, "No scheduled posts from (hour, 0 to 23)", now.quiet_from),
            _hour(QUIET_UNTIL, "until (hour, 0 to 23)", now.quiet_until),
        ],
    }


def _labels(now: Channel, grantable: Iterable[str]) -> list[Block]:
    options = [
        _option(cut(label, 75), label)
        for label in sorted(set(grantable))
        if label.strip() and len(label) <= VALUE
    ][:MOST]
    if not options:
        return []
    select: Block = {"type": "multi_static_select", "action_id": LABELS, "options": options,
                     "placeholder": _plain("everyone")}  # fmt: skip
    if chosen := [option for option in options if option["value"] in now.labels]:
        select["initial_options"] = chosen
    return [_input(LABELS, "Access labels", select, optional=True)]


def read_channel_window(
    view: dict[str, Any], before: Channel, grantable: Iterable[str], zone: str
) -> tuple[Channel | None, dict[str, str]]:
    """What was chosen, or what is wrong by field; labels that the admin does not hold stay as they were."""
    values = view["state"]["values"]
    way = (values[LISTEN][LISTEN].get("selected_option") or {}).get("value")
    spoken = (values[LANGUAGE][LANGUAGE].get("selected_option") or {}).get("value")
    hours = [str(values[name][name].get("value") or "").strip() for name in (QUIET_FROM, QUIET_UNTIL)]
    errors = {}
    for name, hour in zip((QUIET_FROM, QUIET_UNTIL), hours, strict=True):
        if hour and not (hour.isascii() and hour.isdigit() and int(hour) < 24):
            errors[name] = "Write an hour from 0 to 23."
    if not errors and bool(hours[0]) != bool(hours[1]):
        errors[QUIET_UNTIL if hours[0] else QUIET_FROM] = "Quiet hours need both ends."
    if errors:
        return None, errors
    mine = set(grantable)
    picked = values.get(LABELS, {}).get(LABELS, {}).get("selected_options") or []
    labels = ({str(option["value"]) for option in picked} & mine) | (set(before.labels) - mine)
    begin, end = (int(hour) if hour else None for hour in hours)
    language: Language | None = "en" if spoken == "en" else "zh" if spoken == "zh" else None
    listen: Listen = "always" if way == "always" else "mention"
    return Channel(before.id, listen, begin, end, tuple(sorted(labels)), language, zone), {}


def build_kept(settings: Channel, by_operator: tuple[str, ...], *, external: bool) -> Block:
    """What holds from now on, the access labels of the operator's settings included."""
    lines = [f"<#{settings.id}>: I answer {WAYS[settings.listen]}."]
    if settings.language:
        lines.append(f"My words are {LANGUAGES[settings.language]}; quotes stay in theirs.")
    if settings.quiet_from is not None:
        where = f" ({plain(settings.zone)})" if settings.zone else ""
        lines.append(
            f"No scheduled posts from {settings.quiet_from}:00 until {settings.quiet_until}:00{where}."
        )
    labels = ["everyone", *sorted({*by_operator, *settings.labels})]
    lines.append(f"It may see: {plain(', '.join(labels))}.")
    if external:
        lines.append("It is shared with another company: as long as it is, it sees what everyone sees.")
    return {
        "type": "modal",
        "title": _plain(TITLE),
        "close": _plain("Close"),
        "blocks": [section("\n".join(lines))],
    }


def _hour(name: str, label: str, now: int | None) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": 2}
    if now is not None:
        element["initial_value"] = str(now)
    return _input(name, label, element, optional=True)


def _option(words: str, value: str) -> Block:
    return {"text": _plain(words), "value": value}


def _input(block: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
