"""The owner's queue: answers that people reported as wrong."""

from __future__ import annotations

from dataclasses import dataclass

from bot.seen import is_seen, is_shown
from bot.state import State
from index.reader import View

MOST = 1_000


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said of an answer; the question of a direct message is not shown."""

    number: int
    receipt: str
    user: str
    comment: str
    question: str
    headline: str
    at: str


def reports(state: State, view: View) -> tuple[Report, ...]:
    """Those that nobody dealt with, oldest first, of answers that the viewer could have been given."""
    rows = state.read("SELECT number, receipt, user, comment, at FROM reports ORDER BY number LIMIT ?", MOST)
    found = (_report(state, view, int(str(n)), str(r), str(u), str(c), str(at)) for n, r, u, c, at in rows)
    return tuple(one for one in found if one is not None)


def find_report(state: State, number: int, view: View) -> Report | None:
    return next((one for one in reports(state, view) if one.number == number), None)


def settle(state: State, number: int) -> bool:
    """Takes a report out of the queue; whether it was there."""
    with state.write() as db:
        return db.execute("DELETE FROM reports WHERE number = ?", [number]).rowcount == 1


def _report(
    state: State, view: View, number: int, receipt_id: str, user: str, comment: str, at: str
) -> Report | None:
    receipt = state.receipt(receipt_id)
    if receipt is not None and not (is_shown(receipt.labels, view) and is_seen(receipt.answer, view)):
        return None
    shown = receipt is not None and not receipt.private
    question = receipt.question if receipt and shown else "(asked in private)"
    headline = str(receipt.answer.get("headline", "")) if receipt and shown else ""
    return Report(number, receipt_id, user, comment, question, headline, at)
