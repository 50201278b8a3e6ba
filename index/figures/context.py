"""What a text is speaking of: each sentence with all that is found in it, and what it leaves for the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.documents import Document
from index.figures.agents import speaker_of
from index.figures.heads import masthead_period, of_topic
from index.figures.subjects import Group, blanked, find_groups
from index.figures.thread import Sentence, Thread
from index.figures.when import build_timeline, is_ago, is_reported, is_taken, labels_next
from index.language.changes import find_changes
from index.language.continental import has_decimal_commas
from index.language.datelines import dateline_end
from index.language.dimensions import FoundDimension, find_dimensions
from index.language.metrics import (
    Catalogue,
    FoundMetric,
    FoundObject,
    find_measures,
    find_metrics,
    find_objects,
)
from index.language.periods import FoundPeriod, Period, find_periods
from index.language.quantities import Quantity, find_quantities

CARRIED = 4
"""Sentences for which a period or a subject still holds after it was said."""


DURATIONS = frozenset(("years", "months", "days", "weeks", "decades", "hours", "s"))


def heading_period(heading: str, document: Document) -> Period | None:
    for source in (heading, document.title):
        if source:
            found = [
                one
                for one in find_periods(source, today=document.published, year=document.year_of_figures)
                if one.period.start
            ]
            stated = [
                one
                for one in found
                if one.period.grain in ("month", "quarter", "half", "year", "span")
                and not re.search(r"plan|strategy|roadmap|规划|vision", source, re.I)
                and not (one.period.grain == "year" and re.search(r"report", source, re.I))
            ]
            if len(stated) == 1:
                return replace(stated[0].period, origin="context")
    return masthead_period(document)


def read_sentence(text: str, at: int, document: Document, thread: Thread, catalogue: Catalogue) -> Sentence:
    context = thread.period if thread.period_age <= CARRIED else None
    periods = find_periods(text, today=document.published, year=document.year_of_figures, context=context)
    commas = has_decimal_commas(text, document.text, document.language)
    quantities = [one for one in find_quantities(text, commas=commas) if not _in_period(one, periods)]
    quantities = [one for one in quantities if one.unit not in DURATIONS]
    changes = find_changes(text, quantities)
    if not changes:
        return Sentence(text, at, changes, periods, (), ())
    metrics = find_metrics(text, catalogue)
    if not metrics:
        metrics = of_topic(text, thread.topic, catalogue) or _completed(text, thread, catalogue)
    objects = find_objects(text, catalogue)
    metrics = tuple(_narrowed(one, objects, thread, catalogue) for one in metrics)
    spans = [(one.start, one.end) for one in periods] + [(one.start, one.end) for one in quantities]
    spans += [found.span() for found in _TARGET.finditer(text)] if "](" in text else []
    return Sentence(
        text,
        at,
        changes,
        periods,
        metrics,
        scoping(text),
        find_groups(text, metrics),
        objects,
        blanked(text, spans),
        thread.topic,
    )


_SEAT = re.compile(r"-(?:based|headquartered|listed|born|owned)\b", re.I)


_ORGANISATION = re.compile(
    r"(?:\s+(?:[A-Z][\w'’-]*|of|for|and|the)){0,6}\s+(?:Association|Alliance|Institute|University|Ministry|Department"
    r"|Council|Commission|Academy|Agency|Bureau|Bank|Federation|Exchange|Initiative|Cent(?:er|re)|Society|Foundation"
    r"|Times|Daily|Herald|Post)\b"
)


_NAME_BEFORE = re.compile(
    r"\b(?!(?:The|When|While|And|But|If|As|In|At|For|From|By|With|After|Since|Today|Both|Only|Even|Chinese|Japanese|Korean|German|US|American)\s)[A-Z][\w-]+\s$"
)


def _is_of_a_longer_name(text: str, one: FoundDimension) -> bool:
    """ "Oriel Solid Power" is another firm than Solid Power."""
    return one.name == "company" and " " in one.text and _NAME_BEFORE.search(text, 0, one.start) is not None


def scoping(text: str) -> tuple[FoundDimension, ...]:
    """The values that numbers can be of: neither where a report was written nor where a firm has its seat.

    The region in an organisation's name counts only where the sentence names no other.
    """
    found = tuple(one for one in find_dimensions(text) if not _is_of_a_longer_name(text, one))
    written = dateline_end(text)
    kept = [
        one
        for place, one in enumerate(found)
        if one.name != "region"
        or (one.start >= written and not _SEAT.match(text, one.end) and not _is_branch(text, found, place))
    ]
    named = [one for one in kept if one.name == "region" and _ORGANISATION.match(text, one.end)]
    if named and any(one.name == "region" and one not in named for one in kept):
        kept = [one for one in kept if one not in named]
    return tuple(kept)


def _is_branch(text: str, found: tuple[FoundDimension, ...], place: int) -> bool:
    """ "Tesla China sold": the region is the firm's branch, not where it sold."""
    before = found[place - 1] if place else None
    return before is not None and before.name == "company" and text[before.end : found[place].start] == " "


