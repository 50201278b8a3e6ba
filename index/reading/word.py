"""Word files (.docx): headings, lists, tables, notes; what was deleted under track changes is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn as qualified
from docx.text.paragraph import Paragraph
from lxml import etree

from index.errors import CorpusError
from index.reading.archive import READING_ERRORS, is_template, open_archive
from index.reading.draft import Draft, Pen, one_line, square
from index.reading.drawn import write_drawn
from index.reading.facts import Facts, find_dateline, parse_day
from index.reading.numbering import read_numbering
from index.reading.pictures import Pictures
from index.reading.runs import find_boxes, find_paragraphs, is_set_apart, raise_by_style, words_of
from index.reading.sign_cells import join_signs
from index.reading.titles import HEAD, choose_title, is_part, is_title

qn = cache(qualified)


def _path(*names: str) -> str:
    return "/".join(map(qn, names))


_STYLE, _OUTLINE = _path("w:pPr", "w:pStyle"), _path("w:pPr", "w:outlineLvl")
_NO_END, _TABLE = _path("w:pPr", "w:rPr", "w:del"), qn("w:tbl")
_LIST, _VALUE = _path("w:pPr", "w:numPr"), qn("w:val")


def draft_word(path: Path) -> Draft:
    """A draft of a Word file."""
    try:
        source = docx.Document(open_archive(path))
        writer = _Writer(source)
        writer.write()
        draft = writer.pen.draft()
        facts = _facts(source).dated(find_dateline(draft.text)).spoken(draft.text)
        title = choose_title(facts.title, writer.title or draft.first_heading(), draft.text[:HEAD])
        return replace(draft, facts=replace(facts, title=title or writer.line))
    except READING_ERRORS as error:
        raise CorpusError(f"{path.name} is no Word file that can be read ({one_line(str(error))[:120]}).",
                          "Open it in Word or LibreOffice and save it again as .docx.") from error  # fmt: skip


class _Writer:
    def __init__(self, source: Any) -> None:
        self.source = source
        self.pen = Pen()
        self.pictures = Pictures(self.pen)
        self.numbering = read_numbering(source)
        self.notes = _notes(source)
        raise_by_style(source)
        self.title = self.line = ""
        self.lines = 0
        self.styles: dict[str, _Style] = {}
        """Styles by their ids: finding one takes a millisecond."""

    def write(self) -> None:
        self._blocks(self.source.element.body)
        self.pen.end_list()
        if remarks := _count_comments(self.source):
            self.pen.warnings.append(f"{remarks:,} {'comment' if remarks == 1 else 'comments'} left out")

    def _blocks(self, container: Any) -> None:
        held: list[Any] = []
        for element in _inside(container, "w:p", "w:tbl"):
            if element.tag == _TABLE:
                self._paragraph(held)
                self._table(element)
                held = []
            else:
                held.append(element)
                if element.find(_NO_END) is None:
                    self._paragraph(held)
                    held = []
        self._paragraph(held)

    def _paragraph(self, elements: list[Any]) -> None:
        """A paragraph; it has several elements where the ends of those before the last were deleted."""
        if not elements:
            return
        element = elements[-1]
        text = words_of(element)
        if len(elements) > 1:
            text = " ".join(filter(None, map(words_of, elements)))
        level = self._level(element)
        depth, sign = self._number(element)
        if level and text.strip():
            self.pen.heading(text if sign in (None, "-") else f"{sign} {text}", level)
            if self._style(element).is_title:
                self.title = self.title or one_line(text)
        elif sign is not None and text.strip():
            self.pen.item(text, depth, sign)
        else:
            self.pen.paragraph(text)
            self._see_title(element, text)
        for one in elements:
            for box in find_boxes(one):
                self.pen.end_list()
                self._blocks(box)
            self._beside(one)

    def _see_title(self, element: Any, text: str) -> None:
        """One of the first lines that is set as a title is, though no style says so."""
        self.lines += bool(text.strip())
        if not self.line and text.strip() and self.lines <= _FIRST and len(text) <= _LONGEST:
            is_said = not text.rstrip().endswith((".", ":")) and is_title(text) and not is_part(text)
            self.line = (
                one_line(text) if is_said and not find_dateline(text) and is_set_apart(element) else ""
            )

    def _beside(self, element: Any) -> None:
        """What stands with a paragraph or a table: its charts, its diagrams, its pictures, its notes."""
        write_drawn(element, self.source.part, self.pen)
        self.pictures.write(element)
        for note in filter(None, (self.notes.get(n, "") for n in _note_ids(element))):
            self.pen.paragraph(note)

    def _style(self, element: Any) -> _Style:
        said = element.find(_STYLE)
        name = "" if said is None else said.get(_VALUE) or ""
        if name not in self.styles:
            self.styles[name] = _read_style(Paragraph(element, self.source._body).style)
        return self.styles[name]

    def _level(self, element: Any) -> int:
        """The level of a heading; 0 for other paragraphs. By outline level, else by the style's name."""
        own = element.find(_OUTLINE)
        return self._style(element).level if own is None else _outline(own)

    def _number(self, element: Any) -> tuple[int, str | None]:
        """The depth of an item of a list and its sign; None for a paragraph that is none."""
        style = self._style(element)
        which, said, styled = _numbered(element) or style.list
        if not which:
            return max(style.shown, 0), "-" if style.shown >= 0 else None
        depth = min(int(said), 8) if said.isdigit() else self.numbering.depth_of(which, styled)
        sign = self.numbering.sign(which, depth)
        return max(depth, style.shown), "-" if sign is None else sign

    def _table(self, element: Any) -> None:
        """A table; one of a single column only frames what is in it."""
        rows = [list(_inside(row, "w:tc")) for row in _rows(element)]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                self._blocks(row[0])
            return
        cells: list[list[str]] = []
        shown: list[list[str]] = []
        for line, row in zip(_rows(element), rows, strict=True):
            full = [""] * _count(line.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
            seen = list(full)
            for cell in row:
                text, wide, merged = _cell(cell)
                wide = 1 if len(row) == 1 and not full else wide  # a line over or under all columns
                above = cells[-1][len(full)] if merged and cells and len(full) < len(cells[-1]) else ""
                full += [above if merged else text] * wide
                seen += ["" if merged else text] + [""] * (wide - 1)
            cells.append(full)
            shown.append(seen)
        self.pen.end_list()
        self.pen.grid(*join_signs(square(cells), square(shown)))
        self._beside(element)


_FIRST, _LONGEST = 4, 150
"""Paragraphs among which a title stands, and its letters."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style says of its paragraphs."""

    level: int
    """Of a heading; 0 of other text."""
    is_title: bool
    shown: int
    """How deep an item stands whose style is named for lists; -1 of others."""
    list: tuple[str, str, str]
    """The list, the level in it, the style that says so; "" of none."""


def _read_style(style: Any) -> _Style:
    chain = list(_chain(style))
    named = re.match(r"list (?:bullet|number) ?([2-5])?", (getattr(style, "name", None) or "").lower())
    lists = (found for one in chain if (found := _numbered(one.element, one.style_id)))
    return _Style(
        next((level for one in chain if (level := _heading(one)) is not None), 0),
        any((one.name or "").lower() == "title" for one in chain),
        int(named[1] or 1) - 1 if named else -1,
        next(lists, ("", "", "")),
    )


def _heading(style: Any) -> int | None:
    """The level that a style has by its name or by itself; None where it leaves it to the one that it is based on."""
    name = (style.name or "").lower()
    if found := re.fullmatch(r"(?:heading|überschrift|titre|标题) ?([1-9])", name):
        return int(found[1])
    if name == "title":
        return 1
    outline = style.element.find(_OUTLINE)
    return None if outline is None else _outline(outline)


def _numbered(place: Any, name: str = "") -> tuple[str, str, str] | None:
    """The list that a paragraph or a style of some name says itself, and its level in it; None where it says none."""
    found = place.find(_LIST)
    number = None if found is None else found.find(qn("w:numId"))
    if number is None:
        return None
    level = found.find(qn("w:ilvl"))
    which = number.get(_VALUE, "0")
    said = "" if level is None else level.get(_VALUE, "")
    return ("", "", "") if which == "0" else (which, said if said or name else "0", name)


def _chain(style: Any) -> Iterator[Any]:
    """A style and those that it is based on."""
    for _ in range(20):
        if style is None:
            return
        yield style
        style = style.base_style


def _outline(element: Any) -> int:
    said = element.get(qn("w:val")) or "9"
    return int(said) + 1 if said.isdigit() and int(said) < 9 else 0


def _rows(table: Any) -> list[Any]:
    """The rows of a table but for those that were deleted."""
    return [row for row in _inside(table, "w:tr") if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]


def _cell(cell: Any) -> tuple[str, int, bool]:
    """A cell's words, how many columns it takes, and whether it goes on from the row above."""
    text = " ".join(filter(None, (words_of(p) for p in find_paragraphs(cell))))
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    merged = merge is not None and merge.get(qn("w:val")) != "restart"
    return text, max(1, _count(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)), merged


def _count(element: Any, default: int) -> int:
    said = "" if element is None else element.get(qn("w:val")) or ""
    return min(int(said), 200) if said.isdigit() else default


_WRAPPERS = {
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "bdo", "dir")
}


