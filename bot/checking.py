"""Check the numbers: every number of a text against what is held, each with its source sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.agreement import (
    find_agreeing,
    find_nearest,
    is_of_a_part,
    label_choice,
    label_difference,
    label_held,
)
from bot.answers.corrected import label
from bot.paired import in_that_year, pair
from bot.same_series import (
    find_same_series,
    find_words,
    is_of_another,
    is_of_the_cell,
    is_of_the_same,
    same_months,
    same_period,
    title_of,
)
from bot.scope import is_crossed, is_finer, is_narrowed, is_of_an_edition
from bot.shorthand import spell_out
from index.corrections import correction_of
from index.documents import Document
from index.figures import Figure
from index.figures.prose import find_figures
from index.language.quantities import Quantity, find_quantities
from index.language.sentences import find_sentences
from index.lookup.figures import Source, read_sources
from index.lookup.held import read_value
from index.passages import split
from index.reader import View

Verdict = Literal["agrees", "differs", "nothing held"]
LONGEST = 12_000
"""Characters of a text that are checked."""
COVERED = 0.8
"""The share of a sentence's words that a held sentence must have to be the same statement."""


_AIM = re.compile(
    r"\b(?:goals?|targets?|aims?|aimed|ambitions?|plan(?:s|ned)? (?:to|for)|set to|should|will|would"
    r"|forecasts?|projections?|projected|predict(?:s|ed)?|expect(?:s|ed)?|estimates? for)\b"
    r"|目标|规划|预计|预测|有望|力争|将达",
    re.IGNORECASE,
)
"""Words of what is to come: another than what came is not wrong for that."""


