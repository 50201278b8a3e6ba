"""From a question to the series that have all that it asks for, and the documents that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.questions import Question
from bot.questions.wishes import is_measured_in
from index.language.catalogue import Metric
from index.language.dimensions import find_dimensions
from index.language.metrics import find_objects
from index.lookup.series import MOST, SeriesHit, find_series
from index.lookup.terms import HEADING, LEFT_OUT, dimension_term, find_terms, terms_of_name
from index.lookup.vocabulary import Vocabulary, vocabulary_of
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


def find_fit(ask: Ask, wanted: Wanted, *, most: int = MOST) -> Fit | None:
    """At most so many series; None where a word of the question belongs to no series, or no series has all of them.

    One of several words, or of a metric's, may be left to the figures' own row or sentence.
    """
    if any(name.casefold() in _SITES for name, _ in wanted.dimensions):
        wanted = replace(wanted, words=tuple(word for word in wanted.words if word not in _SITES))
    fit = _find(ask, wanted, most) or _find_in_words(ask, wanted, most)
    if fit is not None or not 0 < len(wanted.words) <= _MOST_WORDS:
        return fit
    for word in wanted.words:
        rest = tuple(other for other in wanted.words if other != word)
        if not wanted.metric and not any(map(vocabulary_of(ask.view).is_strong, rest)):
            continue
        found = _find(ask, replace(wanted, words=rest), most)
        if found is not None and not found.near:
            found = replace(found, said=(word,))
            if _is_held(ask, found):
                return found
    return None


_SITES = ("site", "plant", "factory", "location", "project", "works", "facility", "mine")
"""Columns whose values need not be called by what they are: "the Harnfeld plant" of sites."""


def _find_in_words(ask: Ask, wanted: Wanted, most: int) -> Fit | None:
    """What fits where a value of some table's column is but a word here: the scooters of "shared e-scooter trips"."""
    own = [pair for pair in wanted.dimensions if pair[0] not in COMMON and len(terms_of_name(pair[1])) == 1]
    if not own or wanted.metric:
        return None
    rest = tuple(pair for pair in wanted.dimensions if pair not in own)
    words = tuple(
        dict.fromkeys((*wanted.words, *(term for _, value in own for term in terms_of_name(value))))
    )
    return _find(ask, replace(wanted, dimensions=rest, words=words), most)


_MOST_WORDS = 4


def _find(ask: Ask, wanted: Wanted, most: int) -> Fit | None:
    vocabulary = vocabulary_of(ask.view)
    for metric, words, near in _metrics(ask, wanted):
        dimensions = _scoped(ask, wanted) if near else wanted.dimensions
        fixed = len(words) > len(wanted.words)
        fit = _fit(ask, vocabulary, metric, dimensions, words, fixed, most, several=compares_sources(ask))
        if fit is not None and len(words) > len(wanted.words):
            own = tuple(hit for hit in fit.hits if _is_own(ask, hit, metric=wanted.metric, words=words))
            fit = replace(fit, hits=own) if own else None
        if fit is not None and _is_held(ask, fit):
            return replace(fit, near=_is_near(ask, wanted, fit, metric, near=near))
    return None


def compares_sources(ask: Ask) -> bool:
    """Whether it may be two sources that a question compares: one thing, at one time."""
    question = ask.question
    one = len(wanted_of(question)) == 1 and len(question.periods) <= 1
    return question.operation == "compare" and one


def _is_near(ask: Ask, wanted: Wanted, fit: Fit, metric: str, *, near: bool) -> bool:
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


_KINDS = ("powertrain", "model")


def _is_own(ask: Ask, hit: SeriesHit, *, metric: str, words: tuple[str, ...]) -> bool:
    """Whether a table's own metric is called by the words of one of the catalogue, or by its measure alone."""
    if ask.view.catalogue.get(hit.series.metric) is not None:
        return False
    known = ask.view.catalogue.get(metric)
    if known is not None and _is_rate(hit.series.unit) and not _is_rate(known.unit):
        return False
    named = _said_name(ask, known) if known else ()
    by_measure = known is not None and named == terms_of_name(known.measure)
    if set(named) <= set(words) and not by_measure:
        return True
    said = {*words, *(term for _, value in ask.question.dimensions for term in terms_of_name(value))}
    return len(set(terms_of_name(hit.series.metric)) - said) <= (1 if said - set(words) else 0)


def _is_rate(unit: str) -> bool:
    return "/" in unit or "%" in unit


def _is_held(ask: Ask, fit: Fit) -> bool:
    """Whether a fit has figures at all, where each of its series leaves a value that is asked for to its text."""
    from bot.answers.figures.held import read_held

    if not fit.said and not all(hit.missing for hit in fit.hits):
        return True
    parts = (fit.hits[:_FEW], fit.hits[_FEW:])
    return any(
        read_held(ask, replace(fit, hits=hits), kinds=("level", "change", "target"), narrower="model")
        for hits in parts
        if hits
    )


