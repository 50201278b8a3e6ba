"""The arithmetic of search: BM25 and what is adapted in it.

S. Robertson and H. Zaragoza (2009), The Probabilistic Relevance Framework: BM25 and Beyond, Foundations and Trends in
Information Retrieval 3(4). The idf is Lucene's, never negative. Symbols: N passages, df of them hold the term, tf times
in this one of length l (terms), m the mean length.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

K1 = 1.2
PAIR_B = 0.4
FAMILY = 4
"""How many first letters make a family of terms."""
FAMILY_WEIGHT = 0.4
PAIR_WEIGHT = 0.7
POWER = 0.1
LEVELS = 15


def idf(count: int, frequency: int) -> float:
    """ln(1 + (N - df + 0.5) / (df + 0.5))."""
    frequency = min(frequency, count)
    return math.log1p((count - frequency + 0.5) / (frequency + 0.5))


def query_weight(rarity: float, count: int, power: float = POWER) -> float:
    """idf (idf / ln(N + 1))^power: rare terms lead a little more than in BM25."""
    return rarity * (rarity / math.log1p(count)) ** power if count else 0.0


def adapted_b(mean: float) -> float:
    """Length counts for little among sentences (0.3 at 15 terms) and much among pages (0.8 from 115)."""
    return float(np.interp(mean, [15, 115], [0.3, 0.8]))


def saturation(
    tf: npt.NDArray[Any], length: npt.NDArray[Any], mean: float, b: float, k1: float = K1
) -> Floats:
    """tf / (tf + k1 (1 - b + b l / m)), below 1."""
    tf = tf.astype(np.float64)
    return np.asarray(tf / (tf + half_saturation(length, mean, b, k1)))


def half_saturation(length: npt.NDArray[Any], mean: float, b: float, k1: float = K1) -> Floats:
    """k1 (1 - b + b l / m): the tf that has half of the weight that none exceeds."""
    return np.asarray(k1 * (1 - b + b * length / mean))


def quantised(weights: Floats) -> npt.NDArray[np.uint8]:
    """Weights below 1 in 15 steps, by which the pool is chosen."""
    return np.clip(np.rint(weights * LEVELS), 1, LEVELS).astype(np.uint8)
