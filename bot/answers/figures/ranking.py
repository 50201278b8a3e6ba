"""The first of many: which country, maker or chemistry has the most; and sums of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import NEAR, SURE, build, language_of, said
from bot.answers.figures.extremes import answer_extreme, asks_lowest
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held, things
from bot.answers.figures.line import line_of
from bot.answers.figures.rows import label_of, rows_of, subject_of
from bot.answers.figures.summed import is_additive
from bot.answers.figures.telling import amount, number, period_label, subject, value_label, when
from bot.answers.figures.wanted import Ask, Fit, Wanted, wanted_of
from index.language.metrics import find_objects
from index.lookup.series import ALL
from index.lookup.terms import find_terms

ROWS = 3
_RANKED = re.compile(r"\brank|排名|排行", re.I)
MOST_RANKED = 10
"""Rows of a ranking that was asked for by that name."""


def answer_ranking(ask: Ask) -> Answer | None:
    """The first few of a dimension's values at one period; of a near metric where this one has no such values."""
    if ask.question.over and not ask.question.metrics and _only_things(ask):
        return None
    wanted = wanted_of(ask.question)[0]
    fit = find_fit(ask, wanted, most=ALL)
    if not ask.question.over:
        return (None if ask.question.per else _ranked(ask, fit, wanted)) or answer_extreme(ask)
    answer = _ranked(ask, fit, wanted)
    metric = ask.view.catalogue.get(wanted.metric)
    for near in metric.near if metric and answer is None else ():
        other = replace(wanted, metric=near)
        found = find_fit(ask, other, most=ALL)
        answer = answer or _ranked(ask, replace(found, near=True) if found else None, other)
    return answer or (_nothing_over(ask, fit) if fit else None)


def _ranked(ask: Ask, fit: Fit | None, wanted: Wanted) -> Answer | None:
    question, language = ask.question, language_of(ask)
    fit, over, rows = rows_of(ask, fit, wanted)
    if fit is None or len(rows) < 2:
        return None
    down = not asks_lowest(ask)
    rows.sort(key=lambda one: one.figure.value or Decimal(0), reverse=down)
    top = rows[: question.limit or (MOST_RANKED if _RANKED.search(question.text) else ROWS)]
    name = subject_of(ask, rows, over)
    listed = [
        f"{label_of(ask, one, rows, over)} ({amount(one.figure, language, question.unit)})" for one in top
    ]
    period = when(top[0].figure.period, language)
    headline = (
        f"{period}{name}：{'、'.join(listed[:5])}。"
        if language == "zh"
        else f"{name} {period}: {', '.join(listed[:5])}."
    )
    if fit.near:
        headline = f"相近的数据：{headline}" if language == "zh" else f"Nearest held: {headline}"
    more = [f"{place}. {row}" for place, row in enumerate(listed, 1)] if len(listed) > ROWS else []
    return build(
        ask, "ranking", headline, top, value=top[0].figure.value, unit=top[0].figure.unit,
        details=["; ".join(more)] if more else [], confidence=NEAR if fit.near else SURE,
    )  # fmt: skip


def _nothing_over(ask: Ask, fit: Fit) -> Answer | None:
    """The metric is held, but not by what the question ranks: say so, with what is held of it."""
    held = read_held(ask, fit)
    best = (at(held, ask.question.periods[0]) if ask.question.periods else ()) or latest(held, ask.today)
    if not best:
        return None
    language = language_of(ask)
    name, over = subject(best[0].figure, ask.view.catalogue, language), ask.question.over
    headline = (
        f"没有按{over}分的{name}数据。" if language == "zh" else f"No figure is held for {name} by {over}."
    )
    near = "最近的：" if language == "zh" else "Nearest held: "
    return build(ask, "none", headline, [], details=[near + said(ask, best[0])], confidence=SURE)


def _only_things(ask: Ask) -> bool:
    """Whether a question says what is counted ("the fewest EVs") and not what of it: sold, on the road, registered."""
    things_said = find_objects(ask.question.read_as or ask.question.text, ask.view.catalogue)
    named = {term for one in things_said for term in find_terms(one.text)}
    return bool(named and ask.question.words) and all(word in named for word in ask.question.words)


def answer_sum(ask: Ask) -> Answer | None:
    """The sum of a series over a period, or of several things at one."""
    from bot.answers.figures.totalled import answer_periods, answer_total

    if ask.question.over:
        return answer_total(ask)
    if len(wanted_of(ask.question)) > 1:
        from bot.answers.figures.comparison import side_by_side

        parts = side_by_side(ask)
        if (
            len(parts) < 2
            or len({one.figure.unit for one in parts}) > 1
            or any(one.figure.aggregate for one in parts)
        ):
            return None
        return of_many(ask, parts, mean=False)
    if len(ask.question.periods) > 1:
        return answer_periods(ask)
    line = line_of(ask)
    if len(line) < 2 or not is_additive(line[0], ask.view.catalogue):
        from bot.answers.figures.value import answer_value

        return answer_value(ask)
    return of_many(ask, line, mean=False)


_WHOLE = 1_000
"""A mean from here on is told in whole units."""


def of_many(ask: Ask, parts: Sequence[Held], *, mean: bool) -> Answer | None:
    language = language_of(ask)
    if any(one.figure.unit in ("%", "pp") for one in parts) and not mean:
        return None
    value = sum((one.figure.value or Decimal(0) for one in parts), Decimal(0))
    step = max(one.figure.step for one in parts)
    if mean:
        step = min(step, Decimal("0.1") if abs(value) < _WHOLE * len(parts) else Decimal(1))
        value = (value / len(parts)).quantize(step)
    figure = parts[0].figure
    groups = list(things(parts))
    name = (
        subject(figure, ask.view.catalogue, language)
        if len(groups) == 1
        else "; ".join(said(ask, one) for one in parts[:3])
    )
    shown = value_label(value, figure.unit, step, language, ask.question.unit)
    period = (
        " + ".join(period_label(one, language) for one in ask.question.periods)
        if ask.question.periods
        else (
            f"{period_label(parts[0].figure.period, language)} – {period_label(parts[-1].figure.period, language)}"
        )
    )
    word = ("平均" if mean else "合计") if language == "zh" else ("average" if mean else "sum")
    headline = (
        f"{name}，{period}{word}：{shown}（计算值）。" if language == "zh"
        else f"{name}, {period}: {shown}, computed as the {word} of {len(parts)} figures."
    )  # fmt: skip
    terms = " + ".join(number(one.figure.value or Decimal(0)) for one in parts)
    formula = f"({terms}) / {len(parts)} = {number(value)}" if mean else f"{terms} = {number(value)}"
    computation = Computation(formula, tuple(one.figure for one in parts))
    return build(
        ask,
        "computation",
        headline,
        parts,
        value=value,
        unit=figure.unit,
        computation=computation,
        details=[formula],
    )
