"""A value at a period, or the latest: "NEV sales in October 2021?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer
from bot.answers.figures.absent import marked_missing, nothing_at
from bot.answers.figures.built import NEAR, SURE, build, language_of, said
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held, said_by, things
from bot.answers.figures.parts import ask_back, fits_many, is_in_parts, tell_parts
from bot.answers.figures.summed import rest_of, sum_of
from bot.answers.figures.telling import (
    ENERGY,
    Language,
    age,
    amount,
    as_printed,
    convert,
    dated,
    grew,
    subject,
)
from bot.answers.figures.wanted import Ask, Fit, wanted_of
from bot.questions import Wants
from index.figures import Figure, Kind
from index.language.periods import Period, months, months_in, shift
from index.lookup.figures import Source, read_beside
from index.lookup.series import cost


def answer_value(ask: Ask) -> Answer | None:
    """One value; of several metrics asked at once, each in its own line."""
    if not _is_plain(ask):
        return None
    wanted = wanted_of(ask.question)[:4]
    found = [one for each in wanted if (one := _one(ask, find_fit(ask, each)))]
    if not found:
        return None
    first = found[0]
    if len(found) < len(wanted) and not _names_all(ask, first):
        return None
    values = [answer for answer in found if answer.value is not None]
    values += [answer for answer in found if answer.kind == "missing" and values]
    if len(values) > 1:
        from bot.answers.figures.comparison import together

        return together(ask, values)
    return first


def _is_plain(ask: Ask) -> bool:
    """Whether a value can be what is asked: of a share the metric has to be one, an average price is a price."""
    if ask.question.operation == "sum" and (ask.question.over or len(ask.question.periods) > 1):
        return False
    kinds = [metric for key in ask.question.metrics if (metric := ask.view.catalogue.get(key)) is not None]
    if ask.question.operation == "share":
        return not kinds or any(metric.unit == "%" for metric in kinds)
    if ask.question.operation == "average":
        return all(metric.kind in ("price", "ratio") for metric in kinds)
    return True


def _names_all(ask: Ask, answer: Answer) -> bool:
    """Whether the sentence of an answer names every value of the question, though one series has only some."""
    said = {pair for figure in answer.figures for pair in said_by(figure.quote)}
    said |= {pair for figure in answer.figures for pair in figure.series.dimensions}
    return len(ask.question.metrics) < 2 and all(pair in said for pair in ask.question.dimensions)


_KINDS: dict[Wants, tuple[Kind, ...]] = {
    "level": ("level",),
    "target": ("target",),
    "forecast": ("level", "target"),
}


def _one(ask: Ask, fit: Fit | None) -> Answer | None:
    if fit is None:
        return None
    question = ask.question
    held = read_held(ask, fit, kinds=_KINDS[question.wants])
    if question.unit in ENERGY:
        held = tuple(one for one in held if one.figure.unit in ENERGY)
    if question.wants == "forecast":
        held = tuple(one for one in held if one.figure.status == "forecast")
    if question.operation == "average" and not question.metrics:
        held = tuple(one for one in held if _AVERAGED.search(one.figure.series.metric))
    if not held and question.wants == "target":
        held = tuple(one for one in read_held(ask, fit) if _PLANNED.search(one.figure.series.metric))
    if not held:
        return None
    if question.ago:
        return _at_ago(ask, fit, held)
    if question.periods:
        return _at_period(ask, fit, held, question.periods[0])
    if question.to_date:
        return _so_far(ask, fit, held)
    goal = question.wants != "level" and question.metrics
    best = _last_goal(held) if goal else latest(held, ask.today)
    return tell(ask, fit, best, held) if best else None


_AVERAGED = re.compile(r"\b(?:average|mean|median|avg)\b|平均", re.I)
_PLANNED = re.compile(r"\b(?:plan(?:ned|s)?|target(?:ed|s)?|goals?|announced)\b|规划|计划|目标", re.I)
"""A table's own name for numbers that are aimed at."""


def _at_period(ask: Ask, fit: Fit, held: Sequence[Held], period: Period) -> Answer | None:
    """The value of a period: as held, else added up from its parts, else year by year, else what is near."""
    best = at(held, period)
    least = min(one.cost for one in held)
    if not best:
        derived = sum_of(ask, [one for one in held if one.cost <= least + _NARROWER], period)
        derived = derived or rest_of(ask, [one for one in held if one.cost <= least + _NARROWER], period)
        return derived or _years_within(ask, period) or nothing_at(ask, held, period)
    if all(one.figure.status == "missing" for one in best):
        known = [one for one in held if one.figure.status != "missing"]
        return sum_of(ask, known, period) or tell(ask, fit, best, held)
    if min(map(_beyond, best)) > least + _NARROWER:
        return nothing_at(ask, held, period, beside=best)
    return tell(ask, fit, best, held)


