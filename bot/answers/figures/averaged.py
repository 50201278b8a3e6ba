"""The mean of a series: of its months where they are held, of the sum of them where only that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held
from bot.answers.figures.line import line_of
from bot.answers.figures.ranking import of_many
from bot.answers.figures.summed import is_additive, months_of
from bot.answers.figures.telling import amount, number, period_label, subject, value_label, when
from bot.answers.figures.wanted import Ask, wanted_of
from bot.answers.wording import tell
from index.language.periods import Period, months, months_in

_MONTHS = {"": 1, "month": 1, "quarter": 3}


_MANY = 1_000
"""A mean from here on is told in whole units."""


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of the months (or quarters) of a period, and what it rests on."""

    value: Decimal
    step: Decimal
    parts: tuple[Held, ...]
    formula: str
    period: Period


def answer_average(ask: Ask) -> Answer | None:
    """The mean of a series over a period, or over the year so far."""
    if ask.question.to_date or _is_undated(ask):
        return _so_far(ask)
    line = line_of(ask)
    if _lacks_months(ask, line) and (whole := _so_far(ask)) is not None:
        return whole
    return of_many(ask, line, mean=True) if len(line) > 1 else _so_far(ask)


def _lacks_months(ask: Ask, line: Sequence[Held]) -> bool:
    """Whether what is held one by one is not all of the year or the months asked for."""
    asked = ask.question.periods
    monthly = all(one.figure.period.grain == "month" for one in line)
    return len(asked) == 1 and monthly and 0 < _length(asked[0]) != len(line)


def _is_undated(ask: Ask) -> bool:
    return bool(ask.question.periods) and all(one.start is None for one in ask.question.periods)


def _so_far(ask: Ask) -> Answer | None:
    """A cumulative figure shared by its months."""
    held = _levels(ask)
    asked = ask.question.periods[0] if ask.question.periods else None
    best = at(held, asked) if asked else latest(held, ask.today, cumulative=True)
    mean = next((found for one in best if (found := _of_whole(ask, one))), None)
    if mean is None and asked is not None:
        mean = _of_months(ask, held, asked)
    if mean is None:
        return None
    language, figure = language_of(ask), mean.parts[0].figure
    name = subject(figure, ask.view.catalogue, language)
    shown = value_label(mean.value, figure.unit, mean.step, language, ask.question.unit)
    per = ask.question.per or "month"
    label = when(mean.period, language)
    headline = (
        f"{label}{name}：{'季均' if per == 'quarter' else '月均'}{shown}（计算值）。" if language == "zh"
        else f"{name} {label}: {shown} a {per} on average, computed."
    )  # fmt: skip
    return build(
        ask, "computation", headline, mean.parts, value=mean.value, unit=figure.unit,
        computation=Computation(mean.formula, tuple(one.figure for one in mean.parts)),
        details=[mean.formula, *(said(ask, one) for one in mean.parts[:1])],
    )  # fmt: skip


def answer_against_average(ask: Ask) -> Answer | None:
    """A month beside the mean of its own year so far: "was October above the 10-month average?"."""
    held = [one for one in _levels(ask) if is_additive(one, ask.view.catalogue)]
    asked = sorted(ask.question.periods, key=_length)
    best = at(held, asked[0]) if asked else latest(held, ask.today, cumulative=False)
    point = next((one for one in best if _length(one.figure.period) == 1), None)
    if point is None:
        return None
    own = [one for one in held if one.thing == point.thing and one.figure.unit == point.figure.unit]
    mean = _mean_around(ask, own, point, asked[-1] if len(asked) > 1 else None)
    return _told(ask, point, mean) if mean else None


def _mean_around(ask: Ask, held: Sequence[Held], point: Held, scope: Period | None) -> Mean | None:
    """The mean over the scope asked for; else over the point's year, else over the longest sum that has it."""
    start = point.figure.period.start
    if scope is not None and scope.start is None and scope.months and start:
        scope = months(start.year, *scope.months)
    if scope is None and start is not None:
        line = line_of(
            replace(ask, question=replace(ask.question, periods=(months(start.year, 1, 12),), per="month"))
        )
        last = line[-1].figure.period.start.month if line and line[-1].figure.period.start else 0
        if len(line) == last > 1 and line[0].thing == point.thing:
            return _mean(line, months(start.year, 1, (line[-1].figure.period.start or start).month))
    if scope is not None and (mean := _of_months(ask, held, scope)):
        return mean
    wholes = at(held, scope) if scope else [one for one in held if _has(one, point)]
    wholes = sorted(wholes, key=lambda one: (one.source.id != point.source.id, -_length(one.figure.period)))
    return next((mean for one in wholes if (mean := _of_whole(ask, one))), None)


