"""Metrics in text: names and aliases of the catalogue, and a measure said of an object.

"Sales of NEVs", "NEV production and sales", "how many NEVs were sold" and 新能源汽车产销量 need no alias:
the catalogue says which words are measures and which are objects, and this module which belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.language.catalogue import Catalogue, Metric, Word, load, read_catalogue
from index.language.composition import (
    AND,
    SENTENCE_END,
    Group,
    Items,
    find_groups,
    is_blocked,
    objects_after,
    objects_before,
    objects_earlier,
)
from index.language.lexicon import Match

__all__ = [
    "Catalogue",
    "FoundMeasure",
    "FoundMetric",
    "FoundObject",
    "Metric",
    "find_measures",
    "find_metrics",
    "find_objects",
    "load",
    "read_catalogue",
]

TOTAL_BEFORE = re.compile(r"(?:\b(?:total|overall)\s+|总)$", re.I)
INHERITING = frozenset(
    {
        "production",
        "sales",
        "production_sales",
        "exports",
        "imports",
        "installed",
        "registrations",
        "stock",
        "sales_share",
    }
)
"""Measures whose bare word speaks of the object that the sentence named before."""


@dataclass(frozen=True, slots=True)
class FoundMetric:
    """A metric said in a text. `text == source[start:end]`."""

    key: str
    start: int
    end: int
    text: str
    dimensions: tuple[tuple[str, str], ...] = ()
    """What the words imply beside the metric: "BEV sales" is nev_sales of powertrain BEV."""
    implied: bool = False
    """The object stood earlier in the sentence ("… with production and sales reaching …")."""


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A measure's word that no object completes: "and production?"."""

    measure: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FoundObject:
    """What may be counted: "NEVs", "LFP batteries"."""

    name: str
    dimensions: tuple[tuple[str, str], ...]
    start: int
    end: int
    text: str


def find_metrics(text: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """Every metric that a text speaks of, in order."""
    found, _ = _find(text, catalogue)
    return found


def find_measures(text: str, catalogue: Catalogue) -> tuple[FoundMeasure, ...]:
    """Measures' words that `find_metrics` left; `Catalogue.with_measure` turns one into a metric."""
    _, bare = _find(text, catalogue)
    return bare


def find_objects(text: str, catalogue: Catalogue) -> tuple[FoundObject, ...]:
    """Objects that a text names, counted or not; `Catalogue.composed` joins one with a measure."""
    return tuple(
        FoundObject(item.value.name, item.value.dimensions, item.start, item.end, text[item.start : item.end])
        for item in catalogue.lexicon.find(text)
        if item.value.sort == "object"
    )


def _find(text: str, catalogue: Catalogue) -> tuple[tuple[FoundMetric, ...], tuple[FoundMeasure, ...]]:
    items = tuple(item for item in catalogue.lexicon.find(text) if not is_blocked(text, item))
    found: list[FoundMetric] = []
    bare: list[FoundMeasure] = []
    groups = tuple(find_groups(text, items))
    taken = {place for group in groups for place in objects_before(text, items, group)}
    for item in items:
        if item.value.sort == "metric":
            found.append(FoundMetric(item.value.name, item.start, item.end, text[item.start : item.end]))
    for group in groups:
        here = list(_of_group(text, items, group, catalogue, taken))
        found.extend(here)
        if not here:
            _bare_group(text, items, group, catalogue, found, bare)
    unique = {(metric.start, metric.key, metric.dimensions): metric for metric in found}
    return tuple(sorted(unique.values(), key=lambda metric: (metric.start, metric.end))), tuple(bare)


def _of_group(
    text: str, items: Items, group: Group, catalogue: Catalogue, taken: set[int]
) -> Iterator[FoundMetric]:
    """The metrics of a group; with objects on both sides, the last measure takes the right one."""
    before = objects_before(text, items, group)
    after = objects_after(text, items, group, taken)
    for place in range(group.first, group.after):
        last = place == group.after - 1
        objects = after if after and (last or not before) else before
        for number in objects:
            spans = [(items[place].start, items[place].end)]
            if (objects is before and place == group.first) or (objects is after and last):
                spans = (
                    [*spans, (items[number].start, items[number].end)]
                    if number == objects[0]
                    else [(items[number].start, items[number].end)]
                )
            start, end = min(span[0] for span in spans), max(span[1] for span in spans)
            if objects is after and last and items[place].value.verb and not items[place].value.noun:
                start = items[number].start  # "sold 593,745 NEVs": the number stays outside the span
            yield from _compose(text, items[place].value, items[number].value, start, end, catalogue)


def _compose(
    text: str, measure: Word, thing: Word, start: int, end: int, catalogue: Catalogue
) -> Iterator[FoundMetric]:
    for part in catalogue.parts.get(measure.name, ()):
        key = catalogue.composed(part, thing.name)
        if key is not None:
            yield FoundMetric(key, start, end, text[start:end], thing.dimensions)


def _bare_group(
    text: str,
    items: Items,
    group: Group,
    catalogue: Catalogue,
    found: list[FoundMetric],
    bare: list[FoundMeasure],
) -> None:
    """Measures without an object: the sentence's earlier object, the word's default, or nothing."""
    for place in range(group.first, group.after):
        item = items[place]
        span = (item.start, item.end, text[item.start : item.end])
        if not item.value.noun:
            continue
        earlier = _earlier(text, found, item.start) if item.value.name in INHERITING else None
        objects = objects_earlier(text, items, group) if item.value.name in (*INHERITING, "price") else ()
        inherited = list(_inherit(text, item, earlier, catalogue)) if earlier else []
        if inherited:
            found.extend(inherited)
        elif objects:
            found.extend(_compose_earlier(text, items, objects, item, catalogue))
        elif item.value.default:
            found.append(FoundMetric(item.value.default, *span))
        else:
            bare.append(FoundMeasure(item.value.name, *span))


def _compose_earlier(
    text: str, items: Items, objects: tuple[int, ...], item: Match[Word], catalogue: Catalogue
) -> Iterator[FoundMetric]:
    for number in sorted(objects):
        for metric in _compose(text, item.value, items[number].value, item.start, item.end, catalogue):
            yield replace(metric, implied=True)


def _inherit(
    text: str, item: Match[Word], earlier: FoundMetric, catalogue: Catalogue
) -> Iterator[FoundMetric]:
    """A measure of the earlier metric's object; "the total output" leaves its dimensions behind."""
    dimensions = () if TOTAL_BEFORE.search(text, earlier.end, item.start) else earlier.dimensions
    implied = AND.fullmatch(text, earlier.end, item.start) is None
    for part in catalogue.parts.get(item.value.name, ()):
        key = catalogue.with_measure(earlier.key, part)
        if key is not None:
            yield FoundMetric(key, item.start, item.end, text[item.start : item.end], dimensions, implied)


def _earlier(text: str, found: list[FoundMetric], start: int) -> FoundMetric | None:
    """The last metric before a place in the same sentence."""
    before = [metric for metric in found if metric.end <= start]
    last = max(before, key=lambda metric: metric.start, default=None)
    if last is None or SENTENCE_END.search(text, last.end, start):
        return None
    return last
