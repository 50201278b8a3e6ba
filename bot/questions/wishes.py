# ruff: noqa: E501
"""The unit that the asker wishes for, and a threshold: "in thousand", "in GWh", "over 100,000"."""

from __future__ import annotations

import re
from decimal import Decimal

from index.language.quantities import find_quantities

_SCALES = r"thousands?|millions?|billions?|wan|10k|k|mn|bn|万辆?|亿|千"
_UNITS = r"[kMGT]Wh|kt|tonnes?|tons?|kg"
_WISH = re.compile(
    rf"\b(?:in|as)\s+(?:units of\s+)?(?P<a>{_SCALES}|{_UNITS})\b(?:\s*\([^)]*\))?(?:\s+(?:units|vehicles|cars))?"
    rf"|\bhow many (?P<b>{_SCALES}|{_UNITS})\b|多少(?P<c>万辆?|亿|千)|(?:(?<=20\d\d )|(?<!\d )(?<!\d)(?<!per )(?<!/))\b(?P<d>[kMGT]Wh)\b(?!\s*/)",
    re.I,
)
_NAMES = {"thousands": "thousand", "millions": "million", "billions": "billion", "万": "wan", "万辆": "wan", "10k": "wan", "k": "thousand", "mn": "million", "bn": "billion",
          "千": "thousand", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh", "tonnes": "t", "tonne": "t", "tons": "t",
          "ton": "t"}  # fmt: skip


def find_wish(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The unit wished for ("" for none), and the words that said so."""
    match = _WISH.search(text)
    if match is None:
        return "", []
    word = next(group for group in match.groups() if group).casefold()
    return _NAMES.get(word, word), [match.span()]


def is_measured_in(unit: str) -> bool:
    """Whether a unit says what is measured, and not only in what multiples: GWh, tonnes."""
    return unit.endswith("Wh") or unit in ("t", "kt", "kg")


def find_threshold(text: str) -> tuple[Decimal | None, list[tuple[int, int]]]:
    """The number of a question that has one, years aside."""
    for found in find_quantities(text):
        if not re.fullmatch(r"(?:19|20)\d\d", found.text.strip()):
            return found.value, [(found.start, found.end)]
    return None, []
