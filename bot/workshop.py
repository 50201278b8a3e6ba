"""The owner's workshop: takes documents into the library, corrects figures, and builds in the background."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.standard import check_pattern
from bot.config import Corpora, Home, find_corpora
from bot.teaching import teach
from index.corrections import Correction, add_correction
from index.errors import CorpusError, SeminarError, StoreError
from index.standard import StandardAnswer, add_answer, read_answers

if TYPE_CHECKING:
    from index.builder import BuildReport
    from index.holdings import Relation
    from index.language.metrics import Catalogue
    from index.library import Library

log = logging.getLogger("seminar.slack")
MOST_BYTES = 25 * 1024 * 1024
SAMPLE = 3
TRIES = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, before anybody decides to take it in."""

    key: str
    """Its name among the files that wait for a decision."""
    name: str
    title: str
    passages: int
    figures: int
    skipped: tuple[str, ...]
    """What could not be read, or was not understood."""
    sample: tuple[str, ...]
    held: bool
    """The library has a document of that name, which this one would replace."""
    notes: tuple[str, ...] = ()
    """What it is an edition or a near-copy of."""


class Workshop:
    """Works on the library of a home; an index of named corpora is never touched."""

    def __init__(self, home: Home, *, corpora: tuple[Path, ...] = (), index: Path | None = None) -> None:
        self._home = home
        self._corpora = corpora
        self._index = index
        self._building = threading.Lock()
        self._threads: list[threading.Thread] = []

    @property
    def folder(self) -> Path:
        """Where what people add is kept."""
        return self._corpora[-1] if self._corpora else self._home.library

    def names(self) -> tuple[str, ...]:
        """The documents that people added."""
        return self._library().names() if self._home.library.is_dir() and not self._corpora else ()

    def access(self, name: str) -> str:
        """Who may see one of them; "" for nobody, where that can't be read."""
        from index.reading import find_access

        try:
            return find_access(self._home.library / name, self._home.library)
        except (SeminarError, OSError):
            return ""

    def read(
        self, name: str, content: bytes, catalogue: Catalogue, hidden: frozenset[str] = frozenset()
    ) -> Reading:
        """Reads a file within the limits of the guard, and puts it by until somebody decides.

        Of documents that are hidden from who gave it nothing is said; it takes the place of none of them.
        Raises CorpusError where it can't be read, or is too large.
        """
        from index.library import safe_name

        if self._corpora:
            raise CorpusError("I answer from a corpus that I do not write to.", "Start me without --corpus.")
        if len(content) > MOST_BYTES:
            raise CorpusError(
                f"{name} has {len(content) / 2**20:.0f} MB; I take files up to {MOST_BYTES // 2**20} MB.",
                "Split it, or have the operator add it: seminar add FILE",
            )
        key = f"{secrets.token_hex(6)}/{_free_name(safe_name(name), hidden)}"
        path = self._waiting(key)
        path.parent.mkdir(parents=True, mode=0o700)
        path.write_bytes(content)
        try:
            return _read(path, key, catalogue, self._library(hidden), held=path.name in self.names())
        except SeminarError:
            self.discard(key)
            raise

    def take(self, key: str, hidden: frozenset[str] = frozenset()) -> str:
        """Takes a file that was read into the library, in the place of one of its name; how it is called there."""
        path = self._waiting(key)
        if not path.is_file():
            raise CorpusError("I no longer keep that file.", "Give it to me again.")
        path = path.rename(path.with_name(_free_name(path.name, hidden)))
        library = self._library(hidden)
        held = path.name in library.names()
        became = library.replace(path.name, path) if held else next(iter(library.add([path])))
        self.discard(key)
        if became.state in ("refused", "held"):
            raise CorpusError(
                f"It was not added: {became.why.rstrip('.')}.",
                became.cure or "Give it to me under another name.",
            )
        return became.name

    def discard(self, key: str) -> None:
        shutil.rmtree(self._waiting(key).parent, ignore_errors=True)

    def remove(self, name: str, hidden: frozenset[str] = frozenset()) -> str:
        """Takes a document out of the library; its full name. Raises CorpusError where it holds none of that name."""
        if name in hidden or name not in self.names():
            raise CorpusError(f'The library holds no "{name}".', "App Home lists what it holds.")
        return self._library().remove(name)

    def correct(self, correction: Correction) -> None:
        add_correction(self.folder, correction)

    def teach(self, alias: str, metric: str, catalogue: Catalogue) -> None:
        """Gives a metric another name. Raises CorpusError where it can't be one."""
        teach(self.folder, alias, metric, catalogue)

    def answer(self, answer: StandardAnswer) -> None:
        """Keeps a standard answer. Raises CorpusError where it can't be one."""
        check_pattern(answer.pattern)
        add_answer(self.folder, answer)

    def answers(self) -> tuple[StandardAnswer, ...]:
        """The standard answers that are kept here."""
        return read_answers([self.folder])

    def build(self, done: Callable[[BuildReport | None, str], None]) -> None:
        """Builds in the background, one build after the other; `done` gets the report, or why it failed."""
        thread = threading.Thread(target=self._build, args=(done,), name="workshop", daemon=True)
        self._threads.append(thread)
        thread.start()

    def wait(self, seconds: float = 30.0) -> None:
        """Until every build that was asked for is done."""
        for thread in self._threads:
            thread.join(seconds)

    def _build(self, done: Callable[[BuildReport | None, str], None]) -> None:
        from index.builder import build

        with self._building:
            where = self._where()
            report, reason = None, ""
            try:
                report = build(where.roots, where.index)
            except StoreError as error:
                reason = error.message
            except SeminarError as error:
                reason = str(error)
        if reason:
            log.warning("the build after a change failed")
        done(report, reason)

    def _where(self) -> Corpora:
        return find_corpora(self._home, self._corpora, self._index)

    def _library(self, unseen: frozenset[str] = frozenset()) -> Library:
        from index.library import Library

        self._home.library.mkdir(parents=True, exist_ok=True)
        beside = tuple(root for root in self._where().roots if root != self._home.library)
        return Library(self._home.library, beside, unseen)

    def _waiting(self, key: str) -> Path:
        folder, _, name = key.partition("/")
        if not folder.isalnum() or not name or name != Path(name).name:
            raise CorpusError("That is no file of mine.", "Give it to me again.")
        return self._home.path / "waiting" / folder / name


