"""The library: documents and tables that people added, copied into a folder of the home."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from index.documents import EVERYONE, Document
from index.errors import CorpusError, SeminarError
from index.holdings import Kept, Relation, Sketches, dump, keep, load, relate
from index.reading import FORMATS, cure_of, is_content
from index.reading.facts import SOURCES, find_facts
from index.reading.guard import read_safely
from index.sidecars import inherit, said_beside, supersedes_line

_SKETCHES = ".sketches.json"


@dataclass(frozen=True, slots=True)
class Addition:
    """What became of a file that was to be added."""

    source: Path
    state: Literal["added", "replaced", "held", "refused"]
    name: str = ""
    """Its name in the library: its path below the library folder."""
    document: Document | None = None
    why: str = ""
    """Why it was refused, or under which name it is held."""
    cure: str = ""
    """What to do with a file that was refused."""
    alike: tuple[tuple[str, float], ...] = ()
    """Documents held that say much the same, with the share."""
    supersedes: str = ""
    """The document held that it is a newer edition of: said so, or found by title, date and text."""
    access: str = ""
    """The label of that document, which it took over."""
    superseded_by: str = ""
    """The document held that was found to be a newer edition of it."""


@dataclass(frozen=True, slots=True)
class Library:
    """A folder below the home; `seminar build` reads it beside the shipped corpus."""

    folder: Path
    beside: tuple[Path, ...] = ()
    """Corpora that are answered from together with it, never written to."""
    unseen: frozenset[str] = frozenset()
    """What who adds may not see: nothing is compared with it, and so nothing is told of it."""

    def names(self) -> tuple[str, ...]:
        """The names of what it holds."""
        return tuple(sorted(path.relative_to(self.folder).as_posix() for path in _contents(self.folder)))

    def add(self, paths: Sequence[Path], *, supersedes: str = "") -> Iterator[Addition]:
        """Copies files and folders in, one by one; a file that can't be read is refused and the others go on."""
        held = self._sketches()
        if supersedes and supersedes not in held:
            named = [name for name in held if name.endswith(f"/{supersedes}")]
            if len(named) != 1:
                raise CorpusError(
                    f'No document is named "{supersedes}", so nothing can supersede it.',
                    "Their names: seminar documents",
                )
            supersedes = named[0]
        if gone := next((path for path in paths if not path.exists()), None):
            raise CorpusError(f"There is no file or folder {gone}.", "Check the path: seminar add PATH")
        try:
            for path in paths:
                root = path if path.is_dir() else path.parent
                for file in _contents(path) if path.is_dir() else [path]:
                    yield self._add(file, root if path.is_dir() else None, supersedes, held)
        finally:
            self._keep(held)

    def replace(self, name: str, path: Path) -> Addition:
        """A new file under the name of one that is held. Raises CorpusError where either is not there."""
        held = self.find(name)
        if not path.is_file():
            raise CorpusError(f"There is no file {path}.", f"Check the path: seminar replace {name} PATH")
        try:
            document = self._read(path, path.parent)
        except SeminarError as error:
            return Addition(path, "refused", name, why=error.message, cure=error.hint)
        target = held.with_suffix(path.suffix.lower())
        beside = held.with_name(held.name + ".toml")
        before = beside.read_text("utf-8") if beside.is_file() else ""
        self._copy(path, target, inherit(said_beside(path), before))
        if target != held:
            self.remove(held.relative_to(self.folder).as_posix())
        name = target.relative_to(self.folder).as_posix()
        found = self.relate(replace(document, supersedes=find_facts(target, self.folder).supersedes), name)
        self._say(name, found.supersedes)
        return Addition(
            path,
            "replaced",
            name,
            document,
            alike=found.alike,
            supersedes=found.supersedes,
            superseded_by=found.superseded_by,
        )

    def relate(self, document: Document, name: str = "") -> Relation:
        """How a document that was read stands to all others but the one of its name; nothing is written."""
        others = {other: kept for other, kept in self._seen(self._sketches()).items() if other != name}
        return relate(keep(document), others, document.supersedes)

    def _seen(self, held: Sketches) -> Sketches:
        return {name: kept for name, kept in held.items() if name not in self.unseen}

    def remove(self, name: str) -> str:
        """Takes a document and what stands beside it out of the library; gives its full name."""
        held = self.find(name)
        full = held.relative_to(self.folder).as_posix()
        held.unlink()
        held.with_name(held.name + ".toml").unlink(missing_ok=True)
        for folder in held.parents:
            if folder == self.folder or any(path.name != SOURCES for path in folder.iterdir()):
                break
            shutil.rmtree(folder)
        return full

    def find(self, name: str) -> Path:
        """The file of a name, or of a file's name alone where only one has it."""
        names = self.names()
        found = [full for full in names if full == name] or [x for x in names if x.rsplit("/", 1)[-1] == name]
        if len(found) == 1:
            return self.folder / found[0]
        if found:
            raise CorpusError(
                f'"{name}" is the name of {len(found)} documents.', f"Name one: {', '.join(found)}"
            )
        near = (
            f"It holds: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}" if names else "It is empty."
        )
        raise CorpusError(f'The library holds no "{name}".', f"{near} (Shipped documents can't be removed.)")

    def _add(self, path: Path, root: Path | None, supersedes: str, held: Sketches) -> Addition:
        """Adds one file; `root` is the folder that is added, None for a file alone."""
        try:
            document = self._read(path, root or path.parent)
        except SeminarError as error:
            return Addition(path, "refused", why=error.message, cure=error.hint)
        parts = [root.resolve().name, *path.relative_to(root).parts] if root else [path.name]
        target = self.folder.joinpath(*map(safe_name, parts))
        name = target.relative_to(self.folder).as_posix()
        seen = self._seen(held)
        for other, kept in seen.items():
            if kept.digest == document.sha256:
                why = f"the same file is held as {other}"
                said = supersedes if supersedes != other and self._say(other, supersedes) else ""
                return Addition(path, "held", other, document, why, supersedes=said)
        if target.exists():
            return Addition(path, "refused", name, document, f"another file of that name is held; to take this one "
                            f"in its place: seminar replace {name} {path}")  # fmt: skip
        own = keep(document)
        found = relate(own, seen, supersedes or document.supersedes)
        supersedes, newer = found.supersedes, found.superseded_by
        said = said_beside(path)
        if supersedes and "supersedes" not in tomllib.loads(said):
            said = f"{supersedes_line(supersedes)}{said}"
        label = self._inherited(document, supersedes, said)
        if label:
            said = f"access = {json.dumps(label, ensure_ascii=False)}\n{said}"
        try:
            self._copy(path, target, said)
        except OSError as error:
            return Addition(path, "refused", why=f"{path.name} can't be copied ({error.strerror})")
        if newer and not self._say(newer, name):
            newer = ""
        held[name] = own
        return Addition(
            path,
            "added",
            name,
            document,
            alike=found.alike,
            supersedes=supersedes,
            superseded_by=newer,
            access=label,
        )

    def _inherited(self, document: Document, supersedes: str, said: str) -> str:
        """Who may see the document that a new one takes the place of, where the new one says nothing of its own."""
        own = document.access != EVERYONE or "access" in tomllib.loads(said)
        return "" if own or supersedes in self.unseen else self._label(supersedes)

    def _label(self, name: str) -> str:
        """Who may see a document that is held; "" where all may."""
        for root in (self.folder, *self.beside) if name else ():
            if (root / name).is_file():
                try:
                    access = self._read(root / name, root).access
                except SeminarError:
                    continue
                return "" if access == EVERYONE else access
        return ""

    def _say(self, name: str, supersedes: str) -> bool:
        """Writes beside a document of the library what it supersedes, where nothing says so yet."""
        target = self.folder / name
        beside = target.with_name(target.name + ".toml")
        if not supersedes or not target.is_file():
            return False
        said = beside.read_text("utf-8") if beside.is_file() else ""
        if "supersedes" in tomllib.loads(said):
            return False
        _write(beside, f"{supersedes_line(supersedes)}{said}".encode())
        return True

    def _read(self, path: Path, root: Path) -> Document:
        if not is_content(path):
            raise CorpusError(f"{path.name} is never content by its name.", "Rename it, then add it again.")
        if path.suffix.lower() not in FORMATS:
            raise CorpusError(f'Files ending in "{path.suffix}" can\'t be read.', cure_of(path))
        return read_safely(path, id=path.name, facts=find_facts(path, root))

    def _copy(self, path: Path, target: Path, said: str) -> None:
        """The file and what is said beside it, which stands there first: who may see it is never unsaid."""
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(target.name + ".toml")
        if said or beside.is_file():
            _write(beside, said.encode())
        with path.open("rb") as source:
            _write(target, source.read())

    def _keep(self, sketches: Sketches) -> None:
        _write(self.folder / _SKETCHES, dump(sketches).encode())

    def _sketches(self) -> Sketches:
        """What is remembered of every document held; of files that changed it is made again."""
        try:
            kept = load((self.folder / _SKETCHES).read_text("utf-8"))
        except (OSError, ValueError):
            kept = {}
        found: Sketches = {}
        for root in (self.folder, *self.beside):
            for path in _contents(root):
                name = path.relative_to(root).as_posix()
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                if name in found:
                    continue
                if name in kept and kept[name].digest == digest:
                    found[name] = kept[name]
                    continue
                try:
                    found[name] = replace(keep(self._read(path, root)), digest=digest)
                except SeminarError:
                    found[name] = Kept(digest, (), "", None)
        return found


