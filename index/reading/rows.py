"""Rows of words in a table, as text that search finds and an answer quotes: lists of plants, measures, people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.documents import Table

_WORD = re.compile(r"[^\W\d_]{2,}|[㐀-鿿]")
_NUMBER = re.compile(r"[-+~<>≈]?[\d.,\s]+%?|\d{4}-\d\d(?:-\d\d)?")
WORDY = 4
"""Words of a cell that says something by itself."""
SHORT_LIST = 300
"""Rows of a list of things, each with a name of its own, that is kept row by row."""
_OWN = 0.8
"""The least share of cells that no other row has."""
MOST_ROWS = 5_000
LONGEST_CELL = 600

Row = tuple[str, ...]


def rows_in_words(tables: Sequence[Table]) -> str:
    """Each row with words in a paragraph, "Country: Norway | Measure: …"; "" where the tables are of numbers."""
    return "\n\n".join(line for table in tables for line in _lines(table))


def _lines(table: Table) -> Iterator[str]:
    at = next((n for n, row in enumerate(table.cells[:20]) if _is_header(row)), None)
    if at is None:
        return
    header, body = table.cells[at], [row for row in table.cells[at + 1 : at + 1 + MOST_ROWS] if any(row)]
    telling = [n for n in range(len(header)) if _tells([row[n] for row in body if n < len(row) and row[n]])]
    said = [row for row in body if any(n < len(row) and _is_said(row[n]) for n in telling)]
    rows = body if _is_list(body) else said
    for row in rows:
        cells = zip(header, row, strict=False)
        line = " | ".join(
            f"{name}: {' '.join(cell.split())[:LONGEST_CELL]}" for name, cell in cells if name and cell
        )
        if line:
            yield line


def _tells(column: Sequence[str]) -> bool:
    """Whether each cell of a column says something of its own, in words."""
    said = [cell for cell in column if _is_said(cell)]
    return len(said) >= 2 and len(set(said)) > _OWN * len(said) and 3 * len(said) >= len(column)


def _is_said(cell: str) -> bool:
    return "://" not in cell and len(_WORD.findall(cell)) >= WORDY


def _is_header(row: Row) -> bool:
    """The first row that names its columns."""
    filled = [cell for cell in row if cell]
    return len(filled) >= 2 and sum(_NUMBER.fullmatch(cell) is None for cell in filled) * 3 >= 2 * len(filled)


def _is_list(body: Sequence[Row]) -> bool:
    """Whether each row is of a thing of its own that words describe: the numbers stand in few of the columns."""
    if not 2 <= len(body) <= SHORT_LIST:
        return False
    width = max(map(len, body))
    columns = [[row[n] for row in body if n < len(row) and row[n]] for n in range(width)]
    words = [cells for cells in columns if cells and sum(map(_is_words, cells)) * 2 > len(cells)]
    named = any(len(set(cells)) > _OWN * len(body) for cells in words)
    return named and len(words) >= 3


def _is_words(cell: str) -> bool:
    return "://" not in cell and _NUMBER.fullmatch(cell) is None and _WORD.search(cell) is not None
