"""What several sources say of one thing: "IEA's number against the table's"."""

from __future__ import annotations

from bot.answers import Answer
from bot.answers.figures.built import build, language_of
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import Held, at, latest, read_held
from bot.answers.figures.telling import amount, subject, when
from bot.answers.figures.wanted import Ask, Fit, compares_sources, wanted_of
from bot.questions.leftover import FILES

MOST = 4


def answer_sources(ask: Ask) -> Answer | None:
    """The figure of each source for one period; None where a question names no two, or fewer hold it."""
    if not compares_sources(ask):
        return None
    fit = find_fit(ask, wanted_of(ask.question)[0])
    if fit is None or fit.near:
        return None
    found = _by_source(ask, fit)
    if len(found) < 2 or len({one.figure.unit for one in found}) > 1:
        return None
    language = language_of(ask)
    first = found[0]
    told = [f"{amount(one.figure, language)} ({one.source.title or one.source.file})" for one in found]
    name, period = subject(first.figure, ask.view.catalogue, language), when(first.figure.period, language)
    headline = (
        f"{period}{name}：{'；'.join(told)}。" if language == "zh" else f"{name} {period}: {'; '.join(told)}."
    )
    differ = len({one.figure.value for one in found}) > 1
    note = ("来源不一致。" if language == "zh" else "The sources differ.") if differ else ""
    return build(
        ask, "comparison", headline, found, value=first.figure.value, unit=first.figure.unit,
        details=[note] if note else [],
    )  # fmt: skip


def _by_source(ask: Ask, fit: Fit) -> list[Held]:
    """The best of each document, of those that the question names, or of all where it names but a table."""
    question = ask.question
    if fit.documents is None and FILES not in question.sources:
        return []
    tables = FILES in question.sources
    named = fit.documents or frozenset()
    everything = Fit(fit.hits, None if tables else fit.documents, fit.metric)
    held = [one for one in read_held(ask, everything) if one.figure.value is not None]
    best = at(held, question.periods[0]) if question.periods else latest(held, ask.today)
    least = min((one.cost for one in best), default=0.0)
    first: dict[str, Held] = {}
    for one in best:
        if one.cost <= least + _AS_NEAR and (
            not tables or one.source.kind == "statistics" or one.source.id in named
        ):
            first.setdefault(one.source.id, one)
    return sorted(first.values(), key=lambda one: one.source.id not in named)[:MOST]


_AS_NEAR = 0.65
"""How much more a source may say of a thing than was asked: its own words for a kind."""
