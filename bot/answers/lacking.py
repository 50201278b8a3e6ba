"""What a sentence lacks of what was asked: a place, a name, a year, the amount, the way that it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from bot.answers.ranker import common_words
from bot.answers.terms import LIGHT, MONTHS, STOP, read_line, stem
from bot.questions import Question
from bot.questions.expected import find_amount
from index.language.dimensions import find_dimensions
from index.language.metrics import find_metrics
from index.language.periods import Period, find_periods
from index.language.quantities import find_quantities
from index.lookup.figures import read_within
from index.lookup.series import is_whole
from index.passages import Passage
from index.reader import View

AMOUNTS = ("", "how many", "how much")
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
        ("weight", r"\b(?:kg|tonnes?|weigh\w*)\b"),
        ("speed", r"\b(?:km/h|mph)\b"),
        ("population headcount", r"\b(?:people|inhabitants|employ\w*|staff|workers)\b"),
    )
    for noun in nouns.split()
}
"""What tells an amount without its noun: "sells for $20,000" a price."""
ROW = re.compile(r"^[^|]+: [^|]+ \| [^|]+: ")
"""A row of a table in words: what the other rows say is not said of it."""
_SHARE = re.compile(r"\b(?:share|percentage|proportion|per ?cent)\b|占比|份额|渗透率", re.IGNORECASE)
_RATE = re.compile(r"%|\bper ?cent|\bhalf\b|\bthird|\bquarter|百分之|成", re.IGNORECASE)
_UP = re.compile(
    r"\b(?:rise[sn]?|rose|rising|raise[sd]?|raising|increas\w+|grow\w*|grew|up|higher|climb\w*|gain\w*|jump\w*|surg\w+"
    r"|improv\w+|dearer|expand\w*)\b|上升|上涨|增长|提高|增加",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|cut(?:s|ting)?|lower(?:s|ed|ing)?|drop\w*|declin\w+|decreas\w+|down|reduc\w+|slump\w*|plung\w+"
    r"|shr[aiu]nk\w*|cheaper|worsen\w*)\b|下降|下跌|下滑|降低|减少|下调",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Said:
    """A sentence with what stands around it."""

    question: Question
    sentence: str
    start: int
    """Where it stands in its document."""
    passage: Passage
    title: str
    document: str
    """What else was found of its document."""
    names: tuple[str, ...]
    """Those of the question, from `find_names`."""
    view: View

    @property
    def asked(self) -> str:
        return self.question.query or self.question.text

    @cached_property
    def around(self) -> str:
        """The title, the headings and the passage."""
        return f"{self.title} {self.passage.heading} {self.passage.text}"


def lacking(said: Said) -> int:
    """How much a sentence lacks of what was asked, in doubts of `confidence.doubted`."""
    places = lacks_values(said)
    if asks_figure(said.question):
        places *= 3
    return (
        places
        + 3 * lacks_names(said)
        + 2 * lacks_amount(said)
        + lacks_year(said)
        + 2 * (lacks_metric(said) or speaks_of_another(said))
        + 3 * (lacks_period(said) or lacks_share(said))
        + 3 * went_otherwise(said)
        + 2 * lacks_month(said)
        + 3 * lacks_office(said)
        + 2 * lacks_number(said)
        + 2 * lacks_words(said)
    )


def asks_figure(question: Question) -> bool:
    """Whether nothing but a number of a metric answers: of a period, or "how much"."""
    dated = bool(question.periods) or question.expected in ("how much", "how many")
    return question.kind == "figure" and bool(question.metrics) and dated


_SCOPE = ("region", "company", "chemistry")
_KINDS = ("powertrain", "vehicle", "mode", "technology")


def lacks_values(said: Said) -> int:
    """How many regions, firms and chemistries of the question the passage (of an amount: the sentence) does not have.

    Where the sentence has another in its place it counts thrice, where the passage has just one other in a document
    that has not what was asked, twice; a drive or a kind of vehicle counts only where the sentence has another.
    """
    asked = _pairs(said.asked)
    if not asked:
        return 0
    near = said.sentence if said.question.expected in AMOUNTS else said.passage.text
    text = f"{said.title} {said.passage.heading} {near}"
    held = _pairs(text)
    there = {name for name, _ in asked & held}
    beside = _named(said.sentence).keys() - there
    around = {name for name, values in _named(said.passage.text).items() if len(values) == 1} - there
    around -= {name for name, _ in asked & _pairs(said.document)}
    missing = [name for name, value in asked - held if name in (*_SCOPE, *_KINDS)]
    return sum(
        3 if name in beside else 0 if name in _KINDS else 2 if name in around else 1 for name in missing
    )


def _pairs(text: str) -> set[tuple[str, str]]:
    return {(found.name, found.value) for found in find_dimensions(text)}


def _named(text: str) -> dict[str, set[str]]:
    """The values of each dimension that a text names, not the whole."""
    named: dict[str, set[str]] = {}
    for found in find_dimensions(text):
        if not is_whole(found.value):
            named.setdefault(found.name, set()).add(found.value)
    return named


def lacks_names(said: Said) -> int:
    """How many names of the question stand nowhere around the sentence: another firm's number is no answer."""
    line = read_line(said.around)
    known = {*line.stems, *line.words}
    return sum(not _is_near(name, known) for name in said.names)


