# ruff: noqa: PLR0911
"""What is known of the year while a text is read, and the year of what names none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.language import periods
from index.language.calendar.forms import Y
from index.language.numerals import TENS, UNITS
from index.language.periods import Origin, Period

_NUMBERS = {**UNITS, **TENS, "a": 1, "an": 1, "the": 1, "few": 3, "several": 3}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
    "latter": 2,
}
_MONTH_KEYS = {name.lower()[:3]: place + 1 for place, name in enumerate(periods.MONTHS)}


@dataclass(slots=True)
class Clock:
    """What is known of the year while a text is read: its date, its metadata, and the periods said before."""

    today: date | None
    given: int | None
    text: str
    last: Period | None = None
    """The last period whose year the text states."""
    recent: Period | None = None
    """The last period whose dates are known, from whatever."""
    first: Period | None = None
    """The first of them."""


Reading = Callable[[re.Match[str], Clock], Period | None]


_STATED_YEAR = re.compile(rf"(?<![\d.,$€£/+-])({Y})(?![\d,%]|\s?年?底)")


_APART = re.compile(
    r"(?:\b(?:same|corresponding|comparable)\s+\w+\s+(?:of|in)|\b(?:end|start|close|beginning)\s+of|\bby|\bfor|[Qq][1-4]|9M|H[12])\s*$"
)
"""Before a year that says nothing of months named elsewhere: "the same quarter of 2020", a goal "for 2025"."""


def first_year(text: str, today: date | None = None) -> Period | None:
    """The one year that a text speaks of, for months that name none; goals' and comparisons' years aside."""
    years = {
        found.group(1)
        for found in _STATED_YEAR.finditer(text)
        if not is_compared(text, found.start())
        and not (
            today
            and int(found.group(1)) != today.year
            and _APART.search(text, max(0, found.start() - 26), found.start())
        )
    }
    return periods.year(int(years.pop())) if len(years) == 1 else None


_MONTH_BEFORE = re.compile(rf"(?:{'|'.join(periods.MONTHS)}|[Qq][1-4]|quarter of|half of)\s*$")
RATE_ON = re.compile(
    r"(?:%|\bper\s?cent|\bpoints?|\b(?:up|down|higher|lower|more|less|fewer))\s+on\s+(?:the\s+)?$", re.I
)


_AMOUNT_BEFORE = re.compile(
    r"\b(?:from|against|versus|compared\s+(?:with|to))\s+[^,;.\d]{0,12}\d[\d.,]*(?:\s?%|/\w+|\s\w+){0,3}(?:\s+in\s*)?$",
    re.I,
)


def is_compared(text: str, at: int) -> bool:
    """Whether what stands here is only compared with: "down 11 % on October 2024", "below the level of May 2023"."""
    lead = text[max(0, at - 44) : at]
    lead = lead[: found.start()] if (found := _MONTH_BEFORE.search(lead)) else lead
    return bool(AFTER_THAN.search(lead[-16:]) or RATE_ON.search(lead) or _AMOUNT_BEFORE.search(lead))


def month_number(word: str) -> int:
    return _MONTH_KEYS[word.strip(". ").lower()[:3]]


def number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else _NUMBERS[word]


def short_year(word: str) -> int:
    number = int(word)
    return number if number > 99 else 2000 + number if number < 50 else 1900 + number


def relative_year(word: str, clock: Clock) -> tuple[int, Origin] | None:
    """ "this year", "last year", 去年: a year counted from the document's date, or from the year it speaks of."""
    word = " ".join(word.lower().split())
    step = (
        -1
        if re.search(r"last|previous|prior|去年|上年", word)
        else 1
        if re.search(r"next|following|明年", word)
        else -2
        if word == "前年"
        else 0
    )
    if (
        ("previous" in word or "following" in word or "same" in word or word in ("同年", "当年", "上年"))
        and clock.last
        and clock.last.start
    ):
        return clock.last.start.year + step, "context"
    if clock.today:
        return clock.today.year + step, "document date"
    if clock.given:
        return clock.given + step, "inferred"
    return None


AFTER_THAN = re.compile(
    r"(?:from|than|versus|vs\.?|with|over|against|(?:level|number|amount|figure|that|those|as|than)\s+(?:of|in)|比|较)\s*$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|expected to|plans? to|is set to|by|until|before|next|due in|scheduled)\b[^.;]{0,40}$", re.I
)


_TURN = 10
"""Months between a December spoken of and a January or February: that of the year after, if it is over."""


_AMOUNT_IN = re.compile(
    r"\b(?:from|against|versus|compared\s+(?:with|to)|than)\s+[^,;.\d]{0,20}\d[\d.,]*(?:\s?%|\s\w+){0,2}\s+in\s+$",
    re.I,
)
"""Before a month that an amount is compared with: "down from 15,815 in December"."""


def _year_for(first: int, last: int, match: re.Match[str], clock: Clock) -> tuple[int, Origin] | None:
    """The year of months that name none: the nearest to the context's months, or the latest by the document's date."""
    context = clock.last
    name = periods.MONTHS[first - 1]
    against = re.compile(rf"\b{name}\s+(20\d\d)\b").search(clock.text, match.end()) if first == last else None
    if against and is_compared(clock.text, against.start()):
        return int(against[1]) + 1, "context"
    main = clock.first
    if main and main.start and main.grain == "month" and _AMOUNT_IN.search(clock.text, 0, match.start()):
        return main.start.year - (first > main.start.month), "context"
    if context and context.start and context.end:
        y = context.start.year
        if context.grain == "month":
            choices = (
                (y, y - 1)
                if AFTER_THAN.search(clock.text, max(0, match.start() - 12), match.start())
                else (y,)
            )
            if (context.start.month, 1) < (first, 0) and len(choices) == 2:
                return choices[1], "context"
            if clock.today and context.start.month - last >= _TURN and date(y + 1, last, 1) < clock.today:
                return y + 1, "context"
            return y, "context"
        if (context.end - context.start).days <= 366 and context.grain != "day":
            return y, "context"
    if clock.today:
        now = clock.today
        if _FUTURE.search(clock.text[max(0, match.start() - 50) : match.start()]) and last >= now.month:
            return now.year, "document date"
        return (now.year if last <= now.month else now.year - 1), "document date"
    if clock.given:
        return clock.given, "inferred"
    return None


def in_year(
    match: re.Match[str], clock: Clock, stated: str | None, relative: str | None, first: int, last: int
) -> tuple[int, Origin] | None:
    if stated:
        return short_year(stated), "stated"
    if relative:
        return relative_year(relative, clock)
    return _year_for(first, last, match, clock)


def months(known: tuple[int, Origin] | None, first: int, last: int) -> Period:
    if known is None:
        return periods.undated(first, last)
    return periods.months(known[0], first, last, origin=known[1])
