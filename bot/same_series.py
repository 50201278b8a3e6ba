"""The held figures that are of what a text states: its metric, its regions and chemistries, its period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.agreement import in_unit
from bot.answers.terms import STOP, read_line
from index.figures import Figure, Kind
from index.language.dimensions import find_dimensions
from index.language.metrics import FoundMetric, find_metrics
from index.language.periods import find_periods
from index.language.quantities import find_quantities
from index.lookup.figures import read_sources
from index.lookup.held import read_metric
from index.lookup.series import is_whole
from index.reader import View

KINDS: tuple[Kind, ...] = ("level", "change", "target")
_AFTER = re.compile(r"(?:\s+[a-z]+){0,2}\s+(?:in|for|of)\s+(?:the\s+)?(?P<name>[A-Z]\w+(?:\s+[A-Z]\w+)*)")
CARS = ("mode", "cars")
_BESIDE = frozenset({"after", "against"})
"""Words between a number and the one that it is compared with."""
FORM = 5
"""How many first letters words of one stem share."""
_NAME = re.compile(
    r"(?:\b(?:of|in|for|by|from|at)\s+(?:the\s+)?(?:(?:city|province|state|firm|company|maker|port)\s+of\s+)?"
    r"(?P<name>[A-Z][a-z]{2,}\w*))|(?:\b(?P<own>[A-Z][a-z]{2,}\w*)['’]s\b)"
)
"""A name that may say of whom or of where a number is."""


def find_same_series(said: Figure, view: View) -> tuple[Figure, ...]:
    """Held figures of the same metric and kind whose dimensions are those stated.

    A region that is not stated, there or here, is taken as meant where it is the whole (World) or the only one held;
    never where the text names a place that is not known.
    """
    if _is_put_elsewhere(said, view) or _is_of_companies(said):
        return ()
    everything = read_metric(view, said.series.metric, KINDS)
    regions = {value for figure in everything for name, value in figure.series.dimensions if name == "region"}
    stated = _stated(said, everything) | set(_spoken(said, everything, view))
    groups: dict[tuple[tuple[str, str], ...], list[Figure]] = {}
    for figure in everything:
        if figure.kind != said.kind or in_unit(figure, said.unit) is None or not _same_basis(said, figure):
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
    if any(chosen) and _names_elsewhere(said, [figure for extra in chosen for figure in groups[extra]], view):
        return ()
    return tuple(figure for extra in chosen for figure in groups[extra])


def _stated(said: Figure, held: Sequence[Figure]) -> set[tuple[str, str]]:
    """The dimensions of the text; cars are meant by a metric of vehicles that is not held by kind of them."""
    held_for_cars = any(CARS in figure.series.dimensions and figure.place.cell for figure in held)
    return {pair for pair in said.series.dimensions if held_for_cars or pair != CARS}


def _spoken(said: Figure, held: Sequence[Figure], view: View) -> Iterator[tuple[str, str]]:
    """Held dimensions whose value stands right beside the metric's name, or in the number's own words.

    "Fast public chargers", "battery demand for cars": words that only the table knows as a dimension. Of two values
    ("180,000 slow and 8,000 fast") the one right behind the number is meant, else the one right before it.
    """
    spans = [one for one in find_metrics(said.quote, view.catalogue) if one.key == said.series.metric]
    known = {name for name, _ in said.series.dimensions}
    values: dict[str, set[str]] = {}
    for name, value in {pair for figure in held for pair in figure.series.dimensions if pair[0] not in known}:
        if re.search(rf"\b{re.escape(value)}\b", said.quote, re.IGNORECASE):
            values.setdefault(name, set()).add(value)
    for name, named in sorted(values.items()):
        if len(named) > 1:
            yield name, _beside_number(said, named)
        elif any(_is_beside(value, said, spans) for value in named):
            yield name, min(named)


def _is_beside(value: str, said: Figure, spans: Sequence[FoundMetric]) -> bool:
    word = rf"\b{re.escape(value)}\b"
    return bool(re.search(word, said.text, re.IGNORECASE)) or any(
        re.search(rf"{word}[\s-]+(?:public\s+)?$", said.quote[: one.start], re.IGNORECASE)
        or re.search(word, one.text, re.IGNORECASE)
        or re.match(rf"\s+(?:for|of|from|by)\s+(?:the\s+)?{word}", said.quote[one.end :], re.IGNORECASE)
        for one in spans
    )


def _beside_number(said: Figure, named: Iterable[str]) -> str:
    """The value that a number is of; "" where none stands beside it."""
    either = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    own = re.escape(said.text)
    behind, ahead = rf"{own}[^\d,;]{{0,12}}?\b({either})\b", rf"\b({either})\b[^\d,;.]{{0,12}}{own}"
    for pattern, text in ((rf"\b({either})\b", said.text), (behind, said.quote), (ahead, said.quote)):
        if found := re.search(pattern, text, re.IGNORECASE):
            return next(one for one in named if one.casefold() == found[1].casefold())
    return ""


def _is_put_elsewhere(said: Figure, view: View) -> bool:
    """Whether the words right after the number are of another place or company, or of one that is not known."""
    own = dict(said.series.dimensions)
    for found in re.finditer(re.escape(said.text), said.quote):
        after = _AFTER.match(said.quote, found.end())
        if after is None:
            continue
        named = find_dimensions(after["name"])
        if any(own.get(one.name, one.value) != one.value for one in named):
            return True
        if not (
            named or find_periods(after["name"], today=None) or find_metrics(after["name"], view.catalogue)
        ):
            return True
    return False


def _is_of_companies(said: Figure) -> bool:
    """Whether the text names companies that the figure was not read to be of."""
    own = {name for name, _ in said.series.dimensions}
    return "company" not in own and any(one.name == "company" for one in find_dimensions(said.quote))


def _names_elsewhere(said: Figure, held: Sequence[Figure], view: View) -> bool:
    """Whether the text is of a place or company by a name that neither its dimensions nor what is held have."""
    text = said.quote
    dimensions, metrics = find_dimensions(text), find_metrics(text, view.catalogue)
    spans = [(one.start, one.end) for one in dimensions] + [(one.start, one.end) for one in metrics]
    spans += [(one.start, one.end) for one in find_periods(text, today=None)]
    names = [
        find_words(name["name"] or name["own"])
        for name in _NAME.finditer(text)
        if not any(a < name.end() and name.start() < b for a, b in spans)
    ]
    if not names:
        return False
    titles = (source.title for source in read_sources(view, {one.document_id for one in held}).values())
    known = {word for words in (*(one.quote for one in held), *titles) for word in find_words(words)}
    return any(not name <= known for name in names)


def _same_basis(said: Figure, held: Figure) -> bool:
    return said.kind != "change" or not said.basis or not held.basis or said.basis == held.basis


def same_period(one: Figure, other: Figure) -> bool:
    return one.period.start is not None and (one.period.start, one.period.end) == (
        other.period.start,
        other.period.end,
    )


def same_months(one: Figure, other: Figure) -> bool:
    """Whether two periods are the same months, of whatever year."""
    a, b = one.period, other.period
    if a.start is None or b.start is None or a.end is None or b.end is None or b.grain == "year":
        return False
    return (a.start.month, a.start.day, (a.end - a.start).days // 5) == (
        b.start.month, b.start.day, (b.end - b.start).days // 5,
    )  # fmt: skip


def is_of_another(held: Figure, said: Figure) -> bool:
    """Whether what is held is of a region, chemistry… that the text does not speak of, while it names its own."""
    if held.series.metric != said.series.metric:
        return False
    own, named = dict(said.series.dimensions), set(_named(said.quote))
    return any(
        name in own and own[name] != value and (name, own[name]) in named and (name, value) not in named
        for name, value in held.series.dimensions
    )


def _named(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((found.name, found.value) for found in find_dimensions(text))


def is_of_the_same(held: Figure, sentence: str, words: frozenset[str], around: frozenset[str]) -> bool:
    """Whether regions, chemistries… that the sentence names are those held, and the other way round for a table's."""
    named = _named(sentence)
    if any(pair not in held.series.dimensions and not find_words(pair[1]) <= around for pair in named):
        return False
    return not held.place.cell or all(
        pair in named or is_whole(pair[1]) or find_words(pair[1]) <= words for pair in held.series.dimensions
    )


