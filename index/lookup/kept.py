"""Figures that were read lately, so that those that are asked for again and again are made once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from index.figures import Figure
    from index.reader import Index, View

_MOST = 16_384
"""Figures that are kept at the least, where so many were read; twice as many at the most."""


class Kept:
    """The figures of an index by their number, the latest read ones; any number of threads may use it at once."""

    def __init__(self) -> None:
        self._young: dict[int, Figure] = {}
        self._old: dict[int, Figure] = {}

    def get(self, number: int) -> Figure | None:
        found = self._young.get(number)
        if found is None and (found := self._old.get(number)) is not None:
            self.add(found)
        return found

    def add(self, figure: Figure) -> None:
        if len(self._young) >= _MOST:
            self._old, self._young = self._young, {}
        self._young[figure.id] = figure


_KEPT: WeakKeyDictionary[Index, Kept] = WeakKeyDictionary()


def kept_of(view: View) -> Kept:
    """What is kept of a view's index. Whether the viewer may see a figure is not known here: ask the database."""
    return _KEPT.setdefault(view.index, Kept())
