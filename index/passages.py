"""A passage: the part of a document that search finds and a citation opens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from index.documents import Document
from index.language.sentences import find_sentences

BETWEEN = " › "
"""Joins the headings of a path."""
FEW, MANY = 40, 120
"""Words of a passage, at least and at most, where the text's own breaks allow it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Law: `document.text[start:end] == text`."""

    id: int
    document_id: str
    ordinal: int
    heading: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, a heading, a list, or a table."""

    start: int
    end: int
    words: int
    section: int
    """Where its heading begins; -1 above the first heading."""
    is_heading: bool = False
    header: str = ""
    """The first row of the table that this block continues."""


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of a document, by heading and paragraph: in order, apart, and together all of its words."""
    headings = {mark.start: mark.value for mark in document.marks if mark.kind == "heading"}
    passages: list[Passage] = []
    for blocks in _gather(list(_blocks(document, sorted(headings)))):
        start, end = blocks[0].start, blocks[-1].end
        path = headings.get(max(block.section for block in blocks), "").split(BETWEEN)
        path = path[1:] if path[0] == document.title else path
        heading = BETWEEN.join([*path, *([blocks[0].header] if blocks[0].header else [])]).removeprefix(
            BETWEEN
        )
        passages.append(
            Passage(len(passages), document.id, len(passages), heading, start, end, document.text[start:end])
        )
    return tuple(passages)


_WORD = re.compile(r"[^\W_]+(?:['’.,][^\W_]+)*")
_HAN = re.compile("[぀-ヿ㐀-鿿가-힯]")


def count_words(text: str) -> int:
    """Words; Chinese characters count as 0.6 of one."""
    han = len(_HAN.findall(text))
    return len(_WORD.findall(_HAN.sub(" ", text) if han else text)) + round(0.6 * han)


def _blocks(document: Document, headings: list[int]) -> Iterator[_Block]:
    text = document.text
    starts = set(headings)
    tables = {table.start: table.end for table in document.tables if table.end > table.start}
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        place = bisect_right(headings, at) - 1
        section = headings[place] if place >= 0 else -1
        if at in tables:
            yield from _table_blocks(text, at, tables[at], section)
            at = tables[at]
            continue
        bounds = [headings[place + 1]] if place + 1 < len(headings) else []
        bounds += [start for start in tables if start > at]
        end = min([_block_end(text, at), *bounds])
        if at in starts:
            line = text.find("\n", at, end)
            end = line if line > 0 else end
        stop = at + len(text[at:end].rstrip())
        yield from _sized(text, _Block(at, stop, count_words(text[at:stop]), section, at in starts))
        at = end


def _block_end(text: str, at: int) -> int:
    """A block ends at a blank line; a line of a paragraph's length is a block by itself."""
    blank = text.find("\n\n", at)
    end = blank if blank >= 0 else len(text)
    line = text.find("\n", at, end)
    if line > 0 and count_words(text[at:line]) >= FEW:
        return line
    return end


def _table_blocks(text: str, start: int, end: int, section: int) -> Iterator[_Block]:
    """A table whole, or in groups of rows, the later ones under its first row."""
    lines = list(_lines(text, start, end))
    words = [count_words(text[a:b]) for a, b in lines]
    if sum(words) <= 2 * MANY:
        yield _Block(start, end, sum(words), section)
        return
    first = " | ".join(" ".join(cell.split()) for cell in text[slice(*lines[0])].split("\t") if cell.strip())
    group, size = start, 0
    for n, (a, _) in enumerate(lines):
        if size and size + words[n] > MANY:
            yield _Block(group, lines[n - 1][1], size, section, header="" if group == start else first[:200])
            group, size = a, 0
        size += words[n]
    yield _Block(group, end, size, section, header="" if group == start else first[:200])


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        line = text.find("\n", at, end)
        stop = line if line >= 0 else end
        if text[at:stop].strip():
            yield at, stop
        at = stop + 1


def _sized(text: str, block: _Block) -> Iterator[_Block]:
    """A block, cut at its sentences or lines into even parts where it is too long."""
    parts = -(-block.words // MANY)
    if parts < 2:
        yield block
        return
    goal = block.words / parts
    start, count, at = block.start, 0, block.start
    for stop in _stops(text, block):
        words = count_words(text[at:stop])
        if count and count + words / 2 > goal:
            yield _part(text, block, start, at, count)
            start, count = at, 0
        count += words
        at = stop
    yield _part(text, block, start, block.end, count)


def _stops(text: str, block: _Block) -> list[int]:
    """Where a block may be cut: after a sentence, after a line."""
    inner = text[block.start : block.end]
    stops = {end for _, end in find_sentences(inner)} | {found.end() for found in re.finditer(r"\n", inner)}
    return [block.start + stop for stop in sorted(stops | {len(inner)})]


def _part(text: str, block: _Block, start: int, end: int, words: int) -> _Block:
    raw = text[start:end]
    return _Block(start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip()), words, block.section)


def _gather(blocks: list[_Block]) -> Iterator[list[_Block]]:
    """Neighbours that are one passage: headings with what follows, short paragraphs of a section together."""
    held: list[_Block] = []
    for block in blocks:
        if held and not _joins(held, block):
            yield held
            held = []
        held.append(block)
    if held:
        yield held


def _joins(held: list[_Block], block: _Block) -> bool:
    if block.header or held[-1].header:
        return False
    if all(one.is_heading for one in held):
        return True
    words = sum(one.words for one in held)
    return (
        not block.is_heading
        and block.section == held[-1].section
        and words < FEW
        and words + block.words <= MANY + FEW
    )
