"""Editions of a source in a question: "IEA 2025: …" is the edition's year, and no period that is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.questions.asked import RELEASE
from bot.questions.fillers import FILLERS
from index.language.dimensions import find_dimensions
from index.language.periods import find_periods
from index.lookup.terms import find_terms
from index.lookup.vocabulary import Vocabulary

Span = tuple[int, int]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NOUNS = r"(?:releases?|editions?|versions?|vintages?|reports?|outlooks?)"
_AGE = re.compile(rf"\b(?:old|older|earlier|previous|new|newer)\b(?=\s+(?:[\w-]+\s+)?{_NOUNS}\b)", re.I)
_BESIDE = 3
"""Words between a source and the year of its edition: "the 2025 global EV explorer"."""


def find_editions(text: str, vocabulary: Vocabulary) -> tuple[list[Span], list[Span]]:
    """The years of editions, and the words that say of an edition named by its year that it is the older or newer."""
    found = [match.span() for match in RELEASE.finditer(text)]
    years = [match for match in _YEAR.finditer(text) if not any(s <= match.start() < e for s, e in found)]
    named = [
        year.span() for year in years if not _is_joined(text, year) and _is_named(text, year, vocabulary)
    ]
    if named and _has_period(text, [*found, *named]):
        found += named
    return found, [match.span() for match in _AGE.finditer(text)] if found else []


_BEFORE = re.compile(
    r"(?:\b(?:to|vs\.?|versus|and|or|from|between|until|till|through|since|in|by|for|of|on|jan\w*|feb\w*|mar\w*|apr\w*|may|jun\w*"
    r"|jul\w*|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|q[1-4]|h[12])|[-–/+&,>→])\W*$",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:(?:to|vs\.?|versus|and|or|until|till|through)\b|[-–/+&>→])[^a-z]{0,4}(?:19|20)\d\d", re.I
)


def _is_joined(text: str, year: re.Match[str]) -> bool:
    """Whether a year belongs to a month or to another year: "December 2021", "2021 to 2024"."""
    return _BEFORE.search(text[: year.start()]) is not None or _AFTER.match(text, year.end()) is not None


def _has_period(text: str, without: list[Span]) -> bool:
    """Whether a period is left that is asked about."""
    masked = list(text)
    for start, end in without:
        masked[start:end] = " " * (end - start)
    return bool(find_periods("".join(masked), today=None))


def _is_named(text: str, year: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a document is called by the year and by a word right beside it that names nothing but documents."""
    editions = set(vocabulary.sources.get(year.group(), ()))
    return bool(editions) and any(
        editions.intersection(vocabulary.sources.get(term, ())) for term in _beside(text, year, vocabulary)
    )


def _beside(text: str, year: re.Match[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The sources' names in the run of such words that ends or begins at the year."""
    before = list(_WORD.finditer(text, max(0, year.start() - 60), year.start()))[::-1]
    after = list(_WORD.finditer(text, year.end(), year.end() + 60))
    for run, at in ((before, year.start()), (after, year.end())):
        for word in run[:_BESIDE]:
            gap = text[word.end() : at] if word.start() < at else text[at : word.start()]
            terms = find_terms(word.group())
            if re.search(r"[^\s(]", gap) or not all(
                _only_names(term, word.group(), vocabulary) for term in terms
            ):
                break
            yield from terms
            at = word.start() if word.start() < at else word.end()


def _only_names(term: str, word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word names documents, and is no metric's, no value's and no period's."""
    return (
        term in vocabulary.sources
        and word.casefold() not in FILLERS
        and not vocabulary.is_strong(term)
        and not find_dimensions(word)
    )
