"""Reading on all cores: threads that turn batches of texts into streams of term numbers.

What they do is compiled or numpy's, and lets other threads run beside it; what is Python's is done in turns.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.reading import Reader

Read = tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]
"""The numbers of all terms in order, and how many each text has."""
AHEAD = 4
"""Batches for each core that wait to be read or taken."""


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(batches: Iterable[bytes], reader: Reader, threads: Executor) -> Iterator[Read]:
    """Reads batches of joined texts; what they give comes in their order."""
    waiting: deque[Future[Any]] = deque()
    for batch in batches:
        waiting.append(threads.submit(reader.read_joined, batch))
        if len(waiting) > AHEAD * cores():
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
