# ruff: noqa: E501
"""Parts: numbers of regions, firms and kinds that share out what the text counted last: "Chile supplied 14,795 t"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from index.figures.referring import refer
from index.figures.subjects import family
from index.figures.thread import Sentence, Thread, Whole
from index.figures.wholes import COUNTED, FAR, KINDS, Pair, Part, counted_as
from index.language.bases import find_basis
from index.language.changes import Change
from index.language.metrics import Catalogue, FoundObject

_JOINT = r"[\s,;:(（]*(?:(?:and|with|while|but|plus|including|ahead\s+of|followed\s+by|before|then|of\s+which|among\s+them|led\s+by)\s+)*(?:the\s+)?"
_LINKS = re.compile(
    r"(?:[\s,:]*\b(?:alone|supplied|took|bought|received|sent|contributed|added|brought|came|went|accounted|was|were|with|to|at|for|the|a|first"
    r"|second|third|fourth|largest|biggest|main|top|leading|destinations?|markets?|buyers?|suppliers?|sources?|origins?|customers?|reached|stood|rose|fell|led|leads|tops|topped|sold|registered|delivered|made|built|produced|installed"
    r"|grew|dropped|increased|declined|slipped|jumped|climbed|made|up|only|just|about|around|some|nearly|over|more|less|than|by|in|place"
    r"|of|on|its|own|part|next|cars|models|vehicles|brand)\b)*[\s,:(（]*",
    re.I,
)
"""The words between a part's name and its number that name nothing else."""
_BEHIND = re.compile(
    r"\s+(?:of\s+(?:it|them|that|these|which)\s+)?(?:went\s+|came\s+|were\s+|was\s+|each\s+)?(?:shipped\s+|sold\s+|sent\s+|bought\s+)?"
    r"(?P<way>from|to|in|by)\s+(?:the\s+)?",
    re.I,
)
_OPENS = re.compile(
    r"(?:\s*(?:in|during|for|by)\s+(?=[\s,]))?[\s,;:]*(?:(?:and|of\s+which|of\s+that|including|among\s+them|with|another|a\s+further|plus|about|some|around|nearly|over|almost)\s+)*",
    re.I,
)
_SHIPMENTS = re.compile(
    r"(?:^|[,;]\s*(?:and\s+|while\s+)?)(?:(?P<whose>[\w-]+)\s+)?(?:shipments|deliveries|supplies|volumes|purchases|sales)"
    r"(?:\s+(?:to|from|in)\s+(?:the\s+)?(?P<place>[\w ]{3,24}?))?\s+(?:was|were|rose|fell|grew|dropped|increased|declined|came|reached|doubled|halved)\b",
    re.I,
)
_MAKER = re.compile(r"(?P<name>[A-Z][\w&.'’-]*(?:\s[A-Z][\w&.'’-]*){0,2})\s[(（]?")
_MAKERS = re.compile(
    r"\b(?:makes?|brands?|makers?|companies|manufacturers?|automakers?|carmakers?|groups?|firms?|suppliers?)\b",
    re.I,
)
_NAMES = ("region", "company", "chemistry", "technology")


def part_of(
    sentence: Sentence, change: Change, thread: Thread, before: Part | None, catalogue: Catalogue
) -> Part | None:
    """The part that a number is of, if its own sentence doesn't say what is counted; `before` is that of the last number."""
    if (said := refer(sentence, change, thread, catalogue)) is not None:
        return said
    whole = _whole(sentence, change, thread) or _headed(sentence, thread)
    if whole is None or (_is_share(change) and _OF_OTHER.match(sentence.text, change.end)):
        return None
    left = max((one.end for one in sentence.changes if one.end <= change.start), default=0)
    left = max(left, before.end if before else 0, _clause_start(sentence.text, left, change.start))
    found = (
        _behind(sentence, change, whole, left)
        or _named(sentence, change, whole, left, catalogue)
        or _of_brand(sentence, change, whole, left, catalogue)
        or _shipped(sentence, change, whole)
        or _bare(sentence, change, whole, left)
        or _taken(sentence, change, thread, catalogue)
    )
    if found is None and before is not None and _continues(sentence, change, left):
        found = before if _counts(before.key, change, catalogue) else Part(whole.key, before.dimensions)
    if found is None or not _is_share(change) or found.key.startswith("share of "):
        return found
    return replace(found, key=_share(found, whole, catalogue))


