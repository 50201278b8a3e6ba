"""`/ask`: an answer that only the asker sees, with a button to share it."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App, Respond

from bot.slack.blocks import build_answer
from bot.slack.desk import Asked, Desk, apology, new_reference
from bot.slack.mrkdwn import read_text
from bot.slack.names import ASK_COMMAND

log = logging.getLogger("seminar.slack")
USAGE = "Ask me something, for example `/ask NEV sales in October 2021?`. Only you will see the answer."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.command(ASK_COMMAND)
    def on_ask(ack: Ack, command: dict[str, Any], respond: Respond) -> None:
        if not str(command.get("text", "")).strip():
            ack(USAGE)
            return
        ack()
        answer_privately(desk, respond, _asked(command, str(command["text"])))


def _asked(payload: dict[str, Any], text: str) -> Asked:
    return Asked(
        text=read_text(text),
        team=str(payload.get("team_id", "")),
        channel=str(payload.get("channel_id", "")),
        user=str(payload.get("user_id", "")),
        ts="",
        thread="",
        private=True,
    )


def answer_privately(desk: Desk, respond: Respond, asked: Asked) -> None:
    """Answers through the response_url: seen by the asker alone, also where the bot is not in the channel."""
    try:
        answer = desk.answer(asked)
        message = build_answer(answer, private=True)
        desk.keep(asked, answer, f"private {asked.user} {answer.id}")
        respond(text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False)
    except Exception:
        reference = new_reference()
        log.exception("private question failed [%s]", reference)
        respond(text=apology(reference).text, response_type="ephemeral")
