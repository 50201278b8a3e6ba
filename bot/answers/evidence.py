"""How well a sentence answers a question: the measures that the ranker and the confidence weigh.

Every measure is lexical, lies in about -1 to 4, and needs nothing but the texts and how rare a word is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.answers.asked import Asked
from bot.answers.terms import Line, read_line, stem
from bot.questions import Expected

Matrix = npt.NDArray[np.float64]
_K1, _B_LINE, _B_SOURCE = 1.2, 0.4, 0.75
_MEAN_LINE, _MEAN_SOURCE = 24.0, 110.0
_PRONOUNS = frozenset(
    ["he", "she", "it", "they", "this", "these", "those", "his", "her", "its", "their", "such"]
)
_BE = frozenset(("is", "are", "was", "were"))
_ARTICLES = frozenset(("a", "an", "the", "one", "any"))
_EXPECTED: tuple[Expected, ...] = (
    "who",
    "when",
    "where",
    "how many",
    "how much",
    "why",
    "definition",
    "yes or no",
)

FEATURES = (
    "line_bm25", "source_bm25", "search_score", "line_coverage", "source_coverage", "line_or_title_coverage",
    "exact_coverage", "soft_coverage", "missing_rarest_line", "missing_rarest_source", "pairs", "ordered_pairs",
    "adjacent_with_stop_words", "span_density", "matched_terms", "names_in_line", "names_in_source", "numbers_in_line",
    "numbers_in_source", "asks_numbers", "title_coverage", "focus_in_line", "before_coverage", "after_coverage",
    "opens_with_pronoun", "order", "line_length", "source_lines", "new_names", "new_numbers", "new_times", "reason",
    "negation_agrees", "expected_present", "expected_near", "terms_asked", "line_bm25_lead", "source_bm25_lead",
    "sum_lead", "coverage_lead", "line_rank", "sum_score", "first_term", "last_term",
    "rarest_place", "says_what_it_is", "source_pairs", "source_exact",
    "coverage_in_source", "bm25_in_source", "near_in_source", "ordered_in_source", "soft_in_source",
    "adjacent_in_source",
    "only_in_line", "new_words", "score_lead", "sum_lead_of_others",
    *(f"asks_{kind.replace(' ', '_')}" for kind in _EXPECTED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that may hold the answer, as its sentences."""

    title: str
    lines: tuple[str, ...]
    score: float
    """What search gave it."""


def measure(asked: Asked, sources: Sequence[Source]) -> Matrix:
    """One row of `FEATURES` for every sentence of the sources, in their order."""
    best = max((source.score for source in sources), default=0.0) or 1.0
    tables = [
        _leads_in_source(np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES)))
        for rows in (_source_rows(asked, source, source.score / best) for source in sources)
    ]
    return _leads(np.concatenate(tables)) if tables else np.zeros((0, len(FEATURES)))


_AT = {name: i for i, name in enumerate(FEATURES)}
_IN_SOURCE = {
    "coverage_in_source": "line_coverage",
    "bm25_in_source": "line_bm25",
    "near_in_source": "expected_near",
    "ordered_in_source": "ordered_pairs",
    "soft_in_source": "soft_coverage",
    "adjacent_in_source": "adjacent_with_stop_words",
}


def _leads_in_source(table: Matrix) -> Matrix:
    """Fills the columns that compare a sentence with the best of the others in its passage."""
    if not len(table):
        return table
    for lead, measured in _IN_SOURCE.items():
        table[:, _AT[lead]] = _over_others(table[:, _AT[measured]])
    return table


def _over_others(values: Matrix) -> Matrix:
    """Each value less the best of the others."""
    second, best = np.sort(np.append(values, 0.0) if len(values) < 2 else values)[-2:]
    return np.asarray(values - np.where(values == best, second, best))


def _leads(table: Matrix) -> Matrix:
    """Fills the columns that compare a sentence with the best of its pool."""
    if not len(table):
        return table
    total = table[:, _AT["line_bm25"]] + 1.2 * table[:, _AT["source_bm25"]]
    table[:, _AT["sum_score"]] = total
    for lead, column in (
        ("line_bm25_lead", table[:, _AT["line_bm25"]]),
        ("source_bm25_lead", table[:, _AT["source_bm25"]]),
        ("sum_lead", total),
        ("coverage_lead", table[:, _AT["line_coverage"]]),
    ):
        table[:, _AT[lead]] = column - column.max()
    score = table[:, _AT["search_score"]]
    table[:, _AT["score_lead"]] = score - np.unique(score)[-2:][0]
    table[:, _AT["sum_lead_of_others"]] = _over_others(total)
    ranks = np.empty(len(table))
    ranks[np.argsort(-total, kind="stable")] = np.arange(len(table))
    table[:, _AT["line_rank"]] = np.log1p(ranks) / 3
    return np.round(table, 4)


