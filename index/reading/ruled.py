"""Tables on a PDF page: by their ruled lines, or by words that stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.reading.lattice import find_cells, widen
from index.reading.layout import Line, Piece, find_lines, find_pieces
from index.reading.page import Page, Rule, Word

Row = tuple[tuple[str, ...], ...]
"""Cells of lines."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: where it stands, and its rows; a cell is its lines."""

    top: float
    bottom: float
    x0: float
    x1: float
    rows: tuple[Row, ...]

    def holds(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 - 1 <= x <= self.x1 + 1 and self.top - 1 <= y <= self.bottom + 1


@dataclass(frozen=True, slots=True)
class Band:
    """What stands between two rules."""

    top: float
    bottom: float
    words: tuple[Word, ...]


def find_ruled(page: Page) -> list[Ruled]:
    """The tables that ruled lines make, from top to bottom."""
    across = _merge([r for r in page.rules if r.top == r.bottom])
    down = _merge([Rule(r.top, r.x0, r.bottom, r.x0) for r in page.rules if r.top != r.bottom])
    groups: list[list[Rule]] = []
    for rule in sorted(across, key=lambda r: r.top):
        if rule.x1 - rule.x0 < 60:
            continue
        same = next((g for g in groups if _same_width(g[-1], rule)), None)
        if same is not None:
            same.append(rule)
        else:
            groups.append([rule])
    found: list[Ruled] = []
    for group in sorted(groups, key=len, reverse=True):
        if len(group) >= 3 and not any(_overlap(group, table) for table in found):
            found += _tables(page, widen(group, groups, down), across, down)
    return sorted(found, key=lambda table: table.top)


def _merge(rules: list[Rule]) -> list[Rule]:
    """Lines along one height whose pieces touch, as one."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.top, r.x0)):
        for n in range(len(merged) - 1, max(-1, len(merged) - 40), -1):
            last = merged[n]
            if rule.top - last.top < 1.1 and rule.x0 - last.x1 < 4 and last.x0 - rule.x1 < 4:
                merged[n] = Rule(min(last.x0, rule.x0), last.top, max(last.x1, rule.x1), last.top)
                break
        else:
            merged.append(rule)
    return merged


def _same_width(a: Rule, b: Rule) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.9 * max(a.x1 - a.x0, b.x1 - b.x0)


def _overlap(group: list[Rule], table: Ruled) -> bool:
    return (
        group[0].top < table.bottom
        and group[-1].top > table.top
        and group[0].x0 < table.x1
        and group[0].x1 > table.x0
    )


def _tables(page: Page, group: list[Rule], across: list[Rule], down: list[Rule]) -> Iterator[Ruled]:
    """The tables between rules of one width; running text between two rules parts them."""
    x0, x1 = min(r.x0 for r in group), max(r.x1 for r in group)
    heights = [group[0].top]
    for rule in group[1:]:
        if rule.top - heights[-1] > 3:
            heights.append(rule.top)
    inside = [w for w in page.words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1]
    run: list[Band] = []
    for top, low in pairwise(heights):
        band = Band(top, low, tuple(w for w in inside if top < (w.top + w.bottom) / 2 <= low))
        if not _is_running(band, x0, x1):
            run.append(band)
            continue
        yield from _table(run, across, down, x0, x1)
        run = []
    yield from _table(run, across, down, x0, x1)


def _is_running(band: Band, x0: float, x1: float) -> bool:
    """Running text: most lines go from one side to the other without a gap. Or far too high for a row."""
    lines = find_lines(find_pieces(band.words))
    wide = [
        line
        for line in lines
        if len(line.pieces) == 1 and line.x1 - line.x0 > 0.75 * (x1 - x0) and line.x0 < x0 + 0.1 * (x1 - x0)
    ]
    return len(wide) >= 2 and len(wide) > 0.4 * len(lines)


def _table(bands: list[Band], across: list[Rule], down: list[Rule], x0: float, x1: float) -> Iterator[Ruled]:
    while bands and len(find_pieces(bands[0].words)) < 2:
        bands = bands[1:]
    while bands and not bands[-1].words:
        bands = bands[:-1]
    if not bands:
        return
    filled = [band.words for band in bands if band.words]
    drawn = _sides(down, bands[0].top, bands[-1].bottom, x0, x1)
    sides = _columns(drawn, filled[len(filled) >= 4 :])
    words = [word for band in bands for word in band.words] if sides == drawn else []
    spanned = find_cells(words, [*(b.top for b in bands), bands[-1].bottom], [x0, *drawn, x1], across, down)
    if spanned and _is_table(spanned):
        yield Ruled(bands[0].top, bands[-1].bottom, x0, x1, tuple(spanned))
        return
    rows = [_rows(words, sides) for words in filled]
    if len(filled) >= 4 and len(rows[0]) == 1:
        rows[0] = [_header(filled[0], filled[1:], sides)]
    flat = _close_up([row for part in rows for row in part])
    if _is_table(flat):
        yield Ruled(bands[0].top, bands[-1].bottom, x0, x1, tuple(flat))


def _header(band: Sequence[Word], body: Sequence[Sequence[Word]], sides: Sequence[float]) -> Row:
    """The first row: its words may stand beside what they head, so each piece goes to the nearest column."""
    bounds = list(zip([-1e9, *sides], [*sides, 1e9], strict=True))
    words = [word for part in body for word in part]
    columns = [[w for w in words if low <= (w.x0 + w.x1) / 2 < high] for low, high in bounds]
    spans = [(min(w.x0 for w in c), max(w.x1 for w in c)) if c else (1e9, 1e9) for c in columns]
    cells: list[list[Piece]] = [[] for _ in bounds]
    for piece in find_pieces(band):
        cells[min(range(len(spans)), key=lambda n: _apart(piece, *spans[n]))].append(piece)
    return tuple(tuple(line.text for line in find_lines(cell)) for cell in cells)


def _apart(piece: Piece, x0: float, x1: float) -> float:
    """How far a piece is from a column; below zero where they overlap."""
    return max(piece.x0, x0) - min(piece.x1, x1)


def _close_up(rows: list[Row]) -> list[Row]:
    """Rows without columns that are none: empty but for a header that stands beside its column, or the last words of
    some cells of the column before."""
    x = 0
    while len(rows) >= 4 and x < len(rows[0]) and len(rows[0]) > 1:
        filled = [row for row in rows[1:] if row[x]]
        rest = x > 0 and all(row[x - 1] for row in filled) and not (rows[0][x] and rows[0][x - 1])
        if filled and not (rest and len(filled) <= 0.35 * len(rows)):
            x += 1
            continue
        left = x > 0 and (rest or not rows[0][x - 1])
        to = x - 1 if left or x + 1 == len(rows[0]) else x + 1
        first, last = min(x, to), max(x, to)
        rows = [(*row[:first], row[first] + row[last], *row[last + 1 :]) for row in rows]
        x = first
    return rows


def _columns(drawn: list[float], bands: Sequence[Sequence[Word]]) -> list[float]:
    """Where columns part: at the vertical lines; where few of those are drawn, also at gaps between words."""
    if len(drawn) >= 3:
        return drawn
    found = list(drawn)
    for low, high in zip([-1e9, *drawn], [*drawn, 1e9], strict=True):
        found += find_gutters([[w for w in band if low <= (w.x0 + w.x1) / 2 < high] for band in bands])
    return sorted(found)


def _sides(down: list[Rule], top: float, bottom: float, x0: float, x1: float) -> list[float]:
    """The x of the vertical lines within a table (turned: a rule's `top` is its x)."""
    found: list[float] = []
    for rule in sorted(down, key=lambda r: r.top):
        parts = [r for r in down if abs(r.top - rule.top) < 1]
        covered = sum(max(0.0, min(r.x1, bottom) - max(r.x0, top)) for r in parts)
        inner = x0 + 4 < rule.top < x1 - 4
        if inner and covered > 0.5 * (bottom - top) and (not found or rule.top - found[-1] > 4):
            found.append(rule.top)
    return found


def find_gutters(bands: Sequence[Sequence[Word]]) -> list[float]:
    """The x between columns: no word crosses it, and what stands on both sides stands well apart."""
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
            if _is_gutter(lines, middle, size):
                found.append(middle)
        at = max(end, at + 1)
    return found


def _is_gutter(lines: Sequence[Line], x: float, size: float) -> bool:
    gaps = []
    for line in lines:
        words = [word for piece in line.pieces for word in piece.words]
        before = [w.x1 for w in words if w.x1 <= x + 0.5]
        after = [w.x0 for w in words if w.x0 >= x - 0.5]
        if before and after:
            gaps.append(min(after) - max(before))
    return len(gaps) >= 2 and median(gaps) > 0.75 * size and sorted(gaps)[len(gaps) // 4] > 0.45 * size


def _rows(band: Sequence[Word], sides: Sequence[float]) -> list[Row]:
    """The rows of a band between two rules: one, or one for each line where every line begins a row."""
    columns = [
        [w for w in band if low <= (w.x0 + w.x1) / 2 < high]
        for low, high in zip([-1e9, *sides], [*sides, 1e9], strict=True)
    ]
    cells = [find_lines(find_pieces(column)) for column in columns]
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


def _is_table(rows: Sequence[Row]) -> bool:
    """Several rows of several short cells."""
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    lengths = [sum(map(len, cell)) for row in full for cell in row if cell]
    return len(full) >= 2 and len(full) >= 0.4 * len(rows) and max(lengths) < 2500 and median(lengths) < 160


_FIGURE = re.compile(r"[-–−+~<>≈(]?[$€£¥]?\s?\d[\d,. ]*\s?(?:%|[a-zA-Z/]{0,6})\)?[*†]?|[-–—…x✓]|n/?a", re.I)


def find_aligned(lines: Sequence[Line]) -> list[tuple[int, int, Ruled]]:
    """Tables without rules in a column's lines: (first line, line after the last, table)."""
    found: list[tuple[int, int, Ruled]] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _is_row(lines[end]):
            end += 1
        if end - start >= 3:
            table = _aligned(lines[start:end])
            if table is not None:
                found.append((start, end, table))
        start = max(end, start + 1)
    return found


def _is_row(line: Line) -> bool:
    if len(line.pieces) < 2:
        return False
    figures = sum(bool(_FIGURE.fullmatch(piece.text)) for piece in line.pieces)
    return len(line.pieces) >= 3 or figures >= 1


def _aligned(lines: Sequence[Line]) -> Ruled | None:
    bands = [[word for piece in line.pieces for word in piece.words] for line in lines]
    sides = find_gutters(bands)
    if not sides:
        return None
    rows = [row for band in bands for row in _rows(band, sides)]
    cells = [" ".join(cell) for row in rows[1:] for cell in row[1:] if cell]
    figures = sum(bool(_FIGURE.fullmatch(cell)) for cell in cells)
    if not _is_table(rows) or figures < 0.5 * len(cells):
        return None
    return Ruled(
        lines[0].top, lines[-1].bottom, min(x.x0 for x in lines), max(x.x1 for x in lines), tuple(rows)
    )


def without(pieces: Sequence[Piece], tables: Sequence[Ruled]) -> list[Word]:
    """The words outside the tables."""
    return [w for piece in pieces for w in piece.words if not any(table.holds(w) for table in tables)]
