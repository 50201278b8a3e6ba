"""Which metrics a question names: those that any text would, and those that only a question leaves to the reader.

"How many more NEVs built than sold", "prod vs sales NEV" and "sales to production ratio" say their object once or
not at all; "made, not installed" says what is not meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.questions import Question
from bot.questions.operations import ENERGY_PER
from index.language.catalogue import Word
from index.language.composition import is_blocked
from index.language.dimensions import find_dimensions
from index.language.lexicon import Match
from index.language.metrics import Catalogue, FoundMetric, find_measures, find_metrics, find_objects
from index.lookup.terms import metric_term

INTENSITY = "mineral_intensity"
Span = tuple[int, int]
Pairs = tuple[tuple[str, str], ...]
_COUNTABLE = ("production_sales", "production", "sales", "exports", "imports", "installed", "registrations")
"""Measures that a question sets side by side by their verb or noun alone."""
_BOTH = re.compile(
    r"\b(?:than|or|and|vs\.?|versus|minus|less|more|gap|difference|ratio|divided|per|percent|share|compared?|between)\b"
    r"|[/÷%&]|与|和|比",
    re.I,
)
_MORE = re.compile(r"\b(?:more|less|fewer) than\b", re.I)
_NOT = re.compile(
    r"(?:\bnot|\brather than|\binstead of|\bexcluding|\bexcl\.?|\bother than|不是|而非|并非)\s*(?:the\s+|just\s+)?$",
    re.I,
)
_SHARE_OF = re.compile(
    r"\s*(?:share\s+)?(?:of|in|among)\s+(?:(?:all|the|total|new|car|bus|truck|van|vehicle)\s+)*", re.I
)
_ENERGY_PER = re.compile(ENERGY_PER, re.I)
_STOCK = re.compile(
    r"\b(?:on the (?:road|street)s?|in use|registered|fleet|stock|there|exist|own\w*|produc\w*|ma[dk]e|buil[dt]"
    r"|export\w*)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The metrics of a question, and the words that say what is not meant."""

    metrics: tuple[FoundMetric, ...]
    parted: bool
    """A part of the one metric is asked for: "BEV share of NEV sales"."""
    spans: tuple[Span, ...]
    negated: tuple[Span, ...]


def find_measured(
    text: str, base: Question, catalogue: Catalogue, held: Mapping[str, int], *, changes: bool
) -> Measured:
    """`held` has a count for each term of the series held; `changes`: a change is asked for, of a bare object, too."""
    negated = tuple(_negated(text, catalogue))
    masked = _without(text, negated)
    metrics = find_metrics(masked, catalogue)
    beside = _beside(masked, metrics, catalogue, held)
    named = tuple(sorted((*metrics, *beside), key=lambda one: (one.start, one.end)))
    first = {one.key: one for one in reversed(named) if one in beside}
    metrics = tuple(one for one in named if one not in beside or _leads(one, metrics, first))
    metrics = metrics or _counted(masked, base, catalogue, changes=changes) or _intensity(masked, catalogue)
    spans = tuple((one.start, one.end) for one in (*metrics, *beside))
    metrics, parted = _of_whole(masked, _as_held(masked, metrics, catalogue, held), catalogue)
    return Measured(_per_vehicle(masked, metrics, catalogue), parted, spans, negated)


def said_parts(text: str, spans: Sequence[Span], catalogue: Catalogue) -> list[Span]:
    """The words of metrics alone: of "BEVs did Kestrel deliver" not who did."""
    items = [(item.start, item.end) for item in catalogue.lexicon.find(text)]
    found: list[Span] = []
    for start, end in spans:
        inside = [(a, b) for a, b in items if start <= a and b <= end]
        apart = len(inside) > 1 and inside[0][0] == start and max(b for _, b in inside) == end
        found += inside if apart and len(text[start:end].split()) > _CLOSE else [(start, end)]
    return found


_CLOSE = 3
"""A metric of so many words has nothing between them."""


