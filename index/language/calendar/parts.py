"""Parts of periods, weeks, and years in words: "the last four months of 2021", "week 31", "nineteen ninety-six"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from index.language import periods
from index.language.numerals import TENS, UNITS
from index.language.periods import FoundPeriod, Period

Find = Callable[[str], tuple[FoundPeriod, ...]]
_COUNTS = {**UNITS, **TENS}
_N = rf"\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))}"
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "last": -1, "final": -1,
}  # fmt: skip
_PART = re.compile(
    rf"(?:the\s+)?(?P<which>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:(?P<n>{_N})\s+)?"
    r"(?P<unit>days?|weeks?|months?|quarters?)\s+(?:of|in)\s+(?=\S)",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"\b(?:week|wk)\s+(?:no\.?\s*)?(?P<k>[1-9]|[1-4]\d|5[0-3])\b(?!\s*[%.,]\d)(?:\s+(?:of|in)\s+(?=\S))?",
    re.IGNORECASE,
)
_STARTING = re.compile(
    r"(?:(?:the\s+|a\s+)?week\s+(?:of|beginning|commencing|starting|from)|w/c)\s+(?:on\s+)?(?=\S)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"\b(?:the\s+)?(?P<n>{_N})\s+(?P<way>upcoming|coming|next|following|past|previous|last)\s+(?P<unit>days|weeks|months|years)\b"
    r"|\b(?:the\s+)?(?P<way2>past|last|previous|next|coming)\s+(?P<two>fortnight|couple\s+(?:of\s+)?(?:days|weeks|months|years))\b"
    r"|\bthe\s+week\s+after\s+next\b",
    re.IGNORECASE,
)
_CENTURY = re.compile(r"\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)\s+century\b", re.IGNORECASE)
_TEENS = "|".join(word for word, n in UNITS.items() if n >= 10)
_ONES = "|".join(word for word, n in UNITS.items() if 0 < n < 10)
_REST = rf"(?:{'|'.join(TENS)})(?:[\s-](?:{_ONES}))?|{_TEENS}"
_SPELLED = re.compile(
    rf"\b(?:(?P<month>{'|'.join(periods.MONTHS)})\s+)?(?:(?P<cue>in|since|by|of|until|from|year)\s+)?"
    rf"(?:(?P<teen>sixteen|seventeen|eighteen|nineteen|twenty)[\s-](?P<rest>{_REST})"
    rf"|two\s+thousand(?:\s+and\s+|\s+)?(?P<more>{_REST}|{_ONES})?)\b"
    r"(?!\s+(?:vehicles|cars|units|people|percent|per\s+cent|dollars|euros|yuan|tonnes|hundred|thousand|million|billion|and))",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"\bthe\s+(?:full|whole|current|present)\s+(?:fiscal\s+|financial\s+)?year\b"
    r"|(?<=\bfor )the\s+year\b(?!\s+(?:ended|ending|to|through|of|before|earlier|ago|\d))",
    re.IGNORECASE,
)


def find_parts(text: str, today: date | None, find: Find) -> list[FoundPeriod]:
    """Every such expression, in no order; `find` reads the period that a part is of."""
    low = text.casefold()
    found: list[FoundPeriod] = []
    if any(unit in low for unit in ("week", "month", "day", "quarter", "w/c", "wk ")):
        found += [*_parts(text, find), *_weeks(text, today, find)]
    if today is not None and any(
        word in low for word in ("fortnight", "couple", "ing ", "next", "past", "previous", "last")
    ):
        found += _around(text, today)
    for match in _CENTURY.finditer(text) if "century" in low else ():
        first = (int(match[1]) - 1) * 100
        if first > 0:
            found.append(
                _said(periods.span(date(first, 1, 1), date(first + 100, 1, 1), label=match[0]), match)
            )
    if "teen" in low or "twenty" in low or "two thousand" in low:
        found += _spelled(text)
    if today is not None and "quarter" in low:
        found += _quarters(text, today)
    if today is not None:
        found += [
            _said(periods.year(today.year - _is_over(text, today, match), origin="document date"), match)
            for match in _FULL.finditer(text)
        ]
    return found


_TO_COME = re.compile(
    r"\b(?:expect\w*|will|forecast\w*|guid\w+|outlook|target\w*|plans?|aim\w*|project\w*|anticipat\w*)\b",
    re.IGNORECASE,
)
_RESULTS = 5
"""The last month in which "the full year" is commonly the one before."""


def _is_over(text: str, today: date, match: re.Match[str]) -> bool:
    """ "The full year" in a report of spring that looks back is the year before."""
    if today.month > _RESULTS or re.search(r"current|present", match[0], re.IGNORECASE):
        return False
    return _TO_COME.search(text, max(0, match.start() - 120), match.end() + 40) is None


_QUARTER = re.compile(
    r"\bthe\s+(?:latest|most\s+recent)\s+quarter\b"
    r"|\bthe\s+(?:comparable\s+)?(?P<ago>year-(?:ago|earlier))\s+quarter\b"
    r"|(?:^|\b(?:in|for|during)\s+)(?P<plain>the\s+quarter)\b"
    r"(?!\s+(?:ended|ending|to|through|of|a\s+year|under))",
    re.IGNORECASE,
)


def _quarters(text: str, today: date) -> list[FoundPeriod]:
    """The quarter of accounts: the last that was over on the day of writing, or that of a year before."""
    found = []
    this = periods.quarter(today.year, (today.month + 2) // 3, origin="document date")
    for match in _QUARTER.finditer(text):
        period = periods.shift(this, months=-15 if match["ago"] else -3)
        start = match.start("plain") if match["plain"] else match.start()
        found.append(FoundPeriod(period, start, match.end(), text[start : match.end()]))
    return found


def _said(period: Period, match: re.Match[str], end: int | None = None) -> FoundPeriod:
    text = match.string[match.start() : end or match.end()]
    return FoundPeriod(period, match.start(), match.start() + len(text.rstrip()), text.rstrip())


def _after(text: str, at: int, find: Find) -> FoundPeriod | None:
    """The period that is said right here."""
    window = text[at : at + 60]
    for one in find(window):
        lead = window[: one.start].strip().casefold()
        if lead in ("", "the") and one.period.start and one.period.end:
            return one
    return None


def _parts(text: str, find: Find) -> list[FoundPeriod]:
    found = []
    for match in _PART.finditer(text):
        whole = _after(text, match.end(), find)
        word = match["which"].casefold()
        which = _ORDINALS.get(word) or int(re.sub(r"\D", "", word))
        if whole is None or not (whole.period.start and whole.period.end):
            continue
        count = _number(match["n"]) if match["n"] else 0
        part = part_of(
            whole.period.start, whole.period.end, which, count, match["unit"].casefold().rstrip("s")
        )
        if part is not None:
            label = text[match.start() : match.end() + whole.end]
            found.append(
                _said(
                    periods.span(*part, label=label, origin=whole.period.origin),
                    match,
                    match.end() + whole.end,
                )
            )
    return found


def part_of(start: date, end: date, which: int, count: int, unit: str) -> tuple[date, date] | None:
    """The first or last so many units of a period, or the one of that number; weeks are ISO 8601's."""
    if unit == "week":
        weeks = _thursdays(start, end)
        chosen = _choose(weeks, which, count)
        return (chosen[0] - timedelta(days=3), chosen[-1] + timedelta(days=4)) if chosen else None
    if unit == "day":
        days = [start + timedelta(days=n) for n in range((end - start).days)]
        chosen = _choose(days, which, count)
        return (chosen[0], chosen[-1] + timedelta(days=1)) if chosen else None
    step = 3 if unit == "quarter" else 1
    firsts: list[date] = []
    at = start
    while at < end and len(firsts) < 1200:
        firsts.append(at)
        at = _months_on(at, step)
    chosen = _choose(firsts, which, count)
    return (chosen[0], min(end, _months_on(chosen[-1], step))) if chosen else None


