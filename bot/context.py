"""The place that a citation names, in its context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path

from index.documents import Document, Mark, Table
from index.errors import CorpusError
from index.figures.places import cell_name
from index.passages import BETWEEN
from index.reader import Entry, View
from index.reading import TABLES

AROUND = 2
"""Passages, or rows, that are shown before and after the place."""


def find_context(citation: str, view: View, roots: Sequence[Path]) -> Iterator[str]:
    """The lines to show of "report.pdf page 3", "talk.vtt 1:02:03", "sales.csv B17", "seminar.md some words"."""
    entry, place = _cited(citation, view) or _document(citation, view)
    place = _bare(place)
    document = view.document(entry.id)
    if document is None:
        return
    yield f"{document.title} · {document.id}" + (f" · {document.published}" if document.published else "")
    if document.source:
        yield document.source
    yield ""
    if Path(entry.id).suffix.lower() in TABLES and (_IN_TABLE.fullmatch(place) or not document.text.strip()):
        yield from _rows(entry, place, roots)
        return
    start, end = _place(document, place)
    passages = view.passages(document.id)
    times = {mark.start: mark.value for mark in document.marks if mark.kind == "time"}
    here = next((n for n, p in enumerate(passages) if p.end > start), len(passages) - 1)
    for passage in passages[max(0, here - AROUND) : here + AROUND + 1]:
        mark = ">" if passage.start < end and passage.end > start else " "
        label = _label(document, passage.start)
        yield f"{mark} {label}" if label else mark
        at = passage.start
        for line in passage.text.split("\n"):
            if at > passage.start and at in times:
                yield f"  {times[at]}"
            mark = ">" if at < end and at + len(line) >= start and line.strip() else " "
            yield f"{mark}   {line}".rstrip()
            at += len(line) + 1
        yield ""


_IN_LINE = re.compile(r"(?:page|slide|cell|sheet)\b.*|(?:\d+:)?\d+:\d\d")
_IN_TABLE = re.compile(r"|sheet\s.+|(?:.+!)?[A-Z]{1,3}\d{1,7}")
_CELL = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")


def _cited(citation: str, view: View) -> tuple[Entry, str] | None:
    """The document and place of a whole line as an answer cites it: "Title · file.pdf · 2025-05-01 · page 3"."""
    parts = [part.strip() for part in re.sub(r"^\s*\[\d+\]\s*", "", citation).split(" · ")]
    if len(parts) < 2:
        return None
    for name in reversed(parts):
        for entry in view.entries():
            if name and name in (entry.id, entry.id.rsplit("/", 1)[-1], entry.title):
                return entry, next((part for part in parts if _IN_LINE.fullmatch(part)), "")
    return None


def _bare(place: str) -> str:
    """A place without the word for it: "sheet 2021, cell B17" is 2021!B17."""
    if found := re.fullmatch(r"(?:sheet\s+(.+?),?\s+)?(?:cell|row)\s+([A-Za-z]{0,3}\d+)", place, re.I):
        cell = found[2].upper() if found[2][0].isalpha() else f"A{found[2]}"
        return f"{found[1]}!{cell}" if found[1] else cell
    return re.sub(r"^(?:heading|section|at|time)\s+", "", place, flags=re.I)


def _document(citation: str, view: View) -> tuple[Entry, str]:
    """The document that the citation begins with, and the rest."""
    entries = view.entries()
    wanted = citation.strip()
    found: list[tuple[int, Entry]] = []
    for entry in entries:
        for name in (entry.id, entry.id.rsplit("/", 1)[-1], entry.title):
            if wanted.casefold().startswith(name.casefold()) and not wanted[len(name) :][:1].isalnum():
                found.append((len(name), entry))
    if not found:
        word = re.split(r"[\s:#]", wanted, maxsplit=1)[0].casefold()
        near = [entry.id for entry in entries if word and word in f"{entry.id} {entry.title}".casefold()]
        raise CorpusError(
            f'No document is named "{wanted}".',
            f"Perhaps: {', '.join(near[:5])}" if near else "The names: seminar documents",
        )
    length, entry = max(found, key=lambda pair: pair[0])
    return entry, wanted[length:].strip(" :#,·")


def _place(document: Document, place: str) -> tuple[int, int]:
    """The span that a page, a time, a span of characters, a heading or words of the text name."""
    if not place:
        return 0, 1
    if (found := re.fullmatch(r"(\d+)-(\d+)", place)) and int(found[1]) < len(document.text):
        return int(found[1]), int(found[2])
    page = re.fullmatch(r"(page|slide|p\.?)?\s*(\d{1,9})", place, re.I)
    if page and (marks := [mark for mark in _pages(document) if mark.value == page[2]]):
        return marks[0].start, marks[0].start + 1
    if _TIME.fullmatch(place) and (times := [mark for mark in document.marks if mark.kind == "time"]):
        at = _time(document, place, times)
        return at.start, at.start + 1
    headed = [mark for mark in document.marks if mark.kind == "heading" and _is_heading(mark.value, place)]
    if headed:
        return headed[0].start, headed[0].start + 1
    words = r"\s+".join(re.escape(word) for word in place.strip("“”\"' ").split())
    if words and (said := re.search(words, document.text, re.I)):
        return said.start(), said.end()
    raise _no_page(document, place, int(page[2])) if page else _no_place(document.id, place)


_TIME = re.compile(r"(?:\d+:)?\d+:\d\d")


def _time(document: Document, place: str, times: Sequence[Mark]) -> Mark:
    """The line of a recording that is said at a time; its last mark is where it ends."""
    asked, last = _seconds(place), times[-1]
    lines = times[:-1] if last.start >= len(document.text) else times
    if asked > _seconds(last.value):
        raise _no_place(document.id, place, f"it ends at {last.value}", lines[-1].value)
    return max((mark for mark in lines if _seconds(mark.value) <= asked), key=_at, default=lines[0])


def _at(mark: Mark) -> tuple[int, int]:
    return _seconds(mark.value), mark.start


def _pages(document: Document) -> list[Mark]:
    return [mark for mark in document.marks if mark.kind in ("page", "slide")]


def _no_page(document: Document, place: str, number: int) -> CorpusError:
    held = [mark for mark in _pages(document) if mark.value.isdigit()]
    if not held:
        return _no_place(document.id, place)
    first, last = held[0], held[-1]
    near = min(held, key=lambda mark: abs(int(mark.value) - number))
    if number > int(last.value):
        said = f"its last {last.kind} is {last.value}"
    elif number < int(first.value):
        said = f"its first {first.kind} with words is {first.value}"
    else:
        said = f"nothing was read on that {near.kind}"
    return _no_place(document.id, place, said, f"{near.kind} {near.value}")


def _no_place(document_id: str, place: str, said: str = "", nearest: str = "") -> CorpusError:
    """That a place is not there: what the document has instead, and the nearest place that it has."""
    return CorpusError(
        f'{document_id} has no place "{place}"{f": {said}" if said else ""}.',
        f'The nearest: seminar open "{document_id} {nearest}"'
        if nearest
        else "Name a page, a time, a cell or words of it: seminar open FILE page 3",
    )


def _is_heading(path: str, place: str) -> bool:
    """Whether words name a heading, or the end of its path: "Sales › China"."""
    return f"{BETWEEN}{path}".casefold().endswith(f"{BETWEEN}{place}".casefold())


def _seconds(label: str) -> int:
    total = 0
    for part in label.split(":"):
        total = total * 60 + (int(part) if part.isdigit() else 0)
    return total


def _label(document: Document, start: int) -> str:
    """The page, the time and the heading at a place."""
    last = {mark.kind: mark.value for mark in document.marks if mark.start <= start}
    page = f"page {last['page']}" if "page" in last else f"slide {last['slide']}" if "slide" in last else ""
    return " · ".join(part for part in (page, last.get("time", ""), last.get("heading", "")) if part)


def _rows(entry: Entry, place: str, roots: Sequence[Path]) -> Iterator[str]:
    """A cell's row with its header and neighbours, from the file itself."""
    from index.corpus import find_files, name_documents
    from index.figures.layout import find_layout
    from index.reading.facts import find_facts
    from index.reading.guard import read_safely

    file = name_documents(find_files(roots)).get(entry.id)
    if file is None:
        raise CorpusError(f"{entry.id} is no longer there.", "Build the index again: seminar build")
    document = read_safely(file.path, id=entry.id, facts=find_facts(file.path, file.root))
    table, at = _row(document, place)
    layout = find_layout(table)
    first = 1 if isinstance(layout, str) else layout.first
    heads = [row for row in table.cells[max(0, first - 2) : first] if sum(map(bool, row)) > 1]
    for head in heads or table.cells[:1]:
        yield f"  {' | '.join(head)}"
    for n in range(max(min(first, at), at - AROUND), min(len(table.cells), at + AROUND + 1)):
        yield f"{'>' if n == at else ' '} {' | '.join(table.cells[n])}"


