"""Greetings, thanks, help and gibberish: a fitting line, never a source."""

from __future__ import annotations

import re

from bot.answers import Answer, AnswerKind
from bot.answers.wording import tell
from bot.questions import Question
from index.lookup.terms import metric_term
from index.lookup.vocabulary import vocabulary_of
from index.reader import View

_KINDS: dict[str, AnswerKind] = {
    "greeting": "greeting",
    "thanks": "greeting",
    "help": "help",
    "gibberish": "clarify",
}
TALK = frozenset(_KINDS)


def answer_talk(question: Question, view: View) -> Answer:
    """The line that fits, with questions that the documents held can answer."""
    language = question.language
    headline = {
        "greeting": tell("greeting", language),
        "thanks": tell("thanks", language),
        "help": tell("help", language),
    }.get(question.kind, tell("gibberish", language))
    examples = () if question.kind == "thanks" else find_examples(view, question)
    return Answer("", _KINDS[question.kind], question, question.text[:200], headline, follow_ups=examples)


def find_examples(view: View, question: Question) -> tuple[str, ...]:
    """Questions that what is held can answer."""
    rows = view.db.execute(
        "SELECT title FROM documents WHERE kind = 'document' AND id IN (SELECT id FROM visible_documents) "
        "ORDER BY edition = 'ours' DESC, published DESC, id LIMIT 1"
    )
    titles = [tell("conclude", question.language, title=title) for (title,) in rows if title]
    return (*titles, tell("what held", question.language))


def answer_open(question: Question, view: View) -> Answer:
    """A question that leans on nothing asked before ("and year on year?"): one short question back, with choices."""
    asked = _OPENING.sub("", " ".join(question.text.split())).strip("?？ ")
    vocabulary = vocabulary_of(view)
    known = [metric for key in vocabulary.metrics if (metric := view.catalogue.get(key)) is not None]
    known.sort(key=lambda metric: (-vocabulary.frequencies.get(metric_term(metric.key), 0), metric.key))
    names = [metric.name for metric in known[:3]]
    slots = bool(question.basis or question.periods or question.to_date or question.operation != "value")
    choices = tuple(f"{name} {asked}?" for name in names) if slots else find_examples(view, question)
    return Answer(
        "", "clarify", question, question.text[:200], tell("of what", question.language), follow_ups=choices
    )


_OPENING = re.compile(
    r"^(?:and|but|so|then|ok(?:ay)?|what about|how about|那么?|还有)[\s,，]*", re.IGNORECASE
)
