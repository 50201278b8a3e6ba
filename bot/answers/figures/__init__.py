"""Answers from figures: declared templates, each a pattern of slots, a lookup and its wording."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.answers import Answer
from bot.answers.figures.absent import only_nearest
from bot.answers.figures.averaged import answer_against_average, answer_average
from bot.answers.figures.change import answer_change, answer_within
from bot.answers.figures.comparison import answer_comparison
from bot.answers.figures.extremes import answer_extreme, answer_first_above
from bot.answers.figures.growth import answer_base, answer_cagr
from bot.answers.figures.pairs import answer_difference, answer_ratio, answer_share
from bot.answers.figures.ranking import answer_ranking, answer_sum
from bot.answers.figures.series import answer_series
from bot.answers.figures.stands_for import answer_number
from bot.answers.figures.value import answer_value
from bot.answers.figures.verdict import with_verdict
from bot.answers.figures.wanted import Ask
from bot.questions import Operation, Question
from bot.questions.measured import find_bare_measures
from bot.questions.shortened import spell_out
from index.language.numerals import find_numbers
from index.lookup.terms import find_terms
from index.reader import View


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of figure question, and what answers it."""

    name: str
    operations: tuple[Operation, ...]
    answer: Callable[[Ask], Answer | None]


TEMPLATES = (
    Template("first above", ("first above",), answer_first_above),
    Template("ranking", ("rank",), answer_ranking),
    Template("extreme", ("max", "min"), answer_extreme),
    Template("base", ("base",), answer_base),
    Template("cagr", ("cagr",), answer_cagr),
    Template("against average", ("against average",), answer_against_average),
    Template("ratio", ("ratio",), answer_ratio),
    Template("share", ("share",), answer_share),
    Template("difference", ("difference",), answer_difference),
    Template("average", ("average",), answer_average),
    Template("series", ("series",), answer_series),
    Template("comparison", ("compare",), answer_comparison),
    Template("change", ("change",), answer_change),
    Template("sum", ("sum",), answer_sum),
    Template("within", ("value",), answer_within),
    Template("value", ("value", "latest", "compare", "share", "sum", "average"), answer_value),
)
"""In the order in which they are tried."""


def answer_figures(question: Question, view: View, today: date) -> Answer | None:
    """The answer from figures; None where no series has what the question asks for."""
    ask = Ask(question, view, today)
    ranked = question.over and question.unit
    if not (question.metrics or question.words or question.dimensions or ranked):
        return None
    number = answer_number(ask)
    if number is not None:
        return replace(number, question=replace(question, kind="figure"))
    answer = _answer(ask)
    firms = _of_firm(question, view) if answer is None else None
    if firms is not None:
        view.step(f"read as {firms.metrics[0]}, which a firm's {' '.join(question.words)} may be")
        answer = _answer(Ask(firms, view, today))
    return answer


def _answer(ask: Ask) -> Answer | None:
    question = ask.question
    for template in TEMPLATES:
        if question.operation in template.operations:
            answer = template.answer(ask)
            ask.view.step(f"template {template.name}: {answer.kind if answer else 'does not fit'}")
            if answer is not None and not _echoes(question, answer) and not _is_by_another(question, answer):
                answer = only_nearest(question, answer, ask.view.catalogue)
                return with_verdict(question, replace(answer, question=_as_answered(question, answer)))
    return None


def _echoes(question: Question, answer: Answer) -> bool:
    """Whether "how many are 150 kW or more" would get its own 150 back."""
    if answer.kind != "value" or answer.value is None or question.expected not in ("how many", "how much"):
        return False
    return answer.value in {one.value for one in find_numbers(question.text)} and answer.value >= _TEN


_TEN = 10


def _is_by_another(question: Question, answer: Answer) -> bool:
    """Whether an amount "per pack" is asked for, and what is held is by something else: by the kWh."""
    asked = _PER.search(question.text)
    by = answer.unit.partition("/")[2].casefold()
    return answer.kind == "value" and asked is not None and bool(by) and by not in _BY[asked[1].casefold()]


_BY = {
    "pack": ("pack",), "cell": ("cell",), "vehicle": ("vehicle", "car"), "car": ("vehicle", "car"), "kwh": ("kwh",),
    "kilowatt hour": ("kwh",), "km": ("km",), "share": ("share",), "kg": ("kg",), "kilo": ("kg",),
    "tonne": ("t", "tonne"), "ton": ("t", "tonne", "ton"),
}  # fmt: skip
_PER = re.compile(rf"\bper ({'|'.join(_BY)})\b", re.I)


def _as_answered(question: Question, answer: Answer) -> Question:
    """The question with the year that its month was answered for, so that "and year on year?" is of that year."""
    asked = question.periods
    told = answer.figures[0].period if answer.figures else None
    if len(asked) == 1 and asked[0].start is None and asked[0].months and told and told.start:
        asked = (told,)
    return replace(question, kind="figure", periods=asked)


def _of_firm(question: Question, view: View) -> Question | None:
    """ "VinFast deliveries": what a firm sold or made, without a word for what, is taken to be vehicles."""
    names = {name for name, _ in question.dimensions}
    if question.metrics or not names & {"company", "model"}:
        return None
    text = spell_out(question.read_as or question.text)
    for measure, said in find_bare_measures(text, view.catalogue, verbs=question.operation == "compare"):
        key = view.catalogue.composed(measure, "vehicle")
        if key and measure in ("sales", "production", "exports"):
            left = tuple(word for word in question.words if word not in find_terms(said))
            return replace(question, metrics=(key,), words=left)
    return None
