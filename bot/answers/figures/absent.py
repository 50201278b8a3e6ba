"""A figure that is not there: marked as missing, or of a period that nothing is held for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Answer
from bot.answers.figures.built import NEAR, SURE, build, language_of, said
from bot.answers.figures.held import Held
from bot.answers.figures.telling import name_of, subject, when
from bot.answers.figures.wanted import Ask
from bot.questions import Question
from index.language.catalogue import Catalogue
from index.language.periods import Period


def marked_missing(ask: Ask, held: Held, everything: Sequence[Held]) -> Answer:
    language = language_of(ask)
    name = subject(held.figure, ask.view.catalogue, language)
    period = when(held.figure.period, language)
    headline = (
        f"{period}{name}：原表标为缺失。" if language == "zh"
        else f"{name} {period}: the table marks it as missing; no figure is reported."
    )  # fmt: skip
    return build(ask, "missing", headline, [held], details=_nearest(ask, everything, held.figure.period))


def nothing_at(ask: Ask, held: Sequence[Held], period: Period, beside: Sequence[Held] = ()) -> Answer | None:
    """The series is held, the period is not: say so, with what is held of a part (`beside`) and the nearest periods."""
    language = language_of(ask)
    name = subject(held[0].figure, ask.view.catalogue, language)
    label = when(period, language)
    headline = f"没有{label}{name}的数据。" if language == "zh" else f"No figure is held for {name} {label}."
    near = "最近的：" if language == "zh" else "Nearest held: "
    parts = [near + said(ask, one) for one in beside[:1]]
    return build(ask, "none", headline, [], details=[*parts, *_nearest(ask, held, period)], confidence=SURE)


def only_nearest(question: Question, answer: Answer, catalogue: Catalogue) -> Answer:
    """What is held of another metric than the one asked for answers nothing: it is named as the nearest.

    EVs for NEVs are the same count under another name, and answer.
    """
    asked = next(filter(None, map(catalogue.get, question.metrics)), None)
    told = catalogue.get(answer.figures[0].series.metric) if answer.figures else None
    if asked is None or told is None or told.key in question.metrics or told.key not in asked.near:
        return answer
    counted = {*asked.objects, *told.objects}
    alike = (
        (asked.measure, asked.unit) == (told.measure, told.unit) and bool(counted) and counted <= _ELECTRIC
    )
    if alike or answer.kind in ("none", "missing", "clarify"):
        return answer
    name = name_of(asked.key, catalogue, question.language)
    plain = answer.headline.removeprefix("Nearest held: ").removeprefix("相近的数据：")
    headline = (
        f"没有{name}的数据。相近的数据：{plain}" if question.language == "zh"
        else f"No figure is held for {name}. Nearest held: {plain}"
    )  # fmt: skip
    return replace(
        answer,
        kind="none",
        headline=headline,
        value=None,
        unit="",
        computation=None,
        other_readings=(),
        confidence=NEAR,
    )


_ELECTRIC = frozenset(("ev", "nev"))


def _nearest(ask: Ask, held: Sequence[Held], period: Period) -> list[str]:
    first = held[0].thing
    of_it = [one for one in held if one.thing == first and one.figure.value is not None]

    def distance(one: Held) -> int:
        if one.figure.period.start is None or period.start is None:
            return 10**6
        return abs((one.figure.period.start - period.start).days)

    nearest = sorted(of_it, key=distance)[:3]
    start = "最近的：" if language_of(ask) == "zh" else "Nearest held: "
    return [start + said(ask, one) for one in nearest]
