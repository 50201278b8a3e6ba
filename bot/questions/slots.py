"""Slots: what one text names by itself, and where: metrics, values, periods, units, sources, what is done with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bot.questions import Question
from bot.questions.asked import LAST_HELD, SAME_LAST_YEAR, find_asked, find_earlier
from bot.questions.editions import find_editions
from bot.questions.everyday import EVERYDAY
from bot.questions.fillers import FILLERS
from bot.questions.leftover import UNITS, find_sources, words_left
from bot.questions.measured import Measured, find_measured, said_parts
from bot.questions.operations import ENERGY_PER, Wanted, find_wanted
from bot.questions.own_names import not_parts, own_metrics, with_ways
from bot.questions.rankings import ranked_by, with_ranked
from bot.questions.settling import COUNTED, settle
from bot.questions.wishes import find_threshold, find_wish
from index.language.dimensions import FoundDimension, find_dimensions
from index.language.metrics import Catalogue, FoundMetric, FoundObject, find_objects
from index.language.periods import FoundPeriod
from index.lookup.series import is_aside, is_whole
from index.lookup.terms import find_terms
from index.lookup.vocabulary import Vocabulary

Span = tuple[int, int]
FoundValue = tuple[str, str, Span]


@dataclass(frozen=True, slots=True)
class Slots:
    """What was found in a text, with the places of every word that is taken."""

    wanted: Wanted
    measured: Measured
    metrics: tuple[FoundMetric, ...]
    dimensions: tuple[FoundValue, ...]
    periods: tuple[FoundPeriod, ...]
    unit: str
    threshold: Decimal | None
    sources: tuple[str, ...]
    ago: bool
    """Whether the same a year earlier is meant."""
    releases: tuple[Span, ...]
    taken: tuple[Span, ...]


def fill(base: Question, text: str, today: date, catalogue: Catalogue, vocabulary: Vocabulary) -> Question:
    """The question with the slots of one text by itself."""
    slots = _find_slots(base, text, today, catalogue, vocabulary)
    metrics = slots.metrics
    wanted = _without_metric_words(_masked(text, slots.releases), slots.wanted, metrics)
    operation, asked = settle(
        text, wanted, [found.period for found in slots.periods], today,
        parted=slots.measured.parted, counted=bool(metrics) and base.expected in COUNTED,
        regions=len({value for name, value, _ in slots.dimensions if name == "region"}), metrics=len(metrics),
    )  # fmt: skip
    words = words_left(text, _masked(text, slots.taken), metrics, catalogue)
    if (daily := _DAILY.search(text)) is not None:
        words = (*words, *find_terms(daily.group().split()[-1]))
    if operation in ("change", "difference", "cagr"):
        words = tuple(word for word in words if word not in _IN_PERCENT)
    return replace(
        base, metrics=tuple(dict.fromkeys(found.key for found in metrics)),
        dimensions=_in_order(metrics, slots.dimensions), periods=asked, basis=wanted.basis, operation=operation,
        unit=slots.unit, limit=wanted.limit, threshold=slots.threshold, words=words, sources=slots.sources,
        to_date=wanted.to_date, wants=wanted.wants, per=wanted.per, over=wanted.over, ago=1 if slots.ago else 0,
    )  # fmt: skip


def _find_slots(
    base: Question, text: str, today: date, catalogue: Catalogue, vocabulary: Vocabulary
) -> Slots:
    unit, unit_spans = find_wish(text)
    releases, of_editions = find_editions(_masked(text, unit_spans), vocabulary)
    releases += [found.span() for found in LAST_HELD.finditer(text)]
    wanted = with_ranked(text, find_wanted(_masked(text, releases)))
    measured = find_measured(text, base, catalogue, vocabulary.frequencies, changes=bool(wanted.basis))
    metrics = own_metrics(text, measured.metrics, vocabulary, catalogue)
    if (things := ranked_by(text)) is not None:
        metrics = tuple(one for one in metrics if not _within((one.start, one.end), [things]))
        spans = tuple(span for span in measured.spans if not _within(span, [things]))
        measured = replace(measured, spans=spans)
    whole = [*measured.spans, *((found.start, found.end) for found in metrics)]
    metric_spans = said_parts(text, whole, catalogue)
    periods, same = _find_periods(text, wanted, [*unit_spans, *releases], today)
    period_spans = [(found.start, found.end) for found in periods]
    dimensions = _find_values(text, metrics, [*metric_spans, *period_spans], wanted, catalogue, vocabulary)
    threshold, threshold_spans = _find_threshold(text, period_spans, wanted)
    compared = [span for span in releases if len(text[span[0] : span[1]]) > _YEAR]
    sources, source_spans = find_sources(text, vocabulary)
    taken = [
        *metric_spans, *period_spans, *compared, *of_editions, *source_spans, *same, *unit_spans, *measured.negated,
        *threshold_spans, *(span for *_, span in dimensions),
        *(span for span in wanted.spans if not _within(span, metric_spans)),
    ]  # fmt: skip
    return Slots(
        wanted, measured, metrics, tuple(dimensions), tuple(periods), unit, threshold, sources, bool(same),
        tuple(releases), tuple(taken),
    )  # fmt: skip


_YEAR = 4
"""Signs of a year alone, which is no word for a release."""


def _find_values(
    text: str,
    metrics: tuple[FoundMetric, ...],
    taken: list[Span],
    wanted: Wanted,
    catalogue: Catalogue,
    vocabulary: Vocabulary,
) -> list[FoundValue]:
    """The values of dimensions: those that any text names, and those of the tables' own columns."""
    dimensions = [
        (found.name, found.value, (found.start, found.end))
        for found in find_dimensions(text)
        if not _is_metrics_own(found, metrics, catalogue)
    ]
    dimensions = with_ways(not_parts(dimensions, text, vocabulary), text, vocabulary)
    blocked = [*taken, *(span for *_, span in dimensions)]
    own = _own_values(text, vocabulary, catalogue, blocked, wanted.spans)
    return [*(one for one in dimensions if not _is_said_by(one, own)), *own]


