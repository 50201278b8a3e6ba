"""What fits several things alike: told in its parts, or asked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.held import Held
from bot.answers.figures.telling import amount, dated, subject
from bot.answers.figures.wanted import Ask
from index.lookup.series import is_aside, is_whole


def fits_many(first: Held, close: Sequence[Held]) -> bool:
    """Whether many values of one dimension fit alike, none of them the whole."""
    names = {name for name, _ in first.hit.extra}
    return (
        bool(names)
        and all({name for name, _ in one.hit.extra} == names for one in close)
        and first.cost > 0.1
    )


def is_in_parts(first: Held, close: Sequence[Held]) -> bool:
    """Whether what was asked is held in parts only, two or three in one table: fast and slow charging points."""
    column = {name for name, _ in _told_apart(first)}
    return (
        len(column) == 1
        and all(
            {name for name, _ in _told_apart(one)} == column
            and (one.source.id, one.figure.unit, one.figure.period)
            == (first.source.id, first.figure.unit, first.figure.period)
            and one.figure.place.cell
            for one in close
        )
        and first.cost > 0.1
    )


def _told_apart(held: Held) -> list[tuple[str, str]]:
    """The values that nobody asked for and that are no whole."""
    return [
        (name, value) for name, value in held.hit.extra if not is_whole(value) and not is_aside(name, value)
    ]


def tell_parts(
    ask: Ask, parts: Sequence[Held], *, details: Sequence[str], follow_ups: Sequence[str]
) -> Answer:
    """Each part by its name; nobody says that they are all, so none is added up."""
    language = language_of(ask)
    shown = [f"{_told_apart(one)[0][1]} {amount(one.figure, language, ask.question.unit)}" for one in parts]
    figure = parts[0].figure
    plain = replace(
        figure.series, dimensions=tuple(p for p in figure.series.dimensions if p not in _told_apart(parts[0]))
    )
    name = subject(replace(figure, series=plain), ask.view.catalogue, language)
    period = dated(figure, language)
    headline = (
        f"{period}{name}：{'；'.join(shown)}。"
        if language == "zh"
        else f"{name} {period}: {', '.join(shown)}."
    )
    return build(ask, "value", headline, parts, details=list(details), follow_ups=list(follow_ups))


def ask_back(ask: Ask, choices: Sequence[Held]) -> Answer:
    """One short question back, with choices."""
    language = language_of(ask)
    names = list(dict.fromkeys(name for name, _ in choices[0].hit.extra))
    values = list(dict.fromkeys(value for one in choices for _, value in one.hit.extra))[:8]
    which = ", ".join(names)
    headline = f"哪个（{which}）？" if language == "zh" else f"Which {which}: {', '.join(values[:6])}?"
    return build(ask, "clarify", headline, [], follow_ups=values[:4], confidence=0.5)
