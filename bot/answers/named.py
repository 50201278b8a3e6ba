"""How many places are named, where the question asks for a count of names and a sentence lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer
from bot.answers.citing import cite
from bot.answers.counting import places_listed
from bot.answers.figures.held import said_by
from bot.answers.terms import LIGHT, STOP, read_line, set_of, stem
from bot.answers.wording import tell
from bot.questions import Question
from index.language.sentences import find_sentences
from index.reader import Hit, View

_NAMED = re.compile(
    r"\bhow many (?:(?:other|different|such) )?(?P<what>[a-z]+)(?:/[a-z]+)?\b"
    r"(?=.*\b(?:named|listed|mentioned|cited|given)\b)",
    re.IGNORECASE,
)
_PLACES = frozenset(map(stem, set_of("countries country nations regions region")))
_NAMING = frozenset(map(stem, set_of("named listed mentioned cited given")))
_ENOUGH = 0.6
"""How much of what is asked has to stand in the sentence that lists them, what they do in any case."""


@dataclass(frozen=True, slots=True)
class _Listed:
    share: float
    names: tuple[str, ...]
    hit: Hit
    start: int
    end: int


def answer_named(question: Question, view: View, hits: tuple[Hit, ...]) -> Answer | None:
    """The names of the one list that a sentence on what is asked gives in full, counted."""
    said = _NAMED.search(question.text)
    if said is None or question.metrics or stem(said["what"].casefold()) not in _PLACES:
        return None
    wanted = _wanted(question)
    found = [one for hit in hits for one in _listed(hit, wanted, frozenset(question.dimensions))]
    best = max(found, key=lambda one: (one.share, len(one.names)), default=None)
    document = view.document(best.hit.passage.document_id) if best else None
    if best is None or document is None:
        return None
    sentence = " ".join(document.text[best.start : best.end].split())
    counted = tell("names counted", question.language, count=len(best.names))
    return Answer(
        "", "passage", question, question.query or question.text[:200], f"{counted}. “{sentence}”",
        value=Decimal(len(best.names)), details=best.names,
        citations=(
            cite(document, best.start, best.end, passage_id=best.hit.passage.id, language=question.language),
        ),
        confidence=best.share,
    )  # fmt: skip


def _wanted(question: Question) -> tuple[str, ...]:
    """The content of what is asked of those that are named, what they do first."""
    line = read_line(question.query or question.text)
    content = [s for s, word in zip(line.stems, line.words, strict=True) if word not in STOP | LIGHT]
    return tuple(dict.fromkeys(s for s in content if s not in _PLACES | _NAMING))


def _listed(hit: Hit, wanted: tuple[str, ...], values: frozenset[tuple[str, str]]) -> list[_Listed]:
    found = []
    text, at = hit.passage.text, hit.passage.start
    for start, end in find_sentences(text):
        names = places_listed(text[start:end])
        stems = set(read_line(text[start:end]).stems) if names and wanted else set()
        share = sum(s in stems for s in wanted) / max(1, len(wanted))
        if wanted and wanted[0] in stems and share >= _ENOUGH and values <= said_by(text[start:end]):
            found.append(_Listed(share, names, hit, at + start, at + end))
    return found
