"""A query to the best passages: numpy over memory-mapped postings."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.search.analysis import analyze
from index.search.segment import open_segment


@dataclass(frozen=True, slots=True)
class RawHit:
    """Laws: scores descend; ties stand in the order of passage ids."""

    passage_id: int
    score: float
    terms: tuple[str, ...]


class Retriever:
    """An open search index; any number of threads may ask it at once."""

    def __init__(self, folder: Path) -> None:
        segment = open_segment(folder / "segment.bin")
        names = segment.arrays["terms"].tobytes().decode()
        self._number = {name: i for i, name in enumerate(names.split("\n"))} if names else {}
        self._arrays = segment.arrays
        self.count: int = segment.facts["count"]

    @classmethod
    def open(cls, folder: Path) -> Retriever:
        return cls(folder)

    def analyze(self, text: str) -> list[str]:
        """The terms of a text, as the index holds them."""
        return analyze(text)

    def _span(self, term: str) -> tuple[int, int]:
        number = self._number.get(term)
        if number is None:
            return 0, 0
        start, end = self._arrays["offsets"][number : number + 2]
        return int(start), int(end)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        start, end = self._span(term)
        frequency = end - start
        return math.log1p((self.count - frequency + 0.5) / (frequency + 0.5))

    def search(
        self, query: str, *, k: int = 10, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[RawHit, ...]:
        """The k best passages; `allowed` says by passage id which may be found."""
        terms = Counter(analyze(query))
        scores = np.zeros(self.count, np.float32)
        spans = {term: self._span(term) for term in terms}
        rows, weights, ids = (self._arrays[name] for name in ("rows", "weights", "ids"))
        for term, count in terms.items():
            start, end = spans[term]
            scores[rows[start:end]] += np.float32(count * self.idf(term)) * weights[start:end]
        if allowed is not None:
            seen = ids < len(allowed)
            seen[seen] = allowed[ids[seen]]
            scores[~seen] = 0
        order = np.lexsort((ids, -scores))[:k]
        return tuple(
            RawHit(
                int(ids[row]), float(scores[row]), tuple(t for t in terms if row in rows[slice(*spans[t])])
            )
            for row in order
            if scores[row] > 0
        )
