"""The choice of a sentence: words that are the same, short answers, the weights, the confidence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.asked import read_asked
from bot.answers.confidence import SIGNS, confidence_of, doubted, is_enough
from bot.answers.evidence import FEATURES, Source, measure
from bot.answers.ranker import ranker, read_weights
from bot.answers.short import short_answer, turn
from bot.answers.terms import read_line, stem
from bot.questions import Expected


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
