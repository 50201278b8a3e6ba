"""Tables in plain text whose columns stand under each other, parted by spaces or bars."""

from __future__ import annotations

import re

_GAP = re.compile(r" *\|\s*|\t+| {2,}")
_RULE = re.compile(r"[\s|+:=_-]+")
_NUMBER = re.compile(r"[-+−~]?[$€£¥]?\(?\d[\d.,\s]*%?\)?(?:\s?[a-z]{1,2}|\*)?|[-–—]|n/?a", re.I)
LEAST = 3
"""Rows of a table, its header with them."""


def with_tabs(text: str) -> str:
    """The text with such tables in paragraphs of their own, their cells parted by tabs."""
    lines = text.replace("\r\n", "\n").split("\n")
    out: list[str] = []
    at = 0
    while at < len(lines):
        places, rows, end = _run(lines, at)
        head = _head(rows)
        if head is None:
            # the last row may yet head what follows
            after = places[-1] if len(places) > 1 else at + 1
            out += lines[at:after]
        else:
            after = end
            out += [*lines[at : places[head]], "", *("\t".join(row) for row in _squared(rows[head:])), ""]
        at = after
    return "\n".join(out)


def _run(lines: list[str], at: int) -> tuple[list[int], list[list[str]], int]:
    """The rows of as many cells that begin at a line, the first of which may have others: where they are, their
    cells, and the line after them."""
    places: list[int] = []
    rows: list[list[str]] = []
    end = at
    while end < len(lines):
        line = lines[end]
        is_rule = _RULE.fullmatch(line)
        if not line.strip() or (is_rule and not rows):
            break
        if not is_rule:
            cells = _cells(line)
            if len(cells) < 2 or (len(rows) > 1 and len(cells) != len(rows[-1])):
                break
            places.append(end)
            rows.append(cells)
        end += 1
    return places, rows, end


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return []
    return [cell.strip() for cell in _GAP.split(line.strip().strip("|").strip())]


def _head(rows: list[list[str]]) -> int | None:
    """The first row that heads a table with all below it: they hold numbers, each begins with words, and the header
    may lack the head of its first column."""
    found, numbers, cells = None, 0, 0
    for at in range(len(rows) - 2, -1, -1):
        first, *rest = rows[at + 1]
        if not re.search(r"[^\W\d_]|(?:19|20)\d\d", first):
            break
        numbers += sum(bool(_NUMBER.fullmatch(cell)) for cell in rest)
        cells += len(rest)
        if len(rows) - at >= LEAST and 0 <= len(rest) + 1 - len(rows[at]) <= 1 and numbers * 2 > cells:
            found = at
    return found


def _squared(rows: list[list[str]]) -> list[list[str]]:
    short = len(rows[0]) < len(rows[1])
    return [["", *rows[0]], *rows[1:]] if short else rows
