"""The columns of a table and its rows where no lines are drawn between them: by gaps that all lines share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from statistics import median

from index.reading.bands import YEAR, Band, is_figure, is_header
from index.reading.layout import Line, Piece, find_lines, find_pieces
from index.reading.page import Word

Row = tuple[tuple[str, ...], ...]
"""Cells of lines."""


def find_sides(drawn: list[float], bands: Sequence[Band]) -> list[float]:
    """Where columns part: at the vertical lines, and at gaps between figures; where few lines are drawn, also at gaps
    between words."""
    found = list(drawn)
    body = _body([line for band in bands for line in band.lines])
    for low, high in zip([-1e9, *drawn], [*drawn, 1e9], strict=True):
        inside = [[w for w in words if low <= (w.x0 + w.x1) / 2 < high] for words in body]
        found += _find_gutters(inside, len(drawn) < 3)
    return sorted(found)


def _body(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of the lines under a header, whose own run across columns; of all where few are under it."""
    head = next((n for n, line in enumerate(lines) if not is_header(line)), 0)
    return [line.words for line in (lines[head:] if len(lines) - head >= 3 else lines)]


def _find_gutters(rows: Sequence[Sequence[Word]], open_: bool) -> list[float]:
    """The x between columns: no word crosses it, and what stands on both sides stands well apart, by a share of the
    letters' size that is less between figures. Between words alone only where few lines are drawn."""
    words = [word for row in rows for word in row]
    if not words:
        return []
    size = median(word.size for word in words)
    lines = [line for row in rows if row for line in find_lines(find_pieces(row))]
    parts = [line.words for line in lines]
    gaps = [(x, _widths(parts, x)) for x in _gaps(words, len(rows) // 25)]
    figures = [x for x, widths in gaps if _is_wide(widths, 0.4 * size) and _parts_figures(parts, x)]
    if not figures and not open_:
        return []
    wide = [x for x, widths in gaps if _is_wide(widths, 0.75 * size)]
    found = _uncut(wide, [piece for line in lines for piece in line.pieces])
    return found + [x for x in figures if all(abs(x - gap) > 4 for gap in found)]


def _gaps(words: Sequence[Word], most: int) -> list[float]:
    """The middles of what no more than a few words cross."""
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    steps = [0] * (int((right - left) * 2) + 3)
    for word in words:
        start, end = int((word.x0 + 0.3 - left) * 2) + 1, int((word.x1 - 0.3 - left) * 2) + 1
        if start < end:
            steps[start] += 1
            steps[end] -= 1
    bins = list(accumulate(steps))[:-1]
    found: list[float] = []
    at = 0
    while at < len(bins):
        end = at
        while end < len(bins) and bins[end] <= most:
            end += 1
        if end > at > 0 and end < len(bins):
            found.append(left + (at + end) / 4)
        at = max(end, at + 1)
    return found


def _widths(lines: Sequence[Sequence[Word]], x: float) -> list[float]:
    """How far apart stand the words on both sides of a gap, from the narrowest."""
    found = []
    for words in lines:
        before = [w.x1 for w in words if w.x1 <= x + 0.5]
        after = [w.x0 for w in words if w.x0 >= x - 0.5]
        if before and after:
            found.append(min(after) - max(before))
    return sorted(found)


def _is_wide(widths: Sequence[float], least: float) -> bool:
    return len(widths) >= 2 and median(widths) > least and widths[len(widths) // 4] > 0.6 * least


def _parts_figures(lines: Sequence[Sequence[Word]], x: float) -> bool:
    """Whether most lines have a figure on both sides of a gap."""
    both = 0
    for words in lines:
        left = [w.text for w in words if w.x1 <= x + 0.5]
        right = [w.text for w in words if w.x0 >= x - 0.5]
        both += bool(left and right) and is_figure(left[-1]) and is_figure(right[0])
    return both > 0.6 * len(lines) and both > 2


def _uncut(gutters: list[float], pieces: Sequence[Piece]) -> list[float]:
    """Gutters without those that only part the words of a header."""
    found = list(gutters)
    for x in gutters:
        at = found.index(x)
        low, high = found[at - 1] if at else -1e9, found[at + 1] if at + 1 < len(found) else 1e9
        cut = [p for p in pieces if p.x0 < x < p.x1]
        rest = [p for p in pieces if p not in cut]
        beside = ((low, x), (x, high))
        if cut and any(not any(a < p.x1 and p.x0 < b for p in rest) for a, b in beside):
            found.remove(x)
    return found


def by_sides(words: Sequence[Word], sides: Sequence[float]) -> list[list[Word]]:
    """The words of each column."""
    bounds = zip([-1e9, *sides], [*sides, 1e9], strict=True)
    return [[w for w in words if low <= (w.x0 + w.x1) / 2 < high] for low, high in bounds]


def part_rows(band: Band, sides: Sequence[float]) -> list[Row]:
    """The rows of a band between two rules: one, or several where lines of its columns stand beside one another."""
    cells = [find_lines(find_pieces(column)) for column in by_sides(band.words, sides)]
    starts = _find_starts(cells, band.lines)
    bounds = zip([-1e9, *starts[1:]], [*starts[1:], 1e9], strict=True)
    rows = [
        tuple(tuple(x.text for x in cell if low <= x.top < high) for cell in cells) for low, high in bounds
    ]
    label = next((n for n, row in enumerate(rows) if row[0]), 0)
    if (
        label and len(cells[0]) == 1 and any(rows[label][1:])
    ):  # it stands beside the middle of the rows it is for
        return [(rows[label][0], *row[1:]) for row in rows]
    return rows


def _find_starts(cells: Sequence[Sequence[Line]], lines: Sequence[Line]) -> list[float]:
    """Where the rows of a band begin: at each line of the first column where every line begins a row; at each line, or
    at each number, where a column of numbers alone stands beside words."""
    first = cells[0]
    if len(lines) >= 3 and len(first) >= 0.6 * len(lines) and len(cells) > 1 and _is_narrow(cells):
        return [line.top - 2 for line in first]
    numbers = [cell for cell in cells if len(cell) >= 2 and all(_is_item(line.text) for line in cell)]
    for cell in sorted(numbers, key=len, reverse=True):
        beside = [other for other in cells if other is not cell and _stand_beside(cell, other)]
        if not any(other not in numbers for other in beside):
            continue
        if len(cell) >= 0.6 * len(lines) and (len(cell) >= 3 or len(cell) == len(lines) == len(first)):
            return [line.top - 2 for line in lines if line is lines[0] or not _goes_on(line, cell)]
        if len(cell) >= 3 and _is_at(cell[0], lines[:1]) and any(other in numbers for other in beside):
            return [line.top - 2 for line in cell]
    return [-1e9]


_CODE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?=\S*\d{3})[A-Z0-9./-]{6,}")
"""A day, or the number of a document."""


def _is_item(text: str) -> bool:
    return (is_figure(text) and not YEAR.fullmatch(text)) or _CODE.fullmatch(text) is not None


def _stand_beside(cell: Sequence[Line], other: Sequence[Line]) -> bool:
    return sum(_is_at(line, other) for line in cell) >= 0.9 * len(cell)


def _is_at(line: Line, others: Sequence[Line]) -> bool:
    return any(abs(line.middle - other.middle) < 0.35 * line.size for other in others)


def _goes_on(line: Line, numbers: Sequence[Line]) -> bool:
    """Whether a line is more of the words above it."""
    return len(line.pieces) == 1 and line.text[:1].islower() and not _is_at(line, numbers)


def _is_narrow(cells: Sequence[Sequence[Line]]) -> bool:
    others = [line.text for cell in cells[1:] for line in cell]
    return bool(others) and median(len(text) for text in others) < 25
