"""Tables on a PDF page: by their ruled lines, or by words that stand in columns."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.reading.bands import Band, is_figure, is_header, part_bands, rows_below
from index.reading.columns import Row, by_sides, find_sides, part_rows
from index.reading.headers import find_above, find_header, part_header
from index.reading.lattice import find_cells, widen
from index.reading.layout import Line, Piece, find_lines, find_pieces
from index.reading.page import Page, Word
from index.reading.sheet import Rule
from index.reading.signs import SIGNS, join_signs


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


def find_ruled(page: Page) -> list[Ruled]:
    """The tables that ruled lines make, from top to bottom."""
    across = _merge([r for r in page.rules if r.top == r.bottom])
    down = _merge([Rule(r.top, r.x0, r.bottom, r.x0) for r in page.rules if r.top != r.bottom])
    groups: list[list[Rule]] = []
    for rule in sorted(across, key=lambda r: r.top):
        if rule.x1 - rule.x0 < 60:
            continue
        same = next(
            (g for g in groups if _same_width(g[-1], rule) and not _is_parted(g[-1], rule, across)), None
        )
        if same is not None:
            same.append(rule)
        else:
            groups.append([rule])
    found: list[Ruled] = []
    for group in sorted(groups, key=len, reverse=True):
        if (
            len(group) >= 3
            and not any(_overlap(group, table) for table in found)
            and not _is_under_numbers(group, page.words, down)
        ):
            found += _tables(page, widen(group, groups, down), across, down)
    return sorted(found, key=lambda table: table.top)


def _is_under_numbers(group: Sequence[Rule], words: Sequence[Word], down: Sequence[Rule]) -> bool:
    """Whether rules stand under columns of numbers alone, whose labels are left of them: they make no table of their
    own, but the lines of one."""
    x0, x1, top, bottom = group[0].x0, group[0].x1, group[0].top, group[-1].top
    if any(
        x0 - 3 < r.top < x1 + 3 and min(r.x1, bottom) - max(r.x0, top) > 0.3 * (bottom - top) for r in down
    ):
        return False
    beside = [w for w in words if top - 2 < (w.top + w.bottom) / 2 < bottom + 2 and w.x0 < x1 + 1]
    numbers, others, labels = 0, 0, 0
    for line in find_lines(find_pieces(beside)):
        inside = [piece.text for piece in line.pieces if piece.x0 > x0 - 6]
        if inside:
            figures = sum(is_figure(text) or text in SIGNS for text in inside)
            others += len(inside) - figures
            numbers += figures > 0
            labels += any(p.x1 < x0 and re.search(r"[^\W\d_]{2}", p.text) for p in line.pieces)
    return numbers >= 3 and others <= 0.2 * numbers and labels >= 0.7 * numbers


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


def _is_parted(a: Rule, b: Rule, across: Sequence[Rule]) -> bool:
    """Whether a line of a wider table stands between two lines."""
    x0, x1 = min(a.x0, b.x0) - 8, max(a.x1, b.x1) + 8
    inside = (r for r in across if a.top + 3 < r.top < b.top - 3 and r.x1 - r.x0 > 60)
    return any(r.x0 < a.x1 and r.x1 > a.x0 and (r.x0 < x0 or r.x1 > x1) for r in inside)


def _overlap(group: list[Rule], table: Ruled) -> bool:
    return (
        group[0].top < table.bottom
        and group[-1].top > table.top
        and group[0].x0 < table.x1
        and group[0].x1 > table.x0
    )


def _tables(page: Page, group: list[Rule], across: list[Rule], down: list[Rule]) -> Iterator[Ruled]:
    """The tables between rules of one width; running text between two rules parts them."""
    x0, x1 = _find_ends(group, page.words)
    heights = [group[0].top]
    for rule in group[1:]:
        if rule.top - heights[-1] > 3:
            heights.append(rule.top)
    inside = [w for w in page.words if x0 - 1 <= (w.x0 + w.x1) / 2 <= x1 + 1]
    between: list[list[Word]] = [[] for _ in range(len(heights) + 1)]
    for word in inside:
        between[bisect_left(heights, (word.top + word.bottom) / 2)].append(word)
    bands = [
        Band(top, low, tuple(words))
        for (top, low), words in zip(pairwise(heights), between[1:], strict=False)
    ]
    bands += rows_below(bands, inside)
    for run in part_bands(bands, down, x0, x1):
        yield from _table(run, inside, across, down, x0, x1)


_OUT = 20.0
"""Points by which one rule may be longer than those of the table at which it stands: a page's frame, a title's line."""


def _find_ends(group: Sequence[Rule], words: Sequence[Word]) -> tuple[float, float]:
    """The left and right side of a table: where most of its rules end, if the longer ones reach over no words."""
    top, bottom = group[0].top, group[-1].top
    ends: list[float] = []
    for sides, sign in (([r.x0 for r in group], 1), ([-r.x1 for r in group], -1)):
        outer = min(sides)
        near = {side: sum(abs(other - side) < 1.5 for other in sides) for side in sides}
        inner = min((side for side in sides if near[side] > 0.5 * len(sides)), default=outer)
        low, high = sorted((sign * outer, sign * inner))
        is_bare = not any(
            low <= (w.x0 + w.x1) / 2 <= high and top < (w.top + w.bottom) / 2 < bottom for w in words
        )
        ends.append(sign * (inner if is_bare and inner - outer < _OUT else outer))
    return ends[0], ends[1]


def _with_header(bands: list[Band], words: Sequence[Word]) -> list[Band]:
    """The bands of a table with the lines over it that head it, without what else stands over its first row."""
    rows = [line for band in bands for line in band.lines]
    over = [word for word in words if rows and bands[0].top - 80 < word.bottom and word.top < rows[0].top]
    if found := find_above(find_lines(find_pieces(over)), rows):
        heads = [Band(line.top - 1, line.bottom + 1, tuple(line.words)) for line in found]
        return [*heads, replace(bands[0], top=max(bands[0].top, heads[-1].bottom)), *bands[1:]]
    while bands and len(find_pieces(bands[0].words)) < 2:
        bands = bands[1:]
    return [*part_header(bands[0]), *bands[1:]] if bands else []


def _table(
    bands: list[Band],
    words: Sequence[Word],
    across: list[Rule],
    down: list[Rule],
    x0: float,
    x1: float,
) -> Iterator[Ruled]:
    bands = _with_header(bands, words)
    while bands and not bands[-1].words:
        bands = bands[:-1]
    if not bands:
        return
    filled = [band for band in bands if band.words]
    drawn = _sides(down, bands[0].top, bands[-1].bottom, x0, x1)
    sides = find_sides(drawn, filled)
    held = [word for band in bands for word in band.words] if sides == drawn or len(drawn) >= 3 else []
    spanned = find_cells(held, [*(b.top for b in bands), bands[-1].bottom], [x0, *sides, x1], across, down)
    if spanned and _is_table(spanned):
        yield Ruled(bands[0].top, bands[-1].bottom, x0, x1, tuple(join_signs(spanned)))
        return
    rows = [part_rows(band, sides) for band in filled]
    head = _head(filled)
    top = find_lines(find_pieces([word for band in filled[:head] for word in band.words]))
    if several := find_header(top, by_sides([w for band in filled for w in band.words], sides), across):
        rows[:head] = [several]
    elif len(filled) >= 4 and len(rows[0]) == 1:
        rows[0] = [_header(filled[0], filled[1:], sides)]
    flat = _close_up(join_signs([row for part in rows for row in part]))
    if _is_table(flat):
        yield Ruled(bands[0].top, bands[-1].bottom, x0, x1, tuple(flat))


def _head(bands: Sequence[Band]) -> int:
    """How many bands the header takes; the head of the first section is none of them."""
    head = next((n for n, band in enumerate(bands) if not all(map(is_header, band.lines))), 0)
    while (
        head > 1 and all(map(_is_label, bands[head - 1].lines)) and len(bands[head - 2].lines[-1].pieces) > 1
    ):
        head -= 1
    return head


def _is_label(line: Line) -> bool:
    return len(line.pieces) == 1 and line.text[:1].isupper()


def _header(band: Band, body: Sequence[Band], sides: Sequence[float]) -> Row:
    """The first row: its words may stand beside what they head, so each piece goes to the nearest column."""
    columns = by_sides([word for part in body for word in part.words], sides)
    spans = [(min(w.x0 for w in c), max(w.x1 for w in c)) if c else (1e9, 1e9) for c in columns]
    cells: list[list[Piece]] = [[] for _ in columns]
    for piece in find_pieces(band.words):
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


def _is_table(rows: Sequence[Row]) -> bool:
    """Several rows of several short cells."""
    full = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    lengths = [sum(map(len, cell)) for row in full for cell in row if cell]
    return len(full) >= 2 and len(full) >= 0.4 * len(rows) and max(lengths) < 2500 and median(lengths) < 160


def find_aligned(lines: Sequence[Line]) -> list[tuple[int, int, Ruled]]:
    """Tables without rules in a column's lines: (first line, line after the last, table)."""
    found: list[tuple[int, int, Ruled]] = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (_is_row(lines[end]) or _is_section(lines, start, end)):
            end += 1
        if end - start >= 3:
            first = found[-1][1] if found else 0
            over = start - len(find_above(lines[max(first, start - 4) : start], lines[start:end]))
            table = _aligned(lines[over:end]) or _aligned(lines[start:end])
            if table is not None:
                found.append((over if table.top < lines[start].top else start, end, table))
        start = max(end, start + 1)
    return found


