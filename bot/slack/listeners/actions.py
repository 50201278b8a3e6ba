"""Buttons: sources, CSV, other readings, votes, sharing."""

from __future__ import annotations

import csv
import io
import logging
import re
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.seen import is_seen
from bot.slack.blocks import CSV, OTHER, SHARE, SOURCES, VOTE, WRONG
from bot.slack.desk import Asked, Desk
from bot.slack.home import AGAIN
from bot.slack.listeners.commands import answer_privately
from bot.slack.windows import build_comment, build_sources, build_wait
from bot.state import Receipt

log = logging.getLogger("seminar.slack")
Body = dict[str, Any]
Action = dict[str, Any]
GONE = "I no longer keep that answer. Ask again, and its buttons will work."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.action(SOURCES)
    def on_sources(ack: Ack, body: Body, action: Action, client: WebClient) -> None:
        opened = client.views_open(trigger_id=body["trigger_id"], view=build_wait("Source in context"))
        ack()
        show_sources(desk, client, body, action["value"], opened["view"])

    @app.action(CSV)
    def on_csv(ack: Ack, body: Body, action: Action, client: WebClient, respond: Respond) -> None:
        ack()
        send_csv(desk, client, body, action["value"], respond)

    @app.action(re.compile(rf"({OTHER}|{AGAIN})\.\d+"))
    def on_question(ack: Ack, body: Body, action: Action, client: WebClient, respond: Respond) -> None:
        ack()
        ask_again(desk, client, body, action["value"], respond)

    @app.action(VOTE)
    def on_vote(ack: Ack, body: Body, action: Action, client: WebClient) -> None:
        vote, _, receipt_id = action["value"].partition(" ")
        desk.state.vote(receipt_id, body["user"]["id"], vote)
        if vote == "down":
            client.views_open(trigger_id=body["trigger_id"], view=build_comment(receipt_id, wrong=False))
        ack()

    @app.action(WRONG)
    def on_wrong(ack: Ack, body: Body, action: Action, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=build_comment(action["value"], wrong=True))
        ack()

    @app.action(SHARE)
    def on_share(ack: Ack, body: Body, action: Action, client: WebClient, respond: Respond) -> None:
        ack()
        share(desk, client, body, action["value"], respond)

    @app.action(re.compile(".*"))
    def on_other(ack: Ack) -> None:
        """A button of an older version: taken, so that Slack shows no error."""
        ack()


def show_sources(desk: Desk, client: WebClient, body: Body, receipt_id: str, opened: dict[str, Any]) -> None:
    """Fills the window that is already open."""
    receipt = desk.state.receipt(receipt_id)
    if receipt is None:
        window = build_wait("Source in context") | {
            "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": GONE}}]
        }
    else:
        with desk.live.seen_by(desk.viewer(_asked(body, ""))) as view:
            window = build_sources(receipt.answer, view)
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=window)


def send_csv(desk: Desk, client: WebClient, body: Body, receipt_id: str, respond: Respond) -> None:
    """The answer's figures as a file: in its thread, where all there may see them; of a private one, to its asker."""
    receipt, asked, message = desk.state.receipt(receipt_id), _asked(body, ""), body.get("message", {})
    channel, thread = asked.channel, message.get("thread_ts") or message.get("ts")
    if body.get("container", {}).get("is_ephemeral"):
        channel, thread = str(client.conversations_open(users=asked.user)["channel"]["id"]), None
    elif not channel.startswith("D"):
        asked = replace(asked, private=False)
    viewer = desk.viewer(asked) if asked.private else desk.viewer_of_post(client, asked)
    with desk.live.seen_by(viewer) as view:
        seen = receipt is not None and is_seen(receipt.answer, view)
    if receipt is None or not seen:
        respond(text=GONE, response_type="ephemeral", replace_original=False)
        return
    try:
        client.files_upload_v2(
            content=figures_csv(receipt),
            filename=f"figures-{receipt.id}.csv",
            title="Figures of this answer",
            channel=channel,
            thread_ts=thread,
        )
    except SlackApiError as error:
        log.warning("csv of %s refused: %s", receipt_id, error.response.get("error"))
        respond(
            text="I can't put a file here. Ask in a channel that I am in, or in a direct message.",
            response_type="ephemeral",
            replace_original=False,
        )


def figures_csv(receipt: Receipt) -> str:
    """The figures of an answer as CSV; cells that a spreadsheet would run as a formula are quoted away."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        [
            "metric",
            "dimensions",
            "period",
            "start",
            "end",
            "value",
            "unit",
            "kind",
            "basis",
            "document",
            "quote",
        ]
    )
    figures: Any = receipt.answer.get("figures") or []
    for figure in figures:
        dimensions = ", ".join(f"{name}: {value}" for name, value in figure["dimensions"].items())
        period = figure["period"]
        row = [
            figure["metric"], dimensions, period["label"], period["start"], period["end"], figure["value"],
            figure["unit"], figure["kind"], figure["basis"], figure["document"], figure["quote"],
        ]  # fmt: skip
        writer.writerow([f"'{cell}" if re.match(r"[=+@\t\r]", str(cell or "")) else cell for cell in row])
    return out.getvalue()


def ask_again(desk: Desk, client: WebClient, body: Body, question: str, respond: Respond) -> None:
    """A reading or a sample question that was clicked: answered where it was clicked."""
    channel = body.get("channel", {}).get("id", "")
    message = body.get("message", {})
    asked = _asked(body, question)
    if not channel:
        opened = client.conversations_open(users=body["user"]["id"])
        home = Asked(question, asked.team, opened["channel"]["id"], asked.user, "", "", private=True)
        desk.reply(client, home)
    elif message.get("ts") and not body.get("container", {}).get("is_ephemeral"):
        thread, private = message.get("thread_ts") or message["ts"], channel.startswith("D")
        clicked = Asked(question, asked.team, channel, asked.user, "", thread, private=private)
        desk.reply(client, desk.as_posted(client, clicked))
    else:
        answer_privately(desk, respond, asked)


def share(desk: Desk, client: WebClient, body: Body, receipt_id: str, respond: Respond) -> None:
    """Posts a private answer to its channel as that channel may see it, with the name of who shared it."""
    receipt = desk.state.receipt(receipt_id)
    channel = body.get("channel", {}).get("id", "")
    if receipt is None or receipt.user != body["user"]["id"] or not channel:
        respond(text=GONE, response_type="ephemeral", replace_original=False)
        return
    asked = Asked(receipt.question, receipt.team, channel, receipt.user, "", "", private=False)
    reason = desk.share(client, asked)
    words = "Shared." if not reason else f"I could not share it: {reason}"
    respond(text=words, response_type="ephemeral", replace_original=False)


def _asked(body: Body, text: str) -> Asked:
    return Asked(
        text=text,
        team=str((body.get("team") or {}).get("id", "")),
        channel=str((body.get("channel") or {}).get("id", "")),
        user=str(body["user"]["id"]),
        ts="",
        thread="",
        private=True,
    )
