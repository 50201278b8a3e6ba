"""Teaching from the gaps on App Home: a name in one click, a standard answer in a window. For admins alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import audit
from bot.slack.desk import Desk
from bot.slack.gaps import (
    ACCESS,
    ALIAS,
    DROP_GAP,
    OPEN_ANSWER,
    OPEN_NAME,
    PATTERN,
    TEACH,
    TEXT,
    WITHDRAW_ANSWER,
    build_answer_window,
    build_name_window,
    read_answer_window,
    read_name_window,
)
from bot.slack.listeners.home import publish_home
from bot.slack.listeners.owner import NOT_YOURS, build_and_tell, tell_person
from bot.slack.mrkdwn import cut
from bot.slack.names import ANSWER_VIEW, NAME_VIEW
from bot.slack.windows import build_notice
from bot.state import Gap
from bot.teaching import MOST_GAPS, is_open, settle, settle_fitting, unknown_words
from index.errors import CorpusError
from index.standard import StandardAnswer

Body = dict[str, Any]
GONE = "That question is settled."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.action(TEACH)
    def on_teach(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        number, _, metric = str(action["value"]).partition(" ")
        teach_name(desk, client, body, int(number), metric)

    @app.action(DROP_GAP)
    def on_drop(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        drop_gap(desk, client, body, int(action["value"]))

    @app.action(OPEN_ANSWER)
    def on_open(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        open_answer(desk, client, body, int(action["value"]))
        ack()

    @app.action(OPEN_NAME)
    def on_name(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        open_name(desk, client, body, int(action["value"]))
        ack()

    @app.view(NAME_VIEW)
    def on_named(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_name(desk, client, ack, body, view)

    @app.action(WITHDRAW_ANSWER)
    def on_withdraw(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        access, _, pattern = str(action["value"]).partition("\n")
        withdraw_answer(desk, client, body, pattern, access)

    @app.view(ANSWER_VIEW)
    def on_answer(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_answer(desk, client, ack, body, view)


def drop_gap(desk: Desk, client: WebClient, body: Body, number: int) -> None:
    """Takes a question that nobody will answer off the desk."""
    gap = find_gap(desk, body, number)
    if gap:
        settle(desk.state, gap.question, desk.live.refresh().catalogue)
        audit.note(desk.state, body["user"]["id"], "dismissed", f"gap {gap.number}")
    publish_home(desk, client, body["user"]["id"])


def open_answer(desk: Desk, client: WebClient, body: Body, number: int) -> None:
    """The window for a standard answer to a question."""
    gap = find_gap(desk, body, number)
    labels = desk.live.refresh().labels & desk.viewer_alone(body["user"]["id"])
    window = build_answer_window(gap.question, gap.number, labels) if gap else None
    client.views_open(trigger_id=body["trigger_id"], view=window or _refusal(desk, body, "Standard answer"))


def open_name(desk: Desk, client: WebClient, body: Body, number: int) -> None:
    """The window that takes a question's unknown words for a metric's name."""
    gap = find_gap(desk, body, number)
    catalogue = desk.live.refresh().catalogue
    alias = unknown_words(gap.question, catalogue) if gap else ""
    window = build_name_window(alias, gap.number, catalogue) if gap else None
    client.views_open(trigger_id=body["trigger_id"], view=window or _refusal(desk, body, "Name of a metric"))


def _refusal(desk: Desk, body: Body, title: str) -> Body:
    return build_notice(title, GONE if desk.is_admin(body["user"]["id"]) else NOT_YOURS)


def find_gap(desk: Desk, body: Body, number: int) -> Gap | None:
    """A gap for an admin who may see it; None for anybody else, or where it is settled."""
    user = str(body["user"]["id"])
    if not desk.is_admin(user):
        return None
    with desk.live.seen_by(desk.viewer_alone(user)) as view:
        gaps = [gap for gap in desk.state.gaps(MOST_GAPS) if is_open(gap, view)]
    return next((gap for gap in gaps if gap.number == number), None)


def teach_name(desk: Desk, client: WebClient, body: Body, number: int, metric: str) -> None:
    """Takes the unknown words of a question for a metric's name, and builds."""
    user = str(body["user"]["id"])
    gap = find_gap(desk, body, number)
    if gap is None or desk.workshop is None:
        tell_person(desk, client, user, GONE if desk.is_admin(user) else NOT_YOURS)
        return
    catalogue = desk.live.refresh().catalogue
    alias = unknown_words(gap.question, catalogue)
    try:
        desk.workshop.teach(alias, metric, catalogue)
    except CorpusError as error:
        tell_person(desk, client, user, f"{error.message} {error.hint}")
        return
    _taught(desk, client, body, gap, alias, metric)