def _has(whole: Held, point: Held) -> bool:
    """Whether a sum of months has the point's month in it, of the same year."""
    a, b = months_in(whole.figure.period), months_in(point.figure.period)
    one, other = whole.figure.period.start, point.figure.period.start
    if a is None or b is None or not a[0] <= b[0] <= b[1] <= a[1] or a == b:
        return False
    return one.year == other.year if one and other else one is other and whole.source.id == point.source.id


def _told(ask: Ask, point: Held, mean: Mean) -> Answer | None:
    figure, language = point.figure, language_of(ask)
    if figure.value is None:
        return None
    name, label = subject(figure, ask.view.catalogue, language), when(figure.period, language)
    shown = value_label(mean.value, figure.unit, mean.step, language, ask.question.unit)
    above, level = figure.value > mean.value, amount(figure, language, ask.question.unit)
    scope = period_label(mean.period, language)
    headline = (
        f"{label}{name}：{level}，{'高于' if above else '不高于'}{scope}的月均{shown}（计算值）。" if language == "zh"
        else f"{name} {label}: {level}, {'above' if above else 'not above'} the monthly average "
        f"of {shown} over {scope}, computed."
    )  # fmt: skip
    if ask.question.expected == "yes or no":
        below = _BELOW.search(ask.question.read_as or ask.question.text) is not None
        short = tell("yes" if above != below else "no", language)
        headline = f"{short}{'。' if language == 'zh' else '. '}{headline}"
    operands = (figure, *(one.figure for one in mean.parts))
    return build(
        ask, "comparison", headline, [point, *mean.parts], value=figure.value, unit=figure.unit,
        computation=Computation(mean.formula, operands), details=[mean.formula],
    )  # fmt: skip


_BELOW = re.compile(r"\b(?:below|under|beneath|(?:less|lower|fewer|worse|smaller) than)\b|低于|不到", re.I)


def _levels(ask: Ask) -> list[Held]:
    fit = find_fit(ask, wanted_of(ask.question)[0])
    if fit is None or fit.near:
        return []
    return [one for one in read_held(ask, fit) if one.figure.value is not None and not one.figure.status]


def _length(period: Period) -> int:
    """Months of a period inside one year; 0 where it has none."""
    inside = months_in(period)
    return inside[1] - inside[0] + 1 if inside else 0


def _of_whole(ask: Ask, held: Held) -> Mean | None:
    """The mean of a sum of months: the sum by their number."""
    figure = held.figure
    count, rest = divmod(_length(figure.period), _MONTHS.get(ask.question.per, 12))
    if count < 2 or rest or figure.value is None or not is_additive(held, ask.view.catalogue):
        return None
    step = Decimal(1).scaleb((figure.step / 2 / count).adjusted() + 1)
    exact = figure.value / count
    step = max(step, Decimal(1)) if exact >= _MANY else step
    value = exact.quantize(step) if step <= 1 else (exact / step).quantize(Decimal(1)) * step
    formula = f"{number(figure.value)} / {count} = {number(value)}"
    return Mean(value, step, (held,), formula, figure.period)


def _of_months(ask: Ask, held: Sequence[Held], scope: Period) -> Mean | None:
    parts = months_of(held, scope.start, scope.end) if scope.start and scope.end else None
    return _mean(parts, scope) if parts and len(parts) > 1 and ask.question.per in ("", "month") else None


def _mean(parts: Sequence[Held], scope: Period) -> Mean | None:
    """The mean of months that are held one by one."""
    total = sum((one.figure.value or Decimal(0) for one in parts), Decimal(0))
    step = min(max(one.figure.step for one in parts), Decimal(1))
    value = (total / len(parts)).quantize(step)
    terms = " + ".join(number(one.figure.value or Decimal(0)) for one in parts)
    return Mean(value, step, tuple(parts), f"({terms}) / {len(parts)} = {number(value)}", scope)