def _beyond(held: Held) -> float:
    """How far it is from what was asked; of a time to come every figure is of some scenario."""
    scenario = [pair for pair in held.hit.extra if pair[0] == "scenario"]
    return held.cost - (cost(scenario) if held.figure.status == "forecast" else 0.0)


def _so_far(ask: Ask, fit: Fit, held: Sequence[Held]) -> Answer | None:
    """The year so far: as published, or added up where the months held go further."""
    best = latest(held, ask.today, cumulative=True)
    months_held = _to_date(ask, held)
    if months_held is not None and (not best or _goes_further(months_held, best[0])):
        exact = at(held, months_held)
        derived = None if exact else sum_of(ask, held, months_held)
        if derived is not None:
            return derived
        best = exact or best
    return tell(ask, fit, best, held) if best else None


_NARROWER = 0.45
"""How much more of what nobody asked for makes a figure one of something else: battery electric cars for all."""


def _years_within(ask: Ask, period: Period) -> Answer | None:
    """ "Norway EV share 2020-2024": what is no sum is shown year by year."""
    from bot.answers.figures.series import answer_series

    if period.start is None or period.end is None or (period.end - period.start).days <= YEAR:
        return None
    return answer_series(replace(ask, question=replace(ask.question, operation="series")))


YEAR = 366


def _last_goal(held: Sequence[Held]) -> tuple[Held, ...]:
    """What was aimed at last, of the nearest thing: goals lie ahead, and none of them is left out for that."""
    ends = [one.figure.period.end for one in held if one.thing == held[0].thing and one.figure.period.end]
    return tuple(one for one in held if not ends or one.figure.period.end == max(ends))


def _ago(ask: Ask, held: Sequence[Held]) -> tuple[Period, ...]:
    """So many years before the period asked for, or before the latest held."""
    question = ask.question
    cumulative = True if question.to_date else None
    last = (
        at(held, question.periods[0]) if question.periods else latest(held, ask.today, cumulative=cumulative)
    )
    period = last[0].figure.period if last else None
    return (shift(period, years=-question.ago),) if period and period.start else ()


def _at_ago(ask: Ask, fit: Fit, held: Sequence[Held]) -> Answer | None:
    """What it was years before; where nobody states it, computed back from the change that a source states."""
    from bot.answers.figures.growth import answer_base

    periods = _ago(ask, held)
    answer = _at_period(ask, fit, held, periods[0]) if periods else None
    if answer is not None and answer.kind != "none":
        return answer
    return (answer_base(ask) if ask.question.ago == 1 else None) or answer


def _goes_further(period: Period, held: Held) -> bool:
    return period.end is not None and (held.figure.period.end is None or period.end > held.figure.period.end)


def _to_date(ask: Ask, held: Sequence[Held]) -> Period | None:
    """The year so far, as far as the months held go."""
    last = latest([one for one in held if one.figure.period.grain == "month"], ask.today)
    start = last[0].figure.period.start if last else None
    return months(start.year, 1, start.month) if start else None


def tell(ask: Ask, fit: Fit, best: Sequence[Held], held: Sequence[Held]) -> Answer | None:
    """The first of what fits, with its change, what others say, and what else may have been meant."""
    groups = things(best)
    first = best[0]
    rivals = [
        group[0]
        for thing, group in groups.items()
        if thing != first.thing and group[0].figure.value is not None
    ]
    close = [one for one in rivals if abs(one.cost - first.cost) < 1e-6 and not _same_value(one, first)]
    if len(close) > 2 and fits_many(first, close):
        return None if fit.near else ask_back(ask, [first, *close])
    if close and is_in_parts(first, close):
        return tell_parts(ask, [first, *close], details=_age(ask, first), follow_ups=_follow_ups(ask))
    figure, language = first.figure, language_of(ask)
    if figure.status == "missing" or figure.value is None:
        return marked_missing(ask, first, held)
    name = subject(figure, ask.view.catalogue, language)
    same = [one for one in groups[first.thing][1:] if one.source.id != first.source.id]
    parts = [amount(figure, language, ask.question.unit)]
    teller, change = _stated_change(ask, [first, *(one for one in same if _agree(one, first))])
    if change is not None and change.value is not None:
        words = grew(change.value, change.unit, change.step, change.basis, language)
        parts.append(words + as_printed(change, language))
    link = "：" if language == "zh" else ": "
    period = dated(figure, language) + _published(first, language)
    headline = (
        f"{period}{name}{link}{'，'.join(parts)}。"
        if language == "zh"
        else f"{name} {period}{link}{', '.join(parts)}."
    )
    if fit.near:
        headline = f"相近的数据：{headline}" if language == "zh" else f"Nearest held: {headline}"
    value, unit = convert(figure.value, figure.unit, ask.question.unit)
    told = [one for one in (teller,) if one is not None and one is not first]
    shown = [first, *told, *(one for one in _apart(same, first) if one not in told)]
    return build(
        ask, "value", headline, shown,
        value=value, unit=unit, details=[*_telling(told, language), *_age(ask, first), *_details(ask, first, same)],
        other=[*_other_years(ask, held, first), *(said(ask, one) for one in rivals[:3])],
        follow_ups=_follow_ups(ask),
        confidence=NEAR if fit.near else SURE,
    )  # fmt: skip


