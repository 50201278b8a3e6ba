"""Tables in plain text whose columns stand under each other, parted by spaces or bars."""

from __future__ import annotations

import re

_GAP = re.compile(r"\s*\|\s*|\t+| {2,}")
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
        rows, after = _table(lines, at)
        if rows:
            out += ["", *("\t".join(row) for row in rows), ""]
            at = after
        else:
            out.append(lines[at])
            at += 1
    return "\n".join(out)


def _table(lines: list[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins at a line, and the line after it; none where none begins."""
    rows: list[list[str]] = []
    after = at
    for line in lines[at:]:
        if not line.strip() or (_RULE.fullmatch(line) and not rows):
            break
        if not _RULE.fullmatch(line):
            cells = _cells(line)
            if len(cells) < 2 or (len(rows) > 1 and len(cells) != len(rows[-1])):
                break
            rows.append(cells)
        after += 1
    return (_squared(rows), after) if _is_table(rows) else ([], at)


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return []
    return [cell.strip() for cell in _GAP.split(line.strip().strip("|").strip())]


def _is_table(rows: list[list[str]]) -> bool:
    """Whether rows of as many cells each hold numbers below a header, which may lack the head of its first column."""
    if len(rows) < LEAST or not 0 <= len(rows[1]) - len(rows[0]) <= 1:
        return False
    body = rows[1:]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for row in body for cell in row[1:])
    words = sum(
        bool(re.search(r"[^\W\d_]", row[0])) or bool(re.search(r"(?:19|20)\d\d", row[0])) for row in body
    )
    return numbers * 2 > sum(len(row) - 1 for row in body) and words == len(body)


def _squared(rows: list[list[str]]) -> list[list[str]]:
    short = len(rows[0]) < len(rows[1])
    return [["", *rows[0]], *rows[1:]] if short else rows
