"""Figure questions and follow-ups: what they are read as, and what answers them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.figures import answer_figures
from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import read_held
from bot.answers.figures.preference import Preference
from bot.answers.figures.telling import age
from bot.answers.figures.wanted import Ask, wanted_of
from bot.questions import Question
from bot.questions.parsing import parse_question
from index.builder import build
from index.language.periods import month
from index.lookup.figures import Source
from index.reader import Index, View, open_index

TABLE = Path(__file__).parents[1] / "tables" / "figure_questions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["case"]
TODAY = date(2024, 6, 1)

MONTHLY = "Month,Region,NEV production (vehicles),NEV sales (vehicles),NEV exports (vehicles)\n" + "".join(
    f"{year}-{month:02},China,{made},{sold},{out}\n"
    for year, month, made, sold, out in [
        (2022, 10, 700000, 650000, ""), (2022, 11, 710000, 690000, ""), (2022, 12, 790000, 810000, ""),
        (2023, 1, 425000, 408000, 83000), (2023, 2, 552000, 525000, 87000), (2023, 3, 674000, 653000, 78000),
        (2023, 10, 989000, 956000, ""), (2023, 11, 1074000, 1026000, 97000), (2023, 12, 1172000, 1191000, 111000),
    ]
)  # fmt: skip
REGIONS = """Region,Year,EV sales share (%),EV sales (vehicles)
Norway,2022,88,150000
Norway,2023,93,120000
Sweden,2022,54,163000
Sweden,2023,60,171000
Japan,2022,3,102000
Japan,2023,3.6,140000
South Korea,2022,9.4,131000
South Korea,2023,7.9,120000
World,2022,14,10200000
World,2023,18,13800000
"""
POWER = """year,plant,net_generation_gwh
2020,Wind,120
2020,Nuclear power,200
2021,Wind,150
2021,Nuclear power,190
2022,Wind,210
2022,Nuclear power,180
"""
ARTICLE = """Power batteries

From January to October, the cumulative installed capacity of power batteries in China was 107.5 GWh, a year-on-year \
increase of 168.1%.

In October, sales of commercial vehicles were 326,000, down 29.7% year-on-year.
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("figures")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in {
        "nev_monthly.csv": MONTHLY, "regions.csv": REGIONS, "utopia_power.csv": POWER, "article.txt": ARTICLE,
    }.items():  # fmt: skip
        (corpus / name).write_text(text, "utf-8")
    build([corpus], folder / "index")
    with open_index(folder / "index").seen_by(None) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=[" > ".join(case["ask"]) for case in CASES])
def test_figure_question(case: dict[str, Any], view: View) -> None:
    thread: tuple[Question, ...] = ()
    for text in case["ask"]:
        question = parse_question(text, thread=thread, today=TODAY, view=view)
        thread = (*thread, question)
    answer = answer_figures(question, view, TODAY)
    if case["kind"] == "no series":
        assert answer is None or answer.kind == "none"
        return
    assert answer is not None
    assert answer.kind == case["kind"], answer.headline
    if "value" in case:
        assert answer.value is not None
        assert f"{answer.value.normalize():f}" == case["value"], answer.headline
    for words in case.get("says", []):
        assert words in answer.headline
    if answer.kind not in ("none", "clarify"):
        assert answer.citations


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_parsing_and_answering_never_raise(text: str) -> None:
    """Whatever the text, on an index that holds figures."""
    held = _HELD[0]
    question = parse_question(text, today=TODAY, view=held)
    if question.kind == "figure":
        answer_figures(question, held, TODAY)


_HELD: list[View] = []


@pytest.fixture(autouse=True)
def _hold(view: View) -> None:
    _HELD[:] = [view]


def test_what_a_viewer_may_not_see_is_not_there(view: View) -> None:
    with view.index.seen_by(frozenset(["nobody"])) as blind:
        question = parse_question("NEV sales in October 2023", today=TODAY, view=blind)
        assert answer_figures(question, blind, TODAY) is None


@pytest.mark.parametrize(
    ("today", "english", "chinese"),
    [
        (date(2023, 12, 20), "not over yet", "尚未结束"),
        (date(2023, 12, 31), "not over yet", "尚未结束"),
        (date(2024, 1, 1), "that was last month.", "截至上个月"),
        (date(2024, 11, 30), "that was eleven months ago.", "截至十一个月前"),
        (date(2024, 12, 1), "that was a year ago.", "截至一年前"),
        (date(2026, 3, 1), "that was more than two years ago.", "截至超过两年前"),
    ],
    ids=str,
)
def test_how_old_the_latest_is(today: date, english: str, chinese: str) -> None:
    december = month(2023, 12)
    assert english in age(december, today, "en")
    assert chinese in age(december, today, "zh")


def source(published: date, publisher: str, edition: str = "as published") -> Source:
    return Source(
        f"{publisher}-{published}.csv", "A", publisher, published, "", "statistics", edition, "", "en"
    )


def test_the_newest_vintage_leads_then_the_metrics_own_publisher_and_a_brief_comes_last(
    shipped: Index,
) -> None:
    with shipped.seen_by(None) as view:
        metric = view.catalogue.get("nev_sales")
        (fit,) = [find_fit(ask, one) for ask in [asked("NEV sales", view)] for one in wanted_of(ask.question)]
        assert metric and fit
        held = read_held(asked("NEV sales", view), fit)[0]
    old, new = date(2024, 1, 1), date(2025, 1, 1)
    sources = [source(new, "CAAM"), source(new, "Somebody"), source(old, "CAAM"), source(new, "us", "brief")]
    ranked = sorted([replace(held, source=one) for one in reversed(sources)], key=Preference(metric))
    assert [one.source for one in ranked] == sources


def asked(text: str, view: View) -> Ask:
    return Ask(parse_question(text, thread=(), today=TODAY, view=view), view, TODAY)


@pytest.mark.parametrize(
    "question", ["which region sold the most EVs in 2023?", "which region sold the most EVs?"]
)
def test_a_ranking_weighs_every_one_of_many(question: str, tmp_path: Path) -> None:
    rows = [f"{year},Canton {n},{n + year}" for n in range(2_500) for year in (2022, 2023)]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "sales.csv").write_text(
        "\n".join(["Year,Region,EV sales (vehicles)", *rows, "2021,Canton 7,9999"]), "utf-8"
    )
    build([tmp_path / "corpus"], tmp_path / "index")
    with open_index(tmp_path / "index").seen_by(None) as view:
        answer = answer_figures(parse_question(question, thread=(), today=TODAY, view=view), view, TODAY)
    assert answer is not None
    assert answer.value == 2499 + 2023
