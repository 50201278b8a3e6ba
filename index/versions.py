"""The folder of an index, and whether what it holds is of today.

current             one line: the name of the version that answers
versions/NAME/      index.db and search/, never changed once they are there
lock                held by the process that builds
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index import corpus

SCHEMA_VERSION = 2
_PARSERS = ("reading", "language", "figures", "passages.py", "documents.py", "builder.py")
"""What decides how a document is read: when any of it changes, every document is read again."""
_SEARCH = ("search", "searching.py")
"""What decides how passages are searched: when any of it changes, the search index is built again."""


Labels = frozenset[tuple[str, str]]
"""Documents, by their names and by what stands for their files, each with its access label."""
LABELS = "SELECT id, access FROM documents UNION SELECT sha256, access FROM documents"


@dataclass(frozen=True, slots=True)
class State:
    """What a version was built from."""

    path: Path
    parsers: str
    search: str
    stamps: frozenset[tuple[str, int, int]]
    digests: dict[str, str]
    labels: Labels
    """Who might see each document."""


def current_version(folder: Path) -> Path | None:
    """The version that answers, or None where nothing was built."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    path = folder.absolute() / "versions" / name
    return path if name and (path / "index.db").is_file() else None


def read_state(version: Path | None) -> State | None:
    """What `version` was built from; None where it can't be read, so that it is built afresh."""
    if version is None:
        return None
    with contextlib.closing(sqlite3.connect(f"{(version / 'index.db').as_uri()}?mode=ro", uri=True)) as db:
        try:
            meta = dict(db.execute("SELECT key, value FROM meta"))
            stamps = frozenset(db.execute("SELECT path, size, modified FROM inputs"))
            digests = dict(db.execute("SELECT id, digest FROM documents"))
            labels = frozenset(db.execute(LABELS))
        except sqlite3.DatabaseError:
            return None
    return State(version, meta.get("parsers", ""), meta.get("search", ""), stamps, digests, labels)


@cache
def _program(names: tuple[str, ...]) -> str:
    """A digest of some of the program's own files."""
    here = Path(__file__).parent
    found = hashlib.sha256()
    for name in names:
        at = here / name
        for path in sorted(at.glob("**/*.py")) if at.is_dir() else [at]:
            found.update(path.read_bytes())
    return found.hexdigest()


def parsers_of(roots: Sequence[Path]) -> str:
    """Everything but the content files that decides what an index holds."""
    parts = [str(SCHEMA_VERSION), _program(_PARSERS)]
    parts += [corpus.sha256(path) for path in corpus.catalogues(roots)]
    parts += [str(root.resolve()) for root in roots]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def searcher() -> str:
    """What stands for the way passages are searched."""
    return _program(_SEARCH)[:16]


def version_of(parsers: str, answers: Sequence[object], digests: Mapping[str, str]) -> str:
    """What stands for all that is held, or that one viewer sees: another where standard answers or documents are."""
    found = hashlib.sha256(f"{parsers}{answers or ''}".encode())
    for name in sorted(digests):
        found.update(f"{name}\0{digests[name]}\0".encode())
    return found.hexdigest()[:12]


def is_current(state: State | None, roots: Sequence[Path], files: Sequence[corpus.File]) -> bool:
    """Whether a build would find nothing to do."""
    return (
        state is not None
        and state.parsers == parsers_of(roots)
        and state.search == searcher()
        and state.stamps == frozenset(file.stamp for file in files)
    )


def up_to_date(roots: Sequence[Path], folder: Path) -> bool:
    """Whether the index in `folder` is of the corpora as they are now."""
    return is_current(read_state(current_version(folder)), roots, corpus.find_files(roots))
