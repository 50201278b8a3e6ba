"""The score of a passage: exact, from the terms that it holds in order.

score = Σ terms  w(t) sat(tf)  +  0.3 Σ families  w(f) sat(tf)  +  0.4 Σ pairs  (w(t) + w(u)) / 2 sat(tf)

w is the query's weight of a term (its count × idf, raised for rare ones), sat the saturation of BM25. A family is all
terms that begin with the same letters: it stands for inflection, compounds and slips of the pen. A pair is two terms
of the query that also stand side by side in the passage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.formulas import (
    FAMILY,
    FAMILY_WEIGHT,
    PAIR_B,
    PAIR_WEIGHT,
    Floats,
    idf,
    query_weight,
    saturation,
)
from index.search.postings import Postings

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks of passages, with its weights in the whole index."""

    terms: tuple[str, ...]
    families: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    """Places in `terms`."""
    weights: Floats
    """Of terms, then families, then pairs."""


def weigh(terms: Sequence[str], frequency: Mapping[str, int], spread: Mapping[str, int], count: int) -> Query:
    """`frequency` says how many of `count` passages hold a term, `spread` how many postings a family has."""
    held = Counter(terms)
    distinct = tuple(held)
    families = Counter(term[:FAMILY] for term in terms)
    rarity = {term: query_weight(idf(count, frequency[term]), count) for term in distinct}
    place = {term: number for number, term in enumerate(distinct)}
    pairs = tuple(
        (place[a], place[b]) for a, b in dict.fromkeys(pairwise(terms)) if frequency[a] and frequency[b]
    )
    weights = [
        *(held[term] * rarity[term] for term in distinct),
        *(FAMILY_WEIGHT * n * query_weight(idf(count, spread[head]), count) for head, n in families.items()),
        *(PAIR_WEIGHT * (rarity[distinct[a]] + rarity[distinct[b]]) / 2 for a, b in pairs),
    ]
    return Query(distinct, tuple(families), pairs, np.array(weights))


@dataclass(frozen=True, slots=True)
class Places:
    """Where a segment holds what a query asks: terms by their place, families from a place to another."""

    terms: Array
    low: Array
    high: Array


def count_features(query: Query, places: Places, stream: Array, starts: Array) -> tuple[Array, Array]:
    """How often each feature (terms, families, pairs) stands in each passage of a stream, and the passages' lengths."""
    stream = stream.astype(np.int32)
    owner = np.zeros(len(stream), np.int64)
    owner[starts[1:]] = 1
    owner = np.cumsum(owner)
    terms = stream == places.terms[:, None] + 1
    families = (stream > places.low[:, None]) & (stream <= places.high[:, None])
    found = [terms, families]
    if query.pairs:
        left, right = np.array(query.pairs).T
        pairs = np.zeros((len(left), len(stream)), np.bool_)
        pairs[:, :-1] = terms[left, :-1] & terms[right, 1:]
        pairs[:, starts[1:] - 1] = False
        found.append(pairs)
    feature, place = np.concatenate(found).nonzero()
    shape = (len(query.weights), len(starts))
    counts = np.bincount(feature * shape[1] + owner[place], minlength=shape[0] * shape[1]).reshape(shape)
    return counts, np.bincount(owner[stream > 0], minlength=len(starts))


def score(query: Query, counts: Array, length: Array, mean: float, b: float) -> Floats:
    """The score of each passage."""
    single = len(query.terms) + len(query.families)
    weighed = np.empty(counts.shape)
    weighed[:single] = saturation(counts[:single], length, mean, b)
    weighed[single:] = saturation(counts[single:], length, mean, PAIR_B)
    weighed *= query.weights[:, None]
    return np.asarray(weighed.sum(axis=0))


def find_places(query: Query, postings: Postings, known: Sequence[int]) -> Places:
    """`known` are the terms' places in the segment."""
    first = {term[:FAMILY]: (term, place) for term, place in zip(query.terms, known, strict=True)}
    spans = [postings.family(*first[head]) for head in query.families]
    low, high = np.array(spans, np.int32).reshape(-1, 2).T
    terms = np.array(known, np.int32)
    terms[terms < 0] = -2
    return Places(terms, low, high)
