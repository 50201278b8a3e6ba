"""What a corpus holds on disk: its files, and whether they changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import CorpusError
from index.reading import is_content

SHIPPED = Path(__file__).resolve().parent.parent / "corpus"
CATALOGUE = "metrics.toml"


@dataclass(frozen=True, slots=True)
class File:
    """A file below a corpus folder, content or not."""

    path: Path
    root: Path
    size: int
    modified: int
    """Nanoseconds since 1970."""

    @property
    def stamp(self) -> tuple[str, int, int]:
        return str(self.path), self.size, self.modified

    @property
    def name(self) -> str:
        """The path below the corpus folder, with forward slashes."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def is_content(self) -> bool:
        return is_content(self.path)


def find_files(roots: Sequence[Path]) -> tuple[File, ...]:
    """Every file of the corpora that reading may look at, dot-files aside, in a fixed order.

    Raises CorpusError where a root is no folder.
    """
    return tuple(file for root in roots for file in _walk(root))


def _walk(root: Path) -> Iterator[File]:
    if not root.is_dir():
        raise CorpusError(
            f"The corpus {root} is not a folder.", "Name a folder that exists: seminar build --corpus FOLDER"
        )
    folder = root.resolve()
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_file() and path.resolve().is_relative_to(folder):
            status = path.stat()
            yield File(path, folder, status.st_size, status.st_mtime_ns)


def name_documents(files: Iterable[File]) -> dict[str, File]:
    """Document ids: the path below the corpus; where two corpora share one, the later has its folder's name before."""
    named: dict[str, File] = {}
    for file in files:
        if not file.is_content:
            continue
        name = file.name
        if name in named:
            name = f"{file.root.name}/{name}"
        number = 2
        while name in named:
            name = f"{file.root.name}-{number}/{file.name}"
            number += 1
        named[name] = file
    return named


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def catalogues(roots: Sequence[Path]) -> tuple[Path, ...]:
    """The shipped catalogue, then those that the corpora add."""
    own = [root.resolve() / CATALOGUE for root in roots]
    shipped = SHIPPED / CATALOGUE
    return (shipped, *(path for path in own if path.is_file() and path != shipped))
