"""How sure a passage answer is, and when it is too little to answer at all."""

from __future__ import annotations

THRESHOLD = 0.5


def is_enough(confidence: float) -> bool:
    """Whether to answer: a false answer costs more than a question left open."""
    return confidence >= THRESHOLD
