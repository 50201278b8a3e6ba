"""Near-copies among the documents of an index, and newer editions that nothing says to be ones."""

from __future__ import annotations

import array
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.documents import Document
from index.editions import Work, find_newest, is_newer
from index.holdings import ALIKE, OF_ONE_WORK, words_of
from index.likeness import Sketch, likeness, sketch

_FIRST = 24
"""The smallest hashes of a sketch, of which two texts that are much alike share some."""
_SLICE = 4_000
"""Documents that are compared with all others at a time."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two documents that say much the same."""

    name: str
    other: str
    share: float
    newer: bool
    """Whether the first is by title and date a newer edition of the other."""


def write_sketch(db: sqlite3.Connection, document: Document) -> None:
    """Keeps what a document is compared by."""
    values = array.array("q", sketch(words_of(document)))
    db.execute("INSERT INTO sketches VALUES (?, ?)", [document.id, values.tobytes()])


def find_alike(db: sqlite3.Connection, names: Sequence[str]) -> list[Alike]:
    """What the documents of these names are near-copies of, each pair once, where neither is said to supersede the
    other and both are not the same file."""
    rows = db.execute("SELECT id, title, published, supersedes, sha256 FROM documents").fetchall()
    works = {row[0]: Work(row[0], row[1], row[2] and date.fromisoformat(row[2]), row[3]) for row in rows}
    files = {row[0]: row[4] for row in rows}
    said = {(newest.id, older) for older, newest in find_newest(works.values()).items()}
    found: dict[frozenset[str], Alike] = {}
    for name, other, share in _pairs(db, [name for name in names if name in works]):
        pair = frozenset((name, other))
        if pair in found or files[name] == files[other] or (name, other) in said or (other, name) in said:
            continue
        if is_newer(works[other], works[name]):
            name, other = other, name
        newer = is_newer(works[name], works[other])
        if share >= (OF_ONE_WORK if newer else ALIKE):
            found[pair] = Alike(name, other, share, newer)
    return sorted(found.values(), key=lambda one: (-one.share, one.name, one.other))


def _pairs(db: sqlite3.Connection, names: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Pairs that may be alike, with the share."""
    for start in range(0, len(names), _SLICE):
        own = dict(_sketches(db, names[start : start + _SLICE]))
        holders: dict[int, list[str]] = {}
        for name, values in own.items():
            for value in values[:_FIRST]:
                holders.setdefault(value, []).append(name)
        for other, values in _sketches(db, None):
            near = {name for value in values[:_FIRST] for name in holders.get(value, ()) if name != other}
            for name in sorted(near):
                yield name, other, likeness(own[name], values)


def _sketches(db: sqlite3.Connection, names: Sequence[str] | None) -> Iterator[tuple[str, Sketch]]:
    if names is None:
        rows: Iterator[tuple[str, bytes]] = db.execute("SELECT document_id, hashes FROM sketches")
    else:
        every = set(names)
        rows = (row for row in db.execute("SELECT document_id, hashes FROM sketches") if row[0] in every)
    for name, data in rows:
        values = array.array("q")
        values.frombytes(data)
        yield name, tuple(values)
