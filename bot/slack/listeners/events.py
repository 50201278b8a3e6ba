"""Mentions, direct messages, follow-ups in threads, and App Home."""

from __future__ import annotations

import logging
from http.client import HTTPException
from typing import Any

from slack_bolt import App, SetStatus, SetSuggestedPrompts
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import channels
from bot.slack.desk import Asked, Desk, apology, new_reference
from bot.slack.listeners.home import publish_home
from bot.slack.listeners.owner import take_given_files
from bot.slack.listeners.wishes import take_wish
from bot.slack.mrkdwn import read_text
from bot.slack.names import PROMPTS

log = logging.getLogger("seminar.slack")
Event = dict[str, Any]
Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.event("app_mention")
    def on_mention(event: Event, body: Body, client: WebClient) -> None:
        answer_event(desk, client, event, body)

    @app.event("message")
    def on_message(event: Event, body: Body, client: WebClient, set_status: SetStatus) -> None:
        take_message(desk, client, event, body, set_status)

    @app.event("app_home_opened")
    def on_home(event: Event, client: WebClient, set_suggested_prompts: SetSuggestedPrompts) -> None:
        open_home(desk, client, event, set_suggested_prompts)

    @app.event({"type": "app_context_changed"})
    def on_context() -> None:
        """What people look at is not used; taking the event keeps Slack from sending it again."""


def take_message(
    desk: Desk, client: WebClient, event: Event, body: Body, set_status: SetStatus | None
) -> None:
    """A direct message, or a word in a thread that the bot is in; everything else is left alone."""
    subtype = event.get("subtype")
    team, channel = _team(body, event), str(event.get("channel", ""))
    if subtype == "message_deleted":
        desk.withdraw(client, team, channel, str(event.get("deleted_ts", "")))
    elif subtype == "message_changed":
        _take_edit(desk, client, event, body)
    elif subtype in (None, "file_share", "thread_broadcast"):
        if event.get("channel_type") == "im":
            answer_event(desk, client, event, body, set_status)
        elif event.get("thread_ts") and _is_for_us(desk, team, channel, event):
            answer_event(desk, client, event, body)
        elif not event.get("thread_ts") and not _mentions_us(event, body) and _is_overheard(desk, channel):
            answer_event(desk, client, {**event, "overheard": True}, body)


def _is_overheard(desk: Desk, channel: str) -> bool:
    return channels.channel(desk.state, channel).listen == "always"


def _mentions_us(event: Event, body: Body) -> bool:
    """Such a message comes as app_mention too."""
    return any(f"<@{user}>" in str(event.get("text", "")) for user in _own_users(body))


def _is_for_us(desk: Desk, team: str, channel: str, event: Event) -> bool:
    """Whether a word in a thread is to the bot: any where it was asked before, only a question below a share."""
    receipts = desk.state.thread(team, channel, str(event["thread_ts"]))
    asked_before = any(receipt.question_ts for receipt in receipts)
    return asked_before or (bool(receipts) and str(event.get("text", "")).rstrip().endswith(("?", "？")))


def _take_edit(desk: Desk, client: WebClient, event: Event, body: Body) -> None:
    """An edited question that now asks something else is answered anew, and the old answer goes."""
    message, before = event.get("message", {}), event.get("previous_message", {})
    team, channel = _team(body, event), str(event.get("channel", ""))
    if message.get("text") == before.get("text") or message.get("bot_id"):
        return
    if not desk.state.answers_to(team, channel, str(message.get("ts", ""))):
        return
    desk.withdraw(client, team, channel, str(message["ts"]))
    edited = {
        **message,
        "channel": channel,
        "channel_type": event.get("channel_type"),
        "edited_at": event.get("ts"),
    }
    answer_event(desk, client, edited, body)


def _show_status(set_status: SetStatus | None) -> None:
    if set_status is None:
        return
    try:
        set_status(status="is looking it up…")
    except (SlackApiError, OSError, HTTPException) as error:
        log.info("status not shown: %s", type(error).__name__)


def answer_event(
    desk: Desk, client: WebClient, event: Event, body: Body, set_status: SetStatus | None = None
) -> None:
    """Answers once, however often Slack sends the event and under whatever name."""
    if event.get("bot_id") or event.get("user") in (None, "USLACKBOT", *_own_users(body)):
        return
    team, channel, ts = _team(body, event), str(event["channel"]), str(event["ts"])
    edit = str(event.get("edited_at", ""))
    if not desk.state.first_time(f"event {body.get('event_id')}", f"message {team} {channel} {ts} {edit}"):
        return
    _show_status(set_status)
    asked = Asked(
        text=read_text(str(event.get("text", ""))),
        team=team,
        channel=channel,
        user=str(event["user"]),
        ts=ts,
        thread=str(event.get("thread_ts") or ts),
        private=event.get("channel_type") == "im",
        shared=bool(body.get("is_ext_shared_channel")),
        overheard=bool(event.get("overheard")),
    )
    if asked.shared:
        channels.mark_external(desk.state, channel)
    try:
        files = (event.get("files") or []) if asked.private else []
        if files:
            take_given_files(desk, client, asked, files)
        if not take_wish(desk, client, asked) and (asked.text or not files):
            desk.reply(client, asked)
    except Exception:
        reference = new_reference()
        log.exception("question in %s failed [%s]", channel, reference)
        desk.outbox.post(client, channel, apology(reference), thread=asked.thread, posted=lambda _: None)


def open_home(
    desk: Desk, client: WebClient, event: Event, set_suggested_prompts: SetSuggestedPrompts | None
) -> None:
    """The home tab shows what is held; the messages tab offers questions."""
    if event.get("tab") == "messages":
        if set_suggested_prompts is not None:
            set_suggested_prompts(
                prompts=[{"title": title, "message": message} for title, message in PROMPTS]
            )
        return
    publish_home(desk, client, str(event["user"]))


def _team(body: Body, event: Event) -> str:
    return str(body.get("team_id") or event.get("team") or "")


def _own_users(body: Body) -> list[str]:
    return [str(some["user_id"]) for some in body.get("authorizations") or [] if some.get("is_bot")]
