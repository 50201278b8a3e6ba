"""The owner's desk: files given to the bot, the library, and corrections. For admins of the settings alone."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import audit
from bot.reports import Report, find_report, settle
from bot.slack.blocks import Message, section
from bot.slack.desk import Asked, Desk
from bot.slack.files import fetch_file
from bot.slack.listeners.home import publish_home
from bot.slack.mrkdwn import cut, plain
from bot.slack.names import ADD_SHORTCUT, CORRECT_VIEW
from bot.slack.owner import (
    CORRECT,
    DISCARD,
    DISMISS,
    METRIC,
    REASON,
    REMOVE,
    REMOVE_OTHER,
    TAKE,
    VALUE,
    build_correct,
    build_reading,
    read_correct,
)
from bot.slack.windows import build_wait
from bot.workshop import MOST_BYTES, Workshop
from index.corrections import correct
from index.errors import CorpusError, SeminarError
from index.figures import Figure
from index.lookup.held import read_metric

log = logging.getLogger("seminar.slack")
Body = dict[str, Any]
FILES = 5
NOT_YOURS = "Only my admins can do that; the operator names them in my settings."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.message_shortcut(ADD_SHORTCUT)
    def on_add(ack: Ack, shortcut: Body, respond: Respond) -> None:
        ack()
        files = shortcut.get("message", {}).get("files") or []
        for message in read_files(desk, shortcut["user"]["id"], files):
            respond(text=message.text, blocks=message.blocks, response_type="ephemeral")

    @app.action(TAKE)
    def on_take(ack: Ack, body: Body, action: Body, client: WebClient, respond: Respond) -> None:
        ack()
        take_file(desk, client, body, action["value"], respond)

    @app.action(DISCARD)
    def on_discard(ack: Ack, body: Body, action: Body, respond: Respond) -> None:
        ack()
        if desk.workshop and desk.is_admin(body["user"]["id"]):
            desk.workshop.discard(action["value"])
            respond(text="Discarded.", replace_original=True)

    @app.action(REMOVE)
    def on_remove(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        remove_file(desk, client, body, action["value"])

    @app.action(REMOVE_OTHER)
    def on_remove_other(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        remove_file(desk, client, body, str(action["selected_option"]["value"]))

    @app.action(DISMISS)
    def on_dismiss(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        user = str(body["user"]["id"])
        if report_for(desk, user, int(action["value"])) and settle(desk.state, int(action["value"])):
            audit.note(desk.state, user, "dismissed", f"report {action['value']}")
        publish_home(desk, client, user)

    _register_corrections(app, desk)


def _register_corrections(app: App, desk: Desk) -> None:
    """*Correct…* and its window."""

    @app.action(CORRECT)
    def on_correct(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        opened = client.views_open(trigger_id=body["trigger_id"], view=build_wait("Correct"))
        ack()
        open_correct(desk, client, body, int(action["value"]), opened["view"])

    @app.view(CORRECT_VIEW)
    def on_corrected(ack: Ack, body: Body, view: Body, client: WebClient) -> None:
        take_correction(desk, client, ack, body, view)


def read_files(desk: Desk, user: str, files: list[Body]) -> list[Message]:
    """What each file says, with a button to take it in; or why it can't be."""
    if not desk.is_admin(user) or desk.workshop is None:
        return [_said(NOT_YOURS)]
    if not files:
        return [_said("That message has no file.")]
    hidden = desk.hidden_from(user)
    return [_read_file(desk, desk.workshop, file, hidden) for file in files[:FILES]]


def _read_file(desk: Desk, workshop: Workshop, file: Body, hidden: frozenset[str]) -> Message:
    name = str(file.get("name") or "file")
    try:
        content = fetch_file(file, desk.settings.bot_token, desk.settings.slack_api_url, MOST_BYTES)
        return build_reading(workshop.read(name, content, desk.live.refresh().catalogue, hidden))
    except SeminarError as error:
        return _said(f"{name}: {error.message} {error.hint}")


def take_file(desk: Desk, client: WebClient, body: Body, key: str, respond: Respond) -> None:
    """Takes the file in, builds, and says in a direct message what is held then."""
    user = str(body["user"]["id"])
    workshop = desk.workshop
    if workshop is None or not desk.is_admin(user):
        respond(text=NOT_YOURS, response_type="ephemeral", replace_original=False)
        return
    try:
        name = workshop.take(key, desk.hidden_from(user))
    except SeminarError as error:
        respond(
            text=plain(f"{error.message} {error.hint}"), response_type="ephemeral", replace_original=False
        )
        return
    audit.note(desk.state, user, "added", name)
    respond(text=f"Taking {plain(name)} in…", replace_original=True)
    build_and_tell(desk, client, user, f"{name} is in the library")


