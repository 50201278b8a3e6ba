"""Nothing held: said plainly, with what is nearest and what to ask instead."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers import Answer
from bot.answers.talk import find_examples
from bot.answers.wording import tell
from bot.questions import Question
from index.language.metrics import find_metrics
from index.lookup.terms import terms_of_name
from index.lookup.vocabulary import vocabulary_of
from index.reader import Hit, View

_NEAREST = 3


def refuse(question: Question, view: View, hits: tuple[Hit, ...], *, confidence: float = 0.0) -> Answer:
    """An answer of kind none that names the nearest documents and metrics held."""
    language = question.language
    titles = _titles(view, hits)
    keys = question.metrics or [found.key for found in find_metrics(question.text, view.catalogue)]
    names = _near(view, dict.fromkeys(keys))
    details = [tell("nearest", language, title=title) for title in titles]
    if names:
        details.append(tell("metrics held", language, names=", ".join(names)))
    instead = tuple(tell("ask instead", language, title=title) for title in titles[:2])
    return Answer(
        "", "none", question, question.query or question.text[:200],
        tell("none" if _holds_any(view) else "no documents", language), details=tuple(details),
        follow_ups=instead or find_examples(view, question), confidence=confidence,
    )  # fmt: skip


def _near(view: View, keys: Iterable[str]) -> list[str]:
    """The metrics asked for, where figures of them are held; for another, those held that share a word of its name."""
    known = sorted(vocabulary_of(view).measured.intersection(view.catalogue.keys))
    held = [metric for key in known if (metric := view.catalogue.get(key)) is not None]
    names: dict[str, None] = {}
    for metric in filter(None, map(view.catalogue.get, keys)):
        words = set(terms_of_name(metric.name))
        shared = [
            (len(words & set(terms_of_name(one.name))), one.unit == metric.unit, one.name) for one in held
        ]
        names |= dict.fromkeys(name for count, _, name in sorted(shared, reverse=True) if count)
        if metric in held:
            names = {metric.name: None}
    return list(names)[:_NEAREST]


def _holds_any(view: View) -> bool:
    return view.db.execute("SELECT 1 FROM visible_documents LIMIT 1").fetchone() is not None


def _titles(view: View, hits: tuple[Hit, ...]) -> list[str]:
    ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))[:_NEAREST]
    found = (view.document(document_id) for document_id in ids)
    return [document.title or document.file for document in found if document is not None]