def _inside(container: Any, *tags: str) -> Iterator[Any]:
    """The elements of some kinds in order, also those within content controls and insertions."""
    wanted = {qn(tag) for tag in tags}
    waiting = list(reversed(list(container)))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            waiting += reversed(list(element))


_REFERENCES = {qn(f"w:{kind}Reference"): kind for kind in ("footnote", "endnote")}


def _note_ids(paragraph: Any) -> list[str]:
    references = paragraph.iter(*_REFERENCES)
    found = [(_REFERENCES[one.tag], one.get(qn("w:id"))) for one in references]
    return [f"{kind}{number}" for kind, number in sorted(found, key=lambda one: one[0], reverse=True)]


def _notes(source: Any) -> dict[str, str]:
    """Footnotes and endnotes by kind and number."""
    found: dict[str, str] = {}
    for relation in source.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("footnotes", "endnotes") and not relation.is_external:
            root = etree.fromstring(
                relation.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True)
            )
            for note in root:
                if note.get(qn("w:type")) in (None, "normal"):
                    text = " ".join(words_of(p) for p in note.iter(qn("w:p")))
                    found[f"{kind[:-1]}{note.get(qn('w:id'))}"] = text.strip()
    return found


def _count_comments(source: Any) -> int:
    parts = [one for one in source.part.rels.values() if one.reltype.endswith("/comments")]
    return sum(one.target_part.blob.count(b"<w:comment ") for one in parts if not one.is_external)


def _facts(source: Any) -> Facts:
    said = source.core_properties
    day, known = parse_day("" if is_template(said.created) else said.created or "")
    return Facts(
        title=one_line(said.title or ""),
        author="" if (said.author or "") == "python-docx" else one_line(said.author or ""),
        published=day,
        published_known="inferred" if known == "given" else known,
        language=re.split("[-_]", said.language or "")[0].lower(),
    )
