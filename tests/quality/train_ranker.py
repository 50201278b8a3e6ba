"""Train the ranker and the confidence on public sets, and write bot/answers/ranker.json.

    python -m tests.quality.train_ranker --data FOLDER [--check]

FOLDER holds squad-sent, wikiqa-sent and squad-oos (see collection.py). Measured by cross-fitting in three folds that
keep an article (SQuAD) or a question (WikiQA) whole; what is written is then fitted on everything. `--check` only
measures.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from bot.answers.asked import read_asked
from bot.answers.evidence import FEATURES, measure
from bot.answers.ranker import WEIGHTS, read_trees
from tests.quality.collection import Collection, read_collection
from tests.quality.first_stage import FirstStage, first_stage

FOLDS = 3
POOL = {"squad-sent": 16, "wikiqa-sent": 50}
WEIGHT = {"squad-sent": 1.0, "wikiqa-sent": 3.0}
CUT = 16
"""Only sentences among the first so many by plain score teach; the rest are too easy."""
SETTINGS: dict[str, Any] = {
    "max_iter": 240, "max_leaf_nodes": 20, "learning_rate": 0.08, "min_samples_leaf": 100, "l2_regularization": 40.0,
    "max_features": 0.35,
    "early_stopping": False, "random_state": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """The measured sentences of a collection's questions."""

    name: str
    rows: Any
    gold: Any
    query: Any
    fold: Any
    """By question."""

    @property
    def questions(self) -> int:
        return len(self.fold)


def say(text: str) -> None:
    sys.stderr.write(text + "\n")


def measure_collection(collection: Collection, stage: FirstStage) -> Table:
    groups = sorted({query.group for query in collection.queries})
    place = {group: i % FOLDS for i, group in enumerate(groups)}
    rows, gold, numbers = [], [], []
    for number, query in enumerate(collection.queries):
        hits, sources = stage.sources(query.text, POOL[collection.name])
        wanted = collection.gold.get(query.id, set())
        ids = [line for hit in hits for line, _ in collection.passages[hit][1]]
        rows.append(measure(read_asked(query.text, stage.rarity), sources).astype(np.float32))
        gold.append(np.array([i in wanted for i in ids], dtype=bool))
        numbers.append(np.full(len(ids), number))
    return Table(
        collection.name, np.concatenate(rows), np.concatenate(gold), np.concatenate(numbers),
        np.array([place[query.group] for query in collection.queries]),
    )  # fmt: skip


def fit(tables: list[Table], fold: int | None) -> HistGradientBoostingClassifier:
    """Trees on every fold but one (on all where None)."""
    rank = FEATURES.index("line_rank")
    rows, gold, weights = [], [], []
    for table in tables:
        kept = table.rows[:, rank] <= np.log1p(CUT) / 3 + 1e-6
        if fold is not None:
            kept &= table.fold[table.query] != fold
        rows.append(table.rows[kept])
        gold.append(table.gold[kept])
        weights.append(np.full(int(kept.sum()), WEIGHT[table.name]))
    model = HistGradientBoostingClassifier(**SETTINGS)
    return model.fit(np.concatenate(rows), np.concatenate(gold), sample_weight=np.concatenate(weights))


def first_right(scores: Any, table: Table, questions: Any) -> float:
    """success@1 over the questions given: the share whose best sentence is gold."""
    kept = questions[table.query]
    query, gold, scores = table.query[kept], table.gold[kept], scores[kept]
    order = np.lexsort((-scores, query))
    best = np.r_[True, query[order][1:] != query[order][:-1]]
    return float(gold[order][best].sum() / questions.sum())


def cross_fit(tables: list[Table]) -> tuple[dict[str, dict[str, float]], dict[str, Any]]:
    """Held-out success@1 by collection, beside the plain score's, and the held-out scores."""
    scores = {table.name: np.zeros(len(table.gold)) for table in tables}
    for fold in range(FOLDS):
        model = fit(tables, fold)
        for table in tables:
            held = table.fold[table.query] == fold
            scores[table.name][held] = model.decision_function(table.rows[held])
        say(f"fold {fold + 1} of {FOLDS}")
    everything = {table.name: np.ones(table.questions, dtype=bool) for table in tables}
    return {
        table.name: {
            "questions": table.questions,
            "plain_success_at_1": round(
                first_right(table.rows[:, FEATURES.index("sum_score")], table, everything[table.name]), 4
            ),
            "success_at_1": round(first_right(scores[table.name], table, everything[table.name]), 4),
        }
        for table in tables
    }, scores


def export(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """The trees as lists of [feature, threshold, left, right] and [value]."""
    trees = [[_node(node) for node in predictor.nodes] for (predictor,) in model._predictors]
    return {"base": float(np.ravel(model._baseline_prediction)[0]), "trees": trees}


def _node(node: Any) -> list[float]:
    if node["is_leaf"]:
        return [round(float(node["value"]), 5)]
    threshold = round(float(node["num_threshold"]), 6)
    return [int(node["feature_idx"]), threshold, int(node["left"]), int(node["right"])]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    tables = []
    for name in POOL:
        collection = read_collection(options.data / name)
        tables.append(measure_collection(collection, first_stage(collection)))
        say(f"{name}: {tables[-1].questions} questions measured")
    metrics, _ = cross_fit(tables)
    sys.stdout.write(json.dumps(metrics, indent=2) + "\n")
    if options.check:
        return
    model = fit(tables, None)
    facts = export(model)
    sample = tables[0].rows[:2000]
    exact = np.round(sample.astype(np.float64), 4)
    gap = float(np.abs(read_trees(facts).score(exact) - model.decision_function(sample)).max())
    assert gap < 0.02, f"the exported trees differ by {gap}"
    old = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    old.update(
        about="Weights of the answering sentence's ranker; python -m tests.quality.train_ranker writes them.",
        trained=date.today().isoformat(),  # noqa: DTZ011
        data="SQuAD v1.1 dev sentences (CC BY-SA 4.0), WikiQA sentences (Microsoft Research WikiQA licence)",
        splits=f"{FOLDS} folds by article (SQuAD) and by question (WikiQA); the metrics are of "
        f"held-out folds",
        settings={key: str(value) for key, value in SETTINGS.items()},
        metrics=metrics,
        features=list(FEATURES),
        ranker=facts,
    )
    write(old)


def write(facts: dict[str, Any]) -> None:
    """JSON with a tree to a line."""
    parts = [name for name in ("ranker", "confidence") if "trees" in facts.get(name, {})]
    head = {**facts, **{name: {**facts[name], "trees": f"TREES OF {name}"} for name in parts}}
    text = json.dumps(head, indent=1)
    for name in parts:
        lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in facts[name]["trees"])
        text = text.replace(f'"TREES OF {name}"', f"[\n{lines}\n]")
    WEIGHTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
