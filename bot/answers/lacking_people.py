"""What a sentence lacks of who was asked for: somebody, their office, what they do, their firm."""

from __future__ import annotations

import re

from bot.answers.said import Said
from bot.answers.terms import LIGHT, MONTHS, STOP, read_line, stem
from index.language.dimensions import find_dimensions


def speaks_of_another(said: Said) -> bool:
    """Whether "who" is asked of one firm and the sentence names only others."""
    if said.question.expected != "who":
        return False
    asked, named = (
        {one.value for one in find_dimensions(text) if one.name == "company"}
        for text in (said.asked, said.sentence)
    )
    return bool(asked and named and not asked & named)


def lacks_deed(said: Said) -> bool:
    """Whether "who leads …" meets a sentence in which nobody leads anything."""
    deed = _WHO_DOES.match(said.asked.strip())
    if said.question.expected != "who" or deed is None or deed["deed"].casefold() in STOP | LIGHT:
        return False
    return stem(deed["deed"].casefold()) not in read_line(said.sentence).stems


def lacks_anybody(said: Said) -> bool:
    """Whether "who" meets a sentence that names nobody but what was asked of, and places."""
    if said.question.expected != "who":
        return False
    line, asked = read_line(said.sentence), set(read_line(said.asked).stems)
    places = [one for one in find_dimensions(said.sentence) if one.name == "region"]
    if any(
        one.text.casefold() not in said.asked.casefold() and not _IN.search(said.sentence, 0, one.start)
        for one in places
    ):
        return False
    no_names = STOP | LIGHT | MONTHS | {word for one in places for word in read_line(one.text).words}
    firms = [one for one in find_dimensions(said.sentence) if one.name == "company"]
    named = [line.words[place] for place in line.names if line.words[place - 1] not in _AT]
    named += [word for one in firms for word in read_line(one.text).words]
    deed = _WHO_DOES.match(said.asked.strip())
    doing = stem(deed["deed"].casefold()) if deed else ""
    named += [line.words[n - 1] for n, one in enumerate(line.stems) if n and one == doing]
    return all(word in no_names or stem(word) in asked for word in named)


_AT = frozenset(("in", "at", "from", "near"))
_IN = re.compile(r"\b(?:in|at|from|near|of)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a place that nobody acts by."""
_WHO_DOES = re.compile(r"who(?:\s+(?:has|have|had|will|also|else))*\s+(?P<deed>[a-z]+)\b", re.IGNORECASE)


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
