"""How much a figure changed: as the source states it, or computed from two figures held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.absent import nothing_at
from bot.answers.figures.built import NEAR, SURE, build, language_of, said
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, in_one_year, latest, read_held
from bot.answers.figures.summed import is_additive, months_of, total
from bot.answers.figures.telling import (
    as_printed,
    basis_words,
    grew,
    number,
    period_label,
    subject,
    value_label,
    when,
)
from bot.answers.figures.wanted import Ask, Fit, wanted_of
from index.figures import Basis
from index.language.periods import MONTHS, Period, month, quarter, shift


def answer_change(ask: Ask) -> Answer | None:
    """A change against a year or a month before, or between two periods that the question names."""
    for wanted in wanted_of(ask.question)[:2]:
        fit = find_fit(ask, wanted)
        if fit is None:
            continue
        if len(ask.question.periods) >= 2:
            return between(ask, fit, ask.question.periods[0], ask.question.periods[-1])
        answer = within(ask, fit) or stated(ask, fit) or computed(ask, fit)
        if answer is not None:
            return answer
    return None


def within(ask: Ask, fit: Fit) -> Answer | None:
    """ "Jan to June 2025" of what is no sum: from the first month to the last, where the span itself is not held."""
    asked = ask.question.periods[0] if len(ask.question.periods) == 1 else None
    if (
        asked is None
        or ask.question.basis
        or (asked.grain != "span" and not _FROM_MONTH.search(ask.question.text))
        or asked.start is None
        or asked.end is None
    ):
        return None
    held = read_held(ask, fit)
    if not held or at(held, asked) or is_additive(held[0], ask.view.catalogue):
        return None
    first = month(asked.start.year, asked.start.month)
    last = shift(month(asked.end.year, asked.end.month), months=-1)
    if first.start == last.start or pair_of(held, first, last) is None:
        return None
    return between(ask, fit, first, last)


_MONTH = "|".join(name[:3] for name in MONTHS)
_FROM_MONTH = re.compile(
    rf"\b(?:{_MONTH})[a-z]*\.?\s*(?:\d{{4}}\s*)?(?:to|until|through|[-–—])\s*(?:{_MONTH})", re.I
)
"""The two months that a whole year may be called by: "jan to dec 2024"."""


def answer_within(ask: Ask) -> Answer | None:
    """A bare "price jan to dec 2024": what is no sum is told at its two ends."""
    if _FROM_MONTH.search(ask.question.text) is None:
        return None
    fit = find_fit(ask, wanted_of(ask.question)[0])
    return within(ask, fit) if fit is not None else None


def stated(ask: Ask, fit: Fit) -> Answer | None:
    """The change that a document states for the period."""
    question, language = ask.question, language_of(ask)
    held = [one for one in read_held(ask, fit, kinds=("change",)) if one.figure.value is not None]
    basis: Basis = question.basis or "yoy"
    fitting = [one for one in held if one.figure.basis == basis]
    if not question.basis and not fitting:
        fitting = held
    if question.periods:
        best = at(fitting, question.periods[0])
    else:
        best = latest(fitting, ask.today, cumulative=True if question.to_date else None)
        levels = latest(read_held(ask, fit), ask.today)
        if levels and best and _later(levels[0], best[0]) and not question.to_date:
            return None
    if not best:
        return None
    first = best[0]
    figure = first.figure
    assert figure.value is not None
    name = subject(figure, ask.view.catalogue, language)
    words = grew(figure.value, figure.unit, figure.step, figure.basis, language) + as_printed(
        figure, language
    )
    beside = [one for one in at(read_held(ask, fit), figure.period) if one.source.id == first.source.id]
    period = when(figure.period, language)
    headline = f"{period}{name}{words}。" if language == "zh" else f"{name} {period}: {words}, as stated."
    details = [said(ask, one) for one in beside[:1]]
    others = [one for one in best[1:] if one.figure.value != figure.value]
    check = _check(ask, fit, figure.period, basis) if figure.basis in ("yoy", "mom") else ""
    return build(
        ask, "change", headline, [first, *beside[:1]], value=figure.value, unit=figure.unit,
        details=[*details, *([check] if check else [])], other=[_short(ask, one) for one in others[:2]],
        follow_ups=["the year before?", "as a table"], confidence=NEAR if fit.near else SURE,
    )  # fmt: skip


def _later(level: Held, change: Held) -> bool:
    """Whether levels go on beyond the last stated change."""
    a, b = level.figure.period.end, change.figure.period.end
    return a is not None and (b is None or a > b)


def _short(ask: Ask, held: Held) -> str:
    figure, language = held.figure, language_of(ask)
    if figure.value is None:
        return ""
    words = grew(figure.value, figure.unit, figure.step, figure.basis, language)
    name = subject(figure, ask.view.catalogue, language)
    return f"{name} {when(figure.period, language)}: {words} ({held.source.title or held.source.file})"


def _check(ask: Ask, fit: Fit, period: Period, basis: Basis) -> str:
    """What our own figures give for the same change, where it differs from the stated one."""
    pair = pair_on(read_held(ask, fit), period, basis)
    if pair is None:
        return ""
    new, old = pair
    if not new.figure.value or not old.figure.value:
        return ""
    value, step = rate(new.figure.value, old.figure.value, new.figure.step, old.figure.step)
    words = grew(value, "%", step, basis, language_of(ask))
    formula = f"{number(new.figure.value)} / {number(old.figure.value)} - 1"
    return (
        f"由数据计算：{words}（{formula}）"
        if language_of(ask) == "zh"
        else f"Computed from figures held: {words} ({formula})"
    )


def computed(ask: Ask, fit: Fit) -> Answer | None:
    """The change from two figures held: the period's, and the one a year (or month) before."""
    question = ask.question
    basis: Basis = question.basis or "yoy"
    held = read_held(ask, fit)
    if not held:
        return None
    if question.periods:
        period = question.periods[0]
        best = at(held, period)
        if best:
            period = best[0].figure.period
    else:
        best = latest(held, ask.today, cumulative=True if question.to_date else None)
        if not best:
            return None
        period = best[0].figure.period
    if basis == "qoq" and period.grain == "month" and period.end:
        period = _last_quarter(period.end)
    base = base_period(period, basis)
    if base is None:
        return nothing_at(ask, held, period)
    return between(ask, fit, base, period, basis=basis)


