"""Reading on all cores: processes that turn batches of texts into streams of term numbers.

Each numbers the terms as it meets them; here its numbers become those of the whole. What goes through the pipes is a
length of 8 bytes and then text or numbers. A worker ends when its pipe does, so that none outlives the build.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, cycle, islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from index.errors import StoreError
from index.search.reading import Reader, joined

Array = npt.NDArray[Any]
Fields = Sequence[tuple[str, ...]]
Read = tuple[Array, Array]
"""The numbers of all terms in order, and how many each field of each passage has."""

ALONE = 24
"""Batches that are read before others are asked to help: starting them takes as long as reading these."""
AHEAD = 2
"""Batches that a worker is asked for before the first is taken."""
_COMMAND = "import sys; sys.path.insert(0, sys.argv[1]); from index.search.workers import work; work()"
_ROOT = Path(__file__).resolve().parents[2]


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(
    batches: Iterable[Fields], terms: dict[str, int], *, workers: int, alone: int = ALONE
) -> Iterator[Read]:
    """Reads batches in order; `terms` gets the numbers of all that is met."""
    reader = Reader()
    reader.terms = terms
    left = iter(batches)
    for batch in islice(left, None if workers < 2 else alone):
        yield reader.read(batch)
    first = next(left, None)
    if first is None:
        return
    del reader
    crew = [_Worker() for _ in range(workers)]
    try:
        yield from _read_by(crew, chain([first], left), terms)
    finally:
        for worker in crew:
            worker.end()


class _Worker:
    """A process, asked by a thread of its own: one batch after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, str(_ROOT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.thread = ThreadPoolExecutor(1)
        self.numbers: Array = np.zeros(0, np.int32)
        """Of each of its terms the number in the whole."""

    def ask(self, batch: Fields) -> Future[list[bytes]]:
        return self.thread.submit(self._ask, joined(batch))

    def _ask(self, text: bytes) -> list[bytes]:
        assert self.process.stdin
        assert self.process.stdout
        try:
            _send(self.process.stdin, text)
            return [_receive(self.process.stdout) for _ in range(3)]
        except (BrokenPipeError, EOFError) as error:
            raise StoreError(
                f"A process that reads for the search index ended ({self.process.poll()}).",
                "Close other programs, so that memory suffices, and build again; the index from before still answers.",
            ) from error

    def end(self) -> None:
        self.process.kill()
        self.thread.shutdown(cancel_futures=True)
        self.process.communicate()


def _read_by(crew: Sequence[_Worker], batches: Iterable[Fields], terms: dict[str, int]) -> Iterator[Read]:
    waiting: deque[tuple[_Worker, Future[list[bytes]]]] = deque()
    for worker, batch in zip(cycle(crew), batches, strict=False):
        waiting.append((worker, worker.ask(batch)))
        if len(waiting) > AHEAD * len(crew):
            yield _take(*waiting.popleft(), terms)
    while waiting:
        yield _take(*waiting.popleft(), terms)


def _take(worker: _Worker, asked: Future[list[bytes]], terms: dict[str, int]) -> Read:
    names, stream, counts = asked.result()
    if names:
        new = names.decode("utf-8", "surrogatepass").split("\n")[:-1]
        numbers = [terms.setdefault(name, len(terms)) for name in new]
        worker.numbers = np.concatenate([worker.numbers, np.array(numbers, np.int32)])
    return worker.numbers[np.frombuffer(stream, np.int32)], np.frombuffer(counts, np.int64)


def work() -> None:
    """What a worker does until its pipe ends."""
    reader, told = Reader(), 0
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            text = _receive(source)
        except EOFError:
            return
        stream, counts = reader.read_joined(text)
        new = [*islice(reversed(reader.terms), len(reader.terms) - told)][::-1]
        told = len(reader.terms)
        _send(target, "".join(f"{name}\n" for name in new).encode("utf-8", "surrogatepass"))
        _send(target, stream.astype(np.int32).tobytes())
        _send(target, counts.astype(np.int64).tobytes())


def _send(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(8, "little"))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    data = pipe.read(8)
    size = int.from_bytes(data, "little")
    found = pipe.read(size) if len(data) == 8 else b""
    if len(data) < 8 or len(found) < size:
        raise EOFError
    return found
