"""What search gets of a question: its own words, and those that the thread adds."""

from __future__ import annotations

import re

from bot.questions import Question

_POINTS_BACK = re.compile(
    r"^(?:and|what about|how about|so|but|then|also)\b|^(?:why|who|when|where|how|really|since when"
    r"|who else|what else|how so|how come)"
    r"(?: (?:is that|was that|not|exactly|so|else))?\s*\?*$"
    r"|\b(?:that|this|it|its|they|them|their|those|these|he|him|his|she|her|there|else|others?|more)\b"
    r"|^(?:那|那么|为什么|谁|什么时候|还有|呢)|(?:它|他|她|他们|这个|那个|呢)",
    re.IGNORECASE,
)
_OWN_WORDS = 4


def points_back(text: str) -> bool:
    """Whether a question leans on what was asked before it: "why?", "who else?", "is that a record"."""
    words = " ".join(text[:1000].split())
    found = _POINTS_BACK.search(words)
    if found is None:
        return False
    return found.start() == 0 or len(words.split()) <= 2 * _OWN_WORDS


def find_query(text: str, thread: tuple[Question, ...] = ()) -> str:
    """The words to search for: with those of the question before, where this one leans on it."""
    own = " ".join(text[:2000].split())
    if not thread or not points_back(own):
        return own
    return f"{thread[-1].query or thread[-1].text} {own}"[:2000]
