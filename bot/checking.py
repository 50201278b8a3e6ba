"""Check the numbers: every number of a text against what is held, each with its source sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.answers.terms import STOP, read_line
from index.documents import Document
from index.figures import Figure, Kind
from index.figures.prose import find_figures
from index.language.quantities import find_quantities, label
from index.language.sentences import find_sentences
from index.lookup.figures import Source, read_sources
from index.lookup.held import read_metric, read_value
from index.lookup.series import is_whole
from index.passages import split
from index.reader import View

Verdict = Literal["agrees", "differs", "nothing held"]
LONGEST = 12_000
"""Characters of a text that are checked."""
NEARLY, ABOUT = Decimal("0.1"), Decimal("0.05")
"""How far below "nearly" and around "about" may be, as a share."""
COVERED = 0.8
"""The share of a sentence's words that a held sentence must have to be the same statement."""
KINDS: tuple[Kind, ...] = ("level", "change", "target")
_SCALES = (
    {"Wh": 0, "kWh": 3, "MWh": 6, "GWh": 9, "TWh": 12},
    {"W": 0, "kW": 3, "MW": 6, "GW": 9, "TW": 12},
    {"g": 0, "kg": 3, "t": 6, "kt": 9, "Mt": 12, "Gt": 15},
)


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
    text = text[:LONGEST]
    document = Document("message", "", text, published=today, published_known="given")
    figures = find_figures(document, split(document), view.catalogue)
    findings = [_compare(figure, view) for figure in figures if figure.value is not None]
    taken = [(finding.start, finding.end) for finding in findings]
    for quantity in find_quantities(text):
        if not any(a < quantity.end and quantity.start < b for a, b in taken):
            findings.append(
                Finding(quantity.start, quantity.end, text[quantity.start : quantity.end], "nothing held")
            )
    findings = [
        _by_sentence(one, text, figures, view) if one.verdict == "nothing held" else one for one in findings
    ]
    findings.sort(key=lambda one: (one.start, one.end))
    sources = read_sources(view, (one.held.document_id for one in findings if one.held))
    return tuple(
        replace(one, source=sources.get(one.held.document_id) if one.held else None) for one in findings
    )


def _compare(said: Figure, view: View) -> Finding:
    """A figure that the text states against those of its metric, dimensions and period."""
    finding = Finding(said.place.start, said.place.end, said.text, "nothing held")
    held = [figure for figure in _of_same_series(said, view) if figure.value is not None]
    here = [figure for figure in held if _same_period(figure, said)]
    if agreeing := _agreeing(said, here):
        return replace(finding, verdict="agrees", held=agreeing, note=_chosen(said, agreeing))
    if said.period.origin not in ("stated", "context"):
        others = [figure for figure in held if _same_months(figure, said)]
        if agreeing := _agreeing(
            said, sorted(others, key=lambda figure: str(figure.period.start), reverse=True)
        ):
            note = f"of {agreeing.period.label}; the text does not say which year"
            return replace(finding, verdict="agrees", held=agreeing, note=note)
    exact = [figure for figure in here if figure.bound == "exactly"]
    if not exact or said.period.start is None:
        return finding
    if elsewhere := _elsewhere(said, view):
        words = elsewhere.series.metric.replace("_", " ")
        return replace(
            finding, held=elsewhere, note=f"held as {words}; as stated it is {_label(_nearest(said, exact))}"
        )
    nearest = _nearest(said, exact)
    return replace(finding, verdict="differs", held=nearest, note=_difference(said, nearest))


def _of_same_series(said: Figure, view: View) -> tuple[Figure, ...]:
    """Held figures of the same metric and kind whose dimensions are those stated.

    A region that is not stated, there or here, is taken as meant where it is the whole (World) or the only one held.
    """
    everything = read_metric(view, said.series.metric, KINDS)
    regions = {value for figure in everything for name, value in figure.series.dimensions if name == "region"}
    stated = set(said.series.dimensions)
    groups: dict[tuple[tuple[str, str], ...], list[Figure]] = {}
    for figure in everything:
        if figure.kind != said.kind or _in_unit(figure, said.unit) is None or not _same_basis(said, figure):
            continue
        own = set(figure.series.dimensions)
        missing = {value for name, value in stated - own if name == "region"}
        if stated - own and not (regions == missing and len(stated - own) == 1):
            continue
        groups.setdefault(tuple(sorted(own - stated)), []).append(figure)
    whole = [extra for extra in groups if all(is_whole(value) for _, value in extra)]
    if any(whole):
        return tuple(figure for extra in whole for figure in groups[extra])
    regional = [
        extra for extra in groups if all(name == "region" or is_whole(value) for name, value in extra)
    ]
    open_regions = {value for extra in regional for name, value in extra if name == "region"}
    chosen = regional if len(open_regions) == 1 else whole
    return tuple(figure for extra in chosen for figure in groups[extra])


def _same_basis(said: Figure, held: Figure) -> bool:
    return said.kind != "change" or not said.basis or not held.basis or said.basis == held.basis


def _same_period(one: Figure, other: Figure) -> bool:
    return one.period.start is not None and (one.period.start, one.period.end) == (
        other.period.start,
        other.period.end,
    )


def _same_months(one: Figure, other: Figure) -> bool:
    """Whether two periods are the same months, of whatever year."""
    a, b = one.period, other.period
    if a.start is None or b.start is None or a.end is None or b.end is None or b.grain == "year":
        return False
    return (a.start.month, a.start.day, (a.end - a.start).days // 5) == (
        b.start.month, b.start.day, (b.end - b.start).days // 5,
    )  # fmt: skip


