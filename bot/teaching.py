"""Teaching: names for metrics that people use and the catalogue lacks, proposed from gaps, accepted by the owner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.standard import fits
from bot.answers.terms import STOP, read_line, stem
from bot.seen import is_shown
from bot.state import Gap, State
from index.corpus import CATALOGUE
from index.errors import CorpusError
from index.keeping import add_entry
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, find_metrics
from index.language.periods import find_periods
from index.language.units import CURRENCIES, CURRENCY_WORDS, EXACT
from index.reader import View

MOST_GAPS = 500
_UNITS = frozenset(word.casefold() for word in (*EXACT, *CURRENCIES, *CURRENCY_WORDS))
LONGEST = 100
"""Characters of a name."""
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
        alias = "" if gap.private else unknown_words(gap.question, catalogue)
        metric = _nearest(alias, catalogue) if alias else ""
        if metric:
            counts[(alias, metric)] = counts.get((alias, metric), 0) + 1
    made = [Proposal(alias, metric, times) for (alias, metric), times in counts.items()]
    return tuple(sorted(made, key=lambda one: (-one.times, one.alias)))


def unknown_words(question: str, catalogue: Catalogue) -> str:
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
    if why := _why_no_name(words, metric, catalogue):
        raise CorpusError(f'"{words}" {why}.', "Choose other words.")
    return add_entry(folder / CATALOGUE, "metric", {"key": metric, "aliases": [words]})


def _why_no_name(words: str, metric: str, catalogue: Catalogue) -> str:
    """Why words can't be a metric's name; "" where they can."""
    known = {one.key for one in find_metrics(words, catalogue)}
    if known:
        return f"means {', '.join(sorted(known))} already"
    if len(words) > LONGEST:
        return f"has more than {LONGEST} characters"
    if not unknown_words(words, catalogue) or words.casefold() in _UNITS:
        return "is a place, a time, a unit, or has no word of its own" if words else "is empty"
    whole = re.compile(rf"(?<![a-z0-9]){re.escape(words.casefold())}s?(?![a-z0-9])")
    for key in sorted(set(catalogue.keys) - {metric}):
        for name in _names(key, catalogue):
            if whole.search(name.casefold()):
                return f"is a part of “{name}”, which means {key}"
    return ""


@dataclass(frozen=True, slots=True)
class Want:
    """A question that nothing held answered, and what could be taught of it."""

    number: int
    """That of its latest gap."""
    question: str
    times: int
    alias: str
    """"" where its words are near no metric."""
    metric: str


def is_open(gap: Gap, view: View) -> bool:
    """Whether a viewer may see a question of somebody else's: asked in public, and with no label that they lack."""
    return not gap.private and is_shown(gap.labels, view)


def wanted(gaps: Iterable[Gap], view: View) -> tuple[Want, ...]:
    """What was asked in vain and this viewer may see, the most asked first; what was taught meanwhile is left out."""
    found: dict[str, Want] = {}
    for gap in gaps:
        if not is_open(gap, view) or any(fits(one.pattern, gap.question) for one in view.answers):
            continue
        alias = unknown_words(gap.question, view.catalogue)
        metric = _nearest(alias, view.catalogue) if alias else ""
        key = f"{alias}={metric}" if metric else " ".join(gap.question.casefold().split())
        before = found.get(key)
        made = Want(gap.number, gap.question, 1, alias if metric else "", metric)
        found[key] = replace(before, times=before.times + 1) if before else made
    return tuple(sorted(found.values(), key=lambda one: (-one.times, -one.number)))


def settle(state: State, question: str, catalogue: Catalogue) -> None:
    """Takes a question out of the gaps, with those that ask for the same unknown words."""
    alias = unknown_words(question, catalogue)
    same = [
        gap.number
        for gap in state.gaps(MOST_GAPS)
        if gap.question.casefold() == question.casefold()
        or (alias and unknown_words(gap.question, catalogue) == alias)
    ]
    state.drop_gaps(same)


def settle_fitting(state: State, pattern: str) -> None:
    """Takes the questions of a pattern out of the gaps."""
    state.drop_gaps(gap.number for gap in state.gaps(MOST_GAPS) if fits(pattern, gap.question))
