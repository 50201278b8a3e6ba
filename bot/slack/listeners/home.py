"""App Home, published to one person."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.shares import coming
from bot.slack.desk import Asked, Desk
from bot.slack.home import build_home
from bot.subscriptions import subscriptions


def publish_home(desk: Desk, client: WebClient, user: str, team: str) -> None:
    """App Home as this person may see it."""
    wishes = subscriptions(desk.state, user)
    with desk.live.seen_by(desk.viewer(Asked("", team, "", user, "", "", private=True))) as view:
        home = build_home(view, desk.state.receipts_of(user, 5), coming(desk.state, user), wishes)
    client.views_publish(user_id=user, view=home)
