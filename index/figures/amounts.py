"""Cells that say their money or their scale themselves: "€1.2bn", "950k", 1.2亿."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from index.language.quantities import find_quantities
from index.language.units import CURRENCIES

_LONGEST = 24
_SAYS = re.compile(
    r"[-−+(]?\s*(?:US)?[$€£¥]\s?\d|.*\d\s?(?:k|bn|billion|mn|million|tn|trillion|thousand|[万亿])\b", re.I
)
_SIGN = re.compile(r"[-−+(]?\s*((?:US)?[$€£¥])|.*?(€)\)?$")


@lru_cache(50_000)
def read_amount(cell: str) -> tuple[Decimal, str] | None:
    """A cell's number and unit, where it says that it is in thousands or millions, or money; None of others."""
    text = cell.strip()
    if not 2 <= len(text) <= _LONGEST or not _SAYS.match(text):
        return None
    is_loss = text.startswith("(") and text.endswith(")")
    plain = text[1:-1] if is_loss else text
    found = find_quantities(plain)
    if len(found) != 1 or (found[0].start, found[0].end, found[0].bound) != (0, len(plain), "exactly"):
        return None
    if found[0].unit and found[0].unit not in CURRENCIES.values():
        return None
    return -found[0].value if is_loss else found[0].value, found[0].unit


def money_of(cell: str) -> str:
    """The currency whose sign stands in a cell; empty where none does."""
    found = _SIGN.match(cell.strip())
    return CURRENCIES.get(found[1] or found[2], "") if found else ""
