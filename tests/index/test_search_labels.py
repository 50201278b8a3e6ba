"""A segment holds passages of one access label: who sees some labels searches as if there were no others."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.builder import build, merge, update
from index.search.folder import read_parts
from index.search.retriever import Retriever

WORDS = st.sampled_from("pudding seminar lunch battery cell solid state cathode anode lithium".split())  # noqa: SIM905
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=8)
OPEN, BOARD = frozenset({"everyone"}), frozenset({"board"})


def numbered(texts: list[str], first: int) -> list[tuple[int, str, str, str]]:
    return [(first + number, "", "", text) for number, text in enumerate(texts)]


def found(retriever: Retriever, query: str) -> list[tuple[int, float, tuple[str, ...]]]:
    return [(hit.passage_id, hit.score, hit.terms) for hit in retriever.search(query, k=50)]


@pytest.mark.parametrize("compiled", [True, False])
@settings(max_examples=40, deadline=None)
@given(seen=TEXTS, hidden=TEXTS, late=TEXTS, query=st.lists(WORDS, min_size=1, max_size=4).map(" ".join))
def test_what_is_hidden_counts_in_no_score(
    compiled: bool, seen: list[str], hidden: list[str], late: list[str], query: str
) -> None:
    with TemporaryDirectory() as folder:
        alone, both = Path(folder, "alone"), Path(folder, "both")
        build(numbered(seen, 100), alone)
        update(alone, added=numbered(late, 300))
        build((), both)
        update(both, added=numbered(hidden, 0), access="board")
        update(both, added=numbered(seen, 100))
        update(both, added=numbered(hidden, 200), access="board")
        update(both, added=numbered(late, 300))
        for _ in range(2):
            view = Retriever.open(both, compiled=compiled).seen_by(OPEN)
            assert found(view, query) == found(Retriever.open(alone, compiled=compiled), query)
            assert [view.idf(word) for word in query.split()] == [
                Retriever.open(alone).idf(word) for word in query.split()
            ]
            merge(alone, whole=True)
            merge(both, whole=True)
        assert sorted(part.access for part in read_parts(both)) == ["board", "everyone"]


@pytest.mark.parametrize("compiled", [True, False])
def test_a_slip_is_mended_from_what_is_seen_alone(tmp_path: Path, compiled: bool) -> None:
    build([(1, "", "", "the puddings of Strelsau")], tmp_path)
    update(tmp_path, added=[(2, "", "", "a cathode of zirconium")], access="board")
    whole = Retriever.open(tmp_path, compiled=compiled)
    seen = whole.seen_by(OPEN)
    assert [hit.passage_id for hit in whole.search("zircomium")] == [2]
    assert [hit.passage_id for hit in seen.search("zircomium")] == []
    assert [hit.passage_id for hit in seen.search("pudings")] == [1]
    assert (whole.knows("zirconium"), seen.knows("zirconium")) == (True, False)
    assert whole.seen_by(OPEN | BOARD).count == 2
    assert whole.seen_by(frozenset()).search("puddings of zirconium") == ()
