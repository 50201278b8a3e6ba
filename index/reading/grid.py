"""An HTML table as a grid: spans laid out, its caption apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from index.reading.draft import one_line
from index.reading.raised import HIGH, LEVEL, LOW, in_line
from index.reading.sign_cells import Rows, join_signs

_LIMIT = 2_000_000
"""Cells that spans may make of one table."""


@dataclass(frozen=True, slots=True)
class Grid:
    """`cells` repeats what spans; `shown` has it once, as a reader sees it."""

    caption: str
    cells: Rows
    shown: Rows


def read_grid(table: html.HtmlElement) -> Grid | None:
    """The grid of a data table; None for a table that only lays out a page."""
    rows = [row for row in table.iter("tr") if _owner(row) is table]
    own = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
    if not _is_data(table, own):
        return None
    cells: list[dict[int, str]] = [{} for _ in own]
    shown: list[dict[int, str]] = [{} for _ in own]
    budget = _LIMIT
    for y, row in enumerate(own):
        x = 0
        for cell in row:
            while x in cells[y]:
                x += 1
            text = said_of(cell)
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(own) - y)
            wide = 1 if len(row) == 1 and not cells[y] else wide  # a line over or under all columns
            budget -= wide * high
            if budget < 0:
                return None
            for dy in range(high):
                for dx in range(wide):
                    cells[y + dy][x + dx] = text
                    shown[y + dy][x + dx] = text if dx == dy == 0 else ""
            x += wide
    width = max((max(row, default=-1) for row in cells), default=-1) + 1
    caption = next((said_of(c) for c in table.iter("caption") if _owner(c) is table), "")
    return Grid(caption, *join_signs(*_squared(cells, shown, width)))


def _squared(cells: list[dict[int, str]], shown: list[dict[int, str]], width: int) -> tuple[Rows, Rows]:
    """Rows of one length, but for those without a word."""
    both = [rows for rows in zip(cells, shown, strict=True) if any(rows[0].values())]
    full, seen = (tuple(tuple(rows[n].get(x, "") for x in range(width)) for rows in both) for n in (0, 1))
    return full, seen


def _owner(element: html.HtmlElement) -> html.HtmlElement | None:
    return next(_ancestors(element, "table"), None)


def _ancestors(element: html.HtmlElement, tag: str) -> Iterator[html.HtmlElement]:
    return element.iterancestors(tag)


def _is_data(table: html.HtmlElement, rows: list[list[html.HtmlElement]]) -> bool:
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(len(row) for row in rows) < 2 or table.get("role") == "presentation":
        return False
    inner = [one for one in table.iterdescendants("table") if _owner(one) is table]
    if inner and not _is_small(inner, table, cells):
        return False
    if any(cell.tag == "th" for cell in cells) or any(
        True for _ in table.iterdescendants("caption", "thead")
    ):
        return True
    lengths = sorted(len(cell.text_content()) for cell in cells)
    return lengths[len(lengths) // 2] < 60 and lengths[-1] < 600


def _is_small(inner: list[html.HtmlElement], table: html.HtmlElement, cells: list[html.HtmlElement]) -> bool:
    """Whether tables within one are but parts of its cells: it has headers of its own, and they hold few words."""
    words = sum(len(one.text_content()) for one in inner)
    heads = sum(cell.tag == "th" and not list(cell.iter("table")) for cell in cells)
    return heads > 1 and words < 0.3 * len(table.text_content())


def _span(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), 1000)) if said.isdigit() and len(said) < 6 else 1


_RAISED = {"sup": HIGH, "sub": LOW, "super": HIGH, "top": HIGH, "text-top": HIGH}
_STYLED = re.compile(
    r".*vertical-align\s*:\s*(super|sub)\b|(?=.*font-size).*vertical-align\s*:\s*((?:text-)?top)\b", re.I
)


def shift_of(element: html.HtmlElement) -> str:
    """The mark of an element whose words stand higher or lower than their line, by its tag or its style."""
    if element.tag in ("sup", "sub"):
        return _RAISED[str(element.tag)]
    if element.tag not in ("span", "font", "a", "small"):
        return ""
    found = _STYLED.match(element.get("style", ""))
    return _RAISED[(found[1] or found[2]).lower()] if found else ""


def said_of(cell: html.HtmlElement) -> str:
    """The words of a cell or a title on one line; its line breaks and blocks are spaces."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        between = " " if element.tag in _BREAKS else ""
        if event == "start":
            parts += [between, shift_of(element), element.text or ""]
        else:
            ended = LEVEL if shift_of(element) else ""
            parts += [between, ended, (element.tail or "") if element is not cell else ""]
    return one_line(in_line("".join(parts)))


_BREAKS = {"br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "table"}
