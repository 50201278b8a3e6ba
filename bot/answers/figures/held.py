"""What is held of the series that fit: their figures, and which comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

from bot.answers.figures.meant import usual_of
from bot.answers.figures.preference import Preference
from bot.answers.figures.wanted import COMMON, Ask, Fit, Pair
from bot.questions.leftover import FILES
from index.figures import Figure, Kind
from index.language.catalogue import Catalogue, Metric
from index.language.dimensions import find_dimensions
from index.language.metrics import find_metrics
from index.language.periods import Period, months, months_in
from index.language.units import CURRENCIES
from index.lookup.figures import Source, read_of_series, read_sources
from index.lookup.series import SeriesHit, cost, is_aside
from index.lookup.terms import find_terms, terms_of_name

Thing = tuple[str, tuple[Pair, ...]]
FAR = 0.9
"""A series with more unasked values than this is of something narrower than what was asked."""
MOST_SERIES = 600


@dataclass(frozen=True)
class Fitting:
    """A series that fits, and what follows from that for each of its figures; worked out once for all of them."""

    hit: SeriesHit
    usual: frozenset[Pair] = frozenset()
    """What the metric is of by its definition, said or not."""

    @cached_property
    def thing(self) -> Thing:
        series = self.hit.series
        own = (pair for pair in series.dimensions if pair not in self.usual and not is_aside(*pair))
        return series.metric, tuple(own)

    @cached_property
    def cost(self) -> float:
        """How far it is from what was asked."""
        firm = any(name == "company" for name, _ in self.hit.series.dimensions)
        usual = frozenset() if firm else self.usual
        missing = [pair for pair in self.hit.missing if pair not in usual]
        return cost([pair for pair in self.hit.extra if pair not in usual]) + 0.2 * len(missing)


@dataclass(frozen=True, slots=True)
class Held:
    """A figure that fits, the series that it is of, and the document that says it."""

    figure: Figure
    fitting: Fitting
    source: Source
    parts: tuple[Held, ...] = ()
    """Of a computed figure, the held ones that it adds up."""

    @property
    def hit(self) -> SeriesHit:
        return self.fitting.hit

    @property
    def usual(self) -> frozenset[Pair]:
        return self.fitting.usual

    @property
    def thing(self) -> Thing:
        """What is measured: figures of one thing may be compared over time."""
        return self.fitting.thing

    @property
    def cost(self) -> float:
        return self.fitting.cost


def read_held(
    ask: Ask,
    fit: Fit,
    *,
    kinds: Iterable[Kind] = ("level",),
    span: tuple[date, date] | None = None,
    whole: bool = False,
    narrower: str = "",
) -> tuple[Held, ...]:
    """The figures of what fits, nearest things first; `narrower` names a dimension whose values are all wanted.

    Of more than `MOST_SERIES` the nearest, but within a span all of them.
    """
    wanted = tuple(kinds)
    key = ("held", ask.question, fit, wanted, span, whole, narrower)
    return ask.view.once(key, lambda: _read(ask, fit, wanted, span, whole, narrower))


def _read(
    ask: Ask, fit: Fit, kinds: tuple[Kind, ...], span: tuple[date, date] | None, whole: bool, narrower: str
) -> tuple[Held, ...]:
    hits = {hit.id: hit for hit in fit.hits if _near_enough(hit, narrower)}
    ranked = sorted(hits.values(), key=lambda hit: (hit.cost, -hit.strength))
    ranked = ranked[:MOST_SERIES] if span is None else ranked
    metric = ask.view.catalogue.get(fit.metric)
    usual = usual_of(metric)
    fittings = {hit.id: Fitting(hit, usual) for hit in ranked}
    figures = read_of_series(ask.view, list(fittings), kinds=kinds, span=span, whole=whole)
    sources = read_sources(ask.view, {figure.document_id for _, figure in figures})
    held = [
        Held(_with_unit(figure, source, ask), fitting, source)
        for series, figure in figures
        if (source := sources[figure.document_id])
        and (fitting := fittings[series])
        and (fit.documents is None or source.id in fit.documents)
        and (not fitting.hit.missing or _says_missing(figure, source, fitting.hit.missing, metric))
        and (not fit.said or says_words(figure.quote, fit.said))
    ]
    held = _of_sources(ask, fit, held)
    asked = frozenset(find_terms(ask.question.read_as or ask.question.text))
    return tuple(sorted(held, key=Preference(metric, asked)))


def _of_sources(ask: Ask, fit: Fit, held: list[Held]) -> list[Held]:
    """Those of tables where a table is meant and has any; and only those whose text names who is to say it."""
    said = ask.question.sources
    names = [term for name in said if name != FILES for term in find_terms(name)]
    if FILES in said and fit.documents is None:
        held = [one for one in held if one.source.kind == "statistics"] or held
    return [one for one in held if _names(one, names)] if names else held


def _names(held: Held, names: Sequence[str]) -> bool:
    source = held.source
    words = {
        *find_terms(held.figure.quote),
        *find_terms(f"{source.title} {source.publisher} {source.address}"),
    }
    return words.issuperset(names)


def _with_unit(figure: Figure, source: Source, ask: Ask) -> Figure:
    """A count without a unit in the unit of what its table's title says that it counts: "EV sales"."""
    if figure.unit or ask.view.catalogue.get(figure.series.metric) is not None:
        return figure
    unit = _unit_of(figure.series.metric, source.title, ask.view.catalogue)
    return replace(figure, unit=unit) if unit else figure


