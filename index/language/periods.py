"""Periods: half-open intervals of the calendar, with how they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Grain = Literal["day", "week", "month", "quarter", "half", "year", "span", "point", "unknown"]
Origin = Literal["stated", "context", "document date", "inferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Period:
    """`start` is inclusive, `end` exclusive; both None when nobody states the year."""

    start: date | None
    end: date | None
    label: str
    """In words: "October 2021", "January to October 2021", "October (year not stated)"."""
    grain: Grain
    cumulative: bool = False
    """From the year's start to short of its end: "January to October", "year to date"."""
    origin: Origin = "stated"
    months: tuple[int, int] | None = None
    """First and last month (1 to 12) of a period whose year nobody states; None for any other."""
