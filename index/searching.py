"""The search index of a version: that of the version before with the changed documents' passages, or a whole one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import StoreError
from index.search.builder import build, is_merge_due, merge, update
from index.search.folder import branch
from index.search.retriever import Retriever

NAME = "search"
_FIELDS = "SELECT p.id, d.title, p.heading, p.text FROM passages p JOIN documents d ON d.id = p.document_id"


@dataclass(slots=True)
class Changes:
    """What a build took out of the passages and what it read afresh."""

    removed: list[int] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    def remove(self, db: sqlite3.Connection, document_id: str) -> None:
        """To be called while the document is still there."""
        self.removed += [
            number for (number,) in db.execute("SELECT id FROM passages WHERE document_id = ?", [document_id])
        ]


def write_search(db: sqlite3.Connection, version: Path, base: Path | None, changes: Changes) -> None:
    """Writes what `version` is searched by; with a `base`, at the cost of the changes alone.

    A base that is damaged is no base."""
    folder = version / NAME
    if base is not None:
        try:
            branch(base / NAME, folder)
            update(folder, removed=changes.removed)
            _add(db, folder, changes.read)
            Retriever.open(folder)
        except StoreError:
            pass
        else:
            return
    build((), folder)
    _add(
        db,
        folder,
        [name for (name,) in db.execute("SELECT document_id FROM passages GROUP BY 1 ORDER BY min(id)")],
    )


def _add(db: sqlite3.Connection, folder: Path, documents: list[str]) -> None:
    """Adds the passages of some documents: those of each access label to segments of their own."""
    named = dict(db.execute("SELECT id, access FROM documents"))
    labels = {name: named[name] for name in documents}
    for access in sorted(set(labels.values())):
        own = [name for name in documents if labels[name] == access]
        update(folder, added=_of(db, own), access=access)


def _of(db: sqlite3.Connection, documents: list[str]) -> Iterator[tuple[int, str, str, str]]:
    for document in documents:
        yield from db.execute(f"{_FIELDS} WHERE d.id = ? ORDER BY p.ordinal", [document])


def merge_search(version: Path, into: Path) -> bool:
    """Makes few segments of many in a version of its own; False where they are few."""
    if not is_merge_due(version / NAME):
        return False
    branch(version / NAME, into / NAME)
    return merge(into / NAME)
