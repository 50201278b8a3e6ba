"""The counted noun after a number: "30 South Korean battery manufacturers"."""

from __future__ import annotations

import re

from index.language.units import VEHICLES, WORDS

_WORD = re.compile(r"[\s\-]+(?:\+\s)?([A-Za-z][A-Za-z.'’\-]*)")
_OF_THEM = re.compile(
    r"(?<![sS])\s(?:stocks|makers|manufacturers|brands|models|startups|start-ups|companies|chargers|batteries|plants"
    r"|factories|owners|buyers|drivers|dealers|firms|jobs|platforms|projects|parts|batteries|stations)\b",
    re.I,
)
"""What follows "EV" where no vehicles are counted: "four EV stocks"."""
_STOPS = frozenset({
    "of", "in", "on", "at", "by", "from", "to", "and", "or", "but", "for", "with", "was", "were", "is", "are", "be",
    "been", "has", "have", "had", "as", "than", "that", "which", "who", "while", "year-on-year", "respectively",
    "this", "last", "next", "its", "their", "his", "her", "our", "whereas", "during", "since", "per", "up", "down",
    "over", "under", "after", "before", "when", "where", "more", "less", "higher", "lower", "of-the", "the", "a",
    "an", "it", "they", "he", "she", "we", "year-over-year", "yoy", "both", "so", "also", "says", "does", "goes",
    "towards", "versus", "plus", "minus", "times", "points", "percent", "will", "would", "can", "could", "may",
    "might", "did", "do", "if", "because", "between", "us", "across", "thus", "according", "compared", "reached",
    "includes", "accounts", "units'", "yes", "series", "sales", "news", "basis", "gas", "always", "perhaps", "plans",
    "sees", "shows", "means", "makes", "becomes", "remains", "falls", "rises", "drops", "grows", "cents", "year's",
    "various", "previous", "dropped", "rose", "fell", "grew", "increased", "decreased", "declined", "reaching",
    "against", "about", "around", "despite", "among", "within",
})  # fmt: skip


def find_noun(text: str, end: int, unit: str) -> tuple[int, str, bool]:
    """A counted noun in the next words: "30 South Korean battery manufacturers"."""
    at = end
    if at < len(text) and text[at] == "+":
        at += 1
    for place in range(5):
        found = _WORD.match(text, at, min(len(text), at + 40))
        if not found or "\n" in found.group()[: found.start(1) - found.start()]:
            break
        word = found.group(1).rstrip(".'’-")
        lower = word.lower()
        if lower in _STOPS:
            break
        last = found.start(1) + len(word)
        if lower in VEHICLES and (lower.endswith("s") or place == 0) and not _OF_THEM.match(text, last):
            if unit == "units" or lower not in ("car", "truck", "bus", "van"):
                return last, "vehicles", True
            if not re.match(r"[\s\-]+[A-Za-z]", text[last : last + 3]):
                return last, "vehicles", True
        if lower in ("units", "people", "persons"):
            return last, WORDS[lower], True
        if (
            lower.endswith("s")
            and not lower.endswith(("ss", "us", "ous", "is"))
            and len(lower) > 3
            and word[1:].islower()
        ):
            following = _WORD.match(text, last, min(len(text), last + 40))
            if following and following.group(1).lower() in VEHICLES and place < 3:
                at = last
                continue
            return last, lower, True
        at = last
        if text[last : last + 1] in ".,;:)":
            break
    return end, unit, False
