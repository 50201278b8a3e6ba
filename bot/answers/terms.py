"""Words as the choice of a sentence compares them: folded, stemmed, with what they may answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.answers.sameness import groups, in_full, unify

_WORD = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff]+|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:[.,](?=\d)\d+)*(?:['’][^\W\d_]+)?(?:\+(?!\w))?"
)
_SNOWBALL = Stemmer.Stemmer("english")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_IRREGULAR = {
    "wrote": "write", "written": "write", "writing": "write", "led": "lead", "held": "hold",
    "made": "make", "took": "take", "taken": "take", "began": "begin", "begun": "begin", "grew": "grow",
    "grown": "grow", "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "sold": "sell",
    "bought": "buy", "built": "build", "won": "win", "lost": "lose", "said": "say", "gave": "give",
    "given": "give", "went": "go", "gone": "go", "came": "come", "founder": "founded", "found": "find",
    "chose": "choose", "chosen": "choose", "men": "man", "women": "woman", "people": "person",
    "children": "child", "died": "die", "dies": "die", "dying": "die", "born": "born", "left": "leave",
    "became": "become", "known": "know", "knew": "know", "saw": "see", "seen": "see", "paid": "pay",
    "spent": "spend", "sent": "send", "kept": "keep", "meant": "mean", "drove": "drive", "driven": "drive",
    "broke": "break", "loss": "lose", "losses": "lose", "speaks": "speak", "spoke": "speak", "spoken": "speak",
    "taught": "teach", "brought": "bring", "thought": "think", "told": "tell", "shrank": "shrink", "shrunk": "shrink",
    "ran": "run", "met": "meet", "dealt": "deal", "drew": "draw", "drawn": "draw", "withdrew": "withdraw",
    "sought": "seek", "froze": "freeze", "frozen": "freeze", "wore": "wear", "worn": "wear", "threw": "throw",
}  # fmt: skip


def set_of(text: str) -> frozenset[str]:
    """The words of a list that is written as a sentence."""
    return frozenset(text.split())


STOP = set_of(
    "a an the of in on at to for from by with about as into over per and or but nor so than then that "
    "this these those it its is are was were be been being am do does did done has have had having can "
    "could will would shall should may might must what which who whom whose when where why how whats hows "
    "whos wheres there here i me my we us our you your he him his she her they them their if not no any "
    "some all also just very too s t re ve ll d m don isn aren please tell show give know hey hi say says "
    "said according article text document documents report 's"
)
LIGHT = set_of(
    "doing going getting many much thing things stuff line part way kind sort bit go get got put use used "
    "actual actually really mention mentioned talk talks exactly currently current case point role fact "
    "long ago new re first happen happened happens main general generally overall else recommend attitude "
    "feel think opinion view mood called"
)
"""Words of questions that need not stand in what answers them."""
_NUMERALS = set_of(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens twenty thirty forty "
    "fifty hundred hundreds thousand thousands million millions billion billions half twice once first "
    "second third"
)
MONTHS = set_of(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec"
)
_TIMES = MONTHS | set_of("century centuries decade monday tuesday wednesday thursday friday saturday sunday")
_YEAR = re.compile(r"1\d{3}|20\d\d|\d{3,4}s")
_AMERICAN = re.compile(r"(?<=\w\w)iz(?=(?:e[drs]?|ers|ing|ations?)$)")
_SAME: dict[str, str] = {
    _SNOWBALL.stemWord(word): _SNOWBALL.stemWord(group[0]) for group in groups() for word in group
}
REASONS = re.compile(
    r"\b(?:because|due to|as a result|in order to|so that|so as to|owing to|thanks to|caused?|leads?|led to|therefore"
    r"|thus|reasons?|since|hence|driven by|for the (?:sake|reference|purpose)|to avoid)\b"
    r"|因为|由于|所以|因此|导致|原因",
    re.IGNORECASE,
)
NEGATIONS = set_of("not no never none neither nor without cannot nothing nobody 不 没 未 无")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its inflection: "organised" and "organizers" are one; names with digits stay whole."""
    if not (word.isascii() and word.isalpha()):
        return word
    stemmed: str = _SNOWBALL.stemWord(_AMERICAN.sub("is", _IRREGULAR.get(word, word)))
    return _SAME.get(stemmed, stemmed)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in words."""

    words: tuple[str, ...]
    """Folded; a run of Chinese gives its pairs of characters."""
    stems: tuple[str, ...]
    names: tuple[int, ...]
    """Positions of words with a capital that don't open the sentence."""
    numbers: tuple[int, ...]
    times: tuple[int, ...]
    reason: bool
    negations: int


@lru_cache(maxsize=50_000)
def read_line(text: str) -> Line:
    """The words of a sentence, and which of them are names, numbers and times."""
    words: list[str] = []
    names: list[int] = []
    numbers: list[int] = []
    times: list[int] = []
    for found in _WORD.finditer(unify(unicodedata.normalize("NFKC", text))):
        token = found.group()
        if _HAN.match(token):
            words += [token[i : i + 2] for i in range(max(1, len(token) - 1))]
            continue
        for piece in _pieces(token):
            place = len(words)
            words += in_full(piece.casefold())
            if place and piece[0].isupper():
                names.append(place)
            if piece[0].isdigit() or words[-1] in _NUMERALS:
                numbers.append(place)
            if _YEAR.fullmatch(words[-1]) or (words[-1] in _TIMES and (words[-1] != "may" or piece == "May")):
                times.append(place)
    return Line(
        tuple(words), tuple(stem(word) for word in words), tuple(names), tuple(numbers), tuple(times),
        bool(REASONS.search(text)), sum(word in NEGATIONS or word.endswith("n't") for word in words),
    )  # fmt: skip


def _pieces(token: str) -> list[str]:
    head, mark, tail = token.replace("’", "'").partition("'")
    return [head] if not mark or tail in ("s", "S") else [head + mark + tail]
