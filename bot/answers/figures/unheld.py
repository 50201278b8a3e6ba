"""A metric that is asked for and not told: a sentence on another one is no answer, however like it is."""

from __future__ import annotations

from bot.answers import Answer
from bot.questions import Question
from index.language.catalogue import Metric
from index.language.metrics import find_metrics
from index.lookup.terms import find_terms, terms_of_name
from index.reader import View

_GRAINS = frozenset(
    term for word in ("day", "daily", "week", "weekly", "hour", "hourly") for term in find_terms(word)
)
_AMOUNTS = frozenset(("", "what", "how many", "how much"))


def tells_another(question: Question, passage: Answer, view: View) -> bool:
    """Whether what a passage says is of other metrics than the amount that a question asks for, or of none like it."""
    if question.kind != "figure" or question.expected not in _AMOUNTS or not passage.citations:
        return False
    asked = [metric for key in question.metrics if (metric := view.catalogue.get(key)) is not None]
    if not asked:
        return False
    quotes = " ".join(citation.quote for citation in passage.citations[:1])
    told = {found.key for found in find_metrics(quotes, view.catalogue)}
    wanted = {key for metric in asked for key in (metric.key, *metric.near)}
    if any(word in _GRAINS and word not in find_terms(quotes) for word in question.words):
        return True
    if told:
        return not told & wanted
    said = set(find_terms(quotes))
    return not any(_names(metric) & said for metric in asked)


def _names(metric: Metric) -> set[str]:
    """The terms of a metric's names that are not those of what it is counted of."""
    return {term for name in (metric.name, *metric.aliases) for term in terms_of_name(name)}
