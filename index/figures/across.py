"""Headers that are periods, side by side: of years, or of the months and quarters of the year that a row names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.figures.cells import is_unit
from index.figures.headers import Head, in_year, read_head
from index.language import periods
from index.language.periods import Period

_DAYS = 366
_BEFORE = re.compile(r"[^\W\d_]{1,12}[_ ]?(?:19|20)\d\d")
_SIDE = 3
"""Columns among which is that of the years."""
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\s?(?:[AEFP]|\(?[epf]\)?))?")
UNNAMED_YEAR = 2000
"""A year for months that say none, to tell them by."""


def find_years_down(header: Sequence[str], sample: Sequence[Sequence[str]]) -> int | None:
    """The column of years down the side, where headers beside it are months or quarters without a year."""
    parts = [part for cell in header if (part := in_year(cell, UNNAMED_YEAR))]
    starts = [part.start for part in parts if part.start]
    if len(parts) < 2 or starts != sorted(set(starts)):
        return None
    for n in range(min(_SIDE, len(header))):
        cells = [row[n] for row in sample if n < len(row) and row[n]]
        if cells and sum(_YEAR.fullmatch(cell) is not None for cell in cells) > 0.6 * len(cells):
            return n
    return None


def find_part(header: Sequence[str], column: int, cell: str) -> Period | None:
    """The month or the quarter of a column in the year of a row; a column that is neither is of the parts that the
    table has, of the whole year where it has all."""
    found = _YEAR.fullmatch(cell.strip())
    if found is None:
        return None
    year = int(found[1])
    if part := in_year(header[column], year):
        return part
    parts = [part for cell in header if (part := in_year(cell, year))]
    starts, ends = [one.start for one in parts if one.start], [one.end for one in parts if one.end]
    whole = set(ends) - {max(ends)} == set(starts) - {min(starts)}
    return periods.span(min(starts), max(ends)) if whole else periods.year(year)


def year_of(period: Period | None) -> int | None:
    """The year that a period is of, if it is of one."""
    if period is None or period.start is None or period.end is None:
        return None
    return period.start.year if (period.end - period.start).days <= _DAYS else None


def read_heads(header: tuple[str, ...], year: int | None) -> tuple[Head, ...]:
    """What each header says; months and quarters are of the year that was said before them, or of the table's own."""
    heads = tuple(map(read_head, header))
    named: dict[int, Period] = {}
    last: Period | None = None
    for n, head in enumerate(heads):
        period = head.period or (_bare(header[n], year) if year else None)
        if head.period is None and period is not None:
            if last and last.start and period.start and period.start <= last.start:
                return heads
            named[n] = period
        if (period is not None and not head.words.strip("()")) or n in named:
            last, year = period, year_of(period) or year
    if len(named) < 2 and len(named) == sum(head.period is not None for head in heads):
        return heads
    return tuple(
        replace(head, words="", period=named[n]) if n in named else head for n, head in enumerate(heads)
    )


def _bare(cell: str, year: int) -> Period | None:
    text, _, mark = cell.partition(" (")
    return in_year(text, year) if not mark or len(mark) <= 8 else None


def find_across(heads: tuple[Head, ...], header: tuple[str, ...]) -> dict[int, Period]:
    """Columns that are one series over the periods of their headers: these say nothing but a period and a unit."""
    dated = {n: head.period for n, head in enumerate(heads) if head.period is not None}
    words = {heads[n].words.casefold() for n in dated}
    bare = {n: period for n, period in dated.items() if not heads[n].words or is_unit(heads[n].words)}
    if len(bare) >= 2 and len({(p.start, p.end) for p in bare.values()}) == len(bare):
        return bare
    alike = len(words) == 1 and len(dated) >= 2 and all(_BEFORE.match(header[n]) for n in dated)
    return dict(dated) if alike else {}


_MONTHS_ENDED = r"\b(?:three|six|nine|[369])[- ]months?(?:\speriod)?\s(?:ended|ending|to)\s"
_NO_YEAR = r"\b(?!,?\s(?:19|20)\d\d)"
_SPAN = re.compile(
    rf"{_MONTHS_ENDED}(?:[a-z]+\.?\s\d{{1,2}}|\d{{1,2}}\s[a-z]+){_NO_YEAR}"
    r"|^\W*(?:(?:january|jan\.?)\s?(?:[-–—]|to)\s?[a-z]+\.?|q[1-4]|h[12]|first half|second half)\W*$",
    re.I,
)
"""A part of a year that leaves the year to the columns: "Three months ended March 31,"."""


def of_part(heads: tuple[Head, ...], lines: Sequence[str]) -> tuple[Head, ...]:
    """Headers that are years, where a line above says which part of them: each of that part."""
    years = {
        n: year_of(head.period) for n, head in enumerate(heads) if head.period and head.period.grain == "year"
    }
    said = next((found.group() for line in lines if (found := _SPAN.search(" ".join(line.split())))), "")
    if not said or not years or any(head.period for n, head in enumerate(heads) if n not in years):
        return heads
    parts = {n: read_head(f"{said.strip(' ,;:()')} {year}").period for n, year in years.items()}
    if any(part is None or part.grain == "year" for part in parts.values()):
        return heads
    return tuple(replace(head, period=parts.get(n, head.period)) for n, head in enumerate(heads))
