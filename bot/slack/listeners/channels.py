"""Channel settings: two windows for admins, opened from App Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import audit
from bot.channels import channel, is_external, keep
from bot.slack.channels import (
    CHANNEL,
    LISTEN,
    OPEN_CHANNEL,
    TITLE,
    build_channel_choice,
    build_channel_window,
    build_kept,
    read_channel_window,
)
from bot.slack.desk import Desk
from bot.slack.listeners.owner import NOT_YOURS
from bot.slack.names import CHANNEL_VIEW
from bot.slack.people import zone_of
from bot.slack.windows import build_notice
from index.documents import EVERYONE

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.action(OPEN_CHANNEL)
    def on_open(ack: Ack, body: Body, client: WebClient) -> None:
        if desk.is_admin(body["user"]["id"]):
            client.views_open(trigger_id=body["trigger_id"], view=build_channel_choice())
        ack()

    @app.action(CHANNEL)
    def on_chosen(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        show_channel(desk, client, body, str(action["selected_conversation"]))

    @app.view(CHANNEL_VIEW)
    def on_kept(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        keep_channel(desk, client, ack, body, view)


def grantable(desk: Desk, user: str) -> frozenset[str]:
    """The labels that an admin can give to a channel: their own."""
    return (desk.viewer_alone(user) & desk.live.refresh().labels) - {EVERYONE}


def show_channel(desk: Desk, client: WebClient, body: Body, channel_id: str) -> None:
    """Fills the open window with what is set for the channel."""
    user, opened = str(body["user"]["id"]), body["view"]
    window = build_notice(TITLE, NOT_YOURS)
    if desk.is_admin(user):
        labels = desk.settings.channels.get(channel_id, ())
        window = build_channel_window(channel(desk.state, channel_id), labels, grantable(desk, user))
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=window)


def keep_channel(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Keeps what was chosen, and says it in the window."""
    user = str(body["user"]["id"])
    if not desk.is_admin(user):
        ack(response_action="errors", errors={LISTEN: NOT_YOURS})
        return
    before = channel(desk.state, str(view["private_metadata"]))
    settings, errors = read_channel_window(view, before, grantable(desk, user), zone_of(client, user))
    if settings is None:
        ack(response_action="errors", errors=errors)
        return
    keep(desk.state, settings)
    said = [settings.listen, *settings.labels, *([settings.language] if settings.language else [])]
    audit.note(desk.state, user, "set", f"{settings.id}: {', '.join(said)}")
    operators = desk.settings.channels.get(settings.id, ())
    external = is_external(desk.state, settings.id)
    ack(response_action="update", view=build_kept(settings, operators, external=external))
