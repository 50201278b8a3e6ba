"""The highest or lowest of a series, whether a figure was a record, and when a threshold was first passed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.held import Held, at
from bot.answers.figures.line import line_of
from bot.answers.figures.telling import amount, period_label, subject, value_label, when
from bot.answers.figures.wanted import Ask
from bot.answers.wording import tell


def answer_extreme(ask: Ask) -> Answer | None:
    """The highest or lowest of a series, within a period where one is asked for."""
    found = line_of(ask)
    if not found:
        return _record(ask)
    language = language_of(ask)
    lowest = asks_lowest(ask)
    order = sorted(found, key=lambda one: one.figure.value or Decimal(0), reverse=not lowest)
    if 1 < ask.question.limit < len(order):
        return _several(ask, order[: ask.question.limit], lowest=lowest)
    best = order[0]
    figure = best.figure
    name = subject(figure, ask.view.catalogue, language)
    word = ("最低" if lowest else "最高") if language == "zh" else ("lowest" if lowest else "highest")
    value = amount(figure, language, ask.question.unit)
    scope = f"{period_label(found[0].figure.period, language)} – {period_label(found[-1].figure.period, language)}"
    headline = (
        f"{name}{word}：{period_label(figure.period, language)}，{value}。" if language == "zh"
        else f"{name} was {word} {when(figure.period, language)}: {value}."
    )  # fmt: skip
    return build(
        ask, "ranking", headline, [best], value=figure.value, unit=figure.unit,
        details=[f"Among {len(found)} figures, {scope}" if language == "en" else f"{len(found)}个数据，{scope}"],
        follow_ups=["and the lowest?" if not lowest else "and the highest?"],
    )  # fmt: skip


def _several(ask: Ask, best: Sequence[Held], *, lowest: bool) -> Answer:
    """The few highest or lowest periods of a series, in order."""
    language = language_of(ask)
    name = subject(best[0].figure, ask.view.catalogue, language)
    listed = [
        f"{period_label(one.figure.period, language)} ({amount(one.figure, language, ask.question.unit)})"
        for one in best
    ]
    headline = (
        f"{name}{'最低' if lowest else '最高'}：{'、'.join(listed)}。" if language == "zh"
        else f"{name} was {'lowest' if lowest else 'highest'} in {', '.join(listed)}."
    )  # fmt: skip
    return build(
        ask, "ranking", headline, best, value=best[0].figure.value, unit=best[0].figure.unit,
    )  # fmt: skip


_LOWEST = re.compile(
    r"lowest|least|smallest|bottom|fewest|worst|weakest|cheapest|最低|最少|最便宜", re.IGNORECASE
)


def asks_lowest(ask: Ask) -> bool:
    """Whether the least is asked for: by the operation, or in the words of a ranking."""
    if ask.question.operation != "rank":
        return ask.question.operation == "min"
    return _LOWEST.search(ask.question.read_as or ask.question.text) is not None


def _record(ask: Ask) -> Answer | None:
    """Whether the figure of one period was the highest (or lowest) of its series until then."""
    question = ask.question
    asked = question.periods[0] if len(question.periods) == 1 else None
    if asked is None or (asked.grain != "month" and asked.grain != "quarter" and asked.grain != "year"):
        return None
    line = line_of(replace(ask, question=replace(question, periods=(), per=asked.grain)))
    point = next(iter(at(line, asked)), None)
    start = point.figure.period.start if point else None
    until = [one for one in line if start and one.figure.period.start and one.figure.period.start <= start]
    if point is None or len(until) < _FEW:
        return None
    lowest = question.operation == "min"
    best = (min if lowest else max)(until, key=lambda one: one.figure.value or Decimal(0))
    is_best = best.figure.value == point.figure.value
    language = language_of(ask)
    since = period_label(until[0].figure.period, language)
    word = ("最低" if lowest else "最高") if language == "zh" else ("lowest" if lowest else "highest")
    if language == "zh":
        told = f"为{since}以来{word}" if is_best else f"此前{word}：{said(ask, best)}"
    else:
        told = f"the {word} since {since}" if is_best else f"the {word} until then was {said(ask, best)}"
    short, mark = (
        tell("yes" if is_best else "no", language),
        ("。", "，") if language == "zh" else (". ", "; "),
    )
    headline = f"{short}{mark[0]}{said(ask, point)}{mark[1]}{told}{'。' if language == 'zh' else '.'}"
    return build(
        ask, "ranking", headline, [point] if is_best else [point, best], value=point.figure.value,
        unit=point.figure.unit,
    )  # fmt: skip


_FEW = 3
"""Figures until then that a record takes at the least."""
_BELOW = re.compile(r"\b(?:below|under|less than|beneath)\b|低于|跌破", re.IGNORECASE)


def _passes(one: Held, threshold: Decimal, *, below: bool) -> bool:
    value = one.figure.value or Decimal(0)
    return value < threshold if below else value > threshold


def answer_first_above(ask: Ask) -> Answer | None:
    """When a series first passed a number, or another series."""
    language, threshold = language_of(ask), ask.question.threshold
    line = line_of(ask)
    if not line:
        return None
    if threshold is not None:
        below = _BELOW.search(ask.question.read_as or ask.question.text) is not None
        found = next((one for one in line if _passes(one, threshold, below=below)), None)
        if found is None:
            return None
        name = subject(found.figure, ask.view.catalogue, language)
        limit = value_label(threshold, found.figure.unit, Decimal(1), language)
        value = amount(found.figure, language)
        headline = (
            f"{name}首次{'低于' if below else '超过'}{limit}：{period_label(found.figure.period, language)}，{value}。"
            if language == "zh"
            else f"{name} first {'fell below' if below else 'passed'} {limit} "
            f"{when(found.figure.period, language)}: {value}."
        )  # fmt: skip
        return build(ask, "ranking", headline, [found], value=found.figure.value, unit=found.figure.unit)
    other = {one.figure.period.start: one for one in line_of(ask, 1)}
    for one in line:
        rival = other.get(one.figure.period.start)
        if rival and (one.figure.value or 0) > (rival.figure.value or 0):
            headline = (
                f"{when(one.figure.period, language).capitalize()}: {said(ask, one)}; {said(ask, rival)}."
            )
            return build(ask, "ranking", headline, [one, rival], value=one.figure.value, unit=one.figure.unit)
    return None