def _row(document: Document, place: str) -> tuple[Table, int]:
    """The table and the row of it that a cell, a sheet or words of a row name."""
    found = _CELL.fullmatch(place)
    sheet = found["sheet"] if found else _sheet(document, place)
    tables = [table for table in document.tables if sheet in (None, table.sheet) and table.cells]
    if not tables:
        names = ", ".join(dict.fromkeys(table.sheet for table in document.tables if table.sheet))
        raise _no_place(document.id, place, f"its sheets are {names}" if names else "it holds no sheets")
    if found:
        return _cell(document.id, place, tables, found)
    if not place or sheet is not None:
        return tables[0], 0
    words = " ".join(place.strip("“”\"' ").casefold().split())
    for table in tables:
        for n, row in enumerate(table.cells):
            if words in " | ".join(row).casefold():
                return table, n
    raise _no_place(document.id, place)


def _sheet(document: Document, place: str) -> str | None:
    """The sheet that a place names by itself; None of one that names none."""
    named = re.sub(r"^sheet\s+", "", place, flags=re.I)
    names = [table.sheet for table in document.tables if table.sheet.casefold() == named.casefold()]
    return names[0] if place and names else named if named != place else None


def _cell(document_id: str, place: str, tables: Sequence[Table], found: re.Match[str]) -> tuple[Table, int]:
    row, column = int(found["row"]), reduce(lambda n, one: 26 * n + ord(one) - 64, found["column"], 0) - 1
    for table in tables:
        if 0 <= row - table.first_row < len(table.cells) and column < _width(table):
            return table, row - table.first_row
    table = tables[-1]
    low, high = table.first_row, table.first_row + len(table.cells) - 1
    sheet = f"{table.sheet}!" if table.sheet else ""
    last = cell_name(table, len(table.cells) - 1, _width(table) - 1)
    near = cell_name(table, min(max(row, low), high) - low, min(column, _width(table) - 1))
    raise _no_place(document_id, place, f"its last cell is {sheet}{last}", f"{sheet}{near}")


def _width(table: Table) -> int:
    return max(map(len, table.cells))
