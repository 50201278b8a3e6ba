"""Questions to notes on firms that no table of names knows: their own numbers, and nobody else's."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers import Answer
from bot.answers.ask import make_ask
from index.builder import build
from index.reader import Index, open_index

TABLES = Path(__file__).parents[1] / "tables"
CASES = tomllib.loads((TABLES / "firms.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("firms") / "index"
    build([TABLES / "firms"], folder)
    return open_index(folder)


def _ask(index: Index, case: dict[str, Any]) -> Answer:
    ask, thread = make_ask(index), []
    for before in case.get("after", []):
        thread.append(ask(before, thread=tuple(thread), today=date(2021, 11, 20)).question)
    return ask(case["question"], thread=tuple(thread), today=date(2021, 11, 20))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: " > ".join([*case.get("after", []), case["question"]])
)
def test_a_firm_is_answered_by_its_own_numbers(index: Index, case: dict[str, Any]) -> None:
    answer = _ask(index, case)
    told = " ".join((answer.headline, *(citation.quote for citation in answer.citations)))
    if "kind" in case:
        assert answer.kind == case["kind"], answer.headline
    if answer.kind != "none":
        assert case.get("headline", "") in answer.headline
        assert all(words in " ".join(told.split()) for words in case.get("says", []))
    else:
        assert case["kind"] == "none", answer.details
