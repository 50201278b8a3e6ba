"""Statistics files: CSV, TSV and Excel become tables of cells as printed."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from index.documents import EVERYONE, Document, Table
from index.errors import CorpusError
from index.reading.facts import Facts

MOST_BYTES = 300_000_000
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")


def read_tables(path: Path, *, id: str, facts: Facts) -> Document:  # noqa: A002 (a document's own word)
    """A statistics file as a document without text. Raises CorpusError for what can't be read."""
    if path.stat().st_size > MOST_BYTES:
        raise CorpusError(
            f"{path.name} has {path.stat().st_size:,} bytes; a table may have {MOST_BYTES:,}.",
            "Split it into smaller files.",
        )
    tables = tuple(_read_workbook(path) if path.suffix.lower() == ".xlsx" else _read_text(path))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Document(
        id=id,
        title=facts.title or path.stem.replace("_", " ").replace("-", " "),
        text="",
        sha256=digest,
        published=facts.published,
        published_known=facts.published_known,
        year_of_figures=facts.year_of_figures,
        source=facts.source,
        publisher=facts.publisher,
        licence=facts.licence,
        language=facts.language or "en",
        access=facts.access or EVERYONE,
        supersedes=facts.supersedes,
        tables=tables,
    )


def _read_text(path: Path) -> Iterator[Table]:
    text = _decode(path)
    sample = text[:20_000]
    if path.suffix.lower() == ".tsv":
        delimiter = "\t"
    else:
        counts = {mark: sample.count(mark) for mark in ",;\t|"}
        delimiter = max(counts, key=lambda mark: counts[mark])
    csv.field_size_limit(10_000_000)
    rows: list[tuple[str, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_ROWS:
                raise CorpusError(
                    f"{path.name} has more than {MOST_ROWS:,} rows.", "Split it into smaller files."
                )
            rows.append(tuple(cell.strip() for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise CorpusError(
            f"{path.name} is not a table: {error}.", "Save it again as CSV with UTF-8."
        ) from None
    yield Table("", tuple(rows))


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _read_workbook(path: Path) -> Iterator[Table]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise CorpusError(
            f"{path.name} is not an Excel workbook: {error}.", "Save it again as .xlsx."
        ) from None
    try:
        for sheet in book.worksheets:
            rows: list[tuple[str, ...]] = []
            blank = 0
            for row in sheet.iter_rows(values_only=True):
                cells = tuple(map(_cell, row[:MOST_COLUMNS]))
                blank = 0 if any(cells) else blank + 1
                if blank > 1_000 or len(rows) >= MOST_ROWS:
                    break
                rows.append(cells)
            while rows and not any(rows[-1]):
                rows.pop()
            if rows:
                yield Table(sheet.title, tuple(rows))
    finally:
        book.close()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
