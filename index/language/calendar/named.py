"""Days, months, quarters, halves and years that a text names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from index.language import periods
from index.language.calendar.clock import (
    ORDINALS,
    Clock,
    Reading,
    in_year,
    month_number,
    months,
    number,
    relative_year,
    short_year,
)
from index.language.calendar.relative import rel_unit
from index.language.periods import Origin, Period


def years(match: re.Match[str]) -> list[tuple[Period, int, int]]:
    """ "2020-2021" is a span; "from 2020 to 2021" and "between 2019 and 2021" name two years."""
    first, last = int(match.group("ys_a")), match.group("ys_b")
    sign, word = match.group("ys_c").strip(), (match.group("ys_w") or "").lower()
    a, b = (match.start("ys_a"), match.end("ys_a")), (match.start("ys_b"), match.end("ys_b"))
    if len(last) == 2:
        if sign not in ("-", "–", "/") or int(last) != (first + 1) % 100:
            return (
                [(periods.year(first), *a)]
                if not (int(last) > first % 100 and sign in ("-", "–"))
                else [
                    (
                        periods.span(date(first, 1, 1), date(first // 100 * 100 + int(last) + 1, 1, 1)),
                        a[0],
                        b[1],
                    )
                ]
            )
        if sign == "/":
            return [
                (
                    periods.span(date(first, 4, 1), date(first + 1, 4, 1), label=f"FY{first}/{last}"),
                    a[0],
                    b[1],
                )
            ]
        last = str(first // 100 * 100 + int(last))
    final = int(last)
    if (sign.lower() in ("and", "to", "through") and (sign.lower() == "and" or word != "")) or final <= first:
        return [(periods.year(first), *a), (periods.year(final), *b)]
    return [(periods.span(date(first, 1, 1), date(final + 1, 1, 1)), a[0], b[1])]


def iso_day(m: re.Match[str], _clock: Clock) -> Period | None:
    return periods.day(date(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"])))


def iso_month(m: re.Match[str], _clock: Clock) -> Period | None:
    return periods.month(int(m["ism_y"]), int(m["ism_m"]))


def us_day(m: re.Match[str], _clock: Clock) -> Period | None:
    a, b = int(m["usd_m"]), int(m["usd_d"])
    a, b = (b, a) if a > 12 else (a, b)
    return periods.day(date(short_year(m["usd_y"]), a, b))


def window(m: re.Match[str], clock: Clock) -> Period | None:
    last = month_number(m["win_m"])
    length = number(m["win_n"]) if m["win_n"] else 12 if m["win_y"] else 6 if m["win_h"] else 3
    known = in_year(m, clock, m["win_yy"], m["win_yyr"], last, last)
    if known is None:
        return None
    end = periods.month(known[0], last).end
    day = int(m["win_d"] or m["win_d2"] or 0)
    if end is None or not 1 <= length <= 60:
        return None
    start = periods.shift(periods.month(known[0], last), months=1 - length).start
    if start is None:
        return None
    if 0 < day < 28:
        end = date(known[0], last, day) + timedelta(days=1)
        start = periods.shift(periods.day(date(known[0], last, day)), months=-length).end
        return None if start is None else periods.span(start, end, origin=known[1])
    if start.month % 3 == 1 and (length == 3 or (length == 12 and start.month == 1)):
        whole = periods.year(start.year, origin=known[1])
        return whole if length == 12 else periods.quarter(start.year, (start.month + 2) // 3, origin=known[1])
    name = f"{length} months to {periods.MONTHS[last - 1]} {known[0]}"
    return periods.span(start, end, label="" if start.month == 1 and length < 12 else name, origin=known[1])


def first_months(m: re.Match[str], clock: Clock) -> Period | None:
    n = number(m["fm_n"])
    unit = m["fm_u"].lower()
    if unit in ("weeks", "days"):
        return None
    n = n * 3 if unit == "quarters" else n
    if not 1 <= n <= 12:
        return None
    relative = m["fm_yr"] or (f"{m['fm_r']} year" if m["fm_r"] else None)
    known = in_year(m, clock, m["fm_y"] or m["fm_y2"], relative, 1, n)
    return months(known, 1, n)


def fiscal(m: re.Match[str], _clock: Clock) -> Period | None:
    first = short_year(m["fy"])
    if m["fy2"]:
        return periods.span(date(first, 4, 1), date(first + 1, 4, 1), label=f"FY{first}/{m['fy2'][-2:]}")
    return periods.year(first)


def quarter(m: re.Match[str], clock: Clock) -> Period | None:
    n = int(m["q_n"] or m["q_m"] or m["q_yn"])
    if (m["q_c"] or "Q").upper() == "T" or ((m["q_c"] or "Q") == "q" and not m["q_y"]):
        return None
    last = int(m["q_n2"] or n)
    relative = f"{m['q_r']} year" if m["q_r"] else None
    known = in_year(m, clock, m["q_y"] or m["q_my"] or m["q_yy"], relative, 3 * n - 2, 3 * last)
    return quarter_of(known, n, last)


def quarter_of(known: tuple[int, Origin] | None, n: int, last: int) -> Period:
    if known is None:
        return (
            replace(
                periods.undated(3 * n - 2, 3 * last),
                grain="quarter",
                label=f"Q{n} (year not stated)",
                cumulative=False,
            )
            if n == last
            else periods.undated(3 * n - 2, 3 * last)
        )
    if n == last:
        return periods.quarter(known[0], n, origin=known[1])
    return periods.months(known[0], 3 * n - 2, 3 * last, origin=known[1])


def ord_quarter(m: re.Match[str], clock: Clock) -> Period | None:
    n = ORDINALS[m["oq_n"].lower()]
    if m["oq_n"].lower() == "last" and not (m["oq_y"] or m["oq_yr"]):
        return rel_unit("last", "quarter", clock)
    known = in_year(m, clock, m["oq_y"], m["oq_yr"], 3 * n - 2, 3 * n)
    if known and known[1] == "document date" and not m["oq_yr"] and _is_in_quarter(clock, n):
        known = known[0] + 1 if clock.today and known[0] < clock.today.year else known[0], known[1]
    return quarter_of(known, n, n)


def _is_in_quarter(clock: Clock, n: int) -> bool:
    """Whether the text was written in that quarter of the year: it speaks of the one under way."""
    return clock.today is not None and (clock.today.month + 2) // 3 == n


def half(m: re.Match[str], clock: Clock) -> Period | None:
    n = int(m["h_n"] or m["h_m"] or m["h_yn"])
    return half_of(in_year(m, clock, m["h_y"] or m["h_my"] or m["h_yy"], None, 6 * n - 5, 6 * n), n)


def half_of(known: tuple[int, Origin] | None, n: int) -> Period:
    if known is None:
        words = ("first half", "second half")[n - 1]
        return replace(periods.undated(6 * n - 5, 6 * n), grain="half", label=f"{words} (year not stated)")
    return periods.half(known[0], n, origin=known[1])


def ord_half(m: re.Match[str], clock: Clock) -> Period | None:
    n = min(ORDINALS[m["oh_n"].lower()], 2)
    return half_of(in_year(m, clock, m["oh_y"], m["oh_yr"], 6 * n - 5, 6 * n), n)


def end_of(m: re.Match[str], clock: Clock) -> Period | None:
    if m["eo_m"]:
        number = month_number(m["eo_m"])
        return months(in_year(m, clock, m["eo_my"], m["eo_myr"], number, number), number, number)
    if m["eo_y"]:
        return periods.year(int(m["eo_y"]))
    if m["eo_u"].lower() != "year":
        if m["eo_r"].lower() == "the" and m["eo_w"].lower() in ("end", "close"):
            return _ended(m["eo_u"].lower(), m, clock)
        return rel_unit(m["eo_r"].lower(), m["eo_u"].lower(), clock)
    known = relative_year(f"{m['eo_r']} year", clock)
    return periods.year(known[0], origin=known[1]) if known else None


_TO_COME = re.compile(r"\b(?:will|shall|expect\w*|plans?|due|should|target\w*|aims?)\b[^.;]{0,60}$", re.I)
_LATE = {"month": 20, "quarter": 60}


def _ended(unit: str, m: re.Match[str], clock: Clock) -> Period | None:
    """ "The end of the quarter": of the one that the text speaks of, else of the last that was over."""
    if clock.last and clock.last.grain == unit:
        return replace(clock.last, origin="context")
    this = rel_unit("this", unit, clock)
    if this is None or this.start is None or clock.today is None:
        return this
    early = (clock.today - this.start).days < _LATE.get(unit, 0)
    looks_back = early and not _TO_COME.search(m.string, 0, m.start())
    return periods.shift(this, months=-3 if unit == "quarter" else -1) if looks_back else this


def last_month_of(m: re.Match[str], _clock: Clock) -> Period | None:
    return periods.month(int(m["lm_y"]), 1 if m["lm_w"].lower() == "first" else 12)


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _days(
    m: re.Match[str],
    clock: Clock,
    month: str,
    first: str,
    last: str,
    stated: str | None,
    relative: str | None,
    month2: str | None = None,
) -> Period | None:
    number = month_number(month)
    known = in_year(m, clock, stated, relative, number, number)
    if known is None:
        return None
    start = date(known[0], number, _day_number(first))
    end = date(known[0], month_number(month2) if month2 else number, _day_number(last)) + timedelta(days=1)
    return periods.span(start, end, origin=known[1]) if start < end else None


def dmy_range(m: re.Match[str], clock: Clock) -> Period | None:
    return _days(m, clock, m["dr_m"], m["dr_d"], m["dr_e"], m["dr_y"], m["dr_yr"])


def mdy_range(m: re.Match[str], clock: Clock) -> Period | None:
    return _days(m, clock, m["mr_m"], m["mr_d"], m["mr_e"], m["mr_y"], m["mr_yr"], m["mr_m2"])


def _one_day(
    m: re.Match[str], clock: Clock, month: str, day: str, stated: str | None, relative: str | None
) -> Period | None:
    number = month_number(month)
    known = in_year(m, clock, stated, relative, number, number)
    if known and known[1] == "document date" and clock.today and not relative:
        known = _nearest_year(clock.today, number, _day_number(day)), known[1]
        if known[0] > clock.today.year and (number, _day_number(day)) in _ENDS:
            known = clock.today.year, known[1]
    return periods.day(date(known[0], number, _day_number(day)), origin=known[1]) if known else None


_ENDS = frozenset({(1, 31), (3, 31), (6, 30), (9, 30)})
"""Days on which books are closed: who names one without a year speaks of accounts, which are of the past."""


def _nearest_year(today: date, month: int, day: int) -> int:
    """The year in which a day is nearest to the document's date: "Dec. 7" of a text of 30 October is to come."""
    years = (today.year - 1, today.year, today.year + 1)
    return min(years, key=lambda y: abs((date(y, month, 1) - today).days + day - 1))


