"""Quantities: numbers with their unit, bound and span."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Bound = Literal["exactly", "over", "nearly", "about", "up to", "range"]


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
