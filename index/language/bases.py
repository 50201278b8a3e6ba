"""Against what a number changed: year on year, month on month, quarter on quarter."""

from __future__ import annotations

import re
from typing import Literal

Basis = Literal["", "yoy", "mom", "qoq", "period"]

_YOY = re.compile(
    r"year[\s-]+(?:on|over|to)[\s-]+year|\bon-year\b|\by-?o-?y\b|\by/y\b|from\s+(?:a|one)\s+year\s+(?:ago|earlier|before)|(?:than|over|on|compared\s+(?:with|to))\s+(?:a|one)\s+year\s+(?:ago|earlier|before)|on\s+the\s+year|annually|"
    r"(?:a|one)\s+year\s+(?:earlier|ago)|(?:from|over|compared\s+(?:with|to)|than|on|against|versus)\s+(?:in\s+)?(?:the\s+)?(?:same|corresponding|comparable)\s+(?:period|month|quarter|time|half)[^,.;]{0,24}|annual\s+(?:increase|growth|rise|decline|drop|decrease)|"
    r"year-?earlier|(?:from|over|compared\s+(?:with|to)|than|on)\s+(?:last|the\s+previous|the\s+prior)\s+year|同比|比上年|较上年|比去年|较去年|year\s+on\s+year",
    re.I,
)
_MOM = re.compile(
    r"month[\s-]+(?:on|over)[\s-]+month|\bm-?o-?m\b|\bm/m\b|from\s+(?:a|one)\s+month\s+(?:ago|earlier|before)|on\s+the\s+month|(?:from|over|than|compared\s+(?:with|to))\s+(?:the\s+)?(?:previous|last|prior|preceding)\s+month|环比|比上月|较上月",
    re.I,
)
_QOQ = re.compile(
    r"quarter[\s-]+(?:on|over)[\s-]+quarter|\bq-?o-?q\b|\bq/q\b|(?:from|over|than|compared\s+(?:with|to))\s+(?:the\s+)?(?:previous|last|prior|preceding)\s+quarter",
    re.I,
)
_BASES: tuple[tuple[Basis, re.Pattern[str]], ...] = (("yoy", _YOY), ("mom", _MOM), ("qoq", _QOQ))
BASE_LEFT = re.compile(
    r"(?:\b(?:from|than|over|against|versus|vs\.?|since|on|compared\s+(?:with|to)|relative\s+to|(?:than|that|those)\s+(?:in|of|for)|(?:than|above|below|under)\s+(?:the|its|their)\s+(?:level|levels|figure|number|volume|total|amount|value|result)\s+(?:of|in|for)|as\s+in|after|before|(?:triple|double|twice|half|times|than)\s+(?:the\s+|its\s+)?(?:\w+\s+)?(?:amount|level|number|figure|share|size|volume|total)\s+(?:in|of)|with|above|below|exceeding)|比|较|与)\s*(?:that\s+(?:of|in)\s+|in\s+|the\s+)*$",
    re.I,
)


OPENING = re.compile(
    r"\s*(?:on\s+a\s+)?(?:(?P<yoy>year[\s-]on[\s-]year|yoy)|(?P<mom>month[\s-]on[\s-]month|mom)|(?P<qoq>quarter[\s-]on[\s-]quarter|qoq))"
    r"(?:\s+basis)?,",
    re.I,
)


def find_basis(lead: str, tail: str) -> tuple[Basis, bool]:
    """The basis, and whether it was said of the change before."""
    own = [(found.end(), basis) for basis, form in _BASES for found in form.finditer(lead[-48:])]
    if own and not re.search(r"[,，;；、]|\b(?:and|but|while|to)\b", lead[-48:][max(own)[0] :]):
        return max(own)[1], False
    clause = re.split(r"[;；。]|,\s+(?:while|but|with|and\s+(?:the|its))\s|，(?!同比|环比)", tail)[0]
    hits = [(found.start(), basis) for basis, form in _BASES if (found := form.search(clause))]
    near = [
        (start, basis)
        for start, basis in hits
        if not re.search(r"\b(?:and|but)\s+(?:up|down|rose|fell)", clause[:start])
    ]
    if near:
        return min(near)[1], False
    earlier = [(found.end(), basis) for basis, form in _BASES for found in form.finditer(lead)]
    return (max(earlier)[1], True) if earlier else ("", False)
