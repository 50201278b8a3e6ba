"""Postings of up to 65,536 passages: counted from streams of term numbers, placed among those of a whole segment.

Where the machine has a compiler, `compiled/building.c` does the same several times as fast.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from index.search.formulas import half_saturation, quantised, saturation
from index.search.native import load_search

BLOCK = 1 << 16
BUCKET = 1 << 8
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Block:
    """Postings by term number: how many of each term, and of each its row and how often that has the term."""

    term: Array
    count: Array
    row: Array
    tf: Array
    length: Array


def count_block(stream: Array, sizes: Array, *, compiled: bool = True) -> Block:
    """The postings of a stream, in which a row has as many numbers as `sizes` says; a break is below 0."""
    library = load_search() if compiled else None
    return _count_compiled(library, stream, sizes) if library else _count_sparse(stream, sizes)


def _count_compiled(library: ctypes.CDLL, stream: Array, sizes: Array) -> Block:
    """In two passes."""
    stream, sizes = np.ascontiguousarray(stream, np.int32), np.ascontiguousarray(sizes, np.int64)
    width = int(stream.max(initial=-1)) + 1
    read = (stream.ctypes.data, sizes.ctypes.data, len(sizes))
    frequency, length, seen = (
        np.zeros(width, np.int64),
        np.zeros(len(sizes), np.int64),
        np.zeros(width, np.int32),
    )
    library.count_rows(*read, seen.ctypes.data, frequency.ctypes.data, length.ctypes.data)
    ends = np.cumsum(frequency)
    row, tf = (np.zeros(int(ends[-1]) if width else 0, np.uint16) for _ in range(2))
    following = ends - frequency
    seen[:] = 0
    library.place_rows(*read, seen.ctypes.data, following.ctypes.data, row.ctypes.data, tf.ctypes.data)
    held = np.flatnonzero(frequency)
    return Block(held.astype(np.int32), frequency[held], row, tf, length)


def _count_sparse(stream: Array, sizes: Array) -> Block:
    owner = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    words = stream >= 0
    term, row = stream[words], owner[words]
    width = int(term.max(initial=-1)) + 1
    counts = sparse.csr_matrix((np.ones(len(term), np.int32), (term, row)), shape=(width, len(sizes)))
    counts.sum_duplicates()
    per_term = np.diff(counts.indptr)
    held = np.flatnonzero(per_term)
    return Block(
        term=held.astype(np.int32),
        count=per_term[held].astype(np.int64),
        row=counts.indices.astype(np.uint16),
        tf=np.minimum(counts.data, 65535).astype(np.uint16),
        length=np.bincount(row, minlength=len(sizes)),
    )


def place_block(
    block: Block, starts: Array, mean: float, b: float, rows: Array, weights: Array, *, compiled: bool = True
) -> None:
    """Puts the postings of each of a block's terms into a segment's `rows` and `weights`, from its start."""
    library = load_search() if compiled else None
    if not library:
        target = np.repeat(starts - np.cumsum(block.count) + block.count, block.count)
        target += np.arange(len(target))
        rows[target] = block.row
        weights[target] = quantised(saturation(block.tf, block.length[block.row], mean, b))
        return
    if not len(block.row):  # nor is there a mean length
        return
    least = half_saturation(block.length, mean, b)
    arrays = (starts, block.count, block.row, block.tf, least, rows, weights)
    first, count, *others = (array.ctypes.data for array in arrays)
    library.place_postings(first, count, len(starts), *others)


def find_dense(rows: Array, bounds: Array, blocks: int, count: int) -> tuple[Array, Array]:
    """The terms in so many passages that it costs less to tell how many share a row's first bits; and of each these."""
    width = -(-count // BUCKET)
    dense, buckets = [], []
    for term in np.flatnonzero(np.diff(bounds[::blocks]) >= 2 * width).tolist():
        edges = bounds[term * blocks : (term + 1) * blocks + 1].tolist()
        held = np.concatenate(
            [np.bincount(rows[start:end] >> 8, minlength=BLOCK // BUCKET) for start, end in pairwise(edges)]
        )
        if held.max() < BUCKET:
            dense.append(term)
            buckets.append(held[:width].astype(np.uint8))
    return np.array(dense, np.uint32), np.array(buckets, np.uint8).reshape(len(dense), width)
