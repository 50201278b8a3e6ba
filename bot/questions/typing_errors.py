"""Typing errors mended against the words that are known: "oct nev slaes"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.questions.everyday import EVERYDAY

_WORD = re.compile(r"[A-Za-z]{4,}")
_WORDS = """
january february march april june july august september october november december sales production price share
growth increase latest compare highest lowest average difference ratio month quarter year installed capacity battery
vehicles vehicle electric energy what which many much china europe japan market export exports country countries
trend table monthly yearly total cumulative registrations stock demand lithium cobalt nickel
"""
_MEANT = frozenset(_WORDS.split())
"""What questions about figures are made of, beside the words of what is held."""


_RIGHT = EVERYDAY | _MEANT


def mend(text: str, *, known: Callable[[str], bool], words: Iterable[str]) -> str:
    """The text with every unknown word replaced by the one known word that it must be meant for."""
    candidates = tuple(sorted(_MEANT | {word for word in words if len(word) >= 4 and word.isalpha()}))

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if known(word.casefold()) or word.casefold() in _RIGHT:
            return word
        return _nearest(word.casefold(), candidates) or word

    return _WORD.sub(replace, text)


@lru_cache(maxsize=4_096)
def _nearest(word: str, candidates: tuple[str, ...]) -> str:
    """The only closest word: one error in a short word, two in a long one; the first letter is mostly right.

    A word of four letters may lack one or have two changed places; with one of them another it is another word.
    """
    most = 2 if len(word) >= 8 else 1
    short = len(word) <= 4
    best: list[str] = []
    least = most + 1
    for candidate in candidates:
        if abs(len(candidate) - len(word)) > most or (candidate[0] != word[0] and len(word) < 7):
            continue
        if short and (len(candidate) < len(word) or _differs(word, candidate)):
            continue
        distance = OSA.distance(word, candidate, score_cutoff=least)
        if distance < least:
            best, least = [candidate], distance
        elif distance == least <= most:
            best.append(candidate)
    return best[0] if len(best) == 1 else ""


def _differs(word: str, candidate: str) -> bool:
    return len(word) == len(candidate) and sorted(word) != sorted(candidate)
