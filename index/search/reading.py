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
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.analysis import MARKS, all_terms, find_tokens, fold
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
_SPACES = np.zeros(1 << 16, np.uint8)
_SPACES[[ord(mark) for mark, plain in MARKS.items() if plain == " "]] = True
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
    """The tokens of a batch, by number in a table; of those that have none where they stand, and a hash."""

    batch: bytes
    number: Ints
    before: Longs
    """How many stand before each byte that ends a passage or field."""
    unknown: Longs
    """Which of them have no number."""
    start: Longs
    end: Longs
    hash: Hashes

    def spell(self, some: Longs) -> list[bytes]:
        """Some of the unknown, as they stand there."""
        places = zip(self.start[some].tolist(), self.end[some].tolist(), strict=True)
        return [self.batch[start:end] for start, end in places]


def find_tokens_folded(text: bytes, powers: _Powers, table: _Table) -> Tokens:
    """The tokens of a folded text, which starts and ends on a byte that is in none."""
    batch = np.frombuffer(text, np.uint8)
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
    number = table.find(hashes)
    unknown = np.flatnonzero(number < 0)
    return Tokens(text, number, before, unknown, start[unknown], end[unknown], hashes[unknown])


def find_tokens_compiled(library: ctypes.CDLL, text: bytes, table: _Table) -> Tokens:
    """Those of a text as it is, by `compiled/reading.c`, whose tokens and hashes are others."""
    size = len(text)
    number, before = np.empty(size // 2 + 1, np.int32), np.empty(text.count(_END), np.int64)
    unknown, found = np.empty((size // 2 + 1, 4), np.int64), np.empty(2, np.int64)
    arrays = (table.keys, table.values, _SPACES, number, before, unknown, found)
    keys, values, *others = (array.ctypes.data for array in arrays)
    library.read_tokens(text + bytes(_AHEAD), size, keys, values, table.bits, *others)
    count, many = found.tolist()
    places, start, end, hashes = unknown[:many].T
    return Tokens(text, number[:count], before, places, start, end, hashes.view(np.uint64))


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
        self._spans = np.zeros((1 << 16, 2), np.int32)
        """Of each token where its terms start in `_flat`, and how many they are."""
        self._flat = np.zeros(1 << 16, np.int32)
        self._filled = 0

    def read(self, fields: Sequence[tuple[str, ...]]) -> tuple[Ints, Longs]:
        """The numbers of all terms in order, and how many each field of each passage has."""
        return self.read_joined(joined(fields))

    def read_joined(self, text: bytes) -> tuple[Ints, Longs]:
        """The same of texts that are joined already."""
        batch = text if self._library else fold(text.decode()).encode()
        tokens = self._find(batch)
        if len(tokens.unknown):
            if self._table.count > self.limit:
                self._forget()
                tokens = self._find(batch)
            self._learn(tokens)
        expand = self._expand_compiled if self._library else self._expand
        return expand(tokens.number, tokens.before[1:])

    def _find(self, batch: bytes) -> Tokens:
        if self._library:
            return find_tokens_compiled(self._library, batch, self._table)
        return find_tokens_folded(batch, self._powers, self._table)

    def _expand(self, numbers: Ints, before: Longs) -> tuple[Ints, Longs]:
        firsts, counts = self._spans[numbers].T.astype(np.int64)
        total = np.concatenate([[0], np.cumsum(counts)])
        shift = np.repeat(firsts - total[:-1], counts)
        return self._flat[shift + np.arange(len(shift))], np.diff(total[before], prepend=0)

    def _expand_compiled(self, numbers: Ints, before: Longs) -> tuple[Ints, Longs]:
        assert self._library
        stream = np.empty(int(self._spans[:, 1][numbers].sum()), np.int32)
        sizes = np.empty(len(before), np.int64)
        read = (numbers.ctypes.data, before.ctypes.data, len(before), self._spans.ctypes.data)
        self._library.expand(*read, self._flat.ctypes.data, stream.ctypes.data, sizes.ctypes.data)
        return stream, sizes

    def _learn(self, tokens: Tokens) -> None:
        """Numbers for the tokens that have none."""
        hashes, firsts = np.unique(tokens.hash, return_index=True)
        texts = fold(b"\0".join(tokens.spell(firsts)).decode()).split("\0")
        parts = [find_tokens(text) for text in texts]
        terms, number = iter(all_terms(list(chain.from_iterable(parts)))), self.terms.setdefault
        given = [[number(term, len(self.terms)) for _ in part for term in next(terms)] for part in parts]
        counts = np.array([len(some) for some in given], np.int64)
        first, last = self._table.count, self._table.count + len(given)
        filled = self._filled + int(counts.sum())
        self._spans = _room(self._spans, last)
        self._flat = _room(self._flat, filled)
        self._spans[first:last, 0] = self._filled + np.cumsum(counts) - counts
        self._spans[first:last, 1] = counts
        self._flat[self._filled : filled] = list(chain.from_iterable(given))
        self._filled = filled
        self._table.add(hashes, np.arange(first, last, dtype=np.int32))
        tokens.number[tokens.unknown] = self._table.find(tokens.hash)


def joined(fields: Sequence[tuple[str, ...]]) -> bytes:
    """All texts in UTF-8, with a mark before, between and after."""
    texts = [text for some in fields for text in some]
    whole = "\0".join(["", *texts, ""])
    if whole.count("\0") > len(texts) + 1:
        whole = "\0".join(["", *(text.replace("\0", " ") for text in texts), ""])
    return whole.encode("utf-8", "replace")


def _room(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """An array with room for so many, twice as large where it has to grow."""
    if size <= len(array):
        return array
    return np.concatenate([array, np.zeros((max(size, len(array)), *array.shape[1:]), array.dtype)])
