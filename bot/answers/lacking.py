"""What a sentence lacks of what was asked, in doubts: places, names, words, the way that a number went."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from bot.answers.lacking_numbers import (
    is_of_another_turn,
    is_of_several,
    lacks_amount,
    lacks_basis,
    lacks_metric,
    lacks_month,
    lacks_number,
    lacks_period,
    lacks_share,
    lacks_year,
)
from bot.answers.lacking_people import (
    lacks_anybody,
    lacks_deed,
    lacks_office,
    lacks_place,
    lacks_saying,
    speaks_of_another,
)
from bot.answers.said import AMOUNTS, ROW, Said, asks_figure
from bot.answers.terms import LIGHT, MONTHS, STOP, read_line, stem
from index.language.dimensions import find_dimensions
from index.language.english import english_words
from index.lookup.series import is_whole
from index.lookup.terms import find_terms
from index.reader import View

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


def lacking(said: Said) -> dict[str, int]:
    """What a sentence lacks of what was asked, each with how much it weighs in doubts of `confidence.doubted`."""
    places = lacks_values(said) * (3 if asks_figure(said.question) else 1)
    doubts = {
        "a place, a firm or a kind": places,
        "a value that tables have": 3 * lacks_own_values(said),
        "a name": 3 * lacks_names(said),
        "the amount": 3 * lacks_amount(said),
        "the year": int(lacks_year(said)),
        "the metric": 2 * lacks_metric(said),
        "the firm that was asked of": 2 * speaks_of_another(said),
        "a number of its own": 3 * is_of_several(said),
        "the phase": 3 * is_of_another_turn(said),
        "a share": 3 * lacks_share(said),
        "the period": 3 * lacks_period(said),
        "the month": 2 * lacks_month(said),
        "the period that it is compared with": 3 * lacks_basis(said),
        "a number": 2 * lacks_number(said),
        "the way that it went": 3 * went_otherwise(said),
        "the quality that is compared": 2 * lacks_quality(said),
        "the office": 3 * lacks_office(said),
        "the main one": 2 * is_another_reason(said),
        "what was done": int(lacks_deed(said)),
        "what was said": 3 * lacks_saying(said),
        "where": 2 * lacks_place(said),
        "somebody": 2 * lacks_anybody(said),
        "words of the question": 2 * lacks_words(said),
    }
    return {name: weight for name, weight in doubts.items() if weight}


_SCOPE = ("region", "company", "chemistry", "mineral")
_KINDS = ("powertrain", "vehicle", "mode", "technology")


def lacks_values(said: Said) -> int:
    """How many regions, firms and chemistries of the question the passage (of an amount: the sentence) does not have.

    Where the sentence has another in its place it counts thrice, where the passage has just one other in a document
    that has not what was asked, twice; a drive or a kind of vehicle counts only where the sentence has another.
    A number of all drives is none of one.
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
    told = asks_figure(said.question)
    weights = {name: 3 if name in beside else 2 if name in around else 1 for name in _SCOPE}
    weights |= {name: 3 if name in beside else int(told and name in _TOLD) for name in _KINDS}
    return sum(weights[name] for name in missing)


def lacks_own_values(said: Said) -> bool:
    """Whether a value that only tables name, "Delhi" of a column of states, stands nowhere near the sentence."""
    general = {name for name, _ in _pairs(said.asked)}
    own = [value for name, value in said.question.dimensions if name not in general]
    if not own or not said.question.periods:
        return False
    near = said.sentence if said.question.expected in AMOUNTS else said.passage.text
    held = set(find_terms(f"{said.whose} {said.passage.heading} {near}"))
    return any(not held.intersection(find_terms(value)) for value in own)


_TOLD = ("powertrain", "technology")
"""Kinds that a sentence with their number names."""


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
    """How many names of the question stand nowhere around the sentence, and are not whose text it is.

    Another firm's number is no answer.
    """
    line = read_line(said.around)
    known = {*line.stems, *line.words}
    missing = [name for name in said.names if not _is_near(name, known)]
    if missing:
        line = read_line(said.whose)
        known = {*line.stems, *line.words}
    return sum(not _is_near(name, known) for name in missing)


