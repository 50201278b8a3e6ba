"""The value that a quoted sentence states, where it answers a question for an amount: the number that stands nearest to
what is asked, of the sort that is asked, and no other nearly as near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bot.answers import Answer
from bot.answers.terms import LIGHT, MONTHS, STOP, read_line, stem
from bot.questions import Question
from index.language.catalogue import Catalogue
from index.language.dimensions import find_dimensions
from index.language.english import english_words
from index.language.listed import find_listed
from index.language.periods import find_periods
from index.language.quantities import Quantity, find_quantities
from index.language.units import CURRENCY_WORDS

_CLEAR = 0.08
"""By how much more weight the number has to stand nearer than the next one."""
_NAMED = 2.5
"""How many times as much the places, firms, kinds and times of a question count."""
_CLAUSE, _BREAK = 4, 10
"""Words that a comma, and a semicolon, count for between a number and what it is of."""
_MONEY = "|".join(sorted({*CURRENCY_WORDS.values(), "USD", "EUR", "CNY", "GBP", "KRW", "JPY", "INR"}))
_SORTS = (
    ("price", rf"(?:{_MONEY})/.+"),
    ("money", rf"(?:{_MONEY})"),
    ("share", r"%|pp"),
    ("density", r"Wh/(?:kg|l)"),
    ("energy", r"[kMGT]?Wh"),
    ("power", r"[kMGT]?W"),
    ("mass", r"k?g|t"),
    ("length", r"k?m|mi"),
    ("time", r"(?:second|minute|hour|day|week|month|year)s?"),
    ("count", r"|[a-z ]+"),
)
"""What sort of number a unit makes; the first that it is of."""
_ASKED = (
    (("density",), r"\bwh/(?:kg|l)\b|\benergy densit|能量密度"),
    (("energy",), r"\b[kmgt]wh\b(?!/)"),
    (("power",), r"\b[mg]w\b(?!/)"),
    (("mass",), r"\b(?:tonnes?|tons|grams?|kilograms?|kilos?|weigh\w*|heavy)\b(?!/)|吨"),
    (
        ("time",),
        r"\b(?:how long|minutes?|hours?|days|weeks|months old|lead time|charging time|duration|warranty)\b|多久|多长",
    ),
    (("length",), r"\b(?:how far|range|mileage|kilomet\w+|km|miles)\b|续航"),
    (
        ("share",),
        r"%|\b(?:shares?|per ?cent(?:age)?|pct|proportions?|rates?|margins?|utili[sz]ation|recovery|efficiency|quotas?"
        r"|yields?|growth|grow|grew|rise|rose|drop|drops|fall|fell|decline)\b|占比|比例|百分|率",
    ),
    (
        ("mass", "energy", "power", "count"),
        r"\b(?:capacity|capacities|output|volumes?|inventor(?:y|ies)|stocks)\b|产能|产量|库存",
    ),
    (("price", "money"), r"\b(?:price[ds]?|costs?|fees?|tariffs?|cheap\w*|expensive)\b|[$€£¥]|价格|成本"),
    (
        ("money",),
        r"\b(?:revenues?|rev|turnover|budget|invest\w*|fund(?:s|ing)?|rais(?:e|es|ed|ing)|valu(?:ation|ed)|ebitd?a?|cash|loss(?:es)?"
        r"|profits?|ow(?:e|es|ed)|debt|paid|pay|spend\w*|spent|subsid\w+|grants?|capex|money|worth|dollars|euros|yuan|usd|eur"
        r"|backlog)\b|投资|营收|补贴",
    ),
    (("count",), r"\bhow many\b|\bnumber of\b|多少(?:辆|个|家|台)"),
)
_FALLING = re.compile(
    r"\b(?:fell|fall(?:s|en)?|down|dropp?(?:ed|s)?|declin\w+|decreas\w+|lower|less|fewer|cut|below|slump\w*|shrank)\b|下降|下跌|减少",
    re.I,
)
_RESPECTIVELY = re.compile(r"\brespectively\b|分别", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,;:；，。()（）]")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the sentence, and how far it stands from its beginning in words, marks counted as several."""

    start: int
    at: int
    stems: tuple[str, ...]


