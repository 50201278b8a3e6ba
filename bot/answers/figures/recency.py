"""Of when the figures held are: "what's the last month it has data for", "what year are these figures from"."""

from __future__ import annotations

from bot.answers import Answer
from bot.answers.figures.built import build, language_of, said
from bot.answers.figures.held import Fitting, Held
from bot.answers.figures.telling import period_label
from bot.answers.figures.wanted import Ask
from bot.answers.wording import tell
from bot.questions.asked import LAST_HELD, OF_WHEN
from index.figures import Figure
from index.lookup.figures import read_end, read_sources
from index.lookup.series import SeriesHit


def answer_recency(ask: Ask) -> Answer | None:
    """The newest period that figures are held for, or the years that they are of; None for another question."""
    text = ask.question.read_as or ask.question.text
    if OF_WHEN.search(text):
        return _years(ask)
    asked = LAST_HELD.search(text)
    if asked is None:
        return None
    return _newest(ask, asked["grain"] or "month") or _newest(ask, "")


def _newest(ask: Ask, grain: str) -> Answer | None:
    figure = read_end(ask.view, ask.today, grain=_GRAINS.get(grain.casefold(), ""))
    if figure is None:
        return None
    language = language_of(ask)
    held = _held(ask, figure)
    label = period_label(figure.period, language)
    headline = (
        f"现有数据最新到{label}：{said(ask, held)}。"
        if language == "zh"
        else f"The newest {_NAMES.get(figure.period.grain, 'period')} with figures is {label}: {said(ask, held)}."
    )
    return build(ask, "value", headline, [held], value=figure.value, unit=figure.unit)


def _years(ask: Ask) -> Answer | None:
    first, last = read_end(ask.view, ask.today, first=True), read_end(ask.view, ask.today)
    if first is None or last is None:
        return None
    language = language_of(ask)
    if first.period.start is None or last.period.start is None:
        return build(ask, "none", tell("no year", language), [])
    a, b = first.period.start.year, last.period.start.year
    headline = f"现有数据：{a}至{b}。" if language == "zh" else f"The figures held are from {a} to {b}."
    ends = [_held(ask, last), _held(ask, first)]
    return build(ask, "value", headline, ends, details=[said(ask, one) for one in ends])


def _held(ask: Ask, figure: Figure) -> Held:
    source = read_sources(ask.view, {figure.document_id})[figure.document_id]
    return Held(figure, Fitting(SeriesHit(0, figure.series, 1.0, ())), source)


_GRAINS = {
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "月": "month",
    "月份": "month",
    "年": "year",
}
_NAMES = {"month": "month", "quarter": "quarter", "year": "year"}
