"""A document as read: its text, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Edition = Literal["as published", "ours", "brief"]
Known = Literal["given", "inferred", "unknown"]
EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a place of the file begins in the text: a page, a heading, a time of a recording, a speaker."""

    start: int
    kind: Literal["page", "heading", "time", "speaker", "slide"]
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells as printed; "" is a blank cell.

    A table that stands inside a document's text has the span `start`..`end` there, one row a line.
    A table of a statistics file has `start == end == 0` and its sheet's name ("" for CSV).
    """

    sheet: str
    cells: tuple[tuple[str, ...], ...]
    start: int = 0
    end: int = 0
    first_row: int = 1
    """The row number of cells[0] as a spreadsheet counts them."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says. `text` is the text as read: every span of every value indexes into it."""

    id: str
    """The path below its corpus folder, with forward slashes; unique in an index."""
    title: str
    text: str
    sha256: str = ""
    published: date | None = None
    published_known: Known = "unknown"
    year_of_figures: int | None = None
    """The year that undated figures of the text are of, where metadata states it."""
    source: str = ""
    """The original's address."""
    publisher: str = ""
    licence: str = ""
    language: str = "en"
    access: str = EVERYONE
    supersedes: str = ""
    edition: Edition = "as published"
    """"ours": a text that we restated, cited as "our edition of …"; "brief": one of our own on what others published,
    whose figures lead only where no other source has them."""
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_statistics(self) -> bool:
        """Whether it is a file of tables; any text that it has is of their rows."""
        return bool(self.tables) and all(table.end == 0 for table in self.tables)

    @property
    def file(self) -> str:
        """The file's name, as a citation shows it."""
        return self.id.rsplit("/", 1)[-1]


def column_letters(column: int) -> str:
    """A, B, … Z, AA: a column as spreadsheets name it."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
