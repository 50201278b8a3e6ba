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
    deed = _WHO_DOES.match(said.asked.strip()) or _WHICH_DOES.match(said.asked.strip())
    if said.question.expected != "who" or deed is None or deed["deed"].casefold() in STOP | LIGHT | _PLAIN:
        return False
    done = stem(deed["deed"].casefold())
    if "\t" in said.sentence:
        return not any(one[:_HEAD] == done[:_HEAD] for one in read_line(said.around).stems)
    stems = read_line(said.sentence).stems
    return done not in stems and _DOERS.get(done, "") not in stems


_DOERS = {
    stem(verb): stem(noun)
    for verb, noun in (
        ("owns", "owner"),
        ("supplies", "supplier"),
        ("runs", "operator"),
        ("operates", "operator"),
        ("makes", "maker"),
        ("writes", "author"),
        ("builds", "builder"),
    )
}
"""Who does it by their noun: "its owner, Talos"."""
_HEAD = 5
"""Letters that a column's head and a verb share: "Cell supplier" of who supplies."""


def lacks_anybody(said: Said) -> bool:
    """Whether "who" meets a sentence that names nobody but what was asked of, and places."""
    if said.question.expected != "who":
        return False
    if _HAN_PERSON.search(said.sentence):
        return False
    line, asked = read_line(said.sentence), set(read_line(said.asked).stems)
    places = [one for one in find_dimensions(said.sentence) if one.name == "region"]
    if not _FIRMS.search(said.asked) and any(
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


_HAN_PERSON = re.compile(
    r"(?:董事长|总经理|总裁|院士|教授|研究员|主任|创始人|首席\w{2,4}|负责人|秘书长|会长|部长)[\u4e00-\u9fff]{2,3}"
    r"|[\u4e00-\u9fff]{2,3}(?:表示|认为|指出|介绍)"
)
"""A person in Chinese, by office or by what they say."""
_FIRMS = re.compile(
    r"\b(?:which|what) (?:\w+ )?(?:compan(?:y|ies)|firms?|\w*makers?|manufacturers?|suppliers?)\b",
    re.IGNORECASE,
)
"""Asked for firms, a country is nobody."""
_AT = frozenset(("in", "at", "from", "near"))
_IN = re.compile(r"\b(?:in|at|from|near|of)\s+(?:the\s+)?$", re.IGNORECASE)
"""Before a place that nobody acts by."""
_WHO_DOES = re.compile(r"who(?:\s+(?:has|have|had|will|also|else))*\s+(?P<deed>[a-z]+)\b", re.IGNORECASE)


def lacks_saying(said: Said) -> bool:
    """Whether what somebody said is asked for, and the sentence only names them: nothing in it is said, by anybody."""
    return said.question.expected == "says" and _SAYS.search(said.sentence) is None


_SAYS = re.compile(
    r"[\"“”]|\b(?:sa(?:y|ys|id|ying)|th(?:ink\w*|ought)|believ\w+|argu\w+|claim\w*|expect\w*|predict\w*|forecast\w*"
    r"|warn\w*|recommend\w*|advi[cs]e\w*|suggest\w*|stress\w*|emphasi[sz]\w+|point(?:s|ed)? out|not(?:es|ed)"
    r"|add(?:s|ed)|call(?:s|ed)|conclud\w+|estimat\w+|see[ns]?|saw|view\w*|opinion|according|show\w*|f(?:inds?|ound)|report\w*"
    r"|t(?:old|ells?)|rat(?:es?|ed)|puts?|want\w*|hope\w*|doubt\w*|regard\w*|consider\w*|describ\w+|judg\w+|critici\w+|welcom\w+|urg\w+"
    r"|oppos\w+|support\w*|favou?r\w*|must|should|ought|need\w*|will|would)\b|表示|认为|指出|说|称|预计|建议|应",
    re.IGNORECASE,
)


def lacks_place(said: Said) -> bool:
    """Whether "where" meets a sentence in which nothing is in, at, near or from a place."""
    return _WHERE.search(said.asked) is not None and _IN_PLACE.search(said.sentence) is None


_WHERE = re.compile(r"\bwhere\b(?! (?:are|is|do|does|did) .*\bon\b)", re.IGNORECASE)
_IN_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|outside|across|into|inside) (?:the |its |their |an? )?[\w-]*[A-Z]|在|位于|[省市县区]"
)


_WHICH_DOES = re.compile(
    r"(?:which|what) (?:\w+ ){0,2}?(?:compan(?:y|ies)|firms?|\w*makers?|suppliers?|people|persons?|experts?"
    r"|institutes?|funds?|banks?)(?:\s+(?:has|have|had|will|also|else))*\s+(?P<deed>[a-z]+)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    ("gave", "gives", "made", "makes", "make", "held", "came", "comes", "come", "took", "takes", "take")
)
"""Verbs that another one of the sentence may stand for: who gave a report prepared it."""


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
