"""A value at a period, or the latest: "NEV sales in October 2021?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Answer
from bot.answers.figures.absent import nothing_at
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held, said_by
from bot.answers.figures.summed import rest_of, sum_of
from bot.answers.figures.telling import ENERGY
from bot.answers.figures.told import tell
from bot.answers.figures.wanted import Ask, Fit, wanted_of
from bot.questions import Wants
from index.figures import Kind
from index.language.periods import Period, months, shift
from index.lookup.series import cost


def answer_value(ask: Ask) -> Answer | None:
    """One value; of several metrics asked at once, each in its own line."""
    if not _is_plain(ask):
        return None
    wanted = wanted_of(ask.question)[:4]
    found = [one for each in wanted if (one := _one(ask, find_fit(ask, each)))]
    if not found:
        return None
    first = found[0]
    if len(found) < len(wanted) and not _names_all(ask, first):
        return None
    values = [answer for answer in found if answer.value is not None]
    values += [answer for answer in found if answer.kind == "missing" and values]
    if len(values) > 1:
        from bot.answers.figures.comparison import together

        return together(ask, values)
    return first


def _is_plain(ask: Ask) -> bool:
    """Whether a value can be what is asked: of a share the metric has to be one, an average price is a price."""
    if ask.question.operation == "sum" and (ask.question.over or len(ask.question.periods) > 1):
        return False
    kinds = [metric for key in ask.question.metrics if (metric := ask.view.catalogue.get(key)) is not None]
    if ask.question.operation == "share":
        return not kinds or any(metric.unit == "%" for metric in kinds)
    if ask.question.operation == "average":
        return all(metric.kind in ("price", "ratio") for metric in kinds)
    return True


def _names_all(ask: Ask, answer: Answer) -> bool:
    """Whether the sentence of an answer names every value of the question, though one series has only some."""
    said = {pair for figure in answer.figures for pair in said_by(figure.quote)}
    said |= {pair for figure in answer.figures for pair in figure.series.dimensions}
    return len(ask.question.metrics) < 2 and all(pair in said for pair in ask.question.dimensions)


_KINDS: dict[Wants, tuple[Kind, ...]] = {
    "level": ("level",),
    "target": ("target",),
    "forecast": ("level", "target"),
}


def _one(ask: Ask, fit: Fit | None) -> Answer | None:
    if fit is None:
        return None
    question = ask.question
    held = read_held(ask, fit, kinds=_KINDS[question.wants])
    if question.unit in ENERGY:
        held = tuple(one for one in held if one.figure.unit in ENERGY)
    if question.wants == "forecast":
        held = tuple(one for one in held if one.figure.status == "forecast")
    if question.operation == "average" and not question.metrics:
        held = tuple(one for one in held if _AVERAGED.search(one.figure.series.metric))
    if not held and question.wants == "target":
        held = tuple(one for one in read_held(ask, fit) if _PLANNED.search(one.figure.series.metric))
    if not held:
        return None
    if question.ago:
        return _at_ago(ask, fit, held)
    if question.periods:
        return _at_period(ask, fit, held, question.periods[0])
    if question.to_date:
        return _so_far(ask, fit, held)
    goal = question.wants != "level" and question.metrics
    best = _last_goal(held) if goal else latest(held, ask.today)
    return tell(ask, fit, best, held) if best else None


_AVERAGED = re.compile(r"\b(?:average|mean|median|avg)\b|平均", re.I)
_PLANNED = re.compile(r"\b(?:plan(?:ned|s)?|target(?:ed|s)?|goals?|announced)\b|规划|计划|目标", re.I)
"""A table's own name for numbers that are aimed at."""


def _at_period(ask: Ask, fit: Fit, held: Sequence[Held], period: Period) -> Answer | None:
    """The value of a period: as held, else added up from its parts, else year by year, else what is near."""
    best = at(held, period)
    least = min(one.cost for one in held)
    if not best:
        derived = sum_of(ask, [one for one in held if one.cost <= least + _NARROWER], period)
        derived = derived or rest_of(ask, [one for one in held if one.cost <= least + _NARROWER], period)
        return derived or _years_within(ask, period) or nothing_at(ask, held, period)
    if all(one.figure.status == "missing" for one in best):
        known = [one for one in held if one.figure.status != "missing"]
        return sum_of(ask, known, period) or tell(ask, fit, best, held)
    if min(map(_beyond, best)) > least + _NARROWER:
        return nothing_at(ask, held, period, beside=best)
    return tell(ask, fit, best, held)


def _beyond(held: Held) -> float:
    """How far it is from what was asked; of a time to come every figure is of some scenario."""
    scenario = [pair for pair in held.hit.extra if pair[0] == "scenario"]
    return held.cost - (cost(scenario) if held.figure.status == "forecast" else 0.0)


def _so_far(ask: Ask, fit: Fit, held: Sequence[Held]) -> Answer | None:
    """The year so far: as published, or added up where the months held go further."""
    best = latest(held, ask.today, cumulative=True)
    months_held = _to_date(ask, held)
    if months_held is not None and (not best or _goes_further(months_held, best[0])):
        exact = at(held, months_held)
        derived = None if exact else sum_of(ask, held, months_held)
        if derived is not None:
            return derived
        best = exact or best
    return tell(ask, fit, best, held) if best else None


_NARROWER = 0.45
"""How much more of what nobody asked for makes a figure one of something else: battery electric cars for all."""


def _years_within(ask: Ask, period: Period) -> Answer | None:
    """ "Norway EV share 2020-2024": what is no sum is shown year by year."""
    from bot.answers.figures.series import answer_series

    if period.start is None or period.end is None or (period.end - period.start).days <= YEAR:
        return None
    return answer_series(replace(ask, question=replace(ask.question, operation="series")))


YEAR = 366


def _last_goal(held: Sequence[Held]) -> tuple[Held, ...]:
    """What was aimed at last, of the nearest thing: goals lie ahead, and none of them is left out for that."""
    ends = [one.figure.period.end for one in held if one.thing == held[0].thing and one.figure.period.end]
    return tuple(one for one in held if not ends or one.figure.period.end == max(ends))


def _ago(ask: Ask, held: Sequence[Held]) -> tuple[Period, ...]:
    """So many years before the period asked for, or before the latest held."""
    question = ask.question
    cumulative = True if question.to_date else None
    last = (
        at(held, question.periods[0]) if question.periods else latest(held, ask.today, cumulative=cumulative)
    )
    period = last[0].figure.period if last else None
    return (shift(period, years=-question.ago),) if period and period.start else ()


def _at_ago(ask: Ask, fit: Fit, held: Sequence[Held]) -> Answer | None:
    """What it was years before; where nobody states it, computed back from the change that a source states."""
    from bot.answers.figures.growth import answer_base

    periods = _ago(ask, held)
    answer = _at_period(ask, fit, held, periods[0]) if periods else None
    if answer is not None and answer.kind != "none":
        return answer
    return (answer_base(ask) if ask.question.ago == 1 else None) or answer


def _goes_further(period: Period, held: Held) -> bool:
    return period.end is not None and (held.figure.period.end is None or period.end > held.figure.period.end)


def _to_date(ask: Ask, held: Sequence[Held]) -> Period | None:
    """The year so far, as far as the months held go."""
    last = latest([one for one in held if one.figure.period.grain == "month"], ask.today)
    start = last[0].figure.period.start if last else None
    return months(start.year, 1, start.month) if start else None
