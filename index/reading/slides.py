"""Slides (.pptx): titles, text, tables, charts' numbers, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation

from index.errors import CorpusError
from index.reading.archive import READING_ERRORS, check_archive, is_template
from index.reading.draft import Draft, Pen, one_line
from index.reading.facts import Facts, parse_day

_EMPTY = {"", "powerpoint presentation", "untitled", "presentation"}


def draft_slides(path: Path) -> Draft:
    """A draft of a slide deck: a heading and a mark for every slide."""
    check_archive(path)
    try:
        deck = Presentation(str(path))
        pen = Pen()
        for number, slide in enumerate(deck.slides, 1):
            pen.mark("slide", str(number))
            _write_slide(slide, pen)
        return pen.draft(_facts(deck))
    except READING_ERRORS as error:
        raise CorpusError(f"{path.name} is no deck that can be read ({one_line(str(error))[:120]}).",
                          "Open it in PowerPoint or LibreOffice and save it again as .pptx.") from error  # fmt: skip


def _write_slide(slide: Any, pen: Pen) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        pen.heading(title.text_frame.text.replace("\v", " "), 1)
    for shape in sorted(_shapes(slide.shapes), key=_place):
        if title is not None and shape.shape_id == title.shape_id:
            continue
        if getattr(shape, "has_table", False) and shape.has_table:
            pen.grid(*_cells(shape.table))
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            _write_chart(shape.chart, pen)
        elif shape.has_text_frame and not _is_furniture(shape):
            _write_text(shape, pen)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        for line in notes.text.replace("\v", "\n").split("\n"):
            pen.paragraph(line)


def _shapes(shapes: Any) -> Iterator[Any]:
    waiting = list(reversed(list(shapes)))
    while waiting:
        shape = waiting.pop()
        if hasattr(shape, "shapes"):
            waiting += reversed(list(shape.shapes))
        else:
            yield shape


def _place(shape: Any) -> tuple[int, int]:
    """Reading order: by height in bands of half an inch, then from the left."""
    return (shape.top or 0) // 457_200, shape.left or 0


def _is_furniture(shape: Any) -> bool:
    """The date, the footer and the number of a slide."""
    if not shape.is_placeholder:
        return False
    return str(shape.placeholder_format.type).split(" ")[0] in {"DATE", "FOOTER", "SLIDE_NUMBER", "HEADER"}


def _write_text(shape: Any, pen: Pen) -> None:
    lines = [
        (p.level or 0, "".join(run.text for run in p.runs).replace("\v", " "))
        for p in shape.text_frame.paragraphs
    ]
    lines = [(level, text) for level, text in lines if text.strip()]
    body = shape.is_placeholder and str(shape.placeholder_format.type).split(" ")[0] in {"BODY", "OBJECT"}
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
            text = cell.text_frame.text
            if cell.is_spanned and not text:
                text = full[-1] if from_left and full else (cells[-1][x] if cells else "")
            full.append(text)
        cells.append(full)
        shown.append([cell.text_frame.text for cell in row.cells])
    return cells, shown


def _write_chart(chart: Any, pen: Pen) -> None:
    """The numbers of a chart, as a table of its categories by its series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        pen.paragraph(chart.chart_title.text_frame.text)
    plots = list(chart.plots)
    if not plots:
        return
    names = [str(category) for category in plots[0].categories]
    series = [(one_line(str(s.name)), list(s.values)) for plot in plots for s in plot.series]
    rows = [["", *(name for name, _ in series)]]
    for n, name in enumerate(names):
        rows.append([name, *(_number(values[n]) if n < len(values) else "" for _, values in series)])
    if len(rows) > 1:
        pen.grid(rows, rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _facts(deck: Any) -> Facts:
    said = deck.core_properties
    default = (said.author or "") == "Steve Canny"
    day, _ = parse_day("" if is_template(said.created) else said.created or "")
    return Facts(
        title="" if (said.title or "").lower() in _EMPTY else one_line(said.title),
        author="" if default else one_line(said.author or ""),
        published=None if default else day,
        published_known="inferred" if day and not default else "unknown",
    )
