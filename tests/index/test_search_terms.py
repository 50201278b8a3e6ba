"""Text to terms: rows of text and the terms it gives; many texts at once give the same as one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.search.analysis import analyze, query_terms
from index.search.reading import Reader


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("LFP and NMC811 cells", ["lfp", "nmc811", "cell"]),
        ("the 4680 cell", ["4680", "cell"]),
        ("397,000 vehicles", ["397000", "vehicl"]),
        ("107.5 GWh", ["107.5", "gwh"]),
        ("107.5GWh", ["107.5", "gwh"]),
        ("solid-state", ["solid", "state"]),
        ("solid–state", ["solid", "state"]),
        ("BYD’s plant", ["byd", "plant"]),
        ("U.S. sales", ["us", "sale"]),
        ("Citroën", ["citroen"]),
        ("ＧＷｈ", ["gwh"]),
        ("比亚迪BYD", ["比", "亚", "迪", "比亚", "亚迪", "byd"]),
        ("2019,2020", ["2019", "2020"]),
        ("", []),
    ],
)
def test_analyze(text: str, terms: list[str]) -> None:
    assert analyze(text) == terms


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("How many vehicles were sold?", ["vehicl", "sold"]),
        ("What did the US sell?", ["us", "sell"]),
        ("Tell us about batteries", ["batteri"]),
        ("what is it", ["what", "it"]),
        ("电池产量是多少", ["电", "池", "产", "量", "是", "电池", "池产", "产量", "量是"]),
    ],
)
def test_a_query_loses_the_words_that_only_ask(query: str, terms: list[str]) -> None:
    assert query_terms(query) == terms


@pytest.mark.parametrize("compiled", [True, False])
@settings(max_examples=100, deadline=None)
@given(
    texts=st.lists(
        st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(" .,'’-aAbz019电池é\0"))),
        min_size=1,
        max_size=8,
    )
)
def test_reading_many_texts_is_analyzing_each(compiled: bool, texts: list[str]) -> None:
    reader = Reader(compiled=compiled)
    numbers, sizes = reader.read(texts)
    names = list(reader.terms)
    terms = iter(names[number] for number in numbers)
    assert [[next(terms) for _ in range(size)] for size in sizes] == [analyze(text) for text in texts]


def test_a_reader_that_forgets_tokens_reads_the_same() -> None:
    texts = [f"word{number} and nmc{number} again" for number in range(300)]
    small, large = Reader(tokens=10), Reader()
    for start in range(0, 300, 50):
        ours, theirs = small.read(texts[start : start + 50]), large.read(texts[start : start + 50])
        assert ours[0].tolist() == theirs[0].tolist()
    assert list(small.terms) == list(large.terms)
