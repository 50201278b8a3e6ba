"""The columns of a table and its rows where no lines are drawn between them: by gaps that all lines share."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from index.reading.bands import is_figure, is_header
from index.reading.layout import Line, Piece, find_lines, find_pieces
from index.reading.page import Word

Row = tuple[tuple[str, ...], ...]
"""Cells of lines."""


def find_sides(drawn: list[float], bands: Sequence[Sequence[Word]]) -> list[float]:
    """Where columns part: at the vertical lines, and at gaps between figures; where few lines are drawn, also at gaps
    between words."""
    found = list(drawn)
    lines = _body([line for band in bands for line in find_lines(find_pieces(band))])
    for low, high in zip([-1e9, *drawn], [*drawn, 1e9], strict=True):
        inside = [[w for w in line if low <= (w.x0 + w.x1) / 2 < high] for line in lines]
        figures = [x for x in find_gutters(inside, 0.4) if _parts_figures(inside, x)]
        words = find_gutters(inside) if figures or len(drawn) < 3 else []
        found += words + [x for x in figures if all(abs(x - gap) > 4 for gap in words)]
    return sorted(found)


def _body(lines: Sequence[Line]) -> list[list[Word]]:
    """The words of the lines under a header, whose own run across columns; of all where few are under it."""
    head = next((n for n, line in enumerate(lines) if not is_header(line)), 0)
    return [
        [word for piece in line.pieces for word in piece.words]
        for line in (lines[head:] if len(lines) - head >= 3 else lines)
    ]


def _parts_figures(bands: Sequence[Sequence[Word]], x: float) -> bool:
    """Whether most lines have a figure on both sides of a gap."""
    lines = [line for band in bands for line in find_lines(find_pieces(band))]
    both = 0
    for line in lines:
        words = [word for piece in line.pieces for word in piece.words]
        left = [w.text for w in words if w.x1 <= x + 0.5]
        right = [w.text for w in words if w.x0 >= x - 0.5]
        both += bool(left and right) and is_figure(left[-1]) and is_figure(right[0])
    return both > 0.6 * len(lines) and both > 2


def find_gutters(bands: Sequence[Sequence[Word]], least: float = 0.75) -> list[float]:
    """The x between columns: no word crosses it, and what stands on both sides stands well apart, by a share of the
    letters' size."""
    words = [word for band in bands for word in band]
    if not words:
        return []
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    bins = [0] * (int((right - left) * 2) + 2)
    for word in words:
        for x in range(int((word.x0 + 0.3 - left) * 2) + 1, int((word.x1 - 0.3 - left) * 2) + 1):
            bins[x] += 1
    most = len(bands) // 25
    size = median(word.size for word in words)
    lines = [line for band in bands for line in find_lines(find_pieces(band))]
    found: list[float] = []
    at = 0
    while at < len(bins):
        end = at
        while end < len(bins) and bins[end] <= most:
            end += 1
        if end > at > 0 and end < len(bins):
            middle = left + (at + end) / 4
            if _is_gutter(lines, middle, least * size):
                found.append(middle)
        at = max(end, at + 1)
    return found if least < 0.75 else _uncut(found, [piece for line in lines for piece in line.pieces])


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


def _is_gutter(lines: Sequence[Line], x: float, least: float) -> bool:
    gaps = []
    for line in lines:
        words = [word for piece in line.pieces for word in piece.words]
        before = [w.x1 for w in words if w.x1 <= x + 0.5]
        after = [w.x0 for w in words if w.x0 >= x - 0.5]
        if before and after:
            gaps.append(min(after) - max(before))
    return len(gaps) >= 2 and median(gaps) > least and sorted(gaps)[len(gaps) // 4] > 0.6 * least


def by_sides(words: Sequence[Word], sides: Sequence[float]) -> list[list[Word]]:
    """The words of each column."""
    bounds = zip([-1e9, *sides], [*sides, 1e9], strict=True)
    return [[w for w in words if low <= (w.x0 + w.x1) / 2 < high] for low, high in bounds]


def part_rows(band: Sequence[Word], sides: Sequence[float]) -> list[Row]:
    """The rows of a band between two rules: one, or one for each line where every line begins a row."""
    cells = [find_lines(find_pieces(column)) for column in by_sides(band, sides)]
    lines = find_lines(find_pieces(band))
    first = cells[0]
    if len(lines) >= 3 and len(first) >= 0.6 * len(lines) and len(sides) >= 1 and _is_narrow(cells):
        starts = [line.top - 2 for line in first]
        return [
            tuple(tuple(x.text for x in cell if low <= x.top < high) for cell in cells)
            for low, high in zip([-1e9, *starts[1:]], [*starts[1:], 1e9], strict=True)
        ]
    return [tuple(tuple(line.text for line in cell) for cell in cells)]


def _is_narrow(cells: Sequence[Sequence[Line]]) -> bool:
    others = [line.text for cell in cells[1:] for line in cell]
    return bool(others) and median(len(text) for text in others) < 25