def take_name(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Takes the words of the window for a name of the metric that was chosen, and builds."""
    number, alias, metric = read_name_window(view)
    gap = find_gap(desk, body, number)
    if gap is None or desk.workshop is None:
        ack(
            response_action="errors", errors={ALIAS: GONE if desk.is_admin(body["user"]["id"]) else NOT_YOURS}
        )
        return
    try:
        desk.workshop.teach(alias, metric, desk.live.refresh().catalogue)
    except CorpusError as error:
        ack(response_action="errors", errors={ALIAS: cut(f"{error.message} {error.hint}", 300)})
        return
    ack()
    _taught(desk, client, body, gap, alias, metric)


def _taught(desk: Desk, client: WebClient, body: Body, gap: Gap, alias: str, metric: str) -> None:
    user, catalogue = str(body["user"]["id"]), desk.live.refresh().catalogue
    settle(desk.state, gap.question, catalogue)
    audit.note(desk.state, user, "taught", f"{alias} = {metric}")
    publish_home(desk, client, user)
    meant = catalogue.get(metric)
    name = meant.name if meant else metric
    build_and_tell(desk, client, user, f"“{alias}” means “{name}” from now on")


def withdraw_answer(desk: Desk, client: WebClient, body: Body, pattern: str, access: str) -> None:
    """Gives a standard answer no longer; what was said is kept in the file."""
    user = str(body["user"]["id"])
    held = desk.workshop.answers() if desk.workshop and desk.is_admin(user) else ()
    labels = desk.viewer_alone(user)
    one = next(
        (one for one in held if (one.pattern, one.access) == (pattern, access) and access in labels), None
    )
    if one is None or desk.workshop is None:
        tell_person(desk, client, user, "That answer is withdrawn." if desk.is_admin(user) else NOT_YOURS)
        return
    name = str(body["user"].get("name") or user)
    desk.workshop.answer(replace(one, by=name, on=desk.today(), withdrawn=True))
    audit.note(desk.state, user, "taught", f"no answer to {pattern}")
    publish_home(desk, client, user)
    build_and_tell(desk, client, user, f"Questions such as “{pattern}” have no standard answer any more")


def take_answer(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Keeps a standard answer, settles its gap, and builds."""
    user = str(body["user"]["id"])
    if desk.workshop is None or not desk.is_admin(user):
        ack(response_action="errors", errors={TEXT: NOT_YOURS})
        return
    said = read_answer_window(view)
    if said.access not in desk.viewer_alone(user):
        ack(response_action="errors", errors={ACCESS: "You do not hold that label."})
        return
    name = str(body["user"].get("name") or user)
    try:
        desk.workshop.answer(StandardAnswer(said.pattern, said.text, name, desk.today(), said.access))
    except CorpusError as error:
        field = PATTERN if said.text else TEXT
        ack(response_action="errors", errors={field: cut(f"{error.message} {error.hint}", 300)})
        return
    ack()
    gap = find_gap(desk, body, said.gap)
    if gap:
        settle(desk.state, gap.question, desk.live.refresh().catalogue)
    settle_fitting(desk.state, said.pattern)
    audit.note(desk.state, user, "taught", f"answer to {said.pattern}")
    publish_home(desk, client, user)
    build_and_tell(desk, client, user, f"Questions such as “{said.pattern}” are answered so from now on")
