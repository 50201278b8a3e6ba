"""Tables pasted into a message: each cell told as a line of its own, with its row, its column and what stands above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RULE = re.compile(r"[\s|:+-]*-[\s|:+-]*$")
_NUMBER = re.compile(r"[~≈<>+-]?\s?[$€£¥]?\d")
_BARE = re.compile(r"[~≈<>+-]?\s?\d[\d., ]*$")
_UNIT = re.compile(
    r"[(（]?\b(?P<scale>thousands?|millions?|mn|[’']000s?|10k|(?<=\d)k)\b(?:\s+(?:of\s+)?(?:units|vehicles|cars))?[)）]?"
    r"|[(（]?(?P<wan>万)辆?[)）]?|[(（]?(?<![\w/])(?P<unit>[kMGT]?Wh|%)(?![\w/])[)）]?|[(（]?\bunits\b[)）]?|数值|数量",
    re.IGNORECASE,
)
_SCALES = {"thousand": " thousand", "000": " thousand", "million": " million", "mn": " million", "10k": "万"}


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` is written as `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    text: str


Row = tuple[_Cell, ...]


def find_cells(text: str) -> tuple[Edit, ...]:
    """What makes of each numeric cell of a table a line "China NEV sales, 2022: 6,887,000"."""
    edits: list[Edit] = []
    for above, rows in _tables(text):
        heads = [cell.text for cell in rows[0]] if not any(map(_is_number, rows[0][1:])) else []
        if heads:
            edits.append(Edit(rows[0][0].start, rows[0][-1].end, ""))
        for row in rows[bool(heads) :]:
            edits += _tell(row, heads, above)
    return tuple(edits)


def _tell(row: Row, heads: list[str], above: str) -> Iterator[Edit]:
    """The row's own words go; before each number stands what it is of, behind it the unit of its column."""
    last = row[0].start
    labels = [cell.text for place, cell in enumerate(row) if place == 0 or not _is_number(cell)]
    for place, cell in enumerate(row[1:], 1):
        if not _is_number(cell):
            continue
        head = heads[place] if place < len(heads) else ""
        of = ", ".join(
            filter(None, [_UNIT.sub("", words).strip(" ,()（）") for words in (above, head)] + labels)
        )
        yield Edit(last, cell.start, f"\n\n{of}: ")
        unit = _unit(head) or _unit(above)
        if unit and _BARE.match(cell.text):
            yield Edit(cell.end, cell.end, unit)
        last = cell.end


def _unit(words: str) -> str:
    """What the numbers below a heading are in: "thousand units", "万辆", "GWh"."""
    for found in _UNIT.finditer(words):
        if found["scale"]:
            return _SCALES.get(found["scale"].lower().strip("’'").rstrip("s"), " thousand")
        if found["wan"] or found["unit"]:
            return found["wan"] or f" {found['unit']}"
    return ""


def _is_number(cell: _Cell) -> bool:
    return bool(_NUMBER.match(cell.text))


def _tables(text: str) -> Iterator[tuple[str, list[Row]]]:
    """Runs of lines with as many cells each, and the line above them."""
    rows: list[Row] = []
    above = before = ""
    start = 0
    for line in [*text.splitlines(keepends=True), "\n"]:
        row = _row(line, start)
        if rows and (row is None or (row and len(row) != len(rows[0]))):
            if len(rows) > 1 and any(_is_number(cell) for one in rows for cell in one[1:]):
                yield above, rows
            rows = []
        if row:
            above = above if rows else before.strip(" \t\n:：*_#>•-")
            rows.append(row)
        if row is None and line.strip():
            before = line
        start += len(line)


def _row(line: str, start: int) -> Row | None:
    """The cells of a line; () for a rule between them; None where it is no row."""
    if "|" in line and _RULE.match(line):
        return ()
    sign = r"\|" if "|" in line else "\t"
    cells = tuple(
        _Cell(start + found.start(1), start + found.end(1), found[1])
        for found in re.finditer(rf"[ >]*([^{sign}\n]*[^{sign}\s])[^\S\n\t]*(?={sign}|\n|$)", line)
    )
    return cells if len(cells) > 1 else None
