"""A topic's digest: verbatim, across documents, nothing twice, and nothing where nothing is held."""

from __future__ import annotations

import pytest

from bot.topics import digest_topic, label, read_topic
from index.reader import View


@pytest.mark.parametrize(
    "words", ["solid state in Japan", "sodium-ion", "Toyota", "子公司", "", "?", "<!channel>"]
)
def test_every_point_stands_word_for_word_in_its_document(view: View, words: str) -> None:
    for point in digest_topic(words, view).points:
        assert point.document.text[point.start : point.end] == point.text


def test_a_topic_is_told_across_documents_without_saying_anything_twice(view: View) -> None:
    points = digest_topic("solid state in Japan", view).points
    assert len({point.document.id for point in points}) > 1
    assert all("Japan" in f"{point.text} {point.document.title}" for point in points)
    assert len({point.key for point in points}) == len(points)
    assert [point.number for point in points] == list(range(1, len(points) + 1))


def test_each_point_tells_where_it_stands_and_which_figures_it_rests_on(view: View) -> None:
    points = digest_topic("subsidy for all-solid-state batteries in Japan", view).points
    told = [point.ground for point in points if "USD 660 million" in point.text]
    figure = "Subsidy spending (Japan, all-solid-state), 2024: over $660 million"
    assert told == [f"under “What the government wants” · rests on {figure}"]


def test_what_nothing_is_held_on_has_no_points(view: View) -> None:
    found = digest_topic("who won the world cup", view)
    assert found.points == ()
    assert label(found) == "Nothing held is on “who won the world cup”."


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Takeaways on solid state in Japan?", "solid state in Japan"),
        ("the key takeaways of the seminar", "the seminar"),
        ("what about Toyota?!", "Toyota"),
        ("seminar", "seminar"),
        ("", ""),
    ],
)
def test_the_topic_is_read_out_of_what_was_asked(words: str, topic: str) -> None:
    assert read_topic(words) == topic
