"""The unit that a row says of its own number: "$ per pound, 2023, spot price"."""

from __future__ import annotations

import re
from dataclasses import replace

from index.figures.cells import PARTS, YEAR
from index.figures.measures import Measure
from index.figures.scales import read_unit

_UNIT_HEAD = re.compile(r"(?P<unit>[^,;(]+?)(?:\s+in)?\s*(?:[,;(].*)?")
_MONEY_PER = re.compile(r"(?:US)?\$\s*(?:per|/)\s*(\w+)", re.IGNORECASE)


def in_unit(measure: Measure, words: str) -> Measure:
    """A measure in the unit that its row says, with what else is said there: "$ per pound, 2023, spot price"."""
    head = _UNIT_HEAD.fullmatch(words.strip())
    said = head["unit"].strip() if head else words.strip()
    scale, unit = read_unit(
        _MONEY_PER.sub(lambda found: f"USD/{PARTS.get(found[1].casefold(), found[1])}", said)
    )
    rest = " ".join(
        re.sub(r"[^\w\s]|\b(?:in|for|of)\b", " ", YEAR.sub(" ", words.strip()[len(said) :])).split()
    )
    kinds = (("kind", rest.casefold()),) if rest else ()
    return replace(measure, unit=unit or measure.unit, scale=scale, dimensions=(*measure.dimensions, *kinds))
