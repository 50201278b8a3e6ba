"""Which of the figures that fit comes first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from index.figures import Figure
from index.language.catalogue import Metric
from index.lookup.figures import Source
from index.lookup.terms import find_terms

if TYPE_CHECKING:
    from bot.answers.figures.held import Held

Key = tuple[object, ...]


class Preference:
    """A sort key: nearest thing first, then certain before forecast, newest vintage, own publisher, exact.

    What it says of a document and of a unit is worked out once for all their figures.
    """

    def __init__(self, metric: Metric | None, asked: frozenset[str] = frozenset()) -> None:
        self._metric = metric
        self._asked = asked
        """The terms of the question."""
        self._sources: dict[str, Key] = {}
        self._units: dict[str, Key] = {}

    def __call__(self, held: Held) -> Key:
        figure, source, cost = held.figure, held.source, held.fitting.cost
        return (
            int(cost * 10),
            self._units.get(figure.unit) or self._of_unit(figure.unit),
            figure.status == "missing",
            figure.status == "forecast",
            self._sources.get(source.id) or self._of_source(source),
            _NOT_TOLD if figure.place.cell else _told(figure, self._asked),
            round(cost, 3),
            figure.bound != "exactly",
            figure.step,
            figure.id,
        )

    def _of_unit(self, unit: str) -> Key:
        """Units that the question wishes for first, then the metric's own where others are of something else."""
        metric = self._metric
        wished = len(self._asked.intersection(_unit_terms(unit)))
        other = bool(metric and metric.kind in ("ratio", "price") and unit != metric.unit)
        key = self._units[unit] = (-wished, other)
        return key

    def _of_source(self, source: Source) -> Key:
        metric = self._metric
        own = bool(metric and metric.publisher and metric.publisher.casefold() in source.publisher.casefold())
        key = self._sources[source.id] = (
            source.superseded,
            source.edition != "as published",
            -(source.published.toordinal() if source.published else 0),
            -edition_of(source.title),
            not own,
            source.kind != "statistics",
            source.id,
        )
        return key


_UNIT_WORDS = {
    "g": "gram",
    "kg": "kilogram",
    "t": "tonn ton",
    "USD": "dollar usd",
    "EUR": "euro eur",
    "CNY": "yuan rmb cny",
}


@lru_cache(maxsize=4_096)
def _unit_terms(unit: str) -> frozenset[str]:
    """The terms by which a question wishes for a unit: grams for g/kWh."""
    parts = re.findall(r"[A-Za-z]+", unit)
    return frozenset(
        term for part in parts for term in (*find_terms(part), *_UNIT_WORDS.get(part, "").split())
    )


@lru_cache(maxsize=4_096)
def edition_of(title: str) -> int:
    """The year at the end of a title: the vintage of a table that says no other."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)$", title)
    return int(found[1]) if found else 0


_NOT_TOLD = (False, 0)


def _told(figure: Figure, asked: frozenset[str]) -> tuple[bool, int]:
    """Of one document's figures: those outside brackets first, and those with the question's words before them."""
    place = figure.quote.find(figure.text) if figure.text else -1
    if place < 0:
        return _NOT_TOLD
    before = figure.quote[max(0, place - 60) : place]
    return before.rstrip(" $€£~").endswith(("(", "（")), -len(asked.intersection(find_terms(before)))