@lru_cache(maxsize=1_024)
def _unit_of(metric: str, title: str, catalogue: Catalogue) -> str:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", title)
    said = {known.unit for found in find_metrics(plain, catalogue) if (known := catalogue.get(found.key))}
    words = set(terms_of_name(metric))
    said -= {unit for unit in said if unit.partition("/")[0] in _MONEY}
    return said.pop() if len(said) == 1 and words & set(terms_of_name(plain)) else ""


def _near_enough(hit: SeriesHit, narrower: str) -> bool:
    if hit.cost < FAR:
        return True
    free = {narrower, *(_OF_THINGS if narrower in ("model", "chemistry") else ())}
    own = narrower == "chemistry"
    extra = [
        (name, value) for name, value in hit.extra if name not in free and not (own and name not in COMMON)
    ]
    return cost(extra) < FAR


_MONEY = frozenset(CURRENCIES.values())
_OF_THINGS = ("company", "powertrain", "technology")
"""What tells models or chemistries apart beside their names."""


def _says_missing(figure: Figure, source: Source, missing: tuple[Pair, ...], metric: Metric | None) -> bool:
    """Whether a value that the series does not have is said beside it, or by what the metric is."""
    title = said_by(f"{source.title} . {source.publisher} . {_plain(source.id)}")
    named = {name for name, _ in title}
    if any(name in named and (name, value) not in title for name, value in missing):
        return False
    firm = any(name == "company" for name, _ in figure.series.dimensions)
    said = title | said_by(metric.definition if metric and not firm else "")
    if all(pair in said for pair in missing):
        return True
    return source.kind != "statistics" and all(
        pair in said | said_by(_clause_of(figure, missing)) for pair in missing
    )


def _clause_of(figure: Figure, missing: tuple[Pair, ...]) -> str:
    """The sentence of a figure; of one that names other values of what is missing, the part that the number is in."""
    names = {name for name, _ in missing}
    if len({value for name, value in said_by(figure.quote) if name in names}) < _SEVERAL:
        return figure.quote
    at = figure.quote.find(figure.text) if figure.text else -1
    return next((part for part, end in _parts(figure.quote) if at < end), figure.quote)


def _parts(text: str) -> Iterable[tuple[str, int]]:
    start = 0
    for found in (*_PARTING.finditer(text), None):
        end = found.start() if found else len(text)
        yield text[start:end], end
        start = end


_SEVERAL = 2
_PARTING = re.compile(r"[;；]|,\s+(?:but|while|whereas|and)\b|\bwhile\b|\bwhereas\b")


def says_words(quote: str, words: Sequence[str]) -> bool:
    """Whether a row or a sentence says each of some words, in full or shortened: "Adj. EBIT" of "adjusted"."""
    folded = quote.casefold()
    if not all(word[:_SHORTEST] in folded for word in words):
        return False
    terms = find_terms(quote)
    return all(any(_is_short_for(term, word) for term in terms) for word in words)


def _is_short_for(term: str, word: str) -> bool:
    short, full = sorted((term, word), key=len)
    return full == short or (len(short) >= _SHORTEST and full.startswith(short))


