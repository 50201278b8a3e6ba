"""A slip of the pen: the words that one stroke makes of another.

P. Norvig (2007), How to Write a Spelling Corrector: one letter left out, too many, changed, or two exchanged; the first
is mostly right. The words of an index are its terms with the endings that stemming takes off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from index.language.english import english_words
from index.search.analysis import known_terms, terms_of
from index.search.formulas import FAMILY
from index.search.postings import Postings
from index.search.words import FUNCTION_WORDS

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 5
"""Shorter words have too many neighbours to mean one of them."""
LONGEST = 20
"""Longer ones are mostly names of functions and files."""
FEW = 3
"""A query of more words than these has others to go by: it is not respelt."""
_ENDINGS = """
s es ed ing ings er ers or ors y e ly ely al als ally ity ies ities ic ics ical ically ion ions ional ionally ioned
ioning ation ations ational ated ating ate ates ator ators able ible ably ability abilities ibility ance ances ence
ences ency encies ant ants antly ent ents ently ment ments ement ements ive ively ives ism isms ist ists ous ously ful
fully ness less ize ized izes izing izer ization ise ised ising isation ied ier
"""
ENDINGS = sorted(_ENDINGS.split(), key=len)
Frequencies = Callable[[Sequence[str]], Sequence[int]]
Meant = Callable[[str], Iterable[tuple[str, str]]]


def respell(tokens: Sequence[str], frequencies: Frequencies, neighbour: Callable[[str], str]) -> list[str]:
    """The tokens with each word that neither a passage nor English has replaced by its most frequent neighbour, if any.

    `frequencies` says how many passages hold each of some terms."""
    words = [token for token in tokens if is_word(token)]
    if not words:
        return list(tokens)
    stems = [stem for word in words for stem in known_terms(word)]
    unheard = {
        word
        for word, stem, count in zip(words, stems, frequencies(stems), strict=True)
        if not count and stem not in english_words()
    }
    return [neighbour(token) if token in unheard else token for token in tokens]


def is_word(token: str) -> bool:
    """Whether it may be a word with a slip: not a short one, nor words run together, nor a number or a name."""
    return (
        SHORTEST <= len(token) <= LONGEST
        and token.isascii()
        and token.isalpha()
        and token not in FUNCTION_WORDS
    )


def find_neighbour(token: str, frequencies: Frequencies, meant: Meant) -> str:
    """The most frequent word that a token may be meant for; itself, where there is none.

    `meant` says what that may be: terms of the index, each with the word that it would be."""
    words: dict[str, set[str]] = {}
    for term, word in meant(token):
        words.setdefault(term, set()).add(word)
    counts = frequencies(list(words)) if words else ()
    for _, term in sorted((-count, term) for count, term in zip(counts, words, strict=True) if count):
        if found := [word for word in sorted(words[term]) if terms_of(word) == (term,)]:
            return found[0]
    return token


def find_meant(typed: str, segments: Sequence[Postings]) -> Iterator[tuple[str, str]]:
    """What `compiled/spelling.h` finds: of each term the words that are one stroke from what was typed."""
    near = set(_neighbours(typed))
    heads = {word[:length] for word in near for length in (FAMILY - 1, FAMILY)}
    for segment in segments:
        for head in heads:
            for place in range(*segment.family(head)):
                term = segment.name(place).decode("utf-8", "surrogatepass")
                for start in (term, term[:-1], term + term[-1:]):
                    yield from ((term, start + end) for end in ("", *ENDINGS) if start + end in near)


def _neighbours(token: str) -> Iterator[str]:
    for place in range(1, len(token) + 1):
        head, tail = token[:place], token[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in LETTERS)
