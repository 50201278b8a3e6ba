"""Which words of the catalogue belong together: measures said side by side, and the objects around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.language.catalogue import Word
from index.language.lexicon import Match

_BETWEEN_EN = (
    r"domestic|annual|monthly|quarterly|yearly|total|cumulative|retail|wholesale|global|worldwide|world|overall|national|"
    r"combined|unit|new|average|passenger|full[ -]year|ytd|china|chinese|us|u\.s\.|eu|european|japan|germany|"
    r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov(?:ember)?|dec\w*|(?:19|20)\d\d|q[1-4]|h[12]"
)
_BETWEEN_ZH = r"[的共计总累其中国内全年月度当单市场终端批发零售\s]{0,8}"
NOUN_AFTER = re.compile(rf"(?:['’]s?)?[\s\-]*(?:(?:{_BETWEEN_EN})[\s\-]+){{0,3}}|{_BETWEEN_ZH}", re.I)
"""Object … measure: "NEV [domestic] sales", 动力电池[累计]装车量."""
VERB_AFTER = re.compile(
    r"(?:\s+(?:from|by|of|in)\s+(?:[\w.&'’-]+\s+){0,2}[\w.&'’-]+)?\s+(?:(?:that|which|were|was|are|is|have|has|had|did|does|do|been|being|got|get|will|can|could)\b(?:\s+[\w.&'’-]+){0,4}\s+"
    r"|[\w&]+\s+){0,1}|" + _BETWEEN_ZH,
    re.I,
)
"""Object … verb: "NEVs [were] sold", "how many NEVs [did China] sell"."""
OBJECT_AFTER = re.compile(
    r"\s+(?:of|for)\s+(?:(?!(?:to|in|from|by|was|were|with|at|than|reached|rose|fell)\s)[\w.'’\-]+\s+){0,4}|\s+",
    re.I,
)
"""Measure … object: "sales of [the country's] NEVs"."""
VERB_OBJECT = re.compile(
    r"(?:\s+(?:[\d.,]*\d[\w.,%]*|about|over|nearly|almost|around|some|a|an|the|its|their|more|than|million|thousand|billion|"
    r"total|of|new|record|first|up|to|only|just|approximately|roughly|many|any|units?|most|least|fewest|highest|lowest|number|and)){0,7}\s+(?:of\s+)?|[\d.,万亿余多约近了辆个台\s]{0,10}",
    re.I,
)
"""Verb … object: "sold [593,745] NEVs"."""
AND = re.compile(r"\s*(?:,?\s+and\s+|&|/|,|,?\s+or\s+|\bvs\.?|\bversus\b|、|和|与|及)\s*(?:the\s+)?", re.I)
BLOCKED_AFTER = re.compile(
    r"[\s\-]+(?:base|bases|line|lines|plants?|facilit\w+|cost|costs|process\w*|network|tax\w*|staff|team|manager|director|channel\w*|site|sites|chain\w*|"
    r"technolog\w+|methods?|equipment|up\s+(?:of|for|\d|about|over|nearly)|"
    r"by\b(?!\s+(?:states?|regions?|countr(?:y|ies)|cit(?:y|ies)|provinces?|models?|brands?|makers?|types?|kinds?|powertrains?|fuels?)\b)|control\w*|restriction\w*|ban|bans|licen[cs]\w*|permits?|quotas?|curbs?|rules?)(?![A-Za-z])",
    re.I,
)
"""Words that make a measure's word another thing: "production line", "made up 18 %"."""
SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?:\s|$)")

FAR = 120
"""Characters beyond which an object and a measure don't belong together."""

Items = tuple[Match[Word], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Measures said together ("production and sales"), from the item `first` up to `after`."""

    first: int
    after: int


def is_blocked(text: str, item: Match[Word]) -> bool:
    return item.value.sort == "measure" and BLOCKED_AFTER.match(text, item.end) is not None


def find_groups(text: str, items: Items) -> Iterator[Group]:
    place = 0
    while place < len(items):
        first = place
        if items[place].value.sort != "measure":
            place += 1
            continue
        place += 1
        while (
            place < len(items)
            and items[place].value.sort == "measure"
            and AND.fullmatch(text, items[place - 1].end, items[place].start)
        ):
            place += 1
        yield Group(first, place)


def objects_before(text: str, items: Items, group: Group) -> tuple[int, ...]:
    """The objects right before a group, last one first: "BEV and PHEV sales" has two."""
    place, measure = group.first - 1, items[group.first]
    if place < 0 or items[place].value.sort != "object":
        return ()
    gap = (items[place].end, measure.start)
    if gap[1] - gap[0] > FAR:
        return ()
    word = measure.value
    if not (
        (word.noun and NOUN_AFTER.fullmatch(text, *gap)) or (word.verb and VERB_AFTER.fullmatch(text, *gap))
    ):
        return ()
    objects = [place]
    while _is_twin(text, items, place - 1, place):
        place -= 1
        objects.append(place)
    return tuple(objects)


def _is_twin(text: str, items: Items, first: int, second: int) -> bool:
    """Two narrower kinds of one object, joined: "BEV and PHEV"."""
    if first < 0 or second >= len(items):
        return False
    one, other = items[first], items[second]
    return (
        one.value.sort == other.value.sort == "object"
        and one.value.name == other.value.name
        and one.value.dimensions != other.value.dimensions
        and AND.fullmatch(text, one.end, other.start) is not None
    )


def objects_after(text: str, items: Items, group: Group, taken: set[int]) -> tuple[int, ...]:
    """The objects that follow a group ("sales of BEVs and PHEVs") and that no other measure owns."""
    place, measure = group.after, items[group.after - 1]
    if place >= len(items) or items[place].value.sort != "object" or place in taken:
        return ()
    gap = (measure.end, items[place].start)
    if gap[1] - gap[0] > FAR:
        return ()
    word = measure.value
    if not (
        (word.noun and OBJECT_AFTER.fullmatch(text, *gap))
        or (word.verb and VERB_OBJECT.fullmatch(text, *gap))
    ):
        return ()
    objects = [place]
    while _is_twin(text, items, place, place + 1) and place + 1 not in taken:
        place += 1
        objects.append(place)
    return tuple(objects)


def objects_earlier(text: str, items: Items, group: Group) -> tuple[int, ...]:
    """The object that the sentence named last before a group ("In terms of passenger cars, the annual sales …")."""
    place = group.first - 1
    if place < 0 or items[place].value.sort != "object":
        return ()
    if SENTENCE_END.search(text, items[place].end, items[group.first].start):
        return ()
    objects = [place]
    while _is_twin(text, items, place - 1, place):
        place -= 1
        objects.append(place)
    return tuple(objects)
