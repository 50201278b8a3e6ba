"""The words of a Word file's paragraphs: as they stand after all changes, without what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from docx.oxml.ns import qn as qualified
from lxml import etree

from index.reading.equations import M, line_of
from index.reading.raised import HIGH, LEVEL, LOW, in_line

qn = cache(qualified)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DROPPED = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), qn("w:txbxContent"), _FALLBACK}
_SIGNS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:br"): "\n", qn("w:cr"): "\n"}


_RUN, _TEXT, _MATH = qn("w:r"), qn("w:t"), f"{M}oMath"
_RAISED = "/".join(map(qn, ("w:rPr", "w:vertAlign")))
_PLACED, _BY = "/".join(map(qn, ("w:rPr", "w:position"))), 4
"""By how many half points a run is moved, and from how many on it is seen."""
_SHIFTS = {"superscript": HIGH, "subscript": LOW}


def words_of(paragraph: Any) -> str:
    """The words of a paragraph as they stand after all changes; not those of boxes that hang on it."""
    parts: list[str] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == _TEXT:
            parts.append(_set(element))
        elif tag in _DROPPED or (tag == _RUN and _is_hidden(element)):
            walk.skip_subtree()
        elif tag == _MATH:
            parts.append(line_of(element))
            walk.skip_subtree()
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
    return "\n".join(line.strip() for line in in_line("".join(parts)).strip().split("\n"))


def _set(text: Any) -> str:
    """The words of a run, marked where they stand higher or lower than their line."""
    said = text.text or ""
    shift, place = text.getparent().find(_RAISED), text.getparent().find(_PLACED)
    mark = "" if shift is None else _SHIFTS.get(shift.get(qn("w:val")), "")
    if place is not None and re.fullmatch(r"-?\d+", by := place.get(qn("w:val"), "")):
        mark = mark or (HIGH if int(by) >= _BY else LOW if int(by) <= -_BY else "")
    return f"{mark}{said}{LEVEL}" if mark and said else said


def raise_by_style(source: Any) -> None:
    """Says at every run itself what a style of letters says of it: that it stands higher or lower."""
    styles = {
        style.get(qn("w:styleId")): shift
        for style in source.styles.element.iter(qn("w:style"))
        if style.get(qn("w:type")) == "character" and (shift := style.find(_RAISED)) is not None
    }
    for named in source.element.body.iter(qn("w:rStyle")) if styles else ():
        properties = named.getparent()
        shift = styles.get(named.get(qn("w:val")))
        if shift is not None and properties.find(qn("w:vertAlign")) is None:
            properties.append(deepcopy(shift))


_BOLD, _SIZE = ("/".join(map(qn, ("w:rPr", name))) for name in ("w:b", "w:sz"))
_LARGE = 28
"""Half points of letters that are larger than a text's."""


def is_set_apart(paragraph: Any) -> bool:
    """Whether all words of a paragraph are bold or large, as a title is that no style says."""
    runs = [run for run in paragraph.iter(_RUN) if any((text.text or "").strip() for text in run.iter(_TEXT))]
    return bool(runs) and all(map(_is_strong, runs))


def _is_strong(run: Any) -> bool:
    bold, size = run.find(_BOLD), run.find(_SIZE)
    if bold is not None and bold.get(qn("w:val"), "1") not in ("0", "false", "off"):
        return True
    said = "" if size is None else size.get(qn("w:val"), "")
    return said.isdigit() and int(said) >= _LARGE


def find_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, but for those within others and for copies for older programs."""
    if next(paragraph.iter(qn("w:txbxContent")), None) is None:
        return
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag == qn("w:txbxContent"):
            yield element
        if element.tag in _DROPPED:
            walk.skip_subtree()


def find_paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell, also those of tables and boxes within it."""
    walk = etree.iterwalk(cell, events=("start",))
    for _, element in walk:
        if element.tag == _FALLBACK:
            walk.skip_subtree()
        elif element.tag == qn("w:p"):
            yield element


_HIDDEN = "/".join(map(qn, ("w:rPr", "w:vanish")))


def _is_hidden(run: Any) -> bool:
    """Whether words are marked as hidden."""
    hidden = run.find(_HIDDEN)
    return hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false", "off")
