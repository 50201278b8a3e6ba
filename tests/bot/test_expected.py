"""What a question expects and whether it is small talk: tables of cases, and laws for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions import Question
from bot.questions.expected import find_expected, find_kind, find_language, find_number
from bot.questions.query import find_query
from bot.questions.talk import find_talk

TABLES = Path(__file__).parent.parent / "tables"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((TABLES / name).read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row.get("question", row.get("text")) or "(empty)") for row in rows]


@pytest.mark.parametrize("case", cases("expected.toml"))
def test_what_a_question_expects(case: dict[str, Any]) -> None:
    question = case["question"]
    if "expected" in case:
        assert find_expected(question) == case["expected"]
    assert find_kind(question) == case.get("kind")
    assert find_number(question) == case.get("number", 0)


@pytest.mark.parametrize("case", cases("talk.toml"))
def test_small_talk(case: dict[str, Any]) -> None:
    assert find_talk(case["text"]) == case.get("talk")


@pytest.mark.parametrize(
    ("text", "language"),
    [("NEV sales in October?", "en"), ("新能源汽车销量", "zh"), ("2018年7月NEV销量是多少", "zh"), ("", "en")],
)
def test_language(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("before", "text", "query"),
    [
        ("which countries fund research", "why?", "which countries fund research why?"),
        ("nev production in october", "is that a record", "nev production in october is that a record"),
        (
            "nev production in october",
            "Which academician attended the seminar?",
            "Which academician attended the seminar?",
        ),
    ],
)
def test_the_thread_adds_words_to_a_question_that_leans_on_it(before: str, text: str, query: str) -> None:
    assert find_query(text, (Question(before, "passage", query=before),)) == query


@given(st.text())
def test_no_text_is_too_odd_to_read(text: str) -> None:
    find_talk(text)
    find_kind(text)
    find_number(text)
    assert find_language(text) in ("en", "zh")
    assert find_expected(text) is not None
    assert len(find_query(text, (Question(text, "passage"),))) <= 2000
