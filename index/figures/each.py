"""Each: the series of the numbers of a list, which share a metric and differ in what stands behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.figures import Series
from index.figures.thread import Sentence
from index.figures.wholes import Pair, Part
from index.language.dimensions import find_dimensions
from index.language.listed import Listed, find_listed
from index.language.metrics import Catalogue

_OWN = ("region", "company", "chemistry", "technology", "powertrain")
"""What words behind a number tell by themselves; other words go into the name of what has no metric."""


def each_listed(sentence: Sentence) -> dict[int, Listed]:
    """What the numbers of a sentence's lists are of, by where each number starts."""
    numbers = [(one.start, one.end) for one in sentence.changes]
    return find_listed(sentence.text, numbers, [(one.start, one.end) for one in sentence.periods])


def first_of(each: Listed, series: Series, catalogue: Catalogue) -> Series:
    """The series of the number that opens a list, with what it is of."""
    part = _of(each, _without(series.metric, each), series.dimensions, catalogue)
    return replace(series, metric=part.key, dimensions=part.dimensions)


def next_of(each: Listed, last: Series, listed: Mapping[int, Listed], catalogue: Catalogue) -> Part:
    """What the next number of a list is of: of what the one before was, but of another."""
    key, dimensions = last.metric, last.dimensions
    for other in listed.values():
        if other.end < each.start:
            key = _without(key, other)
            dimensions = tuple(pair for pair in dimensions if pair not in _pairs(other, all_of=True))
    return _of(each, key, dimensions, catalogue)


def _of(each: Listed, key: str, dimensions: tuple[Pair, ...], catalogue: Catalogue) -> Part:
    known = catalogue.get(key) is not None
    pairs = _pairs(each, all_of=known)
    taken = {name for name, _ in pairs}
    kept = tuple(pair for pair in dimensions if pair[0] not in taken)
    whole = pairs or each.what.casefold() in ("total", "all")
    named = key if whole else f"{catalogue.said(key)} {each.way} {each.what.casefold()}"
    return Part(named, tuple(sorted((*kept, *pairs))), each.end)


def _pairs(each: Listed, *, all_of: bool) -> tuple[Pair, ...]:
    found = [(one.name, one.value) for one in find_dimensions(each.what)]
    return tuple(dict(pair for pair in found if all_of or pair[0] in _OWN).items())


def _without(key: str, each: Listed) -> str:
    """A name in the text's own words without what stands behind the number."""
    for end in (f" {each.way} the {each.what.casefold()}", f" {each.way} {each.what.casefold()}"):
        key = key.removesuffix(end)
    return key
