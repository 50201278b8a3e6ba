"""A document's points: those it numbers itself, verbatim with their place; else its salient sentences."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.corrected import notes_on
from bot.grounds import ground
from bot.salience import find_salient, has_summary
from bot.tabled import find_rows, label_no_row
from index.documents import Document
from index.errors import CorpusError
from index.language.sentences import find_sentences
from index.reader import View

_ORDINALS = (
    ("first", "firstly", "first of all", "第一", "一是", "首先", "其一"),
    ("second", "secondly", "第二", "二是", "其次", "其二"),
    ("third", "thirdly", "第三", "三是", "再次", "其三"),
    ("fourth", "fourthly", "第四", "四是", "其四"),
    ("fifth", "fifthly", "第五", "五是", "其五"),
    ("sixth", "sixthly", "第六", "六是"),
    ("seventh", "seventhly", "第七", "七是"),
    ("eighth", "eighthly", "第八", "八是"),
    ("ninth", "第九", "九是"),
    ("tenth", "第十", "十是"),
)
_RANK = {word: rank for rank, words in enumerate(_ORDINALS, 1) for word in words}
_WORDS = "|".join(sorted(_RANK, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?:(?<=\n)|^|(?<=[.!?。；;：:] )|(?<=[。；：]))[ \t]*(?P<word>{_WORDS})(?:[,:，、：]\s*|(?=[\u4e00-\u9fff]))",
    re.IGNORECASE,
)
_LINED = re.compile(r"(?:(?<=\n)|^)[ \t]*(?:\*\*)?\(?(?P<number>\d{1,2})(?:[.)、](?!\d)|\s*-)\s+")
_INLINE = re.compile(r"(?<![\w)])\((?P<number>\d{1,2}|[ivx]{1,4}|[a-h])\)\s+")
_ROMAN = {
    numeral: i for i, numeral in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)
}


_WORK = re.compile(
    r"https?://|www\.|\bdoi\b|\bet al\b|\baccessed\b|\bISSN\b"
    r"|\bvol(?:ume)?\.? ?\d|\bpp?\. ?\d|\[[JMCD]\]|\(\d{4}\)[.,]",
    re.IGNORECASE,
)
SHARE, BESIDE_SUMMARY = 0.15, 0.3
"""The part of a text that a list of numbers has to be, so that its points are the text's; more beside a summary."""


@dataclass(frozen=True, slots=True)
class Point:
    """One of a document's points. Law: `document.text[start:end] == text`."""

    number: int
    start: int
    end: int
    text: str
    row: str = ""
    """Where it is a row of a table: its cells, each under its header."""

    @property
    def words(self) -> str:
        """It as people read it."""
        return self.row or self.text

    @property
    def key(self) -> int:
        """What it is known by while a document changes: its words."""
        return zlib.crc32(self.text.encode("utf-8", "surrogatepass"))

    @property
    def lead(self) -> str:
        """Its first sentence."""
        spans = find_sentences(self.text)
        return self.text[slice(*spans[0])] if spans else self.text