def find_names(text: str, view: View) -> tuple[str, ...]:
    """The words of a question that are names: rare in English, no part of a metric, and always written as one."""
    common, plain = common_words(), view.catalogue.plain_words
    return tuple(
        word
        for word in dict.fromkeys(read_line(text).words)
        if len(word) > 3
        and word.isascii()
        and word.isalpha()
        and not (word in STOP or word in LIGHT or word in MONTHS or word in plain)
        and stem(word) not in common
        and _is_name(word, view)
    )


def _is_name(word: str, view: View) -> bool:
    """Whether nothing that is held has the word, or all of it with a capital."""
    if not view.index.retriever.knows(word):
        return True
    form = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    written = [
        found.group() for hit in view.search(word, k=_ENOUGH) for found in form.finditer(hit.passage.text)
    ]
    return bool(written) and all(one[0].isupper() for one in written)


_ENOUGH = 5
"""Passages that show how a word is written."""


def _is_near(word: str, known: set[str]) -> bool:
    most = 2 if len(word) >= 8 else 1
    return stem(word) in known or any(
        abs(len(other) - len(word)) <= most and OSA.distance(word, other, score_cutoff=most) <= most
        for other in known
    )


def lacks_amount(said: Said) -> bool:
    """Whether a sentence speaks of something else than the amount asked for: of an investment, for a capacity."""
    noun = find_amount(said.asked)
    if not noun:
        return False
    hint = _TOLD_IN.get(stem(noun))
    return stem(noun) not in read_line(said.sentence).stems and not (hint and hint.search(said.sentence))


def lacks_number(said: Said) -> bool:
    """Whether an amount is asked for, and the sentence has no number but those of days and years."""
    question = said.question
    counts = bool(question.metrics) or bool(find_amount(said.asked))
    if question.kind != "figure" or question.expected not in ("how many", "how much") or not counts:
        return False
    dates = [(one.start, one.end) for one in find_periods(said.sentence, today=None)]
    return not any(
        not any(start <= one.start < end for start, end in dates) for one in find_quantities(said.sentence)
    )


def lacks_share(said: Said) -> bool:
    """Whether a share is asked for, and the sentence has none."""
    asked = said.question.kind == "figure" and _SHARE.search(said.question.text) is not None
    return asked and _RATE.search(said.sentence) is None


def lacks_metric(said: Said) -> bool:
    """Whether a sentence has not the metric that is asked for of a place or a period."""
    if not asks_figure(said.question):
        return False
    catalogue = said.view.catalogue
    known = [metric for key in said.question.metrics if (metric := catalogue.get(key)) is not None]
    wanted = {*said.question.metrics, *(near for metric in known for near in metric.near)}
    return not wanted & {one.key for one in find_metrics(said.sentence, catalogue)}


def speaks_of_another(said: Said) -> bool:
    """Whether "who" is asked of one firm and the sentence names only others."""
    if said.question.expected != "who":
        return False
    asked, named = (
        {one.value for one in find_dimensions(text) if one.name == "company"}
        for text in (said.asked, said.sentence)
    )
    return bool(asked and named and not asked & named)


def lacks_words(said: Said) -> int:
    """How many words of the question a table's row has neither in its cells nor in its table's title."""
    if not ROW.search(said.sentence):
        return 0
    held = set(read_line(f"{said.title} {said.sentence}").stems)
    line = read_line(said.asked)
    asked = {s for s, word in zip(line.stems, line.words, strict=True) if word not in STOP | LIGHT | MONTHS}
    return len({one for one in asked - held if not one[0].isdigit()})


_OFFICE = re.compile(
    r"\bc(?P<letter>[eftom])o\b|\bchief\s+(?P<word>executive|financ\w+|technol\w+|operat\w+|market\w+)",
    re.IGNORECASE,
)


def lacks_office(said: Said) -> bool:
    """Whether one chief officer is asked for, and the sentence names only others, or none."""
    asked = {_office(found) for found in _OFFICE.finditer(said.question.text)}
    return bool(asked) and not asked & {_office(found) for found in _OFFICE.finditer(said.sentence)}


def _office(found: re.Match[str]) -> str:
    return (found["letter"] or found["word"][0]).casefold()


def lacks_year(said: Said) -> bool:
    """Whether the passage (of a mere phrase: the sentence) speaks of none of the years that a question names."""
    expected = said.question.expected
    if expected not in (*AMOUNTS, "what", "yes or no", ""):
        return False
    years = {str(period.start.year) for period in said.question.periods if period.start}
    text = f"{said.passage.heading} {said.passage.text if expected else said.sentence}"
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


def went_otherwise(said: Said) -> bool:
    """Whether "why did it rise" meets a sentence on what fell: the way nearest to the words that were asked for."""
    if said.question.expected != "why":
        return False
    up, down = _UP.search(said.asked), _DOWN.search(said.asked)
    if (up is None) == (down is None):
        return False
    asked = [
        m.span() for s in _content(said) for m in re.finditer(rf"\b{re.escape(s)}\w*", said.sentence, re.I)
    ]
    ways = [
        (way, found.start())
        for way, form in (("up", _UP), ("down", _DOWN))
        for found in form.finditer(said.sentence)
    ]
    if not ways or not asked:
        return False
    nearest = min(ways, key=lambda way: min(abs(way[1] - start) for start, _ in asked))
    return nearest[0] != ("up" if up else "down")


def _content(said: Said) -> list[str]:
    """The words of the question that say what rose or fell."""
    ways = {
        word
        for form in (_UP, _DOWN)
        for word in (found.group().casefold() for found in form.finditer(said.asked))
    }
    words = re.findall(r"[A-Za-z]{4,}", said.asked)
    return [word[:6] for word in words if word.casefold() not in ways | STOP | MONTHS | LIGHT]
