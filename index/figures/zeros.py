"""Zeros that stand for a gap: 0 between months of tens of thousands is no market that stopped and went on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from index.figures import Figure

LARGE = 1_000
"""Both neighbours of a gap count at least so many."""
LONGEST = 3
"""Of so many periods at most: a longer run of zeros is what the table says."""


def without_gaps(figures: Sequence[Figure]) -> tuple[list[Figure], int]:
    """The figures of a table with such zeros as missing, and how many they were."""
    kept = list(figures)
    series: dict[object, list[int]] = {}
    for place, one in enumerate(kept):
        if one.value is not None and one.period.start is not None and one.kind == "level" and one.unit != "%":
            series.setdefault((one.series, one.unit, one.period.grain), []).append(place)
    gaps = [place for places in series.values() for place in _gaps(kept, places)]
    for place in gaps:
        kept[place] = replace(kept[place], value=None, status="missing")
    return kept, len(gaps)


def _gaps(figures: Sequence[Figure], places: list[int]) -> list[int]:
    ordered = sorted(
        places, key=lambda place: (figures[place].period.start or figures[place].period.end, place)
    )
    runs = [(zero, list(run)) for zero, run in groupby(ordered, key=lambda place: figures[place].value == 0)]
    found: list[int] = []
    for number, (zero, run) in enumerate(runs[:-1]):
        if zero and number and len(run) <= LONGEST:
            around = (figures[runs[number - 1][1][-1]].value, figures[runs[number + 1][1][0]].value)
            if all(value is not None and value >= LARGE for value in around):
                found += run
    return found
