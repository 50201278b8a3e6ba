"""Statistics files: CSV, TSV and Excel become tables of cells as printed."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.documents import EVERYONE, Document, Table
from index.errors import CorpusError
from index.reading.facts import Facts
from index.reading.marks import joined
from index.reading.notes import notes_of
from index.reading.rows import rows_in_words
from index.reading.text import decode
from index.reading.workbook import MOST_COLUMNS, MOST_ROWS, find_comments, read_workbook

MOST_BYTES = 300_000_000


def read_tables(path: Path, *, id: str, facts: Facts) -> Document:  # noqa: A002 (a document's own word)
    """A statistics file as a document; its text is of rows with words. Raises CorpusError for what can't be read."""
    if path.stat().st_size > MOST_BYTES:
        raise CorpusError(
            f"{path.name} has {path.stat().st_size:,} bytes; a table may have {MOST_BYTES:,}.",
            "Split it into smaller files.",
        )
    warnings: list[str] = []
    if path.suffix.lower() == ".xlsx":
        tables = tuple(read_workbook(path, warnings))
    else:
        tables = tuple(_read_text(path, _decode(path, warnings), warnings))
    comments = find_comments(path) if path.suffix.lower() == ".xlsx" else {}
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Document(
        id=id,
        title=facts.title or path.stem.replace("_", " ").replace("-", " "),
        text="\n\n".join(filter(None, (rows_in_words(tables), notes_of(tables, comments)))),
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
        warnings=tuple(warnings),
    )


def _read_text(path: Path, text: str, warnings: list[str]) -> Iterator[Table]:
    sample = text[:20_000]
    if path.suffix.lower() == ".tsv":
        delimiter = "\t"
    else:
        counts = {mark: sample.count(mark) for mark in ",;\t|"}
        delimiter = max(counts, key=lambda mark: counts[mark])
    csv.field_size_limit(10_000_000)
    rows: list[tuple[str, ...]] = []
    wider = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= MOST_ROWS:
                raise CorpusError(
                    f"{path.name} has more than {MOST_ROWS:,} rows.", "Split it into smaller files."
                )
            wider += len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:])
            rows.append(tuple(cell.strip() for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise CorpusError(
            f"{path.name} is not a table: {error}.", "Save it again as CSV with UTF-8."
        ) from None
    if wider:
        warnings.append(f"columns beyond {MOST_COLUMNS:,} left out in {wider:,} rows")
    yield Table("", joined(rows))


def _decode(path: Path, warnings: list[str]) -> str:
    """The text, with a warning where some bytes are of another encoding than the rest."""
    data = path.read_bytes()
    text = data.decode("utf-8", "replace") if _is_mixed(data) else decode(data, path.name)
    if broken := text.count("\ufffd"):
        warnings.append(
            f"{broken:,} characters are in another encoding than the rest; they are shown as \ufffd"
        )
    return text


def _is_mixed(data: bytes) -> bool:
    """Whether lines in UTF-8 stand beside lines in another encoding: files that were glued together."""
    if data[:4096].count(0):
        return False
    said: Counter[bool] = Counter()
    for line in data.splitlines():
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                said[False] += 1
            else:
                said[True] += 1
    return bool(said[False]) and 4 * said[True] >= said[False]
