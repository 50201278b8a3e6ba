"""A figure that is not there: marked as missing, or of a period that nothing is held for."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Answer
from bot.answers.figures.built import SURE, build, language_of, said
from bot.answers.figures.fit import Ask
from bot.answers.figures.held import Held
from bot.answers.figures.telling import subject, when
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
