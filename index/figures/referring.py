"""Referring: numbers of what the text counted before, by a pronoun or put right: "their share", "1.4 GWh of that"."""

from __future__ import annotations

import re

from index.figures.context import CORRECTED
from index.figures.subjects import family
from index.figures.thread import Sentence, Thread
from index.figures.wholes import KINDS, Part, counted_as
from index.language.changes import Change
from index.language.metrics import Catalogue


def refer(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """What a number is of, where its sentence only points back at it."""
    found = _theirs(sentence, change, thread, catalogue) or _corrected(sentence, change, thread, catalogue)
    found = found or _of_that(sentence, change, thread, catalogue) or _next_maker(sentence, change, thread)
    return found or _likewise(sentence, change, thread, catalogue)


_ALSO = re.compile(
    r"\s*(?:came\s+to|stood\s+at|reached|had|was\s+at|to|at|for|with|followed\s+with)\s+(?:about\s+|some\s+|only\s+|just\s+|nearly\s+)?",
    re.I,
)


def _likewise(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """ "Spain accounted for 2,268 of the total and Portugal for 1,144": of what the country before had."""
    if thread.last is None or change.role == "change" or sentence.metrics:
        return None
    known = catalogue.get(thread.last.metric)
    alike = known is not None and (
        family(change.unit) == family(known.unit) or (change.unit in ("", "units") and known.unit != "%")
    )
    if not alike or (change.unit != "%" and sentence.before(change) is None):
        return None
    left = max((one.end for one in sentence.changes if one.end <= change.start), default=0)
    for one in sentence.dimensions:
        begins = re.fullmatch(
            r"(?:\s+of\s+[^,;\d]{3,40}?)?[\s,;]*(?:and\s+|while\s+|but\s+)?(?:the\s+)?",
            sentence.text[left : one.start],
            re.I,
        )
        if (
            begins
            and one.name in dict(thread.last.dimensions)
            and _ALSO.fullmatch(sentence.text, one.end, change.start)
        ):
            dimensions = dict(thread.last.dimensions) | {one.name: one.value}
            return Part(thread.last.metric, tuple(sorted(dimensions.items())))
    return None


_NEXT_MAKER = re.compile(
    r"(?:\s+of\s+[^,;\d]{3,40})?,?\s*(?:and\s+)?(?P<name>[A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,2})\s+(?:with\s+)?"
)


def _next_maker(sentence: Sentence, change: Change, thread: Thread) -> Part | None:
    """ "Sungrow integrated 1.31 GWh, Tesla 1.12 GWh and Fluence 0.74 GWh": each did the same."""
    last = sentence.before(change)
    if not last or thread.last is None or last.unit != change.unit or change.role != last.role:
        return None
    maker = _NEXT_MAKER.fullmatch(sentence.text, last.end, change.start)
    dimensions = dict(thread.last.dimensions)
    if maker is None or "company" not in dimensions or " " in thread.last.metric:
        return None
    known = next((one for one in sentence.dimensions if one.start == maker.start("name")), None)
    if known is not None and known.name != "company":
        return None
    company = known.value if known else maker["name"]
    return Part(thread.last.metric, tuple(sorted((dimensions | {"company": company}).items())))


_OF_THAT = re.compile(
    r"(?:\s+of\s+(?:that|it|them|these|which))?\s+(?:went|was|were|came)\s+(?:sold\s+|shipped\s+|delivered\s+)?"
    r"(?P<where>(?:to|for|from|into)\s+(?:[a-z-]+\s?){1,4}?)(?=\s+and\b|[,.;]|$)"
)
""" "1.42 GWh of that went to stationary storage customers": a part with words of its own."""
_AND_TO = re.compile(r"\s+(?P<where>(?:to|for|from|into)\s+(?:[a-z-]+\s?){1,4}?)(?=[,.;]|$)")
_THAT_HAD = re.compile(r"\s+(?P<where>(?:had|have|has)\s+(?:[a-z-]+\s?){1,4}?)(?=[,.;]|$)")
_OF_WHICH = re.compile(
    r"(?:\bof\s+which|^Of\s+(?:this|that|these|it)|\bof\s+that),?\s+(?:about\s+|some\s+)?(?:[A-Z]{3}\s?|[$€£¥])?$"
)
_AND = re.compile(r"\s+and\s+(?:about\s+|some\s+)?")


def _of_that(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """ "Of this, EUR 61 million came from salts and EUR 35 million from binders": parts with words of their own."""
    if thread.last is None or change.role != "level" or change.unit == "%":
        return None
    opens = _OF_WHICH.search(sentence.text, 0, change.start) is not None
    found = _OF_THAT.match(sentence.text, change.end) or (
        _THAT_HAD.match(sentence.text, change.end) if opens else None
    )
    if found is not None and (opens or found.group().split()[0] == "of"):
        return Part(
            f"{catalogue.said(thread.last.metric)} {_WITH.sub('with', found['where'])}",
            thread.last.dimensions,
            found.end(),
        )
    return _and_to(sentence, change, thread)


_WITH = re.compile(r"^(?:had|have|has)\b")


def _and_to(sentence: Sentence, change: Change, thread: Thread) -> Part | None:
    """The next of such parts, which goes to or comes from another."""
    last = sentence.before(change)
    found = _AND_TO.match(sentence.text, change.end)
    before = _OF_THAT.match(sentence.text, last.end) if last else None
    if found is None or last is None or before is None or thread.last is None or last.unit != change.unit:
        return None
    if not _AND.fullmatch(sentence.text, before.end(), change.start) or not thread.last.metric.endswith(
        before["where"]
    ):
        return None
    return Part(
        thread.last.metric.removesuffix(before["where"]) + found["where"], thread.last.dimensions, found.end()
    )


_THEIRS = re.compile(r"(?:Their|Its)\s+(?:combined\s+|joint\s+|market\s+|sales\s+)?(?:share|penetration)\b")


def _theirs(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """ "Their share reached 9.4 percent": of what the last number was of."""
    if thread.last is None or change.unit not in ("%", "pp") or _THEIRS.match(sentence.text) is None:
        return None
    known = catalogue.get(thread.last.metric)
    if known is not None and known.unit == "%":
        return Part(known.key, thread.last.dimensions)
    key = catalogue.with_measure(thread.last.metric, "sales_share")
    return Part(key, thread.last.dimensions) if key else None


def _corrected(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """ "The August figure for electric cars is corrected from 7,102 to 7,157": a count of the text's, put right."""
    said = CORRECTED.search(sentence.text, 0, change.start)
    whole = next(
        (one for one in reversed(thread.wholes) if one.measure and one.family == family(change.unit)), None
    )
    if said is None or whole is None or change.role == "change":
        return None
    thing = next((one for one in sentence.objects if said.start() <= one.start < said.end()), None)
    kinds = tuple(one for one in whole.dimensions if one[0] not in KINDS) if thing else whole.dimensions
    key = (counted_as(whole, thing.name, catalogue) if thing else "") or whole.key
    dimensions = tuple(sorted((dict(kinds) | dict(thing.dimensions if thing else ())).items()))
    if change.role == "before":
        return Part(f"{catalogue.said(key)} before correction", dimensions)
    return Part(key, dimensions)
