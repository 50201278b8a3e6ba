"""Text to terms: the same for passages and queries.

A *token* is what stands between spaces and most marks, in lower case; a *term* is what is counted. A token gives one
term (its stem), or several (Chinese characters and their pairs, an amount and its unit), or none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import compress

import Stemmer

from index.search.words import FUNCTION_WORDS, QUESTION_PHRASES, QUESTION_WORDS

_SNOWBALL = Stemmer.Stemmer("english", 0)
"""Remembers no words: for a new one that costs thrice as much as stemming, and known ones are remembered below."""

_SPACES = (
    "–—―‐‑…•·“”„«»、。，；：！？（）《》〈〉「」『』【】〔〕〜～／\u00a0\u0338\u2002\u2003\u2009\u200b\u3000"
)
MARKS = {**dict.fromkeys(_SPACES, " "), "’": "'", "‘": "'", "ʼ": "'"}

TOKEN = re.compile(r"[^\x00-\x2f:-@\[-`{-\x7f]+(?:[.,'][^\x00-\x2f:-@\[-`{-\x7f]+)*")
"""Letters, digits and all that is not ASCII; a point, comma or apostrophe may stand inside."""
_ASCII_TOKEN = re.compile(r"[0-9A-Za-z]+(?:[.,'][0-9A-Za-z]+)*")
"""The same where all is ASCII, which takes a third of the time."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3040-\u30ff\U00020000-\U0002ffff"
_PIECE = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<number>\d+(?:[.,]\d+)*)(?P<unit>[^\W\d_{_HAN}]*)|[^\W_{_HAN}]+")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
UNITS = frozenset(
    re.findall(
        r"\w+",
        "wh kwh mwh gwh twh w kw mw gw tw mah ah kg mg g t kt mt km m cm mm nm l ml v kv c f k bn mn b ppm ppb mpa gpa "
        "hz khz mhz ghz x yuan rmb usd eur",
    )
)
"""Written onto their amount as often as after it."""


def fold(text: str) -> str:
    """One spelling for what looks alike: compatibility forms, case, marks that stand for a space."""
    if text.isascii():
        return text.lower()
    for mark, plain in MARKS.items():
        if mark in text:
            text = text.replace(mark, plain)
    if not unicodedata.is_normalized("NFKC", text):
        text = "\0".join(unicodedata.normalize("NFKC", part) for part in text.split("\0"))
    return text.lower().replace("ς", "σ")


def find_tokens(folded: str) -> list[str]:
    """The tokens of a folded text, in order."""
    return (_ASCII_TOKEN if folded.isascii() else TOKEN).findall(folded)


def terms_of(token: str) -> tuple[str, ...]:
    """The terms that a token gives, in order."""
    token = token.removesuffix("'s")
    if token in FUNCTION_WORDS:
        return ()
    if token.isascii() and token.isalpha():
        return (_SNOWBALL.stemWord(token),)
    if _ABBREVIATION.fullmatch(token):
        return (token.replace(".", ""),)
    return tuple(term for found in _PIECE.finditer(_plain(token)) for term in _terms(found))


def all_terms(tokens: Sequence[str]) -> list[tuple[str, ...]]:
    """`terms_of` each token; plain words are stemmed in one go."""
    plain = [token.isascii() and token.isalpha() and token not in FUNCTION_WORDS for token in tokens]
    stems = iter(_SNOWBALL.stemWords(list(compress(tokens, plain))))
    return [
        (next(stems),) if is_plain else terms_of(token) for token, is_plain in zip(tokens, plain, strict=True)
    ]


def find_pieces(token: str) -> Iterator[tuple[int, int, list[str]]]:
    """Of a folded token each place that gives terms by itself; of Chinese every character and every pair."""
    for found in _PIECE.finditer(token):
        first, last = found.span()
        if found["han"]:
            for place in range(first, last):
                yield place, place + 1, [token[place]]
                yield place, min(place + 2, last), [token[place : place + 2]]
        else:
            yield first, last, _terms(found)


def _plain(token: str) -> str:
    """Without accents on Latin letters, and without apostrophes."""
    token = token.replace("'", "")
    if token.isascii():
        return token
    return "".join(c for c in unicodedata.normalize("NFKD", token) if not "\u0300" <= c <= "\u036f")


def _terms(found: re.Match[str]) -> list[str]:
    piece = found.group()
    if found["han"]:
        return [*piece, *(piece[i : i + 2] for i in range(len(piece) - 1))]
    if not found["number"]:
        return [piece if any(map(str.isdigit, piece)) else _SNOWBALL.stemWord(piece)]
    number, unit = found["number"], found["unit"]
    numbers = [number.replace(",", "")] if _THOUSANDS.fullmatch(number) else number.split(",")
    if not unit:
        return numbers
    return [*numbers, unit] if unit in UNITS else [*numbers[:-1], numbers[-1] + unit]


_ASKING = re.compile(QUESTION_PHRASES)
ASKING_WORDS = QUESTION_WORDS | {f"{word}'s" for word in QUESTION_WORDS}
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


class _Memory(dict[str, tuple[str, ...]]):
    """The terms of tokens, all forgotten when they are too many: found in a third of the time that an LRU takes."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= _MOST:
            self.clear()
        found = self[token] = terms_of(token)
        return found


_MOST = 65_536
known_terms = _Memory().__getitem__
"""`terms_of` a token, remembered."""


def analyze(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [term for token in find_tokens(fold(text)) for term in known_terms(token)]


def query_tokens(query: str) -> list[str]:
    """The tokens of a query without the words that only ask; all of them, where there are no others.

    Capitals make a name of such a word: US, IT, WHO.
    """
    folded = fold(query)
    tokens = find_tokens(folded if folded.isascii() else _ASKING.sub(" ", folded))
    kept = [
        token
        for token in tokens
        if token not in ASKING_WORDS or (token.upper() in query and _is_name(token, query))
    ]
    return kept if any(map(known_terms, kept)) else find_tokens(folded)


def _is_name(token: str, query: str) -> bool:
    """Whether the query has it in capitals as a word, and not everything."""
    return not query.isupper() and token.upper() in _CAPITALS.findall(query)


def query_terms(query: str) -> list[str]:
    """The terms of a query's tokens, in order."""
    return [term for token in query_tokens(query) for term in known_terms(token)]
