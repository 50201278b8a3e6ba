"""Where in a passage the terms of a query stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.search.analysis import MARKS, TOKEN, find_pieces, find_tokens, fold, terms_of

_SPACED = str.maketrans(MARKS)


def find_highlights(text: str, terms: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """The spans of `text` that hold `terms`, in order; what stands side by side in one word is one span."""
    wanted = frozenset(terms)
    return tuple(
        span
        for found in TOKEN.finditer(text.translate(_SPACED))
        for span in _within(found.group(), found.start(), wanted)
    )


def _within(token: str, start: int, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """All of a word, or of a run of Chinese those characters that are wanted."""
    folded = fold(token)
    held = wanted.intersection(term for part in find_tokens(folded) for term in terms_of(part))
    if not held:
        return
    pieces = [] if token.isascii() or len(folded) != len(token) else list(find_pieces(folded))
    covered = [False] * len(token)
    for first, last, terms in pieces:
        if held.intersection(terms):
            covered[first:last] = [True] * (last - first)
    if not any(covered):
        yield start, start + len(token)
        return
    place = 0
    while True in covered[place:]:
        first = covered.index(True, place)
        place = covered.index(False, first) if False in covered[first:] else len(token)
        yield start + first, start + place
