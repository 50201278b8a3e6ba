"""What is looked at while one question is answered: for receipts, never on the path of an ordinary answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.reader import Hit

_OF_FIGURES = (" figures ", " series ", " series_terms ", " series_dimensions ")


@dataclass(slots=True)
class Trace:
    """Filled by the view that it is set on, in the order in which things happen."""

    steps: list[str] = field(default_factory=list)
    """What was tried, and what came of it."""
    statements: list[str] = field(default_factory=list)
    """The SQL that read figures, its values in place, none twice."""
    searches: list[tuple[str, tuple[Hit, ...]]] = field(default_factory=list)
    """Each query, and the passages that it found."""
    sentences: list[tuple[float, str]] = field(default_factory=list)
    """The sentences that the answer was chosen from, the likeliest first: log-odds and text."""

    def hear(self, statement: str) -> None:
        """A statement that the database ran; kept where it reads figures."""
        words = f" {' '.join(statement.split())} "
        if any(table in words for table in _OF_FIGURES) and words.strip() not in self.statements:
            self.statements.append(words.strip())
