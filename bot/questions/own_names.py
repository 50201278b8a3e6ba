"""Names that only tables know: a metric's, or a value's, of which the catalogue knows but a part."""

from __future__ import annotations

import re

from index.language.catalogue import Catalogue
from index.language.metrics import FoundMetric
from index.lookup.vocabulary import Vocabulary

Span = tuple[int, int]


def own_metrics(
    text: str, metrics: tuple[FoundMetric, ...], vocabulary: Vocabulary, catalogue: Catalogue
) -> tuple[FoundMetric, ...]:
    """What only a table measures, where its name is more than the catalogue's metric in it: 公共充电桩密度."""
    for own in vocabulary.own_metrics.find(text):
        inside = [one for one in metrics if own.start <= one.start and one.end <= own.end]
        if (
            inside
            and catalogue.get(own.value) is None
            and any(one.end - one.start < own.end - own.start for one in inside)
        ):
            found = FoundMetric(own.value, own.start, own.end, text[own.start : own.end])
            metrics = (*(one for one in metrics if one not in inside), found)
    return tuple(sorted(metrics, key=lambda one: one.start))


def not_parts(
    dimensions: list[tuple[str, str, Span]], text: str, vocabulary: Vocabulary
) -> list[tuple[str, str, Span]]:
    """Without values that are but part of a longer one that a table has: the "NMC 811" of "SS NMC 811"."""
    own = vocabulary.lexicon.find(text) if dimensions else ()
    longer = [(match.value[0], match.value[1], match.start, match.end) for match in own]
    return [
        (name, value, (start, end))
        for name, value, (start, end) in dimensions
        if not any(
            name == other and value != said and first <= start and end <= last and last - first > end - start
            for other, said, first, last in longer
        )
    ]


def with_ways(
    dimensions: list[tuple[str, str, Span]], text: str, vocabulary: Vocabulary
) -> list[tuple[str, str, Span]]:
    """Of two places the one that goods come "from" or go "to", where a table has such a column."""
    if len({value for name, value, _ in dimensions if name == "region"}) < _PLACES:
        return dimensions
    return [
        (_way_of(value, text[: span[0]], vocabulary) if name == "region" else name, value, span)
        for name, value, span in dimensions
    ]


def _way_of(value: str, before: str, vocabulary: Vocabulary) -> str:
    for word, way in _WAYS.items():
        if re.search(rf"\b{word}\s+(?:the\s+)?$", before, re.I) and (way, value) in vocabulary.values:
            return way
    return "region"


_PLACES = 2
_WAYS = {"from": "origin", "to": "destination"}
