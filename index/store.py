"""The SQLite schema, and the only SQL that writes the index.

Readable with any SQLite tool. Decimals are kept as text (exact) beside a REAL for ordering.
"""

from __future__ import annotations

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE documents (
  id TEXT PRIMARY KEY,            -- path below the corpus folder
  file TEXT NOT NULL, title TEXT NOT NULL,
  published TEXT, published_known TEXT NOT NULL, year_of_figures INTEGER,
  source TEXT NOT NULL, publisher TEXT NOT NULL, licence TEXT NOT NULL, language TEXT NOT NULL,
  access TEXT NOT NULL, supersedes TEXT NOT NULL, edition TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('document', 'statistics')),
  sha256 TEXT NOT NULL, text TEXT NOT NULL, warnings TEXT NOT NULL  -- JSON array
) STRICT;

CREATE TABLE marks (
  document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
  start INTEGER NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL
) STRICT;
CREATE INDEX marks_by_document ON marks (document_id, start);

CREATE TABLE passages (
  id INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
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
  UNIQUE (metric, dimensions, unit, frequency)
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
CREATE INDEX figures_by_document ON figures (document_id);

CREATE TABLE series_terms (          -- the words by which questions find a series
  term TEXT NOT NULL, series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE, weight REAL NOT NULL,
  PRIMARY KEY (term, series_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (               -- what reading found: skipped files, rows not understood
  document_id TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('skipped', 'warning')), message TEXT NOT NULL
) STRICT;
"""
