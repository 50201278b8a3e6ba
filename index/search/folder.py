"""The folder of a search index: which segments answer, and who may write.

current.json    the segments that answer, in order, with what was removed from each; replaced in one step
*.segment       never changed once they are there
lock            held by the process that writes
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from index.documents import EVERYONE
from index.errors import StoreError
from index.search.segment import CURE, write_whole

VERSION = 6
_NAME = "current.json"


@dataclass(frozen=True, slots=True)
class Part:
    """A segment that answers, the file of its removed passages ("" for none), and the access label of them all."""

    file: str
    dead: str = ""
    access: str = EVERYONE


def read_parts(folder: Path) -> tuple[Part, ...]:
    """The segments that answer. Raises StoreError where there is no index, or one of another version."""
    try:
        text = (folder / _NAME).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(f"There is no search index in {folder}.", "Build it: seminar build") from None
    try:
        found = json.loads(text)
        version, parts, crc = found["version"], found["parts"], found["crc"]
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"The search index is damaged: {folder / _NAME} can't be read.", CURE) from None
    if version != VERSION:
        raise StoreError(
            f"The search index in {folder} is of version {version}; this program reads version {VERSION}.",
            CURE,
        )
    if crc != _crc(parts):
        raise StoreError(f"The search index is damaged: the check sum of {folder / _NAME} is wrong.", CURE)
    return tuple(Part(**part) for part in parts)


def write_parts(folder: Path, parts: Sequence[Part]) -> None:
    """From here on these segments answer; files of none are removed."""
    rows = [asdict(part) for part in parts]
    text = json.dumps({"version": VERSION, "parts": rows, "crc": _crc(rows)})
    write_whole(folder / _NAME, [text.encode()])
    used = {name for part in parts for name in (part.file, part.dead)}
    for path in folder.iterdir():
        if path.name.endswith(".partial") or (path.suffix == ".segment" and path.name not in used):
            path.unlink(missing_ok=True)


def _crc(rows: object) -> int:
    return zlib.crc32(json.dumps(rows).encode())


def new_name(kind: str = "postings") -> str:
    return f"{kind}-{os.urandom(6).hex()}.segment"


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """One writer at a time; readers need no lock. What the disk refuses becomes a sentence."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(
                    f"Another build is at work in {folder}.",
                    "Wait for it to end, then run the command again.",
                ) from None
            yield
    except OSError as error:
        raise StoreError(
            f"The search index in {folder} can't be written: {error.strerror or error}.",
            "Free some disk space or mend the folder's rights, and build again; the index from before still answers.",
        ) from error


def branch(base: Path, folder: Path) -> None:
    """Makes `folder` the same index as `base`, at the cost of a few links: segments never change."""
    parts = read_parts(base)
    with writing(folder):
        for name in {name for part in parts for name in (part.file, part.dead) if name}:
            _link(base / name, folder / name)
        write_parts(folder, parts)


def _link(file: Path, name: Path) -> None:
    """The same file under another name; a copy where the disk knows no links."""
    try:
        os.link(file, name)
    except FileExistsError:
        pass
    except OSError:
        shutil.copyfile(file, name)
