"""Takeaways in Slack: the digest, the window that shares it, and what is shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.answers.corrected import notes_on
from bot.shares import Share
from bot.slack.blocks import Block, Message, button, context, fit, section
from bot.slack.mrkdwn import bold, cut, link, plain
from bot.slack.names import SHARE_VIEW
from bot.tabled import label_no_row
from bot.takeaways import Digest, digest
from bot.topics import TopicDigest, digest_topic
from index.documents import Document
from index.reader import View

OPEN_SHARE, WITHDRAW, CANCEL = "open_share", "withdraw", "cancel_share"
POINT = 700
MOST_POINTS = 10
TOPIC = "topic: "
"""Before the words of a topic, where a document's id would stand."""
POINTS, CHANNELS, NOTE, WHEN, WEEKLY = "points", "channels", "note", "when", "weekly"
TITLE = "Share takeaways"


@dataclass(frozen=True, slots=True)
class Line:
    """A point as people read it; `key` is what it is chosen by."""

    key: int
    number: int
    text: str
    source: str = ""
    """Its document, where it stands there and the figures that it tells, in mrkdwn."""
    notes: tuple[str, ...] = ()
    """What of it the owner corrected."""


@dataclass(frozen=True, slots=True)
class Takeaways:
    """The digest of a document or of a topic, ready for Slack."""

    topic: str
    """A document's id, or `TOPIC` and words."""
    title: str
    facts: str
    lines: tuple[Line, ...]
    asked: str
    """The question that they answer, so that their thread can be asked on."""
    without: str = ""
    """Why there is none, where there is none."""


def takeaways_of_document(found: Digest) -> Takeaways:
    document = found.document
    lines = tuple(
        Line(
            point.key, point.number, point.words, plain(" · ".join(w for n, w in found.grounds if n == point.number)),
            notes=tuple(note for number, note in found.notes if number == point.number),
        )
        for point in found.points[:MOST_POINTS]
    )  # fmt: skip
    title = title_of(document)
    return Takeaways(
        document.id, f"Takeaways of {title}", _facts(document), lines, f"Takeaways of {document.title}?",
        "" if lines else label_no_row(document.text),
    )  # fmt: skip


def takeaways_of_topic(found: TopicDigest, view: View) -> Takeaways:
    lines = tuple(
        Line(
            point.key, point.number, point.text,
            " · ".join(filter(None, [link(point.document.source, title_of(point.document)), plain(point.ground)])),
            notes_on(point.document.id, point.text, view),
        )
        for point in found.points
    )  # fmt: skip
    documents = len({point.document.id for point in found.points})
    facts = f"{len(lines)} sentences of {documents} documents, word for word"
    return Takeaways(TOPIC + found.words, f"Takeaways on “{found.words}”", facts, lines, found.words)


def find_takeaways(topic: str, view: View) -> Takeaways | None:
    """The takeaways of a document's id or a topic's words as a viewer may see them; None where there are none."""
    if topic.startswith(TOPIC):
        found = takeaways_of_topic(digest_topic(topic.removeprefix(TOPIC), view), view)
        return found if found.lines else None
    document = view.document(topic)
    return takeaways_of_document(digest(document, view)) if document else None


def build_digest(found: Takeaways) -> Message:
    """A digest with its *Share…* button, for one pair of eyes."""
    if not found.lines:
        words = f"{found.title}: {found.without}"
        return Message(plain(words), [section(plain(words))])
    share = {"type": "actions", "elements": [button("Share…", OPEN_SHARE, found.topic, style="primary")]}
    return Message(_text(found), _fitted(found, _heading(found), [share]))


def choose(found: Takeaways, share: Share) -> Takeaways:
    """The points that were chosen; a topic that is shared every week gives its points of the day."""
    if share.every_week and found.topic.startswith(TOPIC):
        return found
    lines = tuple(
        line for line in found.lines if line.key in share.points or line.number in share.points
    )  # shares of before named a document's points by number
    return replace(found, lines=lines)


def build_shared(share: Share, found: Takeaways) -> Message:
    """What a channel gets: who shared it, their note, the points word for word."""
    by = context(f"Shared by <@{share.user}>. Questions in this thread are answered.")
    note = [section(f"“{plain(cut(share.note, 1_000))}”")] if share.note else []
    withdraw = {"type": "actions", "elements": [button("Withdraw", WITHDRAW, share.id)]}
    return Message(_text(found), _fitted(found, [*_heading(found), by, *note], [withdraw]))


