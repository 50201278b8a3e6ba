"""A period that nobody states, from the months that are held: computed, and marked as such."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.held import Held, things
from bot.answers.figures.telling import convert, number, period_label, subject, value_label, when
from bot.answers.figures.wanted import Ask
from index.language.catalogue import Catalogue
from index.language.periods import Period, months, months_in

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


def sums_at(held: Sequence[Held], period: Period, catalogue: Catalogue) -> list[Held]:
    """One computed figure a thing: the sum over the months of a period, where all that its document has are held."""
    if period.start is None or period.end is None:
        return []
    wanted = set(_months(period.start, period.end))
    groups: dict[tuple[object, str], dict[date, Held]] = {}
    for one in held:
        day = one.figure.period.start
        if one.figure.period.grain == "month" and day in wanted and one.figure.value is not None:
            assert day is not None
            groups.setdefault((one.thing, one.source.id), {}).setdefault(day, one)
    whole = {source for (_, source), found in groups.items() if len(found) == len(wanted)}
    return [
        added(list(found.values()), period)
        for (_, source), found in groups.items()
        if source in whole and is_additive(next(iter(found.values())), catalogue)
    ]


def added(parts: Sequence[Held], period: Period) -> Held:
    """Held figures added up into one that is computed."""
    value, step = total(parts)
    figure = replace(parts[0].figure, value=value, step=step, period=period, text="", aggregate=False)
    return replace(parts[0], figure=figure, parts=tuple(parts))


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


def rest_of(ask: Ask, held: Sequence[Held], period: Period) -> Answer | None:
    """Months that nobody states, from a sum that is held less what else is in it: January to October less October."""
    inside = months_in(period)
    if inside is None:
        return None
    for group in _by_year(ask, held, period):
        found = _less(group, *inside)
        if found is not None:
            return _told_rest(ask, found, period, inside)
    return None


def _by_year(ask: Ask, held: Sequence[Held], period: Period) -> Iterable[dict[tuple[int, int], Held]]:
    """The figures of one thing, year and publisher by their first and last month, the newest year first."""
    groups: dict[tuple[object, ...], dict[tuple[int, int], Held]] = {}
    for one in held:
        figure, inside = one.figure, months_in(one.figure.period)
        year = figure.period.start.year if figure.period.start else None
        if inside is None or figure.value is None or figure.status or figure.bound != "exactly":
            continue
        if (period.start and year != period.start.year) or not is_additive(one, ask.view.catalogue):
            continue
        of = (one.source.publisher or one.source.id) if year else one.source.id
        groups.setdefault((year or 0, one.thing, figure.unit, of), {}).setdefault(inside, one)
    newest = max((key[0] for key in groups), default=0)  # type: ignore[type-var]
    return [group for key, group in groups.items() if key[0] == newest]


def _less(group: Mapping[tuple[int, int], Held], first: int, last: int) -> list[Held] | None:
    """A sum, then all that it has besides the months wanted."""
    if first > 1:
        whole, before = group.get((1, last)), group.get((1, first - 1))
        return [whole, before] if whole and before else None
    for end in range(last + 1, 13):
        whole = group.get((1, end))
        after = group.get((last + 1, end))
        single = [group.get((month, month)) for month in range(last + 1, end + 1)]
        parts = [after] if after else single
        if whole and all(parts):
            return [whole, *(one for one in parts if one)]
    return None


def _told_rest(ask: Ask, parts: list[Held], period: Period, inside: tuple[int, int]) -> Answer | None:
    figure, language = parts[0].figure, language_of(ask)
    value = (figure.value or Decimal(0)) - sum(
        (one.figure.value or Decimal(0) for one in parts[1:]), Decimal(0)
    )
    if value < 0:
        return None
    if period.start is None and figure.period.start:
        period = months(figure.period.start.year, *inside)
    step = max(one.figure.step for one in parts)
    shown = value_label(value, figure.unit, step, language, ask.question.unit)
    name = subject(figure, ask.view.catalogue, language)
    less = [period_label(one.figure.period, language) for one in parts]
    headline = (
        f"{when(period, language)}{name}：{shown}（{less[0]}减去{'、'.join(less[1:])}，计算值）。" if language == "zh"
        else f"{name} {when(period, language)}: {shown}, computed as {less[0]} less {', '.join(less[1:])}."
    )  # fmt: skip
    amount, unit = convert(value, figure.unit, ask.question.unit)
    computation = Computation(formula_of(parts, value, " - "), tuple(one.figure for one in parts))
    return build(
        ask, "computation", headline, parts, value=amount, unit=unit, computation=computation,
        details=[computation.formula, *(said(ask, one) for one in parts)],
    )  # fmt: skip
