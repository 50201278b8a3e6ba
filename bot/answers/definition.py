"""What a word means: the catalogue's definition of a metric, or the sentence that defines it."""

from __future__ import annotations

import re

from bot.answers import Answer
from bot.questions import Question
from index.language.metrics import find_metrics, find_objects
from index.reader import View

_ASKING = re.compile(
    r"^(?:what(?:'s|s| is| are| does| do)?|define|definition of|the|meaning of|explain|an?|什么是"
    r"|何谓|请问)\s*"
    r"|\s*(?:mean(?:s|ing)?(?: by)?|stands? for|definition|def|是什么意思|是什么|的定义)?\s*[?？.。]*$",
    re.IGNORECASE,
)


_PARTS = re.compile(
    r"(?:do|does|are|is|what)\b\s*(?:(?P<of>[\w-]+(?: [\w-]+){0,2}) (?:includes?|contains?|covers?|exclude)\b"
    r"|.{0,40}\b(?:counts?(?:ed)? as|included in|an? kind of|part of)\s+(?:an? |the )?(?P<to>[\w-]+(?: [\w-]+){0,2})$)",
    re.IGNORECASE,
)


def find_term(text: str) -> str:
    """The term that a question wants defined."""
    before = ""
    term = " ".join(text.split())
    while term != before:
        before, term = term, _ASKING.sub("", term, count=2).strip()
    return term


def answer_metric(question: Question, view: View) -> Answer | None:
    """The definition of a metric that the question names whole; None for any other term."""
    term = find_term(question.text)
    for found in find_metrics(term, view.catalogue):
        metric = view.catalogue.get(found.key)
        if metric is None or not metric.definition or len(found.text) < 0.6 * len(term):
            continue
        headline = f"{metric.name}: {metric.definition}"
        details = (metric.publisher,) if metric.publisher else ()
        return Answer("", "definition", question, term, headline, details=details, confidence=0.9)
    return _of_object(term, question, view)


def _of_object(term: str, question: Question, view: View) -> Answer | None:
    """What counts as a thing, by the definition of its sales: "what is an NEV?", "does NEV include hybrids?"."""
    name = _PARTS.match(term)
    term = (name["of"] or name["to"]).strip() if name else term
    for found in find_objects(term, view.catalogue):
        metric = view.catalogue.get(view.catalogue.composed("sales", found.name) or "")
        if metric is not None and metric.definition and not found.dimensions and _is_same(found.text, term):
            headline = f"{metric.name}: {metric.definition}"
            details = (metric.publisher,) if metric.publisher else ()
            return Answer("", "definition", question, term, headline, details=details, confidence=0.8)
    return None


def _is_same(one: str, other: str) -> bool:
    a, b = (re.sub(r"^(?:an?|the)\s+|s$", "", text.casefold().strip()) for text in (one, other))
    return a == b


def asks_parts(text: str) -> bool:
    """Whether a question asks what counts as a thing."""
    return _PARTS.match(find_term(text)) is not None


def defines(term: str, sentence: str) -> bool:
    """Whether a sentence says what a term is: "X is a …", "X (also known as …)", "X refers to …"."""
    name = re.escape(term)
    return bool(
        re.search(
            rf"\b{name}s?\b[^.]{{0,40}}?(?:\((?:also|or|i\.e\.)|\b(?:is|are) (?:an?|the|any)\b"
            rf"|\brefers? to\b|\bmeans?\b|"
            rf"\bstands? for\b|是指|是一种|指的是|即)|\b(?:called|known as|dubbed|named) (?:an? "
            rf"|the )?[\"“]?{name}|\({name}\)",
            sentence,
            re.IGNORECASE,
        )
    )
