# ruff: noqa: PLR0911
"""Periods counted from the day of writing or from the period before: "last year", "the same month", "ytd"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from index.language import periods
from index.language.calendar.clock import Clock, Reading, number, relative_year
from index.language.periods import Origin, Period

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def same(m: re.Match[str], clock: Clock) -> Period | None:
    relative = m["sa_r"]
    base = clock.last or clock.recent
    finer = clock.first if clock.first and clock.first.grain in ("month", "quarter") else None
    aside = clock.last is None and base is not None and base.origin == "context"  # itself only compared with
    base = finer if finer and base and (base.grain == "year" or aside) else base
    if relative and relative[:2] in ("19", "20") and base and base.start:
        return periods.shift(replace(base, origin="context"), years=int(relative) - base.start.year)
    if (
        relative
        and "this" not in relative
        and base
        and base.start
        and base.grain in ("month", "quarter", "half", "span")
    ):
        return periods.shift(replace(base, origin="context"), years=-1)
    if relative and not base:
        known = relative_year(relative, clock)
        return periods.year(known[0], origin=known[1]) if known else None
    return replace(base, origin="context") if base and not relative else None


def _is_of_late(base: Period | None, clock: Clock) -> bool:
    """Whether "a year ago" is said beside a month or quarter of late: it is that of the year before."""
    if (
        base is None
        or base.end is None
        or clock.today is None
        or base.grain not in ("month", "quarter", "half")
    ):
        return False
    return abs((clock.today - base.end).days) <= _LATE


_LATE = 200


def ago(m: re.Match[str], clock: Clock) -> Period | None:
    now = clock.today
    if m["ag_e"]:
        step = {"yesterday": -1, "today": 0, "tomorrow": 1}[m["ag_e"].lower()]
        return periods.day(now + timedelta(days=step), origin="document date") if now else None
    n, unit = number(m["ag_n"]), m["ag_u"].lower()
    base = clock.last or clock.recent
    counted = m["ag_w"].lower() != "ago" or _is_of_late(base, clock)
    if counted and base and base.start and unit in ("year", "month", "quarter"):
        return periods.shift(
            replace(base, origin="context"), months=-n * {"year": 12, "quarter": 3, "month": 1}[unit]
        )
    if now is None:
        return None
    if unit in ("week", "day"):
        return periods.day(now - timedelta(days=n * (7 if unit == "week" else 1)), origin="document date")
    if unit == "month":
        return periods.shift(periods.month(now.year, now.month, origin="document date"), months=-n)
    if unit == "quarter":
        return periods.shift(
            periods.quarter(now.year, (now.month + 2) // 3, origin="document date"), months=-3 * n
        )
    return periods.year(now.year - n * (10 if unit == "decade" else 1), origin="document date")


def ytd(m: re.Match[str], clock: Clock) -> Period | None:
    if m["yt_y"] and (clock.today is None or clock.today.year != int(m["yt_y"])):
        return periods.year(int(m["yt_y"]))
    month = next((one for one in (clock.recent, clock.last) if one and one.grain == "month"), None)
    if month and month.start:
        return periods.months(month.start.year, 1, month.start.month, origin="context")
    if clock.today is None:
        return None
    return periods.span(date(clock.today.year, 1, 1), clock.today + timedelta(days=1), origin="document date")


def rel_n(m: re.Match[str], clock: Clock) -> Period | None:
    now = clock.today
    if now is None or m["rn_n"].lower() in ("few", "several"):
        return None
    n, unit, ahead = (
        number(m["rn_n"]),
        m["rn_u"].lower(),
        m["rn_w"].lower() in ("next", "coming", "following"),
    )
    if unit == "days":
        return (
            periods.span(now + timedelta(days=1), now + timedelta(days=n + 1), origin="document date")
            if ahead
            else periods.span(now - timedelta(days=n), now, origin="document date")
        )
    if unit == "weeks":
        return (
            periods.span(now + timedelta(days=1), now + timedelta(days=7 * n + 1), origin="document date")
            if ahead
            else periods.span(now - timedelta(days=7 * n), now, origin="document date")
        )
    if unit == "quarters":  # whole ones: "the last two quarters" of 4 July are those to the end of June
        this = periods.quarter(now.year, (now.month + 2) // 3)
        first, after = (periods.shift(this, months=3 * k) for k in ((1, n) if ahead else (-n, -1)))
        return (
            periods.span(first.start, after.end, origin="document date")
            if first.start and after.end
            else None
        )
    length = n * {"years": 12, "months": 1, "quarters": 3, "decades": 120}[unit]
    other = periods.shift(periods.day(now), months=length if ahead else -length).start
    if other is None:
        return None
    start, end = (now + timedelta(days=1), other + timedelta(days=1)) if ahead else (other, now)
    return periods.span(start, end, origin="document date")


_UNIT_STEPS = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "prior": -1,
    "preceding": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def rel(m: re.Match[str], clock: Clock) -> Period | None:
    return rel_unit(m["re_w"].lower().split()[-1], m["re_u"].lower(), clock)


def rel_unit(word: str, unit: str, clock: Clock) -> Period | None:
    step = _UNIT_STEPS.get(word, 0)
    if unit.endswith("year") and not unit.startswith("half"):
        known = relative_year(f"{word} year", clock)
        return periods.year(known[0], origin=known[1]) if known else None
    base = clock.last
    now = (
        base.start
        if word in ("previous", "preceding", "prior", "same", "following") and base and base.start
        else clock.today
    )
    if now is None:
        return None
    origin: Origin = "document date" if now is clock.today else "context"
    if unit == "month":
        return periods.shift(periods.month(now.year, now.month, origin=origin), months=step)
    if unit == "quarter":
        return periods.shift(periods.quarter(now.year, (now.month + 2) // 3, origin=origin), months=3 * step)
    if unit in ("week", "weekend"):
        monday = now - timedelta(days=now.weekday()) + timedelta(days=7 * step)
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return replace(periods.span(first, monday + timedelta(days=7), origin=origin), grain="week")
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        start = (now.year // length + step) * length
        return periods.span(date(start, 1, 1), date(start + length, 1, 1), origin=origin)
    return None


def weekday(m: re.Match[str], clock: Clock) -> Period | None:
    if clock.today is None:
        return None
    number, word = _WEEKDAYS.index(m["wd"].lower()), (m["wd_r"] or "").lower()
    monday = clock.today - timedelta(days=clock.today.weekday())
    if word in ("next", "last", "this"):
        when = monday + timedelta(days=number + {"next": 7, "last": -7, "this": 0}[word])
    else:
        when = clock.today - timedelta(days=(clock.today.weekday() - number) % 7)
    return periods.day(when, origin="document date")


READINGS: dict[str, Reading] = {
    "same": same, "ago": ago, "ytd": ytd, "rel_n": rel_n, "rel": rel, "weekday": weekday,
}  # fmt: skip
"""What reads each form, by its name."""
