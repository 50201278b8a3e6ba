"""Many passages to terms at once: tokens found and told apart in numpy, each distinct one analysed once.

The same as `analysis.analyze` passage by passage (a property holds it to that), many times as fast: bytes are classed
by a table, tokens are known by a 64-bit hash of their bytes, and only a token never seen before becomes a string. Where
the machine has a compiler, `compiled/reading.c` does this in one pass.
Two tokens of one hash would be taken for each other: among a million distinct ones the odds are about 1 in 40 million.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.analysis import all_terms, fold
from index.search.native import load_search

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]

BATCH = 256 * 1024
"""Characters read at once: what the processor's cache holds."""
_END = 0
"""The byte that ends a field."""
_AHEAD = 8
"""Bytes that `compiled/reading.c` may read behind a text."""

_WORD = np.zeros(256, np.bool_)
_WORD[[*range(48, 58), *range(97, 123), *range(65, 91), *range(128, 256)]] = True
_INSIDE = np.zeros(256, np.bool_)
_INSIDE[[ord(mark) for mark in ".,'"]] = True
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))


def _powers(base: np.uint64, count: int) -> Hashes:
    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint64)


@dataclass(slots=True)
class _Powers:
    """Powers of the hash's base and of its inverse, as many as a batch has bytes."""

    up: Hashes
    down: Hashes

    def reach(self, count: int) -> None:
        if len(self.up) < count:
            self.up = _powers(_BASE, count + count // 4)
            self.down = _powers(_INVERSE, count + count // 4)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a batch: where they start and end in its bytes, and their hashes."""

    start: Longs | Ints
    end: Longs | Ints
    hash: Hashes
    number: Ints
    """In a table, -1 where that doesn't know one."""
    before: Longs
    """How many stand before each byte that ends a passage or field."""


def find_tokens(batch: Bytes, powers: _Powers, table: _Table) -> Tokens:
    """The tokens of `batch`, which starts and ends on a byte that is in none."""
    word = _WORD[batch]
    inside = np.flatnonzero(_INSIDE[batch])
    word[inside[word[inside - 1] & word[inside + 1]]] = True
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    start, end = edges[::2], edges[1::2]
    powers.reach(len(batch))
    total = np.cumsum((batch.astype(np.uint64) + np.uint64(1)) * powers.up[: len(batch)], dtype=np.uint64)
    hashes = (total[end - 1] - total[start - 1]) * powers.down[start]
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    before = np.searchsorted(start, np.flatnonzero(batch == _END))
    return Tokens(start, end, hashes, table.find(hashes), before)


def find_tokens_compiled(library: ctypes.CDLL, text: bytes, table: _Table) -> Tokens:
    """The same by `compiled/reading.c`, whose hashes are others."""
    size = len(text)
    start, end, number = (np.empty(size // 2 + 1, np.int32) for _ in range(3))
    hashes, before = np.empty(size // 2 + 1, np.uint64), np.empty(text.count(_END), np.int64)
    arrays = (table.keys, table.values, start, end, hashes, number, before)
    keys, values, *found = (array.ctypes.data for array in arrays)
    count = library.read_tokens(text + bytes(_AHEAD), size, keys, values, table.bits, *found)
    return Tokens(start[:count], end[:count], hashes[:count], number[:count], before)


class _Table:
    """Hashes to numbers, by open addressing: looked up in whole arrays."""

    def __init__(self, bits: int = 16) -> None:
        self.bits = bits
        self.count = 0
        self.keys = np.zeros(1 << bits, np.uint64)
        self.values = np.full(1 << bits, -1, np.int32)

    def find(self, hashes: Hashes) -> Ints:
        """The number of each hash; -1 where it isn't known."""
        slots = (hashes >> np.uint64(64 - self.bits)).astype(np.int64)
        found = self.values[slots]
        todo = np.flatnonzero((self.keys[slots] != hashes) & (found >= 0))
        mask = (1 << self.bits) - 1
        while len(todo):
            slots[todo] = (slots[todo] + 1) & mask
            found[todo] = self.values[slots[todo]]
            todo = todo[(self.keys[slots[todo]] != hashes[todo]) & (found[todo] >= 0)]
        return found

    def add(self, hashes: Hashes, values: Ints) -> None:
        """Knows distinct new hashes from here on."""
        if (self.count + len(hashes)) * 2 > len(self.keys):
            self._grow(len(hashes))
        mask = (1 << self.bits) - 1
        slots = (hashes >> np.uint64(64 - self.bits)).astype(np.int64)
        todo = np.arange(len(hashes))
        while len(todo):
            free = todo[self.values[slots[todo]] < 0]
            self.values[slots[free]] = values[free]
            placed = free[self.values[slots[free]] == values[free]]
            self.keys[slots[placed]] = hashes[placed]
            todo = todo[self.values[slots[todo]] != values[todo]]
            slots[todo] = (slots[todo] + 1) & mask
        self.count += len(hashes)

    def _grow(self, more: int) -> None:
        keys, values = self.keys[self.values >= 0], self.values[self.values >= 0]
        bits = self.bits
        while (len(keys) + more) * 2 > 1 << bits:
            bits += 2
        self.__init__(bits)  # type: ignore[misc]
        self.add(keys, values)


class Reader:
    """Passages to streams of term numbers; remembers every token and term that it has met."""

    def __init__(self, tokens: int = 4_000_000, *, compiled: bool = True) -> None:
        self.limit = tokens
        """How many distinct tokens are remembered; beyond, all are forgotten and met anew (terms never are)."""
        self.terms: dict[str, int] = {}
        self._powers = _Powers(np.empty(0, np.uint64), np.empty(0, np.uint64))
        self._library = load_search() if compiled else None
        self._forget()

    def _forget(self) -> None:
        self._table = _Table()
        self._firsts = np.zeros(1 << 16, np.int64)
        self._counts = np.zeros(1 << 16, np.int64)
        self._flat = np.zeros(1 << 16, np.int32)
        self._filled = 0

    def read(self, fields: Sequence[tuple[str, ...]]) -> tuple[Ints, Longs]:
        """The numbers of all terms in order, and how many each field of each passage has."""
        return self.read_joined(joined(fields))

    def read_joined(self, text: str) -> tuple[Ints, Longs]:
        """The same of texts that are joined already."""
        batch = fold(text).encode("utf-8", "replace")
        tokens = self._find(batch)
        numbers = self._number(tokens, batch)
        counts = self._counts[numbers]
        total = np.concatenate([[0], np.cumsum(counts)])
        return self._expand(numbers, counts), np.diff(total[tokens.before])

    def _find(self, batch: bytes) -> Tokens:
        if self._library:
            return find_tokens_compiled(self._library, batch, self._table)
        return find_tokens(np.frombuffer(batch, np.uint8), self._powers, self._table)

    def _expand(self, numbers: Ints, counts: Longs) -> Ints:
        firsts = self._firsts[numbers]
        if len(counts) and counts.min() == counts.max() == 1:
            return self._flat[firsts]
        shift = np.repeat(firsts - np.cumsum(counts) + counts, counts)
        return self._flat[shift + np.arange(len(shift))]

    def _number(self, tokens: Tokens, batch: bytes) -> Ints:
        numbers = tokens.number
        unknown = np.flatnonzero(numbers < 0)
        if len(unknown):
            if self._table.count > self.limit:
                self._forget()
                return self._number(self._find(batch), batch)
            hashes, first = np.unique(tokens.hash[unknown], return_index=True)
            firsts = unknown[first]
            places = zip(tokens.start[firsts].tolist(), tokens.end[firsts].tolist(), strict=True)
            self._learn(hashes, [batch[start:end] for start, end in places])
            numbers[unknown] = self._table.find(tokens.hash[unknown])
        return numbers

    def _learn(self, hashes: Hashes, tokens: Sequence[bytes]) -> None:
        first, number = self._table.count, self.terms.setdefault
        texts = b"\n".join(tokens).decode("utf-8", "replace").split("\n")
        terms = [[number(term, len(self.terms)) for term in given] for given in all_terms(texts)]
        flat = [term for some in terms for term in some]
        counts = np.array([len(some) for some in terms], np.int64)
        last, filled = first + len(terms), self._filled + len(flat)
        self._firsts = _room(self._firsts, last)
        self._counts = _room(self._counts, last)
        self._flat = _room(self._flat, filled)
        self._firsts[first:last] = self._filled + np.cumsum(counts) - counts
        self._counts[first:last] = counts
        self._flat[self._filled : filled] = flat
        self._filled = filled
        self._table.add(hashes, np.arange(first, last, dtype=np.int32))


def joined(fields: Sequence[tuple[str, ...]]) -> str:
    """All texts with a mark before, between and after."""
    return "\0" + "\0".join(_clean(text) for texts in fields for text in texts) + "\0"


def _clean(text: str) -> str:
    return text.replace("\0", " ") if "\0" in text else text


def _room(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    return (
        array if size <= len(array) else np.concatenate([array, np.zeros(max(size, len(array)), array.dtype)])
    )
