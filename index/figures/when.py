# ruff: noqa: E501, PLR0911
"""Which period each figure of a sentence is of: its own, the sentence's, or the one that the text is speaking of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.figures.subjects import MONEY
from index.language.bases import BASE_LEFT
from index.language.calendar.clock import RATE_ON
from index.language.changes import Change
from index.language.periods import FoundPeriod, Period, shift, span

_OWN = re.compile(
    r"[^,;，；。]{0,60}?(?:\b(?:in|during|for|throughout|of|by|at|as\s+of|until|through|over|since|registered|on)\s+(?:the\s+)?(?:whole\s+of\s+|end\s+of\s+|full\s+year\s+)?|\s)?",
    re.I,
)
_FIRST_TIME = re.compile(r"first\s+time\s+(?:ever\s+)?(?:in\s+)?(?:this\s+)?$", re.I)
_REPORTED = re.compile(
    r"(?:released?|said|announced|reported|published|dated|issued|updated|posted|statement|according\s+to\s+\w+\s+on|founded|established|since)\s+(?:\w+\s+){0,2}(?:on|in)?\s*$|\bsince\s+(?:\w+\s+){1,5}(?:on|in)\s+$|(?:发布|公布|披露)[^，。]{0,4}$",
    re.I,
)
_HAN_OWN = re.compile(r"(?:的|全年的|为|约|的约|约为)?")


@dataclass(slots=True)
class Timeline:
    """The periods of one sentence, and which of them are only compared with."""

    text: str
    periods: list[FoundPeriod]
    bases: list[bool]


def build_timeline(text: str, found: Sequence[FoundPeriod]) -> Timeline:
    periods = [one for one in found if not _FIRST_TIME.search(text, max(0, one.start - 40), one.start)]
    bases: list[bool] = []
    for place, one in enumerate(periods):
        base = _is_base(text, one)
        if (
            place
            and bases[-1]
            and re.fullmatch(r"\s+(?:to|through)\s+", text[periods[place - 1].end : one.start])
        ):
            base = False
        bases.append(base)
    return Timeline(text, periods, bases)


_IT_WAS = re.compile(r",?\s*(?:it|they|that|there|the\s+\w+)?\s*(?:was|were|stood|had\s+been|came)\b", re.I)
""" "The year before it was 1.3 million": a period of its own."""
_RANGE_FROM = re.compile(r"\bfrom\s+$", re.I)
_UP_ON = re.compile(r"\d\s?(?:%|per\s?cent|pp|points?)\s+(?:on|over|above|below)\s+(?:the\s+)?$", re.I)
""" "Up 5.7% on October": what a rise is measured by."""


def _is_base(text: str, one: FoundPeriod) -> bool:
    lead = text[max(0, one.start - 32) : one.start]
    if BASE_LEFT.search(lead) and re.search(
        r"\bsame\b.*\b(?:before|earlier|ago)$|\bsame\b.*\b(?:last|previous|prior)\b", one.text, re.I
    ):
        return True
    if (_IT_WAS.match(text, one.end) or _opens(text, one)) and not BASE_LEFT.search(lead):
        return False
    if (RATE_ON.search(lead) or _UP_ON.search(lead)) and _flows(one):
        return True
    if not BASE_LEFT.search(lead):
        return bool(re.search(r"\b(?:year|month)\s+(?:ago|earlier|before)$|^(?:去年|上年)同", one.text))
    if re.search(
        r"\bon\s+(?:the\s+)?$|\bover\s+(?:the\s+)?$|\b(?:with|above|below)\s*(?:the\s+)?$", lead, re.I
    ):
        return "compared with" in lead.lower() or (
            one.period.grain in ("month", "year") and re.search(r"\bover\s+$", lead) is not None
        )
    return not (
        _RANGE_FROM.search(lead) and one.period.grain == "span" and "same" not in one.text
    ) and not re.search(r"\bsince\s+$", lead)


def _opens(text: str, one: FoundPeriod) -> bool:
    """ "A year ago the same car fetched 16,870": what a sentence opens with is a period of its own."""
    return is_ago(one) and not text[: one.start].strip()


def is_ago(one: FoundPeriod) -> bool:
    """Whether a period is told by how long ago it was, which the text does not go on to speak of."""
    return _AGO.search(one.text) is not None


def _flows(one: FoundPeriod) -> bool:
    """A day of a report is no period of a market's figures."""
    return one.period.grain not in ("day", "week", "point")


