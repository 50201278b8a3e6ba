"""Columns of changes beside columns of years: "2022 | 2023 | 2024 | Change (%)"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from index.figures.cells import read_number, without_dots
from index.figures.layout import Layout
from index.figures.measures import Measure
from index.language.periods import Period

_MOST_ROWS = 2_000
_ODD = 10
"""Of so many rows one may be printed otherwise than its numbers make it."""


def with_last_periods(
    layout: Layout, rows: Sequence[Sequence[str]], read: Mapping[int, Measure], *, dotted: bool
) -> dict[int, Measure]:
    """The columns, where one of changes after several years is of the last one, if that is what its numbers are: the
    last year's over those of the year before. Else it says no period."""
    return {
        n: replace(measure, period=_period(layout, rows, n, measure, dotted=dotted))
        if measure.kind == "change" and measure.period is None and n not in layout.across
        else measure
        for n, measure in read.items()
    }


def _period(
    layout: Layout, rows: Sequence[Sequence[str]], column: int, measure: Measure, *, dotted: bool
) -> Period | None:
    years = _years_before(layout, column)
    if len(years) < 3 or layout.down is not None or measure.unit not in ("%", "pp"):
        return None
    (before, _), (last, period) = sorted(years.items(), key=lambda one: one[1].start or date.min)[-2:]
    read = [_read(row, (before, last, column), dotted=dotted) for row in rows[layout.first :][:_MOST_ROWS]]
    whole = [one for one in read if one]
    odd = sum(not _is_change(*one, unit=measure.unit) for one in whole)
    return period if odd < len(whole) and odd * _ODD <= len(whole) else None


def _years_before(layout: Layout, column: int) -> dict[int, Period]:
    """The columns of years before another column, up to one whose year is there already."""
    found: dict[int, Period] = {}
    for n in sorted((n for n in layout.across if n < column), reverse=True):
        if layout.across[n] in found.values():
            break
        found[n] = layout.across[n]
    return found


_Printed = tuple[Decimal, Decimal]
"""A number, and half of its last place: by so much it may be rounded."""


def _read(
    row: Sequence[str], columns: Iterable[int], *, dotted: bool
) -> tuple[_Printed, _Printed, _Printed] | None:
    cells = [row[n] if n < len(row) else "" for n in columns]
    numbers = [read_number(without_dots(cell) if dotted else cell) for cell in cells]
    before, last, change = (
        (number, Decimal(5).scaleb(int(number.as_tuple().exponent) - 1)) if number is not None else None
        for number in numbers
    )
    return (before, last, change) if before and last and change and before[0] > before[1] else None


def _is_change(before: _Printed, last: _Printed, change: _Printed, *, unit: str) -> bool:
    """Whether a change is that between two numbers, each as rounded."""
    (a, by_a), (b, by_b), (printed, by) = before, last, change
    if unit == "pp":
        return abs(b - a - printed) <= by + by_a + by_b
    low, high = (b - by_b) / (a + by_a), (b + by_b) / (a - by_a)
    return 100 * (low - 1) - by <= printed <= 100 * (high - 1) + by
