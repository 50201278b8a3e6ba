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
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.analysis import MARKS, all_terms, find_tokens, fold
from index.search.native import load_search
from index.search.table import Table

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


@lru_cache(maxsize=1)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the hash's base and of its inverse."""
    powers = np.full((2, count), [[_BASE], [_INVERSE]], np.uint64)
    powers[:, 0] = 1
    up, down = np.cumprod(powers, axis=1, dtype=np.uint64)
    return up, down


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


def find_tokens_folded(text: bytes, table: Table) -> Tokens:
    """The tokens of a folded text, which starts and ends on a byte that is in none."""
    batch = np.frombuffer(text, np.uint8)
    word = _WORD[batch]
    inside = np.flatnonzero(_INSIDE[batch])
    word[inside[word[inside - 1] & word[inside + 1]]] = True
    edges = np.flatnonzero(word[1:] != word[:-1]) + 1
    start, end = edges[::2], edges[1::2]
    up, down = _powers(1 << len(batch).bit_length())
    total = np.cumsum((batch.astype(np.uint64) + np.uint64(1)) * up[: len(batch)], dtype=np.uint64)
    hashes = (total[end - 1] - total[start - 1]) * down[start]
    hashes ^= hashes >> np.uint64(32)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    before = np.searchsorted(start, np.flatnonzero(batch == _END))
    number = table.find(hashes)
    unknown = np.flatnonzero(number < 0)
    return Tokens(text, number, before, unknown, start[unknown], end[unknown], hashes[unknown])


def find_tokens_compiled(library: ctypes.CDLL, text: bytes, table: Table) -> Tokens:
    """Those of a text as it is, by `compiled/reading.c`, whose tokens and hashes are others."""
    size = len(text)
    number, before = np.empty(size // 2 + 1, np.int32), np.empty(text.count(_END), np.int64)
    unknown, found = np.empty((size // 2 + 1, 4), np.int64), np.empty(2, np.int64)
    bits, *slots = table.slots
    arrays = (*slots, _SPACES, number, before, unknown, found)
    keys, values, *others = (array.ctypes.data for array in arrays)
    library.read_tokens(text + bytes(_AHEAD), size, keys, values, bits, *others)
    count, many = found.tolist()
    places, start, end, hashes = unknown[:many].T
    return Tokens(text, number[:count], before, places, start, end, hashes.view(np.uint64))


class _Known:
    """The tokens met, by number: of each where its terms start in `flat`, and how many they are."""

    def __init__(self) -> None:
        self.table = Table()
        self.spans = np.zeros((1 << 16, 2), np.int32)
        self.flat = np.zeros(1 << 16, np.int32)
        self._filled = 0

    def add(self, hashes: Hashes, given: Sequence[Sequence[int]]) -> None:
        """New tokens, each with its terms."""
        counts = np.array([len(some) for some in given], np.int64)
        first, last = self.table.count, self.table.count + len(given)
        filled = self._filled + int(counts.sum())
        self.spans, self.flat = _room(self.spans, last), _room(self.flat, filled)
        self.spans[first:last, 0] = self._filled + np.cumsum(counts) - counts
        self.spans[first:last, 1] = counts
        self.flat[self._filled : filled] = list(chain.from_iterable(given))
        self._filled = filled
        self.table.add(hashes)  # only now: other threads may look them up from here on


class Reader:
    """Passages to streams of term numbers; remembers every token and term that it has met. For many threads."""

    def __init__(self, tokens: int = 4_000_000, *, compiled: bool = True) -> None:
        self.limit = tokens
        """How many distinct tokens are remembered; beyond, all are forgotten and met anew (terms never are)."""
        self.terms: dict[str, int] = {}
        self._library = load_search() if compiled else None
        self._known = _Known()
        self._learning = Lock()

    def read(self, texts: Sequence[str]) -> tuple[Ints, Longs]:
        """The numbers of all terms in order, and how many each text has."""
        return self.read_joined(joined(texts))

    def read_joined(self, text: bytes) -> tuple[Ints, Longs]:
        """The same of texts that are joined already."""
        known = self._known
        if self._library:
            tokens = find_tokens_compiled(self._library, text, known.table)
        else:
            tokens = find_tokens_folded(fold(text.decode()).encode(), known.table)
        if len(tokens.unknown):
            with self._learning:
                self._learn(tokens, known)
        if self._library:
            return _expand_compiled(self._library, tokens, known)
        return _expand(tokens, known)

    def _learn(self, tokens: Tokens, known: _Known) -> None:
        """Numbers for the tokens that have none."""
        if known.table.count > self.limit:
            self._known = _Known()  # for what is read from here on
        hashes, firsts = np.unique(tokens.hash, return_index=True)
        new = known.table.find(hashes) < 0  # another thread may have met some of them
        texts = fold(b"\0".join(tokens.spell(firsts[new])).decode()).split("\0")
        parts = [find_tokens(text) for text in texts] if new.any() else []
        terms, number = iter(all_terms(list(chain.from_iterable(parts)))), self.terms.setdefault
        given = [[number(term, len(self.terms)) for _ in part for term in next(terms)] for part in parts]
        known.add(hashes[new], given)
        tokens.number[tokens.unknown] = known.table.find(tokens.hash)


def _expand(tokens: Tokens, known: _Known) -> tuple[Ints, Longs]:
    firsts, counts = known.spans[tokens.number].T.astype(np.int64)
    total = np.concatenate([[0], np.cumsum(counts)])
    shift = np.repeat(firsts - total[:-1], counts)
    return known.flat[shift + np.arange(len(shift))], np.diff(total[tokens.before])


def _expand_compiled(library: ctypes.CDLL, tokens: Tokens, known: _Known) -> tuple[Ints, Longs]:
    spans, flat, ends = known.spans, known.flat, tokens.before[1:]
    stream = np.empty(int(spans[:, 1][tokens.number].sum()), np.int32)
    sizes = np.empty(len(ends), np.int64)
    read = (tokens.number.ctypes.data, ends.ctypes.data, len(ends), spans.ctypes.data)
    library.expand(*read, flat.ctypes.data, stream.ctypes.data, sizes.ctypes.data)
    return stream, sizes


def joined(texts: Sequence[str]) -> bytes:
    """All texts in UTF-8, with a mark before, between and after."""
    whole = "\0".join(["", *texts, ""])
    if whole.count("\0") > len(texts) + 1:
        whole = "\0".join(["", *(text.replace("\0", " ") for text in texts), ""])
    return whole.encode("utf-8", "replace")


def _room(array: npt.NDArray[Any], size: int) -> npt.NDArray[Any]:
    """An array with room for so many, twice as large where it has to grow."""
    if size <= len(array):
        return array
    return np.concatenate([array, np.zeros((max(size, len(array)), *array.shape[1:]), array.dtype)])
