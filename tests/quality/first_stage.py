"""A plain BM25 over passages: what the ranker is trained behind, so that it leans on no one retriever."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from bot.answers.terms import STOP, read_line, stem


def stems(text: str) -> list[str]:
    return list(read_line(text).stems)


class FirstStage:
    def __init__(self, texts: Sequence[str], titles: Sequence[str]) -> None:
        self.vectorizer = CountVectorizer(analyzer=stems, dtype=np.float32)
        counts = self.vectorizer.fit_transform(
            f"{t} {t} {x}" for t, x in zip(titles, texts, strict=True)
        ).tocsr()
        n = counts.shape[0]
        frequency = np.asarray((counts > 0).sum(axis=0)).ravel()
        self.idf = np.log1p((n - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
        self._rarity = {
            term: math.log((n + 1) / (frequency[i] + 1)) / math.log(n + 1)
            for term, i in self.vectorizer.vocabulary_.items()
        }
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        mean = lengths.mean()
        b = float(np.interp(mean, [15, 115], [0.35, 0.75]))
        rows = np.repeat(np.arange(n), np.diff(counts.indptr))
        norm = 1.2 * (1 - b + b * lengths[rows] / mean)
        counts.data = counts.data * 2.2 / (counts.data + norm) * self.idf[counts.indices]
        self.weights = counts.T.tocsr()

    def rarity(self, word: str) -> float:
        return self._rarity.get(stem(word), 1.0)

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        line = read_line(question)
        vocabulary = self.vectorizer.vocabulary_
        columns = [
            vocabulary[s]
            for s, w in zip(line.stems, line.words, strict=True)
            if s in vocabulary and w not in STOP
        ]
        if not columns:
            return []
        scores = np.asarray(sparse.csr_matrix(self.weights[columns]).sum(axis=0)).ravel()
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(i), float(scores[i])) for i in best if scores[i] > 0]
