"""Names: the metric and the dimensions that a number of a sentence is of."""

from __future__ import annotations

import re
from decimal import Decimal

from index.figures.agents import doer_of
from index.figures.deeds import DEEDS
from index.figures.heads import with_topic
from index.figures.shares import share_name
from index.figures.subjects import MONEY, Group, family, fits, own_words
from index.figures.thread import Sentence, Thread
from index.language.changes import Change
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, FoundMetric, Metric
from index.language.periods import Period

_AFTER_GAP = re.compile(
    r"\s*(?:worth\s+|units?\s+|pieces\s+)?(?:of\s+)?(?:(?:the|its|new|pure|total|annual|additional|these|their|在)\s+)*",
    re.I,
)


_ANAPHORA = re.compile(
    r"^(?:we\s+(?:had\s+|still\s+|now\s+)?(?:expect|forecast|see|estimate)|among\s+them|of\s+(?:these|them|which|those|this)|this|these|the\s+(?:total|figure|number|volume|result|increase|decrease|growth|rate|market\s+share)|it\b|that\b|they|while|meanwhile|in\s+(?:the\s+)?(?:first|second|third|fourth|january|february|march|april|may|june|july|august|september|october|november|december|q\d|h\d|total|\d{4})|up\b|down\b|其中|而|同比|环比|累计|占|较|与)",
    re.I,
)


def group_for(  # noqa: PLR0911
    sentence: Sentence, change: Change, thread: Thread, catalogue: Catalogue
) -> Group | None:
    """The metrics that a number is of; and whether they come from the sentence before."""
    if _THOSE.fullmatch(sentence.text, 0, change.start) and family(change.unit) == "count":
        return None
    fitting = [group for group in sentence.groups if _fits(group, change, catalogue)]
    for group in fitting:
        if change.start <= group.start < change.end or (
            group.start >= change.end and group.start - change.end < 40 and change.role in ("level", "change")
            and _AFTER_GAP.fullmatch(sentence.text, change.end, group.start)
        ):  # fmt: skip
            return group
    before = [group for group in fitting if group.start < change.start]
    if before and _OTHER_CLAUSE.search(sentence.text, before[-1].end, change.start):
        return None
    if before:
        return before[-1]
    if thread.intro and not fitting and _fits(thread.intro, change, catalogue):
        return thread.intro
    if (
        thread.group
        and not any(one.start < change.start for one in sentence.groups)
        and _goes_on(sentence, change, thread)
    ):
        held = Group(sentence.metrics[:1]) if sentence.metrics else thread.group
        if change.role == "change" or _fits(held, change, catalogue):
            return held
        if change.role == "level" and _fits(thread.group, change, catalogue):
            return thread.group
    lead = sentence.text[max(0, change.start - 40) : change.start]
    if change.role == "level" and change.unit != "%" and _PART_OF.search(lead):
        of = [Group((one,)) for one in sentence.metrics if one.start >= change.end]
        if of and _fits(of[0], change, catalogue):
            return of[0]
    after = [
        group
        for group in fitting
        if group.start >= change.end
        and not re.search(r"[,;，；]|\b(?:while|but)\b", sentence.text[change.end : group.start])
        and not _has_its_own(sentence, group, change)
    ]
    return after[0] if after and change.role != "share" else None


def _has_its_own(sentence: Sentence, group: Group, change: Change) -> bool:
    """Whether a metric is told by the number behind it: of "lost 7 million on revenue of 17 million" the 17."""
    end = max(metric.end for metric in group.metrics)
    return any(
        other.start > change.start and _OF.fullmatch(sentence.text, end, other.start) is not None
        for other in sentence.changes
    )


