"""From the words of a question to the series that they mean."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING, Any

from index.figures import Series
from index.lookup.terms import also_asked, dimension_term, metric_term, terms_of_name
from index.lookup.vocabulary import Vocabulary, read_dimensions, vocabulary_of

if TYPE_CHECKING:
    from index.reader import View

MOST = 2_000
"""Series that one question may weigh."""
ALL = 1_000_000
"""For a ranking: all that there are."""
WHOLE = frozenset(
    [
        "world",
        "total",
        "all",
        "overall",
        "combined",
        "group",
        "group total",
        "consolidated",
        "global",
        "worldwide",
        "sum",
        "ev",
        "all vehicles",
        "合计",
        "总计",
        "全部",
    ]
)
"""Values that say a whole, so that a question need not name them."""


@dataclass(frozen=True, slots=True)
class SeriesHit:
    """A series that has every word of the question."""

    id: int
    series: Series
    strength: float
    """How much of the words are its own name's and values', not its title's: 0 to 1."""
    extra: tuple[tuple[str, str], ...]
    """Values that it has and the question did not ask for."""
    missing: tuple[tuple[str, str], ...] = ()
    """Values that the question asked for, of dimensions that the series does not have."""
    spoken: float = 1.0
    """The same of the question's words alone, values and metrics aside."""
    cost: float = 0.0
    """How far it is from what was asked, by its extra values."""

    def __hash__(self) -> int:
        """By its number, as many are kept by what they are for a question."""
        return hash(self.id)


def find_series(
    view: View,
    *,
    metric: str = "",
    dimensions: Sequence[tuple[str, str]] = (),
    words: Sequence[str] = (),
    most: int = MOST,
) -> tuple[SeriesHit, ...]:
    """At most so many series of a metric with these values whose words hold every one of `words`; best first."""
    vocabulary = vocabulary_of(view)
    values = [dimension_term(name, value) for name, value in dimensions]
    terms = [*([metric_term(metric)] if metric else []), *values, *words]
    if not terms or any(term not in vocabulary.frequencies for term in terms):
        return ()
    rows = _rows(view, terms, vocabulary, most)
    named = {*terms, *(word for term in values for word in terms_of_name(term.partition("=")[2]))}
    said = _Said(frozenset(values), frozenset(named))
    rarity = [math.log(1 + vocabulary.count / vocabulary.frequencies[term]) for term in terms]
    hits = [
        _hit(number, Series(name, read_dimensions(pairs), unit, frequency), weights, rarity, said, len(words))
        for number, name, pairs, unit, frequency, *weights in rows
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.strength, hit.cost, hit.id)))


def cost(extra: Sequence[tuple[str, str]]) -> float:
    """How far a series is from what was asked, by the values that nobody asked for."""
    return sum(_cost(name, value) for name, value in extra)


_COST = {"region": 0.3, "company": 1.0, "mode": 0.3, "powertrain": 0.6, "vehicle": 0.5, "chemistry": 0.6}
_USUAL = {("mode", "cars"): 0.02, ("region", "China"): 0.25}
"""Values that people leave out: cars of all vehicles, and the market that this is about."""
_SMALL = 0.02


@lru_cache(maxsize=65_536)
def _cost(name: str, value: str) -> float:
    if is_aside(name, value):
        return 0.0
    return _SMALL if is_whole(value) else _USUAL.get((name, value)) or _COST.get(name, 0.6)


_ASIDE = frozenset(["date", "url", "link", "code", "id", "note", "notes", "category", "aggregate group"])


def is_aside(name: str, value: str) -> bool:
    """Whether a column's value says nothing of what is measured: a link, or "Other" of a column of two values."""
    folded = value.casefold()
    if name.casefold() == "source" and ("/" in value or ("." in value and " " not in value)):
        return True
    return name.casefold() in _ASIDE or (
        name not in _COST and folded in ("other", "no", "none", "n/a", "historical")
    )


def is_whole(value: str) -> bool:
    """Whether a value stands for all of its dimension: "World", "Total"."""
    return value.casefold() in WHOLE


def _rows(view: View, terms: Sequence[str], vocabulary: Vocabulary, most: int) -> list[tuple[Any, ...]]:
    """Every series that has all the terms, found by the rarest."""
    order = sorted(set(terms), key=lambda term: vocabulary.frequencies[term])
    names = {term: f"t{place}" for place, term in enumerate(order)}
    joins = " ".join(
        f"JOIN series_terms {names[term]} ON {names[term]}.series_id = t0.series_id AND {names[term]}.term = ?"
        for term in order[1:]
    )
    weights = ", ".join(f"{names[term]}.weight" for term in terms)
    sql = (
        f"SELECT s.id, s.metric, s.dimensions, s.unit, s.frequency, {weights} FROM series_terms t0 {joins} "  # noqa: S608
        "CROSS JOIN series s ON s.id = t0.series_id WHERE t0.term = ? "
        "AND s.access IN (SELECT label FROM viewer_labels) LIMIT ?"
    )
    return view.db.execute(sql, [*order[1:], order[0], most]).fetchall()


class _Said:
    """Which values a question says, by themselves or in its words; worked out once for each."""

    def __init__(self, asked: frozenset[str], named: frozenset[str]) -> None:
        self._asked = asked
        """The terms of the values that are asked for."""
        self.named = named
        """The terms in words."""
        self._known: dict[tuple[str, str], bool] = {}

    def __call__(self, pair: tuple[str, str]) -> bool:
        said = self._known.get(pair)
        if said is None:
            also = (dimension_term(*one) for one in (pair, *also_asked(*pair)))
            said = self._known[pair] = not self._asked.isdisjoint(also) or _is_said(pair[1], self.named)
        return said


def _hit(
    number: int,
    series: Series,
    weights: Sequence[float],
    rarity: Sequence[float],
    said: _Said,
    words: int,
) -> SeriesHit:
    """A series by how much of the question's terms, each with its rarity, is its own; the last are its `words`."""
    strength = sum(map(mul, weights, rarity)) / (sum(rarity) or 1.0)
    extra = tuple(pair for pair in series.dimensions if not said(pair))
    if any(pair[0] not in _COST and pair not in extra for pair in series.dimensions):
        extra = tuple(pair for pair in extra if pair[0] in _COST and not _describes(pair, said.named))
    spoken = sum(weights[len(weights) - words :]) / words if words else 1.0
    return SeriesHit(number, series, strength, extra, spoken=spoken, cost=cost(extra))


def _describes(pair: tuple[str, str], named: frozenset[str]) -> bool:
    """Whether a value only describes the item that was named: the maker of a model, its full name."""
    return pair[0] == "company" or bool(named.intersection(terms_of_name(pair[1])))


def _is_said(value: str, terms: frozenset[str]) -> bool:
    words = terms_of_name(value)
    return bool(words) and all(word in terms for word in words)