_NEAR = 40


def _speaks(one: FoundPeriod, change: Change) -> bool:
    """Whether a figure can be of a period: a price is of a day, a flow is not."""
    main, _, per = change.unit.partition("/")
    near = one.period.grain == "week" and 0 <= change.start - one.end < _NEAR
    return _flows(one) or ((near or one.period.grain == "day") and bool(per) and main in MONEY)


def _speaks_of_week(change: Change) -> bool:
    main, _, per = change.unit.partition("/")
    return bool(per) and main in MONEY


def choose(
    line: Timeline, change: Change, after: int, carried: Period | None
) -> tuple[Period | None, Period | None]:
    """The period of a figure and the one that it is compared with; `after` is where the next figure begins."""
    if (beside := _bracketed(line, change)) is not None:
        return beside, None
    base = _base_of(line, change, after)
    pair = _pair(line, change)
    if pair and change.role in ("level", "share") and _MOVED_FROM.search(line.text, 0, change.start):
        return pair[1], None
    if pair and change.role == "change" and change.basis == "" and (spanned := _between(*pair)):
        return spanned, None
    own = None if pair and change.role == "before" else _own(line, change, after)
    if own is None and (labelled := _labelled(line, change, carried)) is not None:
        return labelled, None
    if own is not None:
        return own, base
    if change.role == "before":
        return _before(line, change, after) or (pair[0] if pair else None), None
    if (said := _said_around(line, change)) is not None:
        return said, base
    year_after = base is not None and base.start is not None and base.grain == "year" and carried is None
    if base is not None and year_after and change.basis in ("yoy", "") and change.role == "change":
        return replace(shift(base, years=1), origin="context"), base
    return carried, base


def _said_around(line: Timeline, change: Change) -> Period | None:
    """The period that is spoken of before a figure, else behind it."""
    spoken = [
        one for one, is_base in zip(line.periods, line.bases, strict=True)
        if not is_base and _speaks(one, change) and not is_reported(line.text, one) and not is_taken(line, one)
    ]  # fmt: skip
    earlier = [
        one
        for one in spoken
        if one.end <= change.start
        and (change.start - one.end <= _RIGHT_BEFORE or not labels_next(line.text, one))
    ]
    if earlier:
        return earlier[-1].period
    later = (
        one.period
        for one in spoken
        if one.start >= change.end
        and not labels_next(line.text, one)
        and not _ELSEWHERE.search(line.text[change.end : one.start])
    )
    return next(later, None)


_ELSEWHERE = re.compile(r"[;；]|,\s+(?:which|who|where|whose)\b|\b(?:because|due\s+in|until|since)\b")
"""Words behind which a time is that of something else."""
_YEAR_BEFORE = re.compile(r"(?:the\s+)?(?:prior|previous|preceding|last)\s+year(?:['’]s)?", re.I)


def _labelled(line: Timeline, change: Change, carried: Period | None) -> Period | None:
    """ "EUR 31 million (prior year: EUR 28 million)": the same quarter of the year before, where the text is of a quarter."""
    for one in line.periods:
        if labels_next(line.text, one) and re.fullmatch(r"\s*[:：]\s*", line.text[one.end : change.start]):
            spoken = [it.period for it in line.periods if it.end < one.start and _flows(it)]
            main = spoken[-1] if spoken else carried
            part = main is not None and main.grain in ("month", "quarter", "half")
            return shift(main, years=-1) if main and part and _YEAR_BEFORE.fullmatch(one.text) else one.period
    return None


