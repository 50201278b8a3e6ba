"""Train the confidence on squad-oos, and write it into bot/answers/ranker.json.

    python -m tests.quality.train_confidence --data FOLDER [--check]

Run it after train_ranker. Three kinds of question teach: those whose paragraph is in the index, those whose article is
not, and the first kind with the paragraph itself taken away, so that what is near does not pass for what answers.
Measured by cross-fitting in three folds that keep an article whole.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.answers.asked import read_asked
from bot.answers.confidence import SIGNS, read_signs
from bot.answers.evidence import Source, measure
from bot.answers.ranker import WEIGHTS, ranker
from bot.answers.terms import read_line
from index.language.sentences import find_sentences
from tests.quality.collection import read_gold, read_lines
from tests.quality.first_stage import FirstStage
from tests.quality.train_ranker import write

FOLDS = 3
POOL = 16
REMOVED_WEIGHT = 0.35


def read_rows(folder: Path) -> dict[str, Any]:
    """The signs of every question, with its label, its kind and its article."""
    documents = list(read_lines(folder / "corpus.jsonl"))
    places = {row["_id"]: i for i, row in enumerate(documents)}
    gold = read_gold(folder)
    stage = FirstStage(
        [(row["title"], [row["text"][a:b] for a, b in find_sentences(row["text"])]) for row in documents]
    )
    signs, label, kind, article, right = [], [], [], [], []
    for row in read_lines(folder / "queries.jsonl"):
        wanted = {places[key] for key in gold.get(row["_id"], ())}
        hits, sources = stage.sources(row["text"], POOL)
        cases = [("held" if wanted else "not held", list(zip(hits, sources, strict=True)))]
        if wanted:
            cases.append(("removed", [pair for pair in cases[0][1] if pair[0] not in wanted]))
        for name, pairs in cases:
            if pairs:
                values, best = _read(row["text"], stage, [source for _, source in pairs])
                signs.append(values)
                label.append(name == "held")
                kind.append(name)
                article.append(row["metadata"]["article"])
                right.append(pairs[best][0] in wanted)
    return {
        "signs": np.array(signs), "label": np.array(label), "kind": np.array(kind), "article": np.array(article),
        "right": np.array(right),
    }  # fmt: skip


def read_common(folder: Path) -> dict[str, float]:
    """How rare the words are that stand in at least one of two hundred paragraphs."""
    texts = [row["text"] for row in read_lines(folder / "corpus.jsonl")]
    counts = Counter(stem for text in texts for stem in frozenset(read_line(text).stems))
    most = math.log(len(texts) + 1)
    return {
        word: round(1 - math.log(count) / most, 2)
        for word, count in sorted(counts.items())
        if count >= len(texts) / 200 and word.isalpha()
    }


def _read(question: str, stage: FirstStage, sources: list[Source]) -> tuple[Any, int]:
    asked = read_asked(question, stage.rarity)
    table = measure(asked, sources)
    scores = ranker().score(table)
    owner = np.repeat(np.arange(len(sources)), [len(source.lines) for source in sources])
    return read_signs(asked, sources, table, scores), int(owner[np.argmax(scores)])


def fit(rows: dict[str, Any], chosen: Any) -> Any:
    weights = np.where(rows["kind"] == "removed", REMOVED_WEIGHT, 1.0)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000))
    return model.fit(
        rows["signs"][chosen], rows["label"][chosen], logisticregression__sample_weight=weights[chosen]
    )


def measure_folds(rows: dict[str, Any]) -> dict[str, float]:
    """Held-out AUROC, error at 80 % kept, and calibration, on the public task (removed paragraphs apart)."""
    chance = np.zeros(len(rows["label"]))
    articles = sorted(set(rows["article"].tolist()))
    fold = np.array([articles.index(article) // 2 % FOLDS for article in rows["article"]])
    for k in range(FOLDS):
        chance[fold == k] = fit(rows, fold != k).predict_proba(rows["signs"][fold == k])[:, 1]
    task = rows["kind"] != "removed"
    held, not_held = chance[rows["kind"] == "held"], chance[rows["kind"] == "not held"]
    threshold = np.quantile(held, 0.2)
    near = chance[rows["kind"] != "not held"], rows["label"][rows["kind"] != "not held"]
    return {
        "questions": int(task.sum()),
        "auroc": round(float(roc_auc_score(rows["label"][task], chance[task])), 4),
        "answered_in_error_at_80_kept": round(float((not_held >= threshold).mean()), 4),
        "auroc_paragraph_removed": round(float(roc_auc_score(near[1], near[0])), 4),
        "calibration_error": round(_calibration(chance[task], rows["label"][task]), 4),
        "calibration_error_of_right_passage": round(_calibration(chance[task], rows["right"][task]), 4),
        "wrongly_answered_at_half": round(float((not_held >= 0.5).mean()), 4),
        "wrongly_silent_at_half": round(float((held < 0.5).mean()), 4),
    }


def _calibration(chance: Any, truth: Any) -> float:
    """Expected calibration error in five bins of equal count."""
    bins = np.array_split(np.argsort(chance, kind="stable"), 5)
    return float(sum(len(b) * abs(chance[b].mean() - truth[b].mean()) for b in bins) / len(chance))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="measure only, write nothing")
    options = parser.parse_args()
    rows = read_rows(options.data / "squad-oos")
    common = read_common(options.data / "squad-para")
    metrics = measure_folds(rows)
    sys.stdout.write(json.dumps(metrics, indent=2) + "\n")
    if options.check:
        return
    (_, scaler), (_, model) = fit(rows, slice(None)).steps
    weights = model.coef_[0] / scaler.scale_
    facts = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    facts["confidence"] = {
        "data": "SQuAD v1.1 dev, half of the articles left out of the index (CC BY-SA 4.0)",
        "splits": f"{FOLDS} folds by article; the metrics are of held-out folds",
        "metrics": metrics,
        "signs": list(SIGNS),
        "weights": [round(float(weight), 5) for weight in weights],
        "bias": round(float(model.intercept_[0] - weights @ scaler.mean_), 5),
    }
    facts["common"] = common
    write(facts)


if __name__ == "__main__":
    main()
