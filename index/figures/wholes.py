"""Wholes: what a text counts, for the numbers that later share it out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.figures import Series
from index.figures.subjects import family
from index.figures.thread import Thread, Whole
from index.language.changes import Change
from index.language.metrics import Catalogue

Pair = tuple[str, str]
KINDS = ("powertrain", "vehicle", "mode", "chemistry", "technology")
"""Dimensions of the thing that is counted, not of where or whose it is."""
FAR = 6
"""Sentences for which a whole may be shared out."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a number is of: a share of the whole's metric, and whose it is."""

    key: str
    dimensions: tuple[Pair, ...]
    end: int = 0
    """Where its name ends in the sentence, if that stands behind the number."""


COUNTED = re.compile(
    r"\b(?:imports?|exports?|production|output|sales|deliveries|shipments?|registrations|installations?|capacity|demand|consumption|revenues?"
    r"|turnover|orders|market|supply|volumes?)$|(?:产量|销量|进口量?|出口量?|需求量?|装车量|交付量)$"
)
_KEPT = 8


def keep_whole(thread: Thread, series: Series, change: Change, catalogue: Catalogue) -> None:
    """Remembers what was counted last, for the numbers that share it out."""
    if change.role != "level" or series.unit in ("%", "pp") or change.unit == "%":
        return
    known = catalogue.get(series.metric)
    words = known.measure.split("_") if known else series.metric.split()
    if known is None and not COUNTED.search(series.metric):
        return
    trade = next((word for word in ("imports", "exports") if word in words), "")
    whole = Whole(
        series.metric, series.dimensions, family(change.unit), change.unit, abs(change.value),
        known.measure if known else "", trade, thread.sentences,
    )  # fmt: skip
    thread.wholes = (*thread.wholes[1 - _KEPT :], whole)


_ALIKE = frozenset(("nev", "ev"))


def counted_as(whole: Whole, thing: str, catalogue: Catalogue) -> str | None:
    """The metric of a kind of what is counted: the whole's own where both are electric cars of whatever name."""
    known = catalogue.get(whole.key)
    if known and thing in _ALIKE and _ALIKE.intersection(known.objects):
        return whole.key
    return catalogue.composed(whole.measure, thing)
