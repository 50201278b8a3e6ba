"""Several tables on one sheet: below each other after a blank row, or side by side with a blank column between."""

from __future__ import annotations

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
    """A blank row parts two tables where the lower one has a header of its own, other than the first one's."""
    rows = table.cells
    starts = [n for n in range(1, len(rows)) if any(rows[n]) and not any(rows[n - 1])]
    edges = [0]
    for n in starts:
        above = rows[edges[-1] : n]
        at = _header(rows[n : n + _WITHIN]) if _has_numbers(above) else None
        if at is not None and rows[n + at] not in above:
            edges.append(n)
    for first, after in zip(edges, [*edges[1:], len(rows)], strict=True):
        cells = rows[first:after]
        yield replace(table, cells=cells, first_row=table.first_row + first) if len(edges) > 1 else table


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
            return n if _wide(rows[n + 1]) or (n + 2 < len(rows) and _wide(rows[n + 2])) else None
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
