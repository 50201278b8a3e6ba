"""Periods: half-open intervals of the calendar, with how they are known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "quarter", "half", "year", "span", "point", "unknown"]
Origin = Literal["stated", "context", "document date", "inferred", "unknown"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """`start` is inclusive, `end` exclusive; both None when nobody states the year."""

    start: date | None
    end: date | None
    label: str
    """In words: "October 2021", "January to October 2021", "October (year not stated)"."""
    grain: Grain
    cumulative: bool = False
    """From the year's start to short of its end: "January to October", "year to date"."""
    origin: Origin = "stated"
    months: tuple[int, int] | None = None
    """First and last month (1 to 12) of a period whose year nobody states; None for any other."""


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A period said in a text. `text == source[start:end]`."""

    period: Period
    start: int
    end: int
    text: str


NOT_STATED = Period(None, None, "period not stated", "unknown", origin="unknown")


def find_periods(
    text: str, *, today: date | None, year: int | None = None, context: Period | None = None
) -> tuple[FoundPeriod, ...]:
    """Every period of a text, in order.

    `today` is the document's date or the question's day, `year` a year known from metadata, `context` the period
    that the text before speaks of.
    """
    from index.language.calendar import find

    return find(text, today=today, year=year, context=context)


def day(when: date, *, origin: Origin = "stated") -> Period:
    after = when + timedelta(days=1) if when < date.max else when
    return Period(when, after, f"{when.day} {MONTHS[when.month - 1]} {when.year}", "day", origin=origin)


def month(y: int, m: int, *, origin: Origin = "stated") -> Period:
    return Period(_first(y, m), _first(y, m + 1), f"{MONTHS[m - 1]} {y}", "month", origin=origin)


def quarter(y: int, q: int, *, origin: Origin = "stated") -> Period:
    return Period(_first(y, 3 * q - 2), _first(y, 3 * q + 1), f"Q{q} {y}", "quarter", origin=origin)


def half(y: int, h: int, *, origin: Origin = "stated") -> Period:
    words = ("first half of", "second half of")[h - 1]
    return Period(_first(y, 6 * h - 5), _first(y, 6 * h + 1), f"{words} {y}", "half", h == 1, origin)


def year(y: int, *, origin: Origin = "stated") -> Period:
    return Period(_first(y, 1), _first(y + 1, 1), str(y), "year", origin=origin)


def span(start: date, end: date, *, label: str = "", origin: Origin = "stated") -> Period:
    """Any interval; whole months and years get the words of their first and last."""
    grain: Grain = "span"
    cumulative = (start.month, start.day) == (1, 1) and start < end <= date(start.year, 12, 31)
    return Period(start, end, label or span_label(start, end), grain, cumulative, origin)


def point(when: date, words: str, *, origin: Origin = "stated") -> Period:
    """A moment at which a stock is counted: "the end of June 2018"."""
    return Period(when, when + timedelta(days=1), words, "point", origin=origin)


def months(y: int, first: int, last: int, *, origin: Origin = "stated") -> Period:
    """January to October: from one month of a year through another."""
    after = y if last >= first else y + 1
    if first == last:
        return month(y, first, origin=origin)
    if (first, last) == (1, 12):
        return year(y, origin=origin)
    return span(_first(y, first), _first(after, last + 1), origin=origin)


def months_in(period: Period) -> tuple[int, int] | None:
    """First and last month of a period inside one year."""
    if period.start is None or period.end is None:
        return period.months
    last = period.end - timedelta(days=1)
    whole = period.start.day == 1 and period.end.day == 1
    return (period.start.month, last.month) if whole and last.year == period.start.year else None


def undated(first: int, last: int) -> Period:
    """Months whose year nobody states."""
    name = MONTHS[first - 1] if first == last else f"{MONTHS[first - 1]} to {MONTHS[last - 1]}"
    if (first, last) == (1, 12):
        name = "a year"
    grain: Grain = "month" if first == last else "year" if (first, last) == (1, 12) else "span"
    cumulative = first == 1 and 1 < last < 12
    return Period(None, None, f"{name} (year not stated)", grain, cumulative, "unknown", (first, last))


def span_label(start: date, end: date) -> str:
    last = end - timedelta(days=1)
    if start.day == 1 and end.day == 1:
        if start.month == 1 and end.month == 1:
            return f"{start.year} to {last.year}" if last.year != start.year else str(start.year)
        first = MONTHS[start.month - 1] + ("" if start.year == last.year else f" {start.year}")
        return f"{first} to {MONTHS[last.month - 1]} {last.year}"
    return f"{day(start).label} to {day(last).label}"


def shift(period: Period, *, years: int = 0, months: int = 0) -> Period:
    """The same period of another year, or some months before or after."""
    if period.start is None or period.end is None:
        return period
    start, end = _moved(period.start, 12 * years + months), _moved(period.end, 12 * years + months)
    moved = replace(period, start=start, end=end, label=_label_of(period.grain, start, end, period.label))
    return replace(moved, cumulative=period.cumulative and start.month == 1)


def _label_of(grain: Grain, start: date, end: date, old: str) -> str:
    if grain == "month":
        return month(start.year, start.month).label
    if grain == "quarter" and start.month % 3 == 1:
        return quarter(start.year, (start.month + 2) // 3).label
    if grain == "half" and start.month in (1, 7):
        return half(start.year, 1 if start.month == 1 else 2).label
    if grain == "year" and start.month == 1:
        return str(start.year)
    if grain in ("day", "point"):
        return day(start).label
    return span_label(start, end) if old else ""


def _moved(when: date, months: int) -> date:
    index = when.year * 12 + when.month - 1 + months
    y, m = divmod(index, 12)
    last = (_first(y, m + 2) - timedelta(days=1)).day
    return date(y, m + 1, min(when.day, last))


def _first(y: int, m: int) -> date:
    """The first day of a month; months past December belong to the next year."""
    y, m = y + (m - 1) // 12, (m - 1) % 12 + 1
    return date(min(max(y, 1), 9999), m, 1)
