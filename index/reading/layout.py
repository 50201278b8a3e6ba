"""From words on a page to lines in reading order, whatever the number of columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from index.reading.page import Word


class Piece:
    """Words that follow one another on a line without a wide gap."""

    __slots__ = ("bottom", "middle", "number", "size", "top", "words", "x0", "x1")

    def __init__(self, words: tuple[Word, ...], number: int = 0) -> None:
        self.words = words
        self.number = number
        """Its place in the order in which the file draws."""
        self.x0, self.x1 = words[0].x0, words[-1].x1
        if len(words) == 1:
            self.top, self.bottom = top, bottom = words[0].top, words[0].bottom
            self.size, self.middle = bottom - top, (top + bottom) / 2
        else:
            self.top = min([word.top for word in words])
            self.bottom = max([word.bottom for word in words])
            self.size = median([word.bottom - word.top for word in words])
            self.middle = median([(word.top + word.bottom) / 2 for word in words])

    @property
    def text(self) -> str:
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, of one or more pieces from left to right."""

    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def words(self) -> list[Word]:
        return [word for piece in self.pieces for word in piece.words]


_CJK = re.compile("[⺀-鿿\uf900-\ufaff︰-﹏！-｠、。]")


def join_words(words: Sequence[Word]) -> str:
    """Words with the spaces between them; none between Chinese characters that touch."""
    if len(words) == 1:
        return words[0].text
    text = " ".join([word.text for word in words])
    if text.isascii():
        return text
    parts: list[str] = []
    last: Word | None = None
    for word in words:
        if last is not None:
            close = word.x0 - last.x1 < 0.3 * word.size
            if not (close and (_CJK.match(last.text[-1]) or _CJK.match(word.text[0]))):
                parts.append(" ")
        parts.append(word.text)
        last = word
    return "".join(parts)


def find_pieces(words: Sequence[Word]) -> list[Piece]:
    """Pieces by the file's own order, then joined where that order was odd; a column next to another begins one."""
    if len(words) < 2:
        return [Piece((word,)) for word in words]
    starts = _starts(words)
    runs: list[tuple[int, list[Word]]] = []
    last: Word | None = None
    for number, word in enumerate(words):
        if last is not None and _follows(last, word, starts):
            runs[-1][1].append(word)
        else:
            runs.append((number, [word]))
        last = word
    runs.sort(key=lambda run: (round((run[1][0].top + run[1][0].bottom) / 4), run[1][0].x0))
    joined: list[tuple[int, list[Word]]] = []
    for number, run in runs:
        first = run[0]
        for _, other in joined[-12:]:
            if _follows(other[-1], first, starts):
                other.extend(run)
                break
        else:
            joined.append((number, run))
    return [Piece(tuple(run), number) for number, run in joined]


_NARROW, _WIDE = 0.45, 0.9
"""Shares of the letters' size: a space that may be one between columns, and one that is."""
_BULLETS, _BULLET = frozenset("•▪◦●■‣\uf0b7\uf0a7\uf0d8"), 2.0
"""Signs before items, and the widest space behind one as a share of the letters' size."""
_UNLIKE = 1.3
"""Times by which letters are larger than those beside them, from where on the space between is of the smaller ones."""
_LINES = 6
"""Lines that begin at one place where a column does, at least."""


def _starts(words: Sequence[Word]) -> frozenset[int]:
    """Where so many lines begin, or go on after more than a usual space, that a column begins there."""
    if len(words) <= _LINES:
        return frozenset()
    begun: list[int] = []
    for (_, a_top, end, a_low, _, _), (start, top, _, low, _, _) in pairwise(words):
        size = low - top
        if abs(top - a_top) > 0.5 * size or not 0 <= start - end < _NARROW * max(a_low - a_top, size):
            begun.append(round(start))
    if len(begun) < _LINES:
        return frozenset()
    found = Counter(begun)
    least = max(_LINES, 0.12 * len(begun))
    return frozenset(
        x for x, lines in found.items() if found.get(x - 1, 0) + lines + found.get(x + 1, 0) >= least
    )


def _follows(last: Word, word: Word, starts: frozenset[int]) -> bool:
    _, a_top, end, a_low, _, _ = last
    start, b_top, _, b_low, _, _ = word
    gap = start - end
    a, b = a_low - a_top, b_low - b_top
    height, size = (a, b) if a < b else (b, a)
    wide = (
        size if size < _UNLIKE * height else height
    )  # a heading of the next column stands beside small letters
    if not -0.3 * height < gap < (_BULLET if last.text in _BULLETS else _WIDE) * wide:
        return False
    if (a_low if a_low < b_low else b_low) - (a_top if a_top > b_top else b_top) <= 0.5 * height:
        return False
    return gap < _NARROW * size or round(start) not in starts or last.text in _BULLETS


