"""Tables drawn as a full grid of lines, with cells that span several rows or columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.reading.bands import Band
from index.reading.columns import Row, part_rows
from index.reading.layout import find_lines, find_pieces
from index.reading.page import Word
from index.reading.sheet import Rule

_NEAR = 2.5
"""Points between a line and where it is looked for."""
_BETWEEN = 5.0
"""Points of a column between columns, without words; the shading of words ends further from the side of a cell."""
_MARGIN = 7.0
"""Points between the side of a cell and its words."""


def widen(group: Sequence[Rule], groups: Sequence[Sequence[Rule]], down: Sequence[Rule]) -> list[Rule]:
    """A group of lines across with those of the same table that are longer or shorter, as cells span rows: they share
    a side, and their other side is a line down."""
    found = list(group)
    for other in groups:
        if (
            other is not group
            and len(other) > 1
            and _is_nested(other, group)
            and _stands_on(other, group, down)
        ):
            found += other
    return sorted(found, key=lambda rule: rule.top)


def _is_nested(a: Sequence[Rule], b: Sequence[Rule]) -> bool:
    shared = (abs(a[0].x0 - b[0].x0) < _NEAR) != (abs(a[0].x1 - b[0].x1) < _NEAR)
    return shared and a[0].top < b[-1].top and a[-1].top > b[0].top


def _stands_on(a: Sequence[Rule], b: Sequence[Rule], down: Sequence[Rule]) -> bool:
    """Whether lines down run along the sides of both."""
    top, bottom = max(a[0].top, b[0].top), min(a[-1].top, b[-1].top)
    return all(
        any(
            abs(r.top - x) < _NEAR and min(r.x1, bottom) - max(r.x0, top) > 0.7 * (bottom - top) for r in down
        )
        for x in (a[0].x0, a[0].x1, b[0].x0, b[0].x1)
    )


Place = tuple[int, int]
"""A row and a column of a grid."""


def find_cells(
    words: Sequence[Word],
    ys: Sequence[float],
    xs: Sequence[float],
    across: Sequence[Rule],
    down: Sequence[Rule],
) -> list[Row] | None:
    """The rows of a grid, where some cell spans several: it stands in each of its rows and columns. None where none
    does, or where the lines make no grid."""
    xs = _apart(xs, down)
    ys = _heights(ys, xs, across)
    rows, columns = range(len(ys) - 1), range(len(xs) - 1)
    floor, wall = _floors(ys, xs, across), _walls(ys, xs, down, words)
    if all(floor.values()) and all(wall.values()):
        return None
    if not any(all(floor[i, j] for i in rows[:-1]) for j in columns):
        return None
    if 2 * sum(all(wall[i, j] for j in columns[:-1]) for i in rows) < len(rows):
        return None
    parts: dict[Place, Place] = {}
    for i in rows:
        for j in columns:
            over = i > 0 and not floor[i - 1, j]
            left = j > 0 and not wall[i, j - 1]
            parts[i, j] = parts[i - 1, j] if over else parts[i, j - 1] if left else (i, j)
    held: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        i, j = _at(ys, (word.top + word.bottom) / 2), _at(xs, (word.x0 + word.x1) / 2)
        held.setdefault(parts[i, j], []).append(word)
    cells = {
        part: tuple(line.text for line in find_lines(find_pieces(inside))) for part, inside in held.items()
    }
    found: list[Row] = []
    for i in rows:
        alone = all(parts[i, j] == (i, j) and parts.get((i + 1, j), (i + 1, j))[0] > i for j in columns)
        inside = tuple(w for w in words if alone and ys[i] < (w.top + w.bottom) / 2 <= ys[i + 1])
        lines = part_rows(Band(ys[i], ys[i + 1], inside), xs[1:-1])
        found += (
            lines if len(lines) > 1 else [row for row in [_row(parts, cells, i, len(columns))] if any(row)]
        )
    filled = [j for j in columns if any(row[j] for row in found)]
    return [tuple(row[j] for j in filled) for row in found]


def _floors(ys: Sequence[float], xs: Sequence[float], across: Sequence[Rule]) -> dict[Place, bool]:
    """Whether a line is drawn below each place of a grid, the last row aside."""
    floor: dict[Place, bool] = {}
    for i in range(len(ys) - 2):
        under = [rule for rule in across if abs(rule.top - ys[i + 1]) < 3]
        floor |= {(i, j): _is_drawn(under, ys[i + 1], xs[j], xs[j + 1]) for j in range(len(xs) - 1)}
    return floor


def _walls(
    ys: Sequence[float], xs: Sequence[float], down: Sequence[Rule], words: Sequence[Word]
) -> dict[Place, bool]:
    """Whether a line is drawn, or at least nothing runs over, to the right of each place, the last column aside. A
    first row may also lack a line that is drawn below, beside a cell that heads the empty one next to it."""
    rows, columns = range(len(ys) - 1), range(len(xs) - 2)
    pieces = find_pieces(words)
    drawn = {(i, j): _is_drawn(down, xs[j + 1], ys[i], ys[i + 1]) for i in rows for j in columns}
    filled = {(_at(ys, p.middle), _at(xs, (p.x0 + p.x1) / 2)) for p in pieces}

    def is_over(i: int, x: float) -> bool:
        return any(p.x0 < x - 2 and p.x1 > x + 2 and ys[i] < p.middle < ys[i + 1] for p in pieces)

    def is_missed(i: int, j: int) -> bool:
        own = any(drawn[i, n] for n in columns) and all(drawn[n, j] for n in rows if n > i)
        return own and i + 1 < len(rows) and (i, j) in filled and (i, j + 1) not in filled

    return {
        (i, j): drawn[i, j] or not (is_over(i, xs[j + 1]) or (i == 0 and is_missed(i, j)))
        for i in rows
        for j in columns
    }


def _row(
    parts: dict[tuple[int, int], tuple[int, int]],
    cells: dict[tuple[int, int], tuple[str, ...]],
    i: int,
    columns: int,
) -> tuple[tuple[str, ...], ...]:
    """A row: what spans several rows stands in each, what spans columns over all that it heads, else in the first."""
    row: list[tuple[str, ...]] = []
    for j in range(columns):
        part = parts[i, j]
        again = part[1] != j and (i > 0 or all(parts[i, n] == part for n in range(columns)))
        row.append(() if again else cells.get(part, ()))
    return tuple(row)


def _is_drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether a line goes from start to end, or leaves out a narrow column without words, at whose other side
    another one begins or ends."""
    near = [r for r in rules if abs(r.top - at) < 3]

    def is_end(x: float) -> bool:
        return any(abs(r.x0 - x) < 1 or abs(r.x1 - x) < 1 for r in near)

    return any(
        r.x0 <= start + (_BETWEEN if is_end(start) else _NEAR)
        and r.x1 >= end - (_BETWEEN if is_end(end) else _NEAR)
        for r in near
    )


