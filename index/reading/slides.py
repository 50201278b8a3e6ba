"""Slides (.pptx): titles, text, tables, charts' numbers, what is said of pictures, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from index.errors import CorpusError
from index.reading.archive import READING_ERRORS, is_template, open_archive
from index.reading.draft import Draft, Pen, one_line
from index.reading.drawn import write_drawn
from index.reading.equations import M, line_of
from index.reading.facts import Facts, find_dateline, parse_day
from index.reading.pictures import Pictures
from index.reading.raised import HIGH, LEVEL, LOW, in_line
from index.reading.titles import HEAD, choose_title

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def draft_slides(path: Path) -> Draft:
    """A draft of a slide deck: a heading and a mark for every slide."""
    try:
        deck = Presentation(open_archive(path))
        pen = Pen()
        pictures = Pictures(pen)
        for number, slide in enumerate(deck.slides, 1):
            if slide._element.get("show") in ("0", "false"):
                pen.warnings.append(f"slide {number} is hidden and was left out; show it to have it read")
                continue
            pen.mark("slide", str(number))
            _write_slide(slide, pen, pictures)
        draft = pen.draft()
        first = _first(draft)
        facts = _facts(deck).dated(find_dateline(first))
        shown = next(map(_headline, deck.slides), "")
        return replace(draft, facts=replace(facts, title=choose_title(facts.title, shown, first[:HEAD])))
    except READING_ERRORS as error:
        raise CorpusError(f"{path.name} is no deck that can be read ({one_line(str(error))[:120]}).",
                          "Open it in PowerPoint or LibreOffice and save it again as .pptx.") from error  # fmt: skip


def _first(draft: Draft) -> str:
    """What the first slide says."""
    starts = [mark.start for mark in draft.marks if mark.kind == "slide"]
    return draft.text[: starts[1]] if len(starts) > 1 else draft.text


def _headline(slide: Any) -> str:
    """A slide's title, else the line that is set largest on it."""
    title = slide.shapes.title
    if title is not None and title.has_text_frame and (own := _lines(title)):
        return " ".join(words for _, words in own)
    lines = [
        (_size(shape), shape)
        for shape in _shapes(slide.shapes)
        if shape.has_text_frame and not _is_furniture(shape) and _lines(shape)
    ][:_FIRST]
    largest = max((size for size, _ in lines), default=0)
    said = next(
        (" ".join(words for _, words in _lines(shape)) for size, shape in lines if size == largest), ""
    )
    return said if " " in said and len(said) <= _LONGEST else ""


_LONGEST, _FIRST = 120, 4
"""Letters of a headline, and the boxes among which it is."""


def _size(shape: Any) -> int:
    """The size of a shape's largest letters, where it says one itself."""
    return max((int(one.get("sz", "0")) for one in shape._element.iter(qn("a:rPr"))), default=0)


def _write_slide(slide: Any, pen: Pen, pictures: Pictures) -> None:
    _unwrap(slide.shapes._spTree)
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        pen.heading(" ".join(words for _, words in _lines(title)), 1)
    for shape in _in_columns(list(_shapes(slide.shapes))):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            pen.grid(*_cells(shape.table))
        elif shape.has_text_frame and not _is_furniture(shape):
            _write_text(shape, pen)
        elif not shape.has_text_frame:
            write_drawn(shape._element, slide.part, pen)
            pictures.write(shape._element)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        for line in notes.text.replace("\v", "\n").split("\n"):
            pen.paragraph(line)


def _unwrap(tree: Any) -> None:
    """Puts what newer programs show in the place of the choice between it and what older ones show."""
    for choice in list(tree.iter(f"{_MC}Choice")):
        either = choice.getparent()
        parent = either.getparent()
        if parent is not None and choice is either.find(f"{_MC}Choice"):
            for child in list(choice):
                either.addprevious(child)
            parent.remove(either)


def _shapes(shapes: Any) -> Iterator[Any]:
    """The shapes of a slide in reading order; those of a group together."""
    waiting = sorted(shapes, key=_place, reverse=True)
    while waiting:
        shape = waiting.pop()
        if hasattr(shape, "shapes"):
            waiting += sorted(shape.shapes, key=_place, reverse=True)
        elif _is_known(shape):
            yield shape


def _is_known(shape: Any) -> bool:
    """Whether the library knows a shape: not ink, nor what a newer program or an extension of one put in a group."""
    return hasattr(shape._element, "shape_id")


