"""PDF: columns in reading order, lines joined to paragraphs, tables, page marks; no running heads or feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from index.errors import CorpusError
from index.reading.draft import Draft, Pen, one_line
from index.reading.facts import Facts, find_dateline, parse_day
from index.reading.layout import Piece, find_columns, find_gutter, find_lines, find_pieces
from index.reading.margins import without_line_numbers
from index.reading.page import Page, Word, read_page
from index.reading.paragraphs import Block, Hyphens, find_blocks, merge_columns, notes_first
from index.reading.ruled import Ruled, find_aligned, find_ruled, without
from index.reading.running import find_furniture
from index.reading.unnamed import name_letters

PAGES = 3_000
"""Pages of one file that are read; the rest is reported."""


def draft_pdf(path: Path) -> Draft:
    """A draft of a PDF file."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked, why = "password" in str(error).lower(), str(error).rstrip(".")
        raise CorpusError(
            f"{path.name} is {'locked with a password' if locked else f'no PDF that can be read ({why})'}.",
            "Save it without a password." if locked else "Print it to a new PDF from a viewer that opens it.",
        ) from error
    try:
        count = len(document)
        pages, broken = _pages(document, min(count, PAGES))
        said = document.get_metadata_dict()
    finally:
        document.close()
    if not any(page.words for page in pages):
        kind = "is a scan without text" if any(page.pictures for page in pages) else "holds no text"
        raise CorpusError(f"{path.name} {kind} ({count} page{'s' * (count != 1)}).",
                          "Run it through text recognition (for example ocrmypdf) and add the result.")  # fmt: skip
    warnings = [f"only the first {PAGES:,} of {count:,} pages were read"] if count > PAGES else []
    warnings += [f"page {number} can't be read" for number in broken[:20]]
    scans = [str(p.number) for p in pages if not p.words and p.pictures]
    if scans:
        shown = ", ".join(scans[:10]) + (" …" if len(scans) > 10 else "")
        warnings.append(f"pages without text (pictures or scans): {shown}")
    return _write(pages, said, warnings)


def _pages(document: Any, count: int) -> tuple[list[Page], list[int]]:
    pages, broken = [], []
    for index in range(count):
        try:
            pages += [
                replace(page, words=without_line_numbers(page.words)) for page in read_page(document, index)
            ]
        except pdfium.PdfiumError:
            broken.append(index + 1)
    return name_letters(pages), broken


def _write(pages: Sequence[Page], said: dict[str, str], warnings: list[str]) -> Draft:
    found = [find_pieces(page.words) for page in pages]
    body = _body_size(found)
    furniture = find_furniture([(p.height, pieces) for p, pieces in zip(pages, found, strict=True)], body)
    hyphens = Hyphens(w.text for page in pages for w in page.words)
    pen = Pen()
    pen.warnings += warnings
    writer = _Writer(pen, hyphens)
    for page, pieces, dropped in zip(pages, found, furniture, strict=True):
        kept = [piece for index, piece in enumerate(pieces) if index not in dropped]
        if kept:
            writer.page(page.number, list(_page_blocks(page, kept, body, hyphens)))
    writer.end()
    draft = pen.draft(Facts(title=writer.title))
    return Draft(draft.text, draft.marks, draft.tables, draft.warnings, _facts(said, draft))


def _body_size(pages: Sequence[Sequence[Piece]]) -> float:
    """The size of most letters, to a half point."""
    sizes: Counter[float] = Counter()
    for pieces in pages:
        for piece in pieces:
            sizes[round(piece.size * 2) / 2] += sum(len(w.text) for w in piece.words)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _page_blocks(
    page: Page, pieces: Sequence[Piece], body: float, hyphens: Hyphens
) -> Iterator[Block | Ruled]:
    """The blocks and tables of a page in reading order."""
    shown = Page(page.number, page.width, page.height, tuple(w for p in pieces for w in p.words), page.rules)
    tables = find_ruled(shown)
    free = find_pieces(without(pieces, tables)) if tables else list(pieces)
    inner = _in_columns(tables, free)
    tables = [table for table in tables if table not in inner.values()]
    free += inner
    bounds = [-1e9, *(table.bottom for table in tables)]
    for number, low in enumerate(bounds):
        high = bounds[number + 1] if number + 1 < len(bounds) else 1e9
        band = [piece for piece in free if low <= piece.middle < high]
        before = [p for p in band if number == len(tables) or p.middle < tables[number].top]
        beside = [p for p in band if p not in before]
        yield from _text_blocks(before, body, hyphens, inner)
        if number < len(tables):
            yield tables[number]
        yield from _text_blocks(beside, body, hyphens, inner)


