"""Streams on disk: the terms of passages in order, in symbols of 12 bits, two to three bytes.

0              a break between fields
below LEAD     a term of its own: one of those in the most passages, in alphabetical order (`singles` are their places)
from LEAD on   with one more symbol, a term by its rank among all others
from TRIPLE on with two more

What follows such a symbol is never 0 and always below LEAD. The ranks are spread over all first symbols of two, so that
a family has few of them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

LEAD, TRIPLE, LAST = 3968, 4080, 4096
RADIX = LEAD - 1
RUN = 64
"""Passages that share a base, from which their starts are told."""
AHEAD = 8
"""Bytes behind the last, so that several can be read at once."""


def width_of(others: int) -> int:
    """How many ranks share a first symbol of two."""
    return min(RADIX, max(1, -(-others // (TRIPLE - LEAD))))


class Streams:
    """The streams of a segment of so many terms, to be read."""

    def __init__(self, packed: Array, singles: Array, terms: int) -> None:
        # of each byte what it says with the next one
        self._pairs = np.ndarray((len(packed) - 1,), "<u2", packed.data, strides=(1,))
        self._terms = np.zeros(LAST, np.int32)
        self._terms[1 : len(singles) + 1] = singles + 1
        self._before = singles.astype(np.int64) - np.arange(len(singles))
        self._width = width_of(terms - len(singles))

    def read(self, places: Array) -> tuple[Array, Array]:
        """Of symbols at some places, whole passages: their terms as places + 1 (0 a break), and which start one."""
        symbols = self._pairs[places * 3 >> 1]
        symbols >>= (places.astype(np.uint16) & 1) << 2
        symbols &= LAST - 1
        found = self._terms[symbols]
        starts = np.ones(len(symbols), np.bool_)
        long = np.flatnonzero(symbols >= LEAD)
        starts[long + 1] = False
        rank = self._rank(symbols, long, starts)
        found[long] = rank + self._before.searchsorted(rank, "right") + 1
        return found[starts], starts

    def _rank(self, symbols: Array, long: Array, starts: Array) -> Array:
        """Of terms with several symbols: what they are among all such."""
        first = symbols[long].astype(np.int64)
        rank = (first - LEAD) * self._width + symbols[long + 1] - 1
        is_longest = first >= TRIPLE
        if is_longest.any():
            longest = long[is_longest]
            starts[longest + 2] = False
            rank[is_longest] = (first[is_longest] - TRIPLE) * RADIX + symbols[longest + 1] - 1
            rank[is_longest] = (
                rank[is_longest] * RADIX + symbols[longest + 2] - 1 + (TRIPLE - LEAD) * self._width
            )
        return np.asarray(rank)
