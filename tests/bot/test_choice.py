"""The choice of a sentence: words that are the same, short answers, the weights, the confidence."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.asked import read_asked
from bot.answers.confidence import SIGNS, confidence_of, doubted, is_enough
from bot.answers.evidence import FEATURES, Source, measure
from bot.answers.lacking import lacks_quality
from bot.answers.lacking_numbers import lacks_amount
from bot.answers.lacking_people import lacks_deed, lacks_place, lacks_saying
from bot.answers.ranker import ranker, read_weights
from bot.answers.said import Said
from bot.answers.short import short_answer, turn
from bot.answers.terms import read_line, stem
from bot.questions import Expected, Question
from bot.questions.expected import find_expected
from index.passages import Passage
from index.reader import View


def said(question: str, sentence: str) -> Said:
    """A sentence that is all of its passage; what is asked here needs no index."""
    read = Question(question, "passage", expected=find_expected(question))
    passage = Passage(1, "notes.md", 0, "", 0, len(sentence), sentence)
    return Said(read, sentence, 0, passage, "Notes", sentence, (), cast("View", None))


def rare(word: str) -> float:
    del word
    return 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organised", "organizers"),
        ("wrote", "writing"),
        ("led", "leader"),
        ("pros", "advantages"),
        ("firms", "company"),
    ],
)
def test_words_that_answer_for_each_other(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("SSB", "solid state battery"),
        ("EU and US", "Europe and United States"),
        ("CAS", "Chinese Academy of Sciences"),
    ],
)
def test_abbreviations_read_as_their_words(short: str, full: str) -> None:
    assert read_line(short).stems == read_line(full).stems


def test_chinese_is_read_in_pairs_beside_digits() -> None:
    assert read_line("18年销量").words == ("18", "年销", "销量")


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("When can it start?", "It is expected to start after 2025.", "after 2025"),
        ("when was the plant opened", "The plant was opened on 4 March 2020 in Kent.", "4 March 2020"),
        ("how many experts came", "Some 40 experts came on 3 May.", "40"),
        ("who took part?", "Academician Chen Liquan took part.", "Chen Liquan"),
        ("who took part?", "Chen Liquan took part, and so did Li Hong.", ""),
        ("is the market growing?", "The market is growing fast.", "Yes"),
        ("is the market growing?", "The market is not growing.", ""),
        ("why is it so?", "It is so because of costs.", ""),
    ],
)
def test_short_answers(question: str, sentence: str, answer: str) -> None:
    assert short_answer(read_asked(question, rare), sentence, "en") == answer


def test_a_question_turned_round() -> None:
    assert turn("was the meeting public?") == "was the meeting closed-door"
    assert turn("was the meeting long?") == ""


def test_the_sentence_that_answers_comes_first() -> None:
    lines = ("The seminar was long.", "Chen Liquan chaired the seminar on batteries.", "Cars sell well.")
    table = measure(read_asked("who chaired the seminar?", rare), [Source("Notes", lines, 3.0)])
    assert table.shape == (3, len(FEATURES))
    assert int(np.argmax(ranker().score(table))) == 1


def test_the_weights_say_where_they_are_from() -> None:
    facts = read_weights()
    assert {"data", "splits", "metrics", "trained"} <= facts.keys()


@given(
    st.lists(st.floats(-50, 50), min_size=len(SIGNS), max_size=len(SIGNS)),
    st.sampled_from(["", "when", "who"]),
)
def test_a_confidence_is_a_chance_and_doubt_lowers_it(signs: list[float], expected: Expected) -> None:
    chance = confidence_of(np.array(signs))
    assert 0 <= doubted(chance, expected, 1) <= max(chance, 1e-9) <= 1
    assert not is_enough(0.0)


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_texts_can_be_measured(question: str, sentence: str) -> None:
    table = measure(read_asked(question, rare), [Source("", (sentence,), 0.0)])
    assert np.isfinite(ranker().score(table)).all()
    short_answer(read_asked(question, rare), sentence, "en")


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("where was the forum held", "The alliance organised a closed forum on anodes.", True),
        ("where was the forum held", "The forum was held in Tampere.", False),
        ("where are the Koreans on anodes", "Korea is still at the stage of research.", False),
    ],
)
def test_where_asks_for_a_place(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_place(said(question, sentence)) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("what did Anna Berg say at the forum", "Anna Berg took part in the forum.", True),
        ("what did Anna Berg say at the forum", "Anna Berg expects the first plant in 2028.", False),
        ("what does Anna Berg think of anodes", "Anna Berg rates silicon at four of nine.", False),
    ],
)
def test_what_somebody_says_is_said(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_saying(said(question, sentence)) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("price of sodium cells", "The pack costs 9,000 euros.", True),
        ("price of sodium cells", "The cells cost 60 euros a kilowatt-hour, the pack 80.", False),
        ("price of the sodium pack", "The pack costs 9,000 euros.", False),
    ],
)
def test_an_amount_of_cells_is_none_of_packs(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_amount(said(question, sentence)) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("how long did the forum last", "Forty people took part in the forum.", True),
        ("how long did the forum last", "The forum took two days.", False),
        ("how far is Korea", "Korea is still at the stage of research.", True),
        ("how far is Korea", "Korea is two years behind.", False),
    ],
)
def test_how_long_asks_for_a_time_and_how_far_for_a_way(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_amount(said(question, sentence)) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("which cell makers sent people", "Three institutes organised the forum.", True),
        ("who gave the report on anodes", "Anna Berg prepared a report on anodes.", False),
        ("who paid for the forum", "Anna Berg took part in the forum.", True),
    ],
)
def test_who_did_it_asks_for_the_deed(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_deed(said(question, sentence)) is lacking


@pytest.mark.parametrize(
    ("question", "sentence", "lacking"),
    [
        ("is sodium cheaper than lithium", "Sodium cells are nearly mature.", True),
        ("is sodium cheaper than lithium", "Sodium cells cost a third less.", False),
        ("is sodium safer?", "Sodium cells have advantages in safety and cold.", False),
        ("what is sodium", "Sodium cells are nearly mature.", False),
    ],
)
def test_what_is_compared_has_to_be_spoken_of(question: str, sentence: str, lacking: bool) -> None:
    assert lacks_quality(said(question, sentence)) is lacking
