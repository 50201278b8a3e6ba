"""Greetings, thanks, help and gibberish: a fitting line, never a source."""

from __future__ import annotations

from bot.answers import Answer, AnswerKind
from bot.answers.wording import tell
from bot.questions import Question
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
