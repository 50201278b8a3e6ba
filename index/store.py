"""The SQLite schema, and the only SQL that writes the index.

Readable with any SQLite tool. Decimals are kept as text (exact) beside a REAL for ordering.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from index.documents import Document
from index.figures import Figure, Series
from index.figures.revisions import Key
from index.language.metrics import Catalogue
from index.lookup import series_terms
from index.passages import Passage
from index.versions import LABELS, Labels

T = TypeVar("T")
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE inputs (                -- the files that this index was built from
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,            -- path below the corpus folder
  file TEXT NOT NULL, title TEXT NOT NULL,
  published TEXT, published_known TEXT NOT NULL, year_of_figures INTEGER,
  source TEXT NOT NULL, publisher TEXT NOT NULL, licence TEXT NOT NULL, language TEXT NOT NULL,
  access TEXT NOT NULL, supersedes TEXT NOT NULL, edition TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('document', 'statistics')),
  sha256 TEXT NOT NULL, text TEXT NOT NULL, warnings TEXT NOT NULL,  -- JSON array
  digest TEXT NOT NULL             -- of everything that reading it depends on
) STRICT;
CREATE INDEX documents_by_access ON documents (access);

CREATE TABLE marks (
  document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
  start INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE INDEX marks_by_document ON marks (document_id, start);

CREATE TABLE passages (
  id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (document_id, ordinal)
) STRICT;

CREATE TABLE metrics (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, definition TEXT NOT NULL, publisher TEXT NOT NULL,
  unit TEXT NOT NULL, aliases TEXT NOT NULL,                        -- JSON array
  dimensions TEXT NOT NULL, additive INTEGER NOT NULL
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY, metric TEXT NOT NULL, dimensions TEXT NOT NULL,  -- JSON array of pairs
  unit TEXT NOT NULL, frequency TEXT NOT NULL,
  access TEXT NOT NULL,               -- documents of two labels share no series, and so no words of it
  UNIQUE (metric, dimensions, unit, frequency, access)
) STRICT;

CREATE TABLE series_dimensions (
  series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE INDEX dimensions_by_value ON series_dimensions (name, value, series_id);

CREATE TABLE figures (
  id INTEGER PRIMARY KEY, series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
  start TEXT, "end" TEXT, label TEXT NOT NULL, grain TEXT NOT NULL, cumulative INTEGER NOT NULL,
  origin TEXT NOT NULL, month_first INTEGER, month_last INTEGER,
  value TEXT, number REAL, high TEXT, bound TEXT NOT NULL, step TEXT NOT NULL, unit TEXT NOT NULL,
  kind TEXT NOT NULL, basis TEXT NOT NULL, base_start TEXT, base_end TEXT, base_label TEXT,
  status TEXT NOT NULL, aggregate INTEGER NOT NULL,
  place_start INTEGER NOT NULL, place_end INTEGER NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL,
  text TEXT NOT NULL, quote TEXT NOT NULL
) STRICT;
CREATE INDEX figures_by_series ON figures (series_id, kind, start);
CREATE INDEX figures_by_place ON figures (document_id, place_start);
CREATE INDEX figures_by_number ON figures (number);

CREATE TABLE series_terms (          -- the words by which questions find a series
  term TEXT NOT NULL, series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE, weight REAL NOT NULL,
  PRIMARY KEY (term, series_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sketches (              -- what near-copies are found by
  document_id TEXT PRIMARY KEY REFERENCES documents ON DELETE CASCADE, hashes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (               -- what reading found: skipped files, rows not understood
  document_id TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('skipped', 'warning')), message TEXT NOT NULL
) STRICT;
"""


_PRAGMAS = "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
"""With a journal, so that what a killed build has read is sound; the disk is waited for once, at the end."""