_OF_OTHER = re.compile(r"\s+of\s+(?!(?:the\s+)?(?:total|it|them|that|this|these|all)\b)", re.I)
"""Behind a share that says itself what it is of."""
_BRAND = re.compile(
    r"\s+(?:(?:vehicles|cars|units)\s+)?(?:(?:of|under|for|from)\s+(?:the|its)\s+(?:[\w-]+,?\s+){0,3}?(?:(?P<a>[A-Z][\w-]+)\s+brand|brand\s+(?P<b>[A-Z][\w-]+))"
    r"|(?:were|was)\s+(?:the\s+)(?:new\s+)?(?P<model>[A-Z][\w-]*(?:\s[A-Z\d][\w-]*){0,2}))"
)
_OF_THE_BRAND = re.compile(
    r"(?:^|[,;]\s+)(?:and\s+)?[Tt]he\s+(?P<name>[A-Z][\w-]+)\s+brand\s+[a-z]+(?:\s+[a-z]+){0,2}\s*$"
)


def _of_brand(
    sentence: Sentence, change: Change, whole: Whole, left: int, catalogue: Catalogue
) -> Part | None:
    """ "24,905 vehicles of the Kestrel brand", "of which 7,902 were the Wren Duo"."""
    behind = _BRAND.match(sentence.text, change.end)
    if behind and behind["model"] and _OPENS.fullmatch(sentence.text, left, change.start) is None:
        behind = None
    before = None if behind else _OF_THE_BRAND.search(sentence.text, left, change.start)
    if not behind and not before:
        return None
    model = behind["model"] if behind else ""
    name = before["name"] if before else behind["a"] or behind["b"] or "" if behind else ""
    own = any(of == "company" and firm.startswith(f"{name} ") for of, firm in whole.dimensions)
    end = behind.end() if behind else 0
    if own:
        return Part(f"{catalogue.said(whole.key)} of the {name} brand", whole.dimensions, end)
    return Part(whole.key, _within(whole, (("model", model) if model else ("brand", name),)), end)


def _counts(key: str, change: Change, catalogue: Catalogue) -> bool:
    """Whether a number can be of the metric of the one before: "25.3 % (139 GWh)" is a share and what it is a share of."""
    known = catalogue.get(key)
    if change.role == "change" or change.unit in ("", "%", "units"):
        return True
    return known is not None and family(known.unit) == family(change.unit)


def _clause_start(text: str, left: int, end: int) -> int:
    found = max(text.rfind(mark, left, end) for mark in (";", "；"))
    return found + 1


def _is_share(change: Change) -> bool:
    return change.unit == "%" and change.role != "change"


def _whole(sentence: Sentence, change: Change, thread: Thread) -> Whole | None:
    """What was counted last in the same unit; of a rate, what was counted last."""
    of_head = _head_thing(sentence, change.start) is not None
    wholes = [one for one in thread.wholes if (one.measure if of_head else thread.sentences - one.at <= FAR)]
    if change.role == "before":
        return None
    if change.role == "change" or change.unit == "%":
        counted = [one for one in wholes if not one.family.startswith("money/")]
        return counted[-1] if counted else None
    kind = family(change.unit)
    for whole in reversed(wholes):
        if whole.family == kind and (
            change.unit in ("", "units") or whole.unit in ("", "units", change.unit)
        ):
            fits = (
                abs(change.value) <= whole.value or _BARE.match(sentence.text) or _TOOK.search(sentence.text)
            )
            return whole if fits else None
    return None


