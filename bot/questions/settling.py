"""What is done with which periods, once everything that a question says is known."""

from __future__ import annotations

import re
from datetime import date

from bot.questions import Operation
from bot.questions.asked import LAST_HELD, join_years, split_span
from bot.questions.operations import Wanted
from index.language.periods import Period, span, year

COUNTED = ("", "what", "how many", "how much", "list")
"""What a question for a series expects: "exports since 2020" is one, "who has led since 2020" is none."""
_BETWEEN = ("change", "difference", "cagr", "compare", "ratio", "value")
"""Operations that a span may give two ends to; a plain "from January to October" is the months together."""

_TWO_ENDS = ("change", "difference", "cagr")
_ORDERED = ("compare", "difference", "change")
_FROM = re.compile(r"\b(?:from|between|since)\b|从|自", re.I)
_JOINED = re.compile(r"\bvs?\b|\bor\b|\band\b|和|与")
_SINCE = re.compile(r"\bsince\b|以来", re.I)
_TOTAL = re.compile(r"\btotal\b|总共|一共", re.I)
_YEAR = 365


def settle(
    text: str,
    wanted: Wanted,
    periods: list[Period],
    today: date,
    *,
    parted: bool,
    counted: bool,
    regions: int,
    metrics: int,
) -> tuple[Operation, tuple[Period, ...]]:
    """The operation and its periods; `parted`: a part is asked for, `counted`: a series may be."""
    asked = _of_year(text, periods) if wanted.operation == "share" else []
    asked = asked or _ends(text, wanted, join_years(periods), several=metrics > 1)
    operation = _operation(text, "share" if parted else wanted.operation, wanted, asked, counted=counted)
    if operation == "base":
        asked = asked[-1:]
    if operation in _ORDERED and len(asked) == 2:
        asked = _in_order(asked)
    if operation == "series" and len(asked) == 1 and asked[0].start and _SINCE.search(text):
        asked = [span(asked[0].start, max(today, asked[0].start))]
    if operation in ("value", "compare") and regions > 1 and len(asked) < 2 and _TOTAL.search(text):
        operation = "sum"
    return operation, tuple(asked)


def _in_order(asked: list[Period]) -> list[Period]:
    """Two periods by their time; months without a year by their place in it."""
    if all(one.start for one in asked):
        return sorted(asked, key=lambda one: one.start or date.min)
    if all(one.start is None and one.months and one.months[0] == one.months[1] for one in asked):
        return sorted(asked, key=lambda one: one.months or (0, 0))
    return asked


_WHOLE_YEAR = re.compile(
    r"\bof (?:the |that |its )?(?:(?:full|whole|entire|same) )?(?:year|annual|yearly)\b|占全年", re.I
)


def _of_year(text: str, periods: list[Period]) -> list[Period]:
    """A part of a year and the year, where its share is asked for: "December 2024 as percent of the full year"."""
    years = [one.start.year for one in periods if one.start]
    if len(years) == len(periods) == 2 and years[0] == years[1]:
        return periods
    parts = [one for one in periods if one.start and one.grain != "year"]
    if len(parts) == 1 and parts[0].start and _WHOLE_YEAR.search(text):
        return [parts[0], year(parts[0].start.year)]
    return []


_GROWTH = re.compile(
    r"\b(?:growth|grow|grew|grown|change|increase|rise|rose|up|down|fell|drop)\b.*"
    r"\b(?:vs\.?|versus|against|compared (?:to|with))\s+(?:19|20)\d\d\s*\??$",
    re.I,
)
"""Growth "vs 2022", which is of the year after."""


def _ends(text: str, wanted: Wanted, asked: list[Period], *, several: bool) -> list[Period]:
    """The two ends of a span, where it is the change between them that is asked for; not of `several` metrics."""
    plain = wanted.operation == "value" and asked and asked[0].cumulative
    of_whole = wanted.basis in ("yoy", "mom", "qoq") or (
        wanted.operation == "change" and _is_in_year(asked) and not _FROM.search(text)
    )
    if several and _is_in_year(asked):
        return asked
    if len(asked) == 1 and asked[0].start and asked[0].grain == "year" and _GROWTH.search(text):
        return [asked[0], year(asked[0].start.year + 1)]
    if len(asked) == 1 and not plain and not of_whole and wanted.operation in _BETWEEN:
        return list(split_span(text, asked[0], years=wanted.operation in _TWO_ENDS))
    return asked


def _operation(
    text: str, operation: Operation, wanted: Wanted, asked: list[Period], *, counted: bool
) -> Operation:
    if operation == "value" and LAST_HELD.search(text):
        operation = "latest"
    since = counted and bool(asked) and _SINCE.search(text) is not None
    if operation == "value" and len(asked) <= 1 and (_is_by(wanted.per, asked) or since):
        return "series"
    if operation in ("value", "latest") and len(asked) >= 2:
        return "compare" if _JOINED.search(text) else "change"
    return operation


def _is_by(per: str, asked: list[Period]) -> bool:
    """Whether a grain asks for a line of figures: "monthly" in a year, and not of the one month that is asked about."""
    return bool(per) and not (asked and asked[0].grain == per)


def _is_in_year(asked: list[Period]) -> bool:
    """Whether the one period is of months of a year: "growth January to October" is that of all of them."""
    one = asked[0] if len(asked) == 1 else None
    return bool(one and one.start and one.end and (one.end - one.start).days < _YEAR)
