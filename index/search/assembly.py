"""Streams of term numbers to the arrays of a segment.

A stream holds the terms of a passage in order, with BREAK between its fields. The arrays:

terms, names    every term in alphabetical order: text, one a line, and where each GROUP of them starts
families        the first term of each family: those that begin with the same letters
slots           a hash table over the families' letters (CRC-32, open addressing)
bounds          of each term and block of 65,536 passages, where its postings start
weights         postings: the weight in 15 steps, two to a byte
rows            of terms in few passages: the passages within their block
dense           the terms in many passages; their last 8 bits are in lows, how many share each first bits in buckets
dense_bounds    of each of those, where its lows start
tops            of each term its largest weight
stream, singles the stream of each passage again (`stream.py`)
bases, starts   where it starts: beyond the base of its RUN of passages
ids             passage ids, where they don't simply count on from the first
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.blocks import BLOCK, BUCKET, Block, count_block, find_dense, place_block
from index.search.formulas import FAMILY, adapted_b
from index.search.packing import forward

LIMIT = 16 * BLOCK
"""The most passages of one segment, so that building one is bounded."""
GROUP = 4
BREAK = -1
Array = npt.NDArray[Any]


@dataclass(slots=True)
class Assembly:
    """Gathers passages, which `threads` count; `finish` gives a segment's facts and arrays."""

    threads: Executor
    blocks: list[Future[Block]] = field(default_factory=list)
    streams: list[Array] = field(default_factory=list)
    sizes: list[Array] = field(default_factory=list)
    ids: list[Array] = field(default_factory=list)
    waiting: int = 0
    _open: list[tuple[Array, Array]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.blocks) * BLOCK + self.waiting

    def add(self, stream: Array, sizes: Array, ids: Array) -> None:
        """More passages: their streams end to end, the size of each, and their ids. At most a block at once."""
        room = BLOCK - self.waiting
        if len(sizes) > room:
            cut = int(sizes[:room].sum())
            self.add(stream[:cut], sizes[:room], ids[:room])
            self.add(stream[cut:], sizes[room:], ids[room:])
            return
        self._open.append((stream, sizes))
        self.ids.append(ids)
        self.waiting += len(sizes)
        if self.waiting == BLOCK:
            self._close()

    def _close(self) -> None:
        stream = np.concatenate([part for part, _ in self._open])
        sizes = np.concatenate([part for _, part in self._open])
        self._open.clear()
        self.waiting = 0
        self.streams.append(stream)
        self.sizes.append(sizes)
        self.blocks.append(self.threads.submit(count_block, stream, sizes))

    def finish(self, terms: Sequence[str]) -> tuple[dict[str, Any], dict[str, Array]]:
        """`terms` are the texts of the term numbers; those that no passage holds are left out. Forgets what it has."""
        if self.waiting:
            self._close()
        blocks = [block.result() for block in self.blocks]
        self.blocks.clear()
        frequency = np.zeros(len(terms), np.int64)
        for block in blocks:
            frequency[block.term] += block.count
        held = sorted(np.flatnonzero(frequency).tolist(), key=terms.__getitem__)
        names = [terms[number] for number in held]
        number = np.full(len(terms) + 1, -1, np.int32)
        number[held] = np.arange(len(held))
        lengths = np.concatenate([block.length for block in blocks]) if blocks else np.zeros(0, np.int64)
        count, total = len(lengths), int(lengths.sum())
        arrays = _dictionary(names)
        facts = {"count": count, "length": total, "blocks": len(blocks), "terms": len(names), "first": 0}
        streams = (self.streams.pop(0) for _ in self.sizes)
        packed = self.threads.submit(forward, streams, self.sizes, frequency[held], number)
        arrays |= _postings(blocks, number, len(held), total / max(1, count), self.threads)
        arrays |= packed.result()
        ids = np.concatenate(self.ids) if self.ids else np.zeros(0, np.int64)
        if count and np.array_equal(ids, np.arange(ids[0], ids[0] + count)):
            facts["first"] = int(ids[0])
        else:
            arrays["ids"] = ids.astype(np.min_scalar_type(int(ids.max(initial=0))))
        return facts, arrays


def _dictionary(names: list[str]) -> dict[str, Array]:
    coded = [name.encode("utf-8", "surrogatepass") for name in names]
    starts = np.cumsum([0, *(len(name) + 1 for name in coded)])
    heads = [name[:FAMILY] for name in names]
    families = [i for i, head in enumerate(heads) if not i or head != heads[i - 1]]
    return {
        "terms": np.frombuffer(b"".join(name + b"\n" for name in coded), np.uint8),
        "names": np.append(starts[:-1:GROUP], starts[-1]).astype(np.uint32),
        "families": np.array([*families, len(names)], np.uint32),
        "slots": _slots([heads[i] for i in families]),
    }


def _slots(heads: list[str]) -> Array:
    size = 1 << max(4, (len(heads) * 3 // 2).bit_length())
    slots = [0] * size
    for number, head in enumerate(heads, 1):
        slot = zlib.crc32(head.encode("utf-8", "surrogatepass")) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = number
    return np.array(slots, np.uint16 if len(heads) < 1 << 16 else np.uint32)


def _postings(
    blocks: list[Block], number: Array, terms: int, mean: float, threads: Executor
) -> dict[str, Array]:
    count = max(1, len(blocks))
    sizes = np.zeros((terms, count), np.int64)
    for place, block in enumerate(blocks):
        sizes[number[block.term], place] = block.count
    bounds = np.concatenate([[0], np.cumsum(sizes.ravel())])
    rows = np.empty(bounds[-1], np.uint16)
    weights = np.empty(bounds[-1], np.uint8)
    b = adapted_b(mean)
    starts = [bounds[number[block.term] * count + place] for place, block in enumerate(blocks)]
    list(threads.map(lambda block, start: place_block(block, start, mean, b, rows, weights), blocks, starts))
    tops = np.maximum.reduceat(weights, bounds[:-1:count]) if terms else np.zeros(0, np.uint8)
    dense, buckets = find_dense(rows, bounds, count, sum(len(block.length) for block in blocks))
    arrays = _rows(rows, np.diff(bounds[::count]), dense) | {"dense": dense, "buckets": buckets}
    return {"bounds": bounds.astype(np.uint32), "weights": _packed(weights), "tops": tops, **arrays}


def _rows(rows: Array, sizes: Array, dense: Array) -> dict[str, Array]:
    """Two bytes for a posting of a rare term, for one of a dense term a byte."""
    is_dense = np.zeros(len(sizes), np.bool_)
    is_dense[dense] = True
    chosen = is_dense.repeat(sizes)
    return {
        "rows": rows[~chosen],
        "lows": (rows[chosen] % BUCKET).astype(np.uint8),
        "dense_bounds": np.concatenate([[0], sizes[dense].cumsum()]).astype(np.uint32),
    }


def _packed(weights: Array) -> Array:
    """Two to a byte, the first below."""
    whole = np.append(weights, np.zeros(len(weights) % 2, np.uint8))
    return np.asarray(whole[::2] | whole[1::2] << 4, np.uint8)
