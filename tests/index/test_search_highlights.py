"""What a hit marks in its passage is what it was found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.analysis import analyze
from index.search.highlights import find_highlights

CASES = [
    ("Solid-state batteries, and a battery.", "battery", ["batteries", "battery"]),
    ("Output was 107.5GWh in 2024.", "107.5 GWh", ["107.5GWh"]),
    ("The U.S. and the US agree.", "US", ["U.S", "US"]),
    ("中国的动力电池产量增长。电池", "电池", ["电池", "电池"]),
    ("LFP与三元电池", "LFP 三元", ["LFP", "三元"]),
    ("Größe und Ｇｒöße", "größe", ["Größe", "Ｇｒöße"]),
    ("中国2021年有21家", "21", ["21"]),
    ("Nothing of the kind.", "pudding", []),
    ("The company's plans", "company", ["company's"]),
]
# No function words: "a" is a term within "A,中" and none alone.
text = st.text(st.sampled_from("bBcC 中国电池1234.,'’-éﬁ½㎏U.S \n·（"), max_size=40)


@pytest.mark.parametrize(("passage", "query", "marked"), CASES, ids=[case[0] for case in CASES])
def test_highlights(passage: str, query: str, marked: list[str]) -> None:
    assert [passage[start:end] for start, end in find_highlights(passage, analyze(query))] == marked


@given(passage=text, query=text)
def test_marked_spans_ascend_and_hold_a_term_each(passage: str, query: str) -> None:
    terms = set(analyze(query)) & set(analyze(passage))
    spans = find_highlights(passage, sorted(terms))
    assert bool(spans) == bool(terms)
    ends = [0, *(end for _, end in spans)]
    assert all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False))
    assert all(terms & set(analyze(passage[start:end])) for start, end in spans)
