"""Corrections in answers and quotes: which of their figures the owner corrected, by whom and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.answers import Answer
from index.corrections import Correction, correction_of
from index.reader import View

QUOTING = ("passage", "takeaways")
"""Answers that say what a document says, corrected since or not."""


def note_corrections(answer: Answer, view: View) -> Answer:
    """The answer with a detail for each corrected figure that it rests on."""
    return replace(answer, details=(*answer.details, *corrections_of(answer, view)[:3]))


def corrections_of(answer: Answer, view: View) -> tuple[str, ...]:
    """A line for each correction of a figure that the answer rests on, or quotes as the document has it."""
    corrections = view.index.corrections
    if not corrections:
        return ()
    operands = answer.computation.operands if answer.computation else ()
    found = (correction_of(figure, corrections) for figure in (*answer.figures, *operands))
    quoted = (cited for cited in answer.citations if answer.kind in QUOTING)
    made = {
        one.key: _in_full(one) for cited in quoted for one in _within(cited.document_id, cited.quote, view)
    }
    for one in filter(None, found):
        made.setdefault(one.key, label(one))
    return tuple(made.values())


def notes_on(document_id: str, text: str, view: View) -> tuple[str, ...]:
    """A line for each figure of a quoted text that was corrected, or rejected, since."""
    return tuple(map(_in_full, _within(document_id, text, view)))


def _within(document_id: str, text: str, view: View) -> Iterator[Correction]:
    last = {one.key: one for one in view.index.corrections if one.document == document_id}
    for one in last.values():
        if one.read_text in text and (one.quote in text or text in one.quote):
            yield one


def _in_full(one: Correction) -> str:
    return f"{label(one)}; {'rejected' if one.reject else f'it is {one.label}'}"


def label(one: Correction) -> str:
    """ "Corrected by Ada on 2026-11-23, “CAAM revised it”; the document says “383,000”"."""
    return (
        f"Corrected by {one.by} on {one.on.isoformat()}, “{one.reason}”; the document says “{one.read_text}”"
    )
