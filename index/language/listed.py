"""Numbers of a list, each with what it is of behind it: "26 % for cobalt, 12 % for lithium and 15 % for nickel"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Span = tuple[int, int]

_BEHIND = re.compile(
    r"\s+(?P<way>for|in|of|from|to|by)\s+(?:the\s+)?(?P<what>[A-Za-z][\w’'-]*(?:\s(?!and\b|while\b|but\b)[A-Za-z][\w’'-]*){0,3}?)"
    r"(?=\s*(?:[,;.:)]|$|\(|(?:and|while|but|with|as|at|on|in|by|after)\b))"
)
_JOINT = re.compile(
    r"\s*(?:[,;]\s*(?:and\s+)?|(?:and|&)\s+)(?:(?:about|around|some|nearly|over|only|just|another|a\s+further)\s+)?[$€£¥]?"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What one number of a list is of."""

    way: str
    """The word between the two: "for", "in" …"""
    what: str
    start: int
    end: int
    first: bool
    """Whether it opens its list."""


def find_listed(text: str, numbers: Sequence[Span], periods: Sequence[Span] = ()) -> dict[int, Listed]:
    """What the numbers of a text's lists are of, by where each number starts; a list has two numbers at the least."""
    found: dict[int, Listed] = {}
    runs: list[list[tuple[Span, re.Match[str]]]] = []
    for span in sorted(numbers):
        behind = _BEHIND.match(text, span[1])
        if behind is None or any(
            start < behind.end() and behind.start("what") < end for start, end in periods
        ):
            continue
        last = runs[-1][-1][1] if runs else None
        goes_on = (
            last is not None and last["way"] == behind["way"] and _JOINT.fullmatch(text, last.end(), span[0])
        )
        if goes_on:
            runs[-1].append((span, behind))
        else:
            runs.append([(span, behind)])
    for run in runs:
        for place, (span, behind) in enumerate(run):
            if len(run) > 1:
                at = behind.span("what")
                found[span[0]] = Listed(behind["way"], behind["what"], *at, first=not place)
    return found
