"""A message as a document would have it: millions as people type them ("0.55m"), and pasted tables."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.pasted import Edit, find_cells

_MILLIONS = re.compile(
    r"(?<![\w.,£$€¥-])\d+(?:\.\d+)?(?P<sign>m)\b(?!\s*(?:long|wide|high|deep|tall|above|below|away|from|\d|[²³/]))"
)


@dataclass(frozen=True, slots=True)
class SpeltOut:
    """A text with some of it written otherwise, and where each of its characters stood before."""

    text: str
    starts: tuple[int, ...]
    """Where, in this text, each edit begins."""
    edits: tuple[Edit, ...]

    def before(self, start: int, end: int) -> tuple[int, int] | None:
        """Where words of this text stood in the text as it was; None where they begin within what was not there."""
        begin, inside = self._before(start)
        if inside:
            return None
        stop, inside = self._before(end - 1)
        return begin, stop if inside else stop + 1

    def _before(self, at: int) -> tuple[int, bool]:
        """The place, and whether it is within an edit: then where that ended."""
        last = bisect_right(self.starts, at) - 1
        if last < 0:
            return at, False
        edit, beyond = self.edits[last], at - self.starts[last] - len(self.edits[last].words)
        return (edit.end, True) if beyond < 0 else (edit.end + beyond, False)


def spell_out(text: str) -> SpeltOut:
    edits = [
        *find_cells(text),
        *(Edit(*found.span("sign"), " million") for found in _MILLIONS.finditer(text)),
    ]
    pieces: list[str] = []
    starts: list[int] = []
    kept: list[Edit] = []
    last = length = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < last:
            continue
        piece = text[last : edit.start]
        starts.append(length + len(piece))
        kept.append(edit)
        pieces += [piece, edit.words]
        length += len(piece) + len(edit.words)
        last = edit.end
    return SpeltOut("".join([*pieces, text[last:]]), tuple(starts), tuple(kept))
