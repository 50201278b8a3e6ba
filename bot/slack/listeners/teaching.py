"""Teaching from the gaps on App Home: a name in one click, a standard answer in a window. For admins alone."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import audit
from bot.slack.desk import Desk
from bot.slack.gaps import (
    DROP_GAP,
    OPEN_ANSWER,
    PATTERN,
    TEACH,
    TEXT,
    build_answer_window,
    read_answer_window,
)
from bot.slack.listeners.home import publish_home
from bot.slack.listeners.owner import NOT_YOURS, build_and_tell, tell_person
from bot.slack.mrkdwn import cut
from bot.slack.names import ANSWER_VIEW
from bot.slack.windows import build_notice
from bot.state import Gap
from bot.teaching import MOST_GAPS, settle, unknown_words
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
        gap = find_gap(desk, body, int(action["value"]))
        if gap:
            settle(desk.state, gap.question, desk.live.refresh().catalogue)
            audit.note(desk.state, body["user"]["id"], "dismissed", f"gap {gap.number}")
        publish_home(desk, client, body["user"]["id"], body["team"]["id"])

    @app.action(OPEN_ANSWER)
    def on_open(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        gap = find_gap(desk, body, int(action["value"]))
        labels = desk.live.refresh().labels
        window = build_answer_window(gap.question, gap.number, labels) if gap else None
        why = GONE if desk.is_admin(body["user"]["id"]) else NOT_YOURS
        client.views_open(trigger_id=body["trigger_id"], view=window or build_notice("Standard answer", why))
        ack()

    @app.view(ANSWER_VIEW)
    def on_answer(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_answer(desk, client, ack, body, view)


def find_gap(desk: Desk, body: Body, number: int) -> Gap | None:
    """A gap for an admin; None for anybody else, where it is settled, or was asked in private."""
    if not desk.is_admin(body["user"]["id"]):
        return None
    gaps = desk.state.gaps(MOST_GAPS)
    return next((gap for gap in gaps if gap.number == number and not gap.private), None)


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
    settle(desk.state, gap.question, catalogue)
    audit.note(desk.state, user, "taught", f"{alias} = {metric}")
    publish_home(desk, client, user, body["team"]["id"])
    meant = catalogue.get(metric)
    name = meant.name if meant else metric
    build_and_tell(desk, client, user, f"“{alias}” means “{name}” from now on")


def take_answer(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Keeps a standard answer, settles its gap, and builds."""
    user = str(body["user"]["id"])
    if desk.workshop is None or not desk.is_admin(user):
        ack(response_action="errors", errors={TEXT: NOT_YOURS})
        return
    said = read_answer_window(view)
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
    audit.note(desk.state, user, "taught", f"answer to {said.pattern}")
    publish_home(desk, client, user, body["team"]["id"])
    build_and_tell(desk, client, user, f"Questions such as “{said.pattern}” are answered so from now on")
