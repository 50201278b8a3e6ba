"""A sentence that may answer, with what stands around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.questions import Question
from index.passages import Passage
from index.reader import View

AMOUNTS = ("", "how many", "how much")
ROW = re.compile(r"^[^|]+: [^|]+ \| [^|]+: ")
"""A row of a table in words: what the other rows say is not said of it."""


@dataclass(frozen=True)
class Said:
    """A sentence with what stands around it."""

    question: Question
    sentence: str
    start: int
    """Where it stands in its document."""
    passage: Passage
    title: str
    document: str
    """What else was found of its document."""
    names: tuple[str, ...]
    """Those of the question, from `find_names`."""
    view: View

    @property
    def asked(self) -> str:
        return self.question.query or self.question.text

    @cached_property
    def around(self) -> str:
        """The title, the headings and the passage."""
        return f"{self.title} {self.passage.heading} {self.passage.text}"


def asks_figure(question: Question) -> bool:
    """Whether nothing but a number answers: of a metric, "how much", or of something at a period."""
    if question.kind != "figure" or (not question.expected and _TOLD_IN_WORDS.search(question.text)):
        return False
    if question.metrics:
        return bool(question.periods) or question.expected in AMOUNTS
    return question.expected in AMOUNTS and bool(question.periods)


_TOLD_IN_WORDS = re.compile(
    r"\b(?:advice|results?|findings?|faults?|causes?|reasons?|messages?|views?|opinions?|outlook|strateg(?:y|ies)|problems?|issues?"
    r"|risks?|challenges?|benefits?|pros|cons|(?:dis)?advantages?|differences?|meaning|definition|names?|title|partners?|analysts?"
    r"|suppliers?|customers?|ceo|cfo|cto|head|founders?|authors?|picks?|technology|materials?|features?|status|polic(?:y|ies)"
    r"|rules?|effects?|impact|lessons?|recommendations?|examples?|dates?|deadline|conditions?|questions?|explanation)\b",
    re.IGNORECASE,
)
"""What a bare phrase may ask for that no number is."""
