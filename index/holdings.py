"""What is remembered of the documents held, so that a new one can be compared: copies, near-copies, editions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.documents import Document
from index.editions import Work, is_newer
from index.likeness import Sketch, likeness, sketch

ALIKE = 0.5
"""The share of text in common that makes a near-copy."""
OF_ONE_WORK = 0.2
"""The share that two editions of one title have in common."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a document held, so that another can be compared with it."""

    digest: str
    sketch: Sketch
    title: str
    published: date | None


Sketches = dict[str, Kept]
"""By the document's name."""


def load(text: str) -> Sketches:
    """What was remembered. Raises ValueError where the text is something else."""
    try:
        return {
            str(name): Kept(str(digest), tuple(values), str(title), date.fromisoformat(day) if day else None)
            for name, digest, values, title, day in json.loads(text)
        }
    except TypeError as error:
        raise ValueError(text[:40]) from error


def dump(sketches: Sketches) -> str:
    return json.dumps(
        [
            [name, one.digest, one.sketch, one.title, one.published and one.published.isoformat()]
            for name, one in sketches.items()
        ]
    )


def keep(document: Document) -> Kept:
    """What is remembered of a document."""
    return Kept(document.sha256, sketch(words_of(document)), document.title, document.published)


@dataclass(frozen=True, slots=True)
class Relation:
    """How a document stands to those that are held."""

    supersedes: str = ""
    """The newest document that it is a newer edition of: said so, or found by title, date and text."""
    superseded_by: str = ""
    """The oldest document that was found to be a newer edition of it."""
    alike: tuple[tuple[str, float], ...] = ()
    """Others that say much the same, with the share."""


def relate(own: Kept, held: Sketches, supersedes: str = "") -> Relation:
    """Compares a document with those held; `supersedes` is what is said of it."""
    shares = sorted(
        ((other, likeness(own.sketch, kept.sketch)) for other, kept in held.items()),
        key=lambda one: (-one[1], one[0]),
    )
    older, newer = _editions(own, held, shares)
    supersedes = supersedes or older
    near = tuple(one for one in shares[:3] if one[1] >= ALIKE and one[0] not in (supersedes, newer))
    return Relation(supersedes, newer, near)


def _editions(own: Kept, held: Sketches, alike: Sequence[tuple[str, float]]) -> tuple[str, str]:
    """The newest document held that a new one is a newer edition of, and the oldest that is newer; "" of none."""
    work = Work("", own.title, own.published)
    of_one = [
        Work(name, held[name].title, held[name].published) for name, share in alike if share >= OF_ONE_WORK
    ]
    older, newer = "", ""
    for other in sorted(of_one, key=lambda one: (one.number, one.published or date.min)):
        if is_newer(work, other):
            older = other.id
        elif is_newer(other, work) and not newer:
            newer = other.id
    return older, newer


def words_of(document: Document) -> str:
    """The words of a document, or the cells of a table."""
    cells = (cell for table in document.tables if table.end == 0 for row in table.cells for cell in row)
    return document.text or " ".join(cells)
