"""The value that a quoted sentence states, where it answers "how much" with one number of what is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answers import Answer
from bot.questions import Question
from bot.questions.fillers import FILLERS
from index.language.catalogue import Catalogue
from index.language.dimensions import find_dimensions
from index.language.quantities import find_quantities
from index.language.units import EXACT
from index.lookup.terms import find_terms

_PERCENT = re.compile(r"%|\b(?:shares?|per ?cent(?:age)?|proportions?|rates?)\b|占比|比例|百分|率", re.I)
_NUMBER = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:[, ]\d{3})+(?![\d,])|(?<![\w.,/-])\d+(?:\.\d+)?(?![\w.,]*\d)(?!-)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLAUSE = re.compile(r"[;；，]|,\s|\b(?:while|whereas|and|but)\b", re.I)
_EACH = re.compile(r"\brespectively\b|分别", re.I)
_UNITS = {
    "g": "gram",
    "t": "tonn ton",
    "km": "kilomet",
    "mi": "mile",
    "kWh": "kwh",
    "USD": "dollar usd",
    "EUR": "euro eur",
}
_UNIT_TERMS = {term for words in _UNITS.values() for term in words.split()} | {
    unit.casefold() for unit in EXACT
}
_AS_ASKED = re.compile(
    r"\b(?:targets?|goals?|required|stated|set|about|jan\w*|feb\w*|mar\w*|apr\w*|jun\w*|jul\w*|aug\w*|sept?\w*|oct\w*|nov\w*"
    r"|dec\w*)\b",
    re.I,
)
_AFTER = 48
"""Characters after a number in which what it counts is said."""


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number of the sentence, with the unit that it is printed with."""

    value: Decimal
    unit: str
    start: int
    end: int


def with_value(answer: Answer, catalogue: Catalogue) -> Answer:
    """A passage answer with the one value that its sentence states of what was asked; itself where it is not plain."""
    question = answer.question
    asked = question.kind == "figure" or question.expected in ("how many", "how much")
    if answer.kind != "passage" or answer.value is not None or not asked or not answer.citations:
        return answer
    if question.operation not in ("value", "latest"):
        return answer
    cited = answer.citations[0]
    if _is_of_another(question, cited.quote, cited.title):
        return answer
    found = find_stated(question, cited.quote, catalogue)
    return replace(answer, value=found[0], unit=found[1]) if found else answer


def _is_of_another(question: Question, sentence: str, title: str) -> bool:
    """Whether a sentence says no place, firm, kind or year that is asked about; a table's row says too many."""
    said = {(one.name, one.value) for one in find_dimensions(f"{title} . {sentence}")}
    years = {period.start.year for period in question.periods if period.start}
    named = {int(year) for year in _YEAR.findall(sentence)}
    return " | " in sentence or not said.issuperset(question.dimensions) or not named.issuperset(years)


def find_stated(question: Question, sentence: str, catalogue: Catalogue) -> tuple[Decimal, str] | None:
    """The value and unit that a sentence states, where one number alone is of the kind that is asked."""
    text = question.read_as or question.text
    if _lacks(text, sentence):
        return None
    numbers = [one for one in _numbers(sentence) if sentence[one.start : one.end] not in text]
    fitting = _of_unit(text, numbers)
    if fitting is None:
        fitting = [one for one in numbers if _counts(text, sentence, one)]
    if len(fitting) > 1:
        fitting = _respectively(question, sentence, fitting) or _of_clause(question, sentence, fitting)
    if len(fitting) != 1:
        return None
    one = fitting[0]
    known = next((found for key in question.metrics if (found := catalogue.get(key))), None)
    counted = one.unit in ("", "vehicles") and known is not None and "/" not in known.unit
    return one.value, known.unit if counted and known and known.unit != "%" else one.unit


def _lacks(text: str, sentence: str) -> bool:
    """Whether a content word of the question stands nowhere in the sentence."""
    said = set(find_terms(sentence))
    asked = [term for term in find_terms(_AS_ASKED.sub(" ", text)) if term.isascii() and term.isalpha()]
    return any(term not in said and term not in FILLERS and term not in _UNIT_TERMS for term in asked)


def _numbers(sentence: str) -> list[_Stated]:
    said = [_Stated(one.value, one.unit, one.start, one.end) for one in find_quantities(sentence)]
    plain = [
        _Stated(Decimal(re.sub(r"[, ]", "", found.group())), "", *found.span())
        for found in _NUMBER.finditer(sentence)
        if not any(one.start < found.end() and found.start() < one.end for one in said)
    ]
    every = sorted([*said, *plain], key=lambda one: one.start)
    return [one for one in every if not _YEAR.fullmatch(sentence[one.start : one.end].strip())]


def _of_unit(text: str, numbers: Sequence[_Stated]) -> list[_Stated] | None:
    """The numbers in the unit that a question asks for; None where it asks for none."""
    terms = set(find_terms(text))
    named = {unit for unit in EXACT if re.search(rf"(?<![A-Za-z]){re.escape(unit)}(?![A-Za-z])", text)}
    named |= {unit for unit, words in _UNITS.items() if terms & set(words.split())}
    if named:
        return [one for one in numbers if one.unit in named]
    return [one for one in numbers if one.unit == "%"] if _PERCENT.search(text) else None


def _counts(text: str, sentence: str, one: _Stated) -> bool:
    """Whether what stands after a number is what the question counts, up to the end of its clause."""
    if one.unit not in ("", "vehicles", "units", "charging points"):
        return False
    after = re.split(r"[,;.，；。()（]|\b(?:and|by|in|for|of|with)\b", sentence[one.end : one.end + _AFTER])[
        0
    ]
    own = sentence[one.start : one.end]
    said = set(find_terms(f"{own} {after}"))
    asked = {term for term in find_terms(text) if term not in FILLERS and not term.isdigit()}
    return bool(said & asked)


def _respectively(question: Question, sentence: str, fitting: Sequence[_Stated]) -> list[_Stated]:
    """ "For 2024 and 2025 … 28% and 38%, respectively": the one in the place of the year that is asked."""
    start = question.periods[0].start if question.periods else None
    if start is None or not _EACH.search(sentence, fitting[-1].end):
        return []
    years = [int(year) for year in _YEAR.findall(sentence[: fitting[0].start])][-len(fitting) :]
    if len(years) != len(fitting) or years.count(start.year) != 1:
        return []
    return [fitting[years.index(start.year)]]


def _of_clause(question: Question, sentence: str, fitting: Sequence[_Stated]) -> list[_Stated]:
    """The one in whose clause alone the place, firm or kind stands that is asked about."""
    asked = set(question.dimensions)
    found = []
    for one in fitting:
        starts = [0, *(gap.end() for gap in _CLAUSE.finditer(sentence) if gap.end() <= one.start)]
        ends = [*(gap.start() for gap in _CLAUSE.finditer(sentence) if gap.start() >= one.end), len(sentence)]
        named = {(each.name, each.value) for each in find_dimensions(sentence[max(starts) : min(ends)])}
        if named & asked:
            found.append(one)
    return found
