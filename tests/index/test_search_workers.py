"""Reading on several cores: the same as on one, an end with a cure, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index.errors import StoreError
from index.search import workers
from index.search.builder import build
from index.search.retriever import Retriever
from index.search.workers import Fields, read_all

ROOT = Path(__file__).resolve().parents[2]
BATCHES: list[Fields] = [
    [
        ("Solid-state batteries", f"Plant {n} made {n * 1000:,} cells in 20{n:02d}."),
        ("电池", "动力电池产量\ud800"),
    ]
    for n in range(1, 30)
]


def words(batches: Iterable[Fields], count: int) -> list[tuple[list[str], list[int]]]:
    terms: dict[str, int] = {}
    found = list(read_all(batches, terms, workers=count, alone=3))
    names = list(terms)
    return [([names[number] for number in stream], counts.tolist()) for stream, counts in found]


@pytest.mark.parametrize("count", [2, 3])
def test_several_read_what_one_reads(count: int) -> None:
    assert words(BATCHES, count) == words(BATCHES, 1)


def test_a_reader_that_ends_is_told_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_COMMAND", "raise SystemExit(3)")
    with pytest.raises(StoreError, match="that reads for the search index ended") as told:
        words(BATCHES, 2)
    assert "the index from before still answers" in told.value.hint


def test_a_reader_killed_in_a_build_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew: list[int] = []
    started = workers._Worker.__init__

    def note(worker: workers._Worker) -> None:
        started(worker)
        crew.append(worker.process.pid)

    def passages() -> Iterator[tuple[int, str, str, str]]:
        for number in range(400):
            if number == 300:
                os.kill(crew[-1], signal.SIGKILL)
            yield number, "", "", f"new noodles number {number} " * 400

    build([(1, "", "", "old pudding")], tmp_path)
    monkeypatch.setattr(workers._Worker, "__init__", note)
    monkeypatch.setattr("index.search.builder.cores", lambda: 2)
    monkeypatch.setattr("index.search.builder.BATCH", 10_000)
    with pytest.raises(StoreError, match="that reads for the search index ended"):
        build(passages(), tmp_path)
    assert [hit.passage_id for hit in Retriever.open(tmp_path).search("pudding")] == [1]
    for pid in crew:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_no_reader_outlives_a_build_that_is_killed() -> None:
    script = (
        "import os, signal, sys; sys.path.insert(0, sys.argv[1])\n"
        "from index.search.workers import _Worker\n"
        "worker = _Worker(); worker.ask([('a cell',)]).result(); print(worker.process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(ROOT)], capture_output=True, timeout=60, check=False
    )
    assert int(
        done.stdout
    )  # its standard error is the reader's too: it was read to the end, so both have ended
