"""The short answer that a sentence states: a date, a name, a number, yes or no. None where it does not plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.asked import Asked
from bot.answers.terms import NEGATIONS, STOP, read_line, set_of, stem
from bot.answers.wording import Language, tell
from index.language.dimensions import find_dimensions

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    r"(?:\b(?:[Nn]ot|[Nn]ever|[Nn]o (?:earlier|later|sooner) than) )?"
    rf"(?:\b(?:after|by|before|since|from|until|around|about|early|late|mid|(?:the )?end of|in)[ -])?\b(?:"
    rf"{_DAY}(?: of)? {_MONTH}(?:,? \d{{4}})?|{_MONTH} {_DAY}(?:,? \d{{4}})?|{_MONTH}(?: \d{{4}})?"
    r"|(?:the )?(?:first|second) half of (?:19|20)\d\d|Q[1-4] (?:19|20)\d\d"
    r"|(?:19|20)\d\d(?:s)?(?:[–-](?:19|20)?\d\d)?)\b"
    r"|(?:20|19)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?",
)
_NAME = re.compile(
    r"\b(?:[A-Z][\w&.’'-]*[\w’']|[A-Z])"
    r"(?:(?: of the| of| for| and the| and| the|,)? (?:[A-Z][\w&.’'-]*[\w’']|[A-Z]\b))*"
)
_OPENERS = set_of(
    "the a an in on at to this that these those it its however but and as for from with while when after before if "
    "our we i "
    "they he she his her their there most many some all both each academician professor researcher dr mr mrs ms to"
)
_NUMBER = re.compile(
    r"\b(?:\d[\d,.]*(?:\s?(?:million|billion|thousand))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"dozens|hundreds|thousands)\b",
    re.IGNORECASE,
)
_OPPOSITES = (
    ("public", "closed", "private", "secret", "confidential"), ("increase", "decrease", "decline", "fall", "drop"),
    ("ahead", "behind", "backward"), ("open", "shut", "close"), ("start", "stop", "end"), ("buy", "sell"),
    ("join", "leave"), ("expensive", "cheap"), ("above", "below"), ("success", "failure"),
)  # fmt: skip
_TURNS = {
    "public": "closed-door", "open": "closed-door", "private": "public", "ahead": "behind", "behind": "ahead lead",
    "backward": "ahead", "rise": "fall", "rose": "fell", "grow": "shrink", "increase": "decrease", "fall": "rise",
    "fell": "rose", "decrease": "increase", "cheaper": "dearer", "dearer": "cheaper", "safer": "riskier",
    "mature": "immature", "begun": "not yet begun", "started": "not yet begun",
}  # fmt: skip
_MANY = set_of(
    "companies firms makers carmakers automakers manufacturers suppliers institutes universities organisations"
)
"""Asked for several of these, one name is no answer."""
_CLOSE = 0.8


def short_answer(asked: Asked, sentence: str, language: Language) -> str:
    """What the sentence answers in a few words, verbatim but for yes and no; "" where it doesn't plainly."""
    if asked.expected == "when":
        return _nearest(asked, sentence, _dates(sentence))
    if asked.expected == "how many":
        return _counted(asked, sentence)
    if asked.expected == "who":
        if _MANY & frozenset(asked.line.words):
            return ""
        names = list(_names(asked, sentence))
        return names[0] if len(names) == 1 and _does(asked, sentence, names[0]) else ""
    if asked.expected == "yes or no":
        return _yes_or_no(asked, sentence, language)
    return ""


def _dates(sentence: str) -> Iterator[tuple[int, str]]:
    for found in _DATE.finditer(sentence):
        yield found.start(), found.group()


def _nearest(asked: Asked, sentence: str, spots: Iterator[tuple[int, str]]) -> str:
    """The one that stands nearest to the words asked, and that the question does not say itself."""
    own = frozenset(asked.line.words)
    at = [m.start() for m in re.finditer(r"\w+", sentence) if stem(m.group().casefold()) in asked.weights]
    fresh = [(start, text) for start, text in spots if not own.issuperset(read_line(text).words)]
    if not fresh:
        return ""
    return min(fresh, key=lambda spot: (sum(abs(spot[0] - place) for place in at), spot[0]))[1]


