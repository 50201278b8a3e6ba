"""What one table is read with, and what was not understood of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.documents import Document, Table
from index.figures.layout import Layout
from index.figures.measures import Measure, read_measure
from index.figures.row_labels import find_values
from index.figures.topic import Topic
from index.language.metrics import Catalogue
from index.language.periods import Period

Row = tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What one table is read with, and what was not understood of it."""

    document: Document
    table: Table
    layout: Layout
    catalogue: Catalogue
    settings: Mapping[str, object]
    topic: Topic
    totals: frozenset[str]
    missing: frozenset[str]
    unit: str
    """What the table says of all its numbers: "thousand units"."""
    dotted: bool = False
    """Whether its numbers have dots for their thousands."""
    measures: dict[int, Measure] = field(default_factory=dict)
    """What each column of numbers measures."""
    skipped: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Cells where a number was expected: as printed, and where."""
    named: dict[str, Measure] = field(default_factory=dict)
    sectioned: bool = False
    """Whether the table begins with a row of words alone."""
    section: str = ""
    """The last row of words alone, which heads those below it."""
    span: Period | None = None
    """The period of the last row that is but a period, which heads those below it."""
    by_share: bool = False
    """Whether the last row of words alone says that those below it are amounts a share."""
    known_by: dict[str, dict[tuple[str, str], set[str]]] = field(default_factory=dict)
    """For each column of labels the words that name a value."""
    parent: dict[str, str] = field(default_factory=dict)
    """The labels of the last row that was not part of another."""

    def alike(self, name: str, value: tuple[str, str]) -> set[str]:
        """The words of a column that name a value."""
        if name not in self.known_by:
            found: dict[tuple[str, str], set[str]] = {}
            columns = [n for n in self.layout.labels if self.layout.names[n] == name]
            for row in self.table.cells[self.layout.first :]:
                for word in (row[n] for n in columns if n < len(row) and row[n]):
                    found.setdefault(find_values(name, word)[0], set()).add(word)
            self.known_by[name] = found
        return self.known_by[name].get(value, set())

    def measure_of(self, words: str) -> Measure:
        """What words name, each looked up once."""
        measure = self.named.get(words)
        if measure is None:
            topic = Topic(pairs=tuple(pair for pair in self.topic.pairs if pair[0] in ("company", "region")))
            measure = self.named[words] = read_measure(words, self.catalogue, self.settings, topic, self.unit)
        return measure
