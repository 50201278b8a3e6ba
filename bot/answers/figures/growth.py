# ruff: noqa: E501
"""Growth a year over years (CAGR), and a base computed back from a level and its change."""

from __future__ import annotations

from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.change import pair_of
from bot.answers.figures.fit import Ask, find_fit, wanted_of
from bot.answers.figures.held import at, latest, read_held
from bot.answers.figures.telling import number, period_label, subject, value_label, when
from index.lookup.figures import read_beside


def answer_cagr(ask: Ask) -> Answer | None:
    """The yearly rate that leads from one year's figure to another's."""
    fit = find_fit(ask, wanted_of(ask.question)[0])
    if fit is None or len(ask.question.periods) < 2:
        return None
    old, new = ask.question.periods[0], ask.question.periods[-1]
    pair = pair_of(read_held(ask, fit), old, new)
    if pair is None or old.start is None or new.start is None:
        return None
    a, b = pair[1].figure, pair[0].figure
    years = new.start.year - old.start.year
    if years < 1 or not a.value or not b.value or a.value <= 0 or b.value <= 0:
        return None
    value = (((b.value / a.value) ** (Decimal(1) / years) - 1) * 100).quantize(Decimal("0.1"))
    language = language_of(ask)
    formula = f"({number(b.value)} / {number(a.value)})^(1/{years}) - 1 = {number(value)} %"
    shown = value_label(abs(value), "%", Decimal("0.1"), language)
    name = subject(b, ask.view.catalogue, language)
    verb = "grew" if value >= 0 else "shrank"
    headline = (
        f"{name}从{period_label(old, language)}到{period_label(new, language)}年均{'增长' if value >= 0 else '下降'}{shown}（计算值）。" if language == "zh"
        else f"{name} {verb} {shown} a year from {old.label} to {new.label}, computed."
    )  # fmt: skip
    return build(
        ask, "computation", headline, pair, value=value, unit="%", computation=Computation(formula, (a, b)),
        details=[formula, *(said(ask, one) for one in pair)],
    )  # fmt: skip


def answer_base(ask: Ask) -> Answer | None:
    """What it was a year earlier, from the level and the change that a source states."""
    fit = find_fit(ask, wanted_of(ask.question)[0])
    if fit is None:
        return None
    held = read_held(ask, fit)
    best = at(held, ask.question.periods[0]) if ask.question.periods else latest(held, ask.today)
    for one in best:
        changes = [
            c
            for c in read_beside(ask.view, one.figure)
            if c.unit == "%" and c.basis in ("yoy", "mom") and c.value
        ]
        level = one.figure.value
        if not changes or level is None or changes[0].value is None or changes[0].value <= -100:
            continue
        change = changes[0]
        assert change.value is not None
        exact = level / (1 + change.value / 100)
        doubt = exact * (change.step / 2) / (100 + change.value)
        step = (
            Decimal(10) ** max(doubt.adjusted() + 1, one.figure.step.adjusted()) if doubt else one.figure.step
        )
        value = (exact / step).quantize(Decimal(1)) * step
        language = language_of(ask)
        earlier = "a year earlier" if change.basis == "yoy" else "a month earlier"
        shown = value_label(value, one.figure.unit, step, language, ask.question.unit)
        formula = f"{number(level)} / (1 + {number(change.value)} %) = {number(value)}"
        name = subject(one.figure, ask.view.catalogue, language)
        headline = (
            f"{name}在{period_label(one.figure.period, language)}的{'上年同期' if change.basis == 'yoy' else '上月'}约为{shown}（由水平和增幅倒推）。"
            if language == "zh"
            else f"{name} {earlier} than {when(one.figure.period, language)}: about {shown}, computed back from level and change."
        )  # fmt: skip
        return build(
            ask, "computation", headline, [one], value=value, unit=one.figure.unit,
            computation=Computation(formula, (one.figure, change)), details=[formula],
        )  # fmt: skip
    return None