def with_value(answer: Answer, catalogue: Catalogue) -> Answer:
    """A passage answer with the one value that its sentence states of what was asked; itself where it is not plain."""
    question = answer.question
    if answer.kind != "passage" or answer.value is not None or not answer.citations:
        return answer
    if question.operation not in _PLAIN or not _asks_amount(question):
        return answer
    cited = answer.citations[0]
    sentence = cited.quote[slice(*cited.mark)] if cited.mark else cited.quote
    if " | " in sentence or "\t" in sentence or _is_of_another(question, sentence, cited.title):
        return answer
    found = find_stated(question, sentence, catalogue)
    return replace(answer, value=found[0], unit=found[1]) if found else answer


_PLAIN = ("value", "latest", "change", "max", "min", "share", "difference")
"""Operations that a sentence may tell by itself: "min recycled cobalt", "peak load"."""


def _asks_amount(question: Question) -> bool:
    """Whether an amount is asked for: in so many words, of a metric, at a period, or of a sort that numbers tell."""
    if question.expected in _IN_WORDS or (question.kind != "figure" and question.expected not in _AMOUNTS):
        return False
    text = question.read_as or question.text
    sorts = any(re.search(form, text, re.I) for _, form in _ASKED)
    told = bool(question.metrics or question.periods or _AIM.search(text)) and question.expected != "what"
    return question.expected in _AMOUNTS or sorts or told


_AMOUNTS = ("how many", "how much")
_AIM = re.compile(r"\b(?:targets?|goals?|totals?|number|capacity|output|sales|deliveries)\b|目标|产能", re.I)
_IN_WORDS = ("who", "when", "where", "why", "says", "definition", "yes or no", "list")


def _is_of_another(question: Question, sentence: str, title: str) -> bool:
    """Whether a sentence names other places, firms, kinds or years than are asked about, and not those."""
    said = {(one.name, one.value) for one in find_dimensions(f"{title} . {sentence}")}
    named = {name for name, _ in said}
    if any(pair not in said and pair[0] in named for pair in question.dimensions):
        return True
    years = {period.start.year for period in question.periods if period.start}
    told = {one.period.start.year for one in find_periods(sentence, today=None) if one.period.start}
    return bool(years and told) and not years & told


def find_stated(question: Question, sentence: str, catalogue: Catalogue) -> tuple[Decimal, str] | None:
    """The value and unit that a sentence states of what is asked; None where no number is plainly the one."""
    text = question.read_as or question.text
    told = _numbers(sentence, text)
    numbers = _of_list(text, sentence, _of_sort(question, text, told), told)
    if question.expected == "how many":
        asked = set(read_line(text).stems)
        numbers = [one for one in numbers if not _NOUN.fullmatch(one.unit) or stem(one.unit) in asked]
    one = (
        _respectively(question, sentence, numbers)
        or _in_clause(question, sentence, numbers)
        or _nearest(text, sentence, numbers)
    )
    if one is None or one.bound == "range":
        return None
    known = next((found for key in question.metrics if (found := catalogue.get(key))), None)
    counted = one.unit in ("", "vehicles") and known is not None and "/" not in known.unit
    unit = known.unit if counted and known and known.unit != "%" else one.unit
    falls = question.operation == "change" and _FALLING.search(sentence, max(0, one.start - 40), one.start)
    return -one.value if falls and one.unit in ("%", "pp") else one.value, unit


_NOUN = re.compile(r"(?!vehicles|units|people)[a-z]{4,}")
"""A unit that is what was counted: "3 plants" answers nothing on dealers."""


