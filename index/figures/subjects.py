# ruff: noqa: E501
"""Subjects: what the figures of a sentence are of; catalogue metrics, or the text's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.figures.deeds import done, noun_of
from index.language.metrics import Catalogue, FoundMetric
from index.language.units import CURRENCIES

FAMILIES = {
    "vehicles": "count", "units": "count", "": "count", "models": "count", "patents": "count", "papers": "count", "cells": "count",
    "charging points": "count", "chargers": "count", "piles": "count", "stations": "count", "points": "points",
    "GWh": "energy", "MWh": "energy", "kWh": "energy", "TWh": "energy", "Wh": "energy", "GWh/year": "energy", "GWh/yr": "energy",
    "GW": "power", "MW": "power", "kW": "power", "TW": "power", "W": "power", "km": "length", "mi": "length",
    "t": "mass", "kt": "mass", "Mt": "mass", "kg": "mass", "t/year": "mass", "Wh/kg": "density", "kWh/kg": "density",
    "cycles": "cycles", "%": "%", "pp": "%", "bp": "%",
}  # fmt: skip
_PER_FAMILIES = {
    "Wh": "energy",
    "kWh": "energy",
    "MWh": "energy",
    "t": "mass",
    "kg": "mass",
    "lb": "mass",
    "mt": "mass",
}
_NO_VEHICLES = frozenset(("charging points", "chargers", "piles", "stations"))
MONEY = frozenset(CURRENCIES.values())


def family(unit: str) -> str:
    main, _, per = unit.partition("/")
    if main in MONEY:
        return f"money/{_PER_FAMILIES.get(per, per)}" if per else "money"
    return FAMILIES.get(unit, unit)


def fits(metric_unit: str, unit: str, size: int) -> bool:
    """Whether a level in some unit can be of a metric; a bare small number is no count of vehicles."""
    if unit == "" and metric_unit in ("vehicles", "units", "charging points"):
        return size >= 1000
    if metric_unit == "vehicles" and unit in _NO_VEHICLES:
        return False
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


_CUT = re.compile(
    r"[,;:，；：。（）()、|]\s*|\s[-–—]\s|\s(?:while|and|but|which|that|whereas|with|as|or|including|compared|slower|faster|than)\s",
    re.I,
)
_VERB = re.compile(
    r"\s(?:(?:has|have|had|will|would|could|can|may|is|was|were|are|be|been|also|only|already|now|just)\s+)*"
    r"(?:is|was|were|are|be|been|reach\w*|stood|stand\w*|amount\w*|total(?:l?ed|s|l?ing)|hit|hits|fell|fall(?:s|ing|en)?|rose|rise[sn]?|grew|grow(?:s|n|ing)?|expand\w*|contract(?:ed|s)|increas(?:ed?|es|ing)|decreas(?:ed?|es|ing)|declin(?:ed?|es|ing)|drop(?:s|ped|ping)?|jump\w*|surg\w+|climb\w*|"
    r"exceed\w*|surpass\w*|account\w*|made|makes?|making|remain\w*|cost|sold|deliver(?:ed|s)?|invest(?:ed|s)?|rais(?:ed|es)|doubl\w+|tripl\w+|halv\w+|came|comes?|went|goes|averag(?:ed|es)|number(?:ed|s)|up|down|at|to|by|from|in|had|has|have|employ(?:ed|s)|produc(?:ed|es)|built|includ\w*|need(?:ed|s)?|will|would|could|can|"
    r"report(?:ed|s)?|saw|sees|post(?:ed|s)|register(?:ed|s)|record(?:ed|s)|ship(?:ped|s)|show(?:s|ed|n)?|said|says|holds?|held|got|get|gets|may|might|during|for|of)(?=\s|$)",
    re.I,
)
_HAN_VERB = re.compile(
    r"(?:分别|共计|累计|达到|将达|达|为|是|超过|突破|约|仅|至|同比|环比|增长|下降|上升|下滑|占|有望|将|已|较|比|与)"
)
_HAN_LEAD = re.compile(r"^(?:预计|到|其中|而|截至|截止|在|从|对应的?|今年|目前|由于|根据)+")
_LEAD_WORDS = re.compile(
    r"^(?:(?:in|on|at|for|by|during|from|of|the|a|an|its|their|this|that|these|those|our|his|it|they|he|she|we|which|there|and|but|or|some|over|about|nearly|more|than|less|overall|meanwhile|also|total|both|each|to|up|down|period|between|among|them|however|according|again|only|just|around|almost|as|so|then|now|still|was|were|is|are|of|with|after|yet|only|alone|another|allowed|whole|what|i|call|think|believe|even|if|well|representing|because|since|although|though|while|against|just)\s+)+",
    re.I,
)
_TRANSITIVE = re.compile(
    r"(?:reported|saw|sees|posted|recorded|produced|built|sold|delivered|installed|registered|shipped|launched|raised|employs?|has|have|had|received|created|added|signed|opened)(?:\s+(?:more than|over|about|nearly|around|some|almost|up to|a total of|at least))?\s*$",
    re.I,
)
_COUNTED = re.compile(
    r"[\s\d.,+~$€£¥–-]*(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half|dozen|hundred|thousand|million|billion|trillion|mn|bn|and)\b[\s-]*)*",
    re.I,
)
_TAIL_STOP = re.compile(
    r"[,.;:(）。，]|\b(?:in|on|at|by|from|to|and|or|but|while|which|that|as|than|year-on-year|respectively|per|each|with|over|compared|this|last|since|after|have|has|had|will|who|across|worldwide|under)\b|[\d$€£¥%]",
    re.I,
)
_BE = re.compile(r"\b(?:was|were|is|are|been|be)\s+", re.I)


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with spaces where the spans are; every place stays."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [text[at : max(start, at)], " " * (end - max(start, at))]
            at = end
    return "".join((*parts, text[at:]))


def own_words(lead: str, tail: str, quantity: str, unit: str, said: str) -> str:
    """The words of a text for what a number is of, lower case: "net migration", "charging piles built".

    `lead` is the sentence before the number with its periods and quantities blanked, `tail` begins at the number,
    `said` is what the number before was of.
    """
    counted = _behind(tail, quantity if family(unit) == "count" or (unit.islower() and len(unit) > 3) else "")
    if family(unit) != "count" and not (unit.islower() and len(unit) > 3):
        counted = _behind(tail[len(quantity) :], "")
    again = re.search(r"\b(?:shipped|exported|imported)\b[\w\s-]*\band\s+$", lead[-80:])
    if counted and (again or _TRANSITIVE.search(lead[-60:]) or not lead.strip()) and unit not in ("%", "pp"):
        return done(counted, lead)
    if named := noun_of(
        lead, counted or (unit if unit.isalpha() and unit.islower() else ""), money=unit in MONEY
    ):
        return named
    if "cost" in lead[-_NEAR:] and (cost := _COST.search(lead, max(0, len(lead) - 2 * _NEAR))):
        subject = _subject_of(_WHICH.sub(" ", cost["of"]))
        return f"cost of {subject}" if subject else "cost"
    parts = [part for part in _CUT.split(lead[-240:]) if part.strip()]
    for place, part in enumerate(reversed(parts)):
        words = _subject_of(part)
        if words:
            return words
        if place == 0 and counted and unit not in ("%", "pp") and " of " not in part[-6:]:
            return said or counted
    return said or counted or (unit if unit.isalpha() and unit.islower() else "") or "not named"


_COST = re.compile(
    r"(?P<of>[^.;]{2,80}?)\bcosts?\s+(?:between\s+|from\s+|about\s+|around\s+|some\s+|over\s+|nearly\s+|only\s+)?$"
)
_NEAR = 80
"""Characters before a number in which the word for what it costs stands; what costs it stands in as many before."""
_WHICH = re.compile(r",\s+(?:which|that|who)\b.*|\b(?:is|was|were|are)\b.*")


def _behind(tail: str, quantity: str) -> str:
    number = _COUNTED.match(quantity)
    words = tail[number.end() if number else 0 :]
    stop = _TAIL_STOP.search(words)
    words = _BE.sub("", words[: stop.start()] if stop else words)
    return (
        _clean(words)
        if any(one.isalpha() for one in words)
        and not re.match(r"\s*(?:%|percent|per cent|pp\b|[A-Z]+\b)", words)
        else ""
    )


def _subject_of(part: str) -> str:
    """What stands before the verb of a clause: "the fleet grew by" → "fleet"."""
    if re.search(r"[\u3400-\u9fff]", part):
        verb = _HAN_VERB.search(part)
        words = _HAN_LEAD.sub("", (part[: verb.start()] if verb else part).strip())
        return words.strip(" 的了")[-24:]
    part = _LEAD_WORDS.sub("", part.strip() + " ")
    part = " " + part
    for verb in _VERB.finditer(part):
        if verb.group().strip().lower() in ("of", "for", "in") and verb.start() > 0:
            continue
        return _clean(part[: verb.start()])
    return _clean(part)


def _clean(words: str) -> str:
    words = " ".join(words.strip(" .,;:!?\"'“”‘’()[]*#|_-–—>").split())
    words = _LEAD_WORDS.sub("", words + " ").strip()
    words = re.sub(
        r"(?:\s+(?:of|in|for|the|a|an|at|to|by|from|over|with|under|into|on|rate))+$",
        lambda found: " rate" if found.group().endswith("rate") else "",
        " " + words,
    ).strip()
    words = " ".join(words.lower().split()[-8:])
    return "" if words in STOP_SUBJECTS or len(words) < 2 else words


STOP_SUBJECTS = frozenset(
    [
        "it",
        "they",
        "he",
        "she",
        "we",
        "which",
        "this",
        "that",
        "there",
        "respectively",
        "year",
        "month",
        "increase",
        "decrease",
        "rise",
        "growth",
        "decline",
        "or",
        "and",
        "of",
        "to",
        "by",
        "number",
        "continuing",
        "total",
        "up",
        "down",
        "the",
        "a",
        "an",
        "i",
        "you",
        "all",
    ]
)


def share_metric(
    group: Group | None, denominators: tuple[FoundMetric, ...], subject: str, catalogue: Catalogue
) -> str:
    """The metric of a share of something: of battery output → battery_share."""
    for metric in (*denominators, *(group.metrics if group else ())):
        known = catalogue.get(metric.key)
        if known and known.unit == "%":
            return metric.key
    composed = catalogue.composed("sales_share", subject) if subject else None
    if composed and (group is None or not denominators):
        return composed
    for metric in (*(group.metrics if group else ()), *denominators):
        key = catalogue.with_measure(metric.key, "sales_share")
        if key:
            return key
    return ""
