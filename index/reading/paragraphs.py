"""Lines of a column → headings, paragraphs and items; words that were cut at a line's end whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from index.reading.layout import Line
from index.reading.ruled import Ruled

_ENDS = (".", "!", "?", ":", "。", "！", "？", "：", ";", "；")
_TITLE = 40
"""Letters of a line that may be a title without looking like one."""
_SIGN = re.compile(
    r"([•▪◦●■‣·○➢✓*–—\uf02d\uf06c\uf06e\uf071\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e0\uf0fc-]"
    r"|\d{1,2}[.)]|\(\d{1,2}\)|\[\d{1,3}\]|[a-z]\))\s+(?=\S)"
)
"""How an item begins; Word's own bullets have codes of no letter."""
_WIDE = re.compile("[⺀-鿿！-｠、。]")
"""A character that is written without spaces."""
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[A-Z一-鿿]")


_COMPOUNDS = frozenset({
    "long", "short", "mid", "high", "low", "well", "self", "all", "near", "zero", "two", "three", "four", "five",
    "first", "second", "third", "lithium", "solid", "large", "small", "state", "cross", "full", "plug", "year", "half",
    "medium", "heavy", "light",
})  # fmt: skip
"""First parts of words that are written with a hyphen more often than without."""
_SUFFIX = re.compile(
    r"\w{0,2}(?:ages?|ened|ening|ness|wards?|falls?|lights?|lands?|times?|ways?|ments?|ities|able|liest|ly)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """`level` is set for a heading, `sign` for an item; `is_note` for small print at the foot."""

    text: str
    level: int = 0
    sign: str = ""
    is_note: bool = False
    size: float = 0
    is_full: bool = False
    """The last line reaches the column's right side."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing of this block can stand elsewhere: a heading, a title of few words, a sentence that ends."""
        return bool(self.level or self.text.endswith(_ENDS) or (not self.is_full and len(self.text) < _TITLE))

    def goes_on(self, other: Block) -> bool:
        """Whether `other`, in the next column or on the next page, is more of this paragraph."""
        if self.level or other.level or other.sign or self.is_note != other.is_note:
            return False
        if self.text.endswith(_ENDS) or re.match(r"(figure|table|source|图|表)\s*\d", other.text, re.I):
            return False
        if other.text[:1].islower() or self.text.endswith("-"):
            return True
        return self.is_full and not (self.sign and other.text[:1].isupper())


class Hyphens:
    """Joins lines; whether a hyphen at a line's end belongs to the word shows in the rest of the text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = Counter(
            (word if word.isalpha() else re.sub(r"^\W+|\W+$", "", word)).casefold()
            for word in words
            if not word.endswith("-")
        )

    def lines(self, lines: Sequence[str]) -> str:
        text = ""
        for line in lines:
            head, joint = self.join(text, line) if text else ("", "")
            text = head + joint + line
        return text

    def join(self, before: str, after: str) -> tuple[str, str]:
        """What stands before, perhaps without its hyphen, and what joins it to what follows."""
        cut = before.endswith("-") and re.search(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$", before)
        if not cut:
            last = before[-1:]
            wide = _WIDE.match(last) and _WIDE.match(after)
            return before, "" if wide or (last and last in "-/–—") else " "
        follows = re.match(r"[^\W\d_]+", after)
        if follows is None or not follows[0][0].islower():
            return before, ""
        left, right = cut[1].casefold(), follows[0].casefold()
        if right in ("and", "or", "to", "und", "oder", "bis", "et", "y"):  # "medium- and heavy-duty"
            return before, " "
        whole, kept = self.words[left + right], self.words[f"{left}-{right}"]
        if kept > whole or "-" in left or (not whole and _is_compound(left, right)):
            return before, ""
        known = self.words[left] and self.words[right]
        if whole or not known or len(left) <= 3 or len(right) <= 3:
            return before[:-1], ""
        return before, ""


def _is_compound(left: str, right: str) -> bool:
    """Whether two parts are written with a hyphen wherever they stand: e-mobility, long-term; not short-ages."""
    return left == "e" or (
        left in _COMPOUNDS and (len(right) > 3 or right == "ion") and not _SUFFIX.fullmatch(right)
    )


def find_blocks(lines: Sequence[Line], body: float, hyphens: Hyphens) -> list[Block]:
    """The blocks of one column."""
    if not lines:
        return []
    left = _common([line.x0 for line in lines])
    right = max(line.x1 for line in lines)
    steps = [b.middle - a.middle for a, b in pairwise(lines) if 0 < b.middle - a.middle < 4 * body]
    leading = median(steps) if steps else 1.2 * body
    leading = min(leading, 1.3 * body) if len(steps) < 3 else leading
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(groups[-1], line, left, right, leading, body):
            groups[-1].append(line)
        else:
            groups.append([line])
    room = right - min(line.x0 for line in lines)
    return [_block(group, body, right, hyphens) for group in _apart(groups, body, room)]


def _common(values: Sequence[float]) -> float:
    """The left side that most lines share."""
    return Counter(round(value) for value in values).most_common(1)[0][0]


def _begins(
    group: Sequence[Line], line: Line, left: float, right: float, leading: float, body: float
) -> bool:
    """Whether a line begins a new block after the lines of a group."""
    last, first = group[-1], group[0]
    step = line.middle - last.middle
    size = max(line.size, 1)
    if step <= 0 or step > 1.4 * max(leading, 1.05 * size) or abs(line.size - last.size) > 0.12 * size:
        return True
    if size > 1.12 * body:
        anew = _NUMBERED.match(line.text) is not None and _NUMBERED.match(first.text) is None
        return anew or _heads_anew(group, line, right)
    if (
        line.bold != last.bold
        and (last.bold or line.text[:1].isupper())
        and last.x1 < right - 0.1 * (right - left)
    ):
        return True
    is_item = _SIGN.match(first.text)
    if _SIGN.match(line.text) and line.x0 <= first.x0 + 2 * size:
        return bool(is_item) or last.x1 < right - 0.1 * (right - left) or last.text.endswith(_ENDS)
    if is_item:
        hangs = last.x0 > first.x0 + 0.5 * size or line.x0 < first.x0 - 0.5 * size
        return line.x0 <= first.x0 + 0.5 * size and (hangs or _is_short(last, left, right, 0.2))
    indented = line.x0 - last.x0 > 0.7 * size and last.x0 < left + 0.7 * size
    return (
        (indented and line.x0 < left + 6 * size)
        or _is_short(last, left, right, 0.2)
        or _is_alone(group, line, left, right)
    )


_NAMED = re.compile(r"[^\W\d_][^:.!?]{0,30}:\s+\S")
"""How a line begins that says what something is: "Prepared by: …"."""

_DAY = re.compile(r"\d{1,2}\.? [^\W\d]{3,9}\.? \d{4}|[^\W\d]{3,9}\.? \d{1,2}, \d{4}|\d{4}-\d\d-\d\d")


def _is_alone(group: Sequence[Line], line: Line, left: float, right: float) -> bool:
    """Whether a short line stands by itself: it names a thing as the line below does, or the next one begins anew
    though its first word had fitted there."""
    last, word = group[-1], line.pieces[0].words[0]
    if not (line.text[:1].isupper() or line.text[:1].isdigit()) or last.x1 > right - 0.2 * (right - left):
        return False
    if (_NAMED.match(last.text) and _NAMED.match(line.text)) or _DAY.fullmatch(line.text):
        return _CLOSES.search(last.text) is None
    widest = max(one.x1 for one in (*group[-3:], line))
    room = max(word.x1 - word.x0 + 2.5 * line.size, 0.35 * (widest - last.x0) if len(group) > 1 else 0.0)
    fitted = last.x1 + room < widest and abs(last.x0 - line.x0) < line.size
    return fitted and _CLOSES.search(last.text) is None


def _heads_anew(group: Sequence[Line], line: Line, right: float) -> bool:
    """Whether a large line is a heading after another: further from the last line than that one from the line before;
    or in other letters or at none of its sides, though its first word had fitted there."""
    last, word = group[-1], line.pieces[0].words[0]
    if len(group) > 1 and line.middle - last.middle > 1.2 * (last.middle - group[-2].middle):
        return True
    aside = min(
        abs(line.x0 - last.x0), abs(line.x1 - last.x1), abs(line.x0 + line.x1 - last.x0 - last.x1) / 2
    )
    fitted = last.x1 + 0.3 * line.size + word.x1 - word.x0 < right
    return fitted and (line.bold != last.bold or aside > 0.5 * line.size)


def _apart(groups: Sequence[list[Line]], body: float, room: float) -> Iterator[list[Line]]:
    """The groups of lines, with a title and the heading right under it apart: two large lines that one would have held,
    and text below."""
    for group, after in pairwise([*groups, []]):
        a, b = group if len(group) == 2 and after else (group[0], None)
        is_both = (
            b is not None
            and min(a.size, b.size) > 1.12 * body
            and after[0].size <= 1.12 * body
            and a.x1 - a.x0 + b.x1 - b.x0 + 0.3 * a.size < room
            and _CLOSES.search(a.text) is None
            and _OPENS.match(b.text) is None
        )
        yield from [group[:1], group[1:]] if is_both else [group]


_CLOSES = re.compile(r"(?:[-–—:,;/&(]|\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|vs?|with))$", re.I)
"""How a line ends whose heading goes on."""
_OPENS = re.compile(r"\d|[^\w\s]|(?:and|at|by|for|from|in|of|on|or|to|vs?|with)\b|[a-z]")
"""How a line begins that goes on with a heading, or that is its year."""


def _is_short(line: Line, left: float, right: float, by: float) -> bool:
    """A line that ends its sentence well before the column's side."""
    return line.text.endswith((".", "!", "?", "。", ":", "：")) and line.x1 < right - by * (right - left)


def _block(group: Sequence[Line], body: float, right: float, hyphens: Hyphens) -> Block:
    text = hyphens.lines([line.text for line in group])
    size = median(line.size for line in group)
    bold = all(line.bold for line in group)
    full = group[-1].x1 > right - 2.5 * size
    level = _level(text, size, body, bold, len(group))
    if level:
        return Block(text, level=level, size=size)
    if sign := _SIGN.match(text):
        return Block(text[sign.end() :], sign=_sign(sign[1]), is_full=full)
    return Block(text, is_note=size < 0.9 * body, is_full=full)


def _sign(sign: str) -> str:
    return sign if sign[0].isalnum() or sign[0] in "([" else "-"


def _level(text: str, size: float, body: float, bold: bool, lines: int) -> int:
    """The level of a heading; 0 for other text. By its number, else by its size and weight."""
    if (
        len(text) > 180
        or lines > 4
        or not re.search(r"[^\W\d_]{2}", text)
        or re.search(r"(?:\s?\.){4}", text)
    ):
        return 0
    large = size > 1.12 * body
    numbered = _NUMBERED.match(text)
    if numbered and lines <= 2 and len(text) < 120 and not text.endswith((".", ";", ",")):
        depth = numbered[1].count(".") + 2
        if large or bold or depth > 2:
            return 1 if depth == 2 and size > 1.5 * body else min(depth, 6)
    if text.endswith((".", ",", ";", "。", "，")) or (text[0].islower() and not large):
        return 0
    if large:
        return 1 if size > 1.5 * body else 2
    return 3 if bold and lines <= 2 and len(text) < 110 else 0


def merge_columns(columns: Sequence[Sequence[Block | Ruled]], hyphens: Hyphens) -> list[Block | Ruled]:
    """The blocks of columns one after the other; a paragraph that goes on in the next column is one."""
    merged: list[Block | Ruled] = []
    for column in columns:
        blocks = list(column)
        merged = notes_first(merged)
        last, first = (merged[-1], blocks[0]) if merged and blocks else (None, None)
        if isinstance(last, Block) and isinstance(first, Block) and last.goes_on(first):
            head, joint = hyphens.join(last.text, first.text)
            merged[-1] = replace(last, text=head + joint + first.text, is_full=first.is_full)
            blocks = blocks[1:]
        merged += blocks
    return merged


def notes_first(blocks: list[Block | Ruled]) -> list[Block | Ruled]:
    """Footnotes before the last paragraph over them, which may go on in the next column or on the next page; what is
    printed small under a heading (a list of sources) stays there."""
    end = len(blocks)
    while end and isinstance(last := blocks[end - 1], Block) and last.is_note:
        end -= 1
    over = blocks[end - 1] if end else None
    if end == len(blocks) or over is None or (isinstance(over, Block) and over.is_whole):
        return blocks
    return [*blocks[: end - 1], *blocks[end:], blocks[end - 1]]
