"""The two doors out of the index: figures (`View.db`, through `index.lookup`) and passages (`View.search`)."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt

from index.corrections import read_corrections
from index.documents import Document, Known, Mark
from index.editions import Work, find_newest
from index.errors import StoreError
from index.language.metrics import Catalogue, load
from index.passages import Passage
from index.search.highlights import find_highlights
from index.search.retriever import Retriever
from index.standard import read_answers
from index.trace import Trace
from index.versions import SCHEMA_VERSION, current_version, version_of

T = TypeVar("T")
_VISIBLE = """
CREATE TEMP TABLE viewer_labels (label TEXT PRIMARY KEY);
CREATE TEMP VIEW visible_documents AS
  SELECT id FROM documents WHERE access IN (SELECT label FROM viewer_labels);
"""
_PASSAGE = 'SELECT id, document_id, ordinal, heading, start, "end", text FROM passages'
_VISIBLE_PASSAGE = f"{_PASSAGE} WHERE document_id IN (SELECT id FROM visible_documents)"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Hit:
    """Laws: scores descend; ties stand in the order of passage ids."""

    passage: Passage
    score: float
    terms: tuple[str, ...]

    @property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """Where in the passage's text these terms stand: character offsets, ascending, none over another."""
        return find_highlights(self.passage.text, self.terms)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the list of documents says of one."""

    id: str
    title: str
    published: date | None
    publisher: str
    language: str
    kind: str
    passages: int
    figures: int
    warnings: tuple[str, ...]
    superseded_by: str = ""
    """The document that is its newer edition."""


def open_index(folder: Path) -> Index:
    """The index that was built in `folder`. Raises StoreError where there is none, or it is of another version."""
    version = current_version(folder)
    if version is None:
        raise StoreError(f"There is no index in {folder}.", "Build it: seminar build")
    with contextlib.closing(_connect(version)) as db:
        try:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            labels = frozenset(label for (label,) in db.execute("SELECT DISTINCT access FROM documents"))
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The index in {folder} is damaged ({error}).", "Build it again: seminar build --fresh"
            ) from error
    if meta.get("schema") != str(SCHEMA_VERSION):
        raise StoreError(
            f"The index in {folder} is of version {meta.get('schema')}; this program reads version {SCHEMA_VERSION}.",
            "Build it again: seminar build --fresh",
        )
    catalogue = load(sorted(version.glob("catalogue-*.toml")))
    return Index(version, meta["version"], catalogue, labels, Retriever.open(version / "search"))


def _connect(version: Path) -> sqlite3.Connection:
    address = f"{(version / 'index.db').as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


class Index:
    """One version of an index; any number of threads may ask it at once."""

    def __init__(
        self, path: Path, version: str, catalogue: Catalogue, labels: frozenset[str], retriever: Retriever
    ) -> None:
        self.path = path
        self.version = version
        self.catalogue = catalogue
        self._retriever = retriever
        self.corrections = read_corrections(sorted(path.glob("corrections-*")))
        """What the owner corrected; a viewer is told only of figures that they see."""
        self.answers = read_answers(sorted(path.glob("answers-*")))
        """The owner's standard answers; a viewer gets those of their labels."""
        self.labels = labels | {one.access for one in self.answers}
        self._retrievers: dict[frozenset[str], Retriever] = {}
        self._versions = {self.labels: version}
        self._superseded: dict[frozenset[str], dict[str, Work]] = {}

    def seen_by(self, viewer: frozenset[str] | None) -> View:
        """What a viewer with these access labels may see; None holds every label."""
        return View(self, self.labels if viewer is None else viewer & self.labels)

    def retriever_of(self, labels: frozenset[str]) -> Retriever:
        """What searches the passages of these access labels alone: the others count in no score."""
        if labels not in self._retrievers:
            self._retrievers[labels] = self._retriever.seen_by(labels)
        return self._retrievers[labels]

    def version_of(self, view: View) -> str:
        """The version of what a view sees: another one only where something that it sees is another."""
        if view.labels not in self._versions:
            (parsers,) = view.db.execute("SELECT value FROM meta WHERE key = 'parsers'").fetchone()
            seen = "SELECT id, digest FROM documents WHERE id IN (SELECT id FROM visible_documents)"
            self._versions[view.labels] = version_of(parsers, view.answers, dict(view.db.execute(seen)))
        return self._versions[view.labels]

    def superseded(self, view: View) -> dict[str, Work]:
        """The newest edition of each document that has a newer one, among those that a view sees; read once."""
        if view.labels not in self._superseded:
            rows = view.db.execute(
                "SELECT id, title, published, supersedes FROM documents WHERE id IN (SELECT id FROM visible_documents)"
            ).fetchall()
            works = [Work(row[0], row[1] or row[0], _date(row[2]), row[3]) for row in rows]
            self._superseded[view.labels] = find_newest(works) if any(row[3] for row in rows) else {}
        return self._superseded[view.labels]


_VISIBLE_IDS = "SELECT id FROM passages WHERE document_id IN (SELECT id FROM visible_documents)"


def _allowed(db: sqlite3.Connection, sql: str, values: tuple[object, ...]) -> npt.NDArray[np.bool_]:
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()
    mask = np.zeros(last + 1, dtype=np.bool_)
    ids = np.fromiter((number for (number,) in db.execute(sql, values)), dtype=np.int64)
    mask[ids] = True
    return mask


