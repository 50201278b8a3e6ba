"""Of the series that have the words of a question, those that are meant."""

from __future__ import annotations

from bot.answers.figures.wanted import Pair
from bot.questions import Question
from bot.questions.wishes import is_measured_in
from index.language.dimensions import find_dimensions
from index.lookup.series import SeriesHit
from index.reader import View


def best_named(hits: tuple[SeriesHit, ...]) -> tuple[SeriesHit, ...]:
    """Without metrics that only a title has the question's words for, where another is called by them."""
    called: dict[str, float] = {}
    for hit in hits:
        called[hit.series.metric] = max(hit.spoken, called.get(hit.series.metric, 0.0))
    least = max(called.values()) * _MUCH_LESS
    return tuple(hit for hit in hits if called[hit.series.metric] > least)


_MUCH_LESS = 0.8


def not_of_others(hits: tuple[SeriesHit, ...], asked: list[Pair]) -> tuple[SeriesHit, ...]:
    """Without series whose own name says another value than the one asked for in words: nickel for lithium."""
    if not asked:
        return hits
    names = [(hit, dict(pairs_of(hit.series.metric))) for hit in hits]
    return tuple(hit for hit, said in names if all(said.get(name, value) == value for name, value in asked))


def told_apart_by(hits: tuple[SeriesHit, ...], name: str) -> tuple[SeriesHit, ...]:
    """Those that are told apart by a dimension: of a thing that has several values of it."""
    values: dict[tuple[str, str], set[str]] = {}
    for hit in hits:
        values.setdefault((hit.series.metric, hit.series.unit), set()).update(
            value for other, value in hit.series.dimensions if other == name
        )
    return tuple(hit for hit in hits if len(values[hit.series.metric, hit.series.unit]) > 1)


def pairs_of(metric: str) -> frozenset[Pair]:
    """The values that a table's own metric names: the trucks of "heavy truck registrations"."""
    return frozenset((found.name, found.value) for found in find_dimensions(metric.replace("_", " ")))


def measured_in(question: Question, hits: tuple[SeriesHit, ...]) -> tuple[SeriesHit, ...]:
    """Those in the unit that is asked for, and by the quarter where that is asked for, where there are any."""
    if question.per:
        hits = tuple(hit for hit in hits if hit.series.frequency == question.per) or hits
    if not is_measured_in(question.unit):
        return hits
    return tuple(hit for hit in hits if hit.series.unit == question.unit)


def is_count(view: View, hit: SeriesHit) -> bool:
    """Whether a series counts vehicles that were sold or registered: what is asked of a drive and a place alone."""
    metric = view.catalogue.get(hit.series.metric)
    return metric is not None and metric.measure in ("sales", "registrations") and not hit.missing
