"""Heads: what a paragraph is about, where its head says it before the first sentence: "2. Lithium hydroxide."."""

from __future__ import annotations

import re

from index.documents import Document
from index.figures.thread import Thread
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, FoundMetric, find_measures, find_objects
from index.language.periods import Period, month, quarter

_MARKS = re.compile(
    r"[ \t]*(?:>[ \t]*)?(?:#{1,6}[ \t]+|[-*•–·▪][ \t]+)?[*_]*(?:(?:\d{1,2}|[a-z])[.)][ \t]*)?[*_]*"
)
"""What may stand before a paragraph's first word: a bullet, a number, bold print."""
_HEAD = re.compile(
    r"(?P<words>[^\W\d_][^.:!?;|\d]{2,70}?)(?:\s*[(（][^()（）]{1,60}[)）])?(?P<close>[.:：](?=[\s*_]|$))[*_]*"
)
_CLAUSE = re.compile(
    r"\b(?:is|was|were|are|be|been|has|have|had|will|would|can|could|may|might|do|does|did|rose|fell|grew|said|says|came|went"
    r"|reached|stood|sold|from|to|subject|date|contact|note|source|by|we|you|they|it|he|she|why|how|what|who|when)\b",
    re.I,
)
_LONGEST, _RUN_IN = 7, 3


def find_topic(text: str, lead: str, catalogue: Catalogue) -> tuple[str, bool]:
    """The words of a paragraph's head that is no sentence, and whether there is nothing behind it; "" for none.

    What ends in a full stop is a head only where a number, bold print or a bracket says so, or where it is a thing that
    is counted; `lead` stands before it.
    """
    marks = _MARKS.match(text)
    found = _HEAD.match(text, marks.end() if marks else 0)
    things = find_objects(found["words"], catalogue) if found else ()
    marked = bool(things and things[0].start == 0 and len(text.split()) <= _RUN_IN) or bool(
        lead.strip() or (marks and marks.group().strip())
    )
    if found is None or len(found["words"].split()) > _LONGEST or _CLAUSE.search(found["words"]):
        return "", False
    alone = not text[found.end() :].strip(" *_")
    if alone and found["close"] == "." and not (marked or found.end("words") < found.start("close")):
        return "", False
    words = found["words"].strip(" *_")
    if (
        words[:1].islower()
        or "," in words
        or (not alone and (found["close"] == "." or len(words.split()) > _RUN_IN))
    ):
        return "", False
    return words, alone


def opens_paragraph(lead: str) -> bool:
    """Whether nothing but a number or a bullet stands before on a line."""
    return _MARKS.fullmatch(lead) is not None


def turn(text: str, lead: str, after: str, thread: Thread, catalogue: Catalogue) -> bool:
    """Turns to a paragraph's topic, and says whether the sentence was its head alone.

    `lead` is what stands before on the line, `after` what comes next: a head on its own line holds for all below it.
    """
    if not opens_paragraph(lead):
        return False
    topic, alone = find_topic(text, lead, catalogue)
    if topic:
        thread.topic, thread.topic_stays = topic, alone and after.lstrip(" ").startswith("\n")
    elif not thread.topic_stays:
        thread.topic = ""
    if alone:
        regions = {(one.name, one.value) for one in find_dimensions(topic) if one.name == "region"}
        thread.scope = (
            tuple(regions)
            if len(regions) == 1
            else thread.scope
            if thread.scope is not None
            else thread.regions
        )
        thread.regions = thread.scope
        thread.period_age, thread.group, thread.said, thread.wholes = 99, None, "", ()
    return alone


def of_topic(text: str, topic: str, catalogue: Catalogue) -> tuple[FoundMetric, ...]:
    """Measures without an object are of the topic's: "Imports were 5,210 t" under "Cobalt sulphate"."""
    things = find_objects(topic, catalogue)
    if not things:
        return ()
    thing = things[0]
    found = []
    for bare in find_measures(text, catalogue):
        keys = (catalogue.composed(part, thing.name) for part in catalogue.parts.get(bare.measure, ()))
        found += [
            FoundMetric(key, bare.start, bare.end, bare.text, thing.dimensions, implied=True)
            for key in keys
            if key
        ]
    return tuple(found)


_BARE = re.compile(
    r"(?:(?:mean|average|total|declared|monthly|annual|domestic|foreign|overall|new|net|gross|the|in|of|all)\s+)*"
    r"(?:imports?|exports?|shipments?|production|output|sales|deliveries|registrations|values?|prices?|volumes?|stocks?|inventor(?:y|ies)"
    r"|capacity|consumption|demand|supply|purchases|revenues?|turnover|orders|costs?|surplus|deficit|market|balance|not\s+named)",
    re.I,
)
"""Words that say how much of something, and not of what."""


def with_topic(words: str, topic: str, catalogue: Catalogue) -> str:
    """The text's words for what a number is of, with the topic that they leave out."""
    low = " ".join(topic.lower().split())
    if not low or any(word in words.lower() for word in low.split() if len(word) > 3):
        return words
    if words == "not named":
        return low
    return f"{low} {words}" if find_objects(topic, catalogue) or _BARE.fullmatch(words) else words


_ISSUE = re.compile(
    r"\b(?P<kind>bulletin|monthly|report|issue|no\.?|quarterly)\s*(?P<n>1[0-2]|[1-9])/(?P<y>20\d\d)\b", re.I
)
_MASTHEAD, _LINE = 500, 120


def masthead_period(document: Document) -> Period | None:
    """The month or quarter that a periodical is of: "Bulletin No. 10/2025 (October 2025, preliminary)"."""
    head = f"{document.title}\n{document.text[:_MASTHEAD]}"
    for found in _ISSUE.finditer(head):
        number, of = int(found["n"]), int(found["y"])
        if "quarterly" not in head[: found.end()].lower():
            return month(of, number, origin="context")
        if number <= _QUARTERS:
            return quarter(of, number, origin="context")
    return None


_QUARTERS = 4
