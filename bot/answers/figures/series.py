# ruff: noqa: E501
"""A series over time as a table: "monthly NEV sales in 2021", "as a table"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.held import Held
from bot.answers.figures.line import line_of
from bot.answers.figures.lines import answer_lines
from bot.answers.figures.telling import amount, period_label, subject
from bot.answers.figures.wanted import Ask

ROWS = 24


def answer_series(ask: Ask) -> Answer | None:
    """Every figure of a series within what was asked, the newest rows where there are many."""
    if (lines := answer_lines(ask)) is not None:
        return lines
    line = line_of(ask)
    if len(line) > ROWS and not ask.question.per:
        line = _by_year(ask, line) or line
    if len(line) < 2:
        return None
    language = language_of(ask)
    shown = line[-ROWS:]
    low = min(shown, key=lambda one: one.figure.value or Decimal(0)).figure
    high = max(shown, key=lambda one: one.figure.value or Decimal(0)).figure
    name = subject(shown[0].figure, ask.view.catalogue, language)
    first, last = shown[0].figure, shown[-1].figure
    a, b = amount(first, language, ask.question.unit), amount(last, language, ask.question.unit)
    if language == "zh":
        headline = (
            f"{name}：{period_label(first.period, language)}{a}，{period_label(last.period, language)}{b}。"
        )
    else:
        headline = f"{name}: {a} in {first.period.label}, {b} in {last.period.label}."
    rows = [f"{period_label(one.figure.period, language)}: {amount(one.figure, language)}" for one in shown]
    if len(line) > ROWS:
        first_held = period_label(line[0].figure.period, language)
        rows.append(
            f"自{first_held}起共{len(line)}个数据，列最近{ROWS}个"
            if language == "zh"
            else f"The newest {ROWS} of {len(line)} held since {first_held}"
        )
    ends = f"Highest {high.period.label}, lowest {low.period.label}"
    return build(
        ask, "series", headline, [shown[-1], *shown[:-1]], value=last.value, unit=last.unit,
        details=[*rows, ends if language == "en" else f"最高{period_label(high.period, language)}，最低{period_label(low.period, language)}"],
        follow_ups=["yoy?", "which was the highest?"],
    )  # fmt: skip


def _by_year(ask: Ask, line: list[Held]) -> list[Held]:
    """The same by year, where the years go as far back; nothing where they do not."""
    years = line_of(replace(ask, question=replace(ask.question, per="year")))
    if len(years) < 2 or years[0].thing != line[0].thing:
        return []
    first, other = years[0].figure.period.start, line[0].figure.period.start
    return years if first and other and first <= other else []
