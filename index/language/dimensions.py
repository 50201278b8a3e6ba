"""Dimensions in text: regions, companies, chemistries, kinds of cell, drive, vehicle; English, Chinese."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.language.lexicon import Lexicon, Match, Token, find_tokens

TABLE = Path(__file__).with_name("dimensions.toml")

Value = tuple[str, str]

PRONOUN_AFTER = frozenset(
    [
        "tell",
        "give",
        "show",
        "let",
        "help",
        "remind",
        "inform",
        "send",
        "get",
        "teach",
        "told",
        "gave",
        "showed",
        "ask",
        "asked",
        "of",
        "for",
        "to",
        "with",
        "by",
        "about",
        "around",
        "between",
        "among",
        "join",
        "joins",
        "surprise",
        "concern",
        "let's",
        "made",
        "make",
        "makes",
    ]
)
"""Words before a lower-case "us" that make it the pronoun."""
MARKET_WORDS = frozenset(
    [
        "sale",
        "market",
        "ev",
        "bev",
        "phev",
        "nev",
        "state",
        "registration",
        "battery",
        "government",
        "gov",
        "price",
        "demand",
        "production",
        "output",
        "export",
        "share",
        "policy",
        "subsidy",
        "blueprint",
        "strategy",
        "tariff",
        "plan",
        "stock",
        "treasury",
        "congress",
        "car",
        "auto",
        "vehicle",
        "charger",
        "charging",
        "dollar",
        "industry",
        "ira",
        "doe",
        "and",
        "or",
        "vs",
        "v",
    ]
)
"""Words after a lower-case "us" that make it the country."""
PAIRING = frozenset(["and", "or", "to", "than", "vs", "versus"])
"""Words that set a place beside another: "between us and china"."""
PLACE_BEFORE = frozenset(["the", "in", "vs", "versus", "across", "from", "within"])


@dataclass(frozen=True, slots=True)
class FoundDimension:
    """A value of a dimension said in a text. `text == source[start:end]`."""

    name: str
    """"region", "company", "chemistry", "technology", "powertrain", "vehicle", "mode" or "mineral"."""
    value: str
    start: int
    end: int
    text: str


@cache
def _lexicon() -> Lexicon[Value]:
    """One lexicon of all dimensions, so that a longer phrase of one wins over a shorter of another."""
    lexicon: Lexicon[Value] = Lexicon()
    for name, values in tomllib.loads(TABLE.read_text("utf-8")).items():
        exact = values.pop("exact", {})
        for value, words in values.items():
            for word in (value, *words):
                lexicon.add(word, (name, value))
        for value, words in exact.items():
            for word in words:
                lexicon.add(word, (name, value), exact=True)
    return lexicon


@cache
def known_values(name: str) -> tuple[str, ...]:
    """The values of a dimension, as `find_dimensions` spells them."""
    values = dict(tomllib.loads(TABLE.read_text("utf-8")).get(name, {}))
    exact = values.pop("exact", {})
    return tuple(dict.fromkeys((*values, *exact)))


def find_dimensions(text: str) -> tuple[FoundDimension, ...]:
    """Every value of a dimension that a text names, in order."""
    tokens = find_tokens(text)
    matches = list(_lexicon().find(text, tokens))
    matches.extend(_lower_case(tokens, matches))
    found = [
        FoundDimension(match.value[0], match.value[1], match.start, match.end, text[match.start : match.end])
        for match in matches
        if not _is_other(text, match)
    ]
    return tuple(sorted(found, key=lambda dimension: dimension.start))


def canonical(name: str, value: str) -> str:
    """A cell's value in our spelling: ("region", "Korea") → "South Korea"; unknown ones as they are."""
    for found in find_dimensions(value):
        if found.name == name and found.text.strip(" .") == value.strip(" ."):
            return found.value
    return value.strip()


_ALSO_WORDS = {"us": "United States", "turkey": "Türkiye"}
"""Words that, in lower case, are a country but by what stands around them."""


def _lower_case(tokens: tuple[Token, ...], matches: list[Match[Value]]) -> list[Match[Value]]:
    """A lower-case "us" or "turkey" that its neighbours make the country."""
    regions = {
        place for match in matches if match.value[0] == "region" for place in (match.first, match.after - 1)
    }
    covered = {place for match in matches for place in range(match.first, match.after)}
    found: list[Match[Value]] = []
    for place, token in enumerate(tokens):
        if token.key not in _ALSO_WORDS or place in covered:
            continue
        before = tokens[place - 1].key if place else ""
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        paired = (after in PAIRING and place + 2 in regions) or (before in PAIRING and place - 2 in regions)
        if before in PRONOUN_AFTER and not paired:
            continue
        dated = before in MARKET_WORDS and _DATED.match(after) is not None
        opens = token.key == "us" and place == 0 and after not in _WITH_PRONOUN
        if (
            paired
            or dated
            or opens
            or before in PLACE_BEFORE
            or after in MARKET_WORDS
            or place - 1 in covered
            or place + 1 in regions
        ):
            found.append(Match(("region", _ALSO_WORDS[token.key]), token.start, token.end, place, place + 1))
    return found


_WITH_PRONOUN = frozenset(["", "all", "both", "too", "guys", "humans"])
"""Words after an "us" that opens a text and is the pronoun all the same."""
_DATED = re.compile(
    r"(?:q[1-4]|[1-4]q|h[12]|[12]h|(?:19|20)\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)$"
)
OTHER_THINGS = re.compile(r"(?i)(?:washington post|mexico city|indiana jones)")
DOLLARS = re.compile(r"(?i)\s*(?:\$|dollars?\b|cents?\b)")


def _is_other(text: str, match: Match[Value]) -> bool:
    """A name that its neighbours make another thing: "the Washington Post", "US dollars"."""
    if match.value == ("region", "United States"):
        return DOLLARS.match(text, match.end) is not None
    return OTHER_THINGS.match(text, match.start) is not None
