"""Passages to postings on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from index.search.analysis import analyze
from index.search.segment import write_segment

Passages = Iterable[tuple[int, str, str, str]]
"""Each with its id, title, heading and text; ids ascend."""
Progress = Callable[[int], None]
"""Is told how many passages have been read."""


def build(passages: Passages, folder: Path, *, progress: Progress | None = None) -> None:
    """A search index of `passages` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    ids: list[int] = []
    lengths: list[int] = []
    postings: dict[str, list[tuple[int, int]]] = {}
    for row, (number, title, heading, text) in enumerate(passages):
        terms = [*analyze(title), *analyze(title), *analyze(heading), *analyze(text)]
        for term, count in Counter(terms).items():
            postings.setdefault(term, []).append((row, count))
        ids.append(number)
        lengths.append(len(terms))
        if progress and row % 1000 == 0:
            progress(row)
    names = sorted(postings)
    offsets = np.cumsum([0, *(len(postings[name]) for name in names)])
    flat = np.array([pair for name in names for pair in postings[name]], np.int32).reshape(-1, 2)
    length = np.asarray(lengths, np.float32)
    mean = float(length.mean()) if ids else 1.0
    b = float(np.interp(mean, [15, 115], [0.35, 0.75]))
    tf = flat[:, 1].astype(np.float32)
    weights = 2.2 * tf / (tf + 1.2 * (1 - b + b * length[flat[:, 0]] / mean))
    blob = np.frombuffer("\n".join(names).encode(), np.uint8)
    arrays = {
        "terms": blob,
        "offsets": offsets,
        "rows": flat[:, 0],
        "weights": weights,
        "ids": np.asarray(ids, np.int64),
    }
    write_segment(folder / "segment.bin", {"count": len(ids)}, arrays)
