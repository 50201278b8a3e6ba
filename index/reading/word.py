"""Word files (.docx): headings, lists, tables, notes; what was deleted under track changes is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from index.errors import CorpusError
from index.reading.archive import READING_ERRORS, check_archive, is_template
from index.reading.draft import Draft, Pen, one_line
from index.reading.facts import Facts, parse_day


def draft_word(path: Path) -> Draft:
    """A draft of a Word file."""
    check_archive(path)
    try:
        source = docx.Document(str(path))
        writer = _Writer(source)
        writer.write()
        return writer.pen.draft(_facts(source))
    except READING_ERRORS as error:
        raise CorpusError(f"{path.name} is no Word file that can be read ({one_line(str(error))[:120]}).",
                          "Open it in Word or LibreOffice and save it again as .docx.") from error  # fmt: skip


class _Writer:
    def __init__(self, source: Any) -> None:
        self.source = source
        self.pen = Pen()
        self.counts: dict[tuple[str, int], int] = {}
        self.notes = _notes(source)
        self.styles: dict[str, Any] = {}
        """Styles by their ids: finding one takes a millisecond."""

    def write(self) -> None:
        for element in _blocks(self.source.element.body):
            if element.tag == qn("w:tbl"):
                self._table(element)
            else:
                self._paragraph(element)
        self.pen.end_list()

    def _paragraph(self, element: Any) -> None:
        text = _words(element)
        notes = [self.notes.get(n, "") for n in _note_ids(element)]
        level = self._level(element)
        if level and text.strip():
            self.pen.heading(text, level)
        elif (depth := self._depth(element)) is not None and text.strip():
            self.pen.item(text, depth, self._sign(element, depth))
        else:
            self.pen.paragraph(text)
        for note in filter(None, notes):
            self.pen.paragraph(note)

    def _style(self, element: Any) -> Any:
        said = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if said is None else said.get(qn("w:val")) or ""
        if name not in self.styles:
            self.styles[name] = Paragraph(element, self.source._body).style
        return self.styles[name]

    def _level(self, element: Any) -> int:
        """The level of a heading; 0 for other paragraphs. By outline level, else by the style's name."""
        style = self._style(element)
        while style is not None:
            name = (style.name or "").lower()
            if found := re.fullmatch(r"(?:heading|überschrift|titre|标题) ?([1-9])", name):
                return int(found[1])
            if name == "title":
                return 1
            outline = style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None and (outline.get(qn("w:val")) or "9").isdigit():
                level = int(outline.get(qn("w:val")) or "9")
                return level + 1 if level < 9 else 0
            style = style.base_style
        return 0

    def _depth(self, element: Any) -> int | None:
        """The depth of an item of a list; None for other paragraphs."""
        number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if number is not None:
            level = number.find(qn("w:ilvl"))
            said = "0" if level is None else level.get(qn("w:val")) or "0"
            return min(int(said), 8) if said.isdigit() else 0
        style = self._style(element)
        found = (
            re.match(r"list (?:bullet|number|paragraph)? ?([2-5])?", (style.name or "").lower())
            if style
            else None
        )
        if found and "paragraph" not in found[0]:
            return int(found[1] or 1) - 1
        return None

    def _sign(self, element: Any, depth: int) -> str:
        style = (getattr(self._style(element), "name", "") or "").lower()
        number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        which = number.get(qn("w:val")) if number is not None else ""
        if "number" not in style and not self._is_numbered(which, depth):
            return "-"
        self.counts[which, depth] = self.counts.get((which, depth), 0) + 1
        for key in [k for k in self.counts if k[0] == which and k[1] > depth]:
            del self.counts[key]
        return f"{self.counts[which, depth]}."

    def _is_numbered(self, which: str, depth: int) -> bool:
        try:
            numbering = self.source.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return False
        for num in numbering.findall(qn("w:num")):
            if num.get(qn("w:numId")) == which:
                wanted = num.find(qn("w:abstractNumId")).get(qn("w:val"))
                for abstract in numbering.findall(qn("w:abstractNum")):
                    if abstract.get(qn("w:abstractNumId")) == wanted:
                        return any(
                            level.get(qn("w:ilvl")) == str(depth)
                            and (form := level.find(qn("w:numFmt"))) is not None
                            and form.get(qn("w:val")) not in ("bullet", "none")
                            for level in abstract.findall(qn("w:lvl"))
                        )
        return False

    def _table(self, element: Any) -> None:
        cells: list[list[str]] = []
        shown: list[list[str]] = []
        for row in element.iterchildren(qn("w:tr")):
            full: list[str] = []
            seen: list[str] = []
            for cell in row.iterchildren(qn("w:tc"), qn("w:sdt")):
                text, wide, merged = _cell(cell)
                above = cells[-1][len(full)] if merged and cells and len(full) < len(cells[-1]) else ""
                full += [above if merged else text] * wide
                seen += ["" if merged else text] + [""] * (wide - 1)
            cells.append(full)
            shown.append(seen)
        self.pen.grid(cells, shown)


def _cell(cell: Any) -> tuple[str, int, bool]:
    """A cell's words, how many columns it takes, and whether it goes on from the row above."""
    text = " ".join(filter(None, (_words(p) for p in cell.iter(qn("w:p")))))
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    said = "1" if span is None else span.get(qn("w:val")) or "1"
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    merged = merge is not None and merge.get(qn("w:val")) != "restart"
    return text, max(1, min(int(said), 200)) if said.isdigit() else 1, merged


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those within content controls."""
    waiting = list(reversed(list(body)))
    while waiting:
        element = waiting.pop()
        if element.tag in (qn("w:p"), qn("w:tbl")):
            yield element
        elif element.tag in (
            qn("w:sdt"),
            qn("w:sdtContent"),
            qn("w:ins"),
            qn("w:customXml"),
            qn("w:smartTag"),
        ):
            waiting += reversed(list(element))


_DROPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText")}


def _words(paragraph: Any) -> str:
    """The words of a paragraph as they stand after all changes."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag in _DROPPED or str(tag).endswith("}Fallback") or (tag == qn("w:r") and _is_hidden(element)):
            walk.skip_subtree()
        elif tag == qn("w:t"):
            parts.append(element.text or "")
        elif tag in (qn("w:tab"), qn("w:noBreakHyphen"), qn("w:br"), qn("w:cr")):
            parts.append({"tab": " ", "noBreakHyphen": "-"}.get(etree.QName(element).localname, "\n"))
    return "\n".join(line.strip() for line in "".join(parts).split("\n")).strip()


def _is_hidden(run: Any) -> bool:
    """Whether words are marked as hidden."""
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false", "off")


def _note_ids(paragraph: Any) -> list[str]:
    return [
        f"{kind}{element.get(qn('w:id'))}"
        for kind in ("footnote", "endnote")
        for element in paragraph.iter(qn(f"w:{kind}Reference"))
    ]


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
                    text = " ".join(_words(p) for p in note.iter(qn("w:p")))
                    found[f"{kind[:-1]}{note.get(qn('w:id'))}"] = text.strip()
    return found


def _facts(source: Any) -> Facts:
    said = source.core_properties
    day, known = parse_day("" if is_template(said.created) else said.created or "")
    return Facts(
        title="" if (said.title or "").lower() in _EMPTY else one_line(said.title),
        author="" if (said.author or "") == "python-docx" else one_line(said.author or ""),
        published=day,
        published_known="inferred" if known == "given" else known,
        language=re.split("[-_]", said.language or "")[0].lower(),
    )


_EMPTY = {"", "word document", "powerpoint presentation", "untitled", "document1"}
