"""App Home, published to one person."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.reports import reports
from bot.shares import coming
from bot.slack.blocks import Block
from bot.slack.desk import Desk
from bot.slack.gaps import build_answers, build_gaps
from bot.slack.home import build_home
from bot.slack.owner import build_desk
from bot.subscriptions import subscriptions
from bot.teaching import MOST_GAPS, wanted
from index.documents import EVERYONE
from index.reader import View


def publish_home(desk: Desk, client: WebClient, user: str) -> None:
    """App Home as this person may see it."""
    wishes, shares = subscriptions(desk.state, user), coming(desk.state, user)
    with desk.live.seen_by(desk.viewer_alone(user)) as view:
        home = build_home(view, desk.state.receipts_of(user, 5), shares, wishes, _owner(desk, user, view))
    client.views_publish(user_id=user, view=home)


def _owner(desk: Desk, user: str, view: View) -> tuple[Block, ...]:
    """The library and the queues, for admins; of them, too, what they may see."""
    if not desk.is_admin(user):
        return ()
    hidden = desk.hidden_from(user)
    names = tuple(name for name in (desk.workshop.names() if desk.workshop else ()) if name not in hidden)
    gaps = build_gaps(wanted(desk.state.gaps(MOST_GAPS), view), view.catalogue)
    held = desk.workshop.answers() if desk.workshop else ()
    answers = build_answers(tuple(one for one in held if one.access in view.labels | {EVERYONE}))
    return build_desk(names, reports(desk.state, view), gaps, answers)
