"""A metric that is asked for and not told: a sentence on another one is no answer, however like it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers import Answer
from bot.answers.figures.meant import is_part
from bot.questions import Question
from index.language.catalogue import Metric
from index.language.metrics import find_metrics
from index.language.quantities import find_quantities
from index.language.units import CURRENCIES
from index.lookup.terms import find_terms, terms_of_name
from index.reader import View

_SUPERLATIVE = re.compile(
    r"\b(?:records?|highest|lowest|peak\w*|most|least|largest|biggest|smallest|best|worst|top\w*|first|lead\w*|high|low)\b"
    r"|最|新高|新低|第一",
    re.I,
)
_GRAINS = frozenset(
    term for word in ("day", "daily", "week", "weekly", "hour", "hourly") for term in find_terms(word)
)
_AMOUNTS = frozenset(("", "what", "how many", "how much"))


def tells_another(question: Question, passage: Answer, view: View) -> bool:
    """Whether what a passage says is of other metrics than the amount that a question asks for, or of none like it."""
    if question.kind != "figure" or not passage.citations:
        return False
    if question.metrics and question.operation in ("max", "min"):
        return not any(_SUPERLATIVE.search(citation.quote) for citation in passage.citations)
    asked = [metric for key in question.metrics if (metric := view.catalogue.get(key)) is not None]
    if not asked or question.expected not in _AMOUNTS:
        return False
    quote = passage.citations[0].quote
    terms = set(find_terms(quote))
    lacks = any(word in _GRAINS and word not in terms for word in question.words)
    return lacks or not _tells(question, asked, quote, terms, view)


def _tells(question: Question, asked: Sequence[Metric], quote: str, terms: set[str], view: View) -> bool:
    """Whether a sentence speaks of one of the metrics or of one near it, if only by a word of their names."""
    told = {found.key for found in find_metrics(quote, view.catalogue)}
    if told:
        like = {
            near
            for metric in asked
            for near in metric.near
            if not is_part(metric, view.catalogue.get(near), question.dimensions)
        }
        return bool(told & (like | {metric.key for metric in asked}))
    units = {found.unit.partition("/")[0] for found in find_quantities(quote)}
    money = bool(units & _MONEY)
    return any(
        _names(metric) & terms or metric.unit in units or (money and metric.unit in _MONEY)
        for metric in asked
    )


_MONEY = frozenset(CURRENCIES.values())


def _names(metric: Metric) -> set[str]:
    return {term for name in (metric.name, *metric.aliases) for term in terms_of_name(name)}