def _last_quarter(end: date) -> Period:
    """The last quarter that is over when a month ends."""
    number = (end.month - 1) // 3
    return quarter(end.year, number) if number else quarter(end.year - 1, 4)


def base_period(period: Period, basis: str) -> Period | None:
    """The period that a change on this basis is against."""
    if period.start is None:
        return None
    if basis == "mom":
        return shift(period, months=-1)
    if basis == "qoq":
        return shift(period, months=-3)
    return shift(period, years=-1)


def pair_on(held: Sequence[Held], period: Period, basis: str) -> tuple[Held, Held] | None:
    base = base_period(period, basis)
    return pair_of(held, base, period) if base else None


def pair_of(held: Sequence[Held], old: Period, new: Period) -> tuple[Held, Held] | None:
    """Figures of one thing for both periods: of one document where it has both."""
    news, olds = at(held, new), at(held, old)
    pairs = [
        (one, other)
        for one in news
        for other in olds
        if one.thing == other.thing
        and one.figure.unit == other.figure.unit
        and one.figure.value is not None
        and other.figure.value is not None
    ]
    return min(pairs, key=lambda pair: (pair[0].cost, pair[0].source.id != pair[1].source.id), default=None)


def rate(new: Decimal, old: Decimal, new_step: Decimal, old_step: Decimal) -> tuple[Decimal, Decimal]:
    """A growth rate in %, rounded as far as the operands' own precision goes, and its step."""
    exact = (new / old - 1) * 100
    doubt = (new_step / 2 / abs(old) + old_step / 2 * abs(new) / old / old) * 100
    step = Decimal("0.1") if doubt < Decimal("0.5") else Decimal(1)
    return exact.quantize(step), step


