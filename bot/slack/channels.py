"""The window with a channel's settings, built and read by pure functions."""

from __future__ import annotations

from typing import Any

from bot.channels import Channel, Listen
from bot.slack.blocks import Block, button, section
from bot.slack.mrkdwn import plain
from bot.slack.names import CHANNEL_VIEW

OPEN_CHANNEL = "open_channel"
CHANNEL, LISTEN, QUIET_FROM, QUIET_UNTIL = "channel", "listen", "quiet_from", "quiet_until"
WAYS: dict[Listen, str] = {"mention": "when I am mentioned", "always": "always, where I hold the answer"}


def build_channel_button() -> Block:
    """The way in, on the App Home of admins."""
    return {"type": "actions", "elements": [button("Channel settings…", OPEN_CHANNEL, "open")]}


def build_channel_window() -> Block:
    select = {
        "type": "conversations_select",
        "action_id": CHANNEL,
        "placeholder": _plain("Channel"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    options = [{"text": _plain(words), "value": way} for way, words in WAYS.items()]
    listen = {"type": "radio_buttons", "action_id": LISTEN, "options": options, "initial_option": options[0]}
    return {
        "type": "modal",
        "callback_id": CHANNEL_VIEW,
        "title": _plain("Channel settings"),
        "submit": _plain("Save"),
        "close": _plain("Close"),
        "blocks": [
            _input(CHANNEL, "Channel", select),
            _input(LISTEN, "I answer", listen),
            _hour(QUIET_FROM, "No scheduled posts from (hour, 0 to 23)"),
            _hour(QUIET_UNTIL, "until (hour, 0 to 23)"),
        ],
    }


def read_channel_window(view: dict[str, Any]) -> tuple[Channel | None, dict[str, str]]:
    """What was chosen, or what is wrong by field."""
    values = view["state"]["values"]
    chosen = str(values[CHANNEL][CHANNEL].get("selected_conversation") or "")
    way = (values[LISTEN][LISTEN].get("selected_option") or {}).get("value")
    hours = [str(values[name][name].get("value") or "").strip() for name in (QUIET_FROM, QUIET_UNTIL)]
    errors = {}
    for name, hour in zip((QUIET_FROM, QUIET_UNTIL), hours, strict=True):
        if hour and not (hour.isascii() and hour.isdigit() and int(hour) < 24):
            errors[name] = "Write an hour from 0 to 23."
    if not errors and bool(hours[0]) != bool(hours[1]):
        errors[QUIET_UNTIL if hours[0] else QUIET_FROM] = "Quiet hours need both ends."
    if not chosen:
        errors[CHANNEL] = "Choose a channel."
    if errors:
        return None, errors
    begin, end = (int(hour) if hour else None for hour in hours)
    return Channel(chosen, "always" if way == "always" else "mention", begin, end), {}


def build_kept(settings: Channel, labels: tuple[str, ...]) -> Block:
    """What holds from now on, the access labels of the operator's settings included."""
    lines = [f"<#{settings.id}>: I answer {WAYS[settings.listen]}."]
    if settings.quiet_from is not None:
        lines.append(f"No scheduled posts from {settings.quiet_from}:00 until {settings.quiet_until}:00.")
    lines.append(f"It may see: {plain(', '.join(['everyone', *labels]))} (set by the operator).")
    return {
        "type": "modal",
        "title": _plain("Channel settings"),
        "close": _plain("Close"),
        "blocks": [section("\n".join(lines))],
    }


def _hour(name: str, label: str) -> Block:
    element = {"type": "plain_text_input", "action_id": name, "max_length": 2}
    return _input(name, label, element, optional=True)


def _input(name: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