_OF = re.compile(r"\s+of\s+(?:(?:about|around|some|nearly|almost|over|more than|just|only)\s+)*", re.I)
_THOSE = re.compile(r"\s*(?:The|These|Those)\s+")
"""Before a count that looks back: "The 306 cars taken out had been counted as sales"."""
_OTHER_CLAUSE = re.compile(
    r"[,;]\s+(?:although|though|yet|but|while|whereas)\s+(?!it\b|they\b|that\b|those\b)(?:[\w’'-]+\s+){1,3}"
    r"(?:held|holds?|had|has|have|own(?:s|ed)?|employ(?:s|ed)?|stored?)\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
"""A clause with a subject of its own that has so many of something."""
_PART_OF = re.compile(
    r"(?:account\w*\s+for|ma(?:de|k\w+)\s+up|represent\w*|t(?:ook|ak\w+)\s+up|compris\w*|占)\s*(?:about|nearly|over|some)?\s*$",
    re.I,
)


def goes_on(sentence: Sentence) -> bool:
    """Whether a sentence that names nothing goes on with what the one before was of: "We expect CNY 70,000"."""
    opens = _WHEN.match(sentence.text)
    text = sentence.text[opens.end() :] if opens else sentence.text
    return not sentence.metrics and not sentence.objects and _ANAPHORA.match(text) is not None


_WHEN = re.compile(
    r"(?:for|in|during|over)\s+(?:the\s+)?[^,.;]{0,30}?\b(?:(?:19|20)\d\d|year|quarter|month|half)\b"
    r"(?:\s+as\s+a\s+whole)?,?\s+",
    re.I,
)
""" "For 2025 as a whole the total was …": a time before what goes on."""


def _goes_on(sentence: Sentence, change: Change, thread: Thread) -> bool:
    """Whether a sentence without a metric goes on with the subject of the one before."""
    if thread.group_age > 1:
        return False
    if _ANAPHORA.match(sentence.text):
        return True
    parts = ("chemistry", "technology", "powertrain", "company")
    measured = family(change.unit) in ("energy", "power") or change.role in ("change", "share")
    return measured and any(one.name in parts and one.start < change.start for one in sentence.dimensions)


def _fits(group: Group, change: Change, catalogue: Catalogue) -> bool:
    for metric in group.metrics:
        known = catalogue.get(metric.key)
        if known is None:
            return True
        if change.role == "change" and change.unit in ("%", "times"):
            return True
        if change.role == "share" or (change.unit == "%" and change.role != "change"):
            return known.unit == "%" or bool(catalogue.with_measure(metric.key, "sales_share"))
        if change.unit in ("pp", "bp", "points"):
            return known.unit == "%" or bool(catalogue.with_measure(metric.key, "sales_share"))
        if fits(known.unit, change.unit, int(min(abs(change.value), Decimal(10) ** 18))) or is_worth(
            known, change
        ):
            return True
    return False


def is_worth(metric: Metric, change: Change) -> bool:
    """ "Exports were worth USD 7.1 billion": goods that cross a border are counted, and valued."""
    return metric.measure in ("imports", "exports") and family(change.unit) == "money"


def name_of(  # noqa: PLR0911
    sentence: Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
    """The catalogue's key, a share's own key, or the text's words; `said` is what the number before was of."""
    if change.unit == "%" and change.role in ("share", "level", "before"):
        return share_name(sentence, change, metric, catalogue, said) or _own(
            sentence, change, said, catalogue
        )
    if change.role == "change" and _DEARER.match(sentence.text, change.end):
        return catalogue.composed("price", sentence.subject(change)) or _own(
            sentence, change, said, catalogue
        )
    if change.role == "change" and said and _CAGR.search(sentence.text[: change.start]):
        return said
    if metric is None:
        return _unnamed(sentence, change, catalogue, said) or _own(sentence, change, said, catalogue)
    known = catalogue.get(metric.key)
    if known and known.kind == "stock" and change.role == "level" and _is_added(sentence.text, change):
        return _own(sentence, change, said, catalogue)
    if change.unit in ("pp", "bp") and known and known.unit != "%":
        return catalogue.with_measure(metric.key, "sales_share") or metric.key
    counted = sentence.counted(change)
    if counted not in ("", "vehicle") and known and known.measure and metric.start < change.start:
        return catalogue.composed(known.measure, counted) or metric.key
    return metric.key


_CAGR = re.compile(
    r"\b(?:CAGR|compound\s+annual\s+growth(?:\s+rate)?)\b[^,;.]{0,20}$|复合增[长速]率?[^，。]{0,4}$", re.I
)
_DEARER = re.compile(r"\s*(?:dearer|cheaper|costlier|(?:more|less)\s+(?:expensive|costly))\b", re.I)


_ADDED = r"(?:built|added|adding|installed|erected|deployed|opened|set up|新增|新建|增加)"


def _is_added(text: str, change: Change) -> bool:
    """Whether a number is what was added to a stock, and not the stock: "50,000 charging piles were built"."""
    behind = re.match(
        rf"[^,;.，；。]{{0,30}}?\b(?:were|was|been|are|newly)\s+(?:newly\s+)?{_ADDED}\b", text[change.end :]
    )
    return bool(behind or re.search(rf"{_ADDED}[^,;.，；。]{{0,16}}$", text[: change.start]))


def _unnamed(sentence: Sentence, change: Change, catalogue: Catalogue, said: str) -> str:
    """The metric of a number whose sentence names none: by its unit, or that of the number before."""
    if change.unit.partition("/")[0] in MONEY and "/" in change.unit:
        key = catalogue.composed("price", sentence.subject(change)) or said
        priced = catalogue.get(key)
        return key if priced and family(priced.unit) == family(change.unit) else ""
    if change.unit == "Wh/kg" and change.role != "change" and catalogue.get("energy_density"):
        return "energy_density"
    if catalogue.get(said) and (change.role == "change" or _has_moved_to(sentence, change)):
        return said
    if catalogue.get(said) and change.role == "before" and _goes_with_last(sentence, change):
        return said
    if family(change.unit) == "energy" and change.role == "level" and _INSTALLED.search(sentence.text):
        return catalogue.composed("installed", "battery") or ""
    ranges = family(change.unit) == "length" and _RANGE_WORDS.search(sentence.text)
    return "driving_range" if ranges and catalogue.get("driving_range") else ""


def _has_moved_to(sentence: Sentence, change: Change) -> bool:
    """ "Plug-in hybrids more than doubled to 11,200": the level is of what doubled."""
    last = sentence.before(change)
    moved = last is not None and last.role == "change"
    return moved and last is not None and _TO.fullmatch(sentence.text, last.end, change.start) is not None


_TO = re.compile(r"\s+to\s+(?:about\s+|nearly\s+|over\s+)?")


_INSTALLED = re.compile(r"\binstall(?:ed|ations?|s)\b|装车|装机", re.I)
_RANGE_WORDS = re.compile(r"\brange\b|(?:single|one|per|full)\s+charge|power an? (?:ev|electric)|续航", re.I)


_CUMULATIVE = re.compile(
    r"\b[Cc]umulative\s+((?:[a-z]+\s+)?(?:deliveries|sales|production|output|exports|shipments|registrations))\b"
)


def to_date(sentence: Sentence, change: Change, key: str, period: Period | None) -> str:
    """ "Cumulative deliveries reached 612,480 as of 31 October": all there ever were, and not those of that day."""
    said = _CUMULATIVE.search(sentence.text, 0, change.start)
    if said is None or period is None or period.grain not in ("day", "point") or change.role == "change":
        return key
    return f"cumulative {said[1]}"


def own_name(sentence: Sentence, change: Change, catalogue: Catalogue) -> str:
    """What a number is of, in the text's own words."""
    return _own(sentence, change, "", catalogue)


def _own(sentence: Sentence, change: Change, said: str, catalogue: Catalogue) -> str:
    known = catalogue.get(said)
    if known and change.role != "change" and family(known.unit) != family(change.unit):
        said = ""
    if said and change.role == "before" and _goes_with_last(sentence, change):
        return said
    if said and change.role == "change" and " " in said and _same_clause(sentence, change):
        return said
    words = own_words(
        sentence.bare[: change.start],
        sentence.text[change.start : change.end + 60],
        change.quantity.text,
        change.unit,
        said,
    )
    doer = doer_of(sentence.text, change.start)
    words = doer[1] if doer and words == f"{doer[0]} {doer[1]}".lower() else words
    whole = _OF_WHOLE.match(sentence.text, change.end) if _is_share(change) else None
    if words == said and not (whole and " of " in said):
        return words
    if whole:
        words = _of(_sharer(sentence, change) or words, " ".join(whole["whole"].lower().split()))
    elif any(one.start == 0 and one.end == len(words) for one in find_dimensions(words)):
        words = f"{words} {_deed(sentence, change, words)}".strip()
    return with_topic(words, sentence.topic, catalogue)


def _of(words: str, whole: str) -> str:
    """A share in the text's words, with what it is of."""
    if whole in words or words in whole:
        return words
    return f"{'share' if words in ('not named', 'that') else words} of {whole}"


def _is_share(change: Change) -> bool:
    return change.unit == "%" and change.role != "change"


def _same_clause(sentence: Sentence, change: Change) -> bool:
    """Whether a rate stands right behind what it is of: "cost 181 dollars in Europe, 6 % less than …"."""
    last = sentence.before(change)
    return (
        last is not None
        and last.role == "level"
        and _BESIDE.fullmatch(sentence.text, last.end, change.start) is not None
    )


_BESIDE = re.compile(
    r"(?:\s+(?:in|across|for|of|at)\s+(?:the\s+)?[\w\s-]{2,40})?,?\s*(?:(?:up|down|or|that\s+is|an?\s+(?:increase|rise|gain|drop|fall|decline|decrease)\s+of"
    r"|about|some|around|nearly|almost|over|more\s+than)\s+)*",
    re.I,
)
_OF_WHOLE = re.compile(
    r"\s+of\s+(?:all\s+|the\s+)*(?P<whole>(?!(?:(?:the\s+|our\s+)?(?:plan|target|goal|forecast)|it|its|them|that|this|these|those|total|which|us|our|their|respondents)\b)(?:[A-Za-z-]+\s?){1,4}?)"
    r"(?=\s+(?:in|by|at|from|to|and|after|with|on|was|were|is|are|will|can|could|that|which|expect|say|said|have|had)\b|\s*(?:[,.;()]|$))"
)
_AND_PART = re.compile(r"\s+of\s+[A-Za-z -]{2,50}\s+and\s+")


def _sharer(sentence: Sentence, change: Change) -> str:
    """ "The line recovers 95 % of nickel and 82 % of lithium": the second is of what the first is of."""
    last = sentence.before(change)
    if not last or last.unit != "%" or not _AND_PART.fullmatch(sentence.text, last.end, change.start):
        return ""
    return own_words(sentence.bare[: last.start], sentence.text[last.start :], last.quantity.text, "%", "")


def _deed(sentence: Sentence, change: Change, words: str) -> str:
    """What somebody does so many of: "Europe can shred around 300,000 t"."""
    at = sentence.text.lower().rfind(words, 0, change.start)
    found = _DOES.match(sentence.text, at + len(words)) if at >= 0 else None
    verb = (found["does"] or found["did"]).lower() if found and found.end() <= change.start else ""
    return DEEDS.get(verb, verb)


_DOES = re.compile(
    rf"\s+(?:(?:can|could|will|may)\s+(?P<does>(?!(?:be|have)\b)[a-z]+)|(?P<did>{'|'.join(DEEDS)}))\b"
)


def _goes_with_last(sentence: Sentence, change: Change) -> bool:
    """Whether what it is compared with stands right before it, in the same unit: "14.6 %, compared with 11.9 %"."""
    last = sentence.before(change)
    return last is not None and last.unit == change.unit
