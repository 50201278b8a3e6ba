"""What the owner says, kept as TOML in a corpus folder: each entry goes in whole or not at all, none is lost."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from index.errors import CorpusError


def read_entries(path: Path, table: str) -> tuple[dict[str, object], ...]:
    """The entries of a file, none where there is no file. Raises CorpusError where it can't be read."""
    try:
        entries = tomllib.loads(path.read_text("utf-8")).get(table, [])
    except FileNotFoundError:
        return ()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} is not TOML: {error}.", "Mend that line, or take the entry out.") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CorpusError(f"{path}: {table} is no list of entries.", f"Begin each entry with [[{table}]].")
    return tuple(entries)


def add_entry(path: Path, table: str, values: Mapping[str, object], *, heading: str = "") -> Path:
    """Adds an entry at the end of a file; empty values are left out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"[[{table}]]", *(f"{name} = {_written(value)}" for name, value in values.items() if value)]
    with _alone(path.parent):
        before = path.read_text("utf-8") if path.exists() else heading and f"# {heading}\n\n"
        _write(path, before + "\n".join(lines) + "\n\n")
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One writer in a folder at a time."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".keeping-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
