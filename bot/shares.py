"""Shared takeaways: what was shared where, by whom, what is still to come, and what was withdrawn."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.state import State

ShareState = Literal["scheduled", "posted", "withdrawn", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class Share:
    """Takeaways of one document (or topic) for one channel."""

    id: str
    team: str
    user: str
    channel: str
    topic: str
    """A document's id, or the words of a topic."""
    points: tuple[int, ...]
    """The numbers of the points that are shared."""
    note: str
    due: str
    """ISO, UTC: when it is posted."""
    every_week: bool
    state: ShareState
    ts: str = ""
    """The message, once it is posted."""
    reason: str = ""
    """Why it failed."""


def schedule(state: State, share: Share) -> Share:
    """Keeps a share that is due at its time; it is given an id."""
    kept = replace(share, id=share.id or secrets.token_hex(6), state="scheduled")
    _write(state, kept)
    return kept


def due(state: State, now: datetime) -> tuple[Share, ...]:
    """What is to be posted by now, oldest first."""
    return _read(
        state, "WHERE state = 'scheduled' AND due <= ? ORDER BY due, id", now.astimezone(UTC).isoformat()
    )


def coming(state: State, user: str) -> tuple[Share, ...]:
    """What a person has scheduled."""
    return _read(state, "WHERE state = 'scheduled' AND user = ? ORDER BY due, id", user)


def find(state: State, share_id: str) -> Share | None:
    found = _read(state, "WHERE id = ?", share_id)
    return found[0] if found else None


def claim(state: State, share: Share) -> bool:
    """Takes a share out of what is to come before it is posted, so that it is posted once; False if another did."""
    with state.write() as db:
        cursor = db.execute(
            "UPDATE shares SET state = 'failed', reason = 'interrupted' WHERE id = ? AND state = 'scheduled'",
            [share.id],
        )
        return cursor.rowcount == 1


def posted(state: State, share: Share, ts: str) -> None:
    """Notes the message; a weekly share is due again in a week."""
    _write(state, replace(share, state="posted", ts=ts))
    if share.every_week:
        again = datetime.fromisoformat(share.due) + timedelta(days=7)
        while again <= datetime.now(UTC):
            again += timedelta(days=7)
        schedule(state, replace(share, id="", due=again.isoformat(), ts=""))


def failed(state: State, share: Share, reason: str) -> None:
    _write(state, replace(share, state="failed", reason=reason))


def cancel(state: State, share_id: str, user: str) -> bool:
    """Whether there was something of theirs to cancel."""
    share = find(state, share_id)
    if share is None or share.user != user or share.state != "scheduled":
        return False
    _write(state, replace(share, state="cancelled"))
    return True


def withdraw(state: State, share_id: str, user: str) -> Share | None:
    """The share, if it is theirs and posted; noted as withdrawn."""
    share = find(state, share_id)
    if share is None or share.user != user or share.state != "posted":
        return None
    _write(state, replace(share, state="withdrawn"))
    return share


def _write(state: State, share: Share) -> None:
    with state.write() as db:
        db.execute(
            "INSERT OR REPLACE INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                share.id, share.team, share.user, share.channel, share.topic, json.dumps(share.points), share.note,
                share.due, int(share.every_week), share.state, share.ts, share.reason,
            ),
        )  # fmt: skip


def _read(state: State, where: str, *values: object) -> tuple[Share, ...]:
    columns = "id, team, user, channel, topic, points, note, due, every_week, state, ts, reason"
    rows = state.read(f"SELECT {columns} FROM shares {where}", *values)  # noqa: S608 (`where` is ours)
    return tuple(_share(row) for row in rows)


def _share(row: tuple[object, ...]) -> Share:
    identity, team, user, channel, topic, points, note, at, weekly, state, ts, reason = row
    return Share(
        str(identity), str(team), str(user), str(channel), str(topic), tuple(json.loads(str(points))), str(note),
        str(at), bool(weekly), _STATES[str(state)], str(ts), str(reason),
    )  # fmt: skip


_STATES: dict[str, ShareState] = {
    "scheduled": "scheduled", "posted": "posted", "withdrawn": "withdrawn", "cancelled": "cancelled", "failed": "failed"
}  # fmt: skip
