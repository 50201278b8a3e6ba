"""A slip of the pen: the words that one stroke makes of another.

P. Norvig (2007), How to Write a Spelling Corrector: one letter left out, doubled, changed, or two exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.search.analysis import terms_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 5
"""Shorter words have too many neighbours to mean one of them."""
FEW = 3
"""A query of more words than these has others to go by."""


def respell(tokens: Sequence[str], frequency: Callable[[str], int]) -> list[str]:
    """The tokens of a short query with each that no passage holds replaced by its most frequent neighbour, if any."""
    if len(tokens) > FEW:
        return list(tokens)
    return [_neighbour(token, frequency) if _is_unknown(token, frequency) else token for token in tokens]


def _is_unknown(token: str, frequency: Callable[[str], int]) -> bool:
    plain = len(token) >= SHORTEST and token.isascii() and token.isalpha()
    return plain and not any(frequency(term) for term in terms_of(token))


def _neighbour(token: str, frequency: Callable[[str], int]) -> str:
    best, most = token, 0
    for near in _neighbours(token):
        found = sum(frequency(term) for term in terms_of(near))
        if found > most:
            best, most = near, found
    return best


def _neighbours(token: str) -> Iterator[str]:
    for place in range(len(token) + 1):
        head, tail = token[:place], token[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in LETTERS)
