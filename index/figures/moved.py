"""The period of a number where its sentence says more than the period's own words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.figures.subjects import family
from index.figures.thread import Sentence
from index.figures.when import Timeline, is_taken
from index.language.changes import Change
from index.language.periods import Period, month, shift, span, year


def reached(sentence: Sentence, change: Change, period: Period | None) -> tuple[Change, Period | None]:
    """ "Grew by 1,200 vehicles to 8,800": what was reached counts the same, and is of the last of the years."""
    one = sentence.before(change)
    if one is None or (change.role, one.role, family(one.unit)) != ("level", "change", "count"):
        return change, period
    if _TO.fullmatch(sentence.text, one.end, change.start) is None:
        return change, period
    if change.unit == "" and one.unit:
        change = replace(change, unit=one.unit)
    years = period and period.end and period.grain == "span" and is_years(period) and not period.cumulative
    if years and period and period.end and period.end.month == 1:
        period = year(period.end.year - 1, origin=period.origin)
    return change, period


_TO = re.compile(r"\s+to\s+(?:about\s+|some\s+)?")


def whole_span(sentence: Sentence, change: Change, period: Period | None) -> Period | None:
    """A count "from 2000 to 2023" is of all those years, where nothing in the sentence rose or fell."""
    if (
        period is None
        or period.grain != "year"
        or change.role != "level"
        or period.start is None
        or period.end is None
    ):
        return period
    if any(one.role in ("change", "before") for one in sentence.changes):
        return period
    for one, two in itertools.pairwise(sentence.periods):
        gap = sentence.text[one.end : two.start]
        lead = sentence.text[max(0, one.start - 5) : one.start].lower()
        if (
            two.period == period
            and lead.endswith("from ")
            and re.fullmatch(r"\s+(?:to|through)\s+", gap)
            and one.period.start
        ):
            return span(one.period.start, period.end)
    return period


def year_after_base(sentence: Sentence, line: Timeline) -> Period | None:
    """ "Up 78 % compared with 2020" without another period speaks of 2021."""
    years = [
        one.period
        for one, base in zip(line.periods, line.bases, strict=True)
        if base and one.period.grain == "year"
    ]
    if len(years) != 1 or len(line.periods) != 1 or years[0].start is None:
        return None
    return (
        year(years[0].start.year + 1, origin="context")
        if any(one.role == "change" for one in sentence.changes)
        else None
    )


def after_base(line: Timeline, carried: Period | None, spoken: Sequence[Period]) -> Period | None:
    """ "14.6 %, compared with 11.9 % in Q3 2024": the first is of a later quarter, one that the text spoke of."""
    bases = [
        one.period
        for one, base in zip(line.periods, line.bases, strict=True)
        if (base or is_taken(line, one)) and one.period.grain in ("month", "quarter", "half")
    ]
    if carried is None or len(bases) != 1 or len(line.periods) != 1:
        return carried
    base = bases[0]
    if base.start is None or carried.start is None:
        return carried
    of_year = shift(base, years=1)
    if carried.grain == "year" and of_year.start and of_year.start.year == carried.start.year:
        return replace(of_year, origin="context")
    if carried.grain != base.grain:
        return carried
    later = [one for one in spoken if one.grain == base.grain and one.start and one.start > base.start]
    alike = [one for one in later if (one.start, one.end) == (of_year.start, of_year.end)]
    if alike or carried.start <= base.start:
        return replace((alike or later)[-1], origin="context") if later else None
    return carried


_WILL = re.compile(
    r"\b(?:will|(?:plans?|intends?|aims?|expects?|wants?|is|are|going|set)\s+to)\s+(?:\w+\s+)?(?!have\b)\w+|将|计划|拟",
    re.I,
)


_WAS = re.compile(r"\b(?:was|were|came to|stood at|reached|amounted to|had|been)\b|达到?了|为", re.I)
"""What was measured is of no time after its document."""


def is_to_come(sentence: Sentence, change: Change, period: Period | None, published: date | None) -> bool:
    """ "The company will invest EUR 1.4 billion": when is not said, and not the quarter spoken of.

    Nor is what "was" so many of a year to come that the text spoke of before.
    """
    if period is None or period.origin != "context" or period.end is None or published is None:
        return False
    if period.start and period.start > published:
        return change.role == "level" and _WAS.search(sentence.text[: change.start]) is not None
    clause = re.split(r"[,;；，。]", sentence.text[: change.start])[-1]
    return period.end <= published and _WILL.search(clause) is not None


THAT_MONTH = re.compile(
    r"\b(?:in|for|during)\s+(?:the|that)\s+(?:given|same|said|reported|reporting)?\s?month\b", re.I
)


_TODAY = re.compile(r"\b(?:today|these\s+days|at\s+the\s+moment|right\s+now)\b", re.I)


def of_today(sentence: Sentence, carried: Period | None, published: date | None) -> Period | None:
    """ "We run 2,140 points today": of no year that the text spoke of before."""
    if carried is None or carried.end is None or published is None or carried.origin != "context":
        return carried
    return None if carried.end < published and _TODAY.search(sentence.text) else carried


_REVISES = re.compile(
    r"\b(?:lift|rais|cut|lower|trim|hik|reduc|upgrad|downgrad|narrow|revis|nudg)\w*\b[^.;]{0,60}\b(?:average|forecast|estimate|outlook|projection|guidance"
    r"|target|view|call|prediction)s?\b|\b(?:forecast|estimate|outlook|projection|guidance)s?\b[^.;]{0,60}\b(?:goes|moves?|rises|falls|is|are|was)\s+(?:up|down|raised|cut|lowered|lifted|trimmed|to)\b|\bnow\s+(?:expect|see|forecast|guide|estimate|project)s?\b|(?:上调|下调|调高|调低)",
    re.I,
)


_OF_FORECAST = re.compile(
    r"\b(?:lift|rais|cut|lower|trim|hik|reduc|nudg)\w*\s+(?:our|its|their|the|his|her)\s+(?:[\w-]+\s+){0,5}(?:forecast|estimate|outlook|projection|guidance)s?"
    r"(?:\s+for\s+[\w\s]{1,30})?\s+by\s+(?:about\s+|some\s+)?$",
    re.I,
)


def was_expected(
    sentence: Sentence,
    change: Change,
    name: str,
    levels: Sequence[tuple[Period, Change]],
    period: Period | None,
) -> tuple[str, Change, Period | None]:
    """ "We lift our 2026 average to $10,800 from $9,600": what was thought before is no forecast now."""
    if change.role == "change" and change.unit == "%" and _OF_FORECAST.search(sentence.text, 0, change.start):
        return f"forecast of {name}", change, period
    if change.role != "before" or not levels or not _REVISES.search(sentence.text):
        return "", change, period
    when, level = levels[-1]
    if change.unit not in ("", level.unit):
        return "", change, period
    return f"previous forecast of {name}", replace(change, unit=level.unit), when


_ANNUAL = re.compile(
    r"\b(?:annual|full[\s-]year|throughout\s+the\s+year|for\s+the\s+(?:full|whole)\s+year)\b|全年", re.I
)


def whole_year(sentence: Sentence, change: Change, period: Period | None) -> Period | None:
    """ "The annual sales volume" after a sentence of December is of that year."""
    if period is None or period.start is None or period.origin != "context" or period.grain != "month":
        return period
    return (
        year(period.start.year, origin="context") if _ANNUAL.search(sentence.text[: change.start]) else period
    )


_RESPECTIVELY = re.compile(r"respectively|分别", re.I)


def nth_month(sentence: Sentence, bunch: list[Change], place: int, period: Period | None) -> Period | None:
    """ "January to July … were 85.4 %, 83.6 %, …": as many numbers as months are one a month."""
    if period is None or period.start is None or period.end is None or len(bunch) < 3:
        return period
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    if count != len(bunch) or not _RESPECTIVELY.search(sentence.text):
        return period
    index = period.start.month - 1 + place
    return month(period.start.year + index // 12, index % 12 + 1, origin=period.origin)


def is_years(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > 366
