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

    @cached_property
    def whose(self) -> str:
        """What says whose text it is: its file, its title, its publisher, and how it opens."""
        name, view = self.passage.document_id, self.view
        found = view.once(("document", name), lambda: view.document(name))
        if found is None:
            return self.title
        plain = re.sub(r"[_/.\-]+", " ", found.id)
        return f"{plain} . {found.title} . {found.publisher} . {found.text[:_OPENING]}"


_OPENING = 300
"""Characters in which a text says whose it is."""


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
