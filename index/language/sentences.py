"""Sentences: spans of a text, in English and Chinese; headings, list items and rows are sentences of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile(
    r"\n(?=[ \t]*(?:\n|#{1,6} |[-*+•·▪◦–—] |\d{1,2}[.)、] |\||>))|(?:(?<=\n)"
    r"|^)(?:[ \t]*(?:#{1,6} |\|)[^\n]*|[^\n]*\t[^\n]*)(?:\n|$)"
)
_END = re.compile(r"[。！？!?]+[”’」』）)\"']*|(?<!\.)\.(?!\.)[”’)\]\"']*(?=\s|$|[“\"(])|…+(?=\s+[A-Z])|；")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS = _words(
    "mr mrs ms dr prof st jr sr vs etc inc ltd co corp no nos fig figs vol pp approx est dept univ gen "
    "gov sen rep jan feb mar apr jun jul aug sep sept oct nov dec al cf ca e.g i.e u.s u.k u.n a.m p.m "
    "ph.d mio mrd tsd bzw inkl ggü"
)
_LAST_WORD = re.compile(r"[\w.&-]+$")
_EDGE = " \t\r\n\u3000"


def find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the sentences, in order, without the space around them; the header of a table says nothing."""
    headers = _headers(text) if "\t" in text else frozenset()
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        if start not in headers:
            spans += _split(text, start, end)
    return tuple(spans)


_ROWS = re.compile(r"(?:(?<=\n)|^)[^\n]*\t[^\n]*(?:\n[^\n]*\t[^\n]*)+")
_NUMBERED = re.compile(r"(?<![\w.])(?!(?:19|20)\d\d\b)\d")
"""A number that is no year: the first row of a text's own part of a table holds one where it is no header."""


def _headers(text: str) -> frozenset[int]:
    """Where the first rows of tables begin; a text that begins within a table has its header elsewhere."""
    firsts = ((rows.start(), rows.group().split("\n", 1)[0]) for rows in _ROWS.finditer(text))
    return frozenset(
        start
        for start, row in firsts
        if (start or not _NUMBERED.search(row))
        and all(len(cell.split()) <= _HEAD for cell in row.split("\t"))
    )


_HEAD = 12
"""Words of a column's head at the most: more of them tell something."""


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The parts that no sentence crosses: paragraphs, list items, headings, table rows."""
    at = 0
    for found in _BREAK.finditer(text):
        if found.start() > at:
            yield at, found.start()
        if not found.group().isspace():
            yield found.start(), found.end()
        at = found.end()
    if at < len(text):
        yield at, len(text)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if text.find("\t", start, end) >= 0:  # a row of a table, its cells with what they say
        yield from _trimmed(text, start, end)
        return
    at = start
    for found in _END.finditer(text, start, end):
        if found.group()[0] == "." and not _ends(text, found.start(), found.end(), end):
            continue
        yield from _trimmed(text, at, found.end())
        at = found.end()
    yield from _trimmed(text, at, end)


def _ends(text: str, dot: int, after: int, end: int) -> bool:
    """Whether a full stop ends a sentence: not after an abbreviation or an initial, nor before a small
    letter, but where a whole word stands before the stop."""
    word = _LAST_WORD.search(text, max(0, dot - 24), dot)
    last = word.group() if word else ""
    rest = text[after : min(end, after + 40)].lstrip(_EDGE)
    if not rest:
        return True
    if rest[0].islower():
        return len(last) > 3 and last.isalpha() and last.islower() and last not in _ABBREVIATIONS
    if last.lower() in _ABBREVIATIONS:
        return last.lower() in ("u.s", "u.k", "u.n", "etc", "a.m", "p.m") and rest.split(" ")[0] in (
            "The",
            "In",
            "It",
            "A",
        )
    return not (len(last) == 1 and last.isupper())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    if end > start:
        yield start, end