def _is_said_by(one: FoundValue, own: list[FoundValue]) -> bool:
    """Whether a value is but a word of one that a table has: the graphite of "Spherical graphite"."""
    terms = set(find_terms(one[1]))
    return one[0] in _PARTS and any(terms < set(find_terms(value)) and value != one[1] for _, value, _ in own)


_PARTS = ("chemistry", "mineral", "mode", "powertrain", "technology", "vehicle")


def _find_threshold(text: str, period_spans: list[Span], wanted: Wanted) -> tuple[Decimal | None, list[Span]]:
    """The number that something is to be above or below, with the words that say so."""
    above = [found.span("w") for found in _ABOVE.finditer(text)]
    if wanted.operation != "first above" and not above:
        return None, []
    threshold, spans = find_threshold(_masked(text, period_spans))
    return threshold, [*spans, *(above if threshold is not None else ())]


def _in_order(
    metrics: tuple[FoundMetric, ...], dimensions: tuple[FoundValue, ...]
) -> tuple[tuple[str, str], ...]:
    """The values of a question as it names them, those that its metrics imply among them."""
    places = {(name, value): span[0] for name, value, span in reversed(dimensions)}
    places |= {pair: places.get(pair, one.start) for one in reversed(metrics) for pair in one.dimensions}
    return tuple(sorted(places, key=lambda pair: places[pair]))


def _find_periods(
    text: str, wanted: Wanted, masks: list[Span], today: date
) -> tuple[list[FoundPeriod], list[Span]]:
    """The periods asked for, and the words that want the same a year earlier."""
    same = [found.span() for found in SAME_LAST_YEAR.finditer(text)]
    if same and wanted.operation == "change" and not wanted.basis_spans:
        same = []
    periods = [
        found
        for found in find_asked(_masked(text, masks), today)
        if not _within((found.start, found.end), [*wanted.basis_spans, *same])
        and not any(found.start < end and start < found.end for start, end in wanted.to_date_spans)
    ]
    earlier = find_earlier(text, periods)
    return [found for found in periods if (found.start, found.end) not in earlier], [*same, *earlier]


def _is_metrics_own(one: FoundDimension, metrics: tuple[FoundMetric, ...], catalogue: Catalogue) -> bool:
    """The "lithium" of a "lithium carbonate price": a word of the metric's name, and no value to look up."""
    for metric in metrics:
        known = catalogue.get(metric.key)
        if known and metric.start <= one.start and one.end <= metric.end and one.name not in known.dimensions:
            named = {term for name in (known.name, *known.aliases) for term in find_terms(name)}
            return named.issuperset(find_terms(one.text))
    return False


