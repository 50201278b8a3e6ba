"""Two figures set against each other: their difference, how many times one is the other, what part of it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.change import rate
from bot.answers.figures.comparison import like, shared_period, side_by_side
from bot.answers.figures.fit import find_fit
from bot.answers.figures.growth import answer_extra
from bot.answers.figures.held import Held, at, read_held
from bot.answers.figures.telling import ENERGY, number, value_label
from bot.answers.figures.wanted import Ask, Wanted, wanted_of

_PERCENT = re.compile(r"%|\bper ?cent|百分", re.I)


def answer_ratio(ask: Ask) -> Answer | None:
    """How many times one thing, or period, is another; in percent where that is wished for."""
    pair = _two(ask)
    if pair is None:
        return None
    a, b = pair[0].figure, pair[1].figure
    if not a.value or not b.value:
        return None
    if a.unit != b.unit:
        return _per_unit(ask, pair)
    if _PERCENT.search(ask.question.read_as or ask.question.text) and a.unit != "%":
        return _as_share(ask, pair)
    language = language_of(ask)
    value = (a.value / b.value).quantize(Decimal("0.01"))
    formula = f"{number(a.value)} / {number(b.value)} = {number(value)}"
    headline = (
        f"{said(ask, pair[0])}，是{said(ask, pair[1])}的{number(value)}倍（计算值）。" if language == "zh"
        else f"{number(value)} times, computed: {said(ask, pair[0])}; {said(ask, pair[1])}."
    )  # fmt: skip
    return build(
        ask, "computation", headline, pair, value=value, unit="times", computation=Computation(formula, (a, b)),
        details=[formula],
    )  # fmt: skip


def _per_unit(ask: Ask, pair: list[Held]) -> Answer | None:
    """Energy for each of what is counted: battery capacity installed a vehicle built."""
    pair = sorted(pair, key=lambda one: one.figure.unit not in ENERGY)
    a, b = pair[0].figure, pair[1].figure
    if a.unit not in ENERGY or b.unit not in _THINGS or not a.value or not b.value:
        return None
    wish = ask.question.unit if ask.question.unit in ENERGY else "kWh"
    wish = wish if a.value.scaleb(ENERGY[a.unit] - ENERGY[wish]) >= b.value else "kWh"
    shift = ENERGY[a.unit] - ENERGY[wish]
    exact = a.value.scaleb(shift) / b.value
    doubt = exact * (a.step / a.value + b.step / b.value) / 2
    value = exact.quantize(Decimal(1).scaleb(min(doubt.adjusted(), 0)))
    unit = f"{wish}/{b.unit.removesuffix('s')}"
    language = language_of(ask)
    shown = value_label(value, unit, Decimal(1).scaleb(min(doubt.adjusted(), 0)), language)
    formula = f"{number(a.value.scaleb(shift))} {wish} / {number(b.value)} = {number(value)}"
    headline = (
        f"{shown}（计算值）：{said(ask, pair[0])}；{said(ask, pair[1])}。" if language == "zh"
        else f"{shown}, computed: {said(ask, pair[0])}; {said(ask, pair[1])}."
    )  # fmt: skip
    return build(
        ask, "computation", headline, pair, value=value, unit=unit, computation=Computation(formula, (a, b)),
        details=[formula],
    )  # fmt: skip


_THINGS = ("vehicles", "units")


def answer_difference(ask: Ask) -> Answer | None:
    """How much more one thing is than another; between two periods, the change."""
    if len(wanted_of(ask.question)) < 2:
        return answer_extra(ask)
    pair = _two(ask)
    if pair is None:
        return None
    a, b = pair[0].figure, pair[1].figure
    if a.value is None or b.value is None or a.unit != b.unit:
        return None
    language = language_of(ask)
    value = a.value - b.value
    unit = "pp" if a.unit == "%" else a.unit
    formula = f"{number(a.value)} - {number(b.value)} = {number(value)}"
    shown = value_label(abs(value), unit, max(a.step, b.step), language, ask.question.unit)
    headline = (
        f"相差{shown}（计算值）：{said(ask, pair[0])}；{said(ask, pair[1])}。" if language == "zh"
        else f"The difference is {shown}, computed: {said(ask, pair[0])}; {said(ask, pair[1])}."
    )  # fmt: skip
    return build(
        ask,
        "computation",
        headline,
        pair,
        value=value,
        unit=unit,
        computation=Computation(formula, (a, b)),
        details=[formula],
    )


def answer_share(ask: Ask) -> Answer | None:
    """What part of a whole: one period of a longer one, one thing of a larger one, one metric of another."""
    pair = _two(ask)
    if pair is None:
        return None
    if len(ask.question.metrics) < 2:
        pair.sort(key=lambda one: one.figure.value or Decimal(0))
    return _as_share(ask, pair)


def _as_share(ask: Ask, pair: list[Held]) -> Answer | None:
    part, whole = pair
    a, b = part.figure, whole.figure
    if a.value is None or not b.value or a.unit != b.unit or a.unit == "%":
        return None
    language = language_of(ask)
    value, step = rate(a.value, b.value, a.step, b.step)
    value += 100
    formula = f"{number(a.value)} / {number(b.value)} = {number(value)} %"
    shown = value_label(value, "%", step, language)
    headline = (
        f"{shown}（计算值）：{said(ask, part)}；{said(ask, whole)}。" if language == "zh"
        else f"{shown}, computed: {said(ask, part)}, of {said(ask, whole)}."
    )  # fmt: skip
    return build(
        ask, "computation", headline, pair, value=value, unit="%",
        computation=Computation(formula, (a, b)), details=[formula],
    )  # fmt: skip


_KINDS = ("powertrain", "chemistry", "vehicle", "technology")


def _part_and_whole(ask: Ask, part: Wanted) -> list[Held] | None:
    """One kind of a thing and all of it, of one document: battery electric cars of NEV sales."""
    whole = replace(part, dimensions=tuple(pair for pair in part.dimensions if pair[0] not in _KINDS))
    if ask.question.operation != "share" or whole == part:
        return None
    held = [read_held(ask, fit) if (fit := find_fit(ask, one)) else () for one in (part, whole)]
    groups = [tuple(one for one in group if one.figure.value is not None) for group in held]
    if not all(groups):
        return None
    period = shared_period(ask, groups)
    best = [at(group, period) for group in groups] if period else []
    if len(best) < 2 or not all(best):
        return None
    found = [best[0][0], like(best[1], best[0][0])]
    return found if found[1].cost < _WHOLE and found[0].hit.series != found[1].hit.series else None


_WHOLE = 0.45
"""What costs more than this is itself a part."""


def _two(ask: Ask) -> list[Held] | None:
    """Two figures: of two things at one period, or of one thing at two periods."""
    wanted = wanted_of(ask.question)
    if len(wanted) >= 2:
        found = side_by_side(ask)
        return found[:2] if len(found) >= 2 else None
    if len(ask.question.periods) < 2:
        return _part_and_whole(ask, wanted[0])
    fit = find_fit(ask, wanted[0])
    if fit is None:
        return None
    held = read_held(ask, fit)
    sides = [at(held, period) for period in ask.question.periods[:2]]
    pairs = [
        [one, other]
        for one in sides[0]
        for other in sides[1]
        if one.thing == other.thing and _one_year(one, other)
    ]
    return min(pairs, key=lambda pair: (pair[0].cost, pair[0].source.id != pair[1].source.id), default=None)


def _one_year(one: Held, other: Held) -> bool:
    """Undated figures compare only within one document."""
    undated = one.figure.period.start is None or other.figure.period.start is None
    return not undated or one.source.id == other.source.id