_TARGET = re.compile(r"\]\([^)\s]{1,500}\)")
"""Where a link leads."""


_HAN = re.compile("[\u3400-\u9fff]")
_HAN_WORD = 3
"""Characters of a Chinese measure alone: 产量, 销售量; more of them name its object, too."""


def _narrowed(
    metric: FoundMetric, objects: Sequence[FoundObject], thread: Thread, catalogue: Catalogue
) -> FoundMetric:
    """A lone "sales" in a text on EV sales is of EVs, not of all vehicles."""
    known = catalogue.get(metric.key)
    short = len(metric.text) <= _HAN_WORD if _HAN.search(metric.text) else " " not in metric.text
    lone = short and not any(one.start < metric.end for one in objects)
    lone = lone and not any(
        one.end + 20 > metric.end for one in objects if one.start > metric.end and one.start - metric.end < 24
    )
    if (
        not known
        or known.measure in ("", "price")
        or not lone
        or metric.implied
        or thread.group is None
        or thread.group_age > 2
    ):
        return metric
    key = catalogue.with_measure(thread.group.metrics[0].key, known.measure)
    return replace(metric, key=key, implied=True) if key else metric


def _completed(text: str, thread: Thread, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """Bare measures ("the market share of 34 %") with the object that the text speaks of, or that they count."""
    if thread.group is None or thread.group_age > 2:
        return _counting(text, catalogue)
    subject = thread.group.metrics[0]
    found = []
    for bare in find_measures(text, catalogue):
        if bare.measure == "price":
            continue
        for part in catalogue.parts.get(bare.measure, ()):
            key = catalogue.with_measure(subject.key, part)
            if key is not None:
                found.append(FoundMetric(key, bare.start, bare.end, bare.text, (), implied=True))
    return tuple(found)


_COUNTS = re.compile(r"(?:\d|million|thousand|万|辆)\s*$", re.I)
_CLAUSE = re.compile(r"[,;.，；。](?!\d)")


def _counting(text: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """ "Deliveries rose to 5,000 vehicles": what is counted behind the number is what was delivered.

    "The fleet grew to 8,800 vehicles" may be anybody's.
    """
    counted = [one for one in find_objects(text, catalogue) if _COUNTS.search(text, 0, one.start)]
    found = []
    for bare in find_measures(text, catalogue):
        if bare.measure == "stock":
            continue
        after = [
            one for one in counted if one.start >= bare.end and not _CLAUSE.search(text, bare.end, one.start)
        ]
        keys = [
            catalogue.composed(part, after[0].name) for part in catalogue.parts.get(bare.measure, ()) if after
        ]
        found += [
            FoundMetric(key, bare.start, bare.end, bare.text, after[0].dimensions, implied=True)
            for key in keys
            if key
        ]
    return tuple(found)


def _in_period(quantity: Quantity, periods: Sequence[FoundPeriod]) -> bool:
    return any(one.start < quantity.end and quantity.start < one.end for one in periods)


def remember(sentence: Sentence, thread: Thread, document: Document, catalogue: Catalogue) -> None:
    """What a sentence leaves for the next: not a time to come, which is a forecast's alone."""
    line = build_timeline(sentence.text, () if CORRECTED.search(sentence.text) else sentence.periods)
    spoken = [
        one.period for one, base in zip(line.periods, line.bases, strict=True)
        if not base and not is_taken(line, one) and not labels_next(sentence.text, one)
        and not is_ago(one) and not is_reported(sentence.text, one)
        and not _BEGAN.search(sentence.text, max(0, one.start - 50), one.start)
        and one.period.grain in ("month", "quarter", "half", "year", "span")
        and not (document.published and one.period.start and one.period.start > document.published)
    ]  # fmt: skip
    thread.spoken += spoken
    if spoken:
        thread.period, thread.period_age = (
            replace(spoken[0], origin="context" if spoken[0].start else "unknown"),
            0,
        )
    if sentence.metrics:
        counts = [one for one in sentence.metrics if (known := catalogue.get(one.key)) and known.unit != "%"]
        last = [group for group in sentence.groups if any(one in counts for one in group.metrics)]
        subject = _shared(sentence, counts, catalogue) if counts and not last else None
        thread.group = last[-1] if last else subject or Group(tuple(counts[:1]) or sentence.metrics[:1])
        thread.group_age = 0
    months = [one for one in spoken if one.grain == "month"]
    thread.month = months[0] if months else thread.month
    firms = [one.value for one in sentence.dimensions if one.name == "company"]
    thread.company = firms[0] if firms else speaker_of(sentence.text, thread.company)
    regions = tuple(
        (one.name, one.value)
        for one in sentence.dimensions
        if one.name == "region" and not is_across(sentence, one)
    )
    if len(set(regions)) > 1:
        thread.regions = thread.regions if thread.regions and thread.regions[0] in regions else ()
    else:
        thread.regions = regions[:1] or thread.regions


_BEGAN = re.compile(
    r"\b(?:started|opened|launched|began|begun|inaugurated|commissioned|founded|installed|switched)\s+(?:\w+\s+){0,3}(?:in|on)\s+(?:the\s+)?$",
    re.I,
)
"""When something began is no time that the text goes on to speak of."""
_ACROSS = re.compile(r"\b(?:from|to)\s+(?:the\s+)?$|[从自至到往对向]$", re.I)
_TRADE = re.compile(r"\b(?:im|ex)port(?:s|ed|ing)?\b|[进出]口", re.I)


CORRECTED = re.compile(
    r"\b(?:figure|number|total|count|value|reading)s?\b[^.;]{0,80}?\b(?:is|was|were|are|been)\s+(?:now\s+)?"
    r"(?:restated|corrected|revised|adjusted|amended|updated)\b[^.;]{0,12}",
    re.I,
)
"""An aside on an earlier period, which the text does not go on to speak of."""


def is_across(sentence: Sentence, one: FoundDimension) -> bool:
    """Whether a region is where goods come from or go to, and not the one that the text speaks of."""
    return bool(
        _ACROSS.search(sentence.text[max(0, one.start - 10) : one.start]) and _TRADE.search(sentence.text)
    )


def _shared(sentence: Sentence, counts: list[FoundMetric], catalogue: Catalogue) -> Group | None:
    """ "Electric vehicles made up 18 % of registrations": the text goes on to speak of theirs."""
    before = [one for one in sentence.objects if one.start < counts[0].start]
    known = catalogue.get(counts[0].key)
    key = catalogue.composed(known.measure, before[0].name) if before and known else None
    if key is None:
        return None
    one = before[0]
    return Group((FoundMetric(key, one.start, one.end, one.text, one.dimensions, implied=True),))


_POINT = re.compile(r"[ \t]*(?:[-*•–·▪]|\d{1,2}[.)])[ \t]+")
LONGEST_INTRO = 160


def introduce(text: str, lead: str, document: Document, thread: Thread, catalogue: Catalogue) -> None:
    """Keeps what a line that ends in a colon says of the points under it; `lead` is what stands before on its line."""
    if _POINT.match(lead + text):
        if thread.intro is not None and thread.intro_period is not None:
            thread.period, thread.period_age = thread.intro_period, 0
        return
    thread.intro, thread.intro_period = None, None
    if text.rstrip()[-1:] not in (":", "：") or len(text) > LONGEST_INTRO:
        return
    metrics = find_metrics(text, catalogue)
    periods = [
        one.period for one in find_periods(text, today=document.published, year=document.year_of_figures)
    ]
    thread.intro = Group(metrics[:1]) if metrics else None
    thread.intro_period = (
        replace(periods[-1], origin="context") if len(periods) == 1 and periods[0].start else None
    )
