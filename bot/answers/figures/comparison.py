"""Several things or periods side by side: "Japan vs Korea", "Oct 2024 vs 2025", "what grew faster"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.answers import Answer, Computation
from bot.answers.figures.built import SURE, build, language_of, said
from bot.answers.figures.change import between
from bot.answers.figures.changes import compare_changes, compare_grown
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held
from bot.answers.figures.lines import answer_lines
from bot.answers.figures.summed import sums_at
from bot.answers.figures.telling import amount, grew, number, subject, value_of, when
from bot.answers.figures.wanted import Ask, wanted_of
from index.language.periods import Period, months_in


def answer_comparison(ask: Ask) -> Answer | None:
    """Of two things: their figures for one period, the larger first. Of two periods: the change between."""
    wanted = wanted_of(ask.question)
    if len(wanted) < 2:
        if len(ask.question.periods) < 2:
            from bot.answers.figures.sources import answer_sources

            return answer_sources(ask)
        fit = find_fit(ask, wanted[0])
        if fit is None:
            return None
        grown = (
            compare_changes(ask, fit) if _FASTER.search(ask.question.read_as or ask.question.text) else None
        )
        return grown or between(ask, fit, ask.question.periods[0], ask.question.periods[-1])
    changes = bool(ask.question.basis) or _is_growth(ask)
    if not changes and (lines := answer_lines(ask)) is not None:
        return lines
    found = side_by_side(ask, changes=changes)
    if not found or len(found) < 2:
        return compare_grown(ask) if changes else None
    return _told(ask, found, changes)


_FASTER = re.compile(
    r"\b(?:higher|lower|bigger|larger|smaller|faster|slower|stronger|weaker|more|less|greater)\b|更|哪个",
    re.I,
)
"""Words that set two changes against each other, where "vs" may ask for the change between."""


def _is_growth(ask: Ask) -> bool:
    text = (ask.question.read_as or ask.question.text).casefold()
    return any(word in text for word in ("faster", "slower", "grew", "growth", "增长", "增速", "increase"))


def side_by_side(ask: Ask, *, changes: bool = False) -> list[Held]:
    """One figure for each thing that the question names, of one period that all of them have."""
    groups: list[tuple[Held, ...]] = []
    for wanted in wanted_of(ask.question)[:8]:
        fit = find_fit(ask, wanted)
        if fit is not None and fit.near and len(ask.question.metrics) > 1:
            return []
        held = read_held(ask, fit, kinds=("change",) if changes else ("level",)) if fit else ()
        if changes:
            basis = ask.question.basis or "yoy"
            held = tuple(one for one in held if one.figure.basis == basis) or held
        held = tuple(one for one in held if one.figure.value is not None)
        if not held:
            return []
        groups.append(held)
    period = shared_period(ask, groups)
    if period is None:
        undated = all(one.figure.period.start is None for group in groups for one in group)
        return [like(group, groups[0][0]) for group in groups] if undated else []
    best = [at(group, period) or _months_of(ask, group, period) for group in groups]
    if not all(best):
        return []
    first = best[0][0]
    found = [like(group, first) for group in best]
    return found if _one_year(found, asked=period) else []


def _one_year(found: Sequence[Held], *, asked: Period) -> bool:
    """Months without a year are of one year only within one document; of those with one it has to be the same."""
    if asked.start is not None:
        return True
    dated = {one.figure.period.start for one in found}
    return len(dated) == 1 and (None not in dated or len({one.source.id for one in found}) == 1)


def _months_of(ask: Ask, group: Sequence[Held], period: Period) -> tuple[Held, ...]:
    """The sum over the months of a period, of what has all of them."""
    found = sums_at(group, period, ask.view.catalogue)
    most = max((len(one.parts) for one in found), default=0)
    return tuple(one for one in found if len(one.parts) == most)


def shared_period(ask: Ask, groups: Sequence[tuple[Held, ...]]) -> Period | None:
    """The period asked for, of the newest year in which every thing has it; else the newest that all have."""
    asked = ask.question.periods[0] if ask.question.periods else None
    if asked is not None and (asked.start is not None or asked.months is None):
        return asked
    keys = [
        {
            (one.figure.period.start, one.figure.period.end): one
            for one in group
            if one.figure.period.start
            and (asked is None or months_in(one.figure.period) == asked.months)
            and (asked or not ask.question.to_date or one.figure.period.cumulative)
        }
        for group in groups
    ]
    shared = set(keys[0]).intersection(*keys[1:])
    known = [keys[0][key] for key in shared]
    found = latest(known, ask.today)
    if not found and asked is None:
        found = latest(groups[0], ask.today, cumulative=True if ask.question.to_date else None)
    return found[0].figure.period if found and found[0].figure.period.start else asked


def like(group: Sequence[Held], first: Held) -> Held:
    """Of what fits, the first one of the same document and unit as the other's."""
    unit, source = first.figure.unit, first.source.id
    return min(group, key=lambda one: (one.figure.unit != unit, one.source.id != source))


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
    own = [
        value_of(value, language)
        for name, value in held.figure.series.dimensions
        if (name, value) not in shared
    ]
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
