"""The learned choice of a sentence: boosted trees over the measures of `evidence`, read from a JSON file.

`seminar` never trains; `python -m tests.quality.train_ranker --data FOLDER` writes the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answers.evidence import FEATURES, Matrix

WEIGHTS = Path(__file__).parent / "ranker.json"
_Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Additive trees, all nodes in one row: a node with feature -1 is a leaf."""

    base: float
    roots: _Ints
    feature: _Ints
    threshold: Matrix
    left: _Ints
    right: _Ints
    value: Matrix
    depth: int

    def score(self, table: Matrix) -> Matrix:
        """The log-odds of each row; the likelier answer scores higher."""
        rows = np.arange(len(table))[:, None]
        nodes = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            feature = self.feature[nodes]
            goes_left = table[rows, np.maximum(feature, 0)] <= self.threshold[nodes]
            nodes = np.where(feature < 0, nodes, np.where(goes_left, self.left[nodes], self.right[nodes]))
        scores: Matrix = self.base + self.value[nodes].sum(axis=1)
        return scores


def read_trees(facts: dict[str, object]) -> Trees:
    """Trees as the training wrote them: each a list of [feature, threshold, left, right] or [value]."""
    base, trees = facts["base"], facts["trees"]
    assert isinstance(base, float)
    assert isinstance(trees, list)
    roots: list[int] = []
    rows: list[tuple[float, ...]] = []
    for tree in trees:
        start = len(rows)
        roots.append(start)
        for node in tree:
            if len(node) == 1:
                rows.append((-1, 0.0, 0, 0, node[0]))
            else:
                rows.append((node[0], node[1], start + node[2], start + node[3], 0.0))
    feature, threshold, left, right, value = (list(column) for column in zip(*rows, strict=True))
    return Trees(
        base, np.array(roots, np.int32), np.array(feature, np.int32), np.array(threshold), np.array(left, np.int32),
        np.array(right, np.int32), np.array(value), max(map(_depth, trees)),
    )  # fmt: skip


def _depth(tree: list[list[float]], node: int = 0) -> int:
    branches = tree[node]
    return (
        0 if len(branches) == 1 else 1 + max(_depth(tree, int(branches[2])), _depth(tree, int(branches[3])))
    )


@lru_cache(maxsize=1)
def read_weights() -> dict[str, object]:
    facts: dict[str, object] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return facts


@lru_cache(maxsize=1)
def ranker() -> Trees:
    """The trees that come with the program."""
    weights = read_weights()
    if weights["features"] != list(FEATURES):
        raise AssertionError("ranker.json was trained on other measures; train it again")
    assert isinstance(weights["ranker"], dict)
    return read_trees(weights["ranker"])
