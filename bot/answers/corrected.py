"""Corrections in answers and quotes: which of their figures the owner corrected, by whom and why."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Answer
from index.corrections import Correction, correction_of
from index.reader import View


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
    made = [label(one) for one in found if one]
    if not answer.figures:
        made += [
            note for cited in answer.citations for note in notes_on(cited.document_id, cited.quote, view)
        ]
    return tuple(dict.fromkeys(made))


def notes_on(document_id: str, text: str, view: View) -> tuple[str, ...]:
    """A line for each figure of a quoted text that was corrected, or rejected, since."""
    last = {one.key: one for one in view.index.corrections if one.document == document_id}
    return tuple(
        f"{label(one)}; it is {one.label}" if not one.reject else f"{label(one)}; rejected"
        for one in last.values()
        if one.read_text in text and (one.quote in text or text in one.quote)
    )


def label(one: Correction) -> str:
    """ "Corrected by Ada on 2026-11-23, “CAAM revised it”; the document says “383,000”"."""
    return (
        f"Corrected by {one.by} on {one.on.isoformat()}, “{one.reason}”; the document says “{one.read_text}”"
    )
