"""The owner's queue: answers that people reported as wrong."""

from __future__ import annotations

from dataclasses import dataclass

from bot.state import State


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


def reports(state: State, limit: int = 10) -> tuple[Report, ...]:
    """Those that nobody dealt with, oldest first."""
    rows = state.read("SELECT number, receipt, user, comment, at FROM reports ORDER BY number LIMIT ?", limit)
    return tuple(_report(state, int(str(n)), str(r), str(u), str(c), str(at)) for n, r, u, c, at in rows)


def find_report(state: State, number: int) -> Report | None:
    return next((one for one in reports(state, 1_000) if one.number == number), None)


def settle(state: State, number: int) -> bool:
    """Takes a report out of the queue; whether it was there."""
    with state.write() as db:
        return db.execute("DELETE FROM reports WHERE number = ?", [number]).rowcount == 1


def _report(state: State, number: int, receipt_id: str, user: str, comment: str, at: str) -> Report:
    receipt = state.receipt(receipt_id)
    shown = receipt is not None and not receipt.private
    question = receipt.question if receipt and shown else "(asked in private)"
    headline = str(receipt.answer.get("headline", "")) if receipt and shown else ""
    return Report(number, receipt_id, user, comment, question, headline, at)
