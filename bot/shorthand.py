"""Millions as people type them ("0.55m"), which a document would not be read to have."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_MILLIONS = re.compile(
    r"(?<![\w.,£$€¥-])\d+(?:\.\d+)?(?P<sign>m)\b(?!\s*(?:long|wide|high|deep|tall|above|below|away|from|\d|[²³/]))"
)
_SPELT = " million"


@dataclass(frozen=True, slots=True)
class SpeltOut:
    """A text with its millions spelt out, and where each of its characters stood before."""

    text: str
    ends: tuple[int, ...]
    """Where, in this text, each "m" was replaced: the end of " million"."""

    def before(self, at: int) -> int:
        """The place in the text as it was of a place in this one."""
        passed = bisect_right(self.ends, at)
        inside = passed < len(self.ends) and self.ends[passed] - len(_SPELT) < at
        start = self.ends[passed] - len(_SPELT) if inside else at
        return start - passed * (len(_SPELT) - 1)


def spell_out(text: str) -> SpeltOut:
    pieces, ends, last, length = [], [], 0, 0
    for found in _MILLIONS.finditer(text):
        piece = text[last : found.start("sign")] + _SPELT
        length += len(piece)
        pieces.append(piece)
        ends.append(length)
        last = found.end("sign")
    return SpeltOut("".join([*pieces, text[last:]]), tuple(ends))
