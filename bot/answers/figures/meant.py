"""Which metrics may be meant: the one asked for, one that a table calls by its words, and near ones."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.figures.wanted import Ask, Fit, Pair, Wanted
from index.language.catalogue import Metric
from index.language.dimensions import find_dimensions
from index.language.metrics import find_objects
from index.lookup.series import SeriesHit
from index.lookup.terms import find_terms, terms_of_name

_KINDS = ("powertrain", "model")


def find_meant(ask: Ask, wanted: Wanted) -> Iterable[tuple[str, tuple[str, ...], bool]]:
    """Each with the words that are to be covered beside it, and whether it is but a near one; the best first."""
    yield wanted.metric, wanted.words, False
    metric = ask.view.catalogue.get(wanted.metric)
    if metric is None:
        return
    yield "", (*_said_name(ask, metric), *wanted.words), False
    if metric.measure and any(name in _KINDS for name, _ in wanted.dimensions):
        yield "", (*terms_of_name(metric.measure), *wanted.words), False
    for near in metric.near:
        if not is_part(metric, ask.view.catalogue.get(near), wanted.dimensions):
            yield near, wanted.words, True


def _said_name(ask: Ask, metric: Metric) -> tuple[str, ...]:
    """The terms of the longest of a metric's names that a question says in full; else of its name."""
    said = set(find_terms(ask.question.read_as or ask.question.text))
    names = [terms_of_name(name) for name in (metric.name, *metric.aliases)]
    measure = tuple(term for term in terms_of_name(metric.measure) if term in said)
    return max((terms for terms in names if set(terms) <= said), key=len, default=measure or names[0])


def is_part(metric: Metric, near: Metric | None, dimensions: tuple[Pair, ...]) -> bool:
    """Whether a near metric counts but some of what is asked: electric cars of all cars, where no drive is named."""
    driven = any(name == "powertrain" for name, _ in dimensions)
    return bool(near and metric.objects == ("vehicle",) and near.objects != metric.objects and not driven)


def scoped(ask: Ask, wanted: Wanted) -> tuple[Pair, ...]:
    """The values asked for, and the region that the metric is of by its definition."""
    metric = ask.view.catalogue.get(wanted.metric)
    if metric is None or any(name in ("region", "company") for name, _ in wanted.dimensions):
        return wanted.dimensions
    return (*wanted.dimensions, *usual_of(metric))


def usual_of(metric: Metric | None) -> frozenset[Pair]:
    """The one region that a metric is of by its definition: NEVs are counted in China."""
    said = (
        {(f.name, f.value) for f in find_dimensions(metric.definition) if f.name == "region"}
        if metric
        else set()
    )
    return frozenset(said) if len(said) == 1 else frozenset()


def is_near(ask: Ask, wanted: Wanted, fit: Fit, metric: str, *, near: bool) -> bool:
    """Whether what fits is but near: another metric; or electric vehicles, where vehicles were asked for."""
    if near:
        return not _is_kind_asked(ask, wanted, metric)
    if wanted.metric or "sale" not in wanted.words:
        return False
    known = [found for hit in fit.hits if (found := ask.view.catalogue.get(hit.series.metric))]
    text = ask.question.read_as or ask.question.text
    electric = "electr" in wanted.words or any(
        one.name in ("ev", "nev") for one in find_objects(text, ask.view.catalogue)
    )
    driven = any(name in ("powertrain", "model", "company") for name, _ in wanted.dimensions)
    return len(known) == len(fit.hits) and not electric and not driven


def own_of(
    ask: Ask, hits: tuple[SeriesHit, ...], *, metric: str, words: tuple[str, ...]
) -> tuple[SeriesHit, ...]:
    """Those whose table's own metric is called by the words of one of the catalogue, or by its measure alone."""
    known = ask.view.catalogue.get(metric)
    named = _said_name(ask, known) if known else ()
    by_measure = known is not None and named == terms_of_name(known.measure)
    wholly = set(named) <= set(words) and not by_measure
    said = {*words, *(term for _, value in ask.question.dimensions for term in terms_of_name(value))}
    more = 1 if said - set(words) else 0

    def is_own(hit: SeriesHit) -> bool:
        if ask.view.catalogue.get(hit.series.metric) is not None:
            return False
        if known is not None and _is_rate(hit.series.unit) and not _is_rate(known.unit):
            return False
        return wholly or len(set(terms_of_name(hit.series.metric)) - said) <= more

    return tuple(filter(is_own, hits))


def _is_rate(unit: str) -> bool:
    return "/" in unit or "%" in unit


def _is_kind_asked(ask: Ask, wanted: Wanted, near: str) -> bool:
    """Whether a near metric is the one asked for: of trucks, which the first is never told of, by a word that is not
    the first's alone."""
    first, other = ask.view.catalogue.get(wanted.metric), ask.view.catalogue.get(near)
    if first is None or other is None or (first.measure, first.unit) != (other.measure, other.unit):
        return False
    asked = {name for name, _ in wanted.dimensions}
    named = {term for one in first.objects for term in find_terms(one)}
    said = set(find_terms(ask.question.read_as or ask.question.text))
    return asked <= set(other.dimensions) and not asked <= set(first.dimensions) and not named & said
