"""Several tables on one sheet: below each other after a blank row, or side by side with a blank column between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from index.documents import Table
from index.figures.cells import is_numeric, read_number, read_period
from index.figures.headers import Row, Rows

MOST_ROWS = 20_000
"""A longer sheet is one table."""
_WITHIN = 6
"""Rows of a block among which its header is."""


def find_blocks(table: Table) -> Iterator[Table]:
    """The tables of a sheet, each cell in the place where it stands."""
    if table.end or len(table.cells) > MOST_ROWS:
        yield table
        return
    for part in _below(table):
        yield from _beside(part)


def _below(table: Table) -> Iterator[Table]:
    """A blank row parts two tables where the lower one has a header of its own, other than the first one's; so does a
    title over the same header, and what stands over the first one's title is over each."""
    rows = table.cells
    parts: list[tuple[Rows, int]] = [((), 0)]
    for n in range(1, len(rows)):
        first = parts[-1][1]
        if _again(rows, first, n):
            parts.append((_shared(rows, n), n))
        elif any(rows[n]) and not any(rows[n - 1]) and _has_numbers(rows[first:n]):
            at = _header(rows[n : n + _WITHIN])
            if at is not None and rows[n + at] not in rows[first:n]:
                again = at == 0 and n + 1 < len(rows) and rows[n + 1] in rows[first:n] and any(rows[n + 1])
                parts.append((_shared(rows, n) if again else (), n))
    ends = [first for _, first in parts[1:]] + [len(rows)]
    for (over, first), after in zip(parts, ends, strict=True):
        cells = (*over, *rows[first:after])
        at = table.first_row + first - len(over)
        yield replace(table, cells=cells, first_row=at) if len(parts) > 1 else table


_MORE = re.compile(r"\bcont(?:inued|['’]?d|\.)|\bpage\s\d|^\W*\d{0,3}\W*$|续", re.I)
"""A title of what is but more of the same table; a year is none."""


def _again(rows: Rows, first: int, n: int) -> bool:
    """Whether a row is a title over the header of the table before it, repeated."""
    if n + 2 >= len(rows) or not _is_title(rows[n]) or not _is_title(rows[first]):
        return False
    if _header(rows[n : n + 3]) != 1 or rows[n + 1] not in rows[first : first + _WITHIN]:
        return False
    title = next(filter(None, rows[n]))
    return not _MORE.search(title) and rows[n] not in rows[first:n] and _has_numbers(rows[first:n])


def _is_title(row: Row) -> bool:
    return sum(map(bool, row)) == 1


def _shared(rows: Rows, n: int) -> Rows:
    """The titles over the first header but for its own."""
    head = rows.index(rows[n + 1])
    return tuple(row for row in rows[:head] if any(row))[:-1]


def _has_numbers(rows: Rows) -> bool:
    return any(map(_wide, rows))


def _wide(row: Row) -> bool:
    return any(read_number(cell) is not None and read_period(cell) is None for cell in row)


def _header(rows: Rows) -> int | None:
    """Where a block's header is: words and periods alone, in two cells or more, with numbers right below."""
    for n, row in enumerate(rows[:-1]):
        filled = [cell for cell in row if cell]
        if not filled:
            return None
        words = all(read_number(cell) is None or read_period(cell) is not None for cell in filled)
        if len(filled) >= 2 and words and any(read_period(c) is None for c in filled):
            below = [row for row in rows[n + 1 :] if any(row)]
            return n if any(map(_wide, below[:2])) else None
        if len(filled) > 1:
            return None
    return None


def _beside(table: Table) -> Iterator[Table]:
    """A blank column parts two tables where each has words in its first column and a header."""
    width = max(map(len, table.cells), default=0)
    full = [n for n in range(width) if any(n < len(row) and row[n] for row in table.cells)]
    groups: list[list[int]] = []
    for n in full:
        if groups and n == groups[-1][-1] + 1:
            groups[-1].append(n)
        else:
            groups.append([n])
    if len(groups) < 2 or not all(_is_table(table.cells, group) for group in groups):
        yield table
        return
    for group in groups:
        keep = set(group)
        yield replace(
            table,
            cells=tuple(
                tuple(cell if n in keep else "" for n, cell in enumerate(row)) for row in table.cells
            ),
        )


def _is_table(rows: Rows, columns: list[int]) -> bool:
    part = [tuple(row[n] if n < len(row) else "" for n in columns) for row in rows]
    part = [row for row in part if any(row)]
    if len(columns) < 2 or len(part) < 3:
        return False
    labels = [row[0] for row in part if row[0]]
    words = [cell for cell in labels if is_numeric(cell) is None or read_period(cell) is not None]
    return len(words) * 2 > len(part) and _has_numbers(part)
