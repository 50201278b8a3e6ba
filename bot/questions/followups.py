# ruff: noqa: E501
"""A question that leans on the one before: it takes that one's slots, and puts its own in their place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.questions import Operation, Question
from bot.questions.asked import SAME_LAST_YEAR, YEAR_BEFORE, with_year
from bot.questions.measured import find_bare_measures
from bot.questions.query import points_back
from index.language.catalogue import Catalogue
from index.language.periods import Period, months, months_in, shift, undated, year
from index.lookup.terms import find_terms

_LEANS = re.compile(
    r"^(?:ok(?:ay)?[, ]+|hm+[, ]+)?(?:and|or|but|so|then|what about|how about|what of|not that|no[,:]|instead|same for|same but|also|vs\.?|versus|"
    r"per|without|excluding|less|minus|as an?|in|from|for|by|yoy|ytd|那|那么|还有|呢)\b|呢[？?]?$|^(?:和|与|同比|环比)",
    re.I,
)
_OF = re.compile(r"\b(?:of|to|vs|versus|with|than|from|against|over)\b|占|比|与|和", re.I)
_OF_TWO = ("share", "ratio", "difference", "compare")
"""Operations that take what was asked before for their other side: "as % of production?", "vs France?"."""
_PER = re.compile(r"^(?:and |so |or )?per (?:\w+ )?(?:n?evs?|vehicles?|cars?)\b", re.I)
_LESS = re.compile(r"^(?:and |so )?(?:without|excluding|excl\.?|less|minus)\b|^(?:不含|不算|扣除)", re.I)
_NOT_THAT = re.compile(r"^(?:no|not that|not those|i mean|i meant|rather)\b", re.I)


def merge(question: Question, before: Question, text: str, catalogue: Catalogue, today: date) -> Question:
    """The question with what it left to the thread; itself where it stands alone."""
    del today
    measures = find_bare_measures(text, catalogue)
    switched = _switch(before, [name for name, _ in measures], catalogue)
    words = tuple(w for w in question.words if not (switched and _is_measure(w, measures)))
    if not _leans(question, before, text, words, bool(switched)):
        return question
    metrics = question.metrics or switched or before.metrics
    shared = _PER.search(text) is not None
    both = shared or (question.operation in _OF_TWO and _OF.search(text) is not None)
    if both and len(metrics) == len(before.metrics) == 1:
        metrics = tuple(dict.fromkeys((*before.metrics, *metrics)))
    tabled = question.operation == "series" and len(before.periods) == 1
    own_words = bool(words) and not question.metrics and not switched
    shifted = _shift(before, text) or _against(question, before, text)
    if left := _without(question, before, text):
        shifted, words, question = left, (), replace(question, words=(), operation="value")
    return replace(
        question,
        metrics=() if own_words and not before.metrics else metrics,
        dimensions=_dimensions(question, before, both=both),
        periods=shifted or _periods(question, before),
        ago=0
        if shifted
        else question.ago or (before.ago + 1 if YEAR_BEFORE.search(text) and not shifted else 0),
        operation="ratio" if shared else _operation(question, before, bool(shifted)),
        basis=question.basis or (before.basis if question.operation == "value" else ""),
        unit=question.unit or before.unit,
        words=_words(words, before, question, bool(switched)),
        to_date=(question.to_date and not _periods(question, before))
        or (before.to_date and not question.periods and not question.to_date),
        per=question.per or ("year" if tabled and before.periods[0].grain == "year" else before.per),
        over=question.over or (before.over if question.operation != "series" else ""),
        sources=question.sources or before.sources,
        wants=before.wants if question.wants == "level" else question.wants,
        leaning=True,
    )


def _leans(question: Question, before: Question, text: str, words: tuple[str, ...], switched: bool) -> bool:
    if before.kind != "figure":
        return False
    if _LEANS.search(text) or _NOT_THAT.search(text) or (YEAR_BEFORE.search(text) and not question.metrics):
        return True
    if question.metrics:
        return _is_other_side(question, text)
    if switched or (points_back(text) and not words):
        return True
    has_slot = bool(
        question.periods or question.dimensions or question.basis or question.to_date or question.unit
    )
    return not words and (has_slot or question.operation not in ("value",))


def _is_other_side(question: Question, text: str) -> bool:
    """ "Gap to production?": the one metric of a few words that set it against what was asked before."""
    own = question.periods or question.dimensions or len(question.metrics) > 1
    return (
        question.operation in _OF_TWO
        and _OF.search(text) is not None
        and not own
        and len(text.split()) <= _FEW
    )


_FEW = 5


def _switch(before: Question, measures: list[str], catalogue: Catalogue) -> tuple[str, ...]:
    """The bare measure of a follow-up with the object of the question before: "and production?"."""
    found = (catalogue.with_measure(key, name) for key in before.metrics[:1] for name in measures)
    return tuple(key for key in found if key)


def _is_measure(word: str, measures: list[tuple[str, str]]) -> bool:
    return any(word in find_terms(said) for _, said in measures)


def _dimensions(question: Question, before: Question, *, both: bool) -> tuple[tuple[str, str], ...]:
    """What this question names in the place of what the one before did; beside it where two are set together."""
    if both and len({name for name, _ in question.dimensions}) == len(question.dimensions):
        return tuple(dict.fromkeys((*before.dimensions, *question.dimensions)))
    named = {name for name, _ in question.dimensions}
    kept = tuple(pair for pair in before.dimensions if pair[0] not in named)
    return (*kept, *question.dimensions)


def _periods(question: Question, before: Question) -> tuple[Period, ...]:
    if question.to_date:
        return _so_far(before.periods)
    undated = bool(before.periods) and before.periods[-1].start is None
    if question.periods and undated and YEAR_BEFORE.search(question.text):
        return before.periods
    if question.operation == "share" and len(question.periods) == len(before.periods) == 1:
        return (*before.periods, with_year(question.periods[0], before.periods[0]))
    if not question.periods:
        return _around(before.periods) if question.operation == "series" else before.periods
    if not before.periods:
        return question.periods
    return tuple(with_year(period, before.periods[-1]) for period in question.periods)


def _so_far(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """The year up to the month that was asked for before."""
    inside = months_in(periods[0]) if len(periods) == 1 else None
    if inside is None or inside[1] == 12:
        return ()
    start = periods[0].start
    return (months(start.year, 1, inside[1]) if start else undated(1, inside[1]),)


def _around(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    """What a table of one period shows: the year of a month, all of what is held for a year."""
    if len(periods) != 1 or periods[0].start is None:
        return periods
    one = periods[0]
    return () if one.grain == "year" or one.cumulative else (year(periods[0].start.year),)


_AGAINST = re.compile(r"^(?:and\s+)?(?:vs\b|versus\b|against\b|compared?\b|与|和|比)", re.I)


def _against(question: Question, before: Question, text: str) -> tuple[Period, ...]:
    """ "vs September?" after October: the two, in their order."""
    if not _AGAINST.search(text) or len(question.periods) != 1 or len(before.periods) != 1:
        return ()
    pair = (with_year(question.periods[0], before.periods[0]), before.periods[0])
    return (
        tuple(sorted(pair, key=lambda one: one.start or date.min)) if all(one.start for one in pair) else ()
    )


def compare_last(question: Question, thread: tuple[Question, ...]) -> Question | None:
    """ "Which is higher?" of the last two things asked for; None where it names something, or one thing was asked."""
    named = question.metrics or question.dimensions or question.periods or question.words
    if question.operation not in ("compare", "max", "min", "difference") or named or len(thread) < 2:
        return None
    first, last = thread[-2:]
    if first.kind != "figure" or last.kind != "figure":
        return None
    metrics = tuple(dict.fromkeys((*first.metrics, *last.metrics)))
    pairs = tuple(dict.fromkeys((*first.dimensions, *last.dimensions)))
    one_thing = (metrics, pairs) == (last.metrics, last.dimensions)
    periods = tuple(dict.fromkeys((*first.periods, *last.periods))) if one_thing else last.periods
    if one_thing and len(periods) < 2:
        return None
    operation: Operation = "difference" if question.operation == "difference" else "compare"
    return replace(
        last, text=question.text, metrics=metrics, dimensions=pairs, periods=periods, operation=operation, basis="",
        query=question.query, language=question.language, leaning=True,
    )  # fmt: skip


def _shift(before: Question, text: str) -> tuple[Period, ...]:
    """ "the year before?" of the period that was asked for."""
    found = YEAR_BEFORE.search(text) or SAME_LAST_YEAR.search(text)
    if found is None or len(before.periods) != 1 or before.periods[0].start is None:
        return ()
    if "month" in found.group().casefold() and not SAME_LAST_YEAR.search(text):
        return (shift(before.periods[0], months=-1),)
    return (shift(before.periods[0], years=-1),)


def _without(question: Question, before: Question, text: str) -> tuple[Period, ...]:
    """ "Without October?" of January to October: the months before."""
    if not _LESS.search(text) or len(question.periods) != 1 or len(before.periods) != 1:
        return ()
    whole, part = months_in(before.periods[0]), months_in(question.periods[0])
    if whole is None or part is None or part[1] != whole[1] or part[0] <= whole[0]:
        return ()
    start = before.periods[0].start
    left = (whole[0], part[0] - 1)
    return (months(start.year, *left) if start else undated(*left),)


def _operation(question: Question, before: Question, shifted: bool) -> Operation:
    if YEAR_BEFORE.search(question.text) and before.operation == "series":
        return "value"
    if question.operation == "share" and before.operation in ("change", "cagr") and not question.periods:
        return "change"
    if shifted:
        against = question.operation == "compare" and _AGAINST.search(question.text)
        plain = before.operation in ("value", "latest")
        return "compare" if against else "value" if plain else before.operation
    if question.operation in ("value", "latest") or (question.operation == "compare" and question.basis):
        if question.to_date or (question.operation == "latest"):
            return "value" if before.operation in ("value", "latest") else before.operation
        return "change" if question.basis else before.operation
    return question.operation


def _words(words: tuple[str, ...], before: Question, question: Question, switched: bool) -> tuple[str, ...]:
    """The words that still have to be met: those of before, unless this question has some of its own."""
    if words or question.metrics:
        return words
    return before.words if not switched else ()
