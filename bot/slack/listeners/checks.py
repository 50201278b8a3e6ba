"""*Check the numbers*: a message shortcut, seen by the asker, shareable in the message's thread."""

from __future__ import annotations

import logging
import re
from datetime import UTC, date, datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.checking import check
from bot.slack.checked import SHARE_CHECK, build_check
from bot.slack.desk import REFUSALS, Asked, Desk, apology, new_reference
from bot.slack.mrkdwn import read_text
from bot.slack.names import CHECK_NUMBERS
from bot.state import CHECK, Receipt

log = logging.getLogger("seminar.slack")
Body = dict[str, Any]
MOST = 1_900
"""Characters of a message that go into a button."""
GONE = "I no longer keep that message. Check it again, and the button will work."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.message_shortcut(CHECK_NUMBERS)
    def on_check(ack: Ack, shortcut: Body, respond: Respond) -> None:
        ack()
        check_message(desk, shortcut, respond)

    @app.action(SHARE_CHECK)
    def on_share(ack: Ack, body: Body, action: Body, client: WebClient, respond: Respond) -> None:
        ack()
        share_check(desk, client, body, action["value"], respond)


def check_message(desk: Desk, shortcut: Body, respond: Respond) -> None:
    """What is held of each number, for the asker alone; the message's own day tells which year it means."""
    message = shortcut.get("message", {})
    text, ts = read_text(str(message.get("text", ""))), str(message.get("ts", ""))
    asked = _asked(shortcut, private=True)
    try:
        with desk.live.seen_by(desk.viewer(asked)) as view:
            findings = check(text, view, today=_day(desk, ts))
    except Exception:
        reference = new_reference()
        log.exception("check failed [%s]", reference)
        respond(text=apology(reference).text, response_type="ephemeral")
        return
    thread = str(message.get("thread_ts") or ts)
    share = f"{thread} {text}" if len(text) <= MOST else f"{thread}\n{_keep(desk, asked, text, thread)}"
    shown = build_check(findings, share=share)
    respond(text=shown.text, blocks=shown.blocks, response_type="ephemeral", unfurl_links=False)


def share_check(desk: Desk, client: WebClient, body: Body, value: str, respond: Respond) -> None:
    """Checks again as everybody in the channel may see it, and posts that in the message's thread."""
    ts, _, text = value.partition(" ")
    asked = _asked(body, private=False)
    if "\n" in ts:
        ts, _, kept = value.partition("\n")
        receipt = desk.state.receipt(kept)
        if receipt is None or receipt.user != asked.user:
            respond(text=GONE, response_type="ephemeral", replace_original=False)
            return
        text = receipt.question
    with desk.live.seen_by(desk.viewer_of_post(client, asked)) as view:
        message = build_check(check(text, view, today=_day(desk, ts)), by=asked.user)
    try:
        client.chat_postMessage(
            channel=asked.channel,
            thread_ts=ts or None,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
    except SlackApiError as error:
        reason = REFUSALS.get(str(error.response.get("error")), "Slack refused it.")
        respond(text=f"I could not share it: {reason}", response_type="ephemeral", replace_original=False)
        return
    respond(text="Shared in the thread.", response_type="ephemeral", replace_original=False)


def _keep(desk: Desk, asked: Asked, text: str, thread: str) -> str:
    """Keeps a text that is too long for a button; what it is known by."""
    kept = Receipt(
        id=new_reference(), team=asked.team, channel=asked.channel, thread=thread, ts=f"check {new_reference()}",
        question_ts="", user=asked.user, private=True, question=text, kind=CHECK, answer={}, index_version="", at="",
    )  # fmt: skip
    desk.state.keep_receipt(kept)
    return kept.id


def _day(desk: Desk, ts: str) -> date:
    """The day of a message, which is never later than today."""
    if not re.fullmatch(r"\d+\.\d+", ts):
        return desk.today()
    return min(datetime.fromtimestamp(float(ts), UTC).date(), desk.today())


def _asked(body: Body, *, private: bool) -> Asked:
    return Asked(
        text="",
        team=str((body.get("team") or {}).get("id", "")),
        channel=str((body.get("channel") or {}).get("id", "")),
        user=str((body.get("user") or {}).get("id", "")),
        ts="",
        thread="",
        private=private,
    )
