"""Two changes set against each other: "which yoy is higher, October or November?"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.change import pair_on, rate
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, in_one_year, read_held
from bot.answers.figures.telling import as_printed, grew, number, period_label, subject
from bot.answers.figures.wanted import Ask, Fit, wanted_of
from index.figures import Basis
from index.language.periods import Period


def compare_changes(ask: Ask, fit: Fit) -> Answer | None:
    """The changes of two periods on one basis, the larger first."""
    basis = ask.question.basis
    if not basis:
        return None
    asked = ask.question.periods[:2]
    found: list[_Change] = []
    for periods in (*in_one_year(read_held(ask, fit), asked), asked):
        sides = [_change_at(ask, fit, period, basis) for period in periods]
        found = [side for side in sides if side is not None]
        if len(found) > 1:
            break
    if len(found) < 2 or found[0].held[0].thing != found[1].held[0].thing:
        return None
    if len({side.period.start is None for side in found}) > 1:
        return None
    language = language_of(ask)
    name = subject(found[0].held[0].figure, ask.view.catalogue, language)
    return _told(ask, name, [(period_label(side.period, language), side) for side in found])


def compare_grown(ask: Ask) -> Answer | None:
    """The changes of several things over one period: "which grew faster in 2024, exports or sales?"."""
    if len(ask.question.periods) != 1:
        return None
    language, found = language_of(ask), []
    for wanted in wanted_of(ask.question)[:4]:
        fit = find_fit(ask, wanted)
        side = _change_at(ask, fit, ask.question.periods[0], ask.question.basis or "yoy") if fit else None
        if fit is None or fit.near or side is None:
            return None
        found.append((subject(side.held[0].figure, ask.view.catalogue, language), side))
    periods = {(side.period.start, side.period.end) for _, side in found}
    if len(found) < 2 or len(periods) > 1:
        return None
    return _told(ask, period_label(found[0][1].period, language), found)


def _told(ask: Ask, topic: str, found: list[tuple[str, _Change]]) -> Answer:
    language = language_of(ask)
    found.sort(key=lambda one: one[1].value, reverse=True)
    told = "；".join(f"{name}{side.words}" for name, side in found) if language == "zh" else "; ".join(
        f"{name} {side.words}" for name, side in found
    )  # fmt: skip
    alike = found[0][1].value == found[1][1].value
    if language == "zh":
        headline = f"{topic}：{told}；{'两者相同' if alike else f'{found[0][0]}更高'}。"
    else:
        headline = f"{topic}: {told}. {'They are alike' if alike else 'The first is higher'}."
    operands = [one for _, side in found for one in side.held]
    formulas = [side.formula for _, side in found if side.formula]
    return build(
        ask, "comparison", headline, operands, value=found[0][1].value, unit=found[0][1].unit, details=formulas,
    )  # fmt: skip


_NEAR = 0.45
"""A change of what costs more than this is of something narrower than what was asked."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A change as it is told, with what it rests on."""

    period: Period
    value: Decimal
    unit: str
    words: str
    held: tuple[Held, ...]
    formula: str = ""


def _change_at(ask: Ask, fit: Fit, period: Period, basis: Basis) -> _Change | None:
    """The change that a document states for a period, else the one between two figures held."""
    language = language_of(ask)
    stated = [
        one
        for one in read_held(ask, fit, kinds=("change",))
        if one.figure.value is not None and one.figure.basis == basis and one.cost < _NEAR
    ]
    if best := at(stated, period):
        figure = best[0].figure
        assert figure.value is not None
        words = grew(figure.value, figure.unit, figure.step, basis, language) + as_printed(figure, language)
        return _Change(figure.period, figure.value, figure.unit, words, (best[0],))
    held = read_held(ask, fit)
    there = at(held, period)
    pair = pair_on(held, there[0].figure.period, basis) if there else None
    if pair is None or not pair[0].figure.value or not pair[1].figure.value:
        return None
    new, old = pair[0].figure, pair[1].figure
    assert new.value is not None and old.value is not None
    value, step = rate(new.value, old.value, new.step, old.step)
    formula = f"{number(new.value)} / {number(old.value)} - 1 = {number(value)} %"
    return _Change(new.period, value, "%", grew(value, "%", step, basis, language), pair, formula)
