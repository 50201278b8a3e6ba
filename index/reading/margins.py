"""The numbers of lines that drafts, bills and patents print beside their text, which are no part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from index.reading.page import Word

_LEAST = 10
"""Numbers of a page that count its lines, at least; half as many where only each fifth line has one."""
_LINES = 6
"""Lines of text beside the numbers, at least."""
_RUNNING = 0.25, 0.97
"""Shares of lines that begin with a small letter: more than in the rows of a table, not all as in a list of words."""


def without_line_numbers(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a page but for those that count its lines."""
    numbers = [word for word in words if len(word.text) <= 3 and word.text.isascii() and word.text.isdigit()]
    if 2 * len(numbers) < _LEAST:
        return tuple(words)
    dropped: set[Word] = set()
    for column in _columns(numbers):
        for run in _runs(column):
            if _is_apart(run, words) and _counts_lines(run, words):
                dropped.update(run)
    return tuple(word for word in words if word not in dropped) if dropped else tuple(words)


def _columns(numbers: Sequence[Word]) -> Iterator[list[Word]]:
    """Numbers that end, or begin, under one another."""
    for sides in ([word.x1 for word in numbers], [word.x0 for word in numbers]):
        for x, _ in Counter(map(round, sides)).most_common(4):
            near = [number for number, side in zip(numbers, sides, strict=True) if abs(side - x) < 2]
            if 2 * len(near) >= _LEAST:
                yield sorted(near, key=lambda number: number.top)


def _runs(column: Sequence[Word]) -> Iterator[list[Word]]:
    """Numbers of a column that go up by one from line to line, or by five from each fifth; a few may be missing."""
    runs: list[list[Word]] = []
    for number in column:
        if runs and 0 < int(number.text) - int(runs[-1][-1].text) <= 5:
            runs[-1].append(number)
        else:
            runs.append([number])
    for run in runs:
        steps = [(int(b.text) - int(a.text), b.top - a.top) for a, b in pairwise(run)]
        by = min((step for step, _ in steps), default=0)
        if by not in (1, 5) or len(run) < (_LEAST if by == 1 else _LEAST / 2):
            continue
        line = median(down / step for step, down in steps)
        even = sum(abs(down - step * line) < 0.4 * line * by for step, down in steps)
        if line > 0 and even >= 0.8 * len(steps):
            yield run


def _is_apart(run: Sequence[Word], words: Iterable[Word]) -> bool:
    """Whether no other words stand where the numbers do, beside or between columns of text."""
    x0, x1 = min(w.x0 for w in run), max(w.x1 for w in run)
    top, bottom = run[0].top, run[-1].bottom
    own = set(run)
    others = [w for w in words if w.x0 < x1 and w.x1 > x0 and top < w.bottom and w.top < bottom]
    return sum(w not in own for w in others) <= 0.1 * len(run)


def _counts_lines(run: Sequence[Word], words: Iterable[Word]) -> bool:
    """Whether running text stands beside the numbers: many lines begin within a sentence."""
    own = set(run)
    beside = [word for word in words if run[0].top <= word.bottom and word.top <= run[-1].bottom]
    firsts: list[Word] = []
    for word in sorted((w for w in beside if w not in own), key=lambda w: (w.top + w.bottom, w.x0)):
        if not firsts or word.top >= (firsts[-1].top + firsts[-1].bottom) / 2:
            firsts.append(word)
        elif word.x0 < firsts[-1].x0:
            firsts[-1] = word
    small = sum(word.text[0].islower() for word in firsts)
    return len(firsts) >= _LINES and _RUNNING[0] <= small / len(firsts) <= _RUNNING[1]