def remove_file(desk: Desk, client: WebClient, body: Body, name: str) -> None:
    """Takes a document out, and shows the library without it."""
    user = str(body["user"]["id"])
    if desk.workshop is None or not desk.is_admin(user):
        return
    try:
        removed = desk.workshop.remove(name, desk.hidden_from(user))
    except SeminarError as error:
        tell_person(desk, client, user, f"{error.message} {error.hint}")
        return
    audit.note(desk.state, user, "removed", removed)
    publish_home(desk, client, user)
    build_and_tell(desk, client, user, f"{removed} is out of the library")


def build_and_tell(desk: Desk, client: WebClient, user: str, done: str) -> None:
    """Builds in the background; what came of it, as far as they may see it, is said in a direct message."""
    if desk.workshop is None:
        return

    def tell(report: Any, reason: str) -> None:
        held = f"{done}, but the index could not be built: {reason}"
        if report:
            with desk.live.seen_by(desk.viewer_alone(user)) as view:
                entries = view.entries()
            passages, figures = sum(one.passages for one in entries), sum(one.figures for one in entries)
            held = f"{done}. I hold {len(entries):,} documents, {passages:,} passages and {figures:,} figures now."
        tell_person(desk, client, user, held)

    desk.workshop.build(tell)


def open_correct(desk: Desk, client: WebClient, body: Body, number: int, opened: Body) -> None:
    """Fills the window with the figures of the reported answer."""
    report = report_for(desk, str(body["user"]["id"]), number)
    if report is None:
        window = build_wait("Correct") | {"blocks": [section("That report is settled.")]}
    else:
        figures = reported_figures(desk, report.receipt, str(body["user"]["id"]))
        window = build_correct(report, figures)
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=window)


def report_for(desk: Desk, user: str, number: int) -> Report | None:
    """A report for an admin who may see its answer; None for anybody else, or where it is settled."""
    if not desk.is_admin(user):
        return None
    with desk.live.seen_by(desk.viewer_alone(user)) as view:
        return find_report(desk.state, number, view)


def reported_figures(desk: Desk, receipt_id: str, user: str) -> tuple[Figure, ...]:
    """The figures of an answer as they are held now, for an admin to correct."""
    receipt = desk.state.receipt(receipt_id)
    said: Any = (receipt.answer.get("figures") or []) if receipt else []
    found: dict[int, Figure] = {}
    with desk.live.seen_by(desk.viewer_alone(user)) as view:
        for one in said:
            for figure in read_metric(view, one["metric"], (one["kind"],)):
                if figure.quote == one["quote"] and figure.period.label == one["period"]["label"]:
                    found[figure.id] = figure
    return tuple(found.values())


def take_correction(desk: Desk, client: WebClient, ack: Ack, body: Body, view: Body) -> None:
    """Keeps the correction, builds, and settles the report; earlier answers get a note by the clockwork."""
    user = str(body["user"]["id"])
    report = report_for(desk, user, int(view["private_metadata"]))
    if report is None or desk.workshop is None:
        words = "That report is settled." if desk.is_admin(user) else NOT_YOURS
        ack(response_action="errors", errors={REASON: words})
        return
    number, said = read_correct(view)
    index = desk.live.refresh()
    if said[METRIC] and index.catalogue.get(said[METRIC]) is None:
        ack(response_action="errors", errors={METRIC: "The catalogue has no metric of that key."})
        return
    try:
        figure = reported_figures(desk, report.receipt, user)[number]
        made = correct(
            figure, index.corrections, by=str(body["user"].get("name") or user), on=desk.today(), **said
        )
    except (CorpusError, IndexError) as error:
        ack(response_action="errors", errors={VALUE: cut(str(error).replace("\n", " "), 300)})
        return
    ack()
    desk.workshop.correct(made)
    settle(desk.state, report.number)
    audit.note(
        desk.state,
        user,
        "corrected",
        f"{made.read_text} ({made.read_metric}, {made.read_period}): {made.label}",
    )
    build_and_tell(desk, client, user, f"{made.read_text} is corrected: {made.label}")


def tell_person(desk: Desk, client: WebClient, user: str, words: str) -> None:
    """Says something in a direct message."""
    channel = str(client.conversations_open(users=user)["channel"]["id"])
    desk.outbox.post(client, channel, _said(words), thread="", posted=lambda _: None)


def _said(words: str) -> Message:
    return Message(plain(cut(words, 2_500)), [section(plain(cut(words, 2_500)))])


def take_given_files(desk: Desk, client: WebClient, asked: Asked, files: list[Body]) -> None:
    """Files in a direct message: what they say, in the thread of the message."""
    for message in read_files(desk, asked.user, files):
        desk.outbox.post(client, asked.channel, message, thread=asked.thread, posted=lambda _: None)
