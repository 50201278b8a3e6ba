"""Two changes set against each other: "which yoy is higher, October or November?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.change import pair_on, rate
from bot.answers.figures.fit import Ask, Fit
from bot.answers.figures.held import Held, at, read_held
from bot.answers.figures.telling import as_printed, grew, number, period_label, subject
from index.figures import Basis
from index.language.periods import Period


def compare_changes(ask: Ask, fit: Fit) -> Answer | None:
    """The changes of two periods on one basis, the larger first: "which yoy is higher, October or November?"."""
    basis = ask.question.basis
    if not basis:
        return None
    held = [
        one
        for one in read_held(ask, fit, kinds=("change",))
        if one.figure.value is not None and one.figure.basis == basis
    ]
    sides = [_change_at(ask, fit, held, period, basis) for period in ask.question.periods[:2]]
    found = [side for side in sides if side is not None]
    if len(found) < 2 or found[0].held[0].thing != found[1].held[0].thing:
        return None
    found.sort(key=lambda side: side.value, reverse=True)
    language = language_of(ask)
    name = subject(found[0].held[0].figure, ask.view.catalogue, language)
    told = [f"{period_label(side.period, language)} {side.words}" for side in found]
    headline = (
        f"{name}：{'；'.join(told)}；前者更高。"
        if language == "zh"
        else f"{name}: {told[0]}; {told[1]}. The first is higher."
    )
    if found[0].value == found[1].value:
        headline = (
            f"{name}：{'；'.join(told)}。" if language == "zh" else f"{name}, alike: {told[0]}; {told[1]}."
        )
    operands = [one for side in found for one in side.held]
    return build(
        ask, "comparison", headline, operands, value=found[0].value, unit=found[0].unit,
        details=[side.formula for side in found if side.formula] or [said(ask, one) for one in operands[1::2]],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Change:
    """A change as it is told, with what it rests on."""

    period: Period
    value: Decimal
    unit: str
    words: str
    held: tuple[Held, ...]
    formula: str = ""


def _change_at(
    ask: Ask, fit: Fit, stated_ones: Sequence[Held], period: Period, basis: Basis
) -> _Change | None:
    """The change that a document states for a period, else the one between two figures held."""
    language = language_of(ask)
    if best := at(stated_ones, period):
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
