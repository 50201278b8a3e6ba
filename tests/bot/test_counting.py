"""How many, counted from the names that a sentence lists."""

from __future__ import annotations

import pytest

from bot.answers.asked import read_asked
from bot.answers.counting import names_counted

LISTED = "The meeting was hosted by the Acme Institute, Blue Cell Works (BCW) and the University of Ulm."


@pytest.mark.parametrize(
    ("question", "sentence", "names"),
    [
        ("how many organisations hosted it?", LISTED, 3),
        ("how many orgs hosted the meeting?", LISTED, 3),
        ("how many institutes organised the meeting?", LISTED, 3),
        ("how many companies left the alliance?", LISTED, 0),
        ("how many cells were made?", LISTED, 0),
        ("who hosted the meeting?", LISTED, 0),
        ("how many groups work on it?", "Japan, South Korea and the United States work on it.", 0),
        ("how many members joined?", "Acme joined.", 0),
        ("how many firms joined?", "Acme and Bolt joined; Cell Co and Dyne Co did not.", 0),
    ],
)
def test_names_are_counted_where_they_are_what_is_asked(question: str, sentence: str, names: int) -> None:
    asked = read_asked(question, lambda _: 1.0, "who" if question.startswith("who") else "how many")
    assert len(names_counted(asked, sentence)) == names
