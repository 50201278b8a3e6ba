"""What a number stands for: "107.5 what unit and over what period"."""

from __future__ import annotations

import re

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.held import Fitting, Held
from bot.answers.figures.telling import amount, basis_words, dated, subject
from bot.answers.figures.wanted import Ask
from index.language.quantities import find_quantities
from index.lookup.figures import read_number, read_sources
from index.lookup.series import SeriesHit
from index.lookup.terms import find_terms

_ASKS = re.compile(
    r"\b(?:what|which) (?:unit|period|is|does|was|metric|are|were)\b|\bwhat'?s\b|\b(?:is|are|was|were) (?:for )?what\b"
    r"|\bstands? for\b|\bmean|\brefers?\b|\bwhere .*from\b|\bof what\s*\?*$|什么|指|哪",
    re.I,
)


def answer_number(ask: Ask) -> Answer | None:
    """The figures held of exactly this number, where the question names nothing else."""
    question = ask.question
    text = question.read_as or question.text
    if question.metrics or question.dimensions or question.periods or not _ASKS.search(text):
        return None
    if question.operation in ("rank", "max", "min") or question.limit:
        return None
    quantities = [
        found for found in find_quantities(text) if not re.fullmatch(r"(?:19|20)\d\d", found.text.strip())
    ]
    said = {term for found in quantities for term in find_terms(found.text)}
    if len(quantities) != 1 or any(word not in said for word in question.words):
        return None
    unit = quantities[0].unit
    figures = [one for one in read_number(ask.view, quantities[0].value) if unit in ("", one.unit)][:4]
    if not figures:
        return None
    sources = read_sources(ask.view, {figure.document_id for figure in figures})
    held = [
        Held(figure, Fitting(SeriesHit(0, figure.series, 1.0, ())), sources[figure.document_id])
        for figure in figures
    ]
    language = language_of(ask)
    first = held[0].figure
    name = subject(first, ask.view.catalogue, language)
    period = dated(first, language)
    if first.kind == "change":
        name = f"{name}的变化" if language == "zh" else f"the change of {name}"
        if by := basis_words(first.basis, language):
            period = f"{period}{by}" if language == "zh" else f"{period}, {by}"
    headline = (
        f"{amount(first, language)}：{period}{name}。" if language == "zh"
        else f"{amount(first, language)} stands for {name} {period}."
    )  # fmt: skip
    return build(ask, "value", headline, held, value=first.value, unit=first.unit)
