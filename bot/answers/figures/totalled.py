"""Sums that nobody states: over all values of a dimension ("all states"), or over the periods that a question names."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Answer, Computation
from bot.answers.figures.built import build, language_of
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, read_held, things
from bot.answers.figures.rows import rows_over, says_states, subject_of
from bot.answers.figures.summed import formula_of, is_additive, sums_at, total
from bot.answers.figures.telling import subject, value_label, when
from bot.answers.figures.wanted import Ask, wanted_of

MOST_TOLD = 60
"""Figures that a sum is told as; of more, how many they are."""


def answer_total(ask: Ask) -> Answer | None:
    """The sum over a dimension at one period; None where a share or a price would be summed."""
    if ask.question.over == "region" and not says_states(ask):
        return _of_world(ask)
    fit, over, rows = rows_over(ask, wanted_of(ask.question)[0])
    if fit is None or fit.near or len(rows) < 2 or not _adds_up(ask, rows):
        return None
    name = subject_of(ask, rows, over)
    return _told(ask, rows, name, f"{len(rows)}个{over}" if ask.language == "zh" else f"{len(rows)} {over}s")


def _of_world(ask: Ask) -> Answer | None:
    """All countries together, as published: those held may be but some, or overlap."""
    from bot.answers.figures.value import answer_value

    others = tuple(pair for pair in ask.question.dimensions if pair[0] != "region")
    question = replace(ask.question, dimensions=(*others, ("region", "World")), over="", operation="value")
    return answer_value(replace(ask, question=question))


def answer_periods(ask: Ask) -> Answer | None:
    """The sum of one thing over several periods, each of them held: "2020, 2021 and 2022 together"."""
    question = ask.question
    fit = find_fit(ask, wanted_of(question)[0])
    if fit is None or fit.near or len(question.periods) < 2:
        return None
    lines: dict[object, list[Held]] = {}
    held = [one for one in read_held(ask, fit) if one.figure.value is not None]
    for period in question.periods:
        best = at(held, period) or sums_at(held, period, ask.view.catalogue)
        for thing, found in things(best).items():
            for source in dict.fromkeys(one.source.id for one in found):
                lines.setdefault((thing, source), []).append(next(o for o in found if o.source.id == source))
    whole = [line for line in lines.values() if len(line) == len(question.periods)]
    if not whole:
        return None
    order = list(things(held))
    parts = min(whole, key=lambda line: (order.index(line[0].thing), bool(line[0].parts)))
    metric = ask.view.catalogue.get(parts[0].figure.series.metric)
    if (metric is not None and metric.kind != "flow") or not is_additive(parts[0], ask.view.catalogue):
        return None
    name = subject(parts[0].figure, ask.view.catalogue, language_of(ask))
    return _told(ask, parts, name, f"{len(parts)}个时期" if ask.language == "zh" else f"{len(parts)} periods")


def _adds_up(ask: Ask, rows: list[Held]) -> bool:
    """Whether places, firms or kinds add up: of what is counted, and not of what overlaps."""
    metric = ask.view.catalogue.get(rows[0].figure.series.metric)
    units = {one.figure.unit for one in rows}
    counted = metric.kind in ("flow", "stock") if metric else is_additive(rows[0], ask.view.catalogue)
    return len(units) == 1 and not units & {"%", "pp"} and not any("/" in unit for unit in units) and counted


def _told(ask: Ask, rows: list[Held], name: str, of: str) -> Answer:
    language = language_of(ask)
    figures = [part for one in rows for part in (one.parts or (one,))]
    value, step = total(figures)
    unit = rows[0].figure.unit
    shown = value_label(value, unit, step, language, ask.question.unit)
    periods = ask.question.periods if len(ask.question.periods) > 1 else (rows[0].figure.period,)
    label = ("、" if language == "zh" else " and ").join(when(one, language) for one in periods)
    headline = (
        f"{label}{name}：{shown}（{of}之和，计算值）。"
        if language == "zh"
        else f"{name} {label}: {shown}, computed as the sum of {of} held."
    )
    formula = formula_of(figures, value) if len(figures) <= MOST_TOLD else formula_of(rows, value)
    return build(
        ask, "computation", headline, rows, value=value, unit=unit,
        computation=Computation(formula, tuple(one.figure for one in figures)), details=[formula],
    )  # fmt: skip
