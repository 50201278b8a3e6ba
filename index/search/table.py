"""Hashes to numbers in open addressing: looked up in whole arrays, also while a thread adds some."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Slots = tuple[int, Array, Array]
"""How many bits of a hash say where it is sought first; and of each slot the hash and the number, -1 where free."""


class Table:
    """Whoever looks something up that is being added finds it or finds nothing, and nothing else."""

    def __init__(self, bits: int = 16) -> None:
        self.count = 0
        self.slots = _empty(bits)

    def find(self, hashes: Array) -> Array:
        """The number of each hash; -1 where it isn't known."""
        bits, keys, numbers = self.slots
        slots = _first(hashes, bits)
        found = numbers[slots]
        todo = np.flatnonzero((keys[slots] != hashes) & (found >= 0))
        while len(todo):
            slots[todo] = (slots[todo] + 1) & (len(keys) - 1)
            found[todo] = numbers[slots[todo]]
            todo = todo[(keys[slots[todo]] != hashes[todo]) & (found[todo] >= 0)]
        return found

    def add(self, hashes: Array) -> None:
        """Gives distinct new hashes the next numbers. Not for two threads at once."""
        slots, last = self.slots, self.count + len(hashes)
        if last * 2 > len(slots[1]):
            slots = _grown(slots, last)
        _place(slots, hashes, np.arange(self.count, last, dtype=np.int32))
        self.count, self.slots = last, slots


def _empty(bits: int) -> Slots:
    return bits, np.zeros(1 << bits, np.uint64), np.full(1 << bits, -1, np.int32)


def _first(hashes: Array, bits: int) -> Array:
    return (hashes >> np.uint64(64 - bits)).astype(np.int64)


def _grown(slots: Slots, count: int) -> Slots:
    bits, keys, numbers = slots
    while count * 2 > 1 << bits:
        bits += 2
    larger, held = _empty(bits), numbers >= 0
    _place(larger, keys[held], numbers[held])
    return larger


def _place(slots: Slots, hashes: Array, given: Array) -> None:
    bits, keys, numbers = slots
    places, todo = _first(hashes, bits), np.arange(len(hashes))
    while len(todo):
        free = todo[numbers[places[todo]] < 0]
        one = free[np.unique(places[free], return_index=True)[1]]
        keys[places[one]] = hashes[one]  # before its number, by which others know that a slot is taken
        numbers[places[one]] = given[one]
        todo = todo[numbers[places[todo]] != given[todo]]
        places[todo] = (places[todo] + 1) & (len(keys) - 1)
