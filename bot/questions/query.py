"""What search gets of a question: its own words, and those that the thread adds."""

from __future__ import annotations

import re

from bot.questions import Question
from bot.questions.expected import find_number

_POINTS_BACK = re.compile(
    r"^(?:and|what about|how about|so|but|then|also)\b|^(?:why|who|when|where|how|really|since when"
    r"|who else|what else|how so|how come)"
    r"(?: (?:is that|was that|not|exactly|so|else))?\s*\?*$"
    r"|\b(?:that|this|it|its|they|them|their|those|these|he|him|his|she|her|there|else|others?|more)\b"
    r"|^(?:那|那么|为什么|谁|什么时候|还有|呢)|(?:它|他|她|他们|这个|那个|呢)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:(?:and|so|but|ok(?:ay)?|then)[, ]+)*(?:(?:from|by|at|in|to|with|for|since) )?"
    r"(?:where|when|who|whom|whose|why|how|what)(?:'s|s)?"
    r"(?: (?:then|else|exactly|so|from|to|for|with|by|was|is|that|it|this|not|come|again|precisely|though"
    r"|already))*[\s?.!]*$",
    re.IGNORECASE,
)
_OWN_WORDS = 4


def is_bare(text: str) -> bool:
    """Whether a question is but its asking word: "why?", "from where?", "when then?", "who else"."""
    return _BARE.search(" ".join(text[:1000].split())) is not None


def points_back(text: str) -> bool:
    """Whether a question leans on what was asked before it: "why?", "who else?", "is that a record"."""
    words = " ".join(text[:1000].split())
    found = _POINTS_BACK.search(words)
    if is_bare(text):
        return True
    if found is None:
        return False
    return found.start() == 0 or len(words.split()) <= 2 * _OWN_WORDS


def find_query(text: str, thread: tuple[Question, ...] = ()) -> str:
    """The words to search for: with those of the question before, where this one leans on it."""
    own = " ".join(text[:2000].split())
    bare = (
        bool(thread)
        and thread[-1].kind == "takeaways"
        and len(own.split()) <= _OWN_WORDS
        and find_number(own)
    )
    if not thread or not (bare or points_back(own)):
        return own
    return f"{thread[-1].query or thread[-1].text} {own}"[:2000]


_SHORT = 6


def is_open(question: Question) -> bool:
    """Whether a question names nothing by itself: "and year on year?", "why?", "show me the source"."""
    if question.kind == "source":
        return True
    if (
        question.kind not in ("figure", "passage")
        or question.metrics
        or question.dimensions
        or question.words
    ):
        return False
    text = " ".join(question.text.split())
    slots = bool(question.basis or question.periods or question.to_date or question.operation != "value")
    return len(text.split()) <= _SHORT and (slots or points_back(text))
