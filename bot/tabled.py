"""The rows that tell of a table when a document has no sentences: all of a short one's, else where it stands now."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.periods import Period, find_periods, shift

SHORT = 8
"""The most rows of a table that is given whole."""
IN_TIME = 0.9
"""The share of its rows that a table in time has a period for."""


_GRID = re.compile(r"^[^\t\n]*\t[^\n]*(?:\n[^\t\n]*\t[^\n]*)+$", re.MULTILINE)
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Row:
    """Law: `text[start:end]` is the row's line; `words` are its cells, each under its header."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it stands in a text: lines of cells with tabs between them."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    firsts: tuple[str, ...]
    """The first cell of each row."""


def find_rows(text: str) -> tuple[Row, ...]:
    """The rows of the text's longest table that stand for it, in reading order; none where none does."""
    grid = find_grid(text)
    if grid is None or len(grid.rows) <= SHORT:
        return grid.rows if grid else ()
    return tuple(grid.rows[number] for number in _in_time(grid.firsts))


def find_grid(text: str) -> Grid | None:
    """The longest table of a text, where it has rows under a header."""
    found = max(_GRID.finditer(text), key=lambda found: found.group().count("\n"), default=None)
    if found is None:
        return None
    lines = [(found.start() + line.start(), line.group()) for line in _LINE.finditer(found.group())]
    headers = _cells(lines[0][1])
    cells = [_cells(line) for _, line in lines[1:]]
    rows = [
        Row(at, at + len(line), _words(headers, told))
        for (at, line), told in zip(lines[1:], cells, strict=True)
    ]
    return Grid(headers, tuple(rows), tuple(told[0] for told in cells))


def label_no_row(text: str) -> str:
    """Why a document has no digest, and what to do instead."""
    grid = find_grid(text)
    if grid is None:
        return "It has no sentence to take away."
    headers = ", ".join(header for header in grid.headers if header)
    return (
        f"It is a table of {len(grid.rows):,} rows ({headers}), and none of them stands for the others. "
        "Ask about one of its rows."
    )


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("\t"))


def _words(headers: tuple[str, ...], cells: tuple[str, ...]) -> str:
    told = zip(headers, cells, strict=False)
    return " | ".join(f"{header}: {cell}" if header else cell for header, cell in told if cell.strip())


def _in_time(firsts: tuple[str, ...]) -> list[int]:
    """The first row, the last one, and the one a year before it; none where the rows are not in time."""
    periods = [_period(cell) for cell in firsts]
    dated = {period.start: number for number, period in enumerate(periods) if period and period.start}
    if len(dated) < IN_TIME * len(periods):
        return []
    latest = periods[dated[max(dated)]]
    before = shift(latest, years=-1).start if latest else None
    chosen = {dated[min(dated)], dated[max(dated)], *([dated[before]] if before in dated else [])}
    return sorted(chosen)


def _period(cell: str) -> Period | None:
    found = find_periods(cell, today=None)
    return found[0].period if len(found) == 1 and found[0].text.strip() == cell.strip() else None
