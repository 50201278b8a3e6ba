"""Answers: what the bot says, and from where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.questions import Question
from index.figures import Figure, Place

AnswerKind = Literal[
    "value", "change", "comparison", "ranking", "series", "computation", "passage", "takeaways", "definition",
    "inventory", "missing", "none", "clarify", "greeting", "help", "error",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands."""

    number: int
    document: str
    """The file's name."""
    document_id: str
    title: str
    published: date | None
    source: str
    place: Place
    page: str
    """"" where the format has no pages."""
    time: str
    """"" but for recordings."""
    quote: str
    mark: tuple[int, int] | None = None
    """The span within `quote` to mark: the figure, or the words that answer."""
    passage_id: int | None = None


@dataclass(frozen=True, slots=True)
class Computation:
    """Exact arithmetic on held figures: "1,715,000 / 1,430,000 - 1 = 19.9 %"."""

    formula: str
    operands: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Law: every number in headline, details and computation is a held figure, exact arithmetic on held ones,
    part of a verbatim quote or title, a period's label, or a count of what the answer itself lists."""

    id: str
    kind: AnswerKind
    question: Question
    question_as_read: str
    headline: str
    value: Decimal | None = None
    unit: str = ""
    details: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    computation: Computation | None = None
    citations: tuple[Citation, ...] = ()
    follow_ups: tuple[str, ...] = ()
    other_readings: tuple[str, ...] = ()
    confidence: float = 1.0
    index: str = ""
    """The version of the index that answered."""


Ask = Callable[..., Answer]
"""`ask(text, *, thread: tuple[Question, ...], viewer: frozenset[str], today: date) -> Answer`."""