def dmy(m: re.Match[str], clock: Clock) -> Period | None:
    return _one_day(m, clock, m["d_m"], m["d_d"], m["d_y"], None)


def mdy(m: re.Match[str], clock: Clock) -> Period | None:
    return _one_day(m, clock, m["m_m"], m["m_d"], m["m_y"], m["m_yr"])


def month_range(m: re.Match[str], clock: Clock) -> Period | None:
    first, last = month_number(m["ms_a"]), month_number(m["ms_b"])
    relative = m["ms_yr"] or (f"{m['ms_r']} year" if m["ms_r"] else None)
    if m["ms_c"].strip().lower() in ("and", "/") and not (m.group().lower().startswith("between")):
        return (
            None if last < first else months(in_year(m, clock, m["ms_y"], relative, first, last), first, last)
        )
    known = in_year(m, clock, m["ms_y"], relative, first, last)
    if m["ms_ay"] and known:
        start, end = (
            periods.month(int(m["ms_ay"]), first).start,
            periods.month(known[0] if m["ms_y"] else int(m["ms_ay"]), last).end,
        )
        return periods.span(start, end) if start and end and start < end else None
    if known and last < first:
        known = known[0] - 1, known[1]
    return months(known, first, last)


def month(m: re.Match[str], clock: Clock) -> Period | None:
    number = month_number(m["mo_m"])
    relative = m["mo_yr"] or (f"{m['mo_r']} year" if m["mo_r"] else None)
    known = in_year(m, clock, m["mo_y"] or m["mo_s"] or m["mo_t"], relative, number, number)
    if known and known[1] == "document date" and clock.today and not relative:
        if _THIS.search(clock.text, max(0, m.start() - 6), m.start()):
            known = clock.today.year, known[1]
        elif _PART_OF_MONTH.match(m.group()):
            known = _nearest_year(clock.today, number, 15), known[1]
    return months(known, number, number)


_THIS = re.compile(r"\bthis\s$", re.I)
_PART_OF_MONTH = re.compile(r"mid|early|late", re.I)
"""Who speaks of a part of a month speaks of one that is near."""


def decade(m: re.Match[str], _clock: Clock) -> Period | None:
    first = int(m["de_y"])
    return periods.span(date(first, 1, 1), date(first + 10, 1, 1), label=f"the {first}s")


def year(m: re.Match[str], _clock: Clock) -> Period | None:
    return periods.year(int(m["y"]))


READINGS: dict[str, Reading] = {
    "iso_day": iso_day, "iso_month": iso_month, "us_day": us_day, "window": window, "first_months": first_months,
    "fiscal": fiscal, "quarter": quarter, "ord_quarter": ord_quarter, "half": half, "ord_half": ord_half,
    "end_of": end_of, "last_month_of": last_month_of, "dmy_range": dmy_range, "mdy_range": mdy_range, "dmy": dmy,
    "mdy": mdy, "months": month_range, "month": month, "years": year, "decade": decade, "year": year,
}  # fmt: skip
"""What reads each form, by its name."""