def _free_name(name: str, hidden: frozenset[str]) -> str:
    """A file's name, with a number where a document that is not to be told of has it."""
    path, number = Path(name), 2
    while path.name in hidden:
        path, number = path.with_name(f"{Path(name).stem}-{number}{path.suffix}"), number + 1
    return path.name


def _notes(found: Relation) -> tuple[str, ...]:
    """What a document is an edition or a near-copy of, in words."""
    told = [(found.supersedes, "It is a newer edition of {}, and supersedes it."),
            (found.superseded_by, "{} is a newer edition of it.")]  # fmt: skip
    told += [(name, f"{share:.0%} of it stands in {{}} too.") for name, share in found.alike]
    return tuple(words.format(name) for name, words in told if name)


def _read(path: Path, key: str, catalogue: Catalogue, library: Library, *, held: bool) -> Reading:
    from index.figures import prose, tables
    from index.passages import split
    from index.reading import FORMATS, is_content
    from index.reading.facts import find_facts
    from index.reading.guard import read_safely

    if not is_content(path) or path.suffix.lower() not in FORMATS:
        raise CorpusError(
            f'Files ending in "{path.suffix}" can\'t be read.', f"Formats: {', '.join(sorted(FORMATS))}"
        )
    document = read_safely(path, id=path.name, facts=find_facts(path, path.parent))
    passages = split(document)
    found, reports = tables.find_figures(document, catalogue, {})
    told = () if document.is_statistics else prose.find_figures(document, passages, catalogue)
    figures = [*told, *found]
    if not passages and not figures:
        raise CorpusError(
            f"{path.name} has no text that I can read.", "If it is scanned, make its text readable first."
        )
    sample = [passage.text for passage in passages[:SAMPLE]] or [figure.quote for figure in figures[:SAMPLE]]
    return Reading(
        key,
        path.name,
        document.title,
        len(passages),
        len(figures),
        (*document.warnings, *reports),
        tuple(sample),
        held,
        _notes(library.relate(document, path.name if held else "")),
    )
