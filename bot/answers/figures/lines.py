"""Several things over the same periods: "EV sales share of Norway and Germany from 2019 to 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.held import Held
from bot.answers.figures.line import line_of
from bot.answers.figures.telling import amount, name_of, period_label
from bot.answers.figures.wanted import Ask, wanted_of
from index.language.periods import span

MOST = 6
_SINCE = re.compile(r"\bsince\b|以来|至今", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:from|between|since|to|until|till|through)\b|[–~至到-]", re.IGNORECASE)


def answer_lines(ask: Ask) -> Answer | None:
    """The figures of each thing at every period that all of them have; None for one thing or one period."""
    lines = _lines(ask)
    if len(lines) < 2 or len({one.figure.unit for line in lines for one in line}) > 1:
        return None
    shared = set.intersection(*({_key(one) for one in line} for line in lines))
    lines = [[one for one in line if _key(one) in shared] for line in lines]
    if len(shared) < 2:
        return None
    lines.sort(key=lambda line: line[-1].figure.value or Decimal(0), reverse=True)
    return _told(ask, lines)


def _lines(ask: Ask) -> list[list[Held]]:
    question = ask.question
    dated = [one for one in question.periods if one.start and one.end]
    since = len(dated) == 1 and _SINCE.search(question.text) is not None
    if len(wanted_of(question)) < 2 or (len(dated) < 2 and not question.per and not since):
        return []
    ends = {one.start for one in dated} if len(dated) > 1 and not _BETWEEN.search(question.text) else set()
    if dated:
        first = min(one.start for one in dated if one.start)
        last = ask.today if since else max(one.end for one in dated if one.end)
        ask = replace(ask, question=replace(question, periods=(span(first, max(last, first)),)))
    found = [line_of(ask, place) for place in range(len(wanted_of(question)[:MOST]))]
    return [[one for one in line if not ends or one.figure.period.start in ends] for line in found if line]


def _key(held: Held) -> tuple[object, object]:
    return held.figure.period.start, held.figure.period.end


def _told(ask: Ask, lines: Sequence[Sequence[Held]]) -> Answer:
    language = language_of(ask)
    names = _names(ask, [line[0] for line in lines])
    first, last = lines[0][0].figure, lines[0][-1].figure
    ends = [
        f"{name} {amount(line[0].figure, language)} → {amount(line[-1].figure, language)}"
        for name, line in zip(names, lines, strict=True)
    ]
    metrics = dict.fromkeys(line[0].figure.series.metric for line in lines)
    topic = ", ".join(name_of(metric, ask.view.catalogue, language) for metric in metrics)
    a, b = period_label(first.period, language), period_label(last.period, language)
    headline = (
        f"{topic}，{a}至{b}：{'；'.join(ends)}。"
        if language == "zh"
        else f"{topic}, {a} to {b}: {'; '.join(ends)}."
    )
    rows = [
        f"{name}: "
        + ", ".join(
            f"{period_label(one.figure.period, language)} {amount(one.figure, language)}" for one in line
        )
        for name, line in zip(names, lines, strict=True)
    ]
    return build(
        ask, "comparison", headline, [one for line in lines for one in line],
        value=last.value, unit=last.unit, details=rows, follow_ups=["as a table"],
    )  # fmt: skip


def _names(ask: Ask, held: Sequence[Held]) -> list[str]:
    """What tells each from the others: the values that not all have, or its metric."""
    pairs = [set(one.figure.series.dimensions) for one in held]
    shared = set.intersection(*pairs)
    return [
        ", ".join(value for name, value in one.figure.series.dimensions if (name, value) not in shared)
        or name_of(one.figure.series.metric, ask.view.catalogue, language_of(ask))
        for one in held
    ]
