"""Takeaways in Slack: the digest, the window that shares it, and what is shared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.shares import Share
from bot.slack.blocks import Block, Message, button, context, section
from bot.slack.mrkdwn import bold, cut, link, plain
from bot.slack.names import SHARE_VIEW
from bot.takeaways import Digest, Point, digest
from index.documents import Document
from index.reader import View

OPEN_SHARE, WITHDRAW, CANCEL = "open_share", "withdraw", "cancel_share"
POINT = 700
MOST_POINTS = 10
POINTS, CHANNELS, NOTE, WHEN, WEEKLY = "points", "channels", "note", "when", "weekly"


def build_digest(found: Digest) -> Message:
    """A digest with its *Share…* button, for one pair of eyes."""
    share = {
        "type": "actions",
        "elements": [button("Share…", OPEN_SHARE, found.document.id, style="primary")],
    }
    return Message(_text(found, found.points), [*_heading(found), *_points(found.points), share])


def build_shared(share: Share, view: View) -> Message | None:
    """What a channel gets: who shared it, their note, the points word for word. None where the document is gone."""
    document = view.document(share.topic)
    if document is None:
        return None
    found = digest(document, view)
    points = tuple(point for point in found.points if point.number in share.points)
    if not points:
        return None
    by = context(f"Shared by <@{share.user}>. Ask about it in this thread by mentioning me.")
    note = [section(f"“{plain(cut(share.note, 1_000))}”")] if share.note else []
    withdraw = {"type": "actions", "elements": [button("Withdraw", WITHDRAW, share.id)]}
    return Message(_text(found, points), [*_heading(found), by, *note, *_points(points), withdraw])


def build_share_window(found: Digest, *, channel: str = "") -> Block:
    """A preview of every point, which of them, where to, a note, and when."""
    channels: Block = {
        "type": "multi_channels_select",
        "action_id": CHANNELS,
        "placeholder": _plain("Channels"),
    }
    if channel.startswith("C"):
        channels["initial_channels"] = [channel]
    options = [_option(point) for point in found.points[:MOST_POINTS]]
    checks = {"type": "checkboxes", "action_id": POINTS, "options": options, "initial_options": options}
    weekly = {
        "type": "checkboxes",
        "action_id": WEEKLY,
        "options": [{"text": _plain("Again every week at that time"), "value": "weekly"}],
    }
    note = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": 1_000}
    return {
        "type": "modal",
        "callback_id": SHARE_VIEW,
        "private_metadata": found.document.id,
        "title": _plain("Share takeaways"),
        "submit": _plain("Share"),
        "close": _plain("Close"),
        "blocks": [
            *_heading(found),
            _input(POINTS, "Which points", checks),
            _input(CHANNELS, "Where to", channels),
            _input(NOTE, "A note of yours", note, optional=True),
            _input(
                WHEN,
                "When (now, if you choose none)",
                {"type": "datetimepicker", "action_id": WHEN},
                optional=True,
            ),
            _input(WEEKLY, "Repeat", weekly, optional=True),
        ],
    }


def read_share_window(
    view: dict[str, Any], *, team: str, user: str, now: datetime
) -> tuple[list[Share], dict[str, str]]:
    """The shares that were asked for, one a channel, or what is wrong by field."""
    values = view["state"]["values"]
    points = tuple(int(option["value"]) for option in values[POINTS][POINTS].get("selected_options") or [])
    channels = values[CHANNELS][CHANNELS].get("selected_channels") or []
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


def build_coming(coming: tuple[Share, ...]) -> list[Block]:
    """What a person has scheduled, each with a button to cancel it."""
    blocks = []
    for share in coming[:10]:
        at = datetime.fromisoformat(share.due)
        when = f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{at:%Y-%m-%d %H:%M} UTC>"
        words = (
            f"{plain(share.topic)} to <#{share.channel}>, {when}{', every week' if share.every_week else ''}"
        )
        blocks.append({**section(words), "accessory": button("Cancel", CANCEL, share.id)})
    return blocks


def title_of(document: Document) -> str:
    """A text that we restated says so."""
    return f"Our edition of “{document.title}”" if document.edition == "ours" else document.title


def _heading(found: Digest) -> list[Block]:
    day = found.document.published.isoformat() if found.document.published else ""
    facts = " · ".join(
        part
        for part in (
            day,
            link(found.document.source, "the original") if found.document.source.startswith("http") else "",
        )
        if part
    )
    return [section(bold(cut(title_of(found.document), 300))), *([context(facts)] if facts else [])]


def _points(points: tuple[Point, ...]) -> list[Block]:
    return [section(f"{point.number}. {plain(cut(point.text, POINT))}") for point in points[:MOST_POINTS]]


def _text(found: Digest, points: tuple[Point, ...]) -> str:
    lines = [
        f"Takeaways of {title_of(found.document)}",
        *(f"{p.number}. {cut(p.text, POINT)}" for p in points[:MOST_POINTS]),
    ]
    return plain("\n".join(lines))


def _option(point: Point) -> Block:
    return {"text": _plain(cut(f"{point.number}. {point.text}", 75)), "value": str(point.number)}


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
