"""Quantities said together, and what they share: "3.4 percent and 3.8 percent", "$111, $155 and $170 per kWh"."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from index.language.bases import find_basis

if TYPE_CHECKING:
    from index.language.changes import Change

_PACE = re.compile(r"\b(?:slower|faster|quicker|weaker|stronger)\s+than\b|(?:较|低于|高于)\s*$", re.I)
_JOINT = re.compile(
    r"\s*(?:,|and|or|&|和|及|、|与|/|,\s*and)\s*(?:(?:about|nearly|over|more than|around|约|近)\s*)?", re.I
)


def is_joint(text: str, start: int, end: int) -> bool:
    """Whether two quantities are said together: "3.4 percent and 3.8 percent"."""
    return end - start < 30 and _JOINT.fullmatch(text, start, end) is not None


_OF_WHICH = re.compile(
    r"\b(?:of\s+which|including|of\s+that)\s+(?:about\s+|some\s+|nearly\s+|over\s+)?$", re.I
)


def _shared_unit(first: Change, second: Change) -> str:
    """ "$111, $155 and $170 per kWh", "11,200 and 9,480 electric cars": the unit behind the last is that of all."""
    if first.role != "level" or second.role != "level":
        return ""
    main, _, per = second.unit.partition("/")
    if per and first.unit == main:
        return second.unit
    return second.unit if not first.unit and second.unit in ("vehicles", "units") else ""


def share_joined(text: str, found: list[Change]) -> list[Change]:
    """Quantities said together share role, direction, unit and basis; the later one's basis stands for both."""
    result = list(found)
    for share in (_as_first, _as_whole, _as_per):
        for place in range(1, len(result)):
            result[place] = share(text, result[place - 1], result[place])
    for place in range(len(result) - 2, -1, -1):
        result[place] = _as_last(text, result[place], result[place + 1])
    return result


def _as_first(text: str, first: Change, second: Change) -> Change:
    """ "Up 3.4 and 3.8 percent": the second goes on with what the first is."""
    pace = second.role == "before" and first.role == "change" and first.unit == second.unit == "%"
    if pace and _PACE.search(text[first.end : second.start]):
        return replace(second, role="change", basis=first.basis)
    if not is_joint(text, first.end, second.start):
        return second
    alike = second.unit in ("", first.unit) or first.quantity.unit == second.quantity.unit
    if alike and not second.certain and first.role in ("change", "share"):
        unit, basis = second.unit or first.unit, second.basis or first.basis
        return replace(second, role=first.role, value=_as_signed(first, second), unit=unit, basis=basis)
    if second.unit == "" and second.role == "level" and first.unit:
        return _in_its_unit(text, first, second)
    times = first.quantity.unit == second.quantity.unit == "times"
    return _in_percent(first, second) if times and first.unit == "%" and second.unit != "%" else second


def _in_its_unit(text: str, first: Change, second: Change) -> Change:
    """A bare number in the unit of the one before; after a change only where that is a rate."""
    if first.role != "change":
        return replace(second, role=first.role, unit=first.unit, basis="")
    if first.unit != "%":
        return second
    basis = first.basis or find_basis("", text[second.end : second.end + 60])[0]
    return replace(second, role="change", value=_as_signed(first, second), unit="%", basis=basis)


def _as_signed(first: Change, second: Change) -> Decimal:
    """A number that falls where the one before it falls."""
    return -abs(second.value) if first.value < 0 and first.role == "change" else second.value


def _in_percent(first: Change, second: Change) -> Change:
    """Growth "of 1.3 and 1.5 times": the second is growth, too."""
    value, step = second.value * Decimal(100), second.step * Decimal(100)
    return replace(second, role="change", unit="%", value=value, step=step, basis=first.basis)


def _as_whole(text: str, first: Change, second: Change) -> Change:
    """ "5,210 t, of which 1,900 from Chile": a part in the unit of its whole."""
    bare = second.role == "level" and not second.unit and first.unit not in ("", "%", "pp", "times")
    part = bare and abs(second.value) <= abs(first.value)
    return (
        replace(second, unit=first.unit)
        if part and _OF_WHICH.search(text[first.end : second.start])
        else second
    )


def _as_per(text: str, first: Change, second: Change) -> Change:
    """ "$115 per kWh, from $139": what it was before is per the same."""
    del text
    before = second.role == "before" and second.unit and first.unit.startswith(f"{second.unit}/")
    return replace(second, unit=first.unit) if before else second


def _as_last(text: str, first: Change, second: Change) -> Change:
    """The unit and the basis that only the last of several says."""
    together = is_joint(text, first.end, second.start)
    if together and (unit := _shared_unit(first, second)):
        first = replace(first, unit=unit)
    together = together or _AND_BY.fullmatch(text, first.end, second.start) is not None
    own = bool(second.basis) and not second.inherited
    if together and first.role == second.role == "change" and (not first.basis or (first.inherited and own)):
        return replace(first, basis=second.basis, inherited=False)
    return first


_AND_BY = re.compile(r"\s*(?:and|but)\s+(?:\w+\s+by|up|down)\s*")
