"""Currency signs, brackets and percent signs in columns of their own, as filings have them, beside their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

Row = tuple[str, ...]
_SIGN = re.compile(r"(?:[A-Z]{1,3})?\$|[€£¥￥₩₹]")
_CLOSING = re.compile(r"[)）]?\s?[%％]?")
_NUMBER = re.compile(r"[(（]?[$€£¥]?[-+−]?(?:\d[\d.,]*|\.\d+)[)）]?")
_NOTHING = re.compile(r"[-–—]")
MOST_ROWS = 20_000
"""A longer table is no filing's."""
_SINGLE = "$€£¥"
"""Signs that a number is read with."""


def joined(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, where a column of nothing but marks is joined to that of the numbers which they belong to."""
    rows = tuple(rows)
    width = max(map(len, rows), default=0)
    if len(rows) > MOST_ROWS:
        return rows
    for column in range(width):
        cells = [row[column] if column < len(row) else "" for row in rows]
        for is_mark, step in ((_SIGN.fullmatch, 1), (_is_closing, -1)):
            first = next((n for n, cell in enumerate(cells) if cell and is_mark(cell)), None)
            if first is not None and all(not cell or is_mark(cell) for cell in cells[first:]):
                rows = _join(rows, column, first, step) or rows
                break
    return rows


def _is_closing(cell: str) -> bool:
    return _CLOSING.fullmatch(cell) is not None


def _join(rows: tuple[Row, ...], column: int, first: int, step: int) -> tuple[Row, ...] | None:
    """The rows with one column of marks in the cells beside it; None where it says something of its own."""
    marked = [row for row in rows[first:] if column < len(row) and row[column]]
    places = {_number_at(row, column, step) for row in marked} - {None}
    if len(places) != 1 or any(
        _number_at(row, column, step) is None and not _is_blank(row, column, step) for row in marked
    ):
        return None
    target = places.pop()
    assert target is not None
    heads = [row for row in rows[:first] if column < len(row) and row[column]]
    named = [row for row in heads if target < len(row) and row[target] not in ("", row[column])]
    if named:
        return None
    return tuple(_moved(row, column, target, is_head=n < first) for n, row in enumerate(rows))


def _number_at(row: Row, column: int, step: int) -> int | None:
    """The next cell that holds anything, if it is a number, beside a mark or one cell further."""
    for n in (column + step, column + 2 * step):
        if 0 <= n < len(row) and row[n]:
            return n if _NUMBER.fullmatch(row[n]) else None
    return None


def _is_blank(row: Row, column: int, step: int) -> bool:
    """Whether a mark belongs to what is no number: "$ —"."""
    beside = [row[n] for n in (column + step, column + 2 * step) if 0 <= n < len(row) and row[n]]
    return not beside or _NOTHING.fullmatch(beside[0]) is not None


def _moved(row: Row, column: int, target: int, *, is_head: bool) -> Row:
    if column >= len(row) or not row[column]:
        return row
    mark, cells = row[column], list(row)
    cells[column] = ""
    if target >= len(row):
        return tuple(cells)
    if is_head:
        cells[target] = cells[target] or mark
    elif _NUMBER.fullmatch(cells[target]):
        number = cells[target]
        if target < column:
            cells[target] = number + mark
        elif mark in _SINGLE:
            cells[target] = f"{number[0]}{mark}{number[1:]}" if number[0] in "(（" else mark + number
    return tuple(cells)