def between(ask: Ask, fit: Fit, old: Period, new: Period, *, basis: str = "") -> Answer | None:
    """From one period to another: both figures, the difference and the rate."""
    held = read_held(ask, fit)
    if not held:
        return None
    if one_year := in_one_year(held, (old, new)):
        old, new = one_year[0]
    pair = pair_of(held, old, new)
    if pair is None:
        return _between_sums(ask, held, old, new, basis) or _lacking(ask, held, old, new)
    later, earlier = pair
    a, b = earlier.figure, later.figure
    assert a.value is not None and b.value is not None
    language = language_of(ask)
    wish = ask.question.unit
    old, new = (a.period if old.start is None else old), (b.period if new.start is None else new)
    name = subject(b, ask.view.catalogue, language)
    first = value_label(a.value, a.unit, a.step, language, wish)
    last = value_label(b.value, b.unit, b.step, language, wish)
    return _told(
        ask, name, (a.value, a.step, first, old), (b.value, b.step, last, new), b.unit, [later, earlier], basis,
        confidence=NEAR if fit.near else SURE,
    )  # fmt: skip


Side = tuple[Decimal, Decimal, str, Period]


def _told(
    ask: Ask,
    name: str,
    old: Side,
    new: Side,
    unit: str,
    held: Sequence[Held],
    basis: str,
    *,
    confidence: float = SURE,
) -> Answer:
    language = language_of(ask)
    difference = new[0] - old[0]
    step = max(old[1], new[1])
    share = unit in ("%", "pp")
    absolute = value_label(abs(difference), "pp" if share else unit, step, language, ask.question.unit)
    verb = "rose" if difference > 0 else "fell" if difference < 0 else "stayed"
    verb_zh = "增加" if difference > 0 else "减少" if difference < 0 else "持平"
    formula = f"{number(new[0])} - {number(old[0])} = {number(difference)}"
    value, result_unit, words = difference, "pp" if share else unit, absolute
    if not share and old[0] and ask.question.operation != "difference":
        value, rate_step = rate(new[0], old[0], new[1], old[1])
        result_unit = "%"
        words = value_label(abs(value), "%", rate_step, language)
        formula = f"{number(new[0])} / {number(old[0])} - 1 = {number(value)} %"
    by = basis_words(basis, language)
    if language == "zh":
        first, last = period_label(old[3], language), period_label(new[3], language)
        headline = f"{name}从{first}的{old[2]}到{last}的{new[2]}，{by}{verb_zh}{words}（计算值）。"
    else:
        headline = (
            f"{name} {verb} {words} {by} from {old[2]} {when(old[3], language)} "
            f"to {new[2]} {when(new[3], language)}, computed."
        )
    computation = Computation(formula, tuple(one.figure for one in held))
    extra = f"Difference: {absolute}" if language == "en" else f"差额：{absolute}"
    return build(
        ask, "change", headline, held, value=value, unit=result_unit, computation=computation,
        details=[formula, *([extra] if words != absolute else [])], follow_ups=["as a table"], confidence=confidence,
    )  # fmt: skip


def _between_sums(ask: Ask, held: Sequence[Held], old: Period, new: Period, basis: str) -> Answer | None:
    """The change between two sums of months."""
    if not (old.start and old.end and new.start and new.end):
        return None
    before, after = months_of(held, old.start, old.end), months_of(held, new.start, new.end)
    if not before or not after or before[0].thing != after[0].thing:
        return None
    if len(before) < 2 or not is_additive(before[0], ask.view.catalogue):
        return None
    language = language_of(ask)
    figure = after[0].figure
    sides = []
    for parts, period in ((before, old), (after, new)):
        value, step = total(parts)
        sides.append(
            (value, step, value_label(value, figure.unit, step, language, ask.question.unit), period)
        )
    name = subject(figure, ask.view.catalogue, language)
    return _told(ask, name, sides[0], sides[1], figure.unit, [*after, *before], basis)


def _lacking(ask: Ask, held: Sequence[Held], old: Period, new: Period) -> Answer | None:
    """Which of the two periods is not held of the nearest thing that has one of them."""
    there = [*at(held, old), *at(held, new)]
    if not there:
        return nothing_at(ask, held, new)
    nearest = min(there, key=lambda one: one.cost).thing
    of_it = [one for one in held if one.thing == nearest]
    return nothing_at(ask, of_it, new if at(of_it, old) else old)
