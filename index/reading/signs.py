"""Columns of a table that hold signs alone: of money before the numbers of the next column, brackets and units behind
those of the last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

Row = tuple[tuple[str, ...], ...]
_MONEY = frozenset(["$", "€", "£", "¥", "₹", "US$", "A$", "C$", "HK$", "RMB", "Rs.", "Rs"])
_BEHIND = frozenset([")", "%", ")%", "%)", "pp", "pts"])
_LAST_MONEY = re.compile(rf"(.*\S)\s({'|'.join(map(re.escape, sorted(_MONEY)))})")
_NUMBER = re.compile(r"[(–—−-]|\d")
SIGNS = _MONEY | _BEHIND


def join_signs(rows: Sequence[Row]) -> list[Row]:
    """Rows with such columns at the numbers they belong to."""
    found = [_with_numbers(row) for row in rows]
    x = 0
    while found and x < len(found[0]) and len(found[0]) > 2:
        cells = [(n, " ".join(row[x])) for n, row in enumerate(found) if row[x]]
        if x + 1 < len(found[0]) and x and _are(cells, found, x + 1, _MONEY):
            found = [(*r[:x], _joined(r[x], r[x + 1], " "), *r[x + 2 :]) for r in found]
        elif x > 1 and _are(cells, found, x - 1, _BEHIND):
            found = [(*r[: x - 1], _joined(r[x - 1], r[x], ""), *r[x + 1 :]) for r in found]
        else:
            x += 1
    return found


def _with_numbers(row: Row) -> Row:
    """A row whose signs of money stand with the numbers behind them, not with the cells before."""
    cells = list(row)
    for x, (cell, after) in enumerate(pairwise(row)):
        parted = _LAST_MONEY.fullmatch(cell[-1]) if len(cell) == len(after) == 1 else None
        if parted and _NUMBER.match(after[0]):
            cells[x] = (*cells[x][:-1], cells[x][-1].removesuffix(parted[2]).rstrip())
            cells[x + 1] = (f"{parted[2]} {after[0]}",)
    return tuple(cells)


def _are(cells: Sequence[tuple[int, str]], rows: Sequence[Row], other: int, signs: frozenset[str]) -> bool:
    """Whether a column holds such signs, each beside a cell that has what they belong to; a header may stand over one
    of the two, or over both."""
    found = [n for n, text in cells if text in signs]
    head = [n for n, text in cells if text not in signs]
    return (
        bool(found)
        and all(rows[n][other] for n in found)
        and all(n < found[0] and _is_free(rows[n], text, other) for n, text in cells if n in head)
    )


def _is_free(row: Row, text: str, other: int) -> bool:
    return not row[other] or " ".join(row[other]) == text


def _joined(left: tuple[str, ...], right: tuple[str, ...], space: str) -> tuple[str, ...]:
    if not left or not right or left == right:
        return left or right
    return (*left[:-1], f"{left[-1]}{space}{right[0]}", *right[1:])
