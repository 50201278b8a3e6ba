"""What a sentence lacks of the number that was asked for: its kind, its metric, its period."""

from __future__ import annotations

import re

from bot.answers.said import AMOUNTS, Said, asks_figure
from bot.answers.terms import read_line, stem
from bot.questions.expected import find_amount
from index.language.catalogue import Metric
from index.language.dimensions import find_dimensions
from index.language.metrics import find_metrics
from index.language.periods import Period, find_periods
from index.language.quantities import find_quantities
from index.lookup.figures import read_within

_MONEY = r"[$€¥£]|\b(?:usd|eur|rmb|cny|yuan|euros?|dollars?|won|yen|price\w*|costs?|paid|cheap\w*)\b"
_TOLD_IN = {
    stem(noun): re.compile(pattern, re.IGNORECASE)
    for nouns, pattern in (
        ("price cost fee budget investment revenue turnover profit spending salary subsidy", _MONEY),
        ("range mileage", r"\b(?:km|kilomet\w+|miles?)\b"),
        ("density", r"\bwh/(?:kg|l)\b|watt-hours? per"),
        (
            "capacity output production volume",
            r"\b[gmk]wh\b|\b(?:tonnes?|tons)\b|\b(?:produc|mak|made|manufactur)\w*|\ba year\b",
        ),
        (
            "sales delivery export import registration",
            r"\b(?:sold|sell\w*|deliver\w*|register\w*|export\w*|import\w*|ship\w*)\b",
        ),
        ("share margin tariff", r"%|\bper ?cent\b"),
        ("weight", r"(?<!/)\b(?:kg|tonnes?)\b|\bweigh\w*\b"),
        ("speed", r"\b(?:km/h|mph)\b"),
        ("population headcount", r"\b(?:people|inhabitants|employ\w*|staff|workers)\b"),
    )
    for noun in nouns.split()
}
"""What tells an amount without its noun: "sells for $20,000" a price."""
_SHARE = re.compile(r"\b(?:share|percentage|proportion|per ?cent)\b|占比|份额|渗透率", re.IGNORECASE)
_RATE = re.compile(r"%|\bper ?cent|\bhalf\b|\bthird|\bquarter|百分之|成", re.IGNORECASE)


def lacks_amount(said: Said) -> bool:
    """Whether a sentence speaks of something else than the amount asked for: of an investment, for a capacity."""
    if (lasting := _LASTING.search(said.asked)) is not None and not _SPANS[lasting[1].casefold()].search(
        said.sentence
    ):
        return True
    measured = _HOW.search(said.asked)
    noun = find_amount(said.asked) or (_MEASURED[measured[1].casefold()] if measured else "")
    if not noun and said.question.expected == "how much" and (told := _DOES.search(said.asked)):
        noun = "weight" if told.group().casefold().startswith("weigh") else "cost"
    if not noun:
        return False
    hint = _TOLD_IN.get(stem(noun))
    if _is_of_other_part(said):
        return True
    return stem(noun) not in read_line(said.sentence).stems and not (hint and hint.search(said.sentence))


def _is_of_other_part(said: Said) -> bool:
    """Whether an amount of cells meets a sentence on packs alone, or the other way round."""
    asked, told = (
        {found.group().casefold().rstrip("s") for found in _PART.finditer(text)}
        for text in (said.asked, said.sentence)
    )
    return bool(asked and told) and not asked & told


_PART = re.compile(r"\b(?:cell|pack|module)s?\b|电芯|电池包|模组", re.IGNORECASE)
_LASTING = re.compile(r"\bhow (long|far)\b", re.IGNORECASE)
_SPANS = {
    "long": re.compile(
        r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|until|till|since|ever|always|forever)\b"
        r"|年|月|天|小时|分钟|至今",
        re.IGNORECASE,
    ),
    "far": re.compile(
        r"\b(?:km|kilomet\w+|miles?|met(?:re|er)s?|ahead|behind|away)\b|公里|里程", re.IGNORECASE
    ),
}
"""What tells how long, and how far."""
_DOES = re.compile(
    r"\b(?:costs?|earn(?:s|ed)?|pa(?:y|ys|id)|spen[dt]s?|invest(?:s|ed|ing)?|charges?|weighs?)\b",
    re.IGNORECASE,
)
"""Verbs whose object is money, or a weight."""
_MEASURED = {"heavy": "weight", "fast": "speed", "expensive": "price", "costly": "price", "dense": "density"}
_HOW = re.compile(rf"\bhow ({'|'.join(_MEASURED)})\b", re.IGNORECASE)


