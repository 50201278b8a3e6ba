"""Teaching: names for metrics that people use and the catalogue lacks, proposed from gaps, accepted by the owner."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.answers.terms import STOP, read_line, stem
from bot.state import Gap
from index.corpus import CATALOGUE
from index.errors import CorpusError
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, find_metrics
from index.language.periods import find_periods

LIKE = 0.3
"""The share of words in common from which a metric is proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of a question that may mean a metric."""

    alias: str
    metric: str
    times: int


def propose(gaps: Iterable[Gap], catalogue: Catalogue) -> tuple[Proposal, ...]:
    """Names that were asked for, are no metric's, and share words with one; the most asked first."""
    counts: dict[tuple[str, str], int] = {}
    for gap in gaps:
        alias = "" if gap.private else _unknown_words(gap.question, catalogue)
        metric = _nearest(alias, catalogue) if alias else ""
        if metric:
            counts[(alias, metric)] = counts.get((alias, metric), 0) + 1
    made = [Proposal(alias, metric, times) for (alias, metric), times in counts.items()]
    return tuple(sorted(made, key=lambda one: (-one.times, one.alias)))


def _unknown_words(question: str, catalogue: Catalogue) -> str:
    """What is left of a question without periods, places and stop words; "" where it names a metric."""
    if find_metrics(question, catalogue):
        return ""
    spans = [(one.start, one.end) for one in find_dimensions(question)]
    spans += [(one.start, one.end) for one in find_periods(question, today=None)]
    kept = "".join(" " if any(a <= at < b for a, b in spans) else sign for at, sign in enumerate(question))
    words = [word for word in read_line(kept).words if word not in STOP and not word[0].isdigit()]
    return " ".join(words[:4])


def _nearest(alias: str, catalogue: Catalogue) -> str:
    words = {stem(word) for word in alias.split()}
    best, metric = LIKE, ""
    for key in sorted(catalogue.keys):
        for name in _names(key, catalogue):
            other = {stem(word) for word in name.casefold().split()}
            likeness = len(words & other) / len(words | other)
            if likeness > best:
                best, metric = likeness, key
    return metric


def _names(key: str, catalogue: Catalogue) -> Iterator[str]:
    metric = catalogue.get(key)
    if metric:
        yield metric.name
        yield from metric.aliases


def teach(folder: Path, alias: str, metric: str, catalogue: Catalogue) -> Path:
    """Adds a name for a metric to the `metrics.toml` of a folder. Raises CorpusError where it can't be one."""
    words = " ".join(alias.split())
    if catalogue.get(metric) is None:
        near = ", ".join(sorted(catalogue.keys)[:40])
        raise CorpusError(f'The catalogue has no metric "{metric}".', f"Its keys: {near}")
    known = {one.key for one in find_metrics(words, catalogue)}
    if not words or known:
        meant = f"means {', '.join(sorted(known))} already" if known else "is empty"
        raise CorpusError(f'"{words}" {meant}.', "Choose other words.")
    path = folder / CATALOGUE
    before = path.read_text("utf-8") if path.exists() else ""
    added = f"\n[[metric]]\nkey = {json.dumps(metric)}\naliases = [{json.dumps(words, ensure_ascii=False)}]\n"
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".teaching-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(before + added)
    Path(temporary).replace(path)
    return path
