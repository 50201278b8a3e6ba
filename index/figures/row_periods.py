"""When the numbers of a row are of, and how sure the row says that they are."""

from __future__ import annotations

from datetime import date

from index.figures import Status
from index.figures.across import find_part, year_of
from index.figures.cells import read_period
from index.figures.headers import in_year, read_head, status_of
from index.figures.layout import PERIOD, Layout
from index.figures.measures import TOTAL, Measure
from index.figures.table_reading import Reading, Row
from index.language import periods
from index.language.periods import Period

_FORECAST = ("projection", "forecast", "outlook", "scenario", "预测")
ESTIMATE = ("estimate", "预估", "估计")
UNKNOWN = Period(None, None, "period not stated", "unknown", origin="unknown")
_TWO = 2


def find_period(
    reading: Reading, row: Row, column: int, period: Period | None, measure: Measure
) -> Period | None:
    layout = reading.layout
    if layout.down is not None:
        return find_part(layout.header, column, row[layout.down])
    across = layout.across.get(column)
    if layout.within is not None and across is not None:
        return _within(reading, row[layout.within], across)
    if measure.kind == "change" and len(layout.across) == _TWO:
        return max(layout.across.values(), key=lambda one: one.start or date.min)
    head = layout.heads[column]
    if (
        period is None
        and across is None
        and TOTAL.fullmatch(head.words)
        and measure.period is None
        and layout.across
    ):
        first, last = min(_starts(layout)), max(_ends(layout))
        return periods.span(first, last)
    named = (n for n in layout.labels if layout.names[n] in PERIOD)
    if period is None and any(row[n] for n in (*layout.period_columns, *named)):
        return measure.period
    return period or measure.period or reading.span or layout.period or reading.topic.period


def _within(reading: Reading, word: str, across: Period) -> Period | None:
    """The month of a row in the year of a column; a total's row is of all the months that the table has."""
    year, column = year_of(across), reading.layout.within
    if year is None or column is None:
        return None
    if not TOTAL.fullmatch(word):
        return in_year(word, year)
    rows = reading.table.cells[reading.layout.first :]
    months = [one for row in rows if column < len(row) and (one := in_year(row[column], year))]
    starts, ends = [one.start for one in months if one.start], [one.end for one in months if one.end]
    whole = (
        starts and len(set(starts)) == len(starts) and set(ends) - {max(ends)} == set(starts) - {min(starts)}
    )
    return periods.span(min(starts), max(ends)) if whole else None


def _starts(layout: Layout) -> list[date]:
    return [one.start for one in layout.across.values() if one.start]


def _ends(layout: Layout) -> list[date]:
    return [one.end for one in layout.across.values() if one.end]


def row_period(layout: Layout, row: Row) -> Period | None:
    cells = [row[column] for column in layout.period_columns]
    if len(cells) == 2:
        first, month = cells
        good = first[:4].isdigit() and month.isdigit() and 1 <= int(month) <= 12
        return periods.month(int(first[:4]), int(month)) if good else None
    if not cells:
        return None
    head = read_head(cells[0])
    bare = head.period if not head.words else None
    return read_period(cells[0]) or bare or (in_year(cells[0], layout.year) if layout.year else None)


def row_status(layout: Layout, row: Row) -> Status:
    words = " ".join(row[n] for n in layout.kinds).casefold()
    if any(word in words for word in _FORECAST):
        return "forecast"
    if any(word in words for word in ESTIMATE):
        return "estimate"
    for n in layout.statuses:
        if found := status_of(row[n]):
            return found
    for n in (*layout.period_columns, *(() if layout.down is None else (layout.down,))):
        if marked := read_head(row[n]).status:
            return marked
    return ""
