"""Dimensions: regions, companies, chemistries and the like in text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.dimensions import canonical, find_dimensions, known_values

CASES = tomllib.loads((Path(__file__).parents[1] / "tables" / "dimensions.toml").read_text("utf-8"))["case"]
NAMES = ("region", "company", "chemistry", "technology", "powertrain", "vehicle", "mode", "mineral")
WORDS = st.sampled_from(
    [
        "us",
        "US",
        "U.S.",
        "the",
        "sales",
        "Korean",
        "EU27",
        "my",
        "country",
        "我国",
        "宁德时代",
        "LFP",
        "solid-state",
        ",",
        ".",
        "'s",
        "Model",
        "3",
        "NMC",
        "811",
    ]
)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_names(case):
    assert [f"{found.name}={found.value}" for found in find_dimensions(case["text"])] == case["dimensions"]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_finding_never_raises_and_spans_are_verbatim(text):
    for found in find_dimensions(text):
        assert text[found.start : found.end] == found.text != ""


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_its_own_canonical_form(name):
    wrong = [value for value in known_values(name) if canonical(name, value) != value]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("region", "USA", "United States"),
        ("region", "Korea", "South Korea"),
        ("region", "EU27", "European Union"),
        ("region", "Atlantis", "Atlantis"),
        ("powertrain", "PHEV", "PHEV"),
        ("mode", "Cars", "cars"),
        ("mode", "Trucks", "trucks"),
    ],
)
def test_a_cell_is_read_in_our_spelling(name, value, known):
    assert canonical(name, value) == known
