"""Periods in Chinese."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from index.language import periods
from index.language.calendar.clock import Clock, Reading, in_year, months
from index.language.calendar.named import half_of, quarter_of
from index.language.calendar.relative import rel_unit
from index.language.numerals import han_value
from index.language.periods import Origin, Period


def _han_number(word: str) -> int:
    number = int(word) if word.isdigit() else han_value(word)
    if not number or number > 12:
        raise ValueError(word)
    return number


def _han_known(m: re.Match[str], clock: Clock, key: str, first: int, last: int) -> tuple[int, Origin] | None:
    return in_year(m, clock, m[f"{key}y"] or m[f"{key}s"], m[f"{key}r"], first, last)


def han_day(m: re.Match[str], clock: Clock) -> Period | None:
    number = _han_number(m["hd_m"])
    known = _han_known(m, clock, "hd", number, number)
    return periods.day(date(known[0], number, int(m["hd_d"])), origin=known[1]) if known else None


def han_years(m: re.Match[str], _clock: Clock) -> Period | None:
    first, last = int(m["hys_a"]), int(m["hys_b"])
    return periods.span(date(first, 1, 1), date(last + 1, 1, 1)) if first < last else None


def han_end(m: re.Match[str], clock: Clock) -> Period | None:
    if m["he_m"]:
        number = _han_number(m["he_m"])
        return months(_han_known(m, clock, "he", number, number), number, number)
    known = _han_known(m, clock, "he", 1, 12)
    return periods.year(known[0], origin=known[1]) if known else None


def han_months(m: re.Match[str], clock: Clock) -> Period | None:
    first, last = _han_number(m["hm_a"]), _han_number(m["hm_b"])
    return months(_han_known(m, clock, "hm", first, last), first, last) if first <= last else None


def han_first(m: re.Match[str], clock: Clock) -> Period | None:
    n = _han_number(m["hf_n"]) * (3 if "季" in m["hf_u"] else 1)
    return months(_han_known(m, clock, "hf", 1, n), 1, n) if n <= 12 else None


def han_quarter(m: re.Match[str], clock: Clock) -> Period | None:
    n = _han_number(m["hq_n"])
    return quarter_of(_han_known(m, clock, "hq", 3 * n - 2, 3 * n), n, n)


def han_quarter2(m: re.Match[str], clock: Clock) -> Period | None:
    n = int(m["hr_n"])
    return quarter_of(_han_known(m, clock, "hr", 3 * n - 2, 3 * n), n, n)


def han_half(m: re.Match[str], clock: Clock) -> Period | None:
    n = 1 if m["hh_n"] == "上" else 2
    return half_of(_han_known(m, clock, "hh", 6 * n - 5, 6 * n), n)


def han_month(m: re.Match[str], clock: Clock) -> Period | None:
    number = _han_number(m["ho_m"])
    return months(_han_known(m, clock, "ho", number, number), number, number)


def han_same(m: re.Match[str], clock: Clock) -> Period | None:
    base = clock.last or clock.recent
    if base is None or base.start is None:
        return None
    step = 0 if m.group() == "同期" else -1
    return periods.shift(replace(base, origin="context"), years=step)


def han_rel(m: re.Match[str], clock: Clock) -> Period | None:
    word = m["hx"]
    if word == "当月" and clock.last and clock.last.grain == "month":
        return replace(clock.last, origin="context")
    step = -1 if word[0] == "上" else 1 if word[0] == "下" else 0
    unit = "month" if "月" in word else "quarter" if "季" in word else "week"
    return rel_unit({-1: "last", 0: "this", 1: "next"}[step], unit, clock)


def han_year_form(m: re.Match[str], clock: Clock) -> Period | None:
    known = _han_known(m, clock, "hy", 1, 12)
    return periods.year(known[0], origin=known[1]) if known else None


READINGS: dict[str, Reading] = {
    "han_day": han_day, "han_years": han_years, "han_end": han_end, "han_months": han_months,
    "han_first": han_first, "han_quarter": han_quarter, "han_quarter2": han_quarter2, "han_half": han_half,
    "han_month": han_month, "han_same": han_same, "han_rel": han_rel, "han_year": han_year_form,
}  # fmt: skip
"""What reads each form, by its name."""
