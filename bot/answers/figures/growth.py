# ruff: noqa: E501
"""Growth a year over years (CAGR), and a base computed back from a level and its change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.change import answer_change, computed, pair_of
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held
from bot.answers.figures.telling import basis_words, number, period_label, subject, value_label, when
from bot.answers.figures.wanted import Ask, wanted_of
from index.figures import Figure
from index.language.periods import shift
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


@dataclass(frozen=True, slots=True)
class _Base:
    """What a level was a year (or a month) earlier, by the change that stands beside it."""

    held: Held
    change: Figure
    value: Decimal
    step: Decimal
    formula: str


def answer_base(ask: Ask) -> Answer | None:
    """What it was a year earlier, from the level and the change that a source states."""
    base = _base_of(ask)
    if base is None:
        return _held_earlier(ask)
    figure, language = base.held.figure, language_of(ask)
    yearly = base.change.basis == "yoy"
    shown = value_label(base.value, figure.unit, base.step, language, ask.question.unit)
    name = subject(figure, ask.view.catalogue, language)
    headline = (
        f"{name}在{period_label(figure.period, language)}的{'上年同期' if yearly else '上月'}约为{shown}（由水平和增幅倒推）。"
        if language == "zh"
        else f"{name} {'a year' if yearly else 'a month'} earlier than {when(figure.period, language)}: about {shown}, computed back from level and change."
    )  # fmt: skip
    return build(
        ask, "computation", headline, [base.held], value=base.value, unit=figure.unit,
        computation=Computation(base.formula, (figure, base.change)), details=[base.formula],
    )  # fmt: skip


def _held_earlier(ask: Ask) -> Answer | None:
    """The figure of a year earlier itself, where no change leads back to it."""
    from bot.answers.figures.value import answer_value

    question = ask.question
    if question.operation != "base" or not (question.periods and question.periods[0].start):
        return None
    earlier = replace(question, operation="value", periods=(shift(question.periods[0], years=-1),), ago=0)
    return answer_value(replace(ask, question=earlier))


def answer_extra(ask: Ask) -> Answer | None:
    """How much more it was than a year before: between two figures held, else by the change that a source states."""
    question = ask.question
    if len(question.periods) < 2 and question.basis in ("yoy", "mom"):
        fit = find_fit(ask, wanted_of(question)[0])
        held = computed(ask, fit) if fit else None
        return held if held is not None and held.kind == "change" else _extra(ask) or answer_change(ask)
    return answer_change(ask)


def _extra(ask: Ask) -> Answer | None:
    base = _base_of(ask)
    if base is None or base.change.basis != ask.question.basis or base.held.figure.value is None:
        return None
    figure, language = base.held.figure, language_of(ask)
    level = base.held.figure.value
    value = level - base.value
    shown = value_label(abs(value), figure.unit, base.step, language, ask.question.unit)
    name = subject(figure, ask.view.catalogue, language)
    formula = f"{number(level)} - {base.formula.partition(' = ')[0]} = {number(value)}"
    by = basis_words(base.change.basis, language)
    headline = (
        f"{period_label(figure.period, language)}{name}{by}{'增加' if value >= 0 else '减少'}约{shown}（由水平和增幅计算）。"
        if language == "zh"
        else f"{name} {when(figure.period, language)}: about {shown} {'more' if value >= 0 else 'less'} {by}, computed from level and change."
    )  # fmt: skip
    return build(
        ask, "computation", headline, [base.held], value=value, unit=figure.unit,
        computation=Computation(formula, (figure, base.change)), details=[formula, said(ask, base.held)],
    )  # fmt: skip


def _base_of(ask: Ask) -> _Base | None:
    question = ask.question
    fit = find_fit(ask, wanted_of(question)[0])
    if fit is None or fit.near:
        return None
    held = read_held(ask, fit)
    if question.periods:
        best = at(held, question.periods[0])
    else:
        best = latest(held, ask.today, cumulative=True if question.to_date else None)
    for one in best:
        level = one.figure.value
        for change in read_beside(ask.view, one.figure):
            sure = change.unit == "%" and change.basis in ("yoy", "mom") and change.value
            if level is None or not sure or change.value is None or change.value <= -100:
                continue
            exact = level / (1 + change.value / 100)
            doubt = exact * (change.step / 2) / (100 + change.value)
            near = max(doubt.adjusted(), one.figure.step.adjusted())
            step = Decimal(10) ** near if doubt else one.figure.step
            value = (exact / step).quantize(Decimal(1)) * step
            formula = f"{number(level)} / (1 + {number(change.value)} %) = {number(value)}"
            return _Base(one, change, value, step, formula)
    return None
