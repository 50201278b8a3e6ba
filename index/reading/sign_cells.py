"""Tables of filings, in which "$", ")" and "%" stand in cells of their own beside the number: they join it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEADS = re.compile(r"(?:(?:[A-Z]{1,3})?\$|[€£¥￥₹₩])\s?\(?|\(")
_TAILS = re.compile(r"\)?\s?%|%?\s?\)")
_NUMBER = re.compile(r"\(?[-+−–]?[\d.,]*\d\)?")
_LOSS = re.compile(r"([^\d(]+)\((.*)\)(%?)")

Rows = tuple[tuple[str, ...], ...]


def join_signs(cells: Sequence[Sequence[str]], shown: Sequence[Sequence[str]]) -> tuple[Rows, Rows]:
    """A table with its signs in the cells of their numbers, without the columns that held them alone.

    `cells` repeats what spans several columns, `shown` has it once.
    """
    table = _Table([list(row) for row in cells], [list(row) for row in shown])
    if any(_LEADS.fullmatch(cell) or _TAILS.fullmatch(cell) for row in shown for cell in row[1:]):
        for x in range(1, table.width - 1):
            table.join_right(x)
        for x in range(2, table.width):
            table.join_left(x)
        table.drop_empty()
    return tuple(map(tuple, table.full)), tuple(map(tuple, table.seen))


class _Table:
    def __init__(self, full: list[list[str]], seen: list[list[str]]) -> None:
        self.full, self.seen = full, seen
        self.width = len(full[0]) if full else 0

    def join_right(self, x: int) -> None:
        """Signs of money and brackets join the numbers to their right; what heads them alone heads those."""
        if not self._has(x, x + 1, _LEADS):
            return
        for y, row in enumerate(self.full):
            sign, number = row[x], row[x + 1]
            if not _LEADS.fullmatch(sign):
                if sign and not number:
                    self._set(y, x + 1, sign)
                    self._clear(y, x)
            elif number and number != sign:
                if _NUMBER.fullmatch(number.rstrip(" %")) or _NUMBER.fullmatch(number):
                    self._set(y, x + 1, sign.replace(" ", "") + number)
                self._clear(y, x)

    def join_left(self, x: int) -> None:
        """Closing brackets and signs of per cent join the numbers to their left."""
        if not self._has(x, x - 1, _TAILS):
            return
        for y, row in enumerate(self.full):
            at = x - 1 if row[x - 1] or x < 3 else x - 2
            if not _TAILS.fullmatch(row[x]):
                if row[x] and not row[x - 1]:
                    self._set(y, x - 1, row[x])
                    self._clear(y, x)
            elif re.search(r"\d\)?$", row[at]):
                whole = row[at] + row[x].replace(" ", "")
                loss = _LOSS.fullmatch(whole)
                self._set(y, at, f"({loss[1]}{loss[2]}){loss[3]}" if loss else whole)
                self._clear(y, x)

    def drop_empty(self) -> None:
        """Takes out the columns that hold nothing but what spans a neighbour, too."""
        kept = [0]
        for x in range(1, self.width):
            if not all(self._is_empty(y, x, kept[-1]) for y in range(len(self.full))):
                kept.append(x)
                continue
            for y, row in enumerate(self.full):
                if self.seen[y][x] and x + 1 < self.width:
                    self.seen[y][x + 1] = row[x]
        self.full, self.seen = ([[row[x] for x in kept] for row in rows] for rows in (self.full, self.seen))

    def _has(self, x: int, beside: int, signs: re.Pattern[str]) -> bool:
        """Whether a column holds signs, and no header of its own over them beside another over the numbers."""
        first = next((y for y, row in enumerate(self.seen) if signs.fullmatch(row[x])), None)
        return first is not None and not any(
            row[x] and row[beside] and row[x] != row[beside] for row in self.full[:first]
        )

    def _is_empty(self, y: int, x: int, last: int) -> bool:
        value = self.full[y][x]
        if not value or (x + 1 < self.width and self.full[y][x + 1] == value and not self.seen[y][x + 1]):
            return True
        return self.full[y][last] == value and not self.seen[y][x]

    def _set(self, y: int, x: int, value: str) -> None:
        """Writes a cell, over all the columns that it spans."""
        before = self.full[y][x]
        left = right = x
        while before and left > 0 and not self.seen[y][left] and self.full[y][left - 1] == before:
            left -= 1
        while (
            before
            and right + 1 < self.width
            and self.full[y][right + 1] == before
            and not self.seen[y][right + 1]
        ):
            right += 1
        self.full[y][left : right + 1] = [value] * (right + 1 - left)
        self.seen[y][left] = value

    def _clear(self, y: int, x: int) -> None:
        self.full[y][x] = self.seen[y][x] = ""
