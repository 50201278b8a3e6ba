"""Headers of several lines over columns that no grid is drawn around: what stands over several columns stands in
each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.reading.bands import YEAR, Band, is_figure, is_header
from index.reading.columns import Row
from index.reading.layout import Line, Piece, find_lines
from index.reading.page import Word
from index.reading.sheet import Rule
from index.reading.signs import SIGNS


def find_header(
    lines: Sequence[Line], columns: Sequence[Sequence[Word]], across: Sequence[Rule]
) -> list[Row]:
    """The rows of a header whose upper lines head several columns of the lines below; empty where none does.

    `columns` are the words of the table's columns, header and all.
    """
    lines = [line for line in lines if line.text]
    if len(lines) < 2 or not all(is_header(line) for line in lines):
        return []
    base = max(range(len(lines)), key=lambda n: (len(lines[n].pieces), n))
    if base == 0:
        return []
    low = lines[base].middle
    spans = [_span([w for w in column if w.top > low - 2] or column) for column in columns]
    upper = [_heads(line, lines[base], spans, across) for line in lines[:base]]
    if not all(upper):
        return []
    rest = [piece for line in lines[base:] for piece in line.pieces]
    last = _row([[p for p in rest if _column(p, spans) == n] for n in range(len(spans))])
    label = next((row[0] for row in upper if row[0]), ()) or last[0]
    return [(label, *row[1:]) for row in (*upper, last)] if label else [*upper, last]


_MOST = 4
"""Lines of a header over a table, at most."""


def find_above(lines: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """The lines right over a table that head its columns, where its own first row holds numbers: they stand over the
    numbers, but for what heads the labels."""
    body = [line for line in rows if len(line.pieces) > 1]
    numbers = [p for line in body for p in line.pieces[1:] if is_figure(p.text) or p.text in SIGNS]
    if len(body) < 2 or not numbers or is_header(body[0]):
        return []
    left, start = min(line.x0 for line in rows), min(p.x0 for p in numbers)
    found: list[Line] = []
    below = rows[0]
    for line in sorted(lines, key=lambda line: -line.middle):
        if line.middle >= below.middle - 0.5 * line.size:
            continue
        is_near = line.middle > below.middle - 2.2 * max(line.size, below.size)
        if len(found) == _MOST or not is_near or not _stands_over(line, left, start):
            break
        found.insert(0, line)
        below = line
    heads = max((sum(p.x1 > start for p in line.pieces) for line in found), default=0)
    return found if heads > 1 or max(len(line.pieces) for line in body) == 2 else []


def _stands_over(line: Line, left: float, start: float) -> bool:
    pieces = list(line.pieces)
    if len(pieces) > 1 and abs(pieces[0].x0 - left) < 4 and pieces[0].x1 < start:
        pieces = pieces[1:]
    return (
        all(p.x1 > start - 20 and p.x0 > left + 0.4 * (start - left) for p in pieces)
        and not any(is_figure(p.text) and not YEAR.fullmatch(p.text) for p in pieces)
        and not line.text.endswith((".", ";"))
    )


def part_header(band: Band) -> list[Band]:
    """A band of a header by its lines, where each head stands over several of the line below."""
    lines = band.lines
    if (
        len(lines) < 2
        or not all(map(is_header, lines))
        or not all(_is_over_all(a, b) for a, b in pairwise(lines))
    ):
        return [band]
    bounds = [band.top, *((a.bottom + b.top) / 2 for a, b in pairwise(lines)), band.bottom]
    return [
        Band(top, low, tuple(line.words)) for (top, low), line in zip(pairwise(bounds), lines, strict=True)
    ]


def _is_over_all(line: Line, below: Line) -> bool:
    return all(sum(p.x0 < one.x1 and p.x1 > one.x0 for one in below.pieces) > 1 for p in line.pieces)


def _heads(line: Line, base: Line, spans: Sequence[tuple[float, float]], across: Sequence[Rule]) -> Row:
    """A line whose pieces head several columns, as a row; empty where they are the first lines of single headers."""
    pieces = [p for p in line.pieces if _middle(p) > spans[0][1] or p.x0 > spans[0][1]]
    first = [p for p in line.pieces if p not in pieces]
    if not pieces or len(pieces) >= len(spans) - 1 or not _is_over_several(pieces, base):
        return ()
    cells: list[list[Piece]] = [first]
    for low, high in spans[1:]:
        cells.append([_over((low + high) / 2, pieces, line, base, across)])
    return _row(cells)


def _is_over_several(pieces: Sequence[Piece], base: Line) -> bool:
    """Whether a piece stands over no column or over several, or is a year over words; or what is under each is the
    same."""
    own = [piece.text for piece in base.pieces]
    each = len(own) // len(pieces)
    again = own[len(own) % len(pieces) :]
    if len(pieces) > 1 < each and len(own) % len(pieces) < 2 and again == again[:each] * len(pieces):
        return True
    for piece in pieces:
        under = [p for p in base.pieces if p.x0 < piece.x1 and p.x1 > piece.x0]
        if len(under) != 1 or (
            YEAR.fullmatch(piece.text) and not re.search(r"\b(?:19|20)\d\d", under[0].text)
        ):
            return True
    return False


def _over(middle: float, pieces: Sequence[Piece], line: Line, base: Line, across: Sequence[Rule]) -> Piece:
    """The piece over a column: by the line that is drawn under it, else the nearest; first or last ones lead."""
    for rule in across:
        inside = [p for p in pieces if rule.x0 - 2 <= _middle(p) <= rule.x1 + 2]
        if line.middle < rule.top < base.middle and rule.x0 <= middle <= rule.x1 and len(inside) == 1:
            return inside[0]
    columns = base.pieces[-(len(base.pieces) - (len(base.pieces) > 1)) :]
    if abs(pieces[-1].x1 - columns[-1].x1) < 2 and pieces[0].x0 > columns[0].x1:
        return next((p for p in pieces if _middle(p) >= middle - 3), pieces[-1])
    if abs(pieces[0].x0 - columns[0].x0) < 2 and pieces[-1].x1 < columns[-1].x0:
        return next((p for p in reversed(pieces) if _middle(p) <= middle + 3), pieces[0])
    return min(pieces, key=lambda p: abs(_middle(p) - middle))


def _row(cells: Sequence[Sequence[Piece]]) -> Row:
    return tuple(tuple(line.text for line in find_lines(list(cell))) for cell in cells)


def _column(piece: Piece, spans: Sequence[tuple[float, float]]) -> int:
    return min(range(len(spans)), key=lambda n: max(piece.x0, spans[n][0]) - min(piece.x1, spans[n][1]))


def _middle(piece: Piece) -> float:
    return (piece.x0 + piece.x1) / 2


def _span(words: Sequence[Word]) -> tuple[float, float]:
    return (min(w.x0 for w in words), max(w.x1 for w in words)) if words else (1e9, 1e9)
