"""Where a table's cell stands, and the row that is quoted with it."""

from __future__ import annotations

from index.documents import Document, Table, column_letters
from index.figures import Place
from index.figures.headers import Row

QUOTE = 600


def place_of(
    document: Document, table: Table, header: Row, row: Row, number: int, column: int
) -> tuple[Place, str]:
    """A cell of a sheet with its row and headers; in a document's text, the span and the row's line."""
    if not table.end:
        pairs = zip(header, row, strict=False)
        quote = " | ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        return Place(0, 0, table.sheet, cell_name(table, number, column)), quote[:QUOTE]
    lines = document.text[table.start : table.end].split("\n")
    line = lines[number] if number < len(lines) else ""
    start = table.start + sum(len(earlier) + 1 for earlier in lines[:number])
    inside = sum(len(cell) + 1 for cell in row[:column])
    if line[inside : inside + len(row[column])] != row[column]:
        inside = _walk(line, row[: column + 1])
    return Place(start + inside, start + inside + len(row[column])), line[:QUOTE]


def cell_name(table: Table, number: int, column: int) -> str:
    """ "B17" of a sheet; "" in a document's text."""
    return "" if table.end else f"{column_letters(column)}{table.first_row + number}"


def _walk(line: str, cells: Row) -> int:
    """Where the last of some cells begins in their line, each found after those before it."""
    at = begin = 0
    for cell in cells:
        found = line.find(cell, at)
        begin, at = (found, found + len(cell)) if found >= 0 else (begin, at)
    return begin