def _heights(ys: Sequence[float], xs: Sequence[float], across: Sequence[Rule]) -> list[float]:
    """Where rows part: at every line over or under a cell."""
    found = [ys[0]]
    for rule in sorted(across, key=lambda rule: rule.top):
        inside = found[-1] + 3 < rule.top < ys[-1] - 3
        if inside and any(_is_drawn([rule], rule.top, low, high) for low, high in pairwise(xs)):
            found.append(rule.top)
    return [*found, ys[-1]]


def _apart(xs: Sequence[float], down: Sequence[Rule]) -> list[float]:
    """The sides of columns; the shading of paragraphs draws others on both sides of each."""
    runs: list[list[float]] = []
    for x in xs:
        if runs and x - runs[-1][-1] < _MARGIN:
            runs[-1].append(x)
        else:
            runs.append([x])

    def drawn(x: float) -> float:
        return sum(rule.x1 - rule.x0 for rule in down if abs(rule.top - x) < 1)

    def best(run: list[float]) -> float:
        return max(run, key=lambda x: (round(drawn(x)), -abs(2 * x - run[0] - run[-1])))

    return [runs[0][0], *map(best, runs[1:-1]), runs[-1][-1]]


def _at(bounds: Sequence[float], position: float) -> int:
    """The number of the part in which a position lies."""
    return next((n for n in range(len(bounds) - 2) if position < bounds[n + 1]), len(bounds) - 2)
