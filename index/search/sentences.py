"""Sentences scored for an answer to quote: by the recipe on the sentence, and by the passage that it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.search.analysis import analyze
from index.search.formulas import FAMILY, Floats
from index.search.scoring import Query, score

PASSAGE_WEIGHT = 1.2
"""Of a passage's score beside its sentence's; 0.8 to 1.6 measured alike, 2 a little worse."""
MEAN_LENGTH = 20.0
"""Of sentences, in terms: fixed, so that a sentence's score doesn't hang on its neighbours."""
B, K1 = 0.5, 0.4
"""In a sentence repetition says little."""
PAIRS = 0.3
"""What a pair counts for, of what it does in a passage."""


@dataclass(frozen=True, slots=True)
class SentenceHit:
    """Laws: scores descend; ties stand in the order of passages, then of sentences."""

    passage_id: int
    number: int
    """The sentence's place in its passage."""
    score: float


def score_sentences(query: Query, sentences: Sequence[str]) -> Floats:
    """The recipe on each sentence, with the query's weights in the whole index."""
    streams = [analyze(sentence) for sentence in sentences]
    terms = {term: row for row, term in enumerate(query.terms)}
    families = {head: row for row, head in enumerate(query.families, len(terms))}
    pairs = {
        (query.terms[a], query.terms[b]): row
        for row, (a, b) in enumerate(query.pairs, len(terms) + len(families))
    }
    counts = np.zeros((len(query.weights), len(streams)))
    for column, stream in enumerate(streams):
        before = ""
        for term in stream:
            for row in (terms.get(term), families.get(term[:FAMILY]), pairs.get((before, term))):
                if row is not None:
                    counts[row, column] += 1
            before = term
    weights = query.weights.copy()
    weights[len(terms) + len(families) :] *= PAIRS
    length = np.array([len(stream) for stream in streams])
    return score(replace(query, weights=weights), counts, length, MEAN_LENGTH, B, K1)
