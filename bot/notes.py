"""Notes under earlier answers whose figures were corrected since: each one once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from bot.state import Receipt, State
from index.corrections import Correction, is_as_corrected

LATEST = 5_000
"""Answers that are looked through, newest first."""


def find_notes(state: State, corrections: tuple[Correction, ...]) -> Iterator[tuple[Receipt, Correction]]:
    """Each answer that told a figure otherwise than its last correction has it."""
    last = {one.key: one for one in corrections}
    if not last:
        return
    quotes = {one.quote for one in last.values()}
    for receipt in state.latest(LATEST):
        figures: Any = receipt.answer.get("figures") or []
        told = [figure for figure in figures if figure.get("quote") in quotes]
        for one in last.values():
            if any(_told_otherwise(figure, one) for figure in told):
                yield receipt, one


def claim(state: State, receipt: Receipt, one: Correction) -> bool:
    """Notes that the answer gets its note, before it is posted; False where it has it."""
    with state.write() as db:
        cursor = db.execute(
            "INSERT OR IGNORE INTO notes VALUES (?, ?, ?, ?, ?)",
            (
                receipt.id,
                receipt.channel,
                receipt.ts,
                repr((one.key, one.label)),
                datetime.now(UTC).isoformat(),
            ),
        )
        return cursor.rowcount == 1


def label(one: Correction) -> str:
    """What the note says."""
    metric = one.read_metric.replace("_", " ")
    return (
        f"A figure of this answer was corrected by {one.by} since: {metric}, {one.read_period}, {one.read_text}: "
        f"{one.label}. “{one.reason}”"
    )


def _told_otherwise(figure: dict[str, Any], one: Correction) -> bool:
    metric, period = figure["metric"], figure["period"]["label"]
    held_in = figure.get("document_id") or one.document  # answers of before named the file alone
    same = (held_in, figure["quote"], figure["kind"]) == (one.document, one.quote, one.kind)
    named = metric in (one.read_metric, one.metric) and period in (one.read_period, one.period)
    if not same or not named or figure["value"] is None:
        return False
    return not is_as_corrected(one, metric, period, Decimal(figure["value"]))