def find_columns(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Pieces in groups that are read one after the other: bands that run across, and columns between them."""
    ordered = sorted(pieces, key=lambda piece: (piece.middle, piece.x0))
    gutter = find_gutter(ordered) if depth < 3 and len(ordered) >= 10 else None
    if gutter is None:
        return [ordered] if ordered else []
    groups: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    across: list[Piece] = []
    for piece in ordered:
        if piece.x1 <= gutter + 2:
            side = left
        elif piece.x0 >= gutter - 2:
            side = right
        else:
            side = across
        if side is across and (left or right):
            groups += find_columns(left, depth + 1) + find_columns(right, depth + 1)
            left, right = [], []
        elif side is not across and across:
            groups.append(across)
            across = []
        (across if side is across else left if side is left else right).append(piece)
    groups += [across] if across else []
    return groups + find_columns(left, depth + 1) + find_columns(right, depth + 1)


def find_gutter(pieces: Sequence[Piece]) -> float | None:
    """The x between two columns of running text: few pieces cross it, many full lines stand on both sides."""
    x0, x1 = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = x1 - x0
    best: tuple[int, float] | None = None
    for x in sorted({round(p.x0) - 4 for p in pieces if x0 + 0.15 * width < p.x0 < x1 - 0.15 * width}):
        left = [p for p in pieces if p.x1 <= x + 2]
        right = [p for p in pieces if p.x0 >= x - 2]
        across = len(pieces) - len(left) - len(right)
        few = min(len(left), len(right))
        least = 2 if not across and _is_end(left, right) else 5
        if few < least or across > 0.8 * few:
            continue
        prose = _is_prose(left, x - x0), _is_prose(right, x1 - x)
        if not (all(prose) or (any(prose) and not across and _is_drawn_after(left, right))):
            continue
        if best is None or few - across > best[0]:
            best = few - across, x
    return best[1] if best else None


def _is_end(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether what stands on the right are the last lines of a text, one under the other, beside a full column."""
    return (
        2 <= len(right) < len(left) / 2
        and max(p.x0 for p in right) - min(p.x0 for p in right) < 2
        and max(p.bottom for p in right)
        < min(p.top for p in left) + 0.5 * (max(p.bottom for p in left) - min(p.top for p in left))
    )


_NUMERIC = re.compile(r"\W*\d[\d.,\s]*\W*")


def _is_drawn_after(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the file draws all on the left before all on the right, words that begin at one side, as it does a column
    of short lines (addresses, links) beside one of running text; the cells of a table it draws row by row."""
    return (
        max(p.number for p in left) < min(p.number for p in right)
        and all(_shares_side(side) for side in (left, right))
        and 3 * sum(_NUMERIC.fullmatch(p.text) is not None for p in (*left, *right)) < len(left) + len(right)
    )


def _shares_side(pieces: Sequence[Piece]) -> bool:
    common = Counter(round(p.x0) for p in pieces).most_common(1)[0]
    return common[1] > 0.6 * len(pieces) and common[0] < min(p.x0 for p in pieces) + 2


def _is_prose(pieces: Sequence[Piece], width: float) -> bool:
    """Lines of several words that fill their column (of which up to three may be left), not the cells of a table."""
    widths = sorted(p.x1 - p.x0 for p in pieces)
    column = widths[int(0.9 * (len(widths) - 1))]
    full = sum(one > 0.6 * column for one in widths)
    return column > 0.28 * width and full >= 0.4 * len(pieces) and median(len(p.words) for p in pieces) >= 3


def find_lines(pieces: Sequence[Piece]) -> list[Line]:
    """The lines of one column, from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.middle, p.x0)):
        last = rows[-1] if rows else None
        if last and min(last[-1].bottom, piece.bottom) - max(last[-1].top, piece.top) > 0.55 * min(
            last[-1].size, piece.size
        ):
            last.append(piece)
        else:
            rows.append([piece])
    return [build_line(row) for row in rows]


def build_line(row: Iterable[Piece]) -> Line:
    pieces = tuple(sorted(row, key=lambda p: p.x0))
    if len(pieces) == 1 and len(pieces[0].words) == 1:
        x0, top, x1, bottom, text, bold = pieces[0].words[0]
        return Line(pieces, x0, x1, top, bottom, bottom - top, bold, text)
    words = [word for piece in pieces for word in piece.words]
    heavy = sum([len(word.text) for word in words if word.bold])
    return Line(
        pieces,
        pieces[0].x0,
        max([p.x1 for p in pieces]),
        median([w.top for w in words]),
        median([w.bottom for w in words]),
        _size(words),
        heavy > 0 and heavy > 0.8 * sum([len(word.text) for word in words]),
        join_words(words),
    )


def _size(words: Sequence[Word]) -> float:
    """The size that most letters have."""
    sizes = sorted([(word.bottom - word.top, min(len(word.text), 12)) for word in words])
    if sizes[0][0] == sizes[-1][0]:
        return sizes[0][0]
    ends = list(accumulate([letters for _, letters in sizes]))
    low, high = (sizes[bisect_right(ends, at)][0] for at in ((ends[-1] - 1) // 2, ends[-1] // 2))
    return (low + high) / 2