def _dimension(whole: Whole, name: str, value: str, way: str = "") -> Pair:
    """What crosses a border has an origin or a destination."""
    if name == "region" and whole.trade:
        return ("origin" if whole.trade == "imports" or way == "from" else "destination", value)
    return (name, value)


def _within(whole: Whole, pairs: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """The values of a whole with those of its part in their place."""
    return tuple(sorted((dict(whole.dimensions) | dict(pairs)).items()))


def _behind(sentence: Sentence, change: Change, whole: Whole, left: int) -> Part | None:
    """ "of which 403,700 t from Australia", "71 % went to South Korea"."""
    way = _BEHIND.match(sentence.text, change.end)
    if way is None or _OPENS.fullmatch(sentence.bare, left, change.start) is None:
        return None
    for one in sentence.dimensions:
        if one.name == "region" and one.start == way.end():
            if not whole.trade and way["way"].lower() != "in":
                return None
            pair = _dimension(whole, one.name, one.value, way["way"].lower())
            return Part(whole.key, _within(whole, (pair,)), one.end)
    return None


def _named(sentence: Sentence, change: Change, whole: Whole, left: int, catalogue: Catalogue) -> Part | None:
    """ "Chile supplied 14,795 t", "Plug-in hybrids came to 6,204 units", "Belgium 24,310, Mexico 14,472"."""
    if any(left <= one.start < change.start for one in sentence.metrics):
        return None
    at = _start(sentence, left)
    for one in sentence.dimensions:
        if (
            one.name in _NAMES
            and one.start <= at < one.end
            and _LINKS.fullmatch(sentence.text, one.end, change.start)
        ):
            return _of_head(whole, sentence, one.start, _dimension(whole, one.name, one.value), catalogue)
    maker = _MAKER.fullmatch(sentence.text, at, change.start)
    if maker and _MAKERS.search(sentence.text, 0, _head_end(sentence)):
        return _of_head(whole, sentence, at, ("company", maker["name"]), catalogue)
    for thing in sentence.objects:
        if thing.start == at and whole.measure and _LINKS.fullmatch(sentence.text, thing.end, change.start):
            key = counted_as(whole, thing.name, catalogue)
            return Part(key, _within(whole, thing.dimensions)) if key else None
    return None


def _start(sentence: Sentence, left: int) -> int:
    """Where the name of what comes after the last number begins: after the head of a list, a bracket, "and the"."""
    text = sentence.text
    joint = re.compile(r"[\s)）.\]]*" + _JOINT, re.I).match(text, left)
    at = joint.end() if joint else left
    if left == 0 and (head := _head_end(sentence)):
        joint = re.compile(_JOINT, re.I).match(text, head)
        at = joint.end() if joint else head
    return at


_BY = re.compile(r"\s*(?:[(（][^()（）]*[)）]|\bby\s+\w+(?:\s+\w+)?|\b(?:in|for)\s+[\w\s]+)\s*$", re.I)


def _headed(sentence: Sentence, thread: Thread) -> Whole | None:
    """ "Sales by region: Europe 12,300, China 40,200": a list whose head alone says what is counted."""
    end = _head_end(sentence)
    words = sentence.bare[: end - 1].strip().lower() if end else ""
    while words and (cut := _BY.search(words)):
        words = words[: cut.start()].strip()
    known = None if sentence.metrics or not COUNTED.search(words) else words
    first = next((one for one in sentence.changes if one.start >= end), None)
    if known is None or first is None or len(known.split()) > _WORDS:
        return None
    own = (("company", thread.firm),) if thread.firm else ()
    return Whole(known, own, family(first.unit), first.unit, Decimal("Infinity"), "", "", thread.sentences)


_WORDS = 4


def of_head(sentence: Sentence, change: Change) -> Change:
    """A rate of a list whose head says against what: "By country (change on the year in brackets): Poland 3,912 (+48 %)"."""
    end = _head_end(sentence)
    if not end or change.role != "change" or change.basis or end > change.start:
        return change
    basis, _ = find_basis(sentence.text[:end], "")
    return replace(change, basis=basis) if basis else change


def _head_end(sentence: Sentence) -> int:
    """Where the head of a list ends: "By country (battery electric, September):"."""
    first = sentence.changes[0].start if sentence.changes else 0
    colon = max(sentence.text.rfind(mark, 0, first) for mark in (":", "："))
    return colon + 1 if colon > 0 else 0


def _head_thing(sentence: Sentence, at: int) -> FoundObject | None:
    """What the head of a list says that it counts."""
    end = _head_end(sentence)
    return next((one for one in sentence.objects if one.end <= end <= at), None)


def _of_head(whole: Whole, sentence: Sentence, at: int, pair: Pair, catalogue: Catalogue) -> Part:
    """A part of the whole, of the kind that the head of a list names."""
    thing = _head_thing(sentence, at)
    if thing is None:
        return Part(whole.key, _within(whole, (pair,)))
    kinds = tuple(one for one in whole.dimensions if one[0] not in KINDS)
    key = counted_as(whole, thing.name, catalogue) or whole.key
    return Part(key, tuple(sorted((dict(kinds) | dict((*thing.dimensions, pair))).items())))


def _bare(sentence: Sentence, change: Change, whole: Whole, left: int) -> Part | None:
    """ "January-October: USD 62.4 billion": a period, and the number of what was counted last."""
    if left or change.role != "level" or change.unit == "%":
        return None
    opens = _BARE.match(sentence.text) and not sentence.bare[: change.start].strip(" ,:：")
    return Part(whole.key, whole.dimensions) if opens else None


_TOOK = re.compile(
    r"\b(?:took|bought|absorbed|received|added|counted|put)\s+(?:about|over|some|nearly|almost|around|another)?\s*\d"
)


def _taken(sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue) -> Part | None:
    """ "The five markets took 795,260 new cars": what is counted is what the text counts."""
    thing = next((one for one in sentence.objects if change.start <= one.start < change.end), None)
    whole = next((one for one in reversed(thread.wholes) if one.measure), None)
    if thing is None or whole is None or not _TOOK.search(sentence.text, 0, change.start + 1):
        return None
    key = counted_as(whole, thing.name, catalogue)
    kinds = tuple(one for one in whole.dimensions if one[0] not in KINDS)
    return Part(key, tuple(sorted((*kinds, *thing.dimensions)))) if key else None


_BARE = re.compile(r"[^:：\d]{3,40}(?:\d{4})?\s?[:：]")


def _shipped(sentence: Sentence, change: Change, whole: Whole) -> Part | None:
    """ "Shipments to the United States were 21 % lower": of the goods that the text traces."""
    found = _SHIPMENTS.search(sentence.text, 0, change.start)
    if found is None or not whole.trade:
        return None
    inside = [
        one
        for one in sentence.dimensions
        if one.name == "region" and found.start() <= one.start < found.end()
    ]
    if len(inside) != 1:
        return None
    pair = _dimension(whole, "region", inside[0].value)
    return Part(whole.key, _within(whole, (pair,)))


def _continues(sentence: Sentence, change: Change, left: int) -> bool:
    """Whether nothing else is named between the last number and this one."""
    named = [one.start for one in sentence.dimensions]
    named += [one.start for one in sentence.objects] + [one.start for one in sentence.metrics]
    gap = sentence.text[left : change.start]
    return not any(left <= at < change.start for at in named) and not re.search(r"[;；]|\.\s", gap)


def _share(part: Part, whole: Whole, catalogue: Catalogue) -> str:
    """A kind's or a maker's share has a metric; a region's part of a flow is no penetration."""
    key = catalogue.with_measure(part.key, "sales_share")
    if (
        key
        and not whole.trade
        and not any(name == "region" for name, _ in set(part.dimensions) - set(whole.dimensions))
    ):
        return key
    return f"share of {catalogue.said(part.key)}"