@contextlib.contextmanager
def create(path: Path) -> Iterator[Database]:
    """An empty index database, open for writing."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(_PRAGMAS + SCHEMA)
        yield Database(connection)


@contextlib.contextmanager
def reopen(path: Path) -> Iterator[Database]:
    """An index database copied from an earlier one, open for writing."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(_PRAGMAS)
        yield Database(connection)


def seal(db: Database, path: Path) -> None:
    """Everything on disk, for readers alone from here on."""
    db.conn.execute("DELETE FROM series WHERE id NOT IN (SELECT series_id FROM figures)")
    db.conn.commit()
    db.conn.execute("ANALYZE")
    db.conn.commit()
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_meta(db: Database, values: Mapping[str, str]) -> None:
    rows = [{"key": key, "value": value} for key, value in values.items()]
    db.table("meta").insert_all(rows, replace=True)


def remove_meta(db: Database, key: str) -> None:
    db.conn.execute("DELETE FROM meta WHERE key = ?", [key])


def write_inputs(db: Database, inputs: Iterable[dict[str, Any]]) -> None:
    db.conn.execute("DELETE FROM inputs")
    db.table("inputs").insert_all(inputs, pk="path")


def write_metrics(db: Database, catalogue: Catalogue) -> None:
    """The catalogue as the index saw it, for people who open the database."""
    db.conn.execute("DELETE FROM metrics")
    rows = [
        {
            "key": metric.key,
            "name": metric.name,
            "definition": metric.definition,
            "publisher": metric.publisher,
            "unit": metric.unit,
            "aliases": json.dumps(list(metric.aliases), ensure_ascii=False),
            "dimensions": json.dumps(list(metric.dimensions), ensure_ascii=False),
            "additive": int(metric.additive),
        }
        for metric in map(catalogue.get, catalogue.keys)
        if metric
    ]
    db.table("metrics").insert_all(rows, pk="key")


def read_hashes(db: Database) -> dict[str, str]:
    """The digest of each document's file, by the document's id."""
    return dict(db.conn.execute("SELECT id, sha256 FROM documents"))


def read_digests(db: Database) -> dict[str, str]:
    """The digest of everything that each document's reading depended on, by the document's id."""
    return dict(db.conn.execute("SELECT id, digest FROM documents"))


def read_labels(db: Database) -> Labels:
    """Who may see each document."""
    return frozenset(db.conn.execute(LABELS))


def remove_document(db: Database, document_id: str) -> None:
    db.conn.execute("DELETE FROM documents WHERE id = ?", [document_id])
    db.conn.execute("DELETE FROM reports WHERE document_id = ?", [document_id])


def write_report(db: Database, document_id: str, level: str, messages: Iterable[str]) -> None:
    rows = [{"document_id": document_id, "level": level, "message": message} for message in messages]
    db.table("reports").insert_all(rows)


def write_document(db: Database, document: Document, passages: Iterable[Passage], digest: str) -> None:
    """A document with its marks and passages; the passages are numbered by the store."""
    db.table("documents").insert(
        {
            "id": document.id,
            "file": document.file,
            "title": document.title,
            "published": document.published.isoformat() if document.published else None,
            "published_known": document.published_known,
            "year_of_figures": document.year_of_figures,
            "source": document.source,
            "publisher": document.publisher,
            "licence": document.licence,
            "language": document.language,
            "access": document.access,
            "supersedes": document.supersedes,
            "edition": document.edition,
            "kind": "statistics" if document.is_statistics or not document.text else "document",
            "sha256": document.sha256,
            "text": document.text,
            "warnings": json.dumps(list(document.warnings), ensure_ascii=False),
            "digest": digest,
        }
    )
    marks = [(document.id, mark.start, mark.kind, mark.value) for mark in document.marks]
    db.conn.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", marks)
    rows = [(document.id, p.ordinal, p.heading, p.start, p.end, p.text) for p in passages]
    db.conn.executemany(
        'INSERT INTO passages (document_id, ordinal, heading, start, "end", text) VALUES (?, ?, ?, ?, ?, ?)',
        rows,
    )


