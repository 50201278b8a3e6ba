"""The score of a passage: exact, from the terms that it holds in order.

score = Σ terms  w(t) sat(tf)  +  0.4 Σ families  w(f) sat(tf)  +  0.7 Σ pairs  (w(t) + w(u)) / 2 sat(tf)

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
    K1,
    PAIR_B,
    PAIR_WEIGHT,
    Floats,
    idf,
    query_weight,
    saturation,
)

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
    size: Array


def count_features(query: Query, places: Places, stream: Array, sizes: Array) -> tuple[Array, Array]:
    """How often each feature (terms, families, pairs) stands in each passage of a stream, and the passages' lengths."""
    width, single = len(stream), len(query.terms)
    found = np.zeros((len(query.weights), width), np.bool_)
    terms = found[:single]
    np.equal(stream, places.terms[:, None] + 1, out=terms)
    families = single + len(query.families)
    np.less(
        (stream - (places.low[:, None] + 1)).view(np.uint32), places.size[:, None], out=found[single:families]
    )
    if query.pairs:
        left, right = np.array(query.pairs).T
        pairs = found[families:, :-1]
        np.logical_and(terms[left, :-1], terms[right, 1:], out=pairs)
        pairs[:, sizes[:-1].cumsum() - 1] = False
    owner = np.arange(len(sizes)).repeat(sizes)
    feature, place = np.divmod(found.ravel().nonzero()[0], width)
    shape = (len(query.weights), len(sizes))
    counts = np.bincount(feature * shape[1] + owner[place], minlength=shape[0] * shape[1]).reshape(shape)
    return counts, sizes - np.bincount(owner[stream == 0], minlength=len(sizes))


def score(query: Query, counts: Array, length: Array, mean: float, b: float, k1: float = K1) -> Floats:
    """The score of each passage: one after the other, so that it doesn't depend on which others are scored."""
    single = len(query.terms) + len(query.families)
    weighed = np.empty(counts.shape)
    weighed[:single] = saturation(counts[:single], length, mean, b, k1)
    weighed[single:] = saturation(counts[single:], length, mean, PAIR_B, k1)
    weighed *= query.weights[:, None]
    return np.asarray(weighed.sum(axis=0) if len(length) > 1 else weighed.cumsum(axis=0)[-1])


def find_places(known: Sequence[int], spans: Sequence[tuple[int, int]]) -> Places:
    """`known` are the terms' places in the segment, `spans` those of the families."""
    low, high = np.array(spans, np.int32).T
    terms = np.array(known, np.int32)
    terms[terms < 0] = -2
    return Places(terms, low, (high - low).astype(np.uint32))
