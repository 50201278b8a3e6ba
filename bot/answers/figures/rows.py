"""What a ranking or a total goes over: one figure for each value of a dimension, at one period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answers.figures.built import language_of
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import MOST_SERIES, Held, at, latest, read_held
from bot.answers.figures.summed import sums_at
from bot.answers.figures.telling import subject, value_of
from bot.answers.figures.wanted import COMMON, Ask, Fit, Wanted
from index.language.places import PROVINCES, US_STATES
from index.lookup.figures import newest_span
from index.lookup.series import ALL, is_aside, is_whole

_GROUP_NAMES = frozenset(
    ["europe", "european union", "asia", "africa", "oceania", "north america", "south america", "latin america",
     "asia pacific", "rest of the world", "rest of world", "other", "others", "southeast asia", "middle east",
     "central and south america", "emerging markets", "advanced economies", "total", "us", "all"]
)  # fmt: skip


def rows_over(ask: Ask, wanted: Wanted) -> tuple[Fit | None, str, list[Held]]:
    """What fits, the dimension that the question goes over, and a figure for each of its values, at one period."""
    return rows_of(ask, find_fit(ask, wanted, most=ALL), wanted)


def rows_of(ask: Ask, fit: Fit | None, wanted: Wanted) -> tuple[Fit | None, str, list[Held]]:
    """The same of what fits already."""
    question = ask.question
    over = _over(ask, [hit.extra for hit in fit.hits]) if fit else ""
    if question.over == "region" and not over:
        scope = tuple(pair for pair in wanted.dimensions if pair[0] != "region")
        wider = find_fit(ask, replace(wanted, dimensions=scope), most=ALL)
        fit = wider
        over = _over(ask, [hit.extra for hit in fit.hits]) if fit else ""
    if fit is None or not over:
        return fit, "", []
    held = _held_over(ask, fit, over, whole=True)
    if not question.periods:
        best = latest(held, ask.today)
        return fit, over, _alone(ask, best, over)
    best = at(held, question.periods[0])
    if not best and _span(ask, fit) is not None:
        parts = _held_over(ask, fit, over, whole=False)
        best = tuple(sums_at(parts, question.periods[0], ask.view.catalogue))
    return fit, over, _alone(ask, best, over)


def _alone(ask: Ask, best: Sequence[Held], over: str) -> list[Held]:
    """The rows; none where a sum is asked for and they are but a part of it."""
    rows = _rows(best, over)
    whole = ask.question.operation == "sum" or over in _APART
    return [] if rows and whole and _has_parts(best, rows, over) else rows


def _held_over(ask: Ask, fit: Fit, over: str, *, whole: bool) -> list[Held]:
    """The figures of single values of a dimension: of the period itself (`whole`), or of what lies within it."""
    return [
        one
        for one in read_held(ask, fit, narrower=over, span=_span(ask, fit), whole=whole)
        if one.figure.value is not None
        and not one.figure.aggregate
        and (value := _value_of(one, over))
        and not _is_group(value)
        and _is_of_sort(ask, over, value)
    ]


NEARLY = 0.3
"""How much farther from what was asked two things may be and count as equally near."""
_STATES = re.compile(r"\bstates?\b(?! of)|美国.{0,4}州|各州", re.I)
_ARTICLE_STATES = re.compile(r"\bunited states\b|\bthe states\b", re.I)


def says_states(ask: Ask) -> bool:
    """Whether a question is about states of a country: places that are parts of one whole."""
    return _STATES.search(_ARTICLE_STATES.sub(" ", ask.question.read_as or ask.question.text)) is not None


def _is_of_sort(ask: Ask, over: str, value: str) -> bool:
    """Whether a place is of the sort that is asked for: a state of the United States, and no country."""
    if over != "region":
        return True
    if says_states(ask):
        return value in US_STATES
    text = ask.question.read_as or ask.question.text
    if _PROVINCE.search(text):
        return value in PROVINCES
    return value not in US_STATES or not _COUNTRY.search(text)


_PROVINCE = re.compile(r"\bprovinces?\b|省", re.I)
_COUNTRY = re.compile(r"\b(?:countr(?:y|ies)|cit(?:y|ies))\b|国家|城市", re.I)


def _span(ask: Ask, fit: Fit) -> tuple[date, date] | None:
    """The days that a ranking reads: of its period, or of the newest one where there are many series."""
    period = ask.question.periods[0] if ask.question.periods else None
    if period is not None:
        return (period.start, period.end) if period.start and period.end else None
    if len(fit.hits) <= MOST_SERIES:
        return None
    return newest_span(ask.view, [hit.id for hit in fit.hits], ask.today)


def _over(ask: Ask, extras: Sequence[tuple[tuple[str, str], ...]]) -> str:
    """The dimension to rank over: the one asked for, or the one that the series differ in."""
    names: dict[str, set[str]] = {}
    for extra in extras:
        for name, value in extra:
            names.setdefault(name, set()).add(value)
    asked = ask.question.over.casefold()
    for name in names:
        folded = name.casefold()
        if asked and (folded == asked or asked in folded.split() or folded in asked.split()):
            return name
    if asked or ask.question.limit < 2 or ask.question.per:
        return ""
    most = max(_LISTED & names.keys(), key=lambda name: (len(names[name]), name), default="")
    return most if most and len(names[most]) > ask.question.limit else ""


_LISTED = frozenset(("region", "company", "model", "mineral", "chemistry"))
"""Dimensions that "the 3 highest" may go over without a word for it."""


def _value_of(held: Held, name: str) -> str:
    return next((value for dimension, value in held.figure.series.dimensions if dimension == name), "")


def _is_group(value: str) -> bool:
    return is_whole(value) or value.casefold() in _GROUP_NAMES or "income" in value.casefold()


_APART = ("model", "chemistry", "technology")
"""Dimensions whose values are things of their own, whatever else tells them apart: a model with either drive."""


_SHARED = ("region", "mode", "mineral", "vehicle", "scenario")
"""What things of their own have to have in common all the same: one mineral, one market."""


def _rows(best: Sequence[Held], over: str) -> list[Held]:
    """One figure a value, all of the thing and document that most values have; of things of their own every one."""
    traits = _traits(best, over)
    groups: dict[tuple[object, ...], dict[object, Held]] = {}
    places: dict[tuple[object, ...], int] = {}
    for place, one in enumerate(best):
        series = one.figure.series
        rest = tuple(pair for pair in series.dimensions if pair[0] != over)
        shared = tuple(pair for pair in rest if pair[0] in _SHARED) if over in _APART else rest
        shared = tuple(pair for pair in shared if pair[0] not in traits)
        group = (series.metric, shared, one.figure.unit, one.source.id)
        item = (_value_of(one, over), rest if over in _APART else ())
        groups.setdefault(group, {}).setdefault(item, one)
        places.setdefault(group, place)
    if not groups:
        return []
    costs = {key: min(one.cost for one in group.values()) for key, group in groups.items()}
    far = min(costs.values()) + NEARLY
    key = min(groups, key=lambda key: (costs[key] > far, -len(groups[key]), places[key]))
    return list(groups[key].values())


def _traits(best: Sequence[Held], over: str) -> frozenset[str]:
    """Columns of a table's own that say but what each value is like: whether a city limits its number plates."""
    said: dict[tuple[str, str, str], set[str]] = {}
    for one in best:
        for name, value in one.figure.series.dimensions:
            if name not in COMMON and name not in (over, "kind", "scenario"):
                said.setdefault((name, one.source.id, _value_of(one, over)), set()).add(value)
    several = {name for (name, *_), values in said.items() if len(values) > 1}
    return frozenset(name for name, *_ in said if name not in several)


