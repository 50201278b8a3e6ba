"""*Ask about this message*, and *Ask the record* from anywhere."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.desk import Asked, Desk
from bot.slack.listeners.commands import answer_privately
from bot.slack.mrkdwn import read_text
from bot.slack.names import ABOUT_MESSAGE, ASK_SHORTCUT
from bot.slack.windows import build_ask


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.message_shortcut(ABOUT_MESSAGE)
    def on_message(ack: Ack, shortcut: dict[str, Any], respond: Respond) -> None:
        ack()
        message = shortcut.get("message", {})
        asked = Asked(
            text=read_text(str(message.get("text", ""))),
            team=str(shortcut.get("team", {}).get("id", "")),
            channel=str(shortcut.get("channel", {}).get("id", "")),
            user=str(shortcut.get("user", {}).get("id", "")),
            ts="",
            thread="",
            private=True,
        )
        answer_privately(desk, respond, asked)

    @app.global_shortcut(ASK_SHORTCUT)
    def on_anywhere(ack: Ack, shortcut: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=shortcut["trigger_id"], view=build_ask())
        ack()