_UNTOLD = re.compile(rf"{_AIM.pattern}|\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
"""Words by which a sentence says that something is not so, or not yet."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A number of a text and what is held of it. Law: `text[start:end] == words`."""

    start: int
    end: int
    words: str
    verdict: Verdict
    held: Figure | None = None
    """What it was compared to; where nothing is held, the nearest that is."""
    source: Source | None = None
    note: str = ""
    """By how much it differs, or how what is held was chosen."""


def check(text: str, view: View, *, today: date) -> tuple[Finding, ...]:
    """A finding for every number, in order; `today` is the day on which it was said."""
    written = text[:LONGEST]
    spelt = spell_out(written)
    placed = ((one, spelt.before(one.start, one.end)) for one in _check(spelt.text, view, today))
    return tuple(
        replace(one, start=span[0], end=span[1], words=written[slice(*span)]) for one, span in placed if span
    )


def _check(text: str, view: View, today: date) -> tuple[Finding, ...]:
    document = Document("message", "", text, published=today, published_known="given")
    figures = pair(find_figures(document, split(document), view.catalogue, as_claimed=True), text)
    findings = [_choose(figure, view) for figure in figures if figure.value is not None]
    taken = [(finding.start, finding.end) for finding in findings]
    quantities = find_quantities(text)
    for quantity in quantities:
        if not any(a < quantity.end and quantity.start < b for a, b in taken):
            findings.append(
                Finding(quantity.start, quantity.end, text[quantity.start : quantity.end], "nothing held")
            )
    findings = [
        _by_sentence(one, text, figures, quantities, view) if one.verdict == "nothing held" else one
        for one in findings
    ]
    findings = [_note_correction(one, view) for one in _once(findings)]
    findings.sort(key=lambda one: (one.start, one.end))
    sources = read_sources(view, (one.held.document_id for one in findings if one.held))
    return tuple(
        replace(one, source=sources.get(one.held.document_id) if one.held else None) for one in findings
    )


def _once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """A number of two series ("both up 1.3 times") is told once, unless it is right of one and wrong of the other."""
    told: dict[tuple[int, int], set[Verdict]] = {}
    for one in sorted(findings, key=lambda one: one.verdict == "nothing held"):
        verdicts = told.setdefault((one.start, one.end), set())
        if one.verdict not in verdicts and not (one.verdict == "nothing held" and verdicts):
            verdicts.add(one.verdict)
            yield one


def _choose(said: Figure, view: View) -> Finding:
    """A figure as it is read; of the month that the sentence names where it agrees there, or only there is one held."""
    finding, other = _compare(said, view), in_that_year(said)
    if finding.verdict == "agrees" or other is None:
        return finding
    found = _compare(other, view)
    return found if found.held is not None else replace(finding, verdict="nothing held")


def _compare(said: Figure, view: View) -> Finding:
    """A figure that the text states against those of its metric, dimensions and period."""
    finding = Finding(said.place.start, said.place.end, said.text, "nothing held")
    held = [figure for figure in find_same_series(said, view) if figure.value is not None]
    here = [figure for figure in held if same_period(figure, said)]
    if agreeing := find_agreeing(said, here):
        if is_narrowed(said, agreeing, view):
            return replace(finding, held=agreeing, note=f"as a whole it is {label_held(agreeing)}")
        return replace(finding, verdict="agrees", held=agreeing, note=label_choice(said, agreeing))
    if said.period.origin not in ("stated", "context"):
        others = [figure for figure in held if same_months(figure, said)]
        if agreeing := find_agreeing(
            said, sorted(others, key=lambda figure: str(figure.period.start), reverse=True)
        ):
            note = f"of {agreeing.period.label}; the text does not say which year"
            return replace(finding, verdict="agrees", held=agreeing, note=note)
    exact = [figure for figure in here if figure.bound == "exactly"]
    if not exact or said.period.start is None:
        return finding
    return _differ(finding, said, exact, view)


def _differ(finding: Finding, said: Figure, exact: Sequence[Figure], view: View) -> Finding:
    """It differs from what is held, unless it may have been read amiss, or is of what was to come."""
    elsewhere, nearest = _elsewhere(said, view), find_nearest(said, exact)
    if elsewhere and not is_of_another(elsewhere, said):
        words = elsewhere.series.metric.replace("_", " ")
        note = f"held as {words}; as stated it is {label_held(nearest)}"
        return replace(finding, held=elsewhere, note=note)
    if is_of_an_edition(said) or is_crossed(said):
        return finding
    if excuse := _excuse(said, nearest, view, alone=elsewhere is None):
        return replace(finding, held=nearest, note=f"{excuse} {label_held(nearest)}")
    return replace(finding, verdict="differs", held=nearest, note=label_difference(said, nearest))


def _excuse(said: Figure, nearest: Figure, view: View, *, alone: bool) -> str:
    """Why a number may be right though another is held; "" where nothing speaks for it."""
    held = (
        (said.kind == "target" and not _is_same_aim(said, nearest), "a target that is held is"),
        (said.kind == "level" and bool(_AIM.search(said.quote)), "it came to"),
        (alone and is_of_a_part(said, nearest), "the whole is"),
        (is_finer(said, nearest), "held less precisely:"),
        (is_narrowed(said, nearest, view), "as a whole it is"),
    )
    return next((words for holds, words in held if holds), "")


def _is_same_aim(said: Figure, held: Figure) -> bool:
    """Targets of one metric, place and year may be of other fleets; those told in the same words are not."""
    words = find_words(said.quote) - find_words(said.text)
    return len(words & find_words(held.quote)) >= len(words) / 2


def _note_correction(finding: Finding, view: View) -> Finding:
    """Where what is held was corrected, the source sentence has it otherwise."""
    one = correction_of(finding.held, view.index.corrections) if finding.held else None
    if one is None:
        return finding
    return replace(finding, note="; ".join(filter(None, [finding.note, label(one)])))


def _elsewhere(said: Figure, view: View) -> Figure | None:
    """The same value in the same period of another metric: then the words may have been read amiss."""
    found = read_value(view, said.value or Decimal(0), said.step, said.unit)
    return next((f for f in found if same_period(f, said) and f.kind == said.kind), None)


def _by_sentence(
    finding: Finding, text: str, figures: Sequence[Figure], quantities: Sequence[Quantity], view: View
) -> Finding:
    """A number that no series was found for agrees where a held sentence says the same words with it."""
    quantity = next((q for q in quantities if q.start < finding.end and finding.start < q.end), None)
    if quantity is None or finding.held is not None:
        return finding
    said = next((figure for figure in figures if figure.place.start == finding.start), None)
    sentence = _sentence(text, finding.start)
    words = find_words(sentence)
    for held in read_value(view, quantity.value, quantity.step, quantity.unit):
        if held.value is None or held.step > quantity.step * 10 or held.bound != quantity.bound:
            continue
        if said and said.period.start and not same_period(said, held):
            continue
        told = said is not None and same_period(said, held) and not _UNTOLD.search(sentence)
        if held.place.cell and told and is_of_the_cell(held, sentence):
            return replace(finding, verdict="agrees", held=held)
        around = find_words(held.quote) | find_words(title_of(held, view))
        numbers = {word for word in words if any(sign.isdigit() for sign in word)}
        own = find_words(finding.words)
        stated = len(words - own) >= 4 and numbers - own <= around and _covered(words - own, around)
        if stated and is_of_the_same(held, sentence, words, around):
            return replace(finding, verdict="agrees", held=held)
    return finding


def _covered(words: frozenset[str], around: frozenset[str]) -> bool:
    return len(words & around) >= COVERED * len(words)


def _sentence(text: str, at: int) -> str:
    return next((text[a:b] for a, b in find_sentences(text) if a <= at < b), text)


def findings_as_text(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings as plain text, each with its source sentence."""
    for one in findings:
        yield f"{one.words}: {one.verdict}{f' ({one.note})' if one.note else ''}"
        if one.held and one.source:
            yield f"    “{' '.join(one.held.quote.split())}”"
            yield f"    {one.source.title} · {one.source.file}"