def safe_name(name: str) -> str:
    """A file's name without what a file system or a terminal could take amiss; its ending stays, in lower case."""
    text = unicodedata.normalize("NFC", name)
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff<>:\"/\\|?*]", " ", text)
    text = " ".join(text.split()).strip(". ")
    ending = Path(text).suffix
    stem = text.removesuffix(ending).strip(". ") or "document"
    if re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", stem, re.I):
        stem = f"_{stem}"
    while len((stem + ending).encode()) > 150:
        stem = stem[:-1]
    return stem + ending.lower()


def watch(
    roots: Sequence[Path], *, seconds: float = 2.0, wait: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Yields whenever files below the roots have changed and come to rest."""
    last = _stamps(roots)
    while True:
        wait(seconds)
        now = _stamps(roots)
        if now == last:
            continue
        while True:
            wait(seconds / 4)
            again = _stamps(roots)
            if again == now:
                break
            now = again
        last = now
        yield


def _stamps(roots: Sequence[Path]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for root in roots:
        for folder, inner, names in os.walk(root):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    path = Path(folder, name)
                    try:
                        status = path.stat()
                    except OSError:
                        continue
                    found[str(path)] = status.st_size, status.st_mtime_ns
    return found


def _contents(folder: Path) -> Iterator[Path]:
    """The content below a folder; nothing that a link points to outside of it."""
    if not folder.is_dir():
        return
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file() and is_content(path) and path.resolve().is_relative_to(root):
            yield path


def _write(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".adding-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
