"""A document's takeaways and the lists that it numbers: all of them, how many, or the one asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Citation
from bot.answers.citing import cite
from bot.answers.terms import STOP, read_line, set_of
from bot.answers.wording import Key, tell
from bot.questions import Question
from bot.takeaways import Digest, Point, PointList, digest, find_lists
from index.documents import Document
from index.lookup.figures import read_within
from index.reader import Hit, View

_SHOWN = 10
_ABOUT_POINTS = set_of(
    "takeaway takeaways lesson lessons conclusion conclusions conclude concluded point points goal goals "
    "objective objectives pillar pillars priority priorities principle principles learnings key main list "
    "lists listed author summary summarise summarize recap digest tldr tl dr sum first second third "
    "fourth fifth sixth seventh eighth ninth tenth last final number no one gist upshot seminar "
    "overarching critical there many much all other two three four five six seven eight nine ten"
)
_ASKS_POINTS = re.compile(
    "要点|结论|心得|启示|总结|概括|什么|哪些|是|的|有|请|一下|第[一二三四五六七八九十0-9]+[个点条项]?"
)
_NOUN = re.compile(
    r"\b(goal|objective|pillar|priorit|principle|point|lesson|takeaway|conclusion"
    r"|step|reason)",
    re.IGNORECASE,
)
_CLOSE = 0.5
NAME = 8
"""The letters of the shortest name by which a document is known in a question."""
_WHOLE = 500
"""A point of so many characters is shown whole; of a longer one its first sentence."""


def answer_takeaways(question: Question, view: View, hits: Sequence[Hit]) -> Answer | None:
    """The points asked for; None where no document fits the words of the question."""
    document = _document(question, view, hits)
    if document is None:
        return None
    found = _listed(question, document) or digest(document, view)
    if not found.points:
        return None
    if question.number and found.numbered:
        return _with_figures(_one(question, found), view)
    return _with_figures(_all(question, found), view)


def _with_figures(answer: Answer, view: View) -> Answer:
    """The figures that the points rest on."""
    spans = [(cited.place.start, cited.place.end) for cited in answer.citations]
    return replace(answer, figures=read_within(view, answer.citations[0].document_id, spans) if spans else ())


def _words(question: Question) -> frozenset[str]:
    """What the question is about, aside from its asking for points."""
    line = read_line(_ASKS_POINTS.sub(" ", question.query or question.text))
    return frozenset(
        s
        for s, word in zip(line.stems, line.words, strict=True)
        if word not in STOP and word not in _ABOUT_POINTS and not word[0].isdigit()
    )


def _document(question: Question, view: View, hits: Sequence[Hit]) -> Document | None:
    """The document whose title and found passages hold most of the question's words."""
    named = _named(question.text, view)
    if named is not None:
        return named
    words = _words(question)
    if not words or (question.language == "zh" and not hits):
        return _default(view)
    best: tuple[float, Document] | None = None
    for document_id in dict.fromkeys(hit.passage.document_id for hit in hits[:8]):
        document = view.document(document_id)
        if document is None:
            continue
        said = read_line(f"{document.title} {document.publisher} {document.file} {document.source}").stems
        texts = [hit.passage.text for hit in hits if hit.passage.document_id == document_id]
        held = words & {*said, *(s for text in texts for s in read_line(text).stems)}
        score = len(held) / len(words) + 0.5 * len(words & set(said)) / len(words)
        score -= 0.25 * (document_id in view.superseded)
        if score >= _CLOSE and (best is None or score > best[0] + 1e-9):
            best = score, document
    return best[1] if best else None


def _named(text: str, view: View) -> Document | None:
    """The document whose file name or title stands in the question, the longest such name first."""
    low = " ".join(text.casefold().split())
    rows = view.db.execute(
        "SELECT id, file, title FROM documents WHERE id IN (SELECT id FROM visible_documents)"
    ).fetchall()
    names = [(name.casefold(), row[0]) for row in rows for name in (*row, row[1].rpartition("/")[2]) if name]
    said = [(len(name), id_) for name, id_ in names if len(name) >= NAME and name in low]
    return view.document(max(said)[1]) if said else None


def _default(view: View) -> Document | None:
    """The seminar: our edition, or the document that numbers its points in words; else the only one held."""
    rows = view.db.execute(
        "WITH known AS (SELECT id, lower(title || file) LIKE '%seminar%' AS named, edition FROM documents "
        "WHERE kind = 'document' AND id IN (SELECT id FROM visible_documents)), "
        "ranked AS (SELECT id, named + (named AND edition = 'ours') AS rank FROM known) "
        "SELECT d.id FROM ranked r JOIN documents d ON d.id = r.id WHERE rank = (SELECT max(rank) FROM ranked) "
        "ORDER BY d.text LIKE '%First, %Second, %' DESC, d.id LIMIT 1"
    ).fetchall()
    return view.document(rows[0][0]) if rows else None


def _listed(question: Question, document: Document) -> Digest | None:
    """The list of a document that the question means: goals for goals, with as many points as it says."""
    lists = find_lists(document.text)
    noun = _NOUN.search(question.text)
    stated = [int(w) for w in read_line(question.text).words if w.isdigit()] if not question.number else []

    def fit(found: PointList) -> float:
        named = noun is not None and noun.group().lower() in found.intro.lower()
        return (
            2.0 * named + (len(found.points) in stated) + (found.kind == "spoken") + 0.01 * len(found.points)
            + 0.5 * (found.kind == "lined") + (0 < question.number <= len(found.points))
        )  # fmt: skip

    fitting = [found for found in lists if found.kind == "spoken" or fit(found) >= _MEANT]
    if not fitting:
        return None
    return Digest(document, max(fitting, key=fit).points, numbered=True)


_MEANT = 2.0
"""How well a list has to fit what is asked; any other list is no more than a part of the document."""


def _one(question: Question, found: Digest) -> Answer:
    count = len(found.points)
    number = count if question.number == -1 else question.number
    language = question.language
    title = found.document.title or found.document.file
    if number > count:
        return _answer(question, tell("no point", language, title=title, count=count), found, found.points)
    point = found.points[number - 1]
    headline = tell("point", language, number=number, count=count, point=_shown(point))
    return _answer(question, headline, found, (point,))


def _all(question: Question, found: Digest) -> Answer:
    title = found.document.title or found.document.file
    points = found.points[:_SHOWN]
    of_rows = all(point.row for point in points)
    key: Key = "points listed" if found.numbered else "points rows" if of_rows else "points salient"
    headline = tell(key, question.language, title=title, count=len(points))
    details = tuple(f"{point.number}. {_shown(point)}" for point in points)
    counted = question.expected == "how many" and found.numbered
    return _answer(
        question, headline, found, points, details=details, value=Decimal(len(points)) if counted else None
    )


def _answer(
    question: Question,
    headline: str,
    found: Digest,
    points: tuple[Point, ...],
    *,
    details: tuple[str, ...] = (),
    value: Decimal | None = None,
) -> Answer:
    as_read = question.query or question.text[:200]
    return Answer(
        "", "takeaways", question, as_read, headline, value=value, unit="points" if value is not None else "",
        details=details, citations=_citations(question, found, points),
        confidence=0.95 if found.numbered else 0.7,
    )  # fmt: skip


def _citations(question: Question, found: Digest, points: tuple[Point, ...]) -> tuple[Citation, ...]:
    return tuple(
        cite(found.document, point.start, point.end, number=number, language=question.language)
        for number, point in enumerate(points, 1)
    )


def _shown(point: Point) -> str:
    return " ".join((point.words if point.row or len(point.text) <= _WHOLE else point.lead).split())