def _choose(units: list[date], which: int, count: int) -> list[date]:
    if count:
        return units[:count] if which == 1 else units[-count:] if which == -1 else []
    return [units[which - 1 if which > 0 else which]] if 0 < abs(which) <= len(units) else []


def _thursdays(start: date, end: date) -> list[date]:
    first = start + timedelta(days=(3 - start.weekday()) % 7)
    return [first + timedelta(days=7 * n) for n in range(max(0, (end - first).days + 6) // 7)]


def _months_on(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _weeks(text: str, today: date | None, find: Find) -> list[FoundPeriod]:
    found = []
    for match in _WEEK.finditer(text):
        linked = match[0].rstrip().casefold().endswith((" of", " in"))
        whole = _after(text, match.end(), find) if linked else None
        year = whole.period.start.year if whole and whole.period.start else today.year if today else 0
        if not year:
            continue
        try:
            monday = date.fromisocalendar(year, int(match["k"]), 1)
        except ValueError:
            continue
        bare = re.sub(r"\s+(?:of|in)\s*$", "", match[0])
        end = match.end() + whole.end if whole else match.start() + len(bare)
        label = text[match.start() : end]
        origin = whole.period.origin if whole else "document date"
        found.append(
            _said(periods.span(monday, monday + timedelta(days=7), label=label, origin=origin), match, end)
        )
    for match in _STARTING.finditer(text):
        day = _after(text, match.end(), find)
        if day and day.period.grain == "day" and day.period.start:
            first = day.period.start
            first -= timedelta(days=first.weekday() if match[0].rstrip().casefold().endswith("of") else 0)
            week = periods.span(first, first + timedelta(days=7), origin=day.period.origin)
            found.append(_said(week, match, match.end() + day.end))
    return found


def _around(text: str, today: date) -> list[FoundPeriod]:
    found = []
    for match in _AROUND.finditer(text):
        if match["n"] is None and match["two"] is None:
            monday = today - timedelta(days=today.weekday()) + timedelta(days=14)
            found.append(
                _said(periods.span(monday, monday + timedelta(days=7), origin="document date"), match)
            )
            continue
        count = _number(match["n"]) if match["n"] else 2
        unit = (match["unit"] or match["two"].split()[-1]).casefold()
        if unit == "fortnight":
            unit = "weeks"
        ahead = (match["way"] or match["way2"]).casefold() in ("upcoming", "coming", "next", "following")
        end = _moved(today, count if ahead else -count, unit)
        span = (today + timedelta(days=1), end + timedelta(days=1)) if ahead else (end, today)
        found.append(_said(periods.span(*span, origin="document date"), match))
    return found


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("days", "weeks"):
        return day + timedelta(days=count * (7 if unit == "weeks" else 1))
    moved = periods.shift(periods.day(day), months=count * (12 if unit == "years" else 1)).start
    return moved or day


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.casefold()]


def _spelled(text: str) -> list[FoundPeriod]:
    """Years in words: after a month, "in", "since" or "the year", or in pairs: "nineteen ninety-six"."""
    found = []
    for match in _SPELLED.finditer(text):
        if match["teen"]:
            year = 100 * UNITS.get(match["teen"].casefold(), 20) + _rest(match["rest"])
        elif match["cue"] or match["month"]:
            year = 2000 + (_rest(match["more"]) if match["more"] else 0)
        else:
            continue
        if match["teen"] and match["teen"].casefold() == "twenty" and not (match["cue"] or match["month"]):
            continue
        start = match.start("month") if match["month"] else match.start("teen") if match["teen"] else -1
        if start < 0:
            start = match.start() + match[0].casefold().index("two thousand")
        period = periods.year(year)
        if match["month"]:
            period = periods.month(
                year, [m.casefold() for m in periods.MONTHS].index(match["month"].casefold()) + 1
            )
        found.append(FoundPeriod(period, start, match.end(), text[start : match.end()]))
    return found


def _rest(words: str) -> int:
    return sum(_COUNTS[word] for word in re.split(r"[\s-]+", words.casefold()))
