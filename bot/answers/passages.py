"""The sentence that answers, verbatim, with at most three quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.answers import Answer
from bot.answers.citing import cite
from bot.answers.evidence import FEATURES, Matrix, Rarity, Source, measure, read_asked
from bot.questions import Question
from index.language.sentences import find_sentences
from index.passages import Passage
from index.reader import Hit, View

POOL = 16
"""How many passages the sentence is chosen from."""
QUOTES = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A sentence that may answer: its span in the document."""

    passage: Passage
    start: int
    end: int
    text: str
    score: float
    row: int


def rank_sentences(question: Question, view: View, hits: Sequence[Hit]) -> tuple[list[Found], Matrix]:
    """Every sentence of the hits, the likeliest first, and the table of its measures."""
    titles = _titles(view)
    spans = [_spans(hit.passage) for hit in hits]
    sources = [
        Source(
            f"{titles.get(hit.passage.document_id, '')} {hit.passage.heading}",
            tuple(hit.passage.text[a:b] for a, b in at),
            hit.score,
        )
        for hit, at in zip(hits, spans, strict=True)
    ]
    asked = read_asked(question.query or question.text, rarity(view), question.expected)
    table = measure(asked, sources)
    scores = table[:, FEATURES.index("sum_score")]
    found: list[Found] = []
    for hit, at in zip(hits, spans, strict=True):
        for a, b in at:
            row = len(found)
            start = hit.passage.start + a
            text = hit.passage.text[a:b]
            found.append(Found(hit.passage, start, start + b - a, text, float(scores[row]), row))
    return sorted(found, key=lambda f: (-f.score, f.passage.id, f.start)), table


def rarity(view: View) -> Rarity:
    """How rare a word is among the passages held: 0 in every passage, 1 in none."""
    retriever = view.index.retriever
    rarest = retriever.idf("\x00")

    def measured(word: str) -> float:
        idf = max((retriever.idf(term) for term in retriever.analyze(word)), default=0.0)
        return min(1.0, idf / rarest)

    return measured


def _spans(passage: Passage) -> tuple[tuple[int, int], ...]:
    return find_sentences(passage.text) or ((0, len(passage.text)),)


def _titles(view: View) -> dict[str, str]:
    return dict(
        view.db.execute("SELECT id, title FROM documents WHERE id IN (SELECT id FROM visible_documents)")
    )


def answer_passage(question: Question, view: View, hits: Sequence[Hit]) -> Answer | None:
    """The answering sentence with its confidence; None where nothing at all was found."""
    if not hits:
        return None
    found, table = rank_sentences(question, view, hits)
    if not found:
        return None
    best = found[0]
    confidence = float(np.clip(table[best.row, FEATURES.index("source_coverage")], 0, 1))
    kept = [f for f in found[:QUOTES] if f.score >= 0.6 * best.score]
    citations = []
    for number, one in enumerate(kept, 1):
        document = view.document(one.passage.document_id)
        if document is not None:
            citations.append(
                cite(
                    document,
                    one.start,
                    one.end,
                    number=number,
                    passage_id=one.passage.id,
                    language=question.language,
                )
            )
    return Answer(
        "", "passage", question, question.query or question.text[:200], best.text, citations=tuple(citations),
        confidence=confidence,
    )  # fmt: skip
