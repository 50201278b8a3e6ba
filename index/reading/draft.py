"""A draft: what a reader makes of a file, before what is known of it is added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from index.documents import Mark, Table
from index.passages import BETWEEN
from index.reading.facts import Facts

CELL = "\t"
"""Joins the cells of a row in the text as read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Text, marks and tables as read, and the facts that the file states of itself."""

    text: str
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)

    def first_heading(self) -> str:
        """The heading that the text begins with; empty where it begins otherwise."""
        return next((mark.value for mark in self.marks[:3] if mark.kind == "heading" and mark.start == 0), "")


_SPACES = re.compile(r"[^\S\n]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff\ud800-\udfff]")
_CJK = "⺀-鿿\uf900-\ufaff︰-﹏！-｠"
_WRAP = re.compile(rf"(?<=[{_CJK}、。])[ \t]*\n[ \t]*(?=[{_CJK}、。])")


def clean(text: str) -> str:
    """Single spaces, no unseen characters; line breaks stay."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def one_line(text: str) -> str:
    """A text on one line; a break between Chinese characters leaves no space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(_WRAP.sub("", clean(text)).split())


class Pen:
    """Writes a draft block by block and knows where every block began."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._joint = ""
        self._path: list[tuple[int, str]] = []
        self._waiting: list[tuple[str, str]] = []
        self.marks: list[Mark] = []
        self.tables: list[Table] = []
        self.warnings: list[str] = []

    @property
    def last(self) -> str:
        """The block written last."""
        return self._parts[-1] if self._parts else ""

    def mark(self, kind: str, value: str) -> None:
        """The next block begins a page, a slide, a time, a speaker's turn."""
        self._waiting.append((kind, value))

    def end(self, kind: Literal["time"], value: str) -> None:
        """The end of the text is a time of its own."""
        self.marks.append(Mark(self._length, kind, value))

    def heading(self, text: str, level: int) -> None:
        if text := one_line(text):
            self._path = [(at, title) for at, title in self._path if at < level] + [(level, text)]
            self.mark("heading", BETWEEN.join(title for _, title in self._path))
            self._write(text, "\n\n")

    def paragraph(self, text: str) -> None:
        """A paragraph; a line break in it stays."""
        self._write(clean(text).strip("\n"), "\n\n")

    def item(self, text: str, depth: int = 0, sign: str = "-") -> None:
        """An item of a list; items stand on lines of their own without a blank line between."""
        if text := one_line(text):
            self._write("  " * depth + f"{sign} {text}".strip(), "\n")

    def end_list(self) -> None:
        if self._joint == "\n":
            self._joint = "\n\n"

    def table(
        self, cells: Sequence[Sequence[str]], *, name: str = "", shown: Sequence[Sequence[str]] | None = None
    ) -> None:
        """A table, one row a line. `shown` are the rows to print where spanned cells repeat in `cells`."""
        rows = tuple(tuple(one_line(cell) for cell in row) for row in cells)
        lines = [CELL.join(one_line(cell) for cell in row).rstrip() for row in (shown or cells)]
        if not any(any(row) for row in rows):
            return
        self._write("\n".join(lines), "\n\n", strip=False)
        self.tables.append(Table(name, rows, self._length - len("\n".join(lines)), self._length))

    def grid(self, cells: Sequence[Sequence[str]], shown: Sequence[Sequence[str]]) -> None:
        """A table of any rows; one of a single cell or column is text."""
        full = square(cells)
        if full and len(full[0]) == 1:
            for row in full:
                self.paragraph(row[0])
        else:
            self.table(full, shown=square(shown))

    def more_rows(self, cells: Sequence[Sequence[str]]) -> None:
        """More rows of the table written last."""
        last = self.tables[-1]
        lines = [tuple(one_line(cell) for cell in row) for row in cells]
        self._write("\n".join(map(CELL.join, lines)), "\n\n", joint="\n", strip=False)
        rows = tuple(map(tuple, square([*last.cells, *lines])))
        self.tables[-1] = replace(last, cells=rows, end=self._length)

    def go_on(self, text: str, joint: str = " ", *, is_item: bool = False) -> None:
        """More of the paragraph or of the item written last."""
        self._write(clean(text).strip("\n"), "\n" if is_item else "\n\n", joint=joint)

    def add(self, draft: Draft) -> None:
        """Another draft, as it is."""
        if draft.text:
            self._write(draft.text, "\n\n", strip=False)
            by = self._length - len(draft.text)
            self.marks += [replace(mark, start=mark.start + by) for mark in draft.marks]
            self.tables += [replace(t, start=t.start + by, end=t.end + by) for t in draft.tables]
        self.warnings += draft.warnings

    def draft(self, facts: Facts | None = None) -> Draft:
        text = "".join(self._parts)
        return Draft(text, tuple(self.marks), tuple(self.tables), tuple(self.warnings), facts or Facts())

    def _write(self, text: str, after: str, *, joint: str | None = None, strip: bool = True) -> None:
        if not (text.strip() if strip else text):
            return
        between = (
            joint if joint is not None else (self._joint if after == "\n" or self._joint != "\n" else "\n\n")
        )
        between = between if self._parts else ""
        start = self._length + len(between)
        self.marks += [Mark(start, kind, value) for kind, value in self._waiting]  # type: ignore[arg-type]
        self._waiting = []
        self._parts += [between, text]
        self._length = start + len(text)
        self._joint = after


def square(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """Rows of one length."""
    filled = [list(row) for row in rows]
    width = max((len(row) for row in filled), default=0)
    return [row + [""] * (width - len(row)) for row in filled]