_IN_PERCENT = frozenset(term for word in ("percent", "percentage", "pct") for term in find_terms(word))
_DAILY = re.compile(
    r"\b(?:(?:per|each|every|a) (?:day|week|hour|minute)|daily|weekly|hourly)\b(?! (?:ago|before|earlier))",
    re.I,
)
"""A grain that no metric of the catalogue has: a series has to say it."""
_ABOVE = re.compile(
    r"^(?:is|are|was|were|did|does|do|has|have|had)\b.*"
    r"\b(?P<w>above|over|below|under|exceed(?:ed|s)?|(?:more|less) than|reach(?:ed)?|pass(?:ed)?|top(?:ped)?|beat"
    r"|surpass(?:ed)?|cross(?:ed)?|hit)(?=\s+\d)",
    re.I,
)


def _without_metric_words(text: str, wanted: Wanted, metrics: tuple[FoundMetric, ...]) -> Wanted:
    """An operation's word inside a metric's name ("average price", "sales share") is no operation."""
    if not metrics or (wanted.operation == "ratio" and re.search(ENERGY_PER, text, re.I)):
        return wanted
    masked = _masked(text, [(found.start, found.end) for found in metrics])
    again = with_ranked(masked, find_wanted(masked))
    return replace(
        wanted, operation=again.operation, basis=again.basis or wanted.basis, to_date=wanted.to_date,
        wants=wanted.wants, per=wanted.per or again.per, over=again.over, limit=again.limit or wanted.limit,
    )  # fmt: skip


def _own_values(
    text: str, vocabulary: Vocabulary, catalogue: Catalogue, blocked: list[Span], said: tuple[Span, ...]
) -> list[FoundValue]:
    """Values of the tables' own dimensions that the catalogue does not know; `said` are the operation's words."""
    found = []
    objects = find_objects(text, catalogue)
    taken, blocked = blocked, [*blocked, *((one.start, one.end) for one in objects)]
    for match in vocabulary.lexicon.find(text):
        span = (match.start, match.end)
        word = text[match.start : match.end]
        overlaps = any(span[0] < end and start < span[1] for start, end in blocked)
        if (
            overlaps
            or is_whole(match.value[1])
            or is_aside(*match.value)
            or word.casefold() in FILLERS
            or word.isdigit()
            or word.casefold() in UNITS
            or len(word) < 2
        ):
            continue
        found.append((*match.value, span))
    blocked = [*blocked, *said, *(span for *_, span in found)]
    for one in re.finditer(r"[A-Za-z]{4,}", text):
        if one.group().casefold() in FILLERS or one.group().casefold() in EVERYDAY:
            continue
        own = [pair for pair in vocabulary.values_with(one.group()) if len(pair[1].split()) <= _NAMING]
        if len(own) == 1 and not any(one.start() < end and start < one.end() for start, end in blocked):
            found.append((*own[0], one.span()))
    return found + _values_of_objects(objects, vocabulary, [*taken, *(span for *_, span in found)])


def _values_of_objects(
    objects: Iterable[FoundObject], vocabulary: Vocabulary, taken: list[Span]
) -> list[FoundValue]:
    """The one value that a thing of several words is part of: the "flake graphite" that is "Natural"."""
    found = []
    for one in objects:
        own = [pair for pair in vocabulary.values_with(one.text) if pair[0] not in _PLAIN]
        free = not any(start <= one.start and one.end <= end for start, end in taken)
        if free and len(own) == 1 and " " in one.text.strip() and len(own[0][1].split()) <= _NAMING:
            found.append((*own[0], (one.start, one.end)))
    return found


_PLAIN = ("region", "company", *_PARTS)


_NAMING = 3
"""A word names a value of so many words at the most: no sentence in a cell."""


def _masked(text: str, spans: Iterable[Span]) -> str:
    """The text with blanks where the spans are."""
    masked = list(text)
    for start, end in spans:
        masked[start:end] = " " * (end - start)
    return "".join(masked)


def _within(span: Span, spans: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
