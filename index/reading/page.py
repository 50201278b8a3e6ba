"""A page of a PDF: its words with their boxes, and its ruled lines. Distances are in points from the top left."""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_RULES = 20_000
"""Ruled lines of a page that are looked at; drawings have more."""


class Word(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float
    text: str
    bold: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top


class Rule(NamedTuple):
    """A line that is drawn: across from x0 to x1 where `top == bottom`, else down."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """`words` are in the order in which the file draws them."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictures: int = 0


_TURNED = 150
"""Letters that are printed sideways on a page of upright ones, and are read; fewer are a margin or an axis."""


def read_page(document: pdfium.PdfDocument, index: int) -> list[Page]:
    """The words and rules of a page, upright whatever its rotation; what is printed sideways is a page after it."""
    page = document[index]
    try:
        text = page.get_textpage()
        try:
            return [_read_turned(page, index, text.raw, turn) for turn in _turns(page, text.raw)]
        finally:
            text.close()
    finally:
        page.close()


def _read_turned(page: Any, index: int, text: Any, turn: _Turn) -> Page:
    words = tuple(_once(_words(text, turn)))
    rules, pictures = _drawn(page.raw, turn)
    return Page(index + 1, turn.width, turn.height, words, tuple(rules), pictures)


def _turns(page: Any, text: Any) -> list[_Turn]:
    """The ways in which a page must be held to read what is on it: the one that most of its letters need first."""
    count = raw.FPDFText_CountChars(text)
    step = max(1, count // 1000)
    upright = _Turn(page)
    ways = Counter(
        round(way) % 360
        for index in range(0, count, step)
        if (way := _way(text, index, upright)) is not None and not way % 90
    )
    if not ways or set(ways) == {0}:
        return [upright]
    most = max(ways.values())
    read = [way for way, letters in ways.most_common() if letters == most or letters * step >= _TURNED]
    return [_Turn(page, way) for way in read]


class _Turn:
    """From the file's co-ordinates (upwards from the bottom left) to ours."""

    def __init__(self, page: Any, way: int = 0) -> None:
        left, bottom, right, top = page.get_bbox()
        self.left, self.right, self.low, self.high = left, right, bottom, top
        self.rotation = (page.get_rotation() - way) % 360
        across, up = right - left, top - bottom
        self.width, self.height = (across, up) if self.rotation in (0, 180) else (up, across)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.low, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.low
        if self.rotation == 270:
            return self.high - y, self.right - x
        return x - self.left, self.high - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if self.rotation == 0 and x0 <= x1 and y0 <= y1:
            return x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
        (ax, ay), (bx, by) = self.point(x0, y0), self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _words(text: Any, turn: _Turn) -> Iterator[Word]:
    """Letters that stand together, in the file's order; upright ones alone."""
    held: list[tuple[float, float, float, float, str]] = []
    bold = False
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFText_CountChars(text)):
        letter = _letter(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() or not letter:
            if held:
                yield _word(held, bold)
                held = []
            continue
        box = _box(text, index, turn, rect)
        if box is None:
            continue
        if held and not _touches(held[-1], box):
            yield _word(held, bold)
            held = []
        if not held:
            if not _is_upright(text, index, turn):
                continue
            bold = raw.FPDFText_GetFontWeight(text, index) >= 600 or _is_bold(text, index)
        held.append((*box, letter))
    if held:
        yield _word(held, bold)


def _once(words: Iterator[Word]) -> Iterator[Word]:
    """Words that are printed twice, to look bold or shadowed, once."""
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        key = word.text, round(word.x0 / 2), round(word.top / 2)
        if key not in seen:
            seen.add(key)
            yield word


_LETTERS = {2: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-", 0xFFFE: "", 0xFFFF: "", 0xA0: " ", 0: ""}


@lru_cache(4096)
def _letter(code: int) -> str:
    if code in _LETTERS:
        return _LETTERS[code]
    if 0xFB00 <= code <= 0xFB06 or 0x2F00 <= code <= 0x2FDF:
        return unicodedata.normalize("NFKC", chr(code))
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return " " if code < 32 else chr(code)


def _box(text: Any, index: int, turn: _Turn, rect: Any) -> tuple[float, float, float, float] | None:
    """The box of a letter; `rect` is where the library writes it."""
    if raw.FPDFText_GetLooseCharBox(text, index, rect):
        low, high = rect.bottom, rect.top
        if abs(high - low) > 0.5:
            return turn.box(rect.left, low, rect.right, high)
    sides = [ctypes.c_double() for _ in range(4)]
    if raw.FPDFText_GetCharBox(text, index, *sides):
        left, right, bottom, top = (side.value for side in sides)
        return turn.box(left, bottom, right, top)
    return None


def _touches(last: tuple[float, float, float, float, str], box: tuple[float, float, float, float]) -> bool:
    """Whether a letter stands right after the last one, on its line (or a little above or below it)."""
    height = min(last[3] - last[1], box[3] - box[1])
    if abs(box[0] - last[0]) < 0.01 and abs(box[2] - last[2]) < 0.01:
        return True  # letters of a ligature share its box
    overlap = min(last[3], box[3]) - max(last[1], box[1])
    return overlap > 0.4 * height and -0.5 * height < box[0] - last[2] < 0.17 * max(height, 4)


def _is_upright(text: Any, index: int, turn: _Turn) -> bool:
    way = _way(text, index, turn)
    return way is None or min(way, 360 - way) < 15


def _way(text: Any, index: int, turn: _Turn) -> float | None:
    """The degrees by which a letter is turned; None of a letter that is not drawn."""
    angle = raw.FPDFText_GetCharAngle(text, index) * 57.2958
    return None if angle < 0 else round(angle + turn.rotation, 2) % 360


def _is_bold(text: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size = raw.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    name = buffer.value.lower() if 0 < size <= 128 else b""
    return any(word in name for word in (b"bold", b"black", b"heavy", b"semibd", b"demi"))


def _word(letters: list[tuple[float, float, float, float, str]], bold: bool) -> Word:
    biggest = max(letters, key=lambda one: one[3] - one[1])
    return Word(
        letters[0][0],
        biggest[1],
        max(one[2] for one in letters),
        biggest[3],
        "".join(x[4] for x in letters),
        bold,
    )


def _drawn(page: Any, turn: _Turn) -> tuple[list[Rule], int]:
    """The ruled lines of a page, from strokes, thin boxes and the edges of filled ones; and its pictures' number."""
    rules: list[Rule] = []
    pictures = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == raw.FPDF_PAGEOBJ_PATH and len(rules) < _RULES:
            rules += [rule for rule in _path(drawn, turn) if _is_rule(rule, turn)]
    return rules, pictures


def _is_rule(rule: Rule, turn: _Turn) -> bool:
    across = rule.x1 - rule.x0
    inside = min(rule.x0, rule.top) > -2 and rule.x1 < turn.width + 2 and rule.bottom < turn.height + 2
    return inside and max(across, rule.bottom - rule.top) > 4 and across < 0.99 * turn.width


def _path(drawn: Any, turn: _Turn) -> Iterator[Rule]:
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= 400:
        return
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(drawn, matrix)
    last = start = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = turn.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, start)


def _rule(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    if y1 - y0 < 1 and x1 - x0 > 3:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 < 1 and y1 - y0 > 3:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
