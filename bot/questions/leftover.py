# ruff: noqa: E501
"""The words that no slot of a question took: what a series or a source still has to have."""

from __future__ import annotations

import re

from bot.questions.fillers import FILLER_ZH, FILLERS
from index.language.catalogue import Catalogue
from index.language.metrics import FoundMetric, find_objects
from index.language.units import CURRENCY_WORDS, EXACT
from index.lookup.terms import find_terms
from index.lookup.vocabulary import Vocabulary

Span = tuple[int, int]
UNITS = frozenset(
    unit.casefold() for unit in (*EXACT, *CURRENCY_WORDS, "ton", "tons", "tonne", "tonnes", "pound")
)
_ANY_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_PER_UNIT = re.compile(
    rf"(?:\b(?:in|usd|dollars?|eur|rmb|yuan|cny|[$€¥£])\s*)?\b(?:per|/)\s?(?:{_ANY_UNIT})\b", re.I
)
_AS_UNIT = re.compile(
    rf"\b(?:in|how many|& how many|usd|us\$)\s*(?:usd|eur|rmb|cny)?\s*/?\s*(?:grams?|kilograms?|percent|per cent|{_ANY_UNIT})\b(?!\s*\d)",
    re.I,
)
_FILE = re.compile(
    r"\b(?:tables?|csv|tsv|xlsx?|excel|spreadsheets?|sheets?|workbooks?|data ?sets?|data ?bases?|files?)\b|表格|表里|表中",
    re.I,
)
_A_LOT = re.compile(r"\b(?:a lot|lots)(?: of)?\b", re.I)
_SERIES = re.compile(r"(?<!\d[\s-])\bseries\b", re.I)
_POSSESSIVE = re.compile(r"(?<=\s)['’]s?(?=\s)")
"""What is left of "China's" when the region is taken."""
_SOLD = re.compile(r"\b(?:sold|sells?|selling)\b|售出|卖了?", re.I)
_PRICED = re.compile(
    r"\b(?:cheap(?:er|est)?|dear(?:er|est)|pric(?:ier|iest)|cost(?:lier|liest)|(?:most|more|less|least) expensive)\b"
    r"|最便宜|最贵",
    re.I,
)
"""Words that speak of a price without its name."""
_ESTIMATED = re.compile(r"\bestimate[ds]?\b|预估|估计|估算", re.I)


_WHO = re.compile(r"\baccording to (?:the )?(?P<name>[A-Za-z][\w&-]+)", re.I)
FILES = "table"
"""What stands in a question's sources for the words that mean a table: "in the csv"."""


def find_sources(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], list[Span]]:
    """Who says it, where no document is called so, and that a table is meant; with the words that say who."""
    said = [
        found
        for found in _WHO.finditer(text)
        if not any(term in vocabulary.sources for term in find_terms(found["name"]))
    ]
    files = [FILES] if _FILE.search(text) else []
    return (*files, *(found["name"] for found in said)), [found.span() for found in said]


def words_left(
    text: str, masked: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue
) -> tuple[str, ...]:
    """The terms of what is left of a text when its slots are masked."""
    left = FILLER_ZH.sub(" ", _POSSESSIVE.sub(" ", masked))
    for words in (_A_LOT, _PER_UNIT, _AS_UNIT, _FILE, _SERIES, _ESTIMATED):
        left = words.sub(" ", left)
    own = _own_objects(text, metrics, catalogue)
    found = [term for term in find_terms(left) if term not in FILLERS and term not in own]
    if metrics:
        return tuple(found)
    verb = "price" if _PRICED.search(text) else "sale" if _SOLD.search(text) else ""
    said = set(find_terms(" ".join(match.group() for match in _SOLD.finditer(text))))
    return tuple(dict.fromkeys([*([verb] if verb else []), *(term for term in found if term not in said)]))


def _own_objects(text: str, metrics: tuple[FoundMetric, ...], catalogue: Catalogue) -> frozenset[str]:
    """The words of what a metric counts, said apart from its measure: the NEV of "nev预估销量"."""
    counted = {name for found in metrics if (known := catalogue.get(found.key)) for name in known.objects}
    objects = [one for one in find_objects(text, catalogue) if one.name in counted and not one.dimensions]
    return frozenset(term for one in objects for term in find_terms(one.text))
