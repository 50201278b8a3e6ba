"""Whether a sentence is of less, or of another day's count, than what is held: then no difference makes it wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.answers.terms import STOP, set_of
from bot.same_series import find_words, title_of
from index.figures import Figure
from index.language.dimensions import find_dimensions
from index.language.metrics import find_metrics
from index.language.periods import find_periods
from index.language.quantities import find_quantities
from index.reader import View

NEUTRAL = set_of(
    "total overall annual yearly monthly record say says said reports report reported shows show showed "
    "counts count counted puts put sees see saw means whole its their our official latest units unit volume "
    "volumes end road roads date year years month months quarter period number numbers all same first last "
    "country market world installed electric public sold made while whereas fyi btw hey update source see hit "
    "confirm check verify find found think believe know heard read note expect"
)
"""Words beside a metric that leave it what it is."""
_PARTIAL = re.compile(
    r"\b(?:excluding|except|without|apart from|averag\w+|cumulative(?:ly)?|second-?hand|pre-?owned|retail"
    r"|wholesale|(?:a|an|per|each|every) (?:day|week|hour|person|capita|head|household)"
    r"|(?:used|leased|imported) (?:\w+ ){0,2}(?:EV|NEV|BEV|PHEV|car|vehicle)s?)\b|二手|零售|批发|不含|进口",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)\s+(?:report|edition|survey|outlook|review|data|yearbook|issue|study)\b",
    re.IGNORECASE,
)
_ARROW = re.compile(r"→|->|=>|⇒")
_BEFORE = re.compile(r"(?P<word>[A-Za-z][\w’'-]*)\s+$")
_HEAD = re.compile(r"(?P<word>[a-z]{3,})\s+(?:at|on|per|through|with|for|of)\s+(?:\w+\s+){0,2}$")
_AFTER = re.compile(
    r"\s+(?:in|among|amongst|of|by|from|at|for|to|within|outside|on|through)\s+(?:the\s+|its\s+)?(?P<word>[A-Za-z][\w-]*)"
)
_OWN = re.compile(r"['’]s\s+(?P<word>[A-Za-z][\w-]*)")
KINDS = frozenset({"mode", "vehicle", "use", "application"})
"""Dimensions that narrow a metric where what is held does not name them."""
FURTHEST = 4
"""How many words before a metric's name may narrow it."""


def is_narrowed(said: Figure, held: Figure, view: View) -> bool:
    """Whether words beside the metric or the place make it a part: "retail sales", "sales in big cities"."""
    if _PARTIAL.search(said.quote) and not _PARTIAL.search(held.quote):
        return True
    known = find_words(held.quote) | find_words(title_of(held, view))
    known |= {word for _, value in held.series.dimensions for word in find_words(value)}
    return any(not find_words(word) <= known for word in _beside(said, view))


def _beside(said: Figure, view: View) -> Iterator[str]:
    """The words that stand beside the names of the metric and of places, and are nothing else that is known."""
    text = said.quote
    metrics = [(one.start, one.end) for one in find_metrics(text, view.catalogue)]
    places = [(one.start, one.end) for one in find_dimensions(text) if one.name not in KINDS]
    spans = [*metrics, *places]
    spans += [(one.start, one.end) for one in find_periods(text, today=None)]
    spans += [(one.start, one.end) for one in find_quantities(text)]

    def is_free(at: int, word: str) -> bool:
        low = word.lower().removesuffix("'s").removesuffix("’s")
        return not (low in STOP or low in NEUTRAL or any(a <= at < b for a, b in spans))

    for start, end in metrics:
        at = start
        for _ in range(FURTHEST):
            before = _BEFORE.search(text, 0, at)
            if before is None or before["word"].lower() in STOP | NEUTRAL or before["word"].isupper():
                break
            if is_free(before.start(), before["word"]):
                yield before["word"]
            at = before.start()
        if (head := _HEAD.search(text, 0, start)) and is_free(head.start("word"), head["word"]):
            yield head["word"]
        if (after := _AFTER.match(text, end)) and is_free(after.start("word"), after["word"]):
            yield after["word"]
    for start, end in places:
        before = _BEFORE.search(text, 0, start)
        if before and is_free(before.start(), before["word"]) and before["word"].islower():
            yield before["word"]
        if (own := _OWN.match(text, end)) and is_free(own.start("word"), own["word"]):
            yield own["word"]


def is_of_an_edition(said: Figure) -> bool:
    """Whether the year that it was read to be of is that of a report, while the sentence names another."""
    named = [one["year"] for one in _EDITION.finditer(said.quote)]
    others = set(re.findall(r"\b(?:19|20)\d\d\b", said.quote)) - set(named)
    return bool(others) and said.period.start is not None and str(said.period.start.year) in named


def is_crossed(said: Figure) -> bool:
    """Whether numbers and years stand on two sides of arrows: which belongs to which is not said."""
    return bool(_ARROW.search(said.quote)) and len(find_periods(said.quote, today=None)) > 1


def is_finer(said: Figure, held: Figure) -> bool:
    """Whether it is told more finely than what is held, which is round, and rounds to that."""
    value, known = said.value or Decimal(0), held.value or Decimal(0)
    digits = known.normalize().as_tuple()
    if said.unit != held.unit or not isinstance(digits.exponent, int) or len(digits.digits) < 2:
        return False
    step = Decimal(1).scaleb(digits.exponent)
    return digits.exponent >= 4 and said.step < step and abs(value - known) <= step / 2
