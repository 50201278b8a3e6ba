"""A period that nobody states, from the months that are held: computed, and marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of
from bot.answers.figures.fit import Ask
from bot.answers.figures.held import Held, things
from bot.answers.figures.telling import convert, number, subject, value_label, when
from index.language.catalogue import Catalogue
from index.language.periods import Period

COUNTED = ("vehicles", "units", "GWh", "MWh", "kWh", "TWh", "t", "")


def is_additive(held: Held, catalogue: Catalogue) -> bool:
    """Whether months of it add up: said by the catalogue, or by a unit that counts."""
    metric = catalogue.get(held.figure.series.metric)
    if metric is not None:
        return metric.additive
    return held.figure.unit in COUNTED and not held.figure.aggregate


def months_of(held: Sequence[Held], start: date, end: date) -> list[Held] | None:
    """One figure for each month from start to end, of one thing and one document; None where one is missing."""
    groups: dict[object, dict[date, Held]] = {}
    for thing, group in things(held).items():
        for one in group:
            begins = one.figure.period.start
            if (
                one.figure.period.grain == "month"
                and begins
                and start <= begins < end
                and one.figure.value is not None
            ):
                groups.setdefault((thing, one.source.id), {}).setdefault(begins, one)
    wanted = _months(start, end)
    for found in groups.values():
        if wanted and all(day in found for day in wanted):
            return [found[day] for day in wanted]
    return None


def _months(start: date, end: date) -> list[date]:
    days: list[date] = []
    day = start
    while day < end and day.day == 1 and len(days) < 600:
        days.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return days if day == end else []


def total(parts: Sequence[Held]) -> tuple[Decimal, Decimal]:
    """The exact sum, and its precision as printed."""
    value = sum((one.figure.value or Decimal(0) for one in parts), Decimal(0))
    return value, max(one.figure.step for one in parts)


def formula_of(parts: Sequence[Held], value: Decimal, sign: str = " + ") -> str:
    return f"{sign.join(number(one.figure.value or Decimal(0)) for one in parts)} = {number(value)}"


def sum_of(ask: Ask, held: Sequence[Held], period: Period | None) -> Answer | None:
    """The sum over the months of a period, where the metric adds up and every month is held."""
    if period is None or period.start is None or period.end is None:
        return None
    parts = months_of(held, period.start, period.end)
    if parts is None or len(parts) < 2 or not is_additive(parts[0], ask.view.catalogue):
        return None
    language = language_of(ask)
    value, step = total(parts)
    figure = parts[0].figure
    name, label = subject(figure, ask.view.catalogue, language), when(period, language)
    shown = value_label(value, figure.unit, step, language, ask.question.unit)
    headline = (
        f"{label}{name}：{shown}（{len(parts)}个月之和，计算值）。" if language == "zh"
        else f"{name} {label}: {shown}, computed as the sum of {len(parts)} months held."
    )  # fmt: skip
    amount, unit = convert(value, figure.unit, ask.question.unit)
    computation = Computation(formula_of(parts, value), tuple(one.figure for one in parts))
    return build(
        ask, "computation", headline, parts, value=amount, unit=unit, computation=computation,
        details=[computation.formula],
    )  # fmt: skip