_FEW = 20
"""Series of a fit that mostly show already whether it has figures."""


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


def _metrics(ask: Ask, wanted: Wanted) -> Iterable[tuple[str, tuple[str, ...], bool]]:
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


def _scoped(ask: Ask, wanted: Wanted) -> tuple[Pair, ...]:
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


def _fit(
    ask: Ask,
    vocabulary: Vocabulary,
    metric: str,
    dimensions: tuple[Pair, ...],
    words: tuple[str, ...],
    fixed: bool = False,
    most: int = MOST,
    *,
    several: bool = False,
) -> Fit | None:
    """`fixed` words are a metric's name, and name no source."""
    view, asked = ask.view, dimensions
    dimensions, words = _in_words(dimensions, words, vocabulary)
    strong = tuple(word for word in words if vocabulary.is_strong(word))
    weak = tuple(word for word in words if word not in strong)
    if not metric and not strong and all(name in COMMON for name, _ in dimensions):
        return _titled(view, vocabulary, dimensions, weak) or _only(
            ask, dimensions, _documents(weak, vocabulary)
        )
    known = view.catalogue.get(metric)
    publisher = known.publisher if known else ""
    headed = tuple(
        word
        for word in weak
        if vocabulary.strengths.get(word, 0.0) >= HEADING and not (metric and word in vocabulary.sources)
    )
    rest = tuple(word for word in weak if word not in headed)
    first = (((*strong, *headed), rest),) if headed else ()
    for own, sources in (
        *first,
        (strong, weak),
        *(() if fixed else _moved(strong, weak, vocabulary, metric)),
    ):
        documents = _documents(sources, vocabulary, publisher, several=several)
        if documents is not None and not documents:
            continue
        hits = _hits(view, metric, dimensions, own, most)
        if not metric and "sale" in words and not _SHARES.intersection(words):
            hits = tuple(hit for hit in hits if hit.series.unit != "%")
        hits = _not_of_others(hits, [pair for pair in asked if pair not in dimensions])
        if not metric and ask.question.unit.endswith("Wh"):
            hits = tuple(hit for hit in hits if "Wh" in hit.series.unit)
        if hits:
            return Fit(hits if metric else _named(hits), documents, metric)
    return _titled(view, vocabulary, dimensions, words) if not metric else None


