# ruff: noqa: E501
"""Subjects: what the figures of a sentence are of; catalogue metrics, or the text's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.metrics import Catalogue, FoundMetric

FAMILIES = {
    "vehicles": "count", "units": "count", "": "count", "models": "count", "patents": "count", "papers": "count", "cells": "count",
    "GWh": "energy", "MWh": "energy", "kWh": "energy", "TWh": "energy", "Wh": "energy", "GWh/year": "energy", "GWh/yr": "energy",
    "GW": "power", "MW": "power", "kW": "power", "TW": "power", "W": "power", "km": "length", "mi": "length",
    "t": "mass", "kt": "mass", "Mt": "mass", "kg": "mass", "t/year": "mass", "Wh/kg": "density", "kWh/kg": "density",
    "cycles": "cycles", "%": "%", "pp": "%", "bp": "%",
}  # fmt: skip
MONEY = frozenset(
    ("USD", "CNY", "EUR", "GBP", "JPY", "KRW", "INR", "AUD", "CAD", "HKD", "CHF", "NOK", "SEK", "TWD")
)


def family(unit: str) -> str:
    main, _, per = unit.partition("/")
    if main in MONEY:
        return f"money/{per}" if per else "money"
    return FAMILIES.get(unit, unit)


def fits(metric_unit: str, unit: str, size: int) -> bool:
    """Whether a level in some unit can be of a metric; a bare small number is no count of vehicles."""
    if unit == "" and metric_unit in ("vehicles", "units"):
        return size >= 1000
    return family(metric_unit) == family(unit)


@dataclass(frozen=True, slots=True)
class Group:
    """Metrics said together: "production and sales of NEVs"."""

    metrics: tuple[FoundMetric, ...]

    @property
    def start(self) -> int:
        return min(metric.start for metric in self.metrics)

    @property
    def end(self) -> int:
        return max(metric.end for metric in self.metrics)


_AND = re.compile(r"\s*(?:,?\s*and|&|/|,|和|与|及|、)\s*(?:the\s+)?", re.I)
_DENOMINATOR = re.compile(
    r"(?:%|percent|per cent|share)\s*\)?,?\s+of\s+(?:(?:the|all|overall|total|its|their|new|global|world|country's)\s+)*$|占(?:总|全[国球]?|我国|国内)?$",
    re.I,
)


def find_groups(text: str, metrics: tuple[FoundMetric, ...]) -> tuple[Group, ...]:
    """Neighbouring metrics in groups; what a share is of ("of the total output") is no subject."""
    groups: list[list[FoundMetric]] = []
    for metric in metrics:
        if _DENOMINATOR.search(text, max(0, metric.start - 40), metric.start) or (
            text[max(0, metric.start - 2) : metric.start].endswith(("占总", "占"))
        ):
            continue
        last = groups[-1] if groups else None
        if last and (
            metric.start == last[0].start
            or metric.start < last[-1].end
            or _AND.fullmatch(text, last[-1].end, metric.start)
        ):
            if all(metric.key != other.key or metric.dimensions != other.dimensions for other in last):
                last.append(metric)
            continue
        groups.append([metric])
    return tuple(Group(tuple(group)) for group in groups)


_CUT = re.compile(r"[,;:，；：。（(]\s*|\s[-–—]\s|\s(?:while|and|but|which|that|whereas|with|as)\s", re.I)
_VERB = re.compile(
    r"\s+(?:(?:has|have|had|will|would|could|can|may|is|was|were|are|be|been|also|only|already|now|just)\s+)*"
    r"(?:is|was|were|are|be|been|reach\w*|stood|stand\w*|amount\w*|total\w*|hit|hits|fell|fall\w*|rose|rise\w*|grew|grow\w*|expand\w*|contract\w*|increas\w*|decreas\w*|declin\w*|drop\w*|jump\w*|surg\w*|climb\w*|"
    r"exceed\w*|surpass\w*|account\w*|made|make\w*|remain\w*|cost\w*|sold|deliver\w*|invest\w*|rais\w*|doubl\w*|tripl\w*|came|come\w*|went|go\w*|averag\w*|num\w*|up|down|of|at|to|by|from|in|had|has|have|employ\w*|produc\w*|built|includ\w*|need\w*|will|would|could|can)\b",
    re.I,
)
_HAN_VERB = re.compile(
    r"(?:分别为|共计|累计|达到|达|为|是|超过|突破|约|仅|至|增长|下降|上升|下滑|占比?|有|将|已)"
)
_LEAD_WORDS = re.compile(
    r"^(?:(?:in|on|at|for|by|during|from|of|the|a|an|its|their|this|that|these|those|our|his|and|but|some|over|about|nearly|more than|overall|meanwhile|also|total)\s+)+",
    re.I,
)
_TAIL = re.compile(r"\s*(?:of|in|for)?\s*((?:[A-Za-z][\w'’-]*\s?){1,5})")
_TAIL_STOP = re.compile(
    r"\b(?:in|on|at|by|from|to|and|or|but|while|which|that|was|were|is|are|as|than|year-on-year|respectively|per|each|with|for|over|compared|this|last|since|after|of|have|has|had|will)\b.*$",
    re.I,
)
_JUNK = re.compile(r"[\d$€£¥%]+[\w.,%/]*")


def own_words(text: str, start: int, end: int, left: int, unit: str) -> str:
    """The words of a text for what a number is of, lower case: "net migration", "charging piles built"."""
    lead = text[max(left, start - 160) : start]
    parts = [part for part in _CUT.split(lead) if part and part.strip()]
    words = ""
    for part in reversed(parts):
        verb = _VERB.search(" " + part) or _HAN_VERB.search(part)
        head = (
            (" " + part)[: verb.start()]
            if verb and verb.re is not _HAN_VERB
            else part[: verb.start()]
            if verb
            else part
        )
        words = _clean(head)
        if words:
            break
    if not words or words in ("it", "they", "he", "she", "we", "which", "this", "that", "there"):
        tail = _TAIL.match(text, end, min(len(text), end + 60))
        after = _TAIL_STOP.sub("", tail.group(1)).strip() if tail else ""
        words = _clean(" ".join((unit if unit.isalpha() and unit.islower() else "", after)))
    return words or unit or "number"


def _clean(words: str) -> str:
    words = _JUNK.sub(" ", words)
    words = " ".join(words.strip(" .,;:!?\"'“”‘’()[]*#|_-–—>").split())
    words = _LEAD_WORDS.sub("", words + " ").strip()
    return " ".join(words.lower().split()[-8:])


def share_metric(group: Group | None, denominators: tuple[FoundMetric, ...], catalogue: Catalogue) -> str:
    """The metric of a share of something: of battery output → battery_share."""
    for metric in (*denominators, *(group.metrics if group else ())):
        known = catalogue.get(metric.key)
        if known and known.unit == "%":
            return metric.key
    for metric in (*(group.metrics if group else ()), *denominators):
        key = catalogue.with_measure(metric.key, "sales_share")
        if key:
            return key
    return ""
