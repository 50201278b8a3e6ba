"""Metrics in text: names and aliases of the catalogue, and a measure said of an object.

"Sales of NEVs", "NEV production and sales", "how many NEVs were sold" and 新能源汽车产销量 need no alias:
the catalogue says which words are measures and which are objects, and this module which belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.catalogue import Catalogue, Metric, Word, load, read_catalogue
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

_BETWEEN_EN = (
    r"domestic|annual|monthly|quarterly|yearly|total|cumulative|retail|wholesale|global|worldwide|world|overall|national|"
    r"combined|unit|new|average|passenger|full[ -]year|ytd|china|chinese|us|u\.s\.|eu|european|japan|germany|"
    r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov(?:ember)?|dec\w*|(?:19|20)\d\d|q[1-4]|h[12]"
)
_BETWEEN_ZH = r"[的共计总累其中国内全年月度当单市场\s]{0,6}"
NOUN_AFTER = re.compile(rf"(?:['’]s?)?[\s\-]*(?:(?:{_BETWEEN_EN})[\s\-]+){{0,3}}|{_BETWEEN_ZH}", re.I)
"""Object … measure: "NEV [domestic] sales", 动力电池[累计]装车量."""
VERB_AFTER = re.compile(
    r"\s+(?:(?:that|which|were|was|are|is|have|has|had|did|does|do|been|being|got|get|will|can|could)\b(?:\s+[\w.&'’-]+){0,4}\s+"
    r"|[\w&]+\s+){0,1}|" + _BETWEEN_ZH,
    re.I,
)
"""Object … verb: "NEVs [were] sold", "how many NEVs [did China] sell"."""
OBJECT_AFTER = re.compile(
    r"\s+(?:of|for)\s+(?:(?!(?:to|in|from|by|was|were|with|at|than|reached|rose|fell)\s)[\w.'’\-]+\s+){0,4}|\s+",
    re.I,
)
"""Measure … object: "sales of [the country's] NEVs"."""
VERB_OBJECT = re.compile(
    r"(?:\s+(?:[\d.,]*\d[\w.,%]*|about|over|nearly|almost|around|some|a|an|the|its|their|more|than|million|thousand|billion|"
    r"total|of|new|record|first|up|to|only|just|approximately|roughly|many|any|units?)){0,7}\s+(?:of\s+)?|[\d.,万亿余多约近了辆个台\s]{0,10}",
    re.I,
)
"""Verb … object: "sold [593,745] NEVs"."""
AND = re.compile(r"\s*(?:,?\s+and\s+|&|/|,|,?\s+or\s+|\bvs\.?|\bversus\b|、|和|与|及)\s*(?:the\s+)?", re.I)
BLOCKED_AFTER = re.compile(
    r"[\s\-]+(?:base|bases|line|lines|plants?|facilit\w+|cost|costs|process\w*|network|tax\w*|staff|team|manager|director|channel\w*|site|sites|"
    r"technolog\w+|methods?|equipment|up\s+(?:of|for|\d|about|over|nearly)|by\b|control\w*|restriction\w*|ban|bans|license\w*)(?![A-Za-z])",
    re.I,
)
"""Words that make a measure's word another thing: "production line", "made up 18 %"."""
TOTAL_BEFORE = re.compile(r"(?:\b(?:total|overall)\s+|总)$", re.I)
SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?:\s|$)")
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Measures said together ("production and sales"), from the item `first` up to `after`."""

    first: int
    after: int


Items = tuple[Match[Word], ...]


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
    items = tuple(item for item in catalogue.lexicon.find(text) if not _is_blocked(text, item))
    found: list[FoundMetric] = []
    bare: list[FoundMeasure] = []
    groups = tuple(_groups(text, items))
    taken = {place for group in groups for place in _objects_before(text, items, group)}
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


def _is_blocked(text: str, item: Match[Word]) -> bool:
    return item.value.sort == "measure" and BLOCKED_AFTER.match(text, item.end) is not None


def _groups(text: str, items: Items) -> Iterator[_Group]:
    place = 0
    while place < len(items):
        first = place
        if items[place].value.sort != "measure":
            place += 1
            continue
        place += 1
        while (
            place < len(items)
            and items[place].value.sort == "measure"
            and AND.fullmatch(text, items[place - 1].end, items[place].start)
        ):
            place += 1
        yield _Group(first, place)


def _objects_before(text: str, items: Items, group: _Group) -> tuple[int, ...]:
    """The objects right before a group, last one first: "BEV and PHEV sales" has two."""
    place, measure = group.first - 1, items[group.first]
    if place < 0 or items[place].value.sort != "object":
        return ()
    gap = (items[place].end, measure.start)
    word = measure.value
    if not (
        (word.noun and NOUN_AFTER.fullmatch(text, *gap)) or (word.verb and VERB_AFTER.fullmatch(text, *gap))
    ):
        return ()
    objects = [place]
    while _is_twin(text, items, place - 1, place):
        place -= 1
        objects.append(place)
    return tuple(objects)


def _is_twin(text: str, items: Items, first: int, second: int) -> bool:
    """Two narrower kinds of one object, joined: "BEV and PHEV"."""
    if first < 0 or second >= len(items):
        return False
    one, other = items[first], items[second]
    return (
        one.value.sort == other.value.sort == "object"
        and one.value.name == other.value.name
        and one.value.dimensions != other.value.dimensions
        and AND.fullmatch(text, one.end, other.start) is not None
    )


def _objects_after(text: str, items: Items, group: _Group, taken: set[int]) -> tuple[int, ...]:
    """The objects that follow a group ("sales of BEVs and PHEVs") and that no other measure owns."""
    place, measure = group.after, items[group.after - 1]
    if place >= len(items) or items[place].value.sort != "object" or place in taken:
        return ()
    gap = (measure.end, items[place].start)
    word = measure.value
    if not (
        (word.noun and OBJECT_AFTER.fullmatch(text, *gap))
        or (word.verb and VERB_OBJECT.fullmatch(text, *gap))
    ):
        return ()
    objects = [place]
    while _is_twin(text, items, place, place + 1) and place + 1 not in taken:
        place += 1
        objects.append(place)
    return tuple(objects)


def _of_group(
    text: str, items: Items, group: _Group, catalogue: Catalogue, taken: set[int]
) -> Iterator[FoundMetric]:
    """The metrics of a group; with objects on both sides, the last measure takes the right one."""
    before = _objects_before(text, items, group)
    after = _objects_after(text, items, group, taken)
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
    group: _Group,
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
        inherited = list(_inherit(text, item, earlier, catalogue)) if earlier else []
        if inherited:
            found.extend(inherited)
        elif item.value.default:
            found.append(FoundMetric(item.value.default, *span))
        else:
            bare.append(FoundMeasure(item.value.name, *span))


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
