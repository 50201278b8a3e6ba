"""Names: the metric and the dimensions that a number of a sentence is of."""

from __future__ import annotations

import re
from decimal import Decimal

from index.figures.agents import agent_of, full_name, is_account, speaker_of
from index.figures.context import Sentence, Thread
from index.figures.subjects import MONEY, Group, family, fits, own_words, share_metric
from index.language.changes import Change
from index.language.dimensions import FoundDimension
from index.language.metrics import Catalogue, FoundMetric

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
    ]
    return after[0] if after and change.role != "share" else None


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
    return not sentence.metrics and not sentence.objects and _ANAPHORA.match(sentence.text) is not None


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
        if fits(known.unit, change.unit, int(min(abs(change.value), Decimal(10) ** 18))):
            return True
    return False


_SHARE_WORDS = re.compile(
    r"share|penetration|占|份额|渗透率|account|made\s+up|mak\w+\s+up|represent|compris|of\s+(?:all|total|the)",
    re.I,
)


def name_of(  # noqa: PLR0911
    sentence: Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
    """The catalogue's key, a share's own key, or the text's words; `said` is what the number before was of."""
    if change.unit == "%" and change.role in ("share", "level", "before"):
        key = _share_name(sentence, change, metric, catalogue, said)
        if key in _PENETRATIONS and _of_company(sentence, change):
            key = ""
        return key or _own(sentence, change, said, catalogue)
    if change.role == "change" and _DEARER.match(sentence.text, change.end):
        return catalogue.composed("price", _subject(sentence, change)) or _own(
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
    counted = _subject(sentence, change, counted=True)
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


_MARKET_SHARE = re.compile(r"market\s+share|市场份额|市占率|市场占有率", re.I)


def _of_company(sentence: Sentence, change: Change) -> bool:
    """A company's market share is no penetration of a technology."""
    named = any(one.name == "company" and one.start < change.start for one in sentence.dimensions)
    return named and _MARKET_SHARE.search(sentence.text[: change.start]) is not None


def _share_name(
    sentence: Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
    """The metric of a level in per cent: a share of what the sentence counts."""
    left = max((one.end for one in sentence.changes if one.end <= change.start), default=0)
    held = catalogue.get(said)
    if held and change.role == "before" and held.unit == "%":
        return said
    if held and _OR.fullmatch(sentence.text[left : change.start]):
        return catalogue.with_measure(said, "sales_share") or said
    known = catalogue.get(metric.key) if metric else None
    if known and known.unit == "%":
        return known.key
    if change.role != "share" and not _SHARE_WORDS.search(sentence.text[left : change.start]):
        return ""
    near = tuple(
        one
        for one in sentence.metrics
        if change.end <= one.start <= change.end + 60
        and not re.search(r"[,;，；]", sentence.text[change.end : one.start])
    )
    group = Group((metric,)) if metric else None
    subject = _subject(sentence, change)
    key = share_metric(group, near, subject, catalogue)
    return (
        _share_of_kind(sentence, change, near, catalogue)
        or (
            (_WERE_ELECTRIC.match(sentence.text, near[0].end) if near and not subject else None)
            and catalogue.composed("sales_share", "ev")
        )
        or key
    )


def _share_of_kind(
    sentence: Sentence, change: Change, near: tuple[FoundMetric, ...], catalogue: Catalogue
) -> str:
    """The text's words for a share of electric vehicles themselves: "China made up 60 % of global EV sales" says
    nothing of how many of China's cars are electric."""
    whole = _WHOLE.match(sentence.text, change.end, near[0].end) if near else None
    if whole and catalogue.with_measure(near[0].key, "sales_share") in _PENETRATIONS:
        return f"share {whole.group(1)}".lower()
    if market := _OF_MARKET.match(sentence.text, change.end):
        return f"share {market.group(1)}".lower()
    before = _HAN_OF_MARKET.search(sentence.text, 0, change.start)
    return f"占{before.group(1)}" if before else ""


_PENETRATIONS = ("nev_penetration", "ev_sales_share")
_WHOLE = re.compile(r"\s*(?:share\s+)?(of\s.+)", re.I | re.S)
"""What a share is of, where that is named behind it."""
_OF_MARKET = re.compile(
    r"\s*(?:share\s+)?(of\s+(?:[\w'’]+\s+){0,3}?(?:N?EV|BEV|new[- ]energy|electric|plug-in)(?:[- ]\w+)?\s+market)\b",
    re.I,
)
_HAN_OF_MARKET = re.compile(
    r"占((?:[^，。；占]{0,4})(?:新能源|电动|纯电)[^，。；占]{0,6}(?:销量|市场|产量))的?[^，。；]{0,4}$"
)
_WERE_ELECTRIC = re.compile(
    r"[^,;.]{0,40}?\b(?:were|was|are|is)\s+(?:fully\s+|all[- ])?electric(?:s|\s+(?:cars|vehicles|ones))?\b",
    re.I,
)


def _unnamed(sentence: Sentence, change: Change, catalogue: Catalogue, said: str) -> str:
    """The metric of a number whose sentence names none: by its unit, or that of the number before."""
    if change.unit.partition("/")[0] in MONEY and "/" in change.unit:
        key = catalogue.composed("price", _subject(sentence, change)) or said
        priced = catalogue.get(key)
        return key if priced and family(priced.unit) == family(change.unit) else ""
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
    last = [one for one in sentence.changes if one.end <= change.start][-1:]
    return (
        bool(last)
        and last[0].role == "change"
        and bool(
            re.fullmatch(
                r"\s+to\s+(?:about\s+|nearly\s+|over\s+)?", sentence.text[last[0].end : change.start]
            )
        )
    )


_INSTALLED = re.compile(r"\binstall(?:ed|ations?|s)\b|装车|装机", re.I)
_OR = re.compile(
    r"\s*(?:of\s+(?:it|them|these|this|that|the\s+total))?\s*,?\s*(?:or|i\.e\.,?|即|\()\s*(?:about\s+|nearly\s+|some\s+)?",
    re.I,
)


_RANGE_WORDS = re.compile(r"\brange\b|(?:single|one|per|full)\s+charge|power an? (?:ev|electric)|续航", re.I)


def _own(sentence: Sentence, change: Change, said: str, catalogue: Catalogue) -> str:
    known = catalogue.get(said)
    if known and change.role != "change" and family(known.unit) != family(change.unit):
        said = ""
    if said and change.role == "before" and _goes_with_last(sentence, change):
        return said
    lead = sentence.bare[: change.start]
    return own_words(
        lead, sentence.text[change.start : change.end + 60], change.quantity.text, change.unit, said
    )


def _goes_with_last(sentence: Sentence, change: Change) -> bool:
    """Whether what it is compared with stands right before it, in the same unit: "14.6 %, compared with 11.9 %"."""
    last = [one for one in sentence.changes if one.end <= change.start][-1:]
    return bool(last) and last[0].unit == change.unit


def _subject(sentence: Sentence, change: Change, *, counted: bool = False) -> str:
    """The object before a share ("Electric vehicles made up …"), or the one that a count is in ("3.5 million NEVs")."""
    if counted:
        return next((one.name for one in sentence.objects if change.start <= one.start < change.end), "")
    before = [one for one in sentence.objects if one.end <= change.start]
    return before[-1].name if before else ""


_ONE_EACH = ("region", "company", "chemistry", "technology", "powertrain", "vehicle")


def dimensions_of(
    sentence: Sentence, change: Change, metric: FoundMetric | None, key: str, thread: Thread, *, known: bool
) -> tuple[tuple[str, str], ...]:
    """The nearest value of each dimension before the number, else the first one behind it in its clause."""
    chosen: dict[str, str] = {}
    for one in sentence.dimensions:
        if one.name in _ONE_EACH and one.start < change.start and not _is_whole(sentence.text, one):
            chosen[one.name] = one.value
    behind = re.split(r"[,;，；。]", sentence.text[change.end :])[0]
    for one in sentence.dimensions:
        if one.name in _ONE_EACH and change.start <= one.start <= change.end + len(behind):
            chosen[one.name] = one.value if one.start < change.end else chosen.get(one.name, one.value)
    if metric is not None and metric.start < change.end:
        nearer = {one.name for one in sentence.dimensions if metric.end <= one.start < change.start}
        chosen.update((name, value) for name, value in metric.dimensions if name not in nearer)
    elif metric is not None:
        chosen = dict(metric.dimensions) | chosen
    if "region" in chosen and _is_split(sentence, change):
        del chosen["region"]
        return tuple(sorted(chosen.items()))
    if "company" in chosen and _passes_to_region(sentence, change):
        del chosen["company"]
    if "company" not in chosen and (
        owner := _owner(sentence, change, key, thread, placed="region" in chosen)
    ):
        chosen["company"] = owner
    if "region" not in chosen and "company" not in chosen and known and thread.regions:
        chosen.update(thread.regions)
    return tuple(sorted(chosen.items()))


def _owner(sentence: Sentence, change: Change, key: str, thread: Thread, *, placed: bool) -> str:
    """The firm that a number is of, where no table of names knows it; a number that has a region needs none."""
    agent = agent_of(sentence.text, change.start, thread.company)
    if agent or placed:
        return agent
    speaker = full_name(speaker_of(sentence.text[: change.start]), thread.company)
    return speaker or (thread.company if is_account(key, change.unit) else "")


_WHOLE_OF = re.compile(r"(?:占|(?:%|percent|per\s+cent|share)\s+of\s+(?:all\s+)?(?:the\s+)?)$", re.I)
"""What a share is of is not where the numbers after it are of: 占全球17%."""
_ITS_OWN = re.compile(
    r"\s*(?:[,(（]|\b(?:is|was|were|has|had|in|for|at|rose|fell|grew|reached|stood|hit|climbed|dropped|increased|declined)\b)",
    re.I,
)


def _is_whole(text: str, one: FoundDimension) -> bool:
    """Whether a share is of it: not so in "the EV share of Norway was 92 %"."""
    lead = _WHOLE_OF.search(text, 0, one.start)
    return lead is not None and not ("share" in lead.group().lower() and _ITS_OWN.match(text, one.end))


def _is_split(sentence: Sentence, change: Change) -> bool:
    """Whether several regions were named, and the number stands in a clause of its own after them."""
    before = [one for one in sentence.dimensions if one.name == "region" and one.end <= change.start]
    last = max((one.end for one in before), default=0)
    return len({one.value for one in before}) > 1 and bool(
        re.search(r"[;；]", sentence.text[last : change.start])
    )


def _passes_to_region(sentence: Sentence, change: Change) -> bool:
    """ "When CATL shut a mine, China's output fell": the number is of the region that has it, not of the company."""
    before = [
        one for one in sentence.dimensions if one.end <= change.start and one.name in ("region", "company")
    ]
    if not before or before[-1].name != "region":
        return False
    owns = re.match(r"['’]s?\s", sentence.text[before[-1].end : before[-1].end + 3])
    company = max((one.end for one in before if one.name == "company"), default=0)
    return bool(owns) and "," in sentence.text[company : before[-1].start]


_LISTED = re.compile(r"[^\d,;，；。]{0,12}?(?:,\s*and\s|,\s|\sand\s|\s&\s|/|和|与|及|、)(?:the\s+)?", re.I)
_LAST_JOINT = re.compile(r"\sand\s|&|/|和|与|及|、", re.I)


def share_out(
    sentence: Sentence, bunch: list[Change], place: int, dimensions: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """ "Japan and South Korea sold A and B": the nth value to the nth number; a sum of several has none of them."""
    shared = dict(dimensions)
    for name in _ONE_EACH:
        values = _listed(sentence, name, bunch[0].start)
        if len(values) < 2 or shared.get(name) not in values:
            continue
        if len(values) == len(bunch):
            shared[name] = values[place]
        else:
            del shared[name]
    return tuple(sorted(shared.items()))


def _listed(sentence: Sentence, name: str, before: int) -> list[str]:
    """The values of a dimension that are said together, last before a place."""
    found = [one for one in sentence.dimensions if one.name == name and one.end <= before]
    values: list[str] = []
    joined = False
    for place in range(len(found) - 1, -1, -1):
        if values:
            gap = sentence.text[found[place].end : found[place + 1].start]
            if found[place].value != values[0]:
                if not _LISTED.fullmatch(gap):
                    break
                joined = joined or bool(_LAST_JOINT.search(gap))
        if found[place].value not in values:
            values.insert(0, found[place].value)
    return values if joined else values[-1:]
