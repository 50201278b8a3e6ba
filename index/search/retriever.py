"""A query to the best passages: compiled where this machine has a compiler, else numpy over memory-mapped arrays."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index.errors import StoreError
from index.search.analysis import analyze, known_terms, query_tokens
from index.search.folder import Part, read_parts
from index.search.formulas import FAMILY, Floats, adapted_b, idf
from index.search.hits import RawHit
from index.search.native import Mask, NativeSearch, load_search
from index.search.pool import find_pool
from index.search.postings import Postings
from index.search.scoring import Query, count_features, find_places, score, weigh
from index.search.segment import verify_segment
from index.search.sentences import PASSAGE_WEIGHT, SentenceHit, score_sentences
from index.search.spelling import FEW, find_meant, find_neighbour, respell

Found = tuple[list[int], list[tuple[int, int]]]
"""Of a segment: the places of the query's terms, and the spans of their families."""
_ATTEMPTS = 3
_MENDED = 1_024
"""Words that are remembered so, all forgotten when they are too many."""


def pool_size(k: int) -> int:
    """How many passages are scored whole. For k = 100, 120 and 250 gave the same nDCG@10 on seven collections."""
    return k + 50


class Retriever:
    """An open search index; any number of threads may ask it at once."""

    def __init__(self, segments: Sequence[Postings], *, compiled: bool = True) -> None:
        """`compiled`: by the compiled search, where this machine has made one."""
        self._segments = tuple(segments)
        self.count = sum(segment.living for segment in segments)
        self._mean = sum(segment.length for segment in segments) / max(1, self.count)
        self._b = adapted_b(self._mean)
        library = load_search() if compiled else None
        self._native = NativeSearch(library, self._segments, self._mean, self._b) if library else None
        self._mended: dict[str, str] = {}

    @classmethod
    def open(cls, folder: Path, *, compiled: bool = True) -> Retriever:
        """Maps the index in `folder`. Raises StoreError where it is missing or damaged."""
        for _ in range(_ATTEMPTS - 1):
            parts = read_parts(folder)
            try:
                return cls([_open(folder, part) for part in parts], compiled=compiled)
            except StoreError:
                if parts == read_parts(folder):
                    raise
        return cls([_open(folder, part) for part in read_parts(folder)], compiled=compiled)

    def seen_by(self, labels: frozenset[str]) -> Retriever:
        """What searches the passages of these access labels, as if there were no others."""
        seen = [segment for segment in self._segments if segment.access in labels]
        return Retriever(seen, compiled=self._native is not None) if len(seen) < len(self._segments) else self

    def analyze(self, text: str) -> list[str]:
        """The terms of a text, as the index holds them."""
        return analyze(text)

    def idf(self, term: str) -> float:
        """How rare a term is: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        return idf(self.count, self.frequency(term))

    def knows(self, word: str) -> bool:
        """Whether some passage has the word, or one that it may be misspelt for."""
        return any(self.frequencies(self._terms(word)))

    def frequency(self, term: str) -> int:
        """How many passages hold a term."""
        places = [(segment, segment.find(term)) for segment in self._segments]
        return sum(segment.frequency(place) for segment, place in places if place >= 0)

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """How many passages hold each term."""
        return self._native.frequencies(terms) if self._native else list(map(self.frequency, terms))

    def search(self, query: str, *, k: int = 10, allowed: Mask | None = None) -> tuple[RawHit, ...]:
        """The k best passages; `allowed` says by passage id which may be found."""
        if k < 1:
            return ()
        found = self._native.ask(query, k, pool_size(k), allowed) if self._native else None
        if found is not None:
            return found
        terms = self._terms(query)
        if not terms:
            return ()
        found = self._native.ask_terms(terms, k, pool_size(k), allowed) if self._native else None
        if found is not None:
            return found
        asked, known = self._weigh(terms)
        hits = [
            hit
            for segment, places in zip(self._segments, known, strict=True)
            for hit in self._search(segment, asked, places, k, allowed)
        ]
        best = hits[:k] if len(known) == 1 else heapq.nsmallest(k, hits, key=lambda hit: hit[:2])
        return tuple(RawHit(number, -below, _bits(held), asked.terms) for below, number, held in best)

    def search_sentences(
        self,
        query: str,
        *,
        k: int = 10,
        sentences_of: Callable[[int], Sequence[str]],
        allowed: Mask | None = None,
    ) -> tuple[SentenceHit, ...]:
        """The k best sentences of the k best passages; `sentences_of` gives a passage's sentences by its id.

        A sentence is better found with its passage's title before it."""
        hits = self.search(query, k=k, allowed=allowed)
        groups = [list(sentences_of(hit.passage_id)) for hit in hits]
        scores = iter(self.score_sentences(query, [sentence for group in groups for sentence in group]))
        found = [
            SentenceHit(hit.passage_id, number, float(next(scores)) + PASSAGE_WEIGHT * hit.score)
            for hit, group in zip(hits, groups, strict=True)
            for number, _ in enumerate(group)
        ]
        return tuple(sorted(found, key=lambda hit: (-hit.score, hit.passage_id, hit.number))[:k])

    def score_sentences(self, query: str, sentences: Sequence[str]) -> Floats:
        """How well each sentence fits a query, by itself."""
        return score_sentences(self._weigh(self._terms(query))[0], sentences)

    def _terms(self, query: str) -> list[str]:
        tokens = query_tokens(query)
        if len(tokens) <= FEW:
            tokens = respell(tokens, self.frequencies, self._neighbour)
        return list(chain.from_iterable(map(known_terms, tokens)))

    def _meant(self, word: str) -> Iterable[tuple[str, str]]:
        return self._native.meant(word) if self._native else find_meant(word, self._segments)

    def _neighbour(self, word: str) -> str:
        """What a mistyped word is meant for, remembered: a question asks the index several times."""
        found = self._mended.get(word)
        if found is None:
            found = find_neighbour(word, self.frequencies, self._meant)
            if len(self._mended) >= _MENDED:
                self._mended.clear()
            self._mended[word] = found
        return found

    def _weigh(self, terms: Sequence[str]) -> tuple[Query, list[Found]]:
        """The query with its weights, and where each segment holds its distinct terms and families."""
        distinct = list(dict.fromkeys(terms))
        heads = list(dict.fromkeys(term[:FAMILY] for term in distinct))
        found = [
            ([*map(segment.find, distinct)], [*map(segment.family, heads)]) for segment in self._segments
        ]
        frequency, spread = dict.fromkeys(distinct, 0), dict.fromkeys(heads, 0)
        for segment, (places, spans) in zip(self._segments, found, strict=True):
            for term, place in zip(distinct, places, strict=True):
                frequency[term] += segment.frequency(place) if place >= 0 else 0
            for head, span in zip(heads, spans, strict=True):
                spread[head] += segment.spread(*span)
        return weigh(terms, frequency, spread, self.count), found

    def _search(
        self, segment: Postings, query: Query, found: Found, k: int, allowed: Mask | None
    ) -> list[tuple[float, int, list[bool]]]:
        """The k best of a segment as (score below zero, passage id, which terms it holds)."""
        known, spans = found
        weights = query.weights.tolist()
        terms = [(place, weight) for place, weight in zip(known, weights, strict=False) if place >= 0]
        rows = find_pool(segment, terms, pool_size(k), _mask(segment, allowed)) if terms else np.zeros(0)
        if not len(rows):
            return []
        counts, length = count_features(query, find_places(known, spans), *segment.streams(rows))
        scores = score(query, counts, length, self._mean, self._b)
        ids = segment.ids(rows)
        best = np.lexsort((ids, -scores))[:k]
        held = (counts[: len(query.terms)] > 0).T
        return list(zip((-scores[best]).tolist(), ids[best].tolist(), held[best].tolist(), strict=True))


def _open(folder: Path, part: Part) -> Postings:
    return Postings(folder / part.file, folder / part.dead if part.dead else None, part.access)


def _mask(segment: Postings, allowed: Mask | None) -> Mask | None:
    if allowed is None:
        return segment.alive
    ids = segment.ids(np.arange(segment.count, dtype=np.int64))
    seen = ids < len(allowed)
    seen[seen] = allowed[ids[seen]]
    return seen if segment.alive is None else seen & segment.alive


def _bits(held: Sequence[bool]) -> int:
    return sum(1 << place for place, there in enumerate(held) if there)


def verify(folder: Path) -> None:
    """Reads every byte of the index. Raises StoreError where one isn't as it was written."""
    for part in read_parts(folder):
        for name in filter(None, (part.file, part.dead)):
            verify_segment(folder / name)