_BRACKET = re.compile(r"\s*[(（]\s*(?:about|around|some|only|just|nearly|over|约|仅)?\s*", re.I)


def _bracketed(line: Timeline, change: Change) -> Period | None:
    """ "Between 2008 ($1,355/kWh) and 2022 ($153/kWh)": what opens a bracket right behind a period is of that period."""
    for one in line.periods:
        if one.end < change.start and _BRACKET.fullmatch(line.text, one.end, change.start):
            close = re.search(r"[)）]", line.text[change.end :])
            inside = change.end + close.start() if close else change.end
            return None if any(change.end <= other.start < inside for other in line.periods) else one.period
    return None


def _between(first: Period, last: Period) -> Period | None:
    """All the years of a change "between 2016 and 2020"."""
    if first.grain != "year" or last.grain != "year" or first.start is None or last.end is None:
        return None
    return span(first.start, last.end) if (last.end - first.start).days > _TWO_YEARS else None


_TWO_YEARS = 731
_MOVED_FROM = re.compile(r"\bfrom\s+[^,;]{0,30}?\d[^,;]{0,30}\bto\b|从[^，；]{0,20}\d", re.I)


def _pair(line: Timeline, change: Change) -> tuple[Period, Period] | None:
    """ "from 5 % to 8 % between 2019 and 2021": the two ends of a move."""
    for one, two in itertools.pairwise(line.periods):
        gap = line.text[one.end : two.start]
        lead = line.text[max(0, one.start - 9) : one.start]
        opens = not line.text[: one.start].strip(" ,").replace("From", "").replace("Between", "").strip()
        if (
            (one.start >= change.end or (opens and two.end <= change.start))
            and re.fullmatch(r"(?:\s*\([^()]*\))?\s+(?:and|to)\s+", gap)
            and re.search(r"(?:between|from)\s+$", lead, re.I)
        ):
            return one.period, two.period
    return None


def is_taken(line: Timeline, one: FoundPeriod) -> bool:
    """A period right after "from 27.9 %" belongs to that level alone."""
    lead = line.text[max(0, one.start - 60) : one.start]
    return bool(
        re.search(
            r"(?:\b(?:from|after|compared\s+(?:with|to)|than(?!\s+(?:doubl|tripl|halv))|versus|against|(?:above|below)\s+the)\b|较|比)(?:(?!\sto\s)[^,;，；]){0,24}?\d[\d.,]*\s?(?:%|percent|\w+)?(?:/\w+)?(?:\s+\w+){0,2}\s+(?:in|during)\s+(?:the\s+)?$|(?:down|up)\s+from\s+\S+(?:\s+\w+)?\s+$",
            lead,
            re.I,
        )
    )


def is_reported(text: str, one: FoundPeriod) -> bool:
    """Whether a period is when something was said or began: "published in May", "since we began to count in 2019"."""
    if one.period.grain in ("quarter", "half"):  # nobody reports on a quarter: it is what the report is of
        return False
    return bool(_REPORTED.search(text, max(0, one.start - 50), one.start))


_RIGHT_BEFORE = 6


def labels_next(text: str, one: FoundPeriod) -> bool:
    """ "CNY 37bn (H1 2020: CNY 21bn)": the period is of what follows it."""
    before = text[: one.start].rstrip()
    return before[-1:] in ("(", "（") and re.match(r"\s*[:：]\s*\S", text[one.end :]) is not None


_AGO = re.compile(r"\b(?:year|month|quarter)s?\s+(?:ago|earlier|before)$", re.I)