def _source_rows(asked: Asked, source: Source, score: float) -> list[list[float]]:
    lines = [read_line(text) for text in source.lines]
    stems = [frozenset(line.stems) for line in lines]
    title = frozenset(read_line(source.title).stems)
    counts: dict[str, int] = {}
    for line in lines:
        for s in line.stems:
            if s in asked.weights:
                counts[s] = counts.get(s, 0) + 1
    length = sum(len(line.words) for line in lines)
    for s in title & asked.weights.keys():
        counts[s] = counts.get(s, 0) + 1
    whole = _Whole(
        score, title, frozenset(counts), _bm25(asked, counts, length, _MEAN_SOURCE, _B_SOURCE), len(lines),
        tuple(_coverage(asked, held) for held in stems), *_whole_pairs(asked, lines),
        {s: sum(s in held for held in stems) for s in asked.weights},
    )  # fmt: skip
    return [_row(asked, line, order, whole) for order, line in enumerate(lines)]


def _whole_pairs(asked: Asked, lines: Sequence[Line]) -> tuple[float, float]:
    """The weight of the question's neighbours that stand side by side, and of its exact words, in the passage."""
    beside = {pair for line in lines for pair in zip(line.stems, line.stems[1:], strict=False)}
    wanted = list(pairwise(asked.stems))
    weights = [asked.weights[a] + asked.weights[b] for a, b in wanted]
    held = sum(w for pair, w in zip(wanted, weights, strict=True) if pair in beside)
    words = {word for line in lines for word in line.words} & set(asked.line.words)
    exact = sum(asked.weights.get(stem(word), 0.0) for word in words) / asked.mass
    return (held / sum(weights) if weights else 0.0), exact


@dataclass(frozen=True, slots=True)
class _Whole:
    score: float
    title: frozenset[str]
    stems: frozenset[str]
    bm25: float
    count: int
    coverages: tuple[float, ...]
    pairs: float
    exact: float
    held: dict[str, int]
    """How many of the lines hold a stem of the question."""


def _bm25(asked: Asked, counts: dict[str, int], length: int, mean: float, b: float) -> float:
    norm = _K1 * (1 - b + b * length / mean)
    return sum(asked.weights[s] * n * (_K1 + 1) / (n + norm) for s, n in counts.items()) / asked.mass


def _coverage(asked: Asked, stems: frozenset[str]) -> float:
    return sum(weight for s, weight in asked.weights.items() if s in stems) / asked.mass


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 1.0


def _row(asked: Asked, line: Line, order: int, whole: _Whole) -> list[float]:
    """The features of a line, in the order that the ranker was trained on; zeros are of those that others fill."""
    stems = frozenset(line.stems)
    places: dict[str, list[int]] = {}
    for i, s in enumerate(line.stems):
        if s in asked.weights:
            places.setdefault(s, []).append(i)
    weights, mass = asked.weights, asked.mass
    return [
        *_of_words(asked, line, order, whole, places),
        *_pairs(asked, places),
        _adjacent(asked, line),
        _density(places),
        len(places) / 8,
        _share(asked.names, stems),
        _share(asked.names, whole.stems),
        _share(asked.numbers, stems),
        _share(asked.numbers, whole.stems),
        float(bool(asked.numbers)),
        _coverage(asked, whole.title),
        float(bool(asked.focus) and asked.focus in stems),
        whole.coverages[order - 1] if order else 0.0,
        whole.coverages[order + 1] if order + 1 < whole.count else 0.0,
        float(bool(line.words) and line.words[0] in _PRONOUNS),
        min(order, 10) / 10,
        math.log1p(len(line.words)) / 4,
        min(whole.count, 15) / 15,
        *_of_news(asked, line, places),
        len(weights) / 10,
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
        float(bool(asked.stems) and asked.stems[0] in stems),
        float(bool(asked.stems) and asked.stems[-1] in stems),
        *_subject(asked, line, places),
        whole.pairs,
        whole.exact,
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
        sum(w for s, w in weights.items() if s in stems and whole.held[s] == 1) / mass,
        math.log1p(len(stems - weights.keys())) / 4,
        0.0,
        0.0,
        *(float(asked.expected == kind) for kind in _EXPECTED),
    ]  # fmt: skip


