"""What a number stands for: level, change or target; forecast, estimate or revised; or no statistic at all."""

from __future__ import annotations

import re
from dataclasses import replace

from index.documents import Document
from index.figures import Figure, Kind, Status
from index.figures.subjects import family
from index.figures.thread import Sentence
from index.language.changes import Change
from index.language.dimensions import find_dimensions
from index.language.periods import Period

MEASURED = frozenset(
    ("t", "kg", "g", "km", "mi", "m", "ft", "mph", "ppm", "minutes", "acres", "ha", "cycles", "times")
)


_FORECAST = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:s|ed|ion|ions)|estimat(?:es|ed)\s+(?:that|to)|anticipat\w*|guid(?:es?|ed|ance)|(?:lift|rais|cut|lower|trim|hik|reduc)\w*\s+(?:our|its|their|the)\s+(?:[\w-]+\s+){0,3}(?:average|estimate|call|view)s?|is\s+likely|outlook|could|would|may)\b|预计|预测|有望|预期",
    re.I,
)
_TARGET = re.compile(
    r"\b(?:target\w*|aim\w*|goal\w*|plans?\s+to|planned|planning|will|intends?|pledg\w*|commit\w*|set\s+to|hopes?\s+to|objective|ambition|to\s+invest)\b|目标|计划|力争|规划|拟",
    re.I,
)
_AHEAD_OF = re.compile(
    r"\b(?:forecasts?|guidance|projections?|expectations?|consensus|estimates?)(?:\s+(?:of|for|was|at|had\s+been))?"
    r"(?:\s+(?:a|the|about|some|around|between))?\s*$|(?:预期|预测)的?[为是]?\s*$",
    re.I,
)
"""Right before what was thought, whenever: "7.9 GWh, against our forecast of 8.4 GWh"."""
_PAST = re.compile(r"\b(?:compared|up\s+from|from|was|were|had|sold|reached|rose|fell|grew)\b", re.I)
_MOVED_AIM = re.compile(r"\b(?:lowered|raised|cut|revised|reduced|narrowed|lifted|trimmed)\s+from\s*$", re.I)
_ESTIMATE = re.compile(r"\b(?:estimated|an\s+estimate)\b|估计|估算", re.I)
_PRELIMINARY = re.compile(r"\bpreliminary\b|初步", re.I)
_REVISED = re.compile(r"\b(?:revised|restated|corrected)\b|修正", re.I)


def state(
    sentence: Sentence, change: Change, period: Period | None, document: Document
) -> tuple[Kind, Status]:
    lead = re.split(r"[;；。]", sentence.text[: change.start])[-1]
    lead = lead if len(lead) < 160 else lead[-160:]
    kind: Kind = "change" if change.role == "change" else "level"
    past = (
        period is not None
        and period.end is not None
        and document.published is not None
        and period.end <= document.published
    )
    cue = None
    for found in (*_FORECAST.finditer(lead), *_TARGET.finditer(lead)):
        cue = found if cue is None or found.start() > cue.start() else cue
    if (
        cue is not None
        and not past
        and not (
            _PAST.search(lead, cue.end())
            and not (change.role == "before" and _MOVED_AIM.search(lead))
            and not re.search(r"\b(?:to|be|by)\b", lead[cue.end() :])
        )
    ):
        if _TARGET.fullmatch(cue.group()):
            return ("target" if kind == "level" else kind), "forecast"
        return kind, "forecast"
    if _AHEAD_OF.search(lead):
        return kind, "forecast"
    near = lead[-60:]
    if _ESTIMATE.search(near):
        return kind, "estimate"
    if _PRELIMINARY.search(lead):
        return kind, "preliminary"
    return kind, "revised" if _REVISED.search(near) else ""


_LOSS = re.compile(
    r"\bloss(?:es)?(?:\s+(?:of|was|were|at|reached))?(?:\s+(?:about|some|over|nearly))?\s*$|亏损[额为了达约]{0,2}\s*$",
    re.I,
)


def as_loss(sentence: Sentence, change: Change, key: str) -> Change:
    """ "A profit of EUR 31 million, after a loss of EUR 18 million": what is lost is a profit below zero."""
    lost = (
        key in ("profit", "operating_profit", "ebitda")
        and change.role in ("level", "before")
        and change.value > 0
    )
    return (
        replace(change, value=-change.value)
        if lost and _LOSS.search(sentence.text, 0, change.start)
        else change
    )


def contradicts(one: Figure, other: Figure) -> bool:
    """Whether a sentence would give one series two values of one period: then the second is of something else."""
    if one.value is None or other.value is None or one.kind == "change" or one.period.start is None:
        return False
    mine, theirs = ((it.series, it.unit, it.kind, it.period.start, it.period.end) for it in (one, other))
    if mine != theirs or " " in one.series.metric:
        return False
    apart, bounds = abs(one.value - other.value), {one.bound, other.bound} - {"exactly"}
    if bounds:
        return apart > max(abs(one.value), abs(other.value)) / (10 if bounds == {"about"} else 2)
    return apart > max(one.step, other.step)


def worth(change: Change, unit: str, period: Period | None) -> bool:
    """A count of things that no metric knows is a figure only where it looks like a statistic."""
    text = change.quantity.text
    if family(unit) != "count" and not (unit.isalpha() and unit.islower() and unit not in MEASURED):
        return True
    printed = (
        "," in text or " " in text.strip("0123456789")[:1] or "illion" in text or "万" in text or "亿" in text
    )
    if unit == "":
        return (printed and abs(change.value) >= 1000) or (
            not text[:1].isdigit() and abs(change.value) >= 100
        )
    dated = period is not None and period.start is not None
    return abs(change.value) >= 10_000 or (dated and text[:1].isdigit() and abs(change.value) >= 20)


_APART = re.compile(
    r"\s*(?:more|less|fewer|higher|lower|greater|smaller|cheaper|dearer|costlier|longer|shorter|faster|slower|larger|bigger"
    r"|heavier|lighter|above|below)\b(?:\s+(?:expensive|costly|efficient|energy|dense))*"
    r"\s+(?:(?P<than>than(?:\s+(?:in|for|of|that\s+of|those\s+of))?|that\s+of)|in|for)\s+(?:the\s+|a\s+|an\s+|its\s+)?",
    re.I,
)
_SUPPOSED = re.compile(
    r"\b(?:that|this|which|it)\s+would\s+(?:be|mean|make|imply|equal|amount\s+to)\b[^.;]{0,40}$", re.I
)
_NEAR = 12


def is_aside(sentence: Sentence, change: Change) -> bool:
    """Whether a rate is no change over time: "11 % more in Europe" than elsewhere; "that would be a rise of 139 %"."""
    if change.role != "change":
        return False
    if _SUPPOSED.search(sentence.text[max(0, change.start - 80) : change.start]):
        return True
    apart = _APART.match(sentence.text, change.end)
    if apart is None:
        return False
    after = [
        one for one in find_dimensions(sentence.text[apart.end() : apart.end() + 40]) if one.start <= _NEAR
    ]
    if apart["than"] or not after:
        return bool(after)
    before = {
        one.value for one in find_dimensions(sentence.text[: change.start]) if one.name == after[0].name
    }
    return bool(before - {after[0].value})
