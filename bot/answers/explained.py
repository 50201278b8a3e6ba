"""Why an answer is what it is: the reading, what was looked up and searched, the scores; replayed, not remembered.

The same question, thread, access labels, day and index give the same answer, so asking again with a trace
shows what happened the first time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from bot.answers import Answer
from bot.answers.ask import answer_in
from bot.answers.confidence import THRESHOLD
from bot.answers.corrected import corrections_of
from bot.questions import Question
from index.language.periods import Period
from index.lookup.vocabulary import vocabulary_of
from index.reader import Index
from index.trace import Trace

_NOT_SLOTS = frozenset(("text", "read_as"))
_MOST = 6
"""Statements, passages and sentences in the plain lines; JSON has all."""
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with all that led to it."""

    answer: Answer
    day: date
    slots: tuple[tuple[str, str], ...]
    """The question as read: each slot that is filled."""
    trace: Trace
    corrections: tuple[str, ...]


def explain(
    index: Index, text: str, *, before: tuple[str, ...] = (), viewer: frozenset[str] | None, today: date
) -> Explanation:
    """Answers again, noting every step. `before` are the earlier questions of the thread, oldest first."""
    thread: tuple[Question, ...] = ()
    for earlier in before:
        with index.seen_by(viewer) as view:
            thread = (*thread, answer_in(view, earlier, thread=thread, today=today).question)
    with index.seen_by(viewer) as view:
        vocabulary_of(view)
        trace = view.traced()
        answer = answer_in(view, text, thread=thread, today=today)
        corrections = corrections_of(answer, view)
    return Explanation(answer, today, tuple(_slots(answer.question)), trace, corrections)


def _slots(question: Question) -> Iterator[tuple[str, str]]:
    for field in fields(question):
        value = getattr(question, field.name)
        if field.name not in _NOT_SLOTS and value not in ("", (), None, 0, False):
            yield field.name.replace("_", " "), _said(value)
    if question.read_as and question.read_as != question.text:
        yield "mended", question.read_as


def _said(value: object) -> str:
    if isinstance(value, Period):
        span = f" [{value.start}, {value.end})" if value.start else ""
        return f"{value.label}{span}, {value.origin}"
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return f"{value[0]} {value[1]}"
    if isinstance(value, tuple):
        return "; ".join(_said(part) for part in value)
    return "yes" if value is True else str(value)


def lines_of(explained: Explanation) -> Iterator[str]:
    """The receipt in plain lines."""
    answer, trace = explained.answer, explained.trace
    yield f"Question: {answer.question.text}"
    yield f"Answer {answer.id}, {answer.kind}: {answer.headline}"
    yield "\nRead as:"
    yield from (f"  {name}: {value}" for name, value in explained.slots)
    yield "\nSteps:"
    yield from (f"  {number}. {step}" for number, step in enumerate(trace.steps, 1))
    if trace.statements:
        yield "\nLooked up (SQL, the values in place):"
        yield from _some(trace.statements)
    for query, hits in trace.searches:
        yield f"\nSearched: {query}"
        yield from _some(
            f"{hit.score:.2f}  {hit.passage.document_id} › {hit.passage.heading or 'the text'}"
            f" (passage {hit.passage.id}; {', '.join(hit.terms)})"
            for hit in hits
        )
    if trace.sentences:
        yield "\nSentences, by log-odds:"
        yield from _some(f"{score:+.2f}  {text}" for score, text in trace.sentences)
    yield f"\nConfidence {answer.confidence:.2f}; a sentence needs {THRESHOLD:.2f} to be given as an answer."
    yield from explained.corrections
    yield f"As of {explained.day.isoformat()}, index {answer.index}."


def _some(lines: Iterator[str] | list[str]) -> Iterator[str]:
    told = list(lines)
    yield from (f"  {line}" for line in told[:_MOST])
    if len(told) > _MOST:
        yield f"  … and {len(told) - _MOST} more (--json shows all)"


def to_json(explained: Explanation) -> Json:
    """The whole receipt as plain data."""
    trace = explained.trace
    return {
        "id": explained.answer.id,
        "question": explained.answer.question.text,
        "kind": explained.answer.kind,
        "headline": explained.answer.headline,
        "slots": dict(explained.slots),
        "steps": list(trace.steps),
        "statements": list(trace.statements),
        "searches": [
            {
                "query": query,
                "hits": [
                    {
                        "score": round(hit.score, 4),
                        "document": hit.passage.document_id,
                        "heading": hit.passage.heading,
                        "passage": hit.passage.id,
                        "terms": list(hit.terms),
                    }
                    for hit in hits
                ],
            }
            for query, hits in trace.searches
        ],
        "sentences": [{"score": round(score, 4), "text": text} for score, text in trace.sentences],
        "confidence": round(explained.answer.confidence, 4),
        "threshold": THRESHOLD,
        "corrections": list(explained.corrections),
        "day": explained.day.isoformat(),
        "index": explained.answer.index,
    }
