# ruff: noqa: E501
"""Periods as questions say them: relative to the day, with or without a year, one or several."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from index.language.periods import FoundPeriod, Period, find_periods, month, months, undated, year

_RELATIVE = re.compile(
    r"\b(?:this|last|previous|past|current|next|ago|yesterday|today|same|prior|earlier)\b|今年|去年|前年|上月|本月|上个月|这个月|同月",
    re.I,
)
_MONTH_NAME = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|月|\b\d{4}-\d{1,2}(?!\d)", re.I
)
SAME_LAST_YEAR = re.compile(
    r"\b(?:(?:in|during|for) )?(?:the )?same (?:month|period|time) (?:of |in )?(?:the )?(?:last|previous|prior) year\b|去年同[月期]",
    re.I,
)
RELEASE = re.compile(
    r"\b(?:(?:19|20)\d\d\s*(?:vs\.?|versus|and|or|&|/|,)\s*)*(?:19|20)\d\d(?='?s?\s+(?:reports?|releases?|editions?|outlooks?|surveys?)\b)",
    re.I,
)
"""The years of a report, which are no periods: "the 2024 and 2025 releases"."""
_ON_RECORD = (
    r"(?:data|figures?|numbers?|stats|held|available|on record|covered|reported|have|has|got|go(?:es)?)"
)
LAST_HELD = re.compile(
    rf"\b(?:last|latest|newest|most recent) (?P<grain>month|quarter|year|period|date)\b(?=.*\b{_ON_RECORD}\b)"
    r"|\bhow (?:recent|current|up[- ]to[- ]date|fresh) (?:is|are) (?:all )?(?:the|this|your|these|its) (?:data|figures?|numbers?)\b"
    rf"|\b(?:until|till|up to) (?:when|what|which)\b(?=.*\b{_ON_RECORD}\b)|最新的?数据(?:是|到)(?:哪|几|什么)",
    re.I,
)
"""The newest period that figures are held for, which is no "last month" of the day."""
OF_WHEN = re.compile(
    r"\b(?:what|which) (?:years?|periods?|dates?|months?|time) (?:are|is|do|does) (?:all )?(?:the|these|those|this|your|its)"
    r" (?:figures?|data|numbers?|stats|statistics)\b|(?:数据|数字)是(?:哪|什么)一?(?:年|时期|时候)",
    re.I,
)
YEAR_BEFORE = re.compile(
    r"\b(?:the |one |a )?(?:year|month) (?:before|earlier|prior)(?: that)?\b|\b(?:the )?(?:previous|prior|preceding) (?:year|month)\b"
    r"|前一年|上一年",
    re.I,
)
_PAIR = re.compile(
    r"\b(?:from|between)\b.+\b(?:to|and|until|till)\b|->|→|\bvs?\b|\bversus\b|\bto\b|从.+到", re.I
)


def find_asked(text: str, today: date) -> tuple[FoundPeriod, ...]:
    """The periods of a question; a month without a year has no year, for the latest held is meant."""
    by_day = {(found.start, found.end): found for found in find_periods(text, today=today)}
    plain = {(found.start, found.end): found for found in find_periods(text, today=None)}
    found = []
    for span in sorted(by_day.keys() | plain.keys()):
        dated, bare = by_day.get(span), plain.get(span)
        said = text[span[0] : span[1]]
        if _NOW.fullmatch(said):
            continue
        if bare is not None and not _RELATIVE.search(said):
            found.append(bare)
        elif dated is not None:
            found.append(dated)
    return tuple(_of_named_year(_apart([*found, *_so_far(text), *_quarters(text, found)])))


_NOW = re.compile(r"(?:as of )?today|now|今天", re.I)
"""No period, but the wish for the latest."""
_QUARTER = re.compile(r"\bq(?P<n>[1-4])\b(?!\s*['’]?\d)", re.I)


def _quarters(text: str, found: list[FoundPeriod]) -> list[FoundPeriod]:
    """A "q2" without its year, as of a month without one."""
    taken = [(one.start, one.end) for one in found]
    return [
        FoundPeriod(undated(3 * int(said["n"]) - 2, 3 * int(said["n"])), *said.span(), said.group())
        for said in _QUARTER.finditer(text)
        if not any(start < said.end() and said.start() < end for start, end in taken)
    ]


_THE_YEAR = re.compile(r"the (?:(?:full|whole|entire) )?year", re.I)


def _of_named_year(found: list[FoundPeriod]) -> list[FoundPeriod]:
    """ "The year" beside a month that names its own is that one: "was Oct 2024 above the average for the year"."""
    years = {one.period.start.year for one in found if one.period.start and not _THE_YEAR.fullmatch(one.text)}
    if len(years) != 1:
        return found
    named = year(years.pop())
    return [replace(one, period=named) if _THE_YEAR.fullmatch(one.text) else one for one in found]


def find_earlier(text: str, found: list[FoundPeriod]) -> list[tuple[int, int]]:
    """Where a text says "a year earlier" of the other period that it names: no period of its own."""
    spans = [(one.start, one.end) for one in found if YEAR_BEFORE.fullmatch(one.text.strip(" ,"))]
    others = [one for one in found if (one.start, one.end) not in spans]
    if len(spans) != 1 or not others:
        return []
    joined = _JOINED.search(text, 0, spans[0][0])
    return [] if joined and all(one.period.start for one in others) else spans


_JOINED = re.compile(
    r"(?:\b(?:and|or|vs\.?|versus|to|than|from|between|over|with|against)|和|与|比)\s*$", re.I
)
_TEN = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_MONTHS_SO_FAR = re.compile(
    rf"\b(?:the|these|those|all)\s+(?P<n>\d{{1,2}}|{'|'.join(_TEN)})[\s-]months?\b"
    r"(?!\s+(?:ago|before|earlier|later|after|prior|to)\b)",
    re.I,
)
"""The months that an article tells of, from January on: "over the 10 months", "the 10-month average"."""


def _so_far(text: str) -> list[FoundPeriod]:
    found = []
    for said in _MONTHS_SO_FAR.finditer(text):
        word = said["n"].casefold()
        last = int(word) if word.isdigit() else _TEN.index(word) + 2
        if 2 <= last <= 11:
            found.append(FoundPeriod(undated(1, last), *said.span(), said.group()))
    return found


def asks_recency(text: str) -> bool:
    """Whether a text asks of when the figures held are, of whatever they are."""
    return LAST_HELD.search(text) is not None or OF_WHEN.search(text) is not None


_SHORT = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?", re.I)
_LONG = re.compile(r"\b(january|february|april|june|july|august|september|october|november|december)\b", re.I)
_FULL = {name[:3].casefold(): name for name in (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December")}  # fmt: skip


_MAY = re.compile(
    r"(?:(?<=^)|(?<=\b(?:in|of|to|by|or|vs|is)\s)|(?<=\b(?:for|and|was|did|the)\s)|(?<=\b(?:from|than|last|this|less)\s)"
    r"|(?<=\b(?:since|until|minus)\s)|(?<=[-–,]\s)|(?<=[-–]))(?P<m>may|march)\b(?!\s+(?:be|have|not|i|we|you|they|it|he|she)\b)"
    r"|\b(?P<end>may|march)(?=\s*(?:[?.!,]|$)|\s+(?:alone|'?\d\d|to|vs|and|or|than|n?evs?|sales|production|output|yoy|mom|figures?)\b)"
    r"|\bmar\b(?P<short>)",
    re.I,
)
"""The months that are words besides: "in may", "may sales", "jan-may", but not "may be", "cells may cost"."""


def spell_months(text: str) -> str:
    """Months as documents write them: "oct" becomes "October", "in may" is no verb."""
    text = _MAY.sub(lambda found: found.group().capitalize(), text)
    text = _SHORT.sub(lambda found: _FULL[found[1][:3].casefold()], text)
    return _LONG.sub(lambda found: found[1].capitalize(), text)


def join_years(periods: list[Period]) -> list[Period]:
    """A month and years said apart are one: "Oct NEV sales 2024 vs 2025" asks for two Octobers."""
    periods = _in_one_year(_narrower(periods))
    bare = [period for period in periods if _without_year(period)]
    years = [period for period in periods if period.grain == "year" and period.start]
    if len(bare) != 1 or not years or len(bare) + len(years) != len(periods):
        return periods
    first, last = _without_year(bare[0]) or (1, 12)
    return [months(period.start.year, first, last) for period in years if period.start]


def _narrower(periods: list[Period]) -> list[Period]:
    """ "1-7月 2018" names one period, and its year once more."""
    if len(periods) != 2:
        return periods
    for one, other in ((periods[0], periods[1]), (periods[1], periods[0])):
        if (
            one.start and one.end and other.start and other.end
            and other.grain == "year" and one.grain != "year"
            and other.start <= one.start and one.end <= other.end
        ):  # fmt: skip
            return [one]
    return periods


def _in_one_year(periods: list[Period]) -> list[Period]:
    """Of two periods, with what one leaves to the other: "Q3 vs Q2 2025", "January to October 2025 vs 2024"."""
    if len(periods) != 2:
        return periods
    dated = next((one for one in periods if one.start and one.grain != "year"), None)
    if dated is None or dated.start is None or dated.end is None:
        return periods
    other = periods[1 - periods.index(dated)]
    if other.start is None:
        return [with_year(one, dated) for one in periods]
    last = (dated.end - timedelta(days=1)).month
    plain = dated.start.day == dated.end.day == 1 and (dated.end - dated.start).days < 366
    if (
        other.grain != "year"
        or not plain
        or other.start.year == dated.start.year
        or dated.start.year > dated.end.year
    ):
        return periods
    return [dated if one is dated else months(other.start.year, dated.start.month, last) for one in periods]


def _without_year(period: Period) -> tuple[int, int] | None:
    """The months of a period that was said without its year."""
    if period.months is not None and period.start is None:
        return period.months
    if period.grain == "month" and period.origin == "context" and period.start:
        return period.start.month, period.start.month
    return None


def _apart(found: list[FoundPeriod]) -> list[FoundPeriod]:
    kept: list[FoundPeriod] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def split_span(text: str, period: Period, *, years: bool = False) -> tuple[Period, ...]:
    """The two ends of "from 2019 to 2020" or "between September and October 2021", for a change between them.

    With `years` also those of "2018-2024".
    """
    if period.start is None or period.end is None:
        return (period,)
    if not _PAIR.search(text) and not (years and _is_years(period)):
        return (period,)
    by_month = bool(_MONTH_NAME.search(text)) and not _is_years(period)
    if _is_years(period) and not _MONTH_NAME.search(text):
        first, last = period.start.year, period.end.year - 1
        return (year(first), year(last)) if last > first else (period,)
    if by_month:
        last_day = period.end.toordinal() - 1
        end = date.fromordinal(last_day)
        first_month, last_month = month(period.start.year, period.start.month), month(end.year, end.month)
        return (first_month, last_month) if first_month != last_month else (period,)
    return (period,)


def _is_years(period: Period) -> bool:
    start, end = period.start, period.end
    return bool(start and end and (start.month, start.day, end.month, end.day) == (1, 1, 1, 1))


def with_year(period: Period, of: Period) -> Period:
    """A month that no year was said with, in the year that the thread speaks of."""
    if period.months is None or of.start is None or period.start is not None:
        return period
    return months(of.start.year, *period.months, origin="context")