def _in_words(
    dimensions: tuple[Pair, ...], words: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """Values that no table has under that name, as words: a "liquid" that is a column's "Lithium liquid"."""
    kept = tuple(
        (name, value)
        for name, value in dimensions
        if name in LEFT_OUT or dimension_term(name, value) in vocabulary.frequencies
    )
    others = [term for pair in dimensions if pair not in kept for term in terms_of_name(pair[1])]
    if kept == dimensions or not all(vocabulary.is_strong(term) for term in others):
        return dimensions, words
    return kept, tuple(dict.fromkeys((*words, *others)))


def _only(ask: Ask, dimensions: tuple[Pair, ...], documents: frozenset[str] | None) -> Fit | None:
    """ "Finland BEV September 2021": the one thing that is measured of them, of a place and a kind at the least.

    A unit says more, "CALB GWh Q4", and two firms side by side are compared by their one amount.
    """
    names, question = {name for name, _ in dimensions}, ask.question
    placed = {"region", "company"} & {*names, *([question.over] if question.over else [])}
    sided = question.operation == "compare" and "company" in names
    if not placed or (len(dimensions) < 2 and not question.unit and not sided):
        return None
    if documents is not None and not (documents and question.unit and question.over):
        return None
    unit = find_terms(question.unit) if is_measured_in(question.unit) and not dimensions else ()
    hits = _measured_in(question, _hits(ask.view, "", dimensions, unit))
    hits = _over(hits, question.over) if question.over else hits
    counted = tuple(hit for hit in hits if _is_count(ask.view, hit))
    hits = counted if "powertrain" in names and counted else hits
    if sided and not question.unit:
        hits = tuple(hit for hit in hits if hit.series.unit and hit.series.unit != "%")
    hits = tuple(hit for hit in hits if set(hit.missing) <= _pairs_of(hit.series.metric))
    whole = {(hit.series.metric, hit.series.unit) for hit in hits}
    return Fit(hits, documents, "") if len(whole) == 1 else None


def _named(hits: tuple[SeriesHit, ...]) -> tuple[SeriesHit, ...]:
    """Without metrics that only a title has the question's words for, where another is called by them."""
    called: dict[str, float] = {}
    for hit in hits:
        called[hit.series.metric] = max(hit.spoken, called.get(hit.series.metric, 0.0))
    least = max(called.values()) * _MUCH_LESS
    return tuple(hit for hit in hits if called[hit.series.metric] > least)


_MUCH_LESS = 0.8


def _not_of_others(hits: tuple[SeriesHit, ...], asked: list[Pair]) -> tuple[SeriesHit, ...]:
    """Without series whose own name says another value than the one asked for in words: nickel for lithium."""
    if not asked:
        return hits
    names = [(hit, dict(_pairs_of(hit.series.metric))) for hit in hits]
    return tuple(hit for hit, said in names if all(said.get(name, value) == value for name, value in asked))


def _over(hits: tuple[SeriesHit, ...], name: str) -> tuple[SeriesHit, ...]:
    """Those that are told apart by a dimension: of a thing that has several values of it."""
    values: dict[tuple[str, str], set[str]] = {}
    for hit in hits:
        values.setdefault((hit.series.metric, hit.series.unit), set()).update(
            value for other, value in hit.series.dimensions if other == name
        )
    return tuple(hit for hit in hits if len(values[hit.series.metric, hit.series.unit]) > 1)


def _pairs_of(metric: str) -> frozenset[Pair]:
    """The values that a table's own metric names: the trucks of "heavy truck registrations"."""
    return frozenset((found.name, found.value) for found in find_dimensions(metric.replace("_", " ")))


def _measured_in(question: Question, hits: tuple[SeriesHit, ...]) -> tuple[SeriesHit, ...]:
    """Those in the unit that is asked for, and by the quarter where that is asked for, where there are any."""
    if question.per:
        hits = tuple(hit for hit in hits if hit.series.frequency == question.per) or hits
    if not is_measured_in(question.unit):
        return hits
    return tuple(hit for hit in hits if hit.series.unit == question.unit)


def _is_count(view: View, hit: SeriesHit) -> bool:
    """Whether a series counts vehicles that were sold or registered: what is asked of a drive and a place alone."""
    metric = view.catalogue.get(hit.series.metric)
    return metric is not None and metric.measure in ("sales", "registrations") and not hit.missing


def _titled(
    view: View, vocabulary: Vocabulary, dimensions: tuple[Pair, ...], words: tuple[str, ...]
) -> Fit | None:
    """A table whose title says what all of it measures: "EV registrations by state"."""
    if len(words) < 2:
        return None
    documents = _documents(words, vocabulary)
    hits = _hits(view, "", dimensions, words) if documents else ()
    one_thing = len({(hit.series.metric, hit.series.unit) for hit in hits}) == 1
    return Fit(hits, documents, "") if hits and one_thing else None


def _moved(
    strong: tuple[str, ...], weak: tuple[str, ...], vocabulary: Vocabulary, metric: str
) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Words that may name a source as well as a series: "(open EV charts)"."""
    movable = [word for word in strong if word in vocabulary.sources]
    for word in movable:
        if metric or len(strong) > 1:
            yield tuple(w for w in strong if w != word), (*weak, word)
    if len(movable) > 1 and (metric or len(movable) < len(strong)):
        yield tuple(w for w in strong if w not in movable), (*weak, *movable)


def _documents(
    words: Sequence[str], vocabulary: Vocabulary, publisher: str = "", *, several: bool = False
) -> frozenset[str] | None:
    """The documents that all the words name, of years any; of `several` sources each; None where none is named.

    A metric's own publisher names the tables, too, where none is called by it: all of the metric is the publisher's.
    """
    named = [(word, frozenset(vocabulary.sources.get(word, ()))) for word in words]
    own = find_terms(publisher)
    named = [
        (word, found if word not in own or found & vocabulary.tables else found | vocabulary.tables)
        for word, found in named
    ]
    editions = [found for word, found in named if _EDITION.fullmatch(word)]
    found = [found for word, found in named if not _EDITION.fullmatch(word)]
    found += [frozenset.union(*editions)] if all(editions) and editions else editions
    if several and found and all(found) and not frozenset.intersection(*found):
        return frozenset.union(*found)
    return frozenset.intersection(*found) if found else None


_SHARES = frozenset(("share", "rate", "percent", "penetr", "proport"))
_EDITION = re.compile(r"(?:19|20)\d\d")


def _hits(
    view: View, metric: str, dimensions: tuple[Pair, ...], words: tuple[str, ...], most: int = MOST
) -> tuple[SeriesHit, ...]:
    """Series with every value; and series without a dimension at all, for their text to say it."""
    full = find_series(view, metric=metric, dimensions=dimensions, words=words, most=most)
    found = {hit.id: hit for hit in full}
    if len(full) >= most and "region" not in {name for name, _ in dimensions}:
        for value in ("", "World", "China"):
            pairs = (*dimensions, ("region", value))
            found |= {hit.id: hit for hit in find_series(view, metric=metric, dimensions=pairs, words=words)}
    for pair in dimensions:
        if pair[0] not in LEFT_OUT:
            continue
        others = tuple(other for other in dimensions if other != pair)
        for hit in find_series(view, metric=metric, dimensions=(*others, (pair[0], "")), words=words):
            if hit.id not in found:
                found[hit.id] = replace(hit, missing=(pair,))
    return tuple(found.values())
