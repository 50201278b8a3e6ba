"""Days that a spreadsheet stored as numbers, 44470 for 1 October 2021; months that are written as one, 202110.

Excel's 1900 system, ECMA-376 part 1, 18.17.4.1.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from index.figures.cells import read_number

_ZERO = date(1899, 12, 30)
_FIRST, _LAST = 29_221, 65_746
"""1980 to 2079: what a statistics table is about."""
_NAMED = frozenset(
    {"date", "month", "period", "time", "quarter", "day", "日期", "月份", "年月", "时间", "datum", "monat"}
)
_SEVERAL = 3
_HEAD = 20
_SAMPLE = 400
_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])(?:\.0)?")
Rows = Sequence[tuple[str, ...]]


def with_days(rows: Rows) -> Rows:
    """The rows with the serial numbers of a period column, or of a header of periods, as ISO days or months."""
    columns = {n for at in range(min(_HEAD, len(rows))) for n in _columns(rows, at)}
    across = {at for at in range(min(_HEAD, len(rows))) if _is_header(rows[at])}
    if not columns and not across:
        return rows
    return tuple(
        tuple(
            _day(cell) or (_month(cell) if n in columns else "") or cell
            if at in across or n in columns
            else cell
            for n, cell in enumerate(row)
        )
        for at, row in enumerate(rows)
    )


def _columns(rows: Rows, at: int) -> list[int]:
    """Columns that are named as periods and hold nothing but serial numbers below, or nothing but months."""
    found = []
    for n, cell in enumerate(rows[at]):
        if cell.casefold().strip() in _NAMED:
            below = [row[n] for row in rows[at + 1 : at + _SAMPLE] if n < len(row) and row[n]]
            if below and (all(map(_day, below)) or all(map(_month, below))):
                found.append(n)
    return found


def _is_header(row: tuple[str, ...]) -> bool:
    """Whether a row is months side by side: rising days, each the first or the last of its month."""
    days = [day for cell in row if cell and (day := _day(cell))]
    others = [cell for cell in row if cell and not _day(cell)]
    edges = [date.fromisoformat(day) for day in days]
    return (
        len(days) >= _SEVERAL
        and not any(read_number(cell) is not None for cell in others)
        and edges == sorted(set(edges))
        and all(day.day == 1 or (day + timedelta(days=1)).day == 1 for day in edges)
    )


def _day(cell: str) -> str:
    number = cell.removesuffix(".0")
    if not (number.isdigit() and len(number) == 5 and _FIRST <= int(number) <= _LAST):
        return ""
    return (_ZERO + timedelta(days=int(number))).isoformat()


def _month(cell: str) -> str:
    found = _MONTH.fullmatch(cell)
    return f"{found[1]}-{found[2]}" if found else ""