def _is_section(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether a line without numbers heads the rows after it: it stands in the first column of a table, no further
    from the lines about it than rows are."""
    if not start < at < len(lines) - 1 or len(lines[at].pieces) != 1:
        return False
    last, line, after = lines[at - 1 : at + 2]
    rows = [row for row in (*lines[start:at], after) if len(row.pieces) > 1]
    labels = [row.pieces[0].x0 for row in rows if not is_figure(row.pieces[0].text)]
    side = min((piece.x0 for row in rows for piece in row.pieces if is_figure(piece.text)), default=0.0)
    return (
        _is_row(after)
        and bool(labels)
        and abs(line.x0 - min(labels)) < 2 * line.size
        and line.x1 < side - 2
        and max(line.middle - last.middle, after.middle - line.middle) < 2.2 * line.size
        and abs(line.size - after.size) < 0.15 * line.size
    )


def _is_row(line: Line) -> bool:
    if len(line.pieces) < 2:
        return False
    figures = sum(is_figure(piece.text) for piece in line.pieces)
    return len(line.pieces) >= 3 or figures >= 1


def _aligned(lines: Sequence[Line]) -> Ruled | None:
    bands = [Band(line.top, line.bottom, tuple(line.words)) for line in lines]
    sides = find_sides([], bands)
    if not sides:
        return None
    rows = [row for band in bands for row in part_rows(band, sides)]
    head = _head(bands)
    several = find_header(lines[:head], by_sides([w for band in bands for w in band.words], sides), ())
    if several:
        rows[:head] = several
    cells = [" ".join(cell) for row in rows[1:] for cell in row[1:] if cell]
    figures = sum(is_figure(cell) for cell in cells)
    if not _is_table(rows) or figures < 0.5 * len(cells):
        return None
    return Ruled(
        lines[0].top,
        lines[-1].bottom,
        min(x.x0 for x in lines),
        max(x.x1 for x in lines),
        tuple(join_signs(rows)),
    )


def without(pieces: Sequence[Piece], tables: Sequence[Ruled]) -> list[Word]:
    """The words outside the tables."""
    return [w for piece in pieces for w in piece.words if not any(table.holds(w) for table in tables)]