def find_bare_measures(text: str, catalogue: Catalogue, *, verbs: bool = False) -> list[tuple[str, str]]:
    """Measures that no object completes, with their words: "and production?"; verbs of a few words, too: "n built?"."""
    metrics = find_metrics(text, catalogue)
    short = verbs or len(text.split()) <= _FEW
    found = [(one.measure, one.text) for one in find_measures(text, catalogue)]
    found += [
        (item.value.name, text[item.start : item.end])
        for item in _measures(text, catalogue)
        if short and item.value.verb and not item.value.noun and not _is_taken(item, metrics)
    ]
    return found


_FEW = 5


def _negated(text: str, catalogue: Catalogue) -> list[Span]:
    """The measures and metrics that the question says are not meant, with their "not"."""
    found = []
    for item in catalogue.lexicon.find(text):
        said = _NOT.search(text, 0, item.start) if item.value.sort != "object" else None
        if said is not None:
            found.append((said.start(), item.end))
    return found


def _beside(
    text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue, held: Mapping[str, int]
) -> list[FoundMetric]:
    """The measures that no object stands beside, each of the object that the question leaves it."""
    bare = [item for item in _measures(text, catalogue) if not _is_taken(item, metrics)]
    joined = any(len(catalogue.parts.get(item.value.name, ())) > 1 for item in bare)
    several = joined or (len(bare) + len(metrics) > 1 and _BOTH.search(text) is not None)
    things = _things(text, metrics, catalogue)
    if not several:
        sold = bool(things) and _MORE.search(text) is not None
        bare = [item for item in bare if item.value.noun or (sold and item.value.name == "sales")]
        bare = bare if not metrics else []
    found: list[FoundMetric] = []
    for item in bare:
        for part in catalogue.parts.get(item.value.name, ()):
            one = replace(item, value=replace(item.value, name=part))
            key, pairs = _key_of(one, things, bare, catalogue, held, sure=not several)
            if key:
                found.append(FoundMetric(key, item.start, item.end, text[item.start : item.end], pairs))
    return found


def _measures(text: str, catalogue: Catalogue) -> list[Match[Word]]:
    found = catalogue.lexicon.find(text)
    return [item for item in found if item.value.name in _COUNTABLE and not is_blocked(text, item)]


def _is_taken(item: Match[Word], metrics: tuple[FoundMetric, ...]) -> bool:
    return any(item.start < metric.end and metric.start < item.end for metric in metrics)


def _leads(one: FoundMetric, metrics: tuple[FoundMetric, ...], first: Mapping[str, FoundMetric]) -> bool:
    """Whether a bare measure is the first word for its metric: "build or sell" names two, "make … or made" one."""
    return one.key not in {metric.key for metric in metrics} and first.get(one.key) is one


def _things(text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue) -> list[tuple[str, Pairs]]:
    """The objects that a question names, by themselves or in a metric."""
    named = [(one.name, one.dimensions) for one in find_objects(text, catalogue)]
    known = [(catalogue.get(one.key), one.dimensions) for one in metrics]
    return [*named, *((metric.objects[0], pairs) for metric, pairs in known if metric and metric.objects)]


def _key_of(
    item: Match[Word],
    things: list[tuple[str, Pairs]],
    bare: list[Match[Word]],
    catalogue: Catalogue,
    held: Mapping[str, int],
    *,
    sure: bool,
) -> tuple[str | None, Pairs]:
    """The metric of a bare measure; where no object is named the only one held (`sure`), or the one most held."""
    for name, pairs in things:
        if key := catalogue.composed(item.value.name, name):
            return key, pairs
    if item.value.default or (things and sure):
        return item.value.default or None, ()
    measures = {item.value.name} if things else {
        part for one in bare for part in catalogue.parts.get(one.value.name, ())
    }  # fmt: skip
    counts: dict[str, int] = {}
    for metric in catalogue.metrics:
        count = held.get(metric_term(metric.key), 0)
        if metric.measure in measures and metric.objects and count:
            counts[metric.objects[0]] = counts.get(metric.objects[0], 0) + count
    whole = [name for name in counts if all(_is_held(one, name, catalogue, held) for one in measures)]
    if len(whole) == 1 or (whole and not sure):
        return catalogue.composed(item.value.name, max(whole, key=lambda name: (counts[name], name))), ()
    return None, ()