@dataclass(frozen=True, slots=True)
class PointList:
    """Points that a text numbers, with the words before them that say of what."""

    kind: str
    """"spoken" (First, …), "lined" (1. …) or "inline" ((1) …)."""
    intro: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The points of a document; `numbered` where the document numbers them itself."""

    document: Document
    points: tuple[Point, ...]
    numbered: bool
    notes: tuple[tuple[int, str], ...] = ()
    """Numbers of points, and what of them the owner corrected."""
    grounds: tuple[tuple[int, str], ...] = ()
    """Numbers of points, where they stand, and the figures that they tell."""


def digest(document: Document, view: View | None = None) -> Digest:
    """The points of a document: its longest list of "First, … Second, …", else of numbers, else what is salient."""
    found = _digest(document)
    if view is None:
        return found
    told = ((point.number, ground(document, point.start, point.end, view)) for point in found.points)
    found = replace(found, grounds=tuple(one for one in told if one[1]))
    notes = (
        (point.number, note) for point in found.points for note in notes_on(document.id, point.text, view)
    )
    return replace(found, notes=tuple(notes))


def _digest(document: Document) -> Digest:
    lists = find_lists(document.text)
    lined = BESIDE_SUMMARY if has_summary(document.text) else SHARE
    for kind, share in (("spoken", 0.0), ("lined", lined)):
        fitting = [
            found for found in lists if found.kind == kind and _length(found) >= share * len(document.text)
        ]
        if fitting:
            return Digest(document, max(fitting, key=lambda found: len(found.points)).points, numbered=True)
    return Digest(document, _salient(document), numbered=False)


def _length(found: PointList) -> int:
    return sum(point.end - point.start for point in found.points)


def find_lists(text: str) -> tuple[PointList, ...]:
    """Every run of at least two points that counts up from one."""
    marks = {
        "spoken": [(m.start("word"), m.end(), _RANK[m["word"].lower()]) for m in _SPOKEN.finditer(text)],
        "lined": [(m.start(), m.end(), int(m["number"])) for m in _LINED.finditer(text)],
        "inline": [(m.start(), m.end(), _count(m["number"])) for m in _INLINE.finditer(text)],
    }
    lists = (_list(text, kind, run) for kind, places in marks.items() for run in _runs(places))
    return tuple(found for found in lists if found is not None)


def _count(number: str) -> int:
    if number.isdigit():
        return int(number)
    return _ROMAN.get(number) or ord(number[0]) - ord("a") + 1


def _runs(places: list[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    run: list[tuple[int, int, int]] = []
    for place in places:
        if run and place[2] == run[-1][2] + 1:
            run.append(place)
            continue
        if len(run) > 1:
            yield run
        run = [place] if place[2] == 1 else []
    if len(run) > 1:
        yield run


def _list(text: str, kind: str, run: list[tuple[int, int, int]]) -> PointList | None:
    ends = [start for start, _, _ in run[1:]] + [_last_end(text, run[-1][1], kind)]
    points = []
    for (start, after, number), end in zip(run, ends, strict=True):
        begin = start if kind == "spoken" else after
        stop = end if kind == "inline" else min(end, _paragraph_end(text, after))
        whole = text[begin:stop]
        kept = re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", whole) if kind == "inline" else whole.rstrip()
        begin += len(whole) - len(whole.lstrip())
        points.append(Point(number, begin, begin + len(kept.lstrip()), kept.lstrip()))
    if any(not point.text for point in points) or _is_bibliography(points):
        return None
    before = text[max(0, run[0][0] - 300) : run[0][0]].rstrip()
    intro = before[find_sentences(before)[-1][0] :] if find_sentences(before) else ""
    return PointList(kind, intro, tuple(points))


def _is_bibliography(points: list[Point]) -> bool:
    """Most of them name works: addresses, journals' numbers, days of access."""
    return 2 * sum(bool(_WORK.search(point.text)) for point in points) > len(points)


def _paragraph_end(text: str, at: int) -> int:
    found = re.compile(r"\n\s*\n").search(text, at)
    return found.start() if found else len(text)


def _last_end(text: str, at: int, kind: str) -> int:
    """Where the last point ends: its sentence if inline, else its paragraph."""
    end = _paragraph_end(text, at)
    if kind == "inline":
        spans = find_sentences(text[at:end])
        return at + spans[0][1] if spans else end
    return end


def _salient(document: Document) -> tuple[Point, ...]:
    """The sentences that carry a document, in reading order; of a table without any, the rows."""
    text = document.text
    if spans := find_salient(text, document.title):
        return tuple(Point(number, *span, text[slice(*span)]) for number, span in enumerate(spans, 1))
    rows = enumerate(find_rows(text), 1)
    return tuple(
        Point(number, row.start, row.end, text[row.start : row.end], row.words) for number, row in rows
    )


def find_document(name: str, view: View) -> Document:
    """The document of that id, file name or title, or with a part of them that no other has; ours where none is named.

    Raises CorpusError where none fits.
    """
    rows = view.db.execute(
        "SELECT id, file, title FROM documents WHERE kind = 'document' "
        "AND id IN (SELECT id FROM visible_documents) ORDER BY edition = 'ours' AND title LIKE "
        "'%seminar%' DESC, id"
    ).fetchall()
    wanted = name.casefold()
    exact = [row[0] for row in rows if wanted in (text.casefold() for text in row)]
    partly = [row[0] for row in rows if any(wanted in text.casefold() for text in row)]
    partly = [one for one in partly if one not in view.superseded] or partly
    if wanted and len(partly) > 1:
        partly = []
    for document_id in sorted(exact, key=view.superseded.__contains__) + partly:
        document = view.document(document_id)
        if document is not None:
            return document
    if any(wanted in (entry.id.casefold(), entry.title.casefold(), Path(entry.id).name.casefold())
           for entry in view.entries() if entry.kind == "statistics"):  # fmt: skip
        raise CorpusError(f"{name!r} is a table: it has figures, and no takeaways.", "Ask for its figures.")
    raise CorpusError(f"No document is named {name!r}.", "List what is held: seminar documents")


def label(found: Digest) -> str:
    """A digest as plain text."""
    title = found.document.title or found.document.file
    lines = []
    for point in found.points:
        lines.append(f"{point.number}. {' '.join(point.words.split())}")
        beside = (*found.grounds, *found.notes)
        lines += [f"   ({words})" for number, words in beside if number == point.number]
    points = "\n".join(lines)
    return f"{title}\n{points}" if points else f"{title}\n{label_no_row(found.document.text)}"