def _own(line: Timeline, change: Change, after: int) -> Period | None:
    """The period right behind a figure: "878,432 units in 2021", "5.1 % the previous year"; or before it, 17年的76.6%."""
    if (label := _label_of(line, change)) is not None:
        return label
    text = line.text
    for one, base in zip(line.periods, line.bases, strict=True):
        if (
            one.end <= change.start
            and change.start - one.end <= 4
            and _HAN_OWN.fullmatch(text, one.end, change.start)
            and (base or text[: one.start].rstrip().endswith(("从", "由")))
        ):
            return one.period
        gap = text[change.end : one.start]
        if (
            base
            and change.role == "level"
            and one.start >= change.end
            and not gap.strip()
            and _AGO.search(one.text)
        ):
            return one.period
        if base or one.start < change.end or one.start > after or one.start - change.end > 70:
            continue
        if labels_next(text, one) or (_JOINS.match(gap) and _THEN_NUMBER.match(text, one.end)):
            continue
        if not _OWN.fullmatch(gap) or re.search(
            r"\b(?:from|than|compared|while|but|and\s+(?:is|was|will|has))\b|\band\b.{12,}", gap, re.I
        ):
            continue
        week = one.period.grain == "week" and _speaks_of_week(change)
        if ((_flows(one) or week) and not is_reported(text, one)) or re.fullmatch(r"\s*(?:as of|on)\s+", gap):
            return one.period
    return None


_JOINS = re.compile(r"\s+(?:and|but|while|whereas)\b", re.I)
_THEN_NUMBER = re.compile(
    r"\s*[:：=–—-]?\s*(?:about|around|some|only|just|nearly|over|约|仅|~)?\s*[$€£¥]?\d", re.I
)
_LABELS = re.compile(r"\s*[:：=–—-]?\s*(?:about|around|some|only|just|nearly|over|约|仅|~)?\s*", re.I)


def _label_of(line: Timeline, change: Change) -> Period | None:
    """ "Oct 383k | Nov 450k": where each number stands right behind its period, the next period is the next one's."""
    before = next(
        (p for p, one in enumerate(line.periods) if _LABELS.fullmatch(line.text, one.end, change.start)), None
    )
    if before is None or line.bases[before] or before + 1 == len(line.periods):
        return None
    following = line.periods[before + 1]
    return line.periods[before].period if _THEN_NUMBER.match(line.text, following.end) else None


def _before(line: Timeline, change: Change, after: int) -> Period | None:
    for one in line.periods:
        if change.end <= one.start <= after and one.start - change.end < 40:
            return one.period
    return None


_OTHER_MOVE = re.compile(
    r"\b(?:but|while|and)\s+(?:up|down|rose|fell|grew|declined|increased|decreased)\b", re.I
)


_ABOVE_THE = re.compile(r"\s*(?:(?:above|below)\s+the|from|compared\s+(?:with|to)|against)\s", re.I)
"""Before an amount that a rate is against: "3.1 % below the EUR 425.8 million booked in the second quarter"."""


def _base_of(line: Timeline, change: Change, after: int) -> Period | None:
    if change.role != "change":
        return None
    for one, base in zip(line.periods, line.bases, strict=True):
        gap = line.text[change.end : one.start]
        base = base or (_ABOVE_THE.match(gap) is not None and is_taken(line, one))
        if base and change.end <= one.start <= after + 40 and len(gap) < 60 and not _OTHER_MOVE.search(gap):
            return one.period
    before = [
        (one.end, one.period)
        for one, base in zip(line.periods, line.bases, strict=True)
        if base
        and one.end <= change.start
        and re.fullmatch(r"\s*[\u3400-\u9fff]{0,3}\s*", line.text[one.end : change.start])
    ]
    return before[-1][1] if before else None


def basis_against(period: Period | None, base: Period | None) -> str:
    """What a named base makes of a change: a year before, a month before, or another period."""
    if base is None or base.start is None or period is None or period.start is None:
        return "" if base is None else "period"
    for basis, years, months in (("yoy", 1, 0), ("mom", 0, 1), ("qoq", 0, 3)):
        moved = shift(base, years=years, months=months)
        if (moved.start, moved.end) == (period.start, period.end) and (
            basis != "mom" or period.grain == "month"
        ):
            return basis
    if period.start.year - base.start.year == 1 and base.grain == "year":
        return "yoy"
    return "period"