def _of_words(
    asked: Asked, line: Line, order: int, whole: _Whole, places: dict[str, list[int]]
) -> tuple[float, ...]:
    """How much of the question's words is in the line, in its passage, and missing."""
    stems, weights, mass = frozenset(line.stems), asked.weights, asked.mass
    coverage = whole.coverages[order]
    exact = frozenset(line.words) & frozenset(asked.line.words)
    return (
        _bm25(asked, {s: len(p) for s, p in places.items()}, len(line.words), _MEAN_LINE, _B_LINE),
        whole.bm25,
        whole.score,
        coverage,
        _coverage(asked, whole.stems),
        _coverage(asked, stems | whole.title),
        sum(weights.get(stem(w), 0.0) for w in exact) / mass,
        coverage + _soft(asked, stems) / mass,
        max((w for s, w in weights.items() if s not in stems), default=0.0),
        max((w for s, w in weights.items() if s not in whole.stems), default=0.0),
    )


def _of_news(asked: Asked, line: Line, places: dict[str, list[int]]) -> tuple[float, ...]:
    """What the line says beyond the question, and whether that is of the kind that is expected."""
    names, numbers, times = _new(asked, line)
    return (
        min(len(names), 8) / 8,
        min(len(numbers), 4) / 4,
        min(len(times), 4) / 4,
        float(line.reason),
        float((line.negations > 0) == (asked.line.negations > 0)),
        *_expected(asked, line, names, numbers, times, places),
    )


def _new(asked: Asked, line: Line) -> tuple[list[int], list[int], list[int]]:
    """Positions of names, numbers and times that the question doesn't hold itself: what may be the answer."""
    known = frozenset(asked.line.stems)
    return (
        [i for i in line.names if line.stems[i] not in known],
        [i for i in line.numbers if line.stems[i] not in known],
        [i for i in line.times if line.stems[i] not in known],
    )


def _expected(
    asked: Asked,
    line: Line,
    names: list[int],
    numbers: list[int],
    times: list[int],
    places: dict[str, list[int]],
) -> tuple[float, float]:
    """Whether the expected kind of answer is there (.5 where any would do), and how near to the words asked."""
    if asked.expected == "why":
        return float(line.reason), float(line.reason)
    kinds = {"who": names, "where": names, "when": times, "how many": numbers, "how much": numbers}
    found = kinds.get(asked.expected)
    spots = [*names, *numbers] if found is None else found
    nearest = max(
        (
            sum(asked.weights[s] / (2 + min(abs(i - p) for p in at)) for s, at in places.items())
            for i in spots
        ),
        default=0.0,
    )
    return (0.5 if found is None else float(bool(found))), 2 * nearest / asked.mass


def _soft(asked: Asked, stems: frozenset[str]) -> float:
    """The weight of words that miss but have a near form in the sentence (a shared beginning of five letters)."""
    heads = {s[:5] for s in stems if len(s) >= 5}
    return sum(0.5 * w for s, w in asked.weights.items() if len(s) >= 5 and s not in stems and s[:5] in heads)


def _pairs(asked: Asked, places: dict[str, list[int]]) -> tuple[float, float]:
    """Neighbours in the question that stand side by side, and in order within eight words, in the sentence."""
    beside = ordered = total = 0.0
    for a, b in zip(asked.stems, asked.stems[1:], strict=False):
        weight = asked.weights[a] + asked.weights[b]
        total += weight
        if a not in places or b not in places:
            continue
        gaps = [q - p for p in places[a] for q in places[b]]
        beside += weight * any(1 <= gap <= 2 for gap in gaps)
        ordered += weight * any(1 <= gap <= 8 for gap in gaps)
    return (beside / total, ordered / total) if total else (0.0, 0.0)


def _subject(asked: Asked, line: Line, places: dict[str, list[int]]) -> tuple[float, float]:
    """How late the rarest word stands (1 where it is missing), and whether "is a", "are the" … follows it."""
    rarest = max(asked.stems, key=lambda s: asked.weights[s], default="")
    if rarest not in places:
        return 1.0, 0.0
    first = places[rarest][0]
    after = line.words[first + 1 : first + 16]
    what = any(a in _BE and b in _ARTICLES for a, b in pairwise(after)) or "refers" in after
    return min(first, 40) / 40, float(what)


def _adjacent(asked: Asked, line: Line) -> float:
    """The share of the question's word pairs, function words and all, that the sentence repeats."""
    wanted = set(zip(asked.line.stems, asked.line.stems[1:], strict=False))
    return len(wanted & set(zip(line.stems, line.stems[1:], strict=False))) / len(wanted) if wanted else 0.0


def _density(places: dict[str, list[int]]) -> float:
    """How close together the matched words stand."""
    if len(places) < 2:
        return 0.0
    spots = sorted((i, s) for s, at in places.items() for i in at)
    best, counts, left = math.inf, dict.fromkeys(places, 0), 0
    held = 0
    for right, (_, s) in enumerate(spots):
        held += counts[s] == 0
        counts[s] += 1
        while held == len(places):
            best = min(best, spots[right][0] - spots[left][0] + 1)
            counts[spots[left][1]] -= 1
            held -= counts[spots[left][1]] == 0
            left += 1
    return len(places) / best
