"""What letters stand for, as a sentence spells them out."""

from __future__ import annotations

import pytest

from bot.answers.abbreviations import find_expansion, find_letters


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("what does ESS stand for?", "ESS"),
        ("ESS meaning in the storage note", "ESS"),
        ("what is ESS short for", "ESS"),
        ("meaning of V2G", "V2G"),
        ("whats DLE?", "DLE"),
        ("ESS是什么意思", "ESS"),
        ("what does the report say about sodium?", ""),
        ("ESS shipments in 2024", ""),
    ],
)
def test_the_letters_that_a_question_asks_about(question: str, letters: str) -> None:
    assert find_letters(question) == letters


@pytest.mark.parametrize(
    ("letters", "sentence", "words"),
    [
        ("DLE", "Much depends on direct lithium extraction (DLE) from brine.", "direct lithium extraction"),
        ("DLE", "Plants for DLE (direct lithium extraction) are small.", "direct lithium extraction"),
        ("dle", 'They call it "direct lithium extraction" ("DLE").', "direct lithium extraction"),
        ("V2G", "Pilots of vehicle-to-grid (V2G) run in Utrecht.", "vehicle-to-grid"),
        ("R&D", "Spending on research and development (R&D) fell.", "research and development"),
        ("MoU", "The memorandum of understanding (MoU) was signed.", "memorandum of understanding"),
        ("DLE", "The plant (DLE) is small.", ""),
        ("LFP", "Direct lithium extraction (DLE) is new; LFP is not.", ""),
    ],
)
def test_the_words_that_letters_stand_for(letters: str, sentence: str, words: str) -> None:
    found = find_expansion(letters, sentence)
    assert found.strip('"“” ') == words
    assert found in sentence
