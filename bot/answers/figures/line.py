"""One series over time, from which extremes, means and tables are told."""

from __future__ import annotations

from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, read_held
from bot.answers.figures.wanted import Ask, wanted_of
from index.language.periods import Period


def line_of(ask: Ask, place: int = 0) -> list[Held]:
    """One series over time: the nearest thing's, of one document and one grain, in order."""
    question = ask.question
    wanted = wanted_of(question)
    if place >= len(wanted):
        return []
    fit = find_fit(ask, wanted[place])
    if fit is None:
        return []
    held = [one for one in read_held(ask, fit) if one.figure.value is not None and one.figure.period.start]
    held = [one for one in held if one.figure.status != "forecast" and not one.figure.period.cumulative]
    if question.periods:
        scope = question.periods
        inside = [one for one in held if any(_inside(one.figure.period, period) for period in scope)]
        held = inside
    if question.per:
        held = [one for one in held if one.figure.period.grain == question.per]
    lines: dict[object, dict[object, Held]] = {}
    for one in held:
        key = (one.thing, one.figure.unit, one.source.id, one.figure.period.grain)
        lines.setdefault(key, {}).setdefault(one.figure.period.start, one)
    if not lines:
        return []
    best = min(
        lines.values(),
        key=lambda line: (round(next(iter(line.values())).cost, 3), -_weight(question.per, line)),
    )
    return sorted(
        best.values(), key=lambda one: one.figure.period.start.toordinal() if one.figure.period.start else 0
    )


def _weight(per: str, line: dict[object, Held]) -> int:
    del per
    return len(line)


def _inside(period: Period, scope: Period) -> bool:
    if period.start is None or period.end is None or scope.start is None or scope.end is None:
        return False
    return (
        scope.start <= period.start
        and period.end <= scope.end
        and (period.start, period.end) != (scope.start, scope.end)
    )
