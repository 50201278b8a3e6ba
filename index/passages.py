"""A passage: the part of a document that search finds and a citation opens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Law: `document.text[start:end] == text`."""

    id: int
    document_id: str
    ordinal: int
    heading: str
    start: int
    end: int
    text: str
