"""A corpus becomes an index: only what changed is read again, and the old index answers until the new one is whole."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from index import corpus, corrections, standard, store
from index.alike import Alike, find_alike, write_sketch
from index.corpus import File
from index.errors import SeminarError, StoreError
from index.figures import prose, tables
from index.figures.revisions import compare
from index.interrupted import BUILDING, take_over
from index.language.metrics import load
from index.passages import split
from index.reading.facts import Facts, find_facts, sidecar
from index.reading.guard import read_safely
from index.search.compiling import compile_search
from index.searching import NAME as SEARCH
from index.searching import Changes, merge_search, write_search
from index.versions import (
    SCHEMA_VERSION,
    State,
    current_version,
    is_current,
    parsers_of,
    read_state,
    searcher,
    version_of,
)

Progress = Callable[[str, int, int], None]
"""`progress(what, done, total)`."""


@dataclass(slots=True)
class BuildReport:
    """What a build did."""

    version: str
    changed: bool
    documents: int = 0
    passages: int = 0
    figures: int = 0
    read: list[str] = field(default_factory=list)
    resumed: int = 0
    """Documents that a build which was killed had read already."""
    removed: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    """Documents that were removed and read again under another name, as they were."""
    copies: list[tuple[str, str]] = field(default_factory=list)
    """Documents that were read, and another that is the same file."""
    alike: list[Alike] = field(default_factory=list)
    """Documents that were read, and others that say much the same."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    revisions: list[str] = field(default_factory=list)
    """What came, changed and went, where that was asked for."""


