"""Digests: the points that a document numbers, verbatim, and the laws of their spans."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.ask import make_ask
from bot.takeaways import digest, find_lists, label
from index.documents import Document
from index.reader import Index

SPOKEN = "He came.\n\nFirst, one thing. It matters.\n\nSecond, another.\n\nThird, the last thing."
LINED = "The plan has two goals:\n\n1. Build cells. At home.\n\n2. Train people."
INLINE = "Its three aims are to: (1) make cells; (2) sell them; and (3) take them back. More follows."
CHINESE = "研讨会的结论如下。第一，中国领先。第二，固态电池是竞争的焦点。"


@pytest.mark.parametrize(
    ("text", "kind", "leads"),
    [
        (SPOKEN, "spoken", ["First, one thing.", "Second, another.", "Third, the last thing."]),
        (LINED, "lined", ["Build cells.", "Train people."]),
        (INLINE, "inline", ["make cells", "sell them", "take them back."]),
        (CHINESE, "spoken", ["第一，中国领先。", "第二，固态电池是竞争的焦点。"]),
    ],
)
def test_lists_that_count_up_from_one(text: str, kind: str, leads: list[str]) -> None:
    (found,) = find_lists(text)
    assert found.kind == kind
    assert [point.lead for point in found.points] == leads


def test_a_list_has_the_words_before_it() -> None:
    assert find_lists(LINED)[0].intro == "The plan has two goals:"


def test_the_seminar_has_four_points() -> None:
    text = next((Path(__file__).parents[2] / "corpus" / "documents").glob("*seminar*.md")).read_text(
        encoding="utf-8"
    )
    found = digest(Document("seminar.md", "Seminar", text))
    assert found.numbered
    assert [point.lead.split(",")[0] for point in found.points] == ["First", "Second", "Third", "Fourth"]
    assert label(found).startswith("Seminar\n1. First, ")


def test_a_text_without_a_list_gives_its_salient_sentences() -> None:
    text = (
        "Solid-state batteries are an important field. " * 2
        + "The weather on the day of the meeting was fine."
    )
    found = digest(Document("a.md", "A", text))
    assert not found.numbered
    assert found.points[0].text == "Solid-state batteries are an important field."


@given(st.text(alphabet=st.sampled_from("12(). \nFirstSecond,一第。;a")))
def test_a_point_is_verbatim_at_its_place(text: str) -> None:
    document = Document("a.md", "A", text)
    points = [*digest(document).points, *(point for found in find_lists(text) for point in found.points)]
    assert all(text[point.start : point.end] == point.text for point in points)
    assert all(point.text for point in points)


def test_takeaways_bring_the_figures_that_stand_in_their_points(shipped: Index, today: date) -> None:
    answer = make_ask(shipped)("What are the takeaways of Prices: cells get cheaper?", today=today)
    assert answer.kind == "takeaways"
    assert len(answer.figures) > 2
    quotes = [" ".join(cited.quote.split()) for cited in answer.citations]
    assert all(any(" ".join(figure.text.split()) in quote for quote in quotes) for figure in answer.figures)