def lacks_number(said: Said) -> bool:
    """Whether an amount is asked for, and the sentence has no number but those of days and years."""
    question = said.question
    if _is_other_row(said):
        return True
    counts = question.expected in ("how many", "how much") and bool(find_amount(said.asked))
    if question.kind != "figure" or not (counts or asks_figure(question)):
        return False
    return not _has_number(_clause(said))


def _is_other_row(said: Said) -> bool:
    """Whether a count is asked for, and what was found is a row of a table that counts no such thing."""
    counted = _COUNTED.search(said.asked)
    if counted is None or said.question.metrics or said.sentence.rstrip().endswith((".", "!", "。")):
        return False
    if len(_NUMBERS.findall(said.sentence)) < _ROW:
        return False
    return stem(counted[1].casefold()) not in read_line(f"{said.around} {said.document}").stems


_COUNTED = re.compile(r"\bhow many (?:[a-z-]+ (?=[a-z]+s\b))?([a-z]{3,})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\d[\d.,]*")
_ROW = 2
"""Numbers of a row at the least."""


def _has_number(text: str) -> bool:
    dates = [(one.start, one.end) for one in find_periods(text, today=None)]
    return any(not any(start <= one.start < end for start, end in dates) for one in find_quantities(text))


def _clause(said: Said) -> str:
    """Of several things told one after the other ("A will invest 12; B 23; C in equipment") the one asked for."""
    asked = {(one.name, one.value) for one in find_dimensions(said.asked)}
    clauses = _PARTS.split(said.sentence)
    named = [one for one in clauses if {(found.name, found.value) for found in find_dimensions(one)} & asked]
    return named[0] if len(clauses) > 1 and len(named) == 1 else said.sentence


_PARTS = re.compile(r"[;；]\s*")


def is_of_several(said: Said) -> bool:
    """Whether an amount of one firm is asked for, and the sentence names it but among others that share a number."""
    if not asks_figure(said.question) or said.question.expected not in AMOUNTS:
        return False
    asked = {value for name, value in said.question.dimensions if name == "company"}
    firms = [one for one in find_dimensions(said.sentence) if one.name == "company"]
    runs: list[list[str]] = []
    for before, one in zip((None, *firms), firms, strict=False):
        if before is not None and _TOGETHER.fullmatch(said.sentence, before.end, one.start):
            runs[-1].append(one.value)
        else:
            runs.append([one.value])
    crowd = [run for run in runs if len(set(run)) > 1 and asked & set(run) and not set(run) <= asked]
    return bool(crowd) and not re.search(r"\brespectively\b|分别", said.sentence)


_TOGETHER = re.compile(r"\s*(?:,|、|，|&|/)\s*(?:and\s+)?|\s+(?:and|or)\s+|[和与及]", re.IGNORECASE)


def is_of_another_turn(said: Said) -> bool:
    """Whether the second phase is asked for, and the sentence tells of the first alone."""
    asked, told = (
        {(_TURNS[found["turn"].casefold()], found["noun"].casefold()) for found in _TURN.finditer(text)}
        | {(found["n"], found["kind"].casefold()) for found in _NUMBERED.finditer(text)}
        for text in (said.asked, said.sentence)
    )
    nouns = {noun for _, noun in asked}
    of_them = {one for one in told if one[1] in nouns}
    return bool(of_them) and not of_them & asked


