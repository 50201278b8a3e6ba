"""Lexicon: phrases to values, found longest first in text of words and of Chinese characters.

A phrase is read as tokens: a word in lower case without its plural, or one Chinese character. So "Solid-state
batteries" is found by "solid state battery", and no alias is needed for case, hyphen or number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

V = TypeVar("V")

# An abbreviation with points, a word (an apostrophe ends it), or one Chinese character.
TOKEN = re.compile(
    r"(?P<points>[A-Za-z](?:\.[A-Za-z])+\.?)|(?P<word>(?:(?<=[A-Za-z\d])(?P<owner>['’]s)\b)|[A-Za-z\u00c0-\u024f\d]+)"
    r"|(?P<character>[\u3400-\u9fff])"
)
JOIN = re.compile(r"(?:['’]s)?[\s\-\u2010\u2011()]{0,3}")
"""What may stand between two words of one phrase."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a Chinese character, with its span."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match(Generic[V]):
    """A phrase found."""

    value: V
    start: int
    end: int
    first: int
    """The number of its first token, and of the token after its last."""
    after: int


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """A word in lower case without the s of its plural: not grammar, only equal for equal words."""
    word = word.lower().replace(".", "")
    if len(word) < 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("buses", "sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def find_tokens(text: str) -> tuple[Token, ...]:
    """The words and Chinese characters of a text, in order; an owner's 's is left out."""
    return tuple(
        Token(singular(found.group()), found.start(), found.end())
        for found in TOKEN.finditer(text)
        if not found.group("owner")
    )


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[V]):
    """A trie over tokens; "" leads from a node to what ends there: (value, exact surface or "")."""

    root: dict[str, Any] = field(default_factory=dict)

    def add(self, phrase: str, value: V, *, exact: bool = False) -> None:
        """Know a phrase; `exact` asks for its very letters (US, but not us). The first value given stays."""
        tokens = find_tokens(phrase)
        if not tokens:
            return
        node = self.root
        for token in tokens:
            node = node.setdefault(token.key, {})
        node.setdefault("", []).append((value, phrase if exact else ""))

    def find(self, text: str, tokens: tuple[Token, ...] | None = None) -> tuple[Match[V], ...]:
        """Every phrase of a text, longest first, none inside another."""
        tokens = find_tokens(text) if tokens is None else tokens
        found: list[Match[V]] = []
        place = 0
        while place < len(tokens):
            match = self._at(text, tokens, place) if tokens[place].key in self.root else None
            if match is None:
                place += 1
            else:
                found.append(match)
                place = match.after
        return tuple(found)

    def _at(self, text: str, tokens: tuple[Token, ...], first: int) -> Match[V] | None:
        """The longest phrase that begins at a token."""
        best: Match[V] | None = None
        node, place = self.root, first
        while place < len(tokens) and tokens[place].key in node:
            if place > first and not JOIN.fullmatch(text, tokens[place - 1].end, tokens[place].start):
                break
            node = node[tokens[place].key]
            place += 1
            start, end = tokens[first].start, tokens[place - 1].end
            for value, surface in node.get("", ()):
                if not surface or surface == text[start:end]:
                    best = Match(value, start, end, first, place)
                    break
        return best