def build(
    roots: Sequence[Path],
    folder: Path,
    *,
    fresh: bool = False,
    diff: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Brings the index in `folder` up to date with the corpora. Raises SeminarError for what the operator can mend."""
    files = corpus.find_files(roots)
    compile_search()
    with _guarded(folder):
        before = current_version(folder)
        state = None if fresh else read_state(before)
        if state and is_current(state, roots, files):
            return _report(state.path, BuildReport("", changed=False))
        parsers = parsers_of(roots)
        same = state if state and state.parsers == parsers else None
        try:
            report = _Build(folder, files, roots, parsers, same, progress or _silent, fresh=fresh).run()
        except _Relabelled:
            report = _Build(folder, files, roots, parsers, None, progress or _silent, fresh=True).run()
        after = current_version(folder)
        if diff and after:
            old = store.keyed_figures(before) if before else []
            report.revisions += [revision.label for revision in compare(old, store.keyed_figures(after))]
        return report


class _Relabelled(Exception):
    """Others may see a document than before: whatever it shared with those of its old label is to be made afresh."""


def _silent(what: str, done: int, total: int) -> None:
    del what, done, total


@contextlib.contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """One builder at a time; what the disk refuses becomes a sentence."""
    try:
        (folder / "versions").mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise StoreError(
                    f"Another build is at work in {folder}.",
                    "Wait for it to end, or name another folder: seminar build --index FOLDER",
                ) from None
            yield
    except PermissionError as error:
        raise StoreError(
            f"The index folder {folder} can't be written ({error.strerror}: {error.filename}).",
            "Give yourself the right to write there, or name another folder: --index FOLDER",
        ) from error
    except OSError as error:
        raise StoreError(
            f"The index in {folder} can't be written: {error.strerror or error}.",
            "Name a folder that can be written: --index FOLDER"
            if error.errno == errno.EROFS
            else "Free some disk space and build again; the index from before still answers.",
        ) from error
    except sqlite3.OperationalError as error:
        raise StoreError(
            f"The index in {folder} can't be written: {error}.",
            "Free some disk space and build again; the index from before still answers.",
        ) from error


class _Build:
    """One build: reads what changed into a new version, then makes it the current one."""

    def __init__(
        self,
        folder: Path,
        files: tuple[File, ...],
        roots: Sequence[Path],
        parsers: str,
        state: State | None,
        progress: Progress,
        *,
        fresh: bool,
    ) -> None:
        self.folder = folder
        self.files = files
        self.catalogues = corpus.catalogues(roots)
        self.catalogue = load(self.catalogues)
        self.roots = tuple(root.resolve() for root in roots)
        self.corrections = corrections.read_corrections(self.roots)
        self.parsers = parsers
        self.state = state
        self.progress = progress
        self.fresh = fresh
        self.changes = Changes()
        self.report = BuildReport("", changed=True)
        self.partial = folder / "versions" / f"partial-{os.urandom(4).hex()}"

    def run(self) -> BuildReport:
        versions, least = self.folder / "versions", len(self.state.digests) if self.state else 0
        resumed = take_over(versions, self.partial, "" if self.fresh else self.parsers, least)
        self.partial.mkdir(parents=True, exist_ok=True)
        try:
            self._write(resumed=resumed)
            return self._publish()
        except (KeyboardInterrupt, SystemExit):
            raise  # the next build goes on from here
        except BaseException:
            shutil.rmtree(self.partial, ignore_errors=True)
            raise

    def _write(self, *, resumed: bool) -> None:
        self._copy_settings()
        path = self.partial / "index.db"
        if self.state and not resumed:
            shutil.copyfile(self.state.path / "index.db", path)
        with store.reopen(path) if self.state or resumed else store.create(path) as db:
            self._fill(db, path, resumed=resumed)

    def _fill(self, db: Database, path: Path, *, resumed: bool) -> None:
        store.write_meta(db, {BUILDING: self.parsers})
        store.write_metrics(db, self.catalogue)
        hashes, labels = store.read_hashes(db), store.read_labels(db)
        self._read_all(db)
        now = store.read_labels(db)
        lost = (labels | (self.state.labels if self.state else frozenset())) - now
        if {document for document, _ in lost} & {document for document, _ in now}:
            raise _Relabelled
        self._compare(hashes, store.read_hashes(db))
        self.report.alike = find_alike(db.conn, self.report.read)
        self.progress("search index", len(self.files), len(self.files))
        store.write_inputs(db, [_input(file) for file in self.files])
        store.write_meta(
            db,
            {
                "schema": str(SCHEMA_VERSION),
                "parsers": self.parsers,
                "search": searcher(),
                "version": self.report.version,
            },
        )
        db.conn.commit()
        base = self.state if self.state and self.state.search == searcher() and not resumed else None
        write_search(db.conn, self.partial, base.path if base else None, self.changes)
        store.remove_meta(db, BUILDING)
        store.seal(db, path)

    def _copy_settings(self) -> None:
        for number, catalogue in enumerate(self.catalogues):
            shutil.copyfile(catalogue, self.partial / f"catalogue-{number:03}.toml")
        for number, root in enumerate(self.roots):
            for name in (corrections.FILE, standard.FILE):
                if (root / name).is_file():
                    copy = self.partial / f"{name.removesuffix('.toml')}-{number:03}"
                    copy.mkdir()
                    shutil.copyfile(root / name, copy / name)

    def _read_all(self, db: Database) -> None:
        """Reads what changed, a document at a time: what is read is kept if the build is killed."""
        documents = corpus.name_documents(self.files)
        known = store.read_digests(db)
        before = self.state.digests if self.state else {}
        for gone in sorted(known.keys() - documents.keys()):
            self._forget(db, gone)
            self.report.removed.append(gone)
        writer = store.FigureWriter(db, self.catalogue)
        for number, (name, file) in enumerate(documents.items()):
            db.conn.commit()
            self.progress(name, number, len(documents))
            try:
                facts, beside = find_facts(file.path, file.root), sidecar(file.path)
            except SeminarError as error:
                self._forget(db, name)
                self._skip(db, name, error)
                continue
            own = [one for one in self.corrections if one.document == name]
            said = f"{corpus.sha256(file.path)}{facts}{beside}{own or ''}"
            digest = hashlib.sha256(said.encode()).hexdigest()
            if known.get(name) != digest:
                self._forget(db, name)
                self._read(db, writer, name, file, facts, digest)
            elif before.get(name) != digest:
                self.report.resumed += 1
        db.conn.commit()
        answers = standard.read_answers(self.roots)
        self.report.version = version_of(self.parsers, answers, store.read_digests(db))

    def _compare(self, before: dict[str, str], now: dict[str, str]) -> None:
        """Which documents have but another name, and which are copies of others."""
        gone = {before[name]: name for name in self.report.removed if name in before}
        first = {digest: name for name, digest in sorted(now.items(), reverse=True) if name not in before}
        first |= {digest: name for name, digest in sorted(now.items(), reverse=True) if name in before}
        for name in self.report.read:
            if first[now[name]] != name:
                self.report.copies.append((name, first[now[name]]))
            elif now[name] in gone:
                old = gone.pop(now[name])
                self.report.renamed.append((old, name))
                self.report.removed.remove(old)

    def _forget(self, db: Database, name: str) -> None:
        self.changes.remove(db.conn, name)
        store.remove_document(db, name)

    def _read(
        self, db: Database, writer: store.FigureWriter, name: str, file: File, facts: Facts, digest: str
    ) -> None:
        try:
            document = read_safely(file.path, id=name, facts=facts)
        except SeminarError as error:
            self._skip(db, name, error)
            return
        passages = split(document)
        store.write_document(db, document, passages, digest)
        write_sketch(db.conn, document)
        self.changes.read.append(name)
        own = [one for one in self.corrections if one.document == name]
        used: set[tuple[str, ...]] = set()
        found = () if document.is_statistics else prose.find_figures(document, passages, self.catalogue)
        writer.write(document, corrections.apply(found, own, used))
        figures, reports = tables.find_figures(document, self.catalogue, sidecar(file.path))
        writer.write(document, corrections.apply(figures, own, used))
        warnings = [*document.warnings, *reports, *corrections.unused(own, used)]
        store.write_report(db, name, "warning", warnings)
        self.report.warnings += [(name, warning) for warning in warnings]
        self.report.read.append(name)

    def _skip(self, db: Database, name: str, error: SeminarError) -> None:
        self.report.skipped.append((name, error.message))
        store.write_report(db, name, "skipped", [error.message])

    def _publish(self) -> BuildReport:
        """From here on the new version answers; the one before stays for those who are reading it."""
        before = current_version(self.folder)
        final = self._point_to(self.partial)
        with contextlib.suppress(OSError, StoreError):
            final = self._merged(final)
        kept = (before.name if before else "", final.name)
        for old in (self.folder / "versions").iterdir():
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)
        return _report(final, self.report)

    def _point_to(self, whole: Path) -> Path:
        final = whole.with_name(f"{self.report.version}-{os.urandom(3).hex()}")
        whole.rename(final)
        pointer = self.folder / f"current.{os.getpid()}"
        with pointer.open("w") as file:
            file.write(final.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / "current")
        return final

    def _merged(self, version: Path) -> Path:
        """The same with fewer segments, where there are many: made while `version` already answers."""
        if not merge_search(version, self.partial):
            return version
        ignored = shutil.ignore_patterns(SEARCH)
        shutil.copytree(version, self.partial, copy_function=os.link, ignore=ignored, dirs_exist_ok=True)
        return self._point_to(self.partial)


def _input(file: File) -> dict[str, object]:
    return {"path": str(file.path), "size": file.size, "modified": file.modified}


def _report(version: Path, report: BuildReport) -> BuildReport:
    with contextlib.closing(
        sqlite3.connect(f"{(version / 'index.db').absolute().as_uri()}?mode=ro", uri=True)
    ) as db:
        for name in ("documents", "passages", "figures"):
            setattr(report, name, db.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608
        report.version = db.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
    return report