def find_names(text: str, view: View) -> tuple[str, ...]:
    """The words of a question that are names: no English words, no part of a metric, and always written as one."""
    english, plain = english_words(), view.catalogue.plain_words
    return tuple(
        word
        for word in dict.fromkeys(read_line(text).words)
        if len(word) > 3
        and word.isascii()
        and word.isalpha()
        and not (word in STOP or word in LIGHT or word in MONTHS or word in plain)
        and stem(word) not in english
        and _is_name(word, view)
    )


def _is_name(word: str, view: View) -> bool:
    """Whether nothing that is held has the word, or all of it with a capital."""
    if not view.retriever.knows(word):
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


def lacks_words(said: Said) -> int:
    """How many words of the question a table's row has neither in its cells nor in its table's title."""
    if not ROW.search(said.sentence):
        return 0
    held = set(read_line(f"{said.title} {said.sentence}").stems)
    line = read_line(said.asked)
    asked = {
        s
        for s, word in zip(line.stems, line.words, strict=True)
        if word not in STOP | LIGHT | MONTHS | _PLAIN
    }
    return len({one for one in asked - held if not one[0].isdigit()})


_PLAIN = frozenset(
    ("come", "comes", "came", "take", "takes", "took", "become", "stand", "apply", "applies", "run", "runs")
)
"""Verbs that a table's cells do without."""


def went_otherwise(said: Said) -> bool:
    """Whether "why did it rise" meets a sentence on what fell: the way nearest to the words that were asked for,
    or neither a way nor a reason."""
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
    if not ways:
        return not (asked and read_line(said.sentence).reason)
    if not asked:
        return False
    nearest = min(ways, key=lambda way: min(abs(way[1] - start) for start, _ in asked))
    return nearest[0] != ("up" if up else "down")


def lacks_quality(said: Said) -> bool:
    """Whether "is it cheaper?" meets a sentence that speaks of no price."""
    if said.question.expected != "yes or no":
        return False
    compared = [form for word, form in _QUALITIES.items() if re.search(rf"\b{word}\b", said.asked, re.I)]
    return bool(compared) and not any(re.search(form, said.sentence, re.I) for form in compared)


def is_another_reason(said: Said) -> bool:
    """Whether the main or first reason is asked for, and the sentence tells the second or a further one."""
    return _MAIN.search(said.asked) is not None and _FURTHER.search(said.sentence) is not None


_MAIN = re.compile(
    r"\b(?:main|first|biggest|primary|chief|key|top)\s+(?:reasons?|causes?|drivers?|problems?|risks?|obstacles?)\b",
    re.I,
)
_FURTHER = re.compile(
    r"\b(?:second|third|fourth|another|further|other|last)\s+(?:\w+\s+)?(?:reason|cause|driver|problem|risk|obstacle)",
    re.I,
)
_QUALITIES = {
    "(?:cheap|dear)(?:er|est)?": r"cheap|cost|price|afford|dear|expens|econom|[$€¥]",
    "(?:saf|risk)(?:er|est|ier|e)": r"\bsaf|\brisk|\bfire|hazard|danger",
    "(?:fast|slow|quick)(?:er|est)?": r"fast|slow|quick|speed|rapid|minute|hour",
    "(?:heav|light)(?:ier|er|iest|est)": r"heav|light|weigh|\bkg\b",
    "dens(?:er|est)": r"dens",
    "(?:clean|green)(?:er|est)": r"clean|green|emission|carbon|co2",
}
"""Qualities that are compared, each with what speaks of it."""


def _content(said: Said) -> list[str]:
    """The words of the question that say what rose or fell."""
    ways = {
        word
        for form in (_UP, _DOWN)
        for word in (found.group().casefold() for found in form.finditer(said.asked))
    }
    words = re.findall(r"[A-Za-z]{4,}", said.asked)
    other = ways | STOP | MONTHS | LIGHT | set(said.names)
    return [word[:6] for word in words if word.casefold() not in other]
