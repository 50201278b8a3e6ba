"""A page of a PDF: its words with their boxes. Distances are in points from the top left."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, repeat
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from index.reading.raised import HIGH, LEVEL, in_line
from index.reading.sheet import Rule, Turn, find_drawn


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


def _read_turned(page: Any, index: int, text: Any, turn: Turn) -> Page:
    words = list(_close_up(_once(_words(text, turn))))
    shown = [word for word in words if _is_shown(word, turn)]
    words = shown if len(shown) > _SHOWN * len(words) else words
    rules, pictures = find_drawn(page.raw, turn)
    return Page(index + 1, turn.width, turn.height, tuple(words), tuple(rules), pictures)


_SHOWN = 0.8
"""Share of a page's words that lie on it; where fewer do, a cutting of it is shown, and the whole is read."""


def _is_shown(word: Word, turn: Turn) -> bool:
    """Whether a word lies on the paper, not on what is cut off in print."""
    return word.bottom > 0 and word.top < turn.height and word.x1 > 0 and word.x0 < turn.width


def _turns(page: Any, text: Any) -> list[Turn]:
    """The ways in which a page must be held to read what is on it: the one that most of its letters need first."""
    count = raw.FPDFText_CountChars(text)
    step = max(1, count // 1000)
    upright = Turn(page)
    sample = range(0, count, step)
    ways: Counter[int] = Counter()
    for angle, letters in Counter(map(_angle, repeat(text, len(sample)), sample)).items():
        if (way := _way(angle, upright)) is not None and not way % 90:
            ways[round(way) % 360] += letters
    if not ways or set(ways) == {0}:
        return [upright]
    most = max(ways.values())
    read = [way for way, letters in ways.most_common() if letters == most or letters * step >= _TURNED]
    return [Turn(page, way) for way in read]


_Letter = tuple[tuple[float, float, float, float], str]
"""The box of a letter, and the letter."""


_FLOATS = Struct("4f")


def _words(text: Any, turn: Turn) -> Iterator[Word]:
    """Letters that stand together, in the file's order; upright ones alone."""
    fonts = _Fonts(text)
    held: list[_Letter] = []
    bold = False
    rect = raw.FS_RECTF()
    at, find_box, read = ctypes.byref(rect), raw.FPDFText_GetLooseCharBox, _FLOATS.unpack
    is_upright, left, high = turn.rotation == 0, turn.left, turn.high
    for index, letter in enumerate(_letters(text)):
        if not letter:
            if held:
                yield _word(held, bold)
                held = []
            continue
        box: tuple[float, float, float, float] | None
        if find_box(text, index, at) and abs((sides := read(rect))[1] - sides[3]) > 0.5:
            x0, y1, x1, y0 = sides
            if is_upright and x0 <= x1 and y0 <= y1:
                box = x0 - left, high - y1, x1 - left, high - y0
            else:
                box = turn.box(x0, y0, x1, y1)
        elif (box := _tight_box(text, index, turn)) is None:
            continue
        if held and not _touches(held[-1], box):
            yield _word(held, bold)
            held = []
        if not held:
            if not _is_upright(text, index, turn):
                continue
            bold = fonts.is_bold(index)
        held.append((box, letter))
    if held:
        yield _word(held, bold)


def _letters(text: Any) -> Iterator[str]:
    """Every letter of a page in the file's order; "" for a space."""
    count = raw.FPDFText_CountChars(text)
    codes = (ctypes.c_ushort * (count + 1))()
    said: Iterable[int]
    if raw.FPDFText_GetText(text, 0, count, codes) == count + 1:
        said = codes[:count]
    else:  # letters of two codes, or of none
        said = map(raw.FPDFText_GetUnicode, repeat(text, count), range(count))
    return (_unsaid(text, index) if code in _UNSAID else _letter(code) for index, code in enumerate(said))


UNNAMED = 0xF6E0
"""Where the letters without a name stand among the characters: by their numbers."""
_UNSAID = frozenset({*range(1, 9), 11, 12, *range(14, 32), 0xFFFE})
"""Codes of no letter: of a hyphen at a line's end, or of what the file does not say."""


def _unsaid(text: Any, index: int) -> str:
    """A hyphen at a line's end, or a letter that the file has a number for and no name."""
    code = raw.FPDFText_GetUnicode(text, index)
    if code < 32 and raw.FPDFText_HasUnicodeMapError(text, index) == 1:
        return chr(UNNAMED + code)
    return _letter(code)


def _once(words: Iterator[Word]) -> Iterator[Word]:
    """Words that are printed twice, to look bold or shadowed, once."""
    seen: set[tuple[str, int, int]] = set()
    for word in words:
        key = word.text, round(word.x0 / 2), round(word.top / 2)
        if key not in seen:
            seen.add(key)
            yield word


_ENDS_RAISED = re.compile(r".*[¹²³⁰-⁹ᵃ-ᶻ]", re.DOTALL)


def _close_up(words: Iterator[Word]) -> Iterator[Word]:
    """Words, with the comma or the stop behind a raised mark, which many files draw apart, at its word."""
    last: Word | None = None
    for word in words:
        if last is not None and _is_stop(last, word):
            last = last._replace(x1=word.x1, text=last.text + word.text)
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _is_stop(last: Word, word: Word) -> bool:
    return (
        word.text[0] in ",.;:)]"
        and _ENDS_RAISED.fullmatch(last.text) is not None
        and -0.1 * word.size < word.x0 - last.x1 < 0.15 * word.size
        and min(last.bottom, word.bottom) - max(last.top, word.top) > 0.5 * word.size
    )


_LETTERS = {2: "-", 0xAD: "-", 0x2010: "-", 0x2011: "-", 0xFFFE: "", 0xFFFF: ""}


@lru_cache(4096)
def _letter(code: int) -> str:
    """A letter, two for a ligature; "" for a space and for what is not shown."""
    if code in _LETTERS:
        return _LETTERS[code]
    if 0xFB00 <= code <= 0xFB06 or 0x2F00 <= code <= 0x2FDF:
        return unicodedata.normalize("NFKC", chr(code))
    if code <= 32 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return "" if (letter := chr(code)).isspace() else letter


def _tight_box(text: Any, index: int, turn: Turn) -> tuple[float, float, float, float] | None:
    """The box of what is drawn of a letter, for one whose font says no height."""
    sides = [ctypes.c_double() for _ in range(4)]
    if raw.FPDFText_GetCharBox(text, index, *sides):
        left, right, bottom, top = (side.value for side in sides)
        return turn.box(left, bottom, right, top)
    return None


def _touches(last: _Letter, box: tuple[float, float, float, float]) -> bool:
    """Whether a letter stands right after the last one, on its line (or a little above or below it)."""
    a0, a_top, a1, a_low = last[0]
    b0, b_top, b1, b_low = box
    a, b = a_low - a_top, b_low - b_top
    height = a if a < b else b
    if -0.5 * height < b0 - a1 < 0.17 * (height if height > 4 else 4):
        overlap = (a_low if a_low < b_low else b_low) - (a_top if a_top > b_top else b_top)
        if overlap > 0.4 * height:
            return True
    return abs(b0 - a0) < 0.01 and abs(b1 - a1) < 0.01  # letters of a ligature share its box


def _is_upright(text: Any, index: int, turn: Turn) -> bool:
    way = _way(_angle(text, index), turn)
    return way is None or min(way, 360 - way) < 15


def _angle(text: Any, index: int) -> float:
    """The angle of the line on which a letter stands; what the file says takes slanted letters for turned ones."""
    angle = float(raw.FPDFText_GetCharAngle(text, index))
    matrix = raw.FS_MATRIX()
    if angle > 0 and raw.FPDFText_GetMatrix(text, index, matrix):
        return math.atan2(-matrix.b, matrix.a) % math.tau
    return angle


def _way(angle: float, turn: Turn) -> float | None:
    """The degrees by which a letter is turned, whose angle the file says in radians; None of one not drawn."""
    angle *= 57.2958
    return None if angle < 0 else round(angle + turn.rotation, 2) % 360


class _Fonts:
    """Which letters of a page are bold, by their fonts' weights and names."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def is_bold(self, index: int) -> bool:
        if raw.FPDFText_GetFontWeight(self._text, index) >= 600:
            return True
        size = raw.FPDFText_GetFontInfo(self._text, index, self._name, 128, self._flags)
        return 0 < size <= 128 and _names_bold(self._name.value)


@lru_cache(1024)
def _names_bold(name: bytes) -> bool:
    name = name.lower()
    return any(word in name for word in (b"bold", b"black", b"heavy", b"semibd", b"demi"))


def _word(letters: list[_Letter], bold: bool) -> Word:
    (x0, top, x1, low), text = letters[0]
    if len(letters) > 1:
        most = least = low - top
        for (_, top_of, x1_of, low_of), _ in letters:
            height = low_of - top_of
            if height > most:
                top, low, most = top_of, low_of, height
            elif height < least:
                least = height
            if x1_of > x1:
                x1 = x1_of
        is_mixed = least < _SMALL * most
        text = _in_line(letters, top, low) if is_mixed else "".join([letter for _, letter in letters])
    return Word(x0, top, x1, low, text, bold)


_SMALL, _HIGHER = 0.82, 0.08
"""Of the height of a word's letters: what is small among them, and how much higher the middle of a raised one is."""
_MARK = re.compile(r"[([]?[-+–−]?\d{1,3}(?:[,–-]\d{1,3})*[)\]]?")
"""What is raised behind a number or a word: a power, or the number of a note."""
_BEFORE = frozenset(".,;:!?…%)]}\"'’”»*/°€$£¥")
"""What stands before such a mark, but for letters and digits."""


def _in_line(letters: list[_Letter], top: float, low: float) -> str:
    """A word with its raised letters told from the others; those of ordinals stay as they are."""
    size, middle = low - top, (top + low) / 2
    runs = [
        (is_raised, "".join([letter for _, letter in group]))
        for is_raised, group in groupby(letters, key=lambda letter: _is_raised(letter[0], size, middle))
    ]
    parts: list[str] = []
    for number, (is_raised, said) in enumerate(runs):
        before = runs[number - 1][1][-1] if number else ""
        after = runs[number + 1][1] if number + 1 < len(runs) else ""
        is_behind = (before.isalnum() or before in _BEFORE) if before else after[:2].isalpha()
        is_letter = len(said) == 1 and said.islower() and before.isdigit()
        is_mark = is_raised and is_behind and (is_letter or _MARK.fullmatch(said) is not None)
        parts.append(f"{HIGH}{said}{LEVEL}" if is_mark else said)
    return in_line("".join(parts)).strip()


def _is_raised(box: tuple[float, float, float, float], size: float, middle: float) -> bool:
    _, top, _, low = box
    return low - top < _SMALL * size and middle - (top + low) / 2 > _HIGHER * size
