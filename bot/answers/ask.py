"""The router: one question in, one answer out, whatever the text."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from bot.answers import Answer, Ask
from bot.answers.confidence import is_enough
from bot.answers.corrected import note_corrections
from bot.answers.figures import answer_figures
from bot.answers.passages import POOL, answer_passage
from bot.answers.refusal import refuse
from bot.answers.talk import TALK, answer_talk
from bot.questions import Question
from bot.questions.parsing import parse_question
from index.reader import Index, View

LONGEST = 2000
"""Characters of a question that are read; the rest changes no answer."""


def make_ask(index: Index) -> Ask:
    """A callable that answers from `index`: `ask(text, *, thread, viewer, today) -> Answer`."""

    def ask(
        text: str, *, thread: tuple[Question, ...] = (), viewer: frozenset[str] | None = None, today: date
    ) -> Answer:
        with index.seen_by(viewer) as view:
            question = parse_question(text[:LONGEST], thread=thread, today=today, view=view)
            answer = note_corrections(_answer(question, view, today), view)
        return replace(answer, id=_id(answer, thread, today, index.version), index=index.version)

    return ask


def _answer(question: Question, view: View, today: date) -> Answer:
    if question.kind in TALK:
        return answer_talk(question, view)
    if question.kind == "figure":
        figures = answer_figures(question, view, today)
        if figures is not None:
            return figures
        question = replace(question, kind="passage")
    hits = view.search(question.query or question.text, k=POOL)
    answer = answer_passage(question, view, hits)
    if answer is None or not is_enough(answer.confidence):
        return refuse(question, view, hits, confidence=answer.confidence if answer else 0.0)
    return answer


def _id(answer: Answer, thread: tuple[Question, ...], today: date, version: str) -> str:
    """The same question, thread, day and index give the same id."""
    parts = [answer.question.text, *(q.text for q in thread), today.isoformat(), version]
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