def _is_held(measure: str, thing: str, catalogue: Catalogue, held: Mapping[str, int]) -> bool:
    key = catalogue.composed(measure, thing)
    return key is not None and metric_term(key) in held


def _as_held(
    text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue, held: Mapping[str, int]
) -> tuple[FoundMetric, ...]:
    """ "Vehicle production" beside "per NEV" is that of NEVs, where nothing else is held of it."""
    names = dict.fromkeys(one.name for one in find_objects(text, catalogue) if one.name in ("nev", "ev"))
    found = []
    for one in metrics:
        known = catalogue.get(one.key)
        other = None
        if (
            known
            and known.objects == ("vehicle",)
            and len(metrics) > 1
            and not held.get(metric_term(one.key))
        ):
            other = next((key for name in names if (key := catalogue.composed(known.measure, name))), None)
        found.append(FoundMetric(other, one.start, one.end, one.text, one.dimensions) if other else one)
    return tuple(found)


def _of_whole(
    text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue
) -> tuple[tuple[FoundMetric, ...], bool]:
    """ "BEV share of NEV sales" is a part of NEV sales (true), "EV share of car sales" a metric of its own."""
    for share, whole in pairwise(metrics):
        known, counted = catalogue.get(share.key), catalogue.get(whole.key)
        joined = _SHARE_OF.fullmatch(text, share.end, whole.start) is not None
        if known and counted and joined and known.unit == "%" and counted.unit != "%":
            if not counted.objects or "vehicle" in counted.objects or whole.implied:
                return tuple(one for one in metrics if one is not whole), False
            return tuple(one for one in metrics if one is not share), True
    return metrics, False


def _per_vehicle(
    text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue
) -> tuple[FoundMetric, ...]:
    """ "GWh installed per NEV": what was installed, and the vehicles built that it is shared by."""
    said = _ENERGY_PER.search(text)
    of = find_objects(said.group(), catalogue) if said else ()
    made = catalogue.composed("production", of[0].name) if of else None
    if said is None or made is None or [one.key for one in metrics] != ["battery_installed"]:
        return metrics
    return (*metrics, FoundMetric(made, *said.span(), said.group(), of[0].dimensions))


def _intensity(text: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """ "Cobalt per kWh in NMC 622": how much of a mineral a battery needs."""
    said = re.search(r"\bper\s+kwh\b", text, re.I)
    if said is None or catalogue.get(INTENSITY) is None:
        return ()
    if not any(one.name == "mineral" for one in find_dimensions(text)):
        return ()
    return (FoundMetric(INTENSITY, *said.span(), said.group()),)


def _counted(text: str, base: Question, catalogue: Catalogue, *, changes: bool) -> tuple[FoundMetric, ...]:
    """The sales of what is counted without a verb: "how many more NEVs in 2025 than in 2024", "yoy of NEVs"."""
    if (base.expected != "how many" and not changes) or _STOCK.search(text):
        return ()
    things = [one for one in find_objects(text, catalogue)[:1] if not _OF_ANOTHER.match(text, one.end)]
    found = ((one, catalogue.composed("sales", one.name)) for one in things)
    return tuple(FoundMetric(key, one.start, one.end, one.text, one.dimensions) for one, key in found if key)


_OF_ANOTHER = re.compile(
    r"\s+(?!(?:sales|sold|does|series|this|cars|vans|buses|trucks|less|plus|vs|is|was|has)\b)[a-z]{4,}(?:s|ies)\b",
    re.I,
)
"""A noun behind the thing that is counted in its place: "battery ferries"."""


def _without(text: str, spans: tuple[Span, ...]) -> str:
    masked = list(text)
    for start, end in spans:
        masked[start:end] = " " * (end - start)
    return "".join(masked)
