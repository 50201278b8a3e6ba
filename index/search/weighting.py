"""The weights of search as scikit-learn estimators: what the index on disk computes, said plainly.

The builder and the retriever share their arithmetic with these (`formulas`); a property holds their scores equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.utils.validation import check_is_fitted, validate_data

from index.search.analysis import analyze, query_terms
from index.search.formulas import (
    FAMILY,
    FAMILY_WEIGHT,
    K1,
    PAIR_B,
    PAIR_WEIGHT,
    POWER,
    adapted_b,
    idf,
    query_weight,
    saturation,
)

Array = npt.NDArray[Any]


class BM25Transformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Counts of terms to weights of the BM25 family; stands behind a CountVectorizer as TfidfTransformer does.

    weight(t, d) = idf(t) (idf(t) / ln(N + 1))^power · tf / (tf + k1 (1 - b + b l / m))
    idf(t) = ln(1 + (N - df + 0.5) / (df + 0.5))

    N passages, df of them hold t; tf times in d, whose length is l terms; m is the mean length. Without the raised
    idf (power 0) and with b given this is BM25 as Lucene has it, but for its constant factor k1 + 1.

    Parameters
    ----------
    k1 : float
        How slowly a term's repetition saturates.
    b : float or None
        How much a passage's length counts, 0 to 1; None adapts it to the mean length.
    power : float
        How much more than in BM25 rare terms lead.

    Attributes
    ----------
    mean_length_ : float
    b_ : float
    weight_ : ndarray of shape (n_features,)

    References
    ----------
    S. Robertson and H. Zaragoza (2009). The Probabilistic Relevance Framework: BM25 and Beyond. Foundations and Trends
    in Information Retrieval 3(4), 333-389.

    Examples
    --------
    >>> from sklearn.pipeline import make_pipeline
    >>> menu = ["noodles with tofu", "tofu, tofu and rice", "rice pudding"]
    >>> make_pipeline(CountVectorizer(analyzer=analyze), BM25Transformer()).fit_transform(menu).shape
    (3, 4)
    """

    def __init__(self, k1: float = K1, b: float | None = None, power: float = POWER) -> None:
        self.k1 = k1
        self.b = b
        self.power = power

    def fit(self, X: Any, y: object = None) -> Self:  # noqa: ARG002, N803
        """Learns idf and mean length from counts of shape (n_passages, n_features)."""
        counts = _counts(self, X, reset=True)
        n_passages = counts.shape[0]
        frequency = np.bincount(counts.indices, minlength=counts.shape[1])
        self.mean_length_ = float(counts.sum()) / n_passages or 1.0
        self.b_ = adapted_b(self.mean_length_) if self.b is None else self.b
        rarity = [idf(n_passages, int(df)) for df in frequency]
        self.weight_ = np.array([query_weight(value, n_passages, self.power) for value in rarity])
        return self

    def transform(self, X: Any) -> sparse.csr_matrix:  # noqa: N803
        """The weights of shape (n_passages, n_features)."""
        check_is_fitted(self)
        counts = _counts(self, X, reset=False)
        length = np.asarray(counts.sum(axis=1)).ravel()
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        weights = saturation(counts.data, length[row], self.mean_length_, self.b_, self.k1)
        weights *= self.weight_[counts.indices]
        return sparse.csr_matrix((weights, counts.indices, counts.indptr), shape=counts.shape)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags


def _counts(estimator: BM25Transformer, given: Any, *, reset: bool) -> sparse.csr_matrix:
    checked = validate_data(
        estimator, given, accept_sparse="csr", dtype=[np.float64, np.float32, np.int64, np.int32], reset=reset
    )
    counts = sparse.csr_matrix(checked)
    if counts.nnz and counts.data.min() < 0:
        raise ValueError("Negative values in data passed to BM25Transformer: it weighs counts of terms.")
    return counts


class PassageRanker(BaseEstimator):  # type: ignore[misc]
    """The whole recipe over passages given as fields (title, title, heading, text): see `scoring`.

    Attributes
    ----------
    terms_ : CountVectorizer
    families_ : CountVectorizer
    words_ : BM25Transformer
    """

    def __init__(self, family_weight: float = FAMILY_WEIGHT, pair_weight: float = PAIR_WEIGHT) -> None:
        self.family_weight = family_weight
        self.pair_weight = pair_weight

    def fit(self, X: Sequence[tuple[str, ...]], y: object = None) -> Self:  # noqa: ARG002, N803
        """Counts terms and families of terms."""
        self.fields_ = [[analyze(text) for text in fields] for fields in X]
        streams = [[term for field in fields for term in field] for fields in self.fields_]
        self.terms_ = CountVectorizer(analyzer=_given).fit(streams)
        self.families_ = CountVectorizer(analyzer=_heads).fit(streams)
        self.term_counts_ = self.terms_.transform(streams)
        self.family_counts_ = self.families_.transform(streams)
        self.words_ = BM25Transformer().fit(self.term_counts_)
        self.lengths_ = np.array([len(stream) for stream in streams])
        self.spread_: Counter[str] = Counter()
        frequency = np.bincount(self.term_counts_.indices, minlength=len(self.terms_.vocabulary_))
        for term, number in self.terms_.vocabulary_.items():
            self.spread_[term[:FAMILY]] += int(frequency[number])
        return self

    def decision_function(self, query: str) -> npt.NDArray[np.float64]:
        """The score of every passage."""
        check_is_fitted(self)
        terms = query_terms(query)
        weights = self.words_.transform(self.term_counts_)
        scores = np.asarray((weights @ self.terms_.transform([terms]).T).todense()).ravel()
        return scores + self._families(terms) + self._pairs(terms)

    def _families(self, terms: Sequence[str]) -> npt.NDArray[np.float64]:
        total, count = np.zeros(len(self.lengths_)), len(self.lengths_)
        for head, times in Counter(term[:FAMILY] for term in terms).items():
            number = self.families_.vocabulary_.get(head)
            if number is not None:
                tf = self.family_counts_[:, [number]].toarray().ravel()
                weight = self.family_weight * times * query_weight(idf(count, self.spread_[head]), count)
                total += weight * saturation(tf, self.lengths_, self.words_.mean_length_, self.words_.b_)
        return total

    def _pairs(self, terms: Sequence[str]) -> npt.NDArray[np.float64]:
        total = np.zeros(len(self.lengths_))
        rarity = {t: self.words_.weight_[n] for t, n in self.terms_.vocabulary_.items() if t in terms}
        for a, b in dict.fromkeys(pairwise(terms)):
            if a in rarity and b in rarity:
                tf = np.array(
                    [sum(list(pairwise(f)).count((a, b)) for f in fields) for fields in self.fields_]
                )
                weight = self.pair_weight * (rarity[a] + rarity[b]) / 2
                total += weight * saturation(tf, self.lengths_, self.words_.mean_length_, PAIR_B)
        return total


def _given(terms: Sequence[str]) -> Sequence[str]:
    return terms


def _heads(terms: Sequence[str]) -> list[str]:
    return [term[:FAMILY] for term in terms]
