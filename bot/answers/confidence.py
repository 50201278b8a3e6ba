"""How sure a passage answer is: the chance that what is held answers the question at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from bot.answers.asked import Asked
from bot.answers.evidence import FEATURES, Matrix, Source
from bot.answers.ranker import Trees, read_trees, read_weights
from bot.answers.terms import read_line
from bot.questions import Expected

THRESHOLD = 0.5
"""A false answer costs about as much as a good one is worth: below even odds the bot says that it holds nothing."""

_DOUBT: dict[Expected, float] = {
    "when": 2.5,
    "where": 1.5,
    "how many": 1.5,
    "how much": 1.5,
    "who": 0.5,
    "why": 1.0,
}
"""In log-odds, as is the next."""
LACKING = 1.8

SIGNS = (
    *FEATURES, "ranker_score", "ranker_margin", "best_source_coverage", "best_line_coverage", "best_source_bm25",
    "best_line_bm25", "all_coverage", "all_missing_rarest", "first_search_score", "search_margin", "search_fall",
    "best_names", "mean_rarity", "rarest", "coverage_squared",
)  # fmt: skip
"""The measures of the best sentence, then those of all."""


def read_signs(asked: Asked, sources: Sequence[Source], table: Matrix, scores: Matrix) -> Matrix:
    """What the confidence weighs: one number for each of `SIGNS`."""
    order = np.argsort(-scores, kind="stable")
    best = table[order[0]]
    second = scores[order[1]] if len(order) > 1 else scores[order[0]] - 3
    held = {
        s for source in sources[:5] for text in (source.title, *source.lines) for s in read_line(text).stems
    }
    weights = asked.weights
    missing = [weight for s, weight in weights.items() if s not in held]
    search = [source.score for source in sources] + [0.0, 0.0]

    def column(name: str) -> Matrix:
        values: Matrix = table[:, FEATURES.index(name)]
        return values

    coverage = float(column("source_coverage").max())
    values = [
        *best,
        scores[order[0]] / 4,
        min(3.0, scores[order[0]] - second),
        coverage,
        column("line_coverage").max(),
        column("source_bm25").max(),
        column("line_bm25").max(),
        1 - sum(missing) / asked.mass,
        max(missing, default=0.0),
        search[0] / (8 * asked.mass),
        (search[0] - search[1]) / (search[0] or 1.0),
        (search[0] - search[min(9, len(search) - 1)]) / (search[0] or 1.0),
        column("names_in_source").max(),
        asked.mass / max(1, len(weights)),
        max(weights.values(), default=0.0),
        coverage * coverage,
    ]
    signs: Matrix = np.array(values, dtype=np.float64).round(4)
    return signs


@lru_cache(maxsize=1)
def _model() -> tuple[Matrix, float, Trees]:
    facts = read_weights()["confidence"]
    assert isinstance(facts, dict)
    if facts["signs"] != list(SIGNS):
        raise AssertionError("ranker.json was trained on other signs; train it again")
    return np.array(facts["weights"]), float(facts["bias"]), read_trees(facts)


def confidence_of(signs: Matrix) -> float:
    """The calibrated chance that the answer is held: a weighed sum of the signs, which trees correct."""
    weights, bias, trees = _model()
    return _chance(float(signs @ weights) + bias + float(trees.score(signs[None])[0]))


def doubted(confidence: float, expected: Expected, lacking: int, behind: float = 0.0) -> float:
    """The chance where the sentence lacks the kind of answer asked for, or what the question names.

    `behind` is by how much, in log-odds, the ranker held another sentence likelier.
    """
    chance = min(1 - 1e-9, max(1e-9, confidence))
    odds = math.log(chance / (1 - chance))
    return _chance(odds - _DOUBT.get(expected, 0.0) - LACKING * lacking - behind / 2)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def is_enough(confidence: float) -> bool:
    """Whether to answer: a false answer costs more than a question left open."""
    return confidence >= THRESHOLD