def _in_unit(figure: Figure, unit: str) -> Decimal | None:
    """The power of ten from the figure's unit to another; None where they do not measure the same."""
    if figure.unit == unit:
        return Decimal(1)
    for scale in _SCALES:
        if figure.unit in scale and unit in scale:
            return Decimal(1).scaleb(scale[figure.unit] - scale[unit])
    return None


def _agreeing(said: Figure, held: Sequence[Figure]) -> Figure | None:
    """The first figure that the stated one agrees with; the most precise ones decide."""
    exact = [figure for figure in held if figure.bound == "exactly"]
    fine = [figure for figure in exact if _step(figure, said) <= said.step]
    return next((figure for figure in fine or exact or held if _agrees(said, figure)), None)


def _step(held: Figure, said: Figure) -> Decimal:
    return held.step * (_in_unit(held, said.unit) or Decimal(1))


def _value(held: Figure, said: Figure) -> Decimal:
    return (held.value or Decimal(0)) * (_in_unit(held, said.unit) or Decimal(1))


def _agrees(said: Figure, held: Figure) -> bool:
    """At the precision that is stated, or the one that is held where that is coarser."""
    value, known = said.value or Decimal(0), _value(held, said)
    if held.bound == "range" or held.high is not None:
        high = (held.high or Decimal(0)) * (_in_unit(held, said.unit) or Decimal(1))
        return said.bound == "range" and (value, said.high) == (known, high)
    tolerance = max(said.step, _step(held, said)) / 2
    if abs(value - known) <= tolerance:
        return True
    return held.bound == "exactly" and _within(said, value, known)


def _within(said: Figure, value: Decimal, known: Decimal) -> bool:
    """Whether what is held lies where "over", "nearly", "about" or a range says."""
    size = abs(value) * (ABOUT if said.bound == "about" else NEARLY)
    low, high = {
        "over": (value, value + size),
        "nearly": (value - size, value),
        "up to": (value - size, value),
        "about": (value - size, value + size),
        "range": (value, said.high if said.high is not None else value),
    }.get(said.bound, (value, value))
    return low <= known <= high


def _nearest(said: Figure, held: Iterable[Figure]) -> Figure:
    return min(held, key=lambda figure: (abs(_value(figure, said) - (said.value or Decimal(0))), figure.id))


def _elsewhere(said: Figure, view: View) -> Figure | None:
    """The same value in the same period of another metric: then the words may have been read amiss."""
    found = read_value(view, said.value or Decimal(0), said.step, said.unit)
    return next((f for f in found if _same_period(f, said) and f.kind == said.kind), None)


def _difference(said: Figure, held: Figure) -> str:
    """ "by 3,000 vehicles (0.8%): held is 383,000 vehicles"."""
    known, value = _value(held, said), said.value or Decimal(0)
    unit = "pp" if said.unit == "%" else said.unit
    by = label(abs(value - known), unit, step=min(said.step, _step(held, said)))
    share = f" ({abs(value - known) / abs(known):.1%})" if known and said.unit != "%" else ""
    return f"by {by}{share}: held is {_label(held)}"


def _label(figure: Figure) -> str:
    return label(
        figure.value or Decimal(0), figure.unit, step=figure.step, bound=figure.bound, high=figure.high
    )


def _chosen(said: Figure, held: Figure) -> str:
    """What the text left open and the held figure has."""
    extra = [
        value for pair in held.series.dimensions if pair not in said.series.dimensions for value in pair[1:]
    ]
    notes = [f"for {', '.join(extra)}"] if extra else []
    if _step(held, said) > said.step:
        notes.append(f"held less precisely: {_label(held)}")
    return "; ".join(notes)


def _by_sentence(finding: Finding, text: str, figures: Sequence[Figure], view: View) -> Finding:
    """A number that no series was found for agrees where a held sentence says the same words with it."""
    quantity = next(
        (q for q in find_quantities(text) if q.start < finding.end and finding.start < q.end), None
    )
    if quantity is None or finding.held is not None:
        return finding
    said = next((figure for figure in figures if figure.place.start == finding.start), None)
    words = _words(_sentence(text, finding.start))
    for held in read_value(view, quantity.value, quantity.step, quantity.unit):
        if held.value is None or held.step > quantity.step * 10 or held.bound != quantity.bound:
            continue
        if said and said.period.start and not _same_period(said, held):
            continue
        around = _words(held.quote) | _words(_title(held, view))
        numbers = {word for word in words if any(sign.isdigit() for sign in word)}
        own = _words(finding.words)
        if len(words - own) >= 4 and numbers - own <= around and _covered(words - own, around):
            return replace(finding, verdict="agrees", held=held)
    return finding


def _covered(words: frozenset[str], around: frozenset[str]) -> bool:
    return len(words & around) >= COVERED * len(words)


def _sentence(text: str, at: int) -> str:
    return next((text[a:b] for a, b in find_sentences(text) if a <= at < b), text)


def _words(text: str) -> frozenset[str]:
    line = read_line(text)
    return frozenset(s for s, w in zip(line.stems, line.words, strict=True) if w not in STOP)


def _title(held: Figure, view: View) -> str:
    source = read_sources(view, [held.document_id]).get(held.document_id)
    return source.title if source else ""


def findings_as_text(findings: Iterable[Finding]) -> Iterator[str]:
    """Findings as plain text, each with its source sentence."""
    for one in findings:
        yield f"{one.words}: {one.verdict}{f' ({one.note})' if one.note else ''}"
        if one.held and one.source:
            yield f"    “{' '.join(one.held.quote.split())}”"
            yield f"    {one.source.title} · {one.source.file}"