def _numbers(sentence: str, text: str) -> list[Quantity]:
    """The numbers of a sentence but those of its dates and of the question itself."""
    dates = [(one.start, one.end) for one in find_periods(sentence, today=None)]
    found = [
        one
        for one in find_quantities(sentence)
        if not any(start <= one.start and one.end <= end for start, end in dates)
    ]
    if len(found) > _ROW and 2 * len(found) > len(_WORD.findall(sentence)) - len(found):
        return []
    found = [one for one in found if not _PER.search(sentence, 0, one.start)]
    whole = [_with_unit(one, before, sentence) for before, one in pairwise((None, *found)) if one]
    return [one for one in whole if one.text not in text]


def _with_unit(one: Quantity, before: Quantity | None, sentence: str) -> Quantity:
    """ "Needed 17 minutes and the other 20": a bare number at the end of its clause has the unit of the one before."""
    goes_on = _ENDS.match(sentence, one.end) is not None and not _TO.search(sentence, 0, one.start)
    bare = not one.unit and before is not None and goes_on
    return replace(one, unit=before.unit) if bare and before else one


_ENDS = re.compile(r"\s*(?:[,;.；，。)]|$)")
_TO = re.compile(r"\b(?:to|at|from)\s+$", re.I)
_PER = re.compile(r"\b(?:per|every|each)\s+$", re.I)
_ROW = 2
"""More numbers than this, and hardly a word between them, are a row of a table that lost its headers."""


def sort_of(unit: str) -> str:
    """Of what sort a number with a unit is: money, a price, a share, a mass …"""
    return next((name for name, form in _SORTS if re.fullmatch(form, unit)), "other")


