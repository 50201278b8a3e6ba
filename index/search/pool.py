"""The pool: the passages of a segment that come first by the words alone, from the postings' rounded weights.

Rare terms are added up passage by passage. Once the terms that are left can lift no new passage into the pool
(H. Turtle and J. Flood, 1995, Query Evaluation: Strategies and Optimizations: MaxScore), they are only looked up for
the passages already there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.postings import Postings

Array = npt.NDArray[Any]

WORTHWHILE = 1_000
"""Postings of a term below which adding it up costs less than asking whether to."""
SAMPLE = 500
"""Passages of the rarest terms by which the pool's last score is bounded from below."""
FEW = 1_000
"""Scores that are ordered as fast as most are first ruled out by that bound."""


def find_pool(
    postings: Postings, terms: Sequence[tuple[int, float]], size: int, mask: npt.NDArray[np.bool_] | None
) -> Array:
    """The rows of the `size` best of a segment, ascending; `terms` are places with their weights in the query."""
    terms = sorted(terms, key=lambda term: postings.frequency(term[0]))
    tops = [weight * postings.top(place) for place, weight in terms]
    left = np.cumsum([0.0, *tops[::-1]])[::-1]
    sums = postings.sums()
    touched: list[Array] = []
    try:
        rest = _add(postings, terms, left, size, mask, sums, touched)
        rows = np.concatenate(touched) if touched else np.zeros(0, np.intp)
        scores = sums[rows]
    finally:
        for some in touched:
            sums[some] = 0
    if mask is not None:
        rows, scores = rows[mask[rows]], scores[mask[rows]]
    for number in range(rest, len(terms)):
        keep = scores + np.float32(left[number] * 1.0001) >= _nth(scores, size)
        rows, scores = rows[keep], scores[keep]
        place, weight = terms[number]
        scores += _look_up(*postings.read(place, weight), rows, sums)
    if len(rows) > size:
        keep = scores >= _nth(scores, size)
        rows, scores = rows[keep], scores[keep]
        rows = rows[np.lexsort((rows, -scores))[:size]]
    return np.sort(rows)


def _add(
    postings: Postings,
    terms: Sequence[tuple[int, float]],
    left: Array,
    size: int,
    mask: npt.NDArray[np.bool_] | None,
    sums: npt.NDArray[np.float32],
    touched: list[Array],
) -> int:
    """Adds terms up into `sums`, rarest first; returns the number of the first that is better looked up."""
    sample: list[Array] = []
    count = 0
    for number, (place, weight) in enumerate(terms):
        if count >= size and mask is None and postings.frequency(place) > WORTHWHILE:
            scores = sums[sample[0] if len(sample) == 1 else np.concatenate(sample)]
            if _nth(scores, size) >= left[number]:
                return number
        rows, gain = postings.read(place, weight)
        if number:
            before = sums[rows]
            sums[rows] = before + gain
            rows = rows[before == 0]
        else:
            sums[rows] = gain
        touched.append(rows)
        if count < SAMPLE:
            sample.append(rows)
        count += len(rows)
    return len(terms)


def _nth(scores: Array, size: int) -> float:
    """The score of the last that the pool has room for."""
    if len(scores) <= size:
        return 0.0
    if len(scores) > FEW:  # what is below the last of some is below that of all, and ordering ties is slow
        scores = scores[scores >= _nth(scores[:SAMPLE], size)]
    return float(np.partition(scores, len(scores) - size)[len(scores) - size])


def _look_up(found: Array, weights: Array, rows: Array, sums: npt.NDArray[np.float32]) -> Array:
    """A term's weight in each of `rows`: by halving where these are few, else by way of `sums`."""
    if len(rows) * 16 < len(found):
        places = np.minimum(found.searchsorted(rows), len(found) - 1)
        return np.asarray(np.where(found[places] == rows, weights[places], 0))
    sums[found] = weights
    gain = sums[rows]
    sums[found] = 0
    return gain
