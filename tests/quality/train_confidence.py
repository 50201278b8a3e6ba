"""Train the confidence on public questions, and write it into bot/answers/ranker.json.

    python -m tests.quality.train_confidence --data FOLDER --squad2 dev-v2.0.json [--check]

FOLDER holds squad-oos and wikiqa-sent (see collection.py); dev-v2.0.json is SQuAD 2.0's own file. Run it after
train_ranker. Questions teach whose paragraph is in the index, those whose article is not, the first kind with the
paragraph itself taken away, and SQuAD 2.0's that people wrote to look as if the paragraph answered them: what is near
must not pass for what answers. Some are asked as people type, some of an index that holds one article alone, as a
small corpus does. Measured by cross-fitting in three folds that keep an article whole.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.answers.confidence import SIGNS
from bot.answers.ranker import WEIGHTS
from tests.quality.confidence_rows import WEIGHT, Rows, read_rows
from tests.quality.train_ranker import export, say, write

FOLDS = 3
SETTINGS: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.08, "max_leaf_nodes": 10, "min_samples_leaf": 80, "l2_regularization": 30.0,
    "max_features": 0.5, "early_stopping": False, "random_state": 0,
}  # fmt: skip
LINEAR = 0.5
"""The linear part's share of the log-odds; the trees have the rest."""


class Model:
    """A logistic regression and boosted trees, their log-odds averaged, and moved to the public task's own rate."""

    def __init__(self, rows: Rows, chosen: Any) -> None:
        weight = np.array([WEIGHT[kind] for kind in rows.kind[chosen]])
        linear = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000))
        linear.fit(rows.signs[chosen], rows.label[chosen], logisticregression__sample_weight=weight)
        (_, scaler), (_, regression) = linear.steps
        self.weights = LINEAR * regression.coef_[0] / scaler.scale_
        self.bias = LINEAR * float(regression.intercept_[0]) - float(self.weights @ scaler.mean_)
        self.trees = HistGradientBoostingClassifier(**SETTINGS)
        self.trees.fit(rows.signs[chosen], rows.label[chosen], sample_weight=weight)
        task = chosen & rows.is_task
        self.bias += _offset(self.odds(rows.signs[task]), rows.label[task])

    def odds(self, signs: Any) -> Any:
        return signs @ self.weights + self.bias + (1 - LINEAR) * self.trees.decision_function(signs)

    def facts(self) -> dict[str, Any]:
        """As ranker.json has it: the trees with their share of the log-odds."""
        trees = export(self.trees)
        share = 1 - LINEAR
        scaled = [
            [[round(node[0] * share, 5)] if len(node) == 1 else node for node in tree]
            for tree in trees["trees"]
        ]
        return {
            "weights": [round(float(weight), 5) for weight in self.weights],
            "bias": round(self.bias, 5),
            "base": round(trees["base"] * share, 5),
            "trees": scaled,
        }


def _offset(odds: Any, label: Any) -> float:
    """What has to be added to log-odds for their mean chance to be the rate of the labels (by halving)."""
    low, high = -5.0, 5.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance(odds + middle).mean() < label.mean() else (low, middle)
    return (low + high) / 2


def _chance(odds: Any) -> Any:
    return 1 / (1 + np.exp(-odds))


def measure_folds(rows: Rows) -> dict[str, float]:
    """Held-out AUROC, error at 80 % kept and calibration on squad-oos, and AUROC on SQuAD 2.0's adversarial kind."""
    chance = np.zeros(len(rows.label))
    for fold in range(FOLDS):
        held_out = rows.article // 2 % FOLDS == fold
        chance[held_out] = _chance(Model(rows, ~held_out).odds(rows.signs[held_out]))
        say(f"fold {fold + 1} of {FOLDS}")
    task, adversarial = rows.is_task, np.isin(rows.kind, ("squad2 held", "squad2 adversarial"))
    held, not_held = chance[rows.kind == "held"], chance[rows.kind == "not held"]
    near = np.isin(rows.kind, ("held", "removed"))
    return {
        "questions": int(task.sum()),
        "auroc": _auroc(rows, chance, task),
        "answered_in_error_at_80_kept": round(float((not_held >= np.quantile(held, 0.2)).mean()), 4),
        "auroc_paragraph_removed": _auroc(rows, chance, near),
        "auroc_squad2_adversarial": _auroc(rows, chance, adversarial),
        "questions_squad2_adversarial": int(adversarial.sum()),
        "calibration_error": round(_calibration(chance[task], rows.label[task]), 4),
        "wrongly_answered_at_half": round(float((not_held >= 0.5).mean()), 4),
        "wrongly_silent_at_half": round(float((held < 0.5).mean()), 4),
    }


def _auroc(rows: Rows, chance: Any, chosen: Any) -> float:
    return round(float(roc_auc_score(rows.label[chosen], chance[chosen])), 4)


def _calibration(chance: Any, truth: Any) -> float:
    """Expected calibration error in five bins of equal count."""
    bins = np.array_split(np.argsort(chance, kind="stable"), 5)
    return float(sum(len(b) * abs(chance[b].mean() - truth[b].mean()) for b in bins) / len(chance))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--squad2", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    rows = read_rows(options.data, options.squad2)
    metrics = measure_folds(rows)
    sys.stdout.write(json.dumps(metrics, indent=2) + "\n")
    if options.check:
        return
    facts = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    facts["confidence"] = {
        "data": "SQuAD v1.1 dev with half of the articles left out of the index, SQuAD 2.0 dev (CC BY-SA 4.0), WikiQA "
        "sentences (Microsoft Research WikiQA licence)",
        "splits": f"{FOLDS} folds by article; the metrics are of held-out folds",
        "metrics": metrics,
        "settings": {key: str(value) for key, value in SETTINGS.items()},
        "signs": list(SIGNS),
        **Model(rows, np.ones(len(rows.label), dtype=bool)).facts(),
    }
    write(facts)


if __name__ == "__main__":
    main()
