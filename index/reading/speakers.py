"""Who speaks in a recording: a name before a colon or in brackets at the head of what is said.

A colon stands behind other words as often ("Our capacity in Hungary: 100 GWh"): what does not look like a name stays
where it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from index.language.dimensions import find_dimensions

_HEAD = re.compile(
    r"(?P<colon>[^:：!?<>\[\]\n]{1,60}?)(?::\s+|：\s*)(?=\S)|\[(?P<bracket>[^\]\n]{1,40})\]:?\s+(?=\S)"
)
_ROLES = (
    r"speaker|guest|moderator|host|interviewer|interviewee|operator|narrator|analyst|reporter|presenter|panell?ist"
    r"|participant|audience|announcer|anchor|journalist|chair(?:man|woman)?|voice|man|woman|question(?:er)?|answer"
    r"|sprecher(?:in)?|gast|moderatorin|intervieweur|invité|animateur"
)
_ROLE = re.compile(
    rf"(?:(?:unknown|unidentified|male|female|first|second) )?(?:{_ROLES})(?: (?:\d{{1,3}}|[a-z]))?|[qa]\d?"
    r"|(?:主持人|记者|嘉宾|发言人|说话人|提问者?|问|答)\s?\d{0,2}",
    re.I,
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")
_WITHIN = frozenset(
    {"de", "da", "di", "du", "dos", "la", "le", "van", "von", "der", "den", "bin", "al", "el", "y", "ter"}
)
_NONE = re.compile(
    r"the|a|an|our|my|your|his|her|their|its|this|that|these|those|in|on|at|by|for|from|and|but|so|or|what"
    r"|which|who|why|how|when|where|if|as|to|with|then|now|also|here|there|it|we|you|they|he|she|i|yes|no"
    r"|well|okay|ok|not|only|note|cost|costs|price|prices|result|results|target|capacity|today|tomorrow"
    r"|yesterday|sales|revenue|total|example|reason|summary|update|warning|source|conclusion|remember|first"
    r"|second|third|finally|step|part|question|topic|goal|problem|solution|fact|plus|bottom|key|next|last"
    r"|one|two|three|wirtschaft|ergebnis|preis|ziel|heute",
    re.I,
)
"""Words that no name has, or that stand alone before a colon for another reason."""
_NO_ONE = re.compile("结果|目标|价格|成本|总结|注意|例如|比如|备注|问题|原因|来源|数据|产量|销量|其中|答案")
_SOUND = re.compile(
    r"\b(?:applause|music|laugh\w*|cheer\w*|inaudible|silence|crosstalk|pause|foreign|noise|beep\w*|sigh\w*|cough\w*"
    r"|clap\w*|ringing|background|unintelligible|indistinct|beifall|lachen|musik|rires|applaudissements|掌声|音乐|笑声)\b",
    re.I,
)


def split_name(words: str) -> tuple[str, str]:
    """What may be a speaker's name at the head of what is said, and the rest; "" where nothing may be one."""
    found = _HEAD.match(words)
    if found is None:
        return "", words
    name = (found["colon"] or found["bracket"]).strip()
    if not is_name(name) or (found["bracket"] and _SOUND.search(name)):
        return "", words
    return name, words[found.end() :]


@lru_cache(4_096)
def is_name(name: str) -> bool:
    """Whether words look like a name: one to four words with capitals, a role with its number, some Chinese signs."""
    if _ROLE.fullmatch(name) or re.fullmatch(r"[一-鿿][一-鿿·]{1,5}", name):
        return _NO_ONE.fullmatch(name) is None and not _is_thing(name)
    person = re.sub(r",\s[^\d,]{2,30}$|\s\([^()\d]{2,40}\)$", "", name)
    words = person.split()
    return (
        1 <= len(words) <= 5
        and all(_WORD.fullmatch(word) for word in words)
        and all(word[0].isupper() or word in _WITHIN for word in words)
        and words[0][0].isupper()
        and words[-1][0].isupper()
        and not any(map(_NONE.fullmatch, words))
        and not re.search(r"[^\W\d_]{4,}\.$", _TITLE.sub("", words[0]))
        and (len(words) > 1 or not (person.isupper() and len(person) <= _ACRONYM))
        and not _is_thing(person)
    )


def _is_thing(name: str) -> bool:
    """Whether words are a region, a company or a kind as a whole."""
    return any(found.end - found.start == len(name) for found in find_dimensions(name))


_TITLE = re.compile(r"(?:prof|herr|frau|miss|messrs)\.$", re.I)
_ACRONYM = 4
"""Capitals of a word that is no name: "BEV: 20 percent"."""


def find_speakers(said: Iterable[str], known: Iterable[str]) -> frozenset[str]:
    """The names of who speaks, of all lines of a recording: seen again, of two words, or beside others that are."""
    lines = list(said)
    counts = Counter(name for line in lines if (name := split_name(line)[0]))
    text = " ".join(lines)
    names = {name for name in counts if not _is_word(name, text)}
    sure = {name for name in names if counts[name] > 1 or " " in name or _ROLE.fullmatch(name)} | set(known)
    return frozenset(sure | names if len(sure | names) > 1 else sure)


def _is_word(name: str, text: str) -> bool:
    """Whether a single word stands in the text in lower case, too: it is no name."""
    low = name.lower()
    return (
        low != name and name.isalpha() and not _ROLE.fullmatch(name) and bool(re.search(rf"\b{low}\b", text))
    )
