"""Streams of term numbers to symbols of 12 bits on disk, as `stream.py` says and reads them.

Where the machine has a compiler, `compiled/building.c` does this, some ten times as fast.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.native import load_search
from index.search.stream import AHEAD, LEAD, RADIX, RUN, TRIPLE, width_of

Array = npt.NDArray[Any]


def forward(
    streams: Iterable[Array],
    sizes: Iterable[Array],
    frequency: Array,
    places: Array,
    *,
    compiled: bool = True,
) -> dict[str, Array]:
    """The arrays of streams of term numbers; `places` tells of each its place (its last is -1: a break), `frequency` of
    each place in how many passages it is."""
    singles = np.sort(np.argsort(-frequency, kind="stable")[:RADIX])
    keys = _keys(len(frequency), singles)[places + 1]
    pack = Packer(keys, width_of(len(frequency) - len(singles)), load_search() if compiled else None)
    begun = [pack.add(stream, size) for stream, size in zip(streams, sizes, strict=True)]
    starts = np.concatenate([*begun, [pack.end]]).astype(np.int64)
    bases = starts[::RUN]
    beyond = starts - bases.repeat(RUN)[: len(starts)]
    return {
        "stream": pack.finish(),
        "bases": bases.astype(np.uint32),
        "starts": beyond.astype(np.uint16 if beyond.max(initial=0) < 1 << 16 else np.uint32),
        "singles": singles.astype(np.uint32),
    }


class Packer:
    """Streams to symbols of 12 bits, one behind the other; compiled where there is a library."""

    def __init__(self, keys: Array, width: int, library: ctypes.CDLL | None) -> None:
        self.end = 0
        """Symbols so far."""
        self._keys, self._width, self._library = keys, width, library
        self._parts: list[Array] = []
        self._half = np.zeros(3, np.uint8)
        """What stands of a symbol that awaits its neighbour."""

    def add(self, stream: Array, sizes: Array) -> Array:
        """Where each passage starts of a stream of term numbers."""
        begun = self.end
        add = self._add_compiled if self._library else self._add
        packed, starts = add(stream, sizes)
        whole = ((self.end >> 1) - (begun >> 1)) * 3
        self._parts.append(packed[:whole].copy())
        self._half = np.append(packed[whole : whole + 2], np.zeros(1, np.uint8))
        return starts

    def _add(self, stream: Array, sizes: Array) -> tuple[Array, Array]:
        symbols, starts = _symbols(self._keys[stream], sizes, self._width)
        if odd := self.end & 1:
            before = self._half[0] | np.uint16(self._half[1]) << 8
            symbols = np.concatenate([[before], symbols]).astype(np.uint16)
        starts += self.end
        self.end += len(symbols) - odd
        return _packed(np.append(symbols, np.zeros(2 - len(symbols) % 2, np.uint16))), starts

    def _add_compiled(self, stream: Array, sizes: Array) -> tuple[Array, Array]:
        assert self._library
        stream, sizes = np.ascontiguousarray(stream, np.int32), np.ascontiguousarray(sizes, np.int64)
        packed, starts = np.empty(len(stream) * 9 // 2 + AHEAD, np.uint8), np.empty(len(sizes), np.int64)
        packed[:3] = self._half
        self.end = self._library.pack_rows(
            *(stream.ctypes.data, sizes.ctypes.data, len(sizes), self._keys.ctypes.data, self._width),
            *(self.end, packed.ctypes.data, starts.ctypes.data),
        )
        return packed, starts

    def finish(self) -> Array:
        return np.concatenate([*self._parts, self._half[: 3 * (self.end & 1)], np.zeros(AHEAD, np.uint8)])


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
