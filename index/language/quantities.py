"""Quantities: numbers with their unit, bound and span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from index.language import identifiers
from index.language.bounds import Bound, find_bound
from index.language.drafts import Draft, chinese_drafts, counts, read_draft
from index.language.numerals import find_numbers


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in base units: "0.397 million vehicles" has value 397000, unit "vehicles", step 1000."""

    value: Decimal
    unit: str
    """"vehicles", "%", "pp", "times", "GWh", "Wh/kg", "USD", "USD/kWh", "CNY/t", "t", "" …"""
    bound: Bound
    high: Decimal | None
    """The upper end where `bound` is "range"."""
    start: int
    end: int
    text: str
    step: Decimal
    """One unit of the last printed digit, in base units: the precision as printed."""


def find_quantities(text: str, *, commas: bool | None = None) -> tuple[Quantity, ...]:
    """Every quantity of a text, in order; names, dates, pages and other labels with digits are none.

    `commas` says whether its decimals stand behind a comma; None where the text itself is to say so.
    """
    masks = identifiers.find_masks(text)
    numbers = identifiers.counting(text, find_numbers(text, commas=commas), masks)
    drafts = [draft for number in numbers if (draft := read_draft(text, number)) and counts(text, draft)]
    if identifiers.HAN.search(text):
        taken = [(draft.start, draft.end) for draft in drafts]
        drafts += [
            draft
            for draft in chinese_drafts(text)
            if not any(a < draft.end and draft.start < b for a, b in taken)
        ]
        drafts.sort(key=lambda draft: draft.start)
    return tuple(_quantities(text, drafts))


_FROM_TO = re.compile(r".*\bfrom\s", re.S)
_RANGE = re.compile(r"\s?(?:[-–—−~～]|to|至|到|through|and)\s?(?:about\s|around\s)?", re.I)
_FROM = re.compile(r"(?:from|between|从|由)\s*$", re.I)
_BETWEEN = re.compile(
    r"(?:between|in the range of|ranging from|range from|ranges from|ranged from|介于)\s*(?:about\s|around\s)?$",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:rose|rise|risen|rising|rises|fell|fall|fallen|falling|falls|grew|grow|growing|grown|up|down|increas\w+|decreas\w+|declin\w+|dropp?\w*|drop|jump\w*|surg\w+|climb\w*"
    r"|cut|slump\w*|by|tripled|doubled|halved|lift\w*|reduc\w+|shrank|went|expand\w*|slid|plung\w+|gain\w*)\s(?:[\w.]+\s)?$",
    re.I,
)


def _quantities(text: str, drafts: list[Draft]) -> Iterator[Quantity]:
    place = 0
    while place < len(drafts):
        one = drafts[place]
        following = drafts[place + 1] if place + 1 < len(drafts) else None
        if (
            following
            and not one.unit
            and following.unit
            and not following.noun
            and _FROM_TO.fullmatch(text[max(0, one.start - 5) : one.start])
            and re.fullmatch(r"\s+to\s+", text[one.end : following.start])
        ):
            yield _single(text, replace(_scaled_alike(one, following)[0], unit=following.unit))
            place += 1
            continue
        if following and _is_range(text, one, following):
            yield _range(text, one, following)
            place += 2
            continue
        yield _single(text, one)
        place += 1


def _is_range(text: str, low: Draft, high: Draft) -> bool:
    joint = _RANGE.fullmatch(text, low.end, high.start) if not high.negative else None
    sign = joint.group().strip().lower() if joint else ""
    if high.negative and high.start == low.end and text[high.start] in "-–−":
        sign = "-"
    if not sign or (_value(low) >= _value(_scaled_alike(low, high)[1]) and _value(low) >= _value(high)):
        return False
    left = text[max(0, low.start - 30) : low.start]
    if low.unit and high.unit.startswith(f"{low.unit}/"):
        low = replace(low, unit=high.unit)
    if low.unit and high.unit and low.unit != high.unit and not (high.noun or low.noun):
        return False
    if sign == "and":
        return bool(_BETWEEN.search(left))
    if sign in ("to", "至", "到", "through"):
        if _FROM.search(left) and not _BETWEEN.search(left):
            return False
        return not (_MOVED.search(left) and (low.unit or not high.unit or high.unit == low.unit))
    return True


def _scaled_alike(low: Draft, high: Draft) -> tuple[Draft, Draft]:
    """ "5.1 to 5.5 million": the scale of the upper end is that of both."""
    if low.number.scaled or not high.number.scaled or (low.unit and high.unit and low.unit != high.unit):
        return low, high
    plain = re.sub(r"[,\s]", "", high.number.digits)
    if not low.number.digits or not high.number.value:
        return low, high
    worded = not re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", plain)  # "3 million and a half"
    power = high.number.value.adjusted() // 3 * 3
    factor = Decimal(1).scaleb(power) if worded else high.number.value / Decimal(plain)
    if "," in low.number.digits or low.number.value * factor >= high.number.value:
        return low, high
    number = replace(low.number, value=low.number.value * factor, step=low.number.step * factor)
    return replace(low, number=number), high


def _range(text: str, low: Draft, high: Draft) -> Quantity:
    low, high = _scaled_alike(low, high)
    step = max(low.number.step * low.factor, high.number.step * high.factor)
    unit = high.unit or low.unit
    top = abs(_value(high)) if high.negative else _value(high)
    return Quantity(
        plain(_value(low)),
        unit,
        "range",
        plain(top),
        low.start,
        high.end,
        text[low.start : high.end],
        plain(step),
    )


def _value(draft: Draft) -> Decimal:
    value = draft.number.value * draft.factor
    return -value if draft.negative else value


def _single(text: str, draft: Draft) -> Quantity:
    bound = find_bound(text, draft.start, draft.end)
    step = draft.number.step * draft.factor
    span = text[draft.start : draft.end]
    return Quantity(plain(_value(draft)), draft.unit, bound, None, draft.start, draft.end, span, plain(step))


def plain(value: Decimal, step: Decimal | None = None) -> Decimal:
    """The same number without an exponent: 9.0E+4 → 90000; without decimals where the step has none."""
    if step is not None and step >= 1 and value == value.to_integral_value():
        value = value.to_integral_value()
    return Decimal(format(value, "f")) if value.adjusted() < 60 else value
