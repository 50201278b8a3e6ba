"""Sentences: a table of texts, and the laws of their spans."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.sentences import find_sentences

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "tables" / "sentences.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"] or "(empty)")
def test_sentences(case: dict[str, Any]) -> None:
    assert [case["text"][a:b] for a, b in find_sentences(case["text"])] == case["sentences"]


@given(st.text(alphabet=st.sampled_from("ab A1.。!?\n-#|\"' ；中")))
def test_spans_ascend_and_leave_out_nothing_but_space(text: str) -> None:
    spans = find_sentences(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
