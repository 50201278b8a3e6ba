"""What stands between ruled lines: the rows of a table, or the text that parts one table from the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from index.reading.layout import Line, find_lines, find_pieces
from index.reading.page import Word
from index.reading.sheet import Rule

_LABEL = re.compile(
    r"(?:sources?|notes?|n\.?b\.?)\s*[:：]|(?:table|tab\.|figure|fig\.|chart|exhibit|box)\s*[A-Z]?\d|[*†‡]"
    r"|(?:资料来源|数据来源|来源|注释?)\s*[:：]|[表图]\s*\d",
    re.I,
)
"""How a caption or a note begins."""
_FIGURE = re.compile(
    r"[-–−+~<>≈(]?[$€£¥]?\s?\d[\d,. ]*(?:[-–]\s?\d[\d,.]*)?\s?(?:%|[a-zA-Z/]{0,6})\)?[*†¹²³⁰-⁹ᵃ-ᶻ,]{0,4}"
    r"|[-–—…x✓†‡#*]|n/?a",
    re.I,
)
YEAR = re.compile(r"(?:19|20)\d\d\s*[EeFf]?[*¹²³⁰-⁹ᵃ-ᶻ]{0,2}")


def is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


@dataclass(frozen=True)
class Band:
    """What stands between two rules."""

    top: float
    bottom: float
    words: tuple[Word, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(find_lines(find_pieces(self.words)))


def part_bands(bands: Sequence[Band], down: Sequence[Rule], x0: float, x1: float) -> list[list[Band]]:
    """The bands of each table; text between two rules, or beside no wall where others have some, parts them."""
    walls = [rule for rule in down if x0 - 3 <= rule.top <= x1 + 3]
    lines = [band.lines for band in bands]
    walled = [_is_walled(band, walls) for band in bands]
    starts = [piece.x0 for inside in lines for line in inside for piece in line.pieces[1:]]
    steps = [b.middle - a.middle for inside in lines for a, b in pairwise(inside)]
    pitch = median(steps) if steps else 14.0
    runs: list[list[Band]] = [[]]
    for number, band in enumerate(bands):
        after = next(
            (line for inside in lines[number + 1 :] for line in inside if len(line.pieces) > 1), None
        )
        if _is_running(lines[number], x0, x1) or (
            not walled[number] and sum(walled) > 1 and _is_between(band, lines[number], pitch)
        ):
            runs.append([])
        elif walled[number]:
            runs[-1].append(band)
        else:
            for part in _parts(band, lines[number], starts, pitch, after):
                runs[-1].append(part) if part else runs.append([])
    return [run for run in runs if run]


def rows_below(bands: Sequence[Band], words: Sequence[Word]) -> list[Band]:
    """The rows right under the last band: where every other row is shaded, the last one may have no line under it."""
    inside = [line for band in bands for line in band.lines]
    if len(inside) < 3:
        return []
    pitch = median(b.middle - a.middle for a, b in pairwise(inside))
    low, least = bands[-1].bottom, max(len(line.pieces) for line in inside[-3:])
    found: list[Line] = []
    for line in find_lines(find_pieces([w for w in words if low < (w.top + w.bottom) / 2 < low + 8 * pitch])):
        last = found[-1] if found else inside[-1]
        if line.middle - last.middle > 1.3 * pitch or len(line.pieces) < max(2, least) or is_header(line):
            break
        found.append(line)
    return [_rows(found)] if found else []


def _is_walled(band: Band, walls: Sequence[Rule]) -> bool:
    """Whether a line down runs along a band (turned: a rule's x0 and x1 are heights)."""
    height = band.bottom - band.top
    return any(min(wall.x1, band.bottom) - max(wall.x0, band.top) > 0.6 * height for wall in walls)


def _is_running(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Running text: most lines go from one side to the other without a gap. Or far too high for a row."""
    wide = [
        line
        for line in lines
        if len(line.pieces) == 1 and line.x1 - line.x0 > 0.75 * (x1 - x0) and line.x0 < x0 + 0.1 * (x1 - x0)
    ]
    return len(wide) >= 2 and len(wide) > 0.4 * len(lines)


def _is_between(band: Band, lines: Sequence[Line], pitch: float) -> bool:
    """A gap between two tables, with or without words in it."""
    return all(len(line.pieces) == 1 for line in lines) and band.bottom - band.top > 1.2 * pitch


def _parts(
    band: Band, lines: Sequence[Line], starts: Sequence[float], pitch: float, after: Line | None
) -> Iterator[Band | None]:
    """The rows of a band above and below the text in it, and None for each such text."""
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and len(lines[end].pieces) == 1:
            end += 1
        follows = lines[end] if end < len(lines) else after
        if end > at and _is_text(lines, at, end, starts, pitch) and (follows is None or is_header(follows)):
            yield None
            at = end
            continue
        end = max(end, at + 1)
        while end < len(lines) and len(lines[end].pieces) > 1:
            end += 1
        if (at, end) == (0, len(lines)):
            yield band
        else:
            yield _rows(lines[at:end])
        at = end
    if not lines:
        yield band


def _rows(lines: Sequence[Line]) -> Band:
    words = tuple(word for line in lines for word in line.words)
    return Band(min(line.top for line in lines) - 1, max(line.bottom for line in lines) + 1, words)


def _is_text(lines: Sequence[Line], at: int, end: int, starts: Sequence[float], pitch: float) -> bool:
    """Whether lines without columns are a note or a caption: they begin like one, or run across columns and are
    several or stand apart."""
    block = lines[at:end]
    if any(_LABEL.match(line.text) for line in block):
        return True
    if not any(line.x0 < start - 4 and line.x1 > start + 4 for line in block for start in starts):
        return False
    apart = any(b.middle - a.middle > 1.5 * pitch for a, b in pairwise(lines[max(0, at - 1) : end + 1]))
    return len(block) > 1 or apart


def is_header(line: Line) -> bool:
    """Whether the cells after a line's first are words or years."""
    texts = [piece.text for piece in line.pieces[1:]]
    return not texts or sum(is_figure(text) and not YEAR.fullmatch(text) for text in texts) < 0.5 * len(texts)
