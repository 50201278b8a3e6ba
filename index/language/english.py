"""General English: which words it has, and how rare they are; what a few documents can't tell.

`python -m tests.quality.list_words --data FOLDER` writes the list from public collections.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

WORDS = Path(__file__).parent / "english.tsv"


@lru_cache(maxsize=1)
def english_words() -> dict[str, float]:
    """How rare a word is, by stem: 0 in every text, 1 in hardly any. What is not there is a name, or no English."""
    with WORDS.open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        return {word: float(rarity) for word, rarity in rows}