def _in_columns(tables: Sequence[Ruled], pieces: Sequence[Piece]) -> dict[Piece, Ruled]:
    """The tables that stand within one of several columns, each by a piece that takes its place there."""
    gutter = find_gutter(pieces) if tables and pieces else None
    if gutter is None:
        return {}
    return {
        Piece((Word(table.x0, table.top, table.x1, table.bottom, f"table {number}"),)): table
        for number, table in enumerate(tables)
        if table.x1 <= gutter + 2 or table.x0 >= gutter - 2
    }


def _text_blocks(
    pieces: Sequence[Piece], body: float, hyphens: Hyphens, tables: Mapping[Piece, Ruled]
) -> Iterator[Block | Ruled]:
    columns: list[list[Block | Ruled]] = []
    for group in find_columns(pieces):
        column: list[Block | Ruled] = []
        words: list[Piece] = []
        for piece in group:
            if piece in tables:
                column += _column_blocks(words, body, hyphens)
                column.append(tables[piece])
                words = []
            else:
                words.append(piece)
        columns.append([*column, *_column_blocks(words, body, hyphens)])
    yield from merge_columns(columns, hyphens)


def _column_blocks(pieces: Sequence[Piece], body: float, hyphens: Hyphens) -> Iterator[Block | Ruled]:
    """The blocks of a column's part, and the tables of aligned words in it."""
    lines = find_lines(pieces)
    at = 0
    for start, end, table in find_aligned(lines):
        yield from find_blocks(lines[at:start], body, hyphens)
        yield table
        at = end
    yield from find_blocks(lines[at:], body, hyphens)


class _Writer:
    """Writes pages; a paragraph that goes on over a page break is written whole, with the page's mark within it."""

    def __init__(self, pen: Pen, hyphens: Hyphens) -> None:
        self.pen = pen
        self.hyphens = hyphens
        self.held: Block | None = None
        self.joint: str | None = None
        """What joins the held paragraph to its part on the page before; None where it begins here."""
        self.title = ""
        self.largest = 0.0
        self.header: tuple[tuple[str, ...], ...] | None = None
        self.number = 0

    def page(self, number: int, blocks: list[Block | Ruled]) -> None:
        first = blocks[0]
        if self.held and isinstance(first, Block) and self.held.goes_on(first):
            head, joint = self.hyphens.join(self.held.text, first.text)
            self._write(replace(self.held, text=head))
            self._mark(number)
            self.held, self.joint, blocks = replace(first, sign=self.held.sign), joint, blocks[1:]
        else:
            self._flush()
            self._mark(number)
        for block in notes_first(blocks):
            self._flush()
            if isinstance(block, Ruled):
                self._table(block)
            elif block.level:
                self.header = None
                if number <= 2 and block.size > self.largest * 1.02 and len(block.text) > 3:
                    self.largest, self.title = block.size, block.text
                self.pen.heading(block.text, block.level)
            else:
                self.header = None if not block.sign else self.header
                self.held = block

    def end(self) -> None:
        self._flush()

    def _mark(self, number: int) -> None:
        """The page's mark; one for all that is printed on it in several directions."""
        if number != self.number:
            self.pen.mark("page", str(number))
        self.number = number

    def _flush(self) -> None:
        if self.held:
            self._write(self.held)
            self.held = None

    def _write(self, block: Block) -> None:
        if self.joint is not None:
            self.pen.go_on(block.text, self.joint, is_item=bool(block.sign))
        elif block.sign:
            self.pen.item(block.text, 0, block.sign)
        else:
            self.pen.paragraph(block.text)
        self.joint = None

    def _table(self, table: Ruled) -> None:
        """A table; where it goes on from the last one under the same header, its header is left out."""
        rows = [[self.hyphens.lines(cell) for cell in row] for row in table.rows]
        goes_on = self.header is not None and len(table.rows) > 1 and table.rows[0] == self.header
        self.header = table.rows[0]
        self.pen.more_rows(rows[1:]) if goes_on else self.pen.table(rows)


_UNSAID = re.compile(r"\A\s*\(?(?:anonymous|unspecified|unknown|none|null|n/a)\)?\s*\Z", re.I)
"""What programs write where nobody said a title or an author."""


def _facts(said: dict[str, str], draft: Draft) -> Facts:
    title, author = (one_line(_UNSAID.sub("", said.get(key, ""))) for key in ("Title", "Author"))
    if re.search(r"\.(docx?|xlsx?|pptx?|pdf|indd|tex)$|^(microsoft word|untitled|document)\b", title, re.I):
        title = ""
    day, _ = parse_day(said.get("CreationDate", ""))
    day = find_dateline(draft.text) or day
    return Facts(
        title=title or draft.facts.title,
        author=author,
        published=day,
        published_known="inferred" if day else "unknown",
    )