def _has_parts(best: Sequence[Held], rows: Sequence[Held], over: str) -> bool:
    """Whether rows are but a part of what is held of their kind: battery electric cars where nobody asked for those."""
    first, chosen = rows[0], {_rest(one, over) for one in rows}
    return any(
        _rest(one, over) not in chosen
        and one.source.id == first.source.id
        and one.figure.unit == first.figure.unit
        and abs(one.cost - first.cost) < NEARLY
        for one in best
    )


def _rest(held: Held, over: str) -> tuple[object, ...]:
    """What a figure is of beside the value that it is a row for."""
    metric, pairs = held.thing
    return metric, tuple(
        pair for pair in pairs if pair[0] != over and (over not in _APART or pair[0] in _SHARED)
    )


def subject_of(ask: Ask, rows: Sequence[Held], over: str) -> str:
    """What is ranked, without the values that differ."""
    shared = set(rows[0].figure.series.dimensions).intersection(
        *(one.figure.series.dimensions for one in rows)
    )
    series = replace(
        rows[0].figure.series, dimensions=tuple(sorted(pair for pair in shared if pair[0] != over))
    )
    return subject(replace(rows[0].figure, series=series), ask.view.catalogue, language_of(ask))


def label_of(ask: Ask, one: Held, rows: Sequence[Held], over: str) -> str:
    """A value's name, with what tells it from another of that name: "NMC 111, solid state"."""
    name = _value_of(one, over)
    maker = _value_of(one, "company") if over == "model" else ""
    alike = [other for other in rows if _value_of(other, over) == name]
    shared = set(one.figure.series.dimensions).intersection(
        *(other.figure.series.dimensions for other in alike)
    )
    shared |= {("company", maker)}
    own = [pair for pair in one.figure.series.dimensions if pair not in shared and not is_aside(*pair)]
    others = [value for _, value in own]
    plain, *more = (value_of(value, language_of(ask)) for value in (name, *others))
    return ", ".join([f"{maker} {plain}".strip(), *more])
