"""The audit trail: who changed what the bot answers from, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.state import State

Act = Literal["added", "removed", "corrected", "dismissed", "taught", "set"]


@dataclass(frozen=True, slots=True)
class Entry:
    user: str
    action: str
    what: str
    at: str


def note(state: State, user: str, action: Act, what: str) -> None:
    """Keeps one act; nothing is ever taken out but the name of a person who is forgotten."""
    with state.write() as db:
        db.execute(
            "INSERT INTO audit (user, action, what, at) VALUES (?, ?, ?, ?)",
            (user, action, what, datetime.now(UTC).isoformat()),
        )


def trail(state: State, limit: int) -> tuple[Entry, ...]:
    """The latest acts, newest first."""
    rows = state.read("SELECT user, action, what, at FROM audit ORDER BY number DESC LIMIT ?", limit)
    return tuple(Entry(str(user), str(action), str(what), str(at)) for user, action, what, at in rows)
