"""A query to the best passages: numpy over memory-mapped arrays, nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import StoreError
from index.search.analysis import analyze, query_terms
from index.search.folder import Part, read_parts
from index.search.formulas import FAMILY, adapted_b, idf
from index.search.pool import find_pool
from index.search.postings import Postings
from index.search.scoring import Places, Query, count_features, find_places, score, weigh
from index.search.segment import verify_segment

Mask = npt.NDArray[np.bool_]
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class RawHit:
    """Laws: scores descend; ties stand in the order of passage ids."""

    passage_id: int
    score: float
    terms: tuple[str, ...]
    """The query's terms that the passage holds, in the order of the query."""


def pool_size(k: int) -> int:
    """How many passages are scored whole: more changed no ranking that was measured."""
    return 2 * k + 50


class Retriever:
    """An open search index; any number of threads may ask it at once."""

    def __init__(self, segments: Sequence[Postings]) -> None:
        self._segments = tuple(segments)
        self.count = sum(segment.count for segment in segments)
        self._mean = sum(segment.length for segment in segments) / max(1, self.count)
        self._b = adapted_b(self._mean)

    @classmethod
    def open(cls, folder: Path) -> Retriever:
        """Maps the index in `folder`. Raises StoreError where it is missing or damaged."""
        for _ in range(_ATTEMPTS - 1):
            parts = read_parts(folder)
            try:
                return cls([_open(folder, part) for part in parts])
            except StoreError:
                if parts == read_parts(folder):
                    raise
        return cls([_open(folder, part) for part in read_parts(folder)])

    def analyze(self, text: str) -> list[str]:
        """The terms of a text, as the index holds them."""
        return analyze(text)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        name = term.encode("utf-8", "surrogatepass")
        places = [(segment, segment.find(name)) for segment in self._segments]
        return idf(self.count, sum(segment.frequency(place) for segment, place in places if place >= 0))

    def search(self, query: str, *, k: int = 10, allowed: Mask | None = None) -> tuple[RawHit, ...]:
        """The k best passages; `allowed` says by passage id which may be found."""
        terms = query_terms(query)
        if k < 1 or not terms:
            return ()
        asked, known = self._weigh(terms)
        hits = [
            hit
            for segment, places in zip(self._segments, known, strict=True)
            for hit in self._search(segment, asked, places, k, allowed)
        ]
        best = hits[:k] if len(known) == 1 else heapq.nsmallest(k, hits, key=lambda hit: hit[:2])
        return tuple(RawHit(number, -below, _held(asked, held)) for below, number, held in best)

    def _weigh(self, terms: Sequence[str]) -> tuple[Query, list[list[int]]]:
        """The query with its weights, and the places of its distinct terms in each segment."""
        distinct = list(dict.fromkeys(terms))
        names = [term.encode("utf-8", "surrogatepass") for term in distinct]
        known = [[segment.find(name) for name in names] for segment in self._segments]
        frequency = dict.fromkeys(distinct, 0)
        spread = {term[:FAMILY]: 0 for term in distinct}
        for segment, places in zip(self._segments, known, strict=True):
            heads: dict[str, int] = {}
            for term, place in zip(distinct, places, strict=True):
                frequency[term] += segment.frequency(place) if place >= 0 else 0
                heads[term[:FAMILY]] = max(place, heads.get(term[:FAMILY], -1))
            for head, place in heads.items():
                spread[head] += segment.spread(*segment.family(head, place))
        return weigh(terms, frequency, spread, self.count), known

    def _search(
        self, segment: Postings, query: Query, known: list[int], k: int, allowed: Mask | None
    ) -> list[tuple[float, int, npt.NDArray[Any]]]:
        """The k best of a segment as (score below zero, passage id, which terms it holds)."""
        terms = [
            (place, weight)
            for place, weight in zip(known, query.weights.tolist(), strict=False)
            if place >= 0
        ]
        if not terms:
            return []
        rows = find_pool(segment, terms, pool_size(k), _mask(segment, allowed))
        if not len(rows):
            return []
        places: Places = find_places(query, segment, known)
        counts, length = count_features(query, places, *segment.streams(rows))
        scores = score(query, counts, length, self._mean, self._b)
        ids = segment.ids(rows)
        best = np.lexsort((ids, -scores))[:k]
        held = (counts[: len(query.terms)] > 0).T
        return [(-float(scores[row]), int(ids[row]), held[row]) for row in best.tolist()]


def _open(folder: Path, part: Part) -> Postings:
    return Postings(folder / part.file, folder / part.dead if part.dead else None)


def _mask(segment: Postings, allowed: Mask | None) -> Mask | None:
    if allowed is None:
        return segment.alive
    ids = segment.ids(np.arange(segment.count, dtype=np.int64))
    seen = ids < len(allowed)
    seen[seen] = allowed[ids[seen]]
    return seen if segment.alive is None else seen & segment.alive


def _held(query: Query, held: npt.NDArray[Any]) -> tuple[str, ...]:
    return tuple(term for term, there in zip(query.terms, held.tolist(), strict=True) if there)


def verify(folder: Path) -> None:
    """Reads every byte of the index. Raises StoreError where one isn't as it was written."""
    for part in read_parts(folder):
        for name in filter(None, (part.file, part.dead)):
            verify_segment(folder / name)
