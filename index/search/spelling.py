"""A slip of the pen: the words that one stroke makes of another.

P. Norvig (2007), How to Write a Spelling Corrector: one letter left out, doubled, changed, or two exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from index.search.analysis import all_terms, known_terms

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 5
"""Shorter words have too many neighbours to mean one of them."""
LONGEST = 20
"""Longer ones are mostly names of functions and files, and cost the most."""
FEW = 3
"""A query of more words than these has others to go by: it is not respelt."""


def respell(tokens: Sequence[str], frequencies: Callable[[Sequence[str]], Sequence[int]]) -> list[str]:
    """The tokens with each word that no passage holds replaced by its most frequent neighbour, if any.

    `frequencies` says how many passages hold each of some terms."""
    words = [token for token in tokens if _is_word(token)]
    if not words:
        return list(tokens)
    held = dict(zip(words, frequencies([stem for word in words for stem in known_terms(word)]), strict=True))
    return [token if held.get(token, 1) else _neighbour(token, frequencies) for token in tokens]


def _is_word(token: str) -> bool:
    """Whether it may be a word with a slip: not a short one, nor words run together, nor a number or a name."""
    return (
        SHORTEST <= len(token) <= LONGEST and token.isascii() and token.isalpha() and bool(known_terms(token))
    )


def _neighbour(token: str, frequencies: Callable[[Sequence[str]], Sequence[int]]) -> str:
    near = list(dict.fromkeys(_neighbours(token)))
    terms = all_terms(near)
    near = [word for word, found in zip(near, terms, strict=True) if found]
    counts = frequencies([term for found in terms for term in found])
    most = max(counts, default=0)
    return near[counts.index(most)] if most else token


def _neighbours(token: str) -> Iterator[str]:
    for place in range(len(token) + 1):
        head, tail = token[:place], token[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in LETTERS)
