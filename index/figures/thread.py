"""The thread of a text: its sentences with all that was found in them, and what it speaks of from one to the next."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal

from index.figures import Series
from index.figures.subjects import Group
from index.language.changes import Change
from index.language.dimensions import FoundDimension
from index.language.metrics import FoundMetric, FoundObject
from index.language.periods import FoundPeriod, Period


@dataclass(frozen=True, slots=True)
class Whole:
    """What the text counted, that later numbers may share out."""

    key: str
    dimensions: tuple[tuple[str, str], ...]
    family: str
    unit: str
    value: Decimal
    measure: str
    trade: str
    """"imports" or "exports": its regions are origins or destinations."""
    at: int
    """In which sentence."""


@dataclass(slots=True)
class Thread:
    """What the text is speaking of: kept from sentence to sentence, forgotten at a heading."""

    heading: str = ""
    period: Period | None = None
    period_age: int = 99
    group: Group | None = None
    group_age: int = 99
    regions: tuple[tuple[str, str], ...] = ()
    intro: Group | None = None
    """What the line before a list says that its points count: "EV sales, October 2021:"."""
    intro_period: Period | None = None
    company: str = ""
    """The firm that the text spoke of last."""
    firm: str = ""
    """The firm whose own release it is."""
    said: str = ""
    """What the last figure was of."""
    heading_period: Period | None = None
    spoken: list[Period] = field(default_factory=list)
    """Every period that the text spoke of, but those that were only compared with."""
    month: Period | None = None
    """The last single month that the text spoke of ("in the given month")."""
    topic: str = ""
    """What the paragraph is about, where its head says so."""
    topic_stays: bool = False
    """Whether the head stood on a line of its own."""
    scope: tuple[tuple[str, str], ...] | None = None
    """The region that topics are of, where one of them, or the text before the first, says so."""
    wholes: tuple[Whole, ...] = ()
    sentences: int = 0
    last: Series | None = None
    """What the last number was of."""


_BACK = 3
"""Numbers that may overlap: "more than doubled", and what was doubled."""


@dataclass(slots=True)
class Sentence:
    """A sentence with all that was found in it; spans index into `text`."""

    text: str
    start: int
    changes: tuple[Change, ...]
    periods: tuple[FoundPeriod, ...]
    metrics: tuple[FoundMetric, ...]
    dimensions: tuple[FoundDimension, ...]
    groups: tuple[Group, ...] = field(default=())
    objects: tuple[FoundObject, ...] = ()
    bare: str = ""
    """The text with its periods and quantities blanked, from which a subject's own words are taken."""
    topic: str = ""

    def before(self, change: Change) -> Change | None:
        """The last number that ends where this one begins, or before."""
        place = bisect_left(self.changes, change.start, key=lambda one: one.start)
        return next((one for one in reversed(self.changes[:place][-_BACK:]) if one.end <= change.start), None)

    def counted(self, change: Change) -> str:
        """The object that a count is in: "3.5 million NEVs"."""
        return next((one.name for one in self.objects if change.start <= one.start < change.end), "")

    def subject(self, change: Change) -> str:
        """The object before a share: "Electric vehicles made up …"."""
        before = [one for one in self.objects if one.end <= change.start]
        return before[-1].name if before else ""
