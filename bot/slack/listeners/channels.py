"""Channel settings: a window for admins, opened from App Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import audit
from bot.channels import keep
from bot.slack.channels import (
    CHANNEL,
    OPEN_CHANNEL,
    build_channel_window,
    build_kept,
    read_channel_window,
)
from bot.slack.desk import Desk
from bot.slack.names import CHANNEL_VIEW

Body = dict[str, Any]


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.action(OPEN_CHANNEL)
    def on_open(ack: Ack, body: Body, client: WebClient) -> None:
        if desk.is_admin(body["user"]["id"]):
            client.views_open(trigger_id=body["trigger_id"], view=build_channel_window())
        ack()

    @app.view(CHANNEL_VIEW)
    def on_kept(ack: Ack, body: Body, view: Body) -> None:
        keep_channel(desk, ack, body, view)


def keep_channel(desk: Desk, ack: Ack, body: Body, view: Body) -> None:
    """Keeps what was chosen, and says it in the window."""
    user = str(body["user"]["id"])
    if not desk.is_admin(user):
        ack(response_action="errors", errors={CHANNEL: "Only my admins can set this."})
        return
    settings, errors = read_channel_window(view)
    if settings is None:
        ack(response_action="errors", errors=errors)
        return
    keep(desk.state, settings)
    audit.note(desk.state, user, "set", f"{settings.id}: {settings.listen}")
    ack(response_action="update", view=build_kept(settings, desk.settings.channels.get(settings.id, ())))