def _in_columns(shapes: list[Any]) -> list[Any]:
    """Shapes of a comparison column by column: what stands under each of several heads side by side goes with it."""
    heads = [
        shape for shape in shapes if _kind(shape) == "BODY" and any(_is_under(one, shape) for one in shapes)
    ]
    heads = [head for head in heads if any(_is_beside(head, other) for other in heads)]
    if len(heads) < 2:
        return shapes
    under = {head.shape_id: [one for one in shapes if _is_under(one, head)] for head in heads}
    placed = {shape.shape_id for head in heads for shape in (head, *under[head.shape_id])}
    first = next(place for place, shape in enumerate(shapes) if shape.shape_id in placed)
    columns = [shape for head in heads for shape in (head, *under[head.shape_id])]
    rest = [shape for shape in shapes[first:] if shape.shape_id not in placed]
    return [*shapes[:first], *columns, *rest]


def _kind(shape: Any) -> str:
    """What a placeholder is for; empty of other shapes."""
    return str(shape.placeholder_format.type).split(" ")[0] if shape.is_placeholder else ""


def _is_under(shape: Any, head: Any) -> bool:
    """Whether a placeholder stands right under another, as wide as it."""
    if not shape.is_placeholder or None in (shape.left, shape.top, head.left, head.top, head.height):
        return False
    near = max(1, head.width) // 10
    is_below = 0 <= shape.top - head.top - head.height // 2 < 2 * head.height
    return is_below and bool(abs(shape.left - head.left) < near and abs(shape.width - head.width) < near)


def _is_beside(head: Any, other: Any) -> bool:
    return bool(head is not other and abs(head.top - other.top) < 457_200 and head.left != other.left)


def _place(shape: Any) -> tuple[int, int]:
    """Reading order: by height in bands of half an inch, then from the left."""
    if not _is_known(shape):
        return 0, 0
    return (shape.top or 0) // 457_200, shape.left or 0


def _is_furniture(shape: Any) -> bool:
    """The date, the footer and the number of a slide."""
    return _kind(shape) in {"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"}


def _lines(shape: Any) -> list[tuple[int, str]]:
    """The paragraphs of a shape that say anything, each with its level."""
    lines = [(p.level or 0, _words(p._p)) for p in shape.text_frame.paragraphs]
    return [(level, words) for level, words in lines if words]


def _words(paragraph: Any) -> str:
    """The words of a paragraph, its equations and its fields."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag == f"{M}oMath":
            parts.append(line_of(element))
            walk.skip_subtree()
        elif element.tag == qn("a:t"):
            parts.append(_set(element))
        elif element.tag == qn("a:br"):
            parts.append(" ")
    return one_line(in_line("".join(parts)))


def _set(text: Any) -> str:
    """The words of a run, marked where they stand higher or lower than their line."""
    said = text.text or ""
    properties = text.getparent().find(qn("a:rPr"))
    shift = "" if properties is None else properties.get("baseline", "").rstrip("%0.")
    if not said or not shift:
        return said
    return f"{LOW if shift.startswith('-') else HIGH}{said}{LEVEL}"


def _write_text(shape: Any, pen: Pen) -> None:
    lines = _lines(shape)
    body = _kind(shape) in {"BODY", "OBJECT"}
    for level, text in lines:
        if body and (len(lines) > 1 or level):
            pen.item(text, level)
        else:
            pen.paragraph(text)
    pen.end_list()


def _cells(table: Any) -> tuple[list[list[str]], list[list[str]]]:
    cells: list[list[str]] = []
    shown: list[list[str]] = []
    for row in table.rows:
        full: list[str] = []
        for x, cell in enumerate(row.cells):
            from_left = (
                cell.is_spanned and x > 0 and row.cells[x - 1].is_spanned | row.cells[x - 1].is_merge_origin
            )
            text = _cell(cell)
            if cell.is_spanned and not text:
                text = full[-1] if from_left and full else (cells[-1][x] if cells else "")
            full.append(text)
        cells.append(full)
        shown.append([_cell(cell) for cell in row.cells])
    return cells, shown


def _cell(cell: Any) -> str:
    return "\n".join(_words(paragraph._p) for paragraph in cell.text_frame.paragraphs)


def _facts(deck: Any) -> Facts:
    said = deck.core_properties
    default = (said.author or "") == "Steve Canny"
    day, _ = parse_day("" if is_template(said.created) else said.created or "")
    return Facts(
        title=one_line(said.title or ""),
        author="" if default else one_line(said.author or ""),
        published=None if default else day,
        published_known="inferred" if day and not default else "unknown",
    )
