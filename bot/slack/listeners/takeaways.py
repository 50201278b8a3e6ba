"""`/takeaways`: a digest, shared with teams now, later or every week, and withdrawn."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import shares
from bot.slack.clockwork import post_share, withdraw_share
from bot.slack.desk import Asked, Desk
from bot.slack.digest import (
    CANCEL,
    OPEN_SHARE,
    TITLE,
    TOPIC,
    WITHDRAW,
    build_digest,
    build_share_window,
    find_takeaways,
    read_share_window,
    takeaways_of_document,
)
from bot.slack.listeners.home import publish_home
from bot.slack.mrkdwn import cut, plain, read_text
from bot.slack.names import SHARE_VIEW, TAKEAWAYS_COMMAND
from bot.slack.people import zone_of
from bot.slack.windows import build_notice, build_wait
from bot.takeaways import digest, find_document
from bot.topics import read_topic
from index.errors import CorpusError
from index.reader import View

log = logging.getLogger("seminar.slack")
PATIENCE = 1.5
Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.command(TAKEAWAYS_COMMAND)
    def on_takeaways(ack: Ack, command: Body, respond: Respond) -> None:
        ack()
        show_digest(desk, command, respond)

    @app.action(OPEN_SHARE)
    def on_open(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        opened = client.views_open(trigger_id=body["trigger_id"], view=build_wait(TITLE))
        ack()
        open_share(desk, client, body, action["value"], opened["view"])

    @app.view(SHARE_VIEW)
    def on_share(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_share(desk, client, ack, body, view)

    @app.action(WITHDRAW)
    def on_withdraw(ack: Ack, body: Body, action: Body, client: WebClient, respond: Respond) -> None:
        ack()
        if reason := withdraw_share(desk.state, client, action["value"], body["user"]["id"]):
            respond(text=reason, response_type="ephemeral", replace_original=False)

    @app.action(CANCEL)
    def on_cancel(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        shares.cancel(desk.state, action["value"], body["user"]["id"])
        publish_home(desk, client, body["user"]["id"])


def show_digest(desk: Desk, command: Body, respond: Respond) -> None:
    """The digest for the asker alone: of a document, else of a topic; else the documents that there are."""
    asked = _asked(command["user_id"], command.get("team_id", ""), command.get("channel_id", ""))
    words = read_topic(read_text(str(command.get("text", ""))))
    with desk.live.seen_by(desk.viewer(asked)) as view:
        try:
            found = takeaways_of_document(digest(find_document(words, view), view))
        except CorpusError:
            topic = find_takeaways(TOPIC + words, view)
            if topic is None:
                respond(text=_nothing(words, view), response_type="ephemeral")
                return
            found = topic
    message = build_digest(found)
    respond(text=message.text, blocks=message.blocks, response_type="ephemeral", unfurl_links=False)


def _nothing(words: str, view: View) -> str:
    titles = [entry.title for entry in view.entries() if entry.kind == "document"][:8]
    return plain(cut(f"Nothing held is on “{cut(words, 200)}”. There is: {'; '.join(titles)}.", 2_500))


def open_share(desk: Desk, client: WebClient, body: Body, topic: str, opened: Body) -> None:
    """Fills the window that is already open."""
    channel = (body.get("channel") or {}).get("id", "")
    asked = _asked(body["user"]["id"], body["team"]["id"], channel)
    with desk.live.seen_by(desk.viewer(asked)) as view:
        found = find_takeaways(topic, view)
    window = build_share_window(found, channel=channel) if found else build_notice(TITLE, "It is gone.")
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=window)


def take_share(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Shares now or schedules, and says in the window what became of each channel.

    Slack waits three seconds for that: what is not posted by then is left to the clockwork.
    """
    begun, now = time.monotonic(), datetime.now(UTC)
    user = str(body["user"]["id"])
    made, errors = read_share_window(view, team=body["team"]["id"], user=user, now=now)
    if errors:
        ack(response_action="errors", errors=errors)
        return
    lines = []
    zone = zone_of(client, user) if any(share.every_week for share in made) else ""
    for share in [shares.schedule(desk.state, replace(one, zone=zone)) for one in made]:
        if datetime.fromisoformat(share.due) > now:
            became = "scheduled. App Home lists it."
        elif time.monotonic() - begun > PATIENCE:
            became = "will be shared in a moment."
        else:
            became = post_share(desk, client, share) or "shared."
        lines.append(f"<#{share.channel}>: {became}")
    ack(response_action="update", view=build_notice(TITLE, "\n".join(lines)))


def _asked(user: str, team: str, channel: str) -> Asked:
    return Asked("", team, channel, user, "", "", private=True)
