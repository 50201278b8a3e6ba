"""Corrections in answers: which of its figures the owner corrected, by whom and why."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Answer
from index.corrections import Correction, correction_of
from index.reader import View


def note_corrections(answer: Answer, view: View) -> Answer:
    """The answer with a detail for each corrected figure that it rests on."""
    return replace(answer, details=(*answer.details, *corrections_of(answer, view)[:3]))


def corrections_of(answer: Answer, view: View) -> tuple[str, ...]:
    """A line for each correction of a figure that the answer rests on."""
    corrections = view.index.corrections
    if not corrections:
        return ()
    operands = answer.computation.operands if answer.computation else ()
    found = (correction_of(figure, corrections) for figure in (*answer.figures, *operands))
    return tuple(dict.fromkeys(label(one) for one in found if one))


def label(one: Correction) -> str:
    """ "Corrected by Ada on 2026-11-23, “CAAM revised it”; the document says “383,000”"."""
    return (
        f"Corrected by {one.by} on {one.on.isoformat()}, “{one.reason}”; the document says “{one.read_text}”"
    )
