"""Arithmetic on held figures, hurried typing and follow-ups, on an article that states no year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.answers.ask import make_ask
from bot.questions import Question
from bot.questions.asked import spell_months
from bot.questions.shortened import spell_out
from bot.questions.typing_errors import mend
from index.builder import build
from index.reader import Index, open_index

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "tables" / "operations.toml").read_text("utf-8")
)["case"]
ARTICLE = """Notes from a spring meeting

The spring meeting was hosted by the Northern Cell Society. Professor Anna Berg from the University of Ulm gave a \
talk on dry electrodes.

In May, the production and sales of new energy vehicles reached 210,000 and 200,000 respectively, a year-on-year \
increase of 60%. From January to May, the production and sales of new energy vehicles were 990,000 and 950,000 \
respectively, a year-on-year increase of 80%.

From January to May, the cumulative installed capacity of power batteries was 48.5 GWh, a year-on-year increase of 94%.

Japan, South Korea and Germany have increased their spending on solid-state batteries. The cells of Korean makers are \
still dear.

First, dry electrodes are ready for series production. Second, sodium cells suit small cars. Third, the mines are far \
behind.
"""


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("spring")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "spring.txt").write_text(ARTICLE, "utf-8")
    build([folder / "corpus"], folder / "index")
    yield open_index(folder / "index")


@pytest.mark.parametrize("case", CASES, ids=[" > ".join([*c.get("after", ()), c["ask"]]) for c in CASES])
def test_operation(case: dict[str, Any], spring: Index) -> None:
    ask = make_ask(spring)
    thread: tuple[Question, ...] = ()
    for earlier in case.get("after", ()):
        thread = (*thread, ask(earlier, thread=thread, today=date(2026, 11, 29)).question)
    answer = ask(case["ask"], thread=thread, today=date(2026, 11, 29))
    if case.get("none"):
        assert answer.kind == "none", answer.headline
        return
    assert answer.kind == case.get("kind", answer.kind) != "none", answer.headline
    if "value" in case:
        assert answer.value == Decimal(case["value"]), answer.headline
    for words in case.get("says", ()):
        assert words in answer.headline
    if answer.kind == "computation":
        assert answer.computation
    assert answer.citations


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("n sold?", "and sold?"),
        ("nev prod n sales", "nev production and sales"),
        ("can it be made w existing tools", "can it be made with existing tools"),
        ("lfp w/o cobalt", "lfp without cobalt"),
        ("ppl at the mtg, approx nr", "people at the mtg, approximately number"),
        ("batt installs nov25", "battery installs nov 2025"),
        ("market 22", "market 22"),
        ("n-type cells", "n-type cells"),
        ("jan thru oct", "jan through oct"),
    ],
)
def test_shortened_words_are_read_in_full(typed: str, meant: str) -> None:
    assert spell_out(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nev sales in may", "nev sales in May"),
        ("may output", "May output"),
        ("jan-may", "January-May"),
        ("it may be sold", "it may be sold"),
        ("how much may batteries cost", "how much may batteries cost"),
        ("nev sales in march", "nev sales in March"),
    ],
)
def test_months_that_are_words_besides(typed: str, meant: str) -> None:
    assert spell_months(typed) == meant


@pytest.mark.parametrize("word", ["else", "soon", "made", "there", "than", "layman", "borrow"])
def test_common_words_are_no_typing_errors(word: str) -> None:
    assert (
        mend(f"who {word}", known=lambda _: False, words=["evse", "icings", "sion", "mode", "tere"])
        == f"who {word}"
    )


def test_a_word_of_four_letters_is_mended_where_letters_changed_places() -> None:
    words = ["evse", "sale", "cell"]
    assert (
        mend("the salle of evzs", known=lambda word: word in ("the", "of"), words=words) == "the sale of evzs"
    )
    assert mend("slae", known=lambda _: False, words=words) == "sale"
