"""A build that was killed: the next one of the same program and corpora goes on with what it has read."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

BUILDING = "building"
"""Of a database that isn't whole yet: what decides how its documents are read."""


def take_over(versions: Path, into: Path, parsers: str, least: int) -> bool:
    """Moves the database of a killed build to `into` where it is sound, read by the same `parsers`, and holds more
    than `least` documents.

    Whatever else killed builds left in `versions` is removed."""
    taken = False
    for left in sorted(versions.glob("partial-*")):
        database = left / "index.db"
        if not taken and database.is_file() and _is_sound(database, parsers, least):
            into.mkdir()
            database.replace(into / "index.db")
            taken = True
        shutil.rmtree(left, ignore_errors=True)
    return taken


def _is_sound(database: Path, parsers: str, least: int) -> bool:
    """Undoes what was not yet whole, the document read last included; False where the rest can't be used."""
    try:
        with contextlib.closing(sqlite3.connect(database)) as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", [BUILDING]).fetchone()
            if row != (parsers,) or db.execute("PRAGMA quick_check").fetchone() != ("ok",):
                return False
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("DELETE FROM documents WHERE rowid = (SELECT max(rowid) FROM documents)")
            db.commit()
            (held,) = db.execute("SELECT count(*) FROM documents").fetchone()
            return bool(held > least)
    except sqlite3.DatabaseError:
        return False