def build_share_window(found: Takeaways, *, channel: str = "") -> Block:
    """A preview of every point, which of them, where to, a note, and when."""
    channels: Block = {
        "type": "multi_conversations_select",
        "action_id": CHANNELS,
        "placeholder": _plain("Channels"),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if channel.startswith(("C", "G")):
        channels["initial_conversations"] = [channel]
    options = [_option(line) for line in found.lines]
    checks = {"type": "checkboxes", "action_id": POINTS, "options": options, "initial_options": options}
    weekly = {
        "type": "checkboxes",
        "action_id": WEEKLY,
        "options": [{"text": _plain("Again every week at that time"), "value": "weekly"}],
    }
    note = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": 1_000}
    when = {"type": "datetimepicker", "action_id": WHEN}
    return {
        "type": "modal",
        "callback_id": SHARE_VIEW,
        "private_metadata": cut(found.topic, 3_000),
        "title": _plain(TITLE),
        "submit": _plain("Share"),
        "close": _plain("Close"),
        "blocks": [
            *_heading(found),
            *_lines(found),
            {"type": "divider"},
            _input(POINTS, "Which points", checks),
            _input(CHANNELS, "Where to", channels),
            _input(NOTE, "A note of yours", note, optional=True),
            _input(WHEN, "When (now, if you choose none)", when, optional=True),
            _input(WEEKLY, "Repeat", weekly, optional=True),
        ],
    }


def read_share_window(
    view: dict[str, Any], *, team: str, user: str, now: datetime
) -> tuple[list[Share], dict[str, str]]:
    """The shares that were asked for, one a channel, or what is wrong by field."""
    values = view["state"]["values"]
    points = tuple(int(option["value"]) for option in values[POINTS][POINTS].get("selected_options") or [])
    channels = values[CHANNELS][CHANNELS].get("selected_conversations") or []
    chosen = values[WHEN][WHEN].get("selected_date_time")
    due = datetime.fromtimestamp(chosen, UTC) if chosen else now.astimezone(UTC)
    errors = {}
    if not points:
        errors[POINTS] = "Choose at least one point."
    if not channels:
        errors[CHANNELS] = "Choose at least one channel."
    if chosen and due < now:
        errors[WHEN] = "That time is past. Choose a later one, or none for now."
    note = str(values[NOTE][NOTE].get("value") or "").strip()
    weekly = bool(values[WEEKLY][WEEKLY].get("selected_options"))
    topic = str(view["private_metadata"])
    made = [
        Share("", team, user, channel, topic, points, note, due.isoformat(), weekly, "scheduled")
        for channel in channels
    ]
    return ([], errors) if errors else (made, {})


def name_of(topic: str, view: View) -> str:
    """How a person knows what they shared: a topic's words, or a document's title."""
    if topic.startswith(TOPIC):
        return topic.removeprefix(TOPIC)
    document = view.document(topic)
    return title_of(document) if document else "what is no longer held"


def build_coming(coming: tuple[Share, ...], view: View) -> list[Block]:
    """What a person has scheduled, each with a button to cancel it."""
    blocks = []
    for share in coming[:10]:
        at = datetime.fromisoformat(share.due)
        when = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
        what = plain(cut(name_of(share.topic, view), 300))
        words = f"{what} to <#{share.channel}>, {when}{', every week' if share.every_week else ''}"
        blocks.append({**section(words), "accessory": button("Cancel", CANCEL, share.id)})
    return blocks


def title_of(document: Document) -> str:
    """A text that we restated says so."""
    return f"Our edition of “{document.title}”" if document.edition == "ours" else document.title


def _facts(document: Document) -> str:
    day = document.published.isoformat() if document.published else ""
    original = link(document.source, "the original") if document.source.startswith("http") else ""
    return " · ".join(filter(None, [day, original]))


def _heading(found: Takeaways) -> list[Block]:
    return [section(bold(cut(found.title, 300))), *([context(found.facts)] if found.facts else [])]


def _fitted(found: Takeaways, essential: list[Block], closing: list[Block]) -> list[Block]:
    """Every point, all of them shorter where they are too long together; the last go only where even so they are."""
    for most in (POINT, POINT // 2, POINT // 4):
        lines = _lines(found, most)
        blocks = fit(essential, lines, closing)
        if len(blocks) == len(essential) + len(lines) + len(closing):
            break
    return blocks


def _lines(found: Takeaways, most: int = POINT) -> list[Block]:
    return [
        block
        for line in found.lines
        for block in (
            section(f"{line.number}. {plain(cut(line.text, most))}"),
            *([context(line.source)] if line.source else []),
            *(context(plain(cut(note, 500))) for note in line.notes),
        )
    ]


def _text(found: Takeaways) -> str:
    lines = [found.title, *(f"{line.number}. {cut(line.text, POINT)}" for line in found.lines)]
    return plain("\n".join(lines))


def _option(line: Line) -> Block:
    return {"text": _plain(cut(f"{line.number}. {line.text}", 75)), "value": str(line.key)}


def _input(block: str, label: str, element: Block, *, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": block,
        "label": _plain(label),
        "element": element,
        "optional": optional,
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
