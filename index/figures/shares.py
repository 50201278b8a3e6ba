"""Shares: what a level in per cent is a share of, by the catalogue's key or in the text's words."""

from __future__ import annotations

import re

from index.figures.subjects import Group, share_metric
from index.figures.thread import Sentence
from index.language.changes import Change
from index.language.dimensions import find_dimensions
from index.language.metrics import Catalogue, FoundMetric, find_metrics, find_objects

_SHARE_WORDS = re.compile(
    r"share|penetration|占|份额|渗透率|account|made\s+up|mak\w+\s+up|represent|compris|of\s+(?:all|total|the)",
    re.I,
)


_MARKET_SHARE = re.compile(r"market\s+share|市场份额|市占率|市场占有率", re.I)


def _of_company(sentence: Sentence, change: Change) -> bool:
    """A company's market share is no penetration of a technology."""
    named = any(one.name == "company" and one.start < change.start for one in sentence.dimensions)
    return named and _MARKET_SHARE.search(sentence.text[: change.start]) is not None


def share_name(
    sentence: Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
    """The metric of a level in per cent: a share of what the sentence counts; "" where no catalogue knows it."""
    if said and _THAT_SHARE.search(sentence.text, 0, change.start):
        return said
    key = _key(sentence, change, metric, catalogue, said)
    if key not in _PENETRATIONS:
        return key
    return "" if _of_company(sentence, change) else _unknown_part(sentence, change, catalogue) or key


_THAT_SHARE = re.compile(r"[这该此]一?(?:比例|占比|比重|份额)[^，。；]{0,6}$")


def _key(
    sentence: Sentence, change: Change, metric: FoundMetric | None, catalogue: Catalogue, said: str
) -> str:
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
    subject = sentence.subject(change)
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


def _unknown_part(sentence: Sentence, change: Change, catalogue: Catalogue) -> str:
    """The part that a Chinese share is of, where no catalogue knows it: A00车型占比."""
    part = _HAN_PART.search(sentence.text, 0, change.start)
    if part is None or find_metrics(part[1], catalogue) or find_objects(part[1], catalogue):
        return ""
    return "" if find_dimensions(part[1]) else f"{part[1]}占比"


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
_HAN_PART = re.compile(r"[中里其]的?[，,]?\s*([^，,。；;中里其]{2,16}?)(?:的)?占比[^，。；]{0,6}$")
""" "纯电乘用车销量中，A00车型占比": a share of those, not how many of all cars are electric."""
_WERE_ELECTRIC = re.compile(
    r"[^,;.]{0,40}?\b(?:were|was|are|is)\s+(?:fully\s+|all[- ])?electric(?:s|\s+(?:cars|vehicles|ones))?\b",
    re.I,
)


_OR = re.compile(
    r"\s*(?:of\s+(?:it|them|these|this|that|the\s+total))?\s*,?\s*(?:or|i\.e\.,?|即|\()\s*(?:about\s+|nearly\s+|some\s+)?",
    re.I,
)
