"""From a question to the series that have all that it asks for, and the documents that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.answers.figures.held import read_held
from bot.answers.figures.meant import find_meant, is_near, own_of, scoped
from bot.answers.figures.narrowing import (
    best_named,
    is_count,
    measured_in,
    not_of_others,
    pairs_of,
    told_apart_by,
)
from bot.answers.figures.wanted import COMMON, Ask, Fit, Pair, Wanted, compares_sources
from bot.questions.wishes import is_measured_in
from index.lookup.series import MOST, SeriesHit, find_series
from index.lookup.terms import HEADING, LEFT_OUT, dimension_term, find_terms, terms_of_name
from index.lookup.vocabulary import Vocabulary, vocabulary_of
from index.reader import View


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
    for metric, words, near in find_meant(ask, wanted):
        dimensions = scoped(ask, wanted) if near else wanted.dimensions
        fixed = len(words) > len(wanted.words)
        fit = _fit(ask, vocabulary, metric, dimensions, words, fixed, most, several=compares_sources(ask))
        if fit is not None and len(words) > len(wanted.words):
            own = own_of(ask, fit.hits, metric=wanted.metric, words=words)
            fit = replace(fit, hits=own) if own else None
        if fit is not None and _is_held(ask, fit):
            return replace(fit, near=is_near(ask, wanted, fit, metric, near=near))
    return None


def _is_held(ask: Ask, fit: Fit) -> bool:
    """Whether a fit has figures at all, where each of its series leaves a value that is asked for to its text."""
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
        hits = not_of_others(hits, [pair for pair in asked if pair not in dimensions])
        hits = hits if metric else _in_unit(ask, hits, words)
        if hits:
            return Fit(hits if metric else best_named(hits), documents, metric)
    return _titled(view, vocabulary, dimensions, words) if not metric else None


def _in_unit(ask: Ask, hits: tuple[SeriesHit, ...], words: tuple[str, ...]) -> tuple[SeriesHit, ...]:
    """Without what is measured in another way than words ask for: shares for sales, counts for MWh."""
    if "sale" in words and not _SHARES.intersection(words):
        hits = tuple(hit for hit in hits if hit.series.unit != "%")
    return tuple(hit for hit in hits if "Wh" in hit.series.unit) if ask.question.unit.endswith("Wh") else hits


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
    hits = measured_in(question, _hits(ask.view, "", dimensions, unit))
    hits = told_apart_by(hits, question.over) if question.over else hits
    counted = tuple(hit for hit in hits if is_count(ask.view, hit))
    hits = counted if "powertrain" in names and counted else hits
    if sided and not question.unit:
        hits = tuple(hit for hit in hits if hit.series.unit and hit.series.unit != "%")
    hits = tuple(hit for hit in hits if set(hit.missing) <= pairs_of(hit.series.metric))
    whole = {(hit.series.metric, hit.series.unit) for hit in hits}
    return Fit(hits, documents, "") if len(whole) == 1 else None


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