_SHORTEST = 3


def _plain(path: str) -> str:
    return re.sub(r"[_/.\-]+", " ", path)


@lru_cache(maxsize=4_096)
def said_by(text: str) -> frozenset[Pair]:
    """The values of dimensions that a text names."""
    return frozenset((found.name, found.value) for found in find_dimensions(text))


def at(held: Iterable[Held], period: Period) -> tuple[Held, ...]:
    """The figures of exactly a period; of a month without a year, those of the latest year that holds it."""
    if period.start is not None and period.end is not None:
        exact = tuple(one for one in held if _same(one.figure.period, period))
        if not exact and period.grain == "day" and period.origin == "document date":
            return _last_such_day(held, period.start)
        return exact or tuple(one for one in held if _point_of(one.figure.period, period))
    if period.months is None:
        return ()
    dated = [one for one in held if months_in(one.figure.period) == period.months]
    latest = max((one.figure.period.start for one in dated if one.figure.period.start), default=None)
    if latest is not None:
        return tuple(one for one in dated if one.figure.period.start == latest)
    return tuple(dated)


def _last_such_day(held: Iterable[Held], asked: date) -> tuple[Held, ...]:
    """The figures of a day that was asked for without its year, of the latest year that has it."""
    days = [(one.figure.period.start, one) for one in held if one.figure.period.grain in ("day", "week")]
    there = [
        (day, one)
        for day, one in days
        if day and day <= asked and (day.month, day.day) == (asked.month, asked.day)
    ]
    latest = max((day for day, _ in there), default=None)
    return tuple(one for day, one in there if day == latest)


def _same(held: Period, asked: Period) -> bool:
    return held.start == asked.start and held.end == asked.end


def _point_of(held: Period, asked: Period) -> bool:
    """A stock's figure for the end of the asked period."""
    if held.grain not in ("point", "day") or held.end is None or asked.end is None or asked.start is None:
        return False
    return asked.start < held.end and asked.end - timedelta(days=3) <= held.end <= asked.end + timedelta(
        days=1
    )


def in_one_year(held: Sequence[Held], asked: Sequence[Period]) -> list[tuple[Period, ...]]:
    """Months that were asked for without a year, in each year that all of them are held of, the newest first."""
    if any(one.start or not one.months for one in asked):
        return []
    years: list[set[int]] = []
    for period in asked:
        there = [one.figure.period for one in held if months_in(one.figure.period) == period.months]
        years.append({one.start.year for one in there if one.start})
    both = sorted(set.intersection(*years), reverse=True)
    return [tuple(months(year, *(period.months or (1, 12))) for period in asked) for year in both]


def latest(held: Iterable[Held], today: date, *, cumulative: bool | None = None) -> tuple[Held, ...]:
    """The figures of the newest period that has begun; undated ones only where nothing has a date."""
    known = [
        one
        for one in held
        if one.figure.value is not None
        and one.figure.status not in ("forecast", "missing")
        and (cumulative is None or one.figure.period.cumulative == cumulative)
    ]
    dated = [one for one in known if one.figure.period.start and one.figure.period.start <= today]
    if not dated:
        undated = [one for one in known if one.figure.period.start is None]
        return _last_undated(undated)
    least = min(one.cost for one in dated)
    dated = [one for one in dated if one.cost <= least + 0.31]
    newest = max(one.figure.period.end or date.min for one in dated)
    last = [one for one in dated if one.figure.period.end == newest]
    begins = max(one.figure.period.start or date.min for one in last)
    return tuple(one for one in last if one.figure.period.start == begins)


def _last_undated(held: list[Held]) -> tuple[Held, ...]:
    if not held:
        return ()
    months = [one.figure.period.months or (0, 0) for one in held]
    last = max(end for _, end in months)
    single = max(start for start, end in months if end == last)
    return tuple(one for one in held if one.figure.period.months in ((single, last), None) or last == 0)


def things(held: Iterable[Held]) -> dict[tuple[str, tuple[Pair, ...]], list[Held]]:
    """The figures by what they measure, in order."""
    found: dict[tuple[str, tuple[Pair, ...]], list[Held]] = {}
    for one in held:
        found.setdefault(one.thing, []).append(one)
    return found