_TURNS = {
    "first": "1",
    "1st": "1",
    "second": "2",
    "2nd": "2",
    "third": "3",
    "3rd": "3",
    "fourth": "4",
    "4th": "4",
}
_TURN = re.compile(
    rf"\b(?P<turn>{'|'.join(_TURNS)})\s+(?P<noun>phase|stage|step|line|plant|unit|site|factory|half|quarter)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?P<kind>phase|stage|step|line|unit)\s+(?P<n>[1-4])\b", re.IGNORECASE)


def lacks_share(said: Said) -> bool:
    """Whether a share is asked for, and the sentence has none."""
    asked = said.question.kind == "figure" and _SHARE.search(said.question.text) is not None
    return asked and _RATE.search(said.sentence) is None


def lacks_metric(said: Said) -> bool:
    """Whether a sentence has not the metric that is asked for of a place or a period."""
    if not asks_figure(said.question) or not said.question.metrics:
        return False
    catalogue = said.view.catalogue
    known = [metric for key in said.question.metrics if (metric := catalogue.get(key)) is not None]
    near = {key for metric in known for key in metric.near if not _is_whole_of(catalogue.get(key), metric)}
    wanted = {*said.question.metrics, *near}
    units = {
        metric.unit for metric in known if "/" in metric.unit and not re.match(r"[A-Z]{3}/", metric.unit)
    }
    if units & {one.unit for one in find_quantities(said.sentence)}:
        return False
    return not wanted & {one.key for one in find_metrics(said.sentence, catalogue)}


def _is_whole_of(near: Metric | None, metric: Metric) -> bool:
    """Whether a near metric counts all vehicles, of which only the electric ones are asked for."""
    return near is not None and near.objects == ("vehicle",) and metric.objects != near.objects


def lacks_year(said: Said) -> bool:
    """Whether the passage (of a mere phrase: the sentence) speaks of none of the years that a question names."""
    expected = said.question.expected
    if expected not in (*AMOUNTS, "what", "yes or no", ""):
        return False
    years = {str(period.start.year) for period in said.question.periods if period.start}
    text = f"{said.title} {said.passage.heading} {said.passage.text if expected else said.sentence}"
    return bool(years) and not any(year in text for year in years)


def lacks_period(said: Said) -> bool:
    """Whether a number of one period is asked for, and all the sentence's numbers are of others."""
    question = said.question
    if question.kind != "figure" or not question.periods or question.expected not in (*AMOUNTS, "what"):
        return False
    asked = [period for period in question.periods if period.start]
    end = said.start + len(said.sentence)
    figures = read_within(said.view, said.passage.document_id, [(said.start, end)])
    held = [one.period for one in figures if one.period.start]
    held += [one.base for one in figures if one.base and one.base.start]
    if not asked or not held:
        return False
    held += [found.period for found in find_periods(said.sentence, today=None) if found.period.start]
    return not any(_is_of(one, period) for one in held for period in asked)


def lacks_basis(said: Said) -> bool:
    """Whether a change on the month, quarter or year is asked for, and the sentence has changes on another."""
    end = said.start + len(said.sentence)
    asked = said.question.basis
    held = (
        {one.basis for one in read_within(said.view, said.passage.document_id, [(said.start, end)])}
        if asked
        else set()
    )
    return bool(held - {""}) and asked not in held


def lacks_month(said: Said) -> bool:
    """Whether a cause or a number is asked for of a month, and nothing near the sentence speaks of that month.

    For a cause that is its passage, for a number the sentence with its headings.
    """
    question = said.question
    months = {_month(one) for one in question.periods if one.grain == "month"}
    near = said.around
    if question.kind == "figure" and question.expected in AMOUNTS:
        near = f"{said.title} {said.passage.heading} {said.sentence}"
    elif question.expected != "why":
        return False
    return bool(months) and not months & {
        _month(one.period) for one in find_periods(near, today=None, year=2000)
    }


def _month(period: Period) -> int:
    return period.start.month if period.start else period.months[0] if period.months else 0


def _is_of(held: Period, asked: Period) -> bool:
    if held.start is None or held.end is None or asked.start is None or asked.end is None:
        return False
    if (held.start, held.end) == (asked.start, asked.end):
        return True
    return held.grain in ("point", "day", "week") and asked.start <= held.start < asked.end
