"""Reading on several cores: the same as on one, and an end with nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import CorpusError
from index.search.builder import build
from index.search.reading import Reader, joined
from index.search.retriever import Retriever
from index.search.table import Table
from index.search.workers import read_all

BATCHES = [
    joined(
        [
            f"Solid-state batteries of plant{n % 40}",
            f"made {n * 1000:,} cells in 20{n:02d}.",
            "动力电池产量\ud800",
        ]
        + [f"word{(n * k) % 997} and nmc{k * n % 53}" for k in range(60)]
    )
    for n in range(1, 300)
]


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("count", [2, 8])
def test_several_read_what_one_reads(count: int, compiled: bool) -> None:
    readers = [Reader(tokens=400, compiled=compiled) for _ in range(2)]
    with ThreadPoolExecutor(count) as threads:
        many = list(read_all(BATCHES, readers[0], threads))
    one = [readers[1].read_joined(batch) for batch in BATCHES]
    names = [list(reader.terms) for reader in readers]
    for ours, theirs in zip(many, one, strict=True):
        assert [names[0][number] for number in ours[0]] == [names[1][number] for number in theirs[0]]
        assert ours[1].tolist() == theirs[1].tolist()


def test_what_is_being_added_is_found_as_it_is_or_not_at_all() -> None:
    hashes = np.random.default_rng(0).integers(1, 1 << 63, 60_000, np.uint64)
    table, wrong, done = Table(4), list[int](), threading.Event()

    def look() -> None:
        while not done.is_set():
            found = table.find(hashes)
            wrong.extend(np.flatnonzero((found >= 0) & (found != np.arange(len(found)))).tolist())

    with ThreadPoolExecutor(3) as threads:
        for _ in range(3):
            threads.submit(look)
        for start in range(0, len(hashes), 500):
            table.add(hashes[start : start + 500])
        done.set()
    assert not wrong
    assert table.find(hashes).tolist() == list(range(len(hashes)))


def test_passages_that_end_in_an_error_leave_the_old_index_and_no_thread(tmp_path: Path) -> None:
    def passages() -> Iterator[tuple[int, str, str, str]]:
        for number in range(400):
            if number == 300:
                raise CorpusError("The notes can't be read.", "Mend them.")
            yield number, "", "", f"new noodles number {number} " * 400

    build([(1, "", "", "old pudding")], tmp_path)
    before = threading.active_count()
    with pytest.raises(CorpusError, match="can't be read"):
        build(passages(), tmp_path)
    assert threading.active_count() == before
    assert [hit.passage_id for hit in Retriever.open(tmp_path).search("pudding")] == [1]
