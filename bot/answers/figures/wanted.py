"""What a question asks of the figures, and the series that have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.questions import Question
from index.lookup.series import SeriesHit
from index.reader import View

COMMON = frozenset(
    ["region", "company", "chemistry", "technology", "powertrain", "vehicle", "mode", "mineral"]
)
"""Dimensions whose values alone do not say what is measured."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question with what it is asked of."""

    question: Question
    view: View
    today: date

    @property
    def language(self) -> str:
        return self.question.language


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to look up: a metric (or words in its place) and values."""

    metric: str
    dimensions: tuple[Pair, ...]
    words: tuple[str, ...]


def wanted_of(question: Question) -> tuple[Wanted, ...]:
    """The things that a question asks for: one, or one for each of the metrics or values that it names."""
    metrics = question.metrics or ("",)
    groups: dict[str, list[str]] = {}
    for name, value in question.dimensions:
        groups.setdefault(name, []).append(value)
    several = next((name for name, values in groups.items() if len(values) > 1), "")
    rest = tuple((name, values[0]) for name, values in groups.items() if name != several)
    choices: list[Pair | None] = [(several, value) for value in groups.get(several, [])]
    return tuple(
        Wanted(metric, (*rest, *([choice] if choice else [])), question.words)
        for metric in metrics
        for choice in choices or [None]
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """The series that have all that is asked, and the documents that the question names."""

    hits: tuple[SeriesHit, ...]
    documents: frozenset[str] | None
    metric: str
    """The metric that was found: another than asked for where only a near one is held."""
    near: bool = False
    said: tuple[str, ...] = ()
    """Words of the question that no series is called by: the row or the sentence of a figure has to say them."""


def compares_sources(ask: Ask) -> bool:
    """Whether it may be two sources that a question compares: one thing, at one time."""
    question = ask.question
    one = len(wanted_of(question)) == 1 and len(question.periods) <= 1
    return question.operation == "compare" and one