def is_of_the_cell(held: Figure, sentence: str) -> bool:
    """Whether a sentence says of a table's cell what it measures and of whom, and nothing that the cell does not."""
    spans = [(one.start, one.end) for one in find_periods(sentence, today=None)]
    spans += [(one.start, one.end) for one in find_quantities(sentence)]
    said = find_words(_without(sentence, spans)) - _BESIDE
    subject = find_words(held.series.metric.replace("_", " "))
    whose = frozenset(word for _, value in held.series.dimensions for word in find_words(value))
    return (
        bool(whose)
        and whose <= said
        and any(_is_form_of(word, subject) for word in said - whose)
        and all(_is_form_of(word, subject) for word in said - whose)
    )


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    return "".join(" " if any(a <= at < b for a, b in spans) else sign for at, sign in enumerate(text))


def _is_form_of(word: str, others: frozenset[str]) -> bool:
    """ "delivered" is of "deliveries"."""
    return any(word == other or (len(word) >= FORM and word[:FORM] == other[:FORM]) for other in others)


def find_words(text: str) -> frozenset[str]:
    line = read_line(text)
    return frozenset(s for s, w in zip(line.stems, line.words, strict=True) if w not in STOP)


def title_of(held: Figure, view: View) -> str:
    source = read_sources(view, [held.document_id]).get(held.document_id)
    return source.title if source else ""
