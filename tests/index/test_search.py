"""Search as a whole: the index on disk against the estimators, and against a count by hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.utils.estimator_checks import check_estimator

from index.search.analysis import analyze, query_terms
from index.search.builder import build, merge, update
from index.search.retriever import Retriever
from index.search.weighting import BM25Transformer, PassageRanker

PASSAGES = [
    (3, "Cells", "Size", "The 4680 cell holds 107.5 GWh of nothing."),
    (5, "Lunch", "", "Nobody brought sandwiches to the seminar."),
    (8, "电池", "", "中国的动力电池产量增长。"),
    (9, "Lunch", "Pudding", "The pudding was eaten by nobody from the battery seminar."),
]
WORDS = "battery batteries pudding seminar seminars lunch sandwich 4680 LFP NMC811 电池 产量 the of solid state".split()  # noqa: SIM905
text = st.lists(st.sampled_from(WORDS), min_size=0, max_size=12).map(" ".join)
passages = st.lists(st.tuples(text, text, text), min_size=1, max_size=30)


def numbered(rows: list[tuple[str, str, str]], first: int = 1) -> list[tuple[int, str, str, str]]:
    return [(number, *row) for number, row in enumerate(rows, first)]


def ranked(retriever: Retriever, query: str, k: int = 100) -> list[tuple[int, float]]:
    return [(hit.passage_id, hit.score) for hit in retriever.search(query, k=k)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sandwich", [5]),
        ("How many GWh in a 4680?", [3]),
        ("107.5GWh", [3]),
        ("电池产量", [8]),
        ("请问电池产量是多少", [8]),
        ("pudding at lunch", [9, 5]),
        ("puddings", [9]),
        ("pudings", [9]),
        ("the", []),
        ("", []),
    ],
)
def test_search_finds(tmp_path: Path, query: str, found: list[int]) -> None:
    build(PASSAGES, tmp_path)
    assert [hit.passage_id for hit in Retriever.open(tmp_path).search(query)] == found


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("capcity", "capacity"),
        ("batteyr", "batteries"),
        ("slaes", "sales"),
        ("runing", "running"),
        ("instalatoin", "installed"),
        ("efficency", "efficient"),
        ("scales", ""),  # a word, though no passage holds it
        ("aleas", ""),  # the first letter is mostly right
    ],
)
def test_a_slip_is_mended_and_a_word_is_not(tmp_path: Path, typed: str, meant: str) -> None:
    held = ("capacity", "batteries", "sales", "running", "installed", "efficient")
    build([(number, "", "", word) for number, word in enumerate(held)], tmp_path)
    for compiled in (True, False):
        retriever = Retriever.open(tmp_path, compiled=compiled)
        assert [held[hit.passage_id] for hit in retriever.search(typed)] == [meant][: len(meant)]
        assert retriever.knows(typed) == bool(meant)


def test_a_hit_names_the_terms_it_holds_in_the_order_of_the_query(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)
    (first, *_) = Retriever.open(tmp_path).search("What pudding did the seminar eat for lunch?")
    assert first.terms == ("pud", "seminar", "lunch")


def test_what_is_not_allowed_is_not_found(tmp_path: Path) -> None:
    build(PASSAGES, tmp_path)
    allowed = np.zeros(10, np.bool_)
    allowed[9] = True
    retriever = Retriever.open(tmp_path)
    assert [hit.passage_id for hit in retriever.search("lunch", allowed=allowed)] == [9]
    assert [hit.passage_id for hit in retriever.search("lunch", allowed=allowed[:6])] == []


def test_equal_passages_stand_in_the_order_of_their_ids(tmp_path: Path) -> None:
    build([(number, "", "", "pudding again") for number in range(1, 200)], tmp_path)
    assert [number for number, _ in ranked(Retriever.open(tmp_path), "pudding", 20)] == list(range(1, 21))


@settings(max_examples=25, deadline=None)
@given(rows=passages, query=text)
def test_the_light_path_gives_the_scores_of_the_estimators(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], query: str
) -> None:
    folder = tmp_path_factory.mktemp("index")
    build(numbered(rows), folder)
    found = dict(ranked(Retriever.open(folder), query))
    if not any(analyze(part) for row in rows for part in row):
        assert not found
        return
    ranker = PassageRanker().fit([(title, title, heading, body) for title, heading, body in rows])
    scores = ranker.decision_function(query)
    assert found == pytest.approx({number: float(scores[number - 1]) for number in found}, rel=1e-9)
    wanted = set(query_terms(query))
    assert set(found) == {
        n for n, row in enumerate(rows, 1) if wanted & {t for part in row for t in analyze(part)}
    }


@settings(max_examples=20, deadline=None)
@given(rows=passages, more=passages, gone=st.sets(st.integers(1, 30)), query=text)
def test_an_index_changed_is_the_index_built_afresh_and_so_is_it_merged(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    more: list[tuple[str, str, str]],
    gone: set[int],
    query: str,
) -> None:
    changed, fresh = tmp_path_factory.mktemp("changed"), tmp_path_factory.mktemp("fresh")
    kept = [row for row in numbered(rows) if row[0] not in gone] + numbered(more, 101)
    build(numbered(rows), changed)
    update(changed, added=numbered(more, 101), removed=sorted(gone))
    build(kept, fresh)
    expected = ranked(Retriever.open(fresh), query)
    assert ranked(Retriever.open(changed), query) == expected
    while merge(changed, whole=True):
        pass
    assert ranked(Retriever.open(changed), query) == expected


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
def test_bm25_behaves_as_scikit_learn_expects_of_a_transformer() -> None:
    check_estimator(BM25Transformer())


def test_sentences_are_found_with_the_passage_they_stand_in(tmp_path: Path) -> None:
    sentences = {1: ["Pudding is served.", "It costs five."], 2: ["Rice costs five.", "Nothing is served."]}
    build([(number, "", "", " ".join(some)) for number, some in sentences.items()], tmp_path)
    hits = Retriever.open(tmp_path).search_sentences(
        "What does pudding cost?", k=3, sentences_of=sentences.__getitem__
    )
    assert [(hit.passage_id, hit.number) for hit in hits] == [(1, 0), (1, 1), (2, 0)]


def test_bm25_stands_in_a_pipeline() -> None:
    pipeline = make_pipeline(CountVectorizer(analyzer=analyze), BM25Transformer(k1=1.2, b=0.75, power=0))
    weights = pipeline.fit_transform(["noodles with tofu", "tofu, tofu and rice", "rice pudding"])
    tofu = pipeline[0].vocabulary_["tofu"]
    length = 1.2 * (0.25 + 0.75 * 3 / (7 / 3))
    assert weights[1, tofu] == pytest.approx(np.log1p((3 - 2 + 0.5) / (2 + 0.5)) * 2 / (2 + length))


def test_asking_imports_nothing_that_builds() -> None:
    code = "import index.search.retriever, sys; print({'sklearn', 'scipy', 'pandas', 'numba'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"
