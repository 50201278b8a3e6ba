"""An open segment: its dictionary and its postings, read in place."""

from __future__ import annotations

import threading
import zlib
from bisect import bisect_left
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from index.documents import EVERYONE
from index.search.formulas import FAMILY
from index.search.segment import Segment, open_segment
from index.search.stream import Streams

if TYPE_CHECKING:
    from typing_extensions import Buffer

Array = npt.NDArray[Any]
_BLOCK_BITS = 16
_BUCKET_BITS = 8
_BYTES = np.arange(256)
_PAIRS = np.stack([_BYTES & 15, _BYTES >> 4], axis=1).astype(np.float32)
"""The two weights of a byte."""
_GROUP_BITS = 2
_RUN_BITS = 6


def _view(array: Array) -> memoryview:
    """An array read one element at a time: faster so than through numpy."""
    return memoryview(cast("Buffer", array))


def _coded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _head(name: bytes) -> bytes:
    return _coded(name.decode("utf-8", "surrogatepass")[:FAMILY])


class Postings:
    """A segment as the query path sees it. Rows are the passages' places in it."""

    def __init__(self, path: Path, dead: Path | None, access: str = EVERYONE) -> None:
        segment = open_segment(path)
        self.access = access
        """The access label of its passages."""
        self.count: int = segment.facts["count"]
        self.living = self.count
        """How many passages were not removed."""
        self.length: int = segment.facts["length"]
        """How many terms those have together."""
        self.terms: int = segment.facts["terms"]
        self._first: int = segment.facts["first"]
        self._blocks: int = segment.facts["blocks"]
        self.facts, self.arrays = segment.facts, dict(segment.arrays)
        """What the file says, and what was removed since: as the compiled search reads it."""
        arrays = segment.arrays
        self._ids = arrays.get("ids")
        self._rows, self._weights = arrays["rows"], arrays["weights"]
        self._lows, self._buckets = arrays["lows"], arrays["buckets"]
        self._dense, self._dense_bounds = _view(arrays["dense"]), _view(arrays["dense_bounds"])
        self._bucket_bases = np.arange(self._buckets.shape[1], dtype=np.intp) << _BUCKET_BITS
        self._bounds, self._starts = arrays["bounds"], arrays["starts"]
        self._bases = arrays["bases"]
        self._terms = _view(arrays["terms"])
        self._names, self._slots = _view(arrays["names"]), _view(arrays["slots"])
        self._tops = _view(arrays["tops"])
        self._heads = _view(arrays["families"])
        self._edges = _view(self._bounds)
        self._firsts = (np.arange(self._blocks, dtype=np.intp) << _BLOCK_BITS) if self._blocks > 1 else None
        self.alive: npt.NDArray[np.bool_] | None = None
        self._lost: tuple[memoryview, memoryview] | None = None
        if dead:
            self._bury(open_segment(dead))
        self._local = threading.local()

    @cached_property
    def _streams(self) -> Streams:
        return Streams(self.arrays["stream"], self.arrays["singles"], self.terms)

    def _bury(self, dead: Segment) -> None:
        rows = dead.arrays["rows"]
        self.living -= len(rows)
        self.length -= dead.facts["length"]
        self.alive = np.ones(self.count, np.bool_)
        self.alive[rows] = False
        self.arrays |= {"alive": self.alive}
        if len(dead.arrays["terms"]):
            self.arrays |= {"lost_terms": dead.arrays["terms"], "lost_total": dead.arrays["total"]}
            self._lost = _view(dead.arrays["terms"]), _view(dead.arrays["total"])

    def find(self, term: str) -> int:
        """The place of a term; -1 where the segment has none."""
        low, high = self.family(term)
        names = self._group(low >> _GROUP_BITS, (high + (1 << _GROUP_BITS) - 1) >> _GROUP_BITS)
        shift = low >> _GROUP_BITS << _GROUP_BITS
        name = _coded(term)
        place = bisect_left(names, name, low - shift, high - shift)
        return place + shift if place + shift < high and names[place] == name else -1

    def _group(self, first: int, last: int) -> list[bytes]:
        """The terms of some groups of the dictionary."""
        return bytes(self._terms[self._names[first] : self._names[last]]).split(b"\n")

    def frequency(self, place: int) -> int:
        """How many passages hold a term."""
        return self.spread(place, place + 1)

    def top(self, place: int) -> int:
        return self._tops[place]

    def family(self, term: str) -> tuple[int, int]:
        """From which place to which the terms stand that begin as `term` does."""
        head = _coded(term[:FAMILY])
        mask = len(self._slots) - 1
        slot = zlib.crc32(head) & mask
        while found := self._slots[slot]:
            low, high = self._heads[found - 1], self._heads[found]
            if _head(self.name(low)) == head:
                return low, high
            slot = (slot + 1) & mask
        return 0, 0

    def name(self, place: int) -> bytes:
        group = place >> _GROUP_BITS
        return self._group(group, group + 1)[place - (group << _GROUP_BITS)]

    def spread(self, low: int, high: int) -> int:
        """How many postings the terms from one place to another have together."""
        found: int = self._edges[high * self._blocks] - self._edges[low * self._blocks]
        return found if self._lost is None else found - self._lost_below(high) + self._lost_below(low)

    def _lost_below(self, place: int) -> int:
        """How many postings of removed passages the terms before `place` have."""
        assert self._lost is not None
        terms, total = self._lost
        number = bisect_left(terms, place)
        return total[number - 1] if number else 0

    def read(self, place: int, weight: float) -> tuple[Array, Array]:
        """The rows that hold a term, ascending, and what it gives to the sum of each."""
        first = place * self._blocks
        start, end = self._edges[first], self._edges[first + self._blocks]
        pairs = (_PAIRS * np.float32(weight)).view(np.float64).ravel()
        gains = pairs[self._weights[start >> 1 : (end + 1) >> 1]].view(np.float32)
        return self._read_rows(place, start, end), gains[start & 1 : (start & 1) + end - start]

    def _read_rows(self, place: int, start: int, end: int) -> Array:
        number = bisect_left(self._dense, place)
        before = self._dense_bounds[number]
        if number < len(self._dense) and self._dense[number] == place:
            rows = self._bucket_bases.repeat(self._buckets[number])
            rows += self._lows[before : self._dense_bounds[number + 1]]
            return rows
        rows = self._rows[start - before : end - before].astype(np.intp)
        if self._firsts is not None:
            first = place * self._blocks
            edges = self._bounds[first : first + self._blocks + 1]
            rows += self._firsts.repeat(edges[1:] - edges[:-1])
        return rows

    def streams(self, rows: Array) -> tuple[Array, Array]:
        """The terms of some passages end to end (their places + 1, a break is 0), and how many of each."""
        starts = self._start(rows)
        sizes = self._start(rows + 1) - starts
        places = (starts - sizes.cumsum() + sizes).repeat(sizes)
        places += np.arange(len(places))
        stream, firsts = self._streams.read(places)
        before = np.concatenate([[0], firsts.cumsum()])
        ends = sizes.cumsum()
        return stream, before[ends] - before[ends - sizes]

    def _start(self, rows: Array) -> Array:
        """Where the streams of some passages start."""
        return np.asarray(self._bases[rows >> _RUN_BITS].astype(np.int64) + self._starts[rows])

    def ids(self, rows: Array) -> Array:
        """The passage ids of some rows."""
        if self._ids is None:
            return rows.astype(np.int64) + self._first
        return np.asarray(self._ids[rows], np.int64)

    def sums(self) -> npt.NDArray[np.float32]:
        """A float a row, all zero: one array a thread; who uses it leaves it at zero."""
        found: npt.NDArray[np.float32] | None = getattr(self._local, "sums", None)
        if found is None:
            found = self._local.sums = np.zeros(self.count, np.float32)
        return found
