"""The numbers and signs that Word puts before paragraphs: worked out as Word does, from its definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_HAN = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    style: str = ""
    is_legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    """By the number of a list: its definition, and the levels that begin anew."""
    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def sign(self, which: str, depth: int) -> str | None:
        """What stands before the next paragraph of a list: "-" for a bullet, "" for nothing; None where no list has
        that number."""
        if which not in self.lists:
            return None
        definition, anew = self.lists[which]
        levels = self.levels.get(definition, {})
        level = levels.get(depth, Level())
        counts = self.counts.setdefault(definition, {})
        if depth in anew and (which, depth) not in self.begun:
            counts[depth] = anew[depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        self.begun.add((which, depth))
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "-"
        return "" if level.form == "none" else self._label(level, levels, counts)

    def depth_of(self, which: str, style: str) -> int:
        """The level of a list that belongs to a style."""
        levels = self.levels.get(self.lists.get(which, ("", {}))[0], {})
        return next((depth for depth, level in levels.items() if level.style == style), 0)

    def _label(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            one = levels.get(at, Level())
            return write(counts.setdefault(at, one.start), "decimal" if level.is_legal else one.form)

        return re.sub(r"%([1-9])", number, level.text).strip()


def read_numbering(source: Any) -> Numbering:
    """The lists that a Word file defines."""
    try:
        root = source.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return Numbering()
    found = Numbering()
    linked: dict[str, str] = {}
    points: dict[str, str] = {}
    for one in root.findall(qn("w:abstractNum")):
        name = one.get(qn("w:abstractNumId"), "")
        found.levels[name] = dict(_levels(one))
        if said := _val(one, "w:styleLink"):
            linked[said] = name
        if said := _val(one, "w:numStyleLink"):
            points[name] = said
    for name, style in points.items():
        found.levels[name] = found.levels.get(linked.get(style, ""), {})
    for one in root.findall(qn("w:num")):
        anew = {
            _number(change.get(qn("w:ilvl")), 0): _number(_val(change, "w:startOverride"), 1)
            for change in one.findall(qn("w:lvlOverride"))
            if change.find(qn("w:startOverride")) is not None
        }
        found.lists[one.get(qn("w:numId"), "")] = _val(one, "w:abstractNumId"), anew
    return found


def _levels(definition: Any) -> Iterator[tuple[int, Level]]:
    for one in definition.findall(qn("w:lvl")):
        yield (
            _number(one.get(qn("w:ilvl")), 0),
            Level(
                _number(_val(one, "w:start"), 1),
                _val(one, "w:numFmt") or "decimal",
                _val(one, "w:lvlText"),
                _val(one, "w:pStyle"),
                one.find(qn("w:isLgl")) is not None,
            ),
        )


def _val(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return "" if found is None else found.get(qn("w:val"), "")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default


def write(number: int, form: str) -> str:
    """A number in a format of Word's: 3, c, III, 三."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letters.upper() if form[0] == "u" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman, number = roman + sign * (number // value), number % value
        return roman.upper() if form[0] == "u" else roman
    if (
        form.startswith(("chineseCounting", "japaneseCounting", "ideograph", "taiwaneseCounting"))
        and number < 100
    ):
        tens, ones = divmod(number, 10)
        return ("" if tens == 0 else ("" if tens == 1 else _HAN[tens]) + "十") + (
            _HAN[ones] if ones or not tens else ""
        )
    return f"{number:02d}" if form == "decimalZero" else str(number)
