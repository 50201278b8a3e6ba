"""Shared takeaways: what was shared where, by whom, what is still to come, and what was withdrawn."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.state import State
from bot.zones import find_zone

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
    """Why it failed; of one that is being posted, `POSTING` and since when."""
    zone: str = ""
    """Where who shared it lives ("Europe/Berlin"): a weekly share keeps its hour of the day; "" for the host's."""


POSTING = "posting "
STALLED = timedelta(minutes=2)
"""After so long a share that is being posted was interrupted."""
PATIENCE = timedelta(hours=1)
"""So long a share is tried again where Slack is in trouble."""


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
            "UPDATE shares SET state = 'failed', reason = ? WHERE id = ? AND state = 'scheduled'",
            (POSTING + datetime.now(UTC).isoformat(), share.id),
        )
        return cursor.rowcount == 1


def interrupted(state: State, now: datetime) -> tuple[Share, ...]:
    """What was being posted when the bot stopped; each is given once."""
    begun = POSTING + (now - STALLED).astimezone(UTC).isoformat()
    found = _read(state, "WHERE state = 'failed' AND reason LIKE ? AND reason < ?", f"{POSTING}%", begun)
    return tuple(share for share in found if _settle(state, share))


def _settle(state: State, share: Share) -> bool:
    with state.write() as db:
        values = (share.id, share.reason)
        cursor = db.execute("UPDATE shares SET reason = 'interrupted' WHERE id = ? AND reason = ?", values)
    if cursor.rowcount == 1:
        _come_again(state, share)
    return cursor.rowcount == 1


def posted(state: State, share: Share, ts: str) -> None:
    """Notes the message; a weekly share is due again in a week."""
    _write(state, replace(share, state="posted", ts=ts))
    _come_again(state, share)


def failed(state: State, share: Share, reason: str) -> None:
    """Notes why; a weekly share is due again in a week all the same."""
    _write(state, replace(share, state="failed", reason=reason))
    _come_again(state, share)


def put_off(state: State, share: Share, now: datetime) -> bool:
    """Has a share tried again soon, because Slack is in trouble; False where that has been going on for long."""
    if now - datetime.fromisoformat(share.due) > PATIENCE:
        return False
    _write(state, replace(share, state="scheduled"))
    return True


def _come_again(state: State, share: Share) -> None:
    if share.every_week:
        again = a_week_on(datetime.fromisoformat(share.due), share.zone)
        while again <= datetime.now(UTC):
            again = a_week_on(again, share.zone)
        schedule(state, replace(share, id="", due=again.isoformat(), ts="", reason=""))


def a_week_on(due: datetime, zone: str) -> datetime:
    """The same hour of the day a week later, whatever clocks were changed in between."""
    where = find_zone(zone)
    local = due.astimezone(where).replace(tzinfo=None) + timedelta(days=7)
    return local.replace(tzinfo=where).astimezone(UTC) if where else local.astimezone(UTC)


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
            "INSERT OR REPLACE INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                share.id, share.team, share.user, share.channel, share.topic, json.dumps(share.points), share.note,
                share.due, int(share.every_week), share.state, share.ts, share.reason, share.zone,
            ),
        )  # fmt: skip


def _read(state: State, where: str, *values: object) -> tuple[Share, ...]:
    columns = "id, team, user, channel, topic, points, note, due, every_week, state, ts, reason, zone"
    rows = state.read(f"SELECT {columns} FROM shares {where}", *values)  # noqa: S608 (`where` is ours)
    return tuple(_share(row) for row in rows)


def _share(row: tuple[object, ...]) -> Share:
    identity, team, user, channel, topic, points, note, at, weekly, state, ts, reason, zone = row
    return Share(
        str(identity), str(team), str(user), str(channel), str(topic), tuple(json.loads(str(points))), str(note),
        str(at), bool(weekly), _STATES[str(state)], str(ts), str(reason), str(zone),
    )  # fmt: skip


_STATES: dict[str, ShareState] = {
    "scheduled": "scheduled", "posted": "posted", "withdrawn": "withdrawn", "cancelled": "cancelled", "failed": "failed"
}  # fmt: skip
