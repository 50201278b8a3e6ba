"""Streams on disk: the terms of passages in order, in symbols of 12 bits, two to three bytes.

0              a break between fields
below LEAD     a term of its own: one of those in the most passages, in alphabetical order (`singles` are their places)
from LEAD on   with one more symbol, a term by its rank among all others
from TRIPLE on with two more

What follows such a symbol is never 0 and always below LEAD. The ranks are spread over all first symbols of two, so that
a family has few of them.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def forward(streams: Iterable[Array], sizes: Iterable[Array], frequency: Array) -> dict[str, Array]:
    """The arrays of streams of places + 1 (0 a break); `frequency` says of each place in how many passages it is."""
    singles = np.sort(np.argsort(-frequency, kind="stable")[:RADIX])
    keys = _keys(len(frequency), singles)
    width = _width(len(frequency) - len(singles))
    packed, begun, end, odd = list[Array](), list[Array](), 0, np.zeros(0, np.uint16)
    for stream, size in zip(streams, sizes, strict=True):
        symbols, start = _symbols(keys[stream], size, width)
        begun.append(start + end)
        end += len(symbols)
        symbols = np.concatenate([odd, symbols])
        odd = symbols[len(symbols) // 2 * 2 :]
        packed.append(_packed(symbols[: len(symbols) // 2 * 2]))
    packed += [_packed(np.append(odd, np.zeros(len(odd), np.uint16))), np.zeros(AHEAD, np.uint8)]
    starts = np.concatenate([*begun, [end]]).astype(np.int64)
    bases = starts[::RUN]
    beyond = starts - bases.repeat(RUN)[: len(starts)]
    return {
        "stream": np.concatenate(packed),
        "bases": bases.astype(np.uint32),
        "starts": beyond.astype(np.uint16 if beyond.max(initial=0) < 1 << 16 else np.uint32),
        "singles": singles.astype(np.uint32),
    }


def _width(others: int) -> int:
    """How many ranks share a first symbol of two."""
    return min(RADIX, max(1, -(-others // (TRIPLE - LEAD))))


def _keys(terms: int, singles: Array) -> Array:
    """By place + 1 (0 a break): the symbol of a term of its own, else LEAD and its rank."""
    keys = np.zeros(terms + 1, np.int32)
    is_single = np.zeros(terms, np.bool_)
    is_single[singles] = True
    keys[1:][is_single] = np.arange(1, len(singles) + 1)
    keys[1:][~is_single] = np.arange(LEAD, LEAD + terms - len(singles))
    return keys


def _symbols(keys: Array, sizes: Array, width: int) -> tuple[Array, Array]:
    """The symbols of a stream of keys, and where each passage starts."""
    long = np.flatnonzero(keys >= LEAD)
    pairs = LEAD + (TRIPLE - LEAD) * width
    longest = long[keys[long] >= pairs]
    more = np.zeros(len(keys) + 1, np.int32)
    more[long + 1] = 1
    more[longest + 1] = 2
    places = np.arange(len(keys) + 1, dtype=np.int64) + np.cumsum(more)
    symbols = np.zeros(places[-1], np.uint16)
    symbols[places[:-1]] = np.where(keys < LEAD, keys, 0)
    rank, place = keys[long] - LEAD, places[long]
    symbols[place] = LEAD + rank // width
    symbols[place + 1] = 1 + rank % width
    rank, place = keys[longest] - pairs, places[longest]
    symbols[place] = TRIPLE + rank // RADIX**2
    symbols[place + 1] = 1 + rank // RADIX % RADIX
    symbols[place + 2] = 1 + rank % RADIX
    return symbols, places[np.cumsum(sizes) - sizes]


def _packed(symbols: Array) -> Array:
    """Two to three bytes, the first below."""
    first, second = symbols.reshape(-1, 2).T
    packed = np.zeros((len(first), 3), np.uint8)
    packed[:, 0] = first & 255
    packed[:, 1] = first >> 8 | (second & 15) << 4
    packed[:, 2] = second >> 4
    return packed.ravel()


class Streams:
    """The streams of a segment of so many terms, to be read."""

    def __init__(self, packed: Array, singles: Array, terms: int) -> None:
        # of each byte what it says with the next one
        self._pairs = np.ndarray((len(packed) - 1,), "<u2", packed.data, strides=(1,))
        self._terms = np.zeros(LAST, np.int32)
        self._terms[1 : len(singles) + 1] = singles + 1
        self._before = singles.astype(np.int64) - np.arange(len(singles))
        self._width = _width(terms - len(singles))

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