class View:
    """The index as one viewer sees it: what they may not see is not there. Use it as a context, in one thread."""

    def __init__(self, index: Index, labels: frozenset[str]) -> None:
        self.index = index
        self.labels = labels
        self.catalogue = index.catalogue
        self.retriever = index.retriever_of(labels)
        self.answers = tuple(one for one in index.answers if one.access in labels)
        self.trace: Trace | None = None
        self._found: dict[Hashable, object] = {}
        self.db = _connect(index.path)
        """Read-only. Every statement joins `visible_documents`."""
        self.db.executescript(_VISIBLE)
        self.db.executemany("INSERT INTO viewer_labels VALUES (?)", [(label,) for label in sorted(labels)])
        self.version = index.version_of(self)

    def __enter__(self) -> View:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    def traced(self) -> Trace:
        """From here on, everything that is looked up and searched is noted."""
        self.trace = Trace()
        self.db.set_trace_callback(self.trace.hear)
        return self.trace

    @property
    def superseded(self) -> dict[str, Work]:
        """The newest edition of each document that has a newer one, among those that the viewer sees."""
        return self.index.superseded(self)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made at the first call with this key: for what one answer needs at several places."""
        if key not in self._found:
            self._found[key] = make()
        return cast("T", self._found[key])

    @property
    def ids(self) -> frozenset[str]:
        """The documents that the viewer sees."""
        return frozenset(name for (name,) in self.db.execute("SELECT id FROM visible_documents"))

    def step(self, text: str) -> None:
        """Notes what was tried, where somebody wants to know."""
        if self.trace is not None:
            self.trace.steps.append(text)

    def entries(self) -> tuple[Entry, ...]:
        """Every document with what was read of it, in the order of their ids."""
        return tuple(
            Entry(
                id=row[0], title=row[1], published=_date(row[2]), publisher=row[3], language=row[4], kind=row[5],
                passages=row[6], figures=row[7], warnings=tuple(json.loads(row[8])),
                superseded_by=self.superseded[row[0]].id if row[0] in self.superseded else "",
            )
            for row in self.db.execute(
                "SELECT id, title, published, publisher, language, kind, "
                "(SELECT count(*) FROM passages p WHERE p.document_id = d.id), "
                "(SELECT count(*) FROM figures f WHERE f.document_id = d.id), warnings "
                "FROM documents d WHERE id IN (SELECT id FROM visible_documents) ORDER BY id"
            )
        )  # fmt: skip

    def document(self, document_id: str) -> Document | None:
        """A document with its text and marks; None where the viewer sees none of that id."""
        row = self.db.execute(
            "SELECT id, title, text, sha256, published, published_known, year_of_figures, source, publisher, licence, "
            "language, access, supersedes, edition, warnings FROM documents "
            "WHERE id = ? AND id IN (SELECT id FROM visible_documents)",
            [document_id],
        ).fetchone()
        if row is None:
            return None
        marks = self.db.execute(
            "SELECT start, kind, value FROM marks WHERE document_id = ? ORDER BY start, rowid", [document_id]
        )
        return Document(
            id=row[0], title=row[1], text=row[2], sha256=row[3], published=_date(row[4]),
            published_known=cast("Known", row[5]), year_of_figures=row[6], source=row[7], publisher=row[8],
            licence=row[9], language=row[10], access=row[11], supersedes=row[12], edition=row[13],
            marks=tuple(Mark(*mark) for mark in marks), warnings=tuple(json.loads(row[14])),
        )  # fmt: skip

    def passage(self, passage_id: int) -> Passage | None:
        row = self.db.execute(f"{_VISIBLE_PASSAGE} AND id = ?", [passage_id]).fetchone()
        return Passage(*row) if row else None

    def passages(self, document_id: str) -> tuple[Passage, ...]:
        """A document's passages in reading order."""
        rows = self.db.execute(f"{_VISIBLE_PASSAGE} AND document_id = ? ORDER BY ordinal", [document_id])
        return tuple(Passage(*row) for row in rows)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        documents: frozenset[str] | None = None,
        language: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Hit, ...]:
        """The k best passages, among those of `documents`, in `language`, published `since` (inclusive) `until`."""
        mask = self._mask(documents, language, since, until)
        found = self.retriever.search(query, k=k, allowed=mask)
        passages = self._passages_by_id([hit.passage_id for hit in found])
        hits = tuple(
            Hit(passages[hit.passage_id], hit.score, hit.terms) for hit in found if hit.passage_id in passages
        )
        if self.trace is not None:
            self.trace.searches.append((query, hits))
        return hits

    def _mask(
        self, documents: frozenset[str] | None, language: str | None, since: date | None, until: date | None
    ) -> npt.NDArray[np.bool_] | None:
        clauses = list(_clauses(documents, language, since, until))
        if not clauses:
            return None
        where = " AND ".join(clause for clause, _ in clauses)
        values = tuple(value for _, some in clauses for value in some)
        sql = f"{_VISIBLE_IDS} AND document_id IN (SELECT id FROM documents WHERE {where})"  # noqa: S608
        return _allowed(self.db, sql, values)

    def _passages_by_id(self, ids: list[int]) -> dict[int, Passage]:
        marks = ", ".join("?" * len(ids))
        rows = self.db.execute(f"{_VISIBLE_PASSAGE} AND id IN ({marks})", ids)
        return {row[0]: Passage(*row) for row in rows}


def _clauses(
    documents: frozenset[str] | None, language: str | None, since: date | None, until: date | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if documents is not None:
        yield f"id IN ({', '.join('?' * len(documents))})", tuple(sorted(documents))
    if language is not None:
        yield "language = ?", (language,)
    if since is not None:
        yield "published >= ?", (since.isoformat(),)
    if until is not None:
        yield "published < ?", (until.isoformat(),)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