def keyed_figures(version: Path) -> list[tuple[Key, str]]:
    """Every figure of a version with what makes it itself; several of one key are counted."""
    seen: Counter[Key] = Counter()
    keyed = []
    with contextlib.closing(sqlite3.connect(f"{(version / 'index.db').as_uri()}?mode=ro", uri=True)) as db:
        for *words, text in db.execute(
            "SELECT document_id, metric, dimensions, label, kind, basis, text FROM figures "
            "JOIN series ON series.id = series_id ORDER BY figures.id"
        ):
            dimensions = ", ".join(value for _, value in json.loads(words[2]))
            key = (words[0], words[1], dimensions, *words[3:])
            seen[key] += 1
            keyed.append(((*key, str(seen[key])), text))
    return keyed


class FigureWriter:
    """Writes figures, making their series and the words by which questions find them as it goes."""

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self._db = db
        self._catalogue = catalogue
        self._numbers: dict[tuple[str, ...], int] = {
            tuple(key): number
            for number, *key in db.conn.execute(
                "SELECT id, metric, dimensions, unit, frequency, access FROM series"
            )
        }

    def write(self, document: Document, figures: Iterable[Figure]) -> int:
        """How many were written."""
        titled: set[tuple[int, str]] = set()
        count = 0
        for batch in batched(figures, 5_000):
            rows = [self._row(figure, document, titled) for figure in batch]
            self._db.conn.executemany(_INSERT_FIGURE, rows)
            count += len(rows)
        return count

    def _row(self, figure: Figure, document: Document, titled: set[tuple[int, str]]) -> tuple[object, ...]:
        period, base, place = figure.period, figure.base, figure.place
        first, last = period.months or (None, None)
        return (
            self._series(figure.series, document, figure.heading, titled),
            figure.document_id,
            period.start.isoformat() if period.start else None,
            period.end.isoformat() if period.end else None,
            period.label,
            period.grain,
            int(period.cumulative),
            period.origin,
            first,
            last,
            None if figure.value is None else str(figure.value),
            None if figure.value is None else float(figure.value),
            None if figure.high is None else str(figure.high),
            figure.bound,
            str(figure.step),
            figure.unit,
            figure.kind,
            figure.basis,
            base.start.isoformat() if base and base.start else None,
            base.end.isoformat() if base and base.end else None,
            base.label if base else None,
            figure.status,
            int(figure.aggregate),
            place.start,
            place.end,
            place.sheet,
            place.cell,
            figure.text,
            figure.quote,
        )

    def _series(self, series: Series, document: Document, heading: str, titled: set[tuple[int, str]]) -> int:
        dimensions = json.dumps(series.dimensions, ensure_ascii=False)
        key = (series.metric, dimensions, series.unit, series.frequency, document.access)
        number = self._numbers.get(key)
        if number is None:
            cursor = self._db.conn.execute(
                "INSERT INTO series (metric, dimensions, unit, frequency, access) VALUES (?, ?, ?, ?, ?)", key
            )
            number = self._numbers[key] = int(cursor.lastrowid or 0)
            self._db.conn.executemany(
                "INSERT INTO series_dimensions VALUES (?, ?, ?)",
                [(number, name, value) for name, value in series.dimensions],
            )
        if (number, heading) not in titled:
            titled.add((number, heading))
            terms = series_terms(series, self._catalogue.get(series.metric), document.title, heading)
            self._db.conn.executemany(
                "INSERT INTO series_terms VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET weight = max(weight, excluded.weight)",
                [(term, number, weight) for term, weight in terms.items()],
            )
        return number


_INSERT_FIGURE = (
    'INSERT INTO figures (series_id, document_id, start, "end", label, grain, cumulative, origin, month_first, '
    "month_last, value, number, high, bound, step, unit, kind, basis, base_start, base_end, base_label, status, "
    "aggregate, place_start, place_end, sheet, cell, text, quote) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
