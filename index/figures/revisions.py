"""What came, what changed and what went between two builds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Key = tuple[str, ...]
"""Document, metric, dimensions, period, kind, basis and place within the period: what makes two figures one."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure that differs; `before` is "" where it came, `after` where it went."""

    state: Literal["came", "changed", "went"]
    key: Key
    before: str
    after: str

    @property
    def label(self) -> str:
        """One line: "Changed: nev_sales, China, October 2025: 1,710,000 → 1,715,000 (sales.csv)"."""
        document, metric, dimensions, period = self.key[:4]
        what = ", ".join(filter(None, [metric, dimensions, period]))
        values = {"came": self.after, "went": self.before, "changed": f"{self.before} → {self.after}"}[
            self.state
        ]
        return f"{self.state.capitalize()}: {what}: {values} ({document})"


def compare(before: Iterable[tuple[Key, str]], after: Iterable[tuple[Key, str]]) -> Iterator[Revision]:
    """Revisions in the order of their keys; figures that are equal are left out."""
    old, new = dict(before), dict(after)
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            yield Revision("came", key, "", new[key])
        elif key not in new:
            yield Revision("went", key, old[key], "")
        elif old[key] != new[key]:
            yield Revision("changed", key, old[key], new[key])
