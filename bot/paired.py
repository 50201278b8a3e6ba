"""Which of the periods that a sentence names a number is of: the third of three, October of each of three years."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.figures import Figure
from index.language.periods import FoundPeriod, Period, find_periods, month, months

_LISTED = re.compile(r"\s*(?:[,、/&+]|and|vs\.?|和|与|及)\s*", re.IGNORECASE)
_EACH = re.compile(r"[,、/&+]|\band\b|和|与|及", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}|[’']\d\d|\d\d年")
MOST = 12


def pair(figures: Sequence[Figure], text: str) -> tuple[Figure, ...]:
    """Figures, each with its own of the periods that its sentence lists before it, where there are as many of both.

    "In 2023 and 2024: Norway 90 % and 92 %, Germany 24 % and 19 %" has as many of both for each country.
    """
    paired: dict[int, Figure] = {}
    for (quote, *_), group in itertools.groupby(figures, key=_key):
        said = list(group)
        begin = text.rfind(quote, 0, (said[0].place.start or 0) + len(quote))
        for listed, end in _lists(quote):
            after = [one for one in said if (one.place.start or 0) >= begin + end]
            runs = [after] if len(after) == len(listed) else list(_runs(after, text))
            if all(len(run) == len(listed) for run in runs):
                both = (one for run in runs for one in zip(run, listed, strict=True))
                paired |= {id(one): replace(one, period=period) for one, period in both}
    return tuple(paired.get(id(one), one) for one in figures)


def _key(figure: Figure) -> tuple[str, ...]:
    return figure.quote, figure.series.metric, figure.kind, figure.unit


def _runs(figures: Sequence[Figure], text: str) -> Iterator[list[Figure]]:
    """Those that stand one after the other, with nothing but a joint between."""
    run: list[Figure] = []
    for one in figures:
        if run and not _LISTED.fullmatch(text, run[-1].place.end or 0, one.place.start or 0):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _lists(text: str) -> Iterator[tuple[list[Period], int]]:
    """Periods that stand one after the other, each month of "October and November" for itself, and where they end."""
    run: list[FoundPeriod] = []
    for one in (*find_periods(text, today=None), None):
        if one is not None and (not run or _LISTED.fullmatch(text, run[-1].end, one.start)):
            run.append(one)
            continue
        periods = [period for each in run for period in _parts(each)]
        if 1 < len(periods) <= MOST:
            yield periods, run[-1].end
        run = [one] if one is not None else []


def _parts(one: FoundPeriod) -> list[Period]:
    start, end = one.period.start, one.period.end
    if one.period.grain != "span" or start is None or end is None or not _EACH.search(one.text):
        return [one.period]
    count = 12 * (end.year - start.year) + end.month - start.month
    return [
        month(start.year + at // 12, at % 12 + 1) for at in range(start.month - 1, start.month - 1 + count)
    ]


def in_that_year(said: Figure) -> Figure | None:
    """A year's figure read as one of the month of that year that the sentence names: "October: 1.43m (2024)"."""
    start = said.period.start
    if said.period.grain != "year" or start is None:
        return None
    found = {
        span
        for one in find_periods(said.quote, today=None)
        if not _YEAR.search(one.text) and (span := _months_of(one.period))
    }
    return replace(said, period=months(start.year, *found.pop())) if len(found) == 1 else None


def _months_of(period: Period) -> tuple[int, int] | None:
    """Which months of its year a period is, where it is shorter than one."""
    if period.months:
        return period.months
    start, end = period.start, period.end
    if period.grain not in ("month", "quarter", "half", "span") or start is None or end is None:
        return None
    return start.month, (end.month - 2) % 12 + 1
