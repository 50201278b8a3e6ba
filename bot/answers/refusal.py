"""Nothing held: said plainly, with what is nearest and what to ask instead."""

from __future__ import annotations

from bot.answers import Answer
from bot.answers.talk import find_examples
from bot.answers.wording import tell
from bot.questions import Question
from index.language.metrics import find_metrics
from index.reader import Hit, View

_NEAREST = 3


def refuse(question: Question, view: View, hits: tuple[Hit, ...], *, confidence: float = 0.0) -> Answer:
    """An answer of kind none that names the nearest documents and metrics held."""
    language = question.language
    titles = _titles(view, hits)
    keys = question.metrics or [found.key for found in find_metrics(question.text, view.catalogue)]
    names = [metric.name for key in dict.fromkeys(keys) if (metric := view.catalogue.get(key)) is not None]
    details = [tell("nearest", language, title=title) for title in titles]
    if names:
        details.append(tell("metrics held", language, names=", ".join(names)))
    instead = tuple(tell("ask instead", language, title=title) for title in titles[:2])
    return Answer(
        "", "none", question, question.query or question.text[:200], tell("none", language), details=tuple(details),
        follow_ups=instead or find_examples(view, question), confidence=confidence,
    )  # fmt: skip


def _titles(view: View, hits: tuple[Hit, ...]) -> list[str]:
    ids = list(dict.fromkeys(hit.passage.document_id for hit in hits))[:_NEAREST]
    found = (view.document(document_id) for document_id in ids)
    return [document.title or document.file for document in found if document is not None]
