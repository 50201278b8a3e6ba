"""`/takeaways`: a digest, shared with teams now, later or every week, and withdrawn."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import shares
from bot.slack.clockwork import post_share, withdraw_share
from bot.slack.desk import Asked, Desk
from bot.slack.digest import CANCEL, OPEN_SHARE, WITHDRAW, build_digest, build_share_window, read_share_window
from bot.slack.listeners.events import publish_home
from bot.slack.mrkdwn import cut, plain, read_text
from bot.slack.names import SHARE_VIEW, TAKEAWAYS_COMMAND
from bot.slack.windows import build_notice, build_wait
from bot.takeaways import digest, find_document
from index.errors import CorpusError

log = logging.getLogger("seminar.slack")
Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.command(TAKEAWAYS_COMMAND)
    def on_takeaways(ack: Ack, command: Body, respond: Respond) -> None:
        ack()
        show_digest(desk, command, respond)

    @app.action(OPEN_SHARE)
    def on_open(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        opened = client.views_open(trigger_id=body["trigger_id"], view=build_wait("Share takeaways"))
        ack()
        open_share(desk, client, body, action["value"], opened["view"])

    @app.view(SHARE_VIEW)
    def on_share(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_share(desk, client, ack, body, view)

    @app.action(WITHDRAW)
    def on_withdraw(ack: Ack, body: Body, action: Body, client: WebClient, respond: Respond) -> None:
        ack()
        if not withdraw_share(desk.state, client, action["value"], body["user"]["id"]):
            respond(
                text="Only who shared it can withdraw it.", response_type="ephemeral", replace_original=False
            )

    @app.action(CANCEL)
    def on_cancel(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        shares.cancel(desk.state, action["value"], body["user"]["id"])
        publish_home(desk, client, body["user"]["id"], body["team"]["id"])


def show_digest(desk: Desk, command: Body, respond: Respond) -> None:
    """The digest for the asker alone; where nothing is of that name, the documents that there are."""
    asked = _asked(command["user_id"], command.get("team_id", ""), command.get("channel_id", ""))
    words = read_text(str(command.get("text", "")))
    with desk.live.seen_by(desk.viewer(asked)) as view:
        try:
            message = build_digest(digest(find_document(words, view), view))
        except CorpusError as error:
            respond(text=plain(cut(str(error), 2_500)), response_type="ephemeral")
            return
    respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


def open_share(desk: Desk, client: WebClient, body: Body, document_id: str, opened: Body) -> None:
    """Fills the window that is already open."""
    channel = (body.get("channel") or {}).get("id", "")
    asked = _asked(body["user"]["id"], body["team"]["id"], channel)
    with desk.live.seen_by(desk.viewer(asked)) as view:
        document = view.document(document_id)
        found = digest(document, view) if document else None
    window = (
        build_share_window(found, channel=channel)
        if found
        else build_notice("Share takeaways", "It is gone.")
    )
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=window)


def take_share(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Shares now or schedules, and says in the window what became of each channel."""
    now = datetime.now(UTC)
    made, errors = read_share_window(view, team=body["team"]["id"], user=body["user"]["id"], now=now)
    if errors:
        ack(response_action="errors", errors=errors)
        return
    ack(response_action="update", view=build_notice("Share takeaways", "Sharing…"))
    lines = []
    for share in [shares.schedule(desk.state, one) for one in made]:
        if datetime.fromisoformat(share.due) > now:
            lines.append(f"<#{share.channel}>: scheduled. App Home lists it.")
        else:
            reason = post_share(desk, client, share)
            lines.append(f"<#{share.channel}>: {reason or 'shared.'}")
    client.views_update(view_id=body["view"]["id"], view=build_notice("Share takeaways", "\n".join(lines)))


def _asked(user: str, team: str, channel: str) -> Asked:
    return Asked("", team, channel, user, "", "", private=True)