def _stated_change(ask: Ask, tellers: Sequence[Held]) -> tuple[Held | None, Figure | None]:
    """The change that a document states beside the value: the leading one, else another that has the same value.

    Another document's change counts only where it says against what ("year on year").
    """
    for place, one in enumerate(tellers):
        for change in read_beside(ask.view, one.figure):
            beside = change.status == one.figure.status
            if change.value is not None and beside and (change.basis or not place):
                return one, change
    return None, None


def _telling(told: Sequence[Held], language: Language) -> list[str]:
    """Who states the change, where it is not the source of the value."""
    if language == "zh":
        return [f"变化幅度出自：{_who(one.source)}" for one in told]
    return [f"The change is as stated by: {_who(one.source)}" for one in told]


def _age(ask: Ask, held: Held) -> list[str]:
    """How old the latest is, where no period was asked for."""
    told = "" if ask.question.periods else age(held.figure.period, ask.today, language_of(ask))
    return [told] if told else []


def _published(held: Held, language: Language) -> str:
    """Of a figure that nobody dates: when its document came out."""
    period, day = held.figure.period, held.source.published
    if period.start is not None or period.months is not None or day is None:
        return ""
    if language == "zh":
        return f"（{day.year}年{day.month}月发布）"
    return f" (published {day:%B %Y})"


def _same_value(one: Held, other: Held) -> bool:
    return one.figure.value == other.figure.value


def _apart(same: Sequence[Held], first: Held) -> list[Held]:
    return [one for one in same if not _agree(one, first)][:3] or list(same[:1])


def _agree(one: Held, other: Held) -> bool:
    a, b = one.figure, other.figure
    if a.value is None or b.value is None:
        return True
    return a.unit == b.unit and abs(a.value - b.value) <= max(a.step, b.step) / 2 + Decimal(0)


def _details(ask: Ask, first: Held, same: Sequence[Held]) -> list[str]:
    """What other documents say of the same, and why the first is first."""
    language = language_of(ask)
    differing = [one for one in same if not _agree(one, first)]
    lines = []
    for one in differing[:3]:
        text = amount(one.figure, language)
        who = _who(one.source)
        if who == _who(first.source):
            day = f" ({one.source.published:%B %Y})" if one.source.published and language == "en" else ""
            who = (one.source.title or one.source.file) + day
        lines.append(f"其他来源：{who}：{text}" if language == "zh" else f"Elsewhere: {who}: {text}")
    if differing:
        lines.append(
            "先列最新、其次发布者本身的数据。" if language == "zh"
            else "Sources differ; the newest comes first, then the metric's own publisher."
        )  # fmt: skip
    metric = ask.view.catalogue.get(first.figure.series.metric)
    if metric is not None and metric.definition and not _is_elsewhere(first):
        lines.append(metric.definition)
    return lines


def _is_elsewhere(held: Held) -> bool:
    """Whether a figure is of a firm or a region that the metric, by its definition, is not of."""
    named = {pair for pair in held.figure.series.dimensions if pair[0] in ("region", "company")}
    return bool(held.usual and named - held.usual)


def _who(source: Source) -> str:
    return source.publisher or source.title or source.file


def _other_years(ask: Ask, held: Sequence[Held], first: Held) -> list[str]:
    """Of a month asked without its year: the same month of other years."""
    asked = ask.question.periods
    if not asked or asked[0].start is not None or asked[0].months is None:
        return []
    others = [
        one
        for one in held
        if one.thing == first.thing
        and months_in(one.figure.period) == asked[0].months
        and one.figure.period.start != first.figure.period.start
    ]
    others.sort(key=lambda one: one.figure.period.label)
    others.sort(
        key=lambda one: one.figure.period.start.toordinal() if one.figure.period.start else 0, reverse=True
    )
    return [said(ask, one) for one in others[:2]]


def _follow_ups(ask: Ask) -> list[str]:
    if language_of(ask) == "zh":
        return ["同比？", "前一年？"]
    return ["yoy?", "the year before?", "as a table"]
