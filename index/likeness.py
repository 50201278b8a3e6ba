"""How alike two texts are: bottom-k sketches of their shingles (Broder 1997)."""

from __future__ import annotations

import hashlib
import heapq
import re
from itertools import islice

Sketch = tuple[int, ...]
"""The smallest hashes of a text's shingles, ascending."""

SIZE = 192
MOST = 400_000
"""Words of a text that are looked at."""
_WORDS, _HANS = 4, 8
_TOKEN = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_]+")
_HAN = re.compile("[぀-ヿ㐀-鿿가-힯]")


def sketch(text: str) -> Sketch:
    """A sketch of a text: by runs of four words, or of eight Chinese characters."""
    tokens = [found[0] for found in islice(_TOKEN.finditer(text), MOST)]
    width = _HANS if sum(bool(_HAN.match(token)) for token in tokens) > 0.5 * len(tokens) else _WORDS
    width = max(1, min(width, len(tokens)))
    least: list[int] = []
    kept: set[int] = set()
    for n in range(len(tokens) - width + 1):
        value = -_hash(" ".join(tokens[n : n + width]).casefold())
        if value in kept or (len(least) == SIZE and value <= least[0]):
            continue
        kept.add(value)
        if len(least) < SIZE:
            heapq.heappush(least, value)
        else:
            kept.remove(heapq.heapreplace(least, value))
    return tuple(sorted(-value for value in least))


def likeness(a: Sketch, b: Sketch) -> float:
    """The estimated share of shingles that two texts have in common, 0 to 1."""
    common = set(a).intersection(b)
    if not common:
        return 0.0
    union = sorted({*a, *b})[:SIZE]
    return sum(value in common for value in union) / len(union)


def _hash(shingle: str) -> int:
    return int.from_bytes(hashlib.blake2b(shingle.encode("utf-8", "replace"), digest_size=6).digest(), "big")
