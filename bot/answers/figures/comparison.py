"""Several things or periods side by side: "Japan vs Korea", "Oct 2024 vs 2025", "what grew faster"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import SURE, build, language_of, said
from bot.answers.figures.change import between, rate
from bot.answers.figures.fit import Ask, Wanted, find_fit, wanted_of
from bot.answers.figures.held import Held, at, latest, read_held
from bot.answers.figures.lines import answer_lines
from bot.answers.figures.telling import amount, grew, number, subject, value_label, when


def answer_comparison(ask: Ask) -> Answer | None:
    """Of two things: their figures for one period, the larger first. Of two periods: the change between."""
    wanted = wanted_of(ask.question)
    if len(wanted) < 2:
        if len(ask.question.periods) < 2:
            return None
        fit = find_fit(ask, wanted[0])
        return between(ask, fit, ask.question.periods[0], ask.question.periods[-1]) if fit else None
    changes = bool(ask.question.basis) or _is_growth(ask)
    if not changes and (lines := answer_lines(ask)) is not None:
        return lines
    found = side_by_side(ask, changes=changes)
    if not found or len(found) < 2:
        return None
    return _told(ask, found, changes)


def _is_growth(ask: Ask) -> bool:
    text = (ask.question.read_as or ask.question.text).casefold()
    return any(word in text for word in ("faster", "slower", "grew", "growth", "增长", "增速", "increase"))


def side_by_side(ask: Ask, *, changes: bool = False) -> list[Held]:
    """One figure for each thing that the question names, of one period that all of them have."""
    groups: list[tuple[Held, ...]] = []
    for wanted in wanted_of(ask.question)[:8]:
        fit = find_fit(ask, wanted)
        held = read_held(ask, fit, kinds=("change",) if changes else ("level",)) if fit else ()
        if changes:
            basis = ask.question.basis or "yoy"
            held = tuple(one for one in held if one.figure.basis == basis) or held
        held = tuple(one for one in held if one.figure.value is not None)
        if not held:
            return []
        groups.append(held)
    period = ask.question.periods[0] if ask.question.periods else None
    if period is None:
        period = _shared(ask, groups)
    if period is None:
        return []
    best = [at(group, period) for group in groups]
    if not all(best):
        return []
    first = best[0][0]
    return [_like(group, first) for group in best]


def _shared(ask: Ask, groups: Sequence[tuple[Held, ...]]):  # type: ignore[no-untyped-def]
    """The newest period that every thing has a figure for."""
    keys = [
        {(one.figure.period.start, one.figure.period.end): one for one in group if one.figure.period.start}
        for group in groups
    ]
    shared = set(keys[0]).intersection(*keys[1:])
    known = [keys[0][key] for key in shared]
    found = latest(known, ask.today) or latest(groups[0], ask.today)
    return found[0].figure.period if found else None


def _like(group: Sequence[Held], first: Held) -> Held:
    """Of what fits, the one of the same document and unit as the first."""
    return min(
        group,
        key=lambda one: (
            one.figure.unit != first.figure.unit,
            one.source.id != first.source.id,
            group.index(one),
        ),
    )


def _told(ask: Ask, found: list[Held], changes: bool) -> Answer | None:
    language = language_of(ask)
    if len({one.figure.unit for one in found}) > 1 and not changes:
        return together_held(ask, found)
    ranked = sorted(found, key=lambda one: one.figure.value or Decimal(0), reverse=True)
    names = [_name(ask, one, found) for one in ranked]
    values = [_value(ask, one, changes) for one in ranked]
    period = when(ranked[0].figure.period, language)
    shared = subject(
        replace(ranked[0].figure, series=replace(ranked[0].figure.series, dimensions=_shared_values(found))),
        ask.view.catalogue,
        language,
    )
    topic = "" if len({one.figure.series.metric for one in found}) > 1 else f"{shared} "
    pairs = [f"{name} {value}" for name, value in zip(names, values, strict=True)]
    if language == "zh":
        headline = f"{period}{topic}：{'；'.join(pairs)}；{names[0]}最高。"
    else:
        of = f"{topic}{period}"
        headline = f"{of[0].upper()}{of[1:]}: {names[0]} is {_leads(ask, ranked)} {values[0]}; {', '.join(pairs[1:])}."
    computation = _difference(ranked) if len(ranked) == 2 and not changes else None
    value, unit = (ranked[0].figure.value, ranked[0].figure.unit)
    return build(
        ask, "comparison", headline, ranked, value=value, unit=unit, computation=computation,
        details=[computation.formula] if computation else [said(ask, one) for one in ranked], confidence=SURE,
    )  # fmt: skip


def _leads(ask: Ask, ranked: Sequence[Held]) -> str:
    """ "Ahead with" more sold; a price is no race."""
    metric = ask.view.catalogue.get(ranked[0].figure.series.metric)
    priced = metric is not None and metric.kind == "price" and ranked[0].figure.kind != "change"
    return "dearer at" if priced else "ahead with"


def _shared_values(found: Sequence[Held]) -> tuple[tuple[str, str], ...]:
    """The values that all of them have, but those that the metric is of by its definition."""
    first, *others = (set(one.figure.series.dimensions) - one.usual for one in found)
    return tuple(sorted(first.intersection(*others)))


def _name(ask: Ask, held: Held, others: Sequence[Held]) -> str:
    """What tells it from the others: its own values, or its metric."""
    language = language_of(ask)
    if len({one.figure.series.metric for one in others}) > 1:
        return subject(held.figure, ask.view.catalogue, language)
    shared = set(others[0].figure.series.dimensions).intersection(
        *(o.figure.series.dimensions for o in others)
    )
    own = [value for name, value in held.figure.series.dimensions if (name, value) not in shared]
    return ", ".join(own) or subject(held.figure, ask.view.catalogue, language)


def _value(ask: Ask, held: Held, changes: bool) -> str:
    figure, language = held.figure, language_of(ask)
    if changes and figure.value is not None:
        return grew(figure.value, figure.unit, figure.step, figure.basis, language)
    return amount(figure, language, ask.question.unit)


def _difference(ranked: Sequence[Held]) -> Computation | None:
    a, b = ranked[0].figure, ranked[1].figure
    if a.value is None or b.value is None:
        return None
    formula = f"{number(a.value)} - {number(b.value)} = {number(a.value - b.value)}"
    return Computation(formula, (a, b))


def together(ask: Ask, answers: Sequence[Answer]) -> Answer:
    """Several values in one sentence: "NEV production and sales"."""
    first = answers[0]
    parts = [answer.headline.rstrip(".。") for answer in answers[:3]]
    mark, stop = ("；", "。") if ask.language == "zh" else ("; ", ".")
    return replace(
        first,
        headline=mark.join(parts) + stop,
        details=tuple(dict.fromkeys(line for answer in answers for line in answer.details))[:8],
        figures=tuple(figure for answer in answers for figure in answer.figures),
        citations=tuple(
            replace(citation, number=number)
            for number, citation in enumerate(
                dict.fromkeys(replace(c, number=0) for answer in answers for c in answer.citations), 1
            )
        ),
    )


def together_held(ask: Ask, found: Sequence[Held]) -> Answer:
    """Figures of different units side by side, none ahead of another."""
    language = language_of(ask)
    headline = "; ".join(said(ask, one) for one in found[:4]) + ("。" if language == "zh" else ".")
    return build(ask, "comparison", headline, found, details=[])


def answer_ratio(ask: Ask) -> Answer | None:
    """How many times one thing, or period, is another."""
    pair = _two(ask)
    if pair is None:
        return None
    a, b = pair[0].figure, pair[1].figure
    if a.value is None or not b.value or a.unit != b.unit:
        return None
    language = language_of(ask)
    value = (a.value / b.value).quantize(Decimal("0.01"))
    formula = f"{number(a.value)} / {number(b.value)} = {number(value)}"
    headline = (
        f"{said(ask, pair[0])}，是{said(ask, pair[1])}的{number(value)}倍（计算值）。" if language == "zh"
        else f"{number(value)} times, computed: {said(ask, pair[0])}; {said(ask, pair[1])}."
    )  # fmt: skip
    return build(
        ask,
        "computation",
        headline,
        pair,
        value=value,
        unit="times",
        computation=Computation(formula, (a, b)),
        details=[formula],
    )


def answer_difference(ask: Ask) -> Answer | None:
    """How much more one thing is than another; between two periods, the change."""
    if len(wanted_of(ask.question)) < 2:
        from bot.answers.figures.change import answer_change

        return answer_change(ask)
    pair = _two(ask)
    if pair is None:
        return None
    a, b = pair[0].figure, pair[1].figure
    if a.value is None or b.value is None or a.unit != b.unit:
        return None
    language = language_of(ask)
    value = a.value - b.value
    unit = "pp" if a.unit == "%" else a.unit
    formula = f"{number(a.value)} - {number(b.value)} = {number(value)}"
    shown = value_label(abs(value), unit, max(a.step, b.step), language, ask.question.unit)
    headline = (
        f"相差{shown}（计算值）：{said(ask, pair[0])}；{said(ask, pair[1])}。" if language == "zh"
        else f"The difference is {shown}, computed: {said(ask, pair[0])}; {said(ask, pair[1])}."
    )  # fmt: skip
    return build(
        ask,
        "computation",
        headline,
        pair,
        value=value,
        unit=unit,
        computation=Computation(formula, (a, b)),
        details=[formula],
    )


def answer_share(ask: Ask) -> Answer | None:
    """What part of a whole: one period of a longer one, or one thing of a larger one."""
    pair = _two(ask)
    if pair is None:
        return None
    part, whole = sorted(pair, key=lambda one: one.figure.value or Decimal(0))
    a, b = part.figure, whole.figure
    if a.value is None or not b.value or a.unit != b.unit or a.unit == "%":
        return None
    language = language_of(ask)
    value, step = rate(a.value, b.value, a.step, b.step)
    value += 100
    formula = f"{number(a.value)} / {number(b.value)} = {number(value)} %"
    shown = value_label(value, "%", step, language)
    headline = (
        f"{shown}（计算值）：{said(ask, part)}；{said(ask, whole)}。" if language == "zh"
        else f"{shown}, computed: {said(ask, part)}, of {said(ask, whole)}."
    )  # fmt: skip
    return build(
        ask, "computation", headline, [part, whole], value=value, unit="%",
        computation=Computation(formula, (a, b)), details=[formula],
    )  # fmt: skip


_KINDS = ("powertrain", "chemistry", "vehicle", "technology")


def _part_and_whole(ask: Ask, part: Wanted) -> list[Held] | None:
    """One kind of a thing and all of it, of one document: battery electric cars of NEV sales."""
    whole = replace(part, dimensions=tuple(pair for pair in part.dimensions if pair[0] not in _KINDS))
    if ask.question.operation != "share" or whole == part:
        return None
    held = [read_held(ask, fit) if (fit := find_fit(ask, one)) else () for one in (part, whole)]
    groups = [tuple(one for one in group if one.figure.value is not None) for group in held]
    if not all(groups):
        return None
    period = ask.question.periods[0] if ask.question.periods else _shared(ask, groups)
    best = [at(group, period) for group in groups] if period else []
    if len(best) < 2 or not all(best):
        return None
    found = [best[0][0], _like(best[1], best[0][0])]
    return found if found[1].cost < _WHOLE and found[0].hit.series != found[1].hit.series else None


_WHOLE = 0.45
"""What costs more than this is itself a part."""


def _two(ask: Ask) -> list[Held] | None:
    """Two figures: of two things at one period, or of one thing at two periods."""
    wanted = wanted_of(ask.question)
    if len(wanted) >= 2:
        found = side_by_side(ask)
        return found[:2] if len(found) >= 2 else None
    if len(ask.question.periods) < 2:
        return _part_and_whole(ask, wanted[0])
    fit = find_fit(ask, wanted[0])
    if fit is None:
        return None
    held = read_held(ask, fit)
    sides = [at(held, period) for period in ask.question.periods[:2]]
    pairs = [
        [one, other]
        for one in sides[0]
        for other in sides[1]
        if one.thing == other.thing and _one_year(one, other)
    ]
    return min(pairs, key=lambda pair: (pair[0].cost, pair[0].source.id != pair[1].source.id), default=None)


def _one_year(one: Held, other: Held) -> bool:
    """Undated figures compare only within one document."""
    undated = one.figure.period.start is None or other.figure.period.start is None
    return not undated or one.source.id == other.source.id
