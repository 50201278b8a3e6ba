"""What a search gives."""

from __future__ import annotations

from typing import NamedTuple


class RawHit(NamedTuple):
    """Laws: scores descend; ties stand in the order of passage ids."""

    passage_id: int
    score: float
    held: int
    """Bit n says whether the passage holds the n-th of the terms that are asked for."""
    asked: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """The query's terms that the passage holds, in the order of the query."""
        return tuple(term for place, term in enumerate(self.asked) if self.held >> place & 1)