def _of_sort(question: Question, text: str, numbers: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of the first sort that is asked for and that the sentence has; all where none is asked for."""
    if question.operation == "change":
        return [one for one in numbers if sort_of(one.unit) == "share"]
    numbers = _of_currency(text, numbers)
    asked = [sorts for sorts, form in _ASKED if re.search(form, text, re.I)]
    for sorts in asked:
        if found := [one for one in numbers if sort_of(one.unit) in sorts]:
            return found
    return [] if asked else list(numbers)


def _of_currency(text: str, numbers: Sequence[Quantity]) -> Sequence[Quantity]:
    """Without sums in another currency than the one asked for, and without those told again in a second currency."""
    words = set(re.findall(r"[a-z€$£¥.]+", text.casefold()))
    named = {code for word, code in CURRENCY_WORDS.items() if word in words}
    if named:
        return [
            one for one in numbers if sort_of(one.unit) not in ("money", "price") or one.unit[:3] in named
        ]
    again = {
        id(second)
        for first, second in pairwise(numbers)
        if sort_of(first.unit) == sort_of(second.unit) in ("money", "price")
        and 0 < second.start - first.end < _BRACKET
        and first.unit[:3] != second.unit[:3]
    }
    return [one for one in numbers if id(one) not in again]


_BRACKET = 12
"""Characters between a sum and the same in another currency: "6 billion yuan (about $830 million)"."""


def _nearest(text: str, sentence: str, numbers: Sequence[Quantity]) -> Quantity | None:
    """The number that stands nearest to the words of the question that the sentence has, if it is so by far."""
    if len({(one.value, one.unit) for one in numbers}) < 2:
        return numbers[0] if numbers else None
    tokens, wanted = _tokens(sentence), _wanted(text)
    units = [one for one in numbers if sort_of(one.unit) != "count"]
    words = [one for one in tokens if not any(n.start <= one.start < n.end for n in units)]
    weighed = sorted(
        ((_weight(one, tokens, words, wanted), one) for one in numbers), key=lambda pair: -pair[0]
    )
    (most, first), *others = weighed
    rest = [weight for weight, one in others if (one.value, one.unit) != (first.value, first.unit)]
    return first if most - rest[0] >= _CLEAR else None


def _wanted(text: str) -> dict[str, float]:
    """The content words of a question, by stem, each with how much it counts."""
    named = {word for one in find_dimensions(text) for word in read_line(one.text).words} | MONTHS
    words = [word for word in read_line(text).words if word not in STOP and word not in LIGHT]
    return {
        stem(word): (0.3 + english_words().get(stem(word), 1.0))
        * (_NAMED if word in named or word.isdigit() else 1)
        for word in words
    }


def _weight(
    number: Quantity, tokens: Sequence[_Token], words: Sequence[_Token], wanted: dict[str, float]
) -> float:
    """How near the question's words stand to a number, units aside: each its weight over its distance."""
    inside = [token.at for token in tokens if number.start <= token.start < number.end] or [0]
    nearest: dict[str, int] = {}
    for token in words:
        for s in token.stems:
            if s in wanted:
                gap = min(abs(token.at - inside[0]), abs(token.at - inside[-1]))
                nearest[s] = min(gap, nearest.get(s, gap))
    return sum(wanted[s] / (2 + gap) for s, gap in nearest.items())


def _tokens(sentence: str) -> list[_Token]:
    found, at = [], 0
    for match in _WORD.finditer(sentence):
        if match.group() in ";；":
            at += _BREAK
        elif not match.group()[0].isalnum():
            at += _CLAUSE
        else:
            at += 1 + (
                _CLAUSE if match.group().casefold() in ("and", "while", "whereas", "but", "against") else 0
            )
            found.append(_Token(match.start(), at, read_line(match.group()).stems))
    return found


def _in_clause(question: Question, sentence: str, numbers: Sequence[Quantity]) -> Quantity | None:
    """Of what is said of several places, firms or kinds, the one number in the clause that has the one asked about."""
    asked = dict(question.dimensions)
    others = [one for one in find_dimensions(sentence) if one.name in asked and asked[one.name] != one.value]
    if len(numbers) < 2 or not others:
        return None
    edges = [0, *(gap.end() for gap in _PARTS.finditer(sentence)), len(sentence)]
    clauses = [(a, b) for a, b in pairwise(edges) if _names(sentence[a:b], question)]
    inside = [one for one in numbers for a, b in clauses if a <= one.start < b]
    return inside[0] if len(clauses) == 1 and len(inside) == 1 else None


def _names(clause: str, question: Question) -> bool:
    return bool({(one.name, one.value) for one in find_dimensions(clause)} & set(question.dimensions))


_PARTS = re.compile(r"[;；，]|,\s|\b(?:while|whereas|and|but)\b", re.I)


def _of_list(
    text: str, sentence: str, numbers: Sequence[Quantity], told: Sequence[Quantity]
) -> Sequence[Quantity]:
    """Of a list, "16 % for cobalt, 85 % for lead", those alone behind which the thing that was asked for stands."""
    dates = [(one.start, one.end) for one in find_periods(sentence, today=None)]
    listed = find_listed(sentence, [(one.start, one.end) for one in told], dates)
    wanted = _wanted(text)
    there = {at for at, one in listed.items() if wanted.keys() & set(read_line(one.what).stems)}
    return [one for one in numbers if one.start in there] if there else numbers


def _respectively(question: Question, sentence: str, numbers: Sequence[Quantity]) -> Quantity | None:
    """ "For 2024 and 2025 … 28% and 38%, respectively": the one in the place of the year that is asked."""
    start = question.periods[0].start if question.periods else None
    if start is None or len(numbers) < 2 or not _RESPECTIVELY.search(sentence, numbers[-1].end):
        return None
    told = [one.period for one in find_periods(sentence[: numbers[0].start], today=None) if one.period.start]
    years = [one.start.year for one in told[-len(numbers) :] if one.start]
    in_order = len(years) == len(numbers) and all(a < b for a, b in pairwise(years))
    return numbers[years.index(start.year)] if in_order and start.year in years else None
