"""What a number stands for: "107.5 what unit and over what period"."""

from __future__ import annotations

import re

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.fit import Ask
from bot.answers.figures.held import Held
from bot.answers.figures.telling import amount, dated, subject
from index.language.quantities import find_quantities
from index.lookup.figures import read_number, read_sources
from index.lookup.series import SeriesHit

_ASKS = re.compile(
    r"\b(?:what|which) (?:unit|period|is|does|was|metric)\b|\bstands? for\b|\bmean|\brefers?\b"
    r"|\bwhere .*from\b|什么|指",
    re.I,
)


def answer_number(ask: Ask) -> Answer | None:
    """The figures held of exactly this number, where the question names nothing else."""
    question = ask.question
    text = question.read_as or question.text
    if question.metrics or question.dimensions or question.periods or not _ASKS.search(text):
        return None
    numbers = [
        found.value for found in find_quantities(text) if not re.fullmatch(r"(?:19|20)\d\d", found.text)
    ]
    digits = {re.sub(r"\D", "", word) for word in question.words}
    if len(numbers) != 1 or any(not digit for digit in digits):
        return None
    figures = read_number(ask.view, numbers[0])[:4]
    if not figures:
        return None
    sources = read_sources(ask.view, {figure.document_id for figure in figures})
    held = [
        Held(figure, SeriesHit(0, figure.series, 1.0, ()), sources[figure.document_id]) for figure in figures
    ]
    language = language_of(ask)
    first = held[0].figure
    name = subject(first, ask.view.catalogue, language)
    period = dated(first, language)
    headline = (
        f"{amount(first, language)}：{period}{name}。" if language == "zh"
        else f"{amount(first, language)} stands for {name} {period}."
    )  # fmt: skip
    return build(ask, "value", headline, held, value=first.value, unit=first.unit)
