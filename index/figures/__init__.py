"""Figures: what passages and tables say in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from index.language.bounds import Bound
from index.language.periods import Period

Kind = Literal["level", "change", "target"]
Basis = Literal["", "yoy", "mom", "qoq", "period"]
Status = Literal["", "preliminary", "revised", "estimate", "forecast", "missing"]


@dataclass(frozen=True, slots=True)
class Series:
    """What is measured, of what (the series key of SDMX)."""

    metric: str
    """A key of the catalogue, or the text's own words in lower case where the catalogue has none."""
    dimensions: tuple[tuple[str, str], ...] = ()
    """Sorted pairs such as ("region", "China"), ("powertrain", "BEV"), ("company", "BYD")."""
    unit: str = ""
    frequency: str = ""
    """"month", "quarter", "year", or "" where a text states single figures."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: a span of the document's text, or a cell of a sheet."""

    start: int = 0
    end: int = 0
    sheet: str = ""
    cell: str = ""
    """"B17" in a statistics file; "" in running text."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation, as printed.

    A level of a share is in "%"; a change is in "%" (a rate), in "pp" (of a share), or in the level's unit
    (an absolute change). "1.3 times" of growth is value 130, unit "%", step 10, text "1.3 times".
    """

    series: Series
    period: Period
    value: Decimal | None
    """In base units; None only with status "missing"."""
    unit: str
    kind: Kind
    place: Place
    text: str
    """The figure as printed; verbatim at `place`."""
    document_id: str
    quote: str
    """The sentence, or the row with its headers, that the figure is from."""
    high: Decimal | None = None
    bound: Bound = "exactly"
    step: Decimal = Decimal(1)
    basis: Basis = ""
    base: Period | None = None
    """What a change is against, where it is named."""
    status: Status = ""
    aggregate: bool = False
    """A total that stands beside its own parts (World beside countries): left out of sums."""
    heading: str = ""
    """The words above the table that it is from, by which its series is found, too; not kept with the figure."""
    id: int = 0
    """Its number in the index; 0 before it is stored."""
