"""App Home, published to one person."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.reports import reports
from bot.shares import coming
from bot.slack.blocks import Block
from bot.slack.desk import Asked, Desk
from bot.slack.home import build_home
from bot.slack.owner import build_desk
from bot.subscriptions import subscriptions


def publish_home(desk: Desk, client: WebClient, user: str, team: str) -> None:
    """App Home as this person may see it."""
    wishes = subscriptions(desk.state, user)
    with desk.live.seen_by(desk.viewer(Asked("", team, "", user, "", "", private=True))) as view:
        home = build_home(
            view, desk.state.receipts_of(user, 5), coming(desk.state, user), wishes, _owner(desk, user)
        )
    client.views_publish(user_id=user, view=home)


def _owner(desk: Desk, user: str) -> tuple[Block, ...]:
    """The library and the queue, for admins."""
    if not desk.is_admin(user):
        return ()
    return build_desk(desk.workshop.names() if desk.workshop else (), reports(desk.state))