def _counted(asked: Asked, sentence: str) -> str:
    """The number that stands before what is counted; of several none, for each may be of another time or kind."""
    dates = [found.span() for found in _DATE.finditer(sentence)]
    numbers = [
        found
        for found in _NUMBER.finditer(sentence)
        if found.group().casefold().rstrip(".,") not in asked.line.words
        and not any(start <= found.start() < end for start, end in dates)
    ]
    digits = [found for found in numbers if found.group()[0].isdigit()]
    for found in numbers:
        after = read_line(sentence[found.end() : found.end() + 60]).stems[:3]
        if asked.focus and asked.focus in after and len(digits) <= 1:
            return found.group()
    return ""


def _names(asked: Asked, sentence: str) -> Iterator[str]:
    """Names that the question does not hold, without the words that only open the sentence."""
    own = frozenset(asked.line.stems)
    for found in _NAME.finditer(sentence):
        words = found.group().split()
        while words and words[0].casefold() in _OPENERS:
            words = words[1:]
        name = " ".join(words)
        if name and name in sentence and not own & frozenset(read_line(name).stems) and not name.isupper():
            yield name


def _does(asked: Asked, sentence: str, name: str) -> bool:
    """Whether the sentence says of this name what is asked: "NAME founded …", "founded by NAME", "NAME, head of …"."""
    start = sentence.index(name)
    verb = asked.stems[0] if asked.stems else ""
    after = read_line(sentence[start + len(name) :]).stems[:_NEXT]
    before = read_line(sentence[:start])
    by = bool(before.words) and (before.words[-1] == "by" or before.words[-2:] == ("by", "the"))
    opens = not sentence[:start].strip() or sentence[:start].rstrip()[-1] in _OPENS
    opens = opens or bool(before.words and before.words[-1] in _OPENERS)
    return (opens and verb in after) or (by and verb in before.stems[-_NEAR:])


_OPENS = ',;:(“"—–'
_NEXT, _NEAR = 3, 6


def _yes_or_no(asked: Asked, sentence: str, language: Language) -> str:
    """Yes where the sentence says what is asked, no where it says the opposite."""
    line = read_line(sentence)
    said = frozenset(line.stems)
    missing = [s for s in asked.weights if s not in said]
    against = any(_opposed(s, said) for s in missing)
    held = sum(w for s, w in asked.weights.items() if s in said) / asked.mass
    negated = any(word in NEGATIONS or word.endswith("n't") for word in line.words)
    if against and not negated:
        return tell("no", language)
    if not _has_all(asked, sentence):
        return ""
    if held < _CLOSE or any(w >= 1.0 and s not in said for s, w in asked.weights.items() if s not in STOP):
        return ""
    asks_negated = asked.line.negations > 0
    return tell("yes", language) if negated == asks_negated else ""


def _has_all(asked: Asked, sentence: str) -> bool:
    """Whether every number and every name of the question stands in the sentence; of two firms none is told apart."""
    said = {(one.name, one.value) for one in find_dimensions(sentence)}
    named = {(one.name, one.value) for one in find_dimensions(_text(asked))}
    if len([one for one in named if one[0] == "company"]) > 1:
        return False
    return named <= said and set(_FIGURES.findall(_text(asked))) <= set(_FIGURES.findall(sentence))


def _text(asked: Asked) -> str:
    return " ".join(asked.line.words)


_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")


def _opposed(asked: str, said: frozenset[str]) -> bool:
    return any(
        asked in stems and (stems - {asked}) & said
        for stems in (frozenset(map(stem, group)) for group in _OPPOSITES)
    )


def turn(text: str) -> str:
    """A question with the thing it asks about turned into its opposite; "" where it names none that has one."""
    words = text.split()
    turned = [_TURNS.get(word.strip("?.,!").casefold(), word) for word in words]
    return " ".join(turned) if turned != words else ""
