"""Numbers in every notation that people write."""

from __future__ import annotations

import itertools
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.numerals import find_numbers

CASES = tomllib.loads((Path(__file__).parents[1] / "tables" / "notations.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_the_numbers_of_a_sentence(case: dict[str, Any]) -> None:
    found = [f"{number.value:.8e}" for number in find_numbers(case["text"])]
    assert found == [f"{Decimal(value):.8e}" for value in case["values"]]


@given(st.text(alphabet="0123456789 ,./^ex-+½andhundrefivtsokMG", max_size=60))
def test_any_text_has_numbers_or_none(text: str) -> None:
    found = find_numbers(text)
    assert all(text[one.start : one.end] for one in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
