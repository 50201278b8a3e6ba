"""The compiled search, `compiled/search.c`, where a build has made it (`compiling.py`); else numpy searches, slower.

Both give the same hits with the same scores.
"""

from __future__ import annotations

import ctypes
import os
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import StoreError
from index.search.analysis import ASKING_WORDS, MARKS, terms_of
from index.search.formulas import FAMILY, FAMILY_WEIGHT, K1, PAIR_B, PAIR_WEIGHT, POWER
from index.search.hits import RawHit
from index.search.postings import Postings
from index.search.segment import CURE
from index.search.spelling import ENDINGS, FEW, is_word

SOURCES = tuple(sorted((Path(__file__).parent / "compiled").glob("*.[ch]")))
PLATFORM = f"{sys.platform}-{os.uname().machine}"
Mask = npt.NDArray[np.bool_]
Hits = tuple[RawHit, ...]
Ask = Callable[[str | bytes, int, int, int, int], Hits | int | None]
_NEW_FUNCTION = ctypes.PYFUNCTYPE(ctypes.py_object, ctypes.c_int, ctypes.py_object)
_MEANT = 1 << 14
"""Bytes for what a word may be meant for: some hundreds of words."""
_PLAIN = [ord(letter) for mark in MARKS.items() if not mark[0].isalnum() for letter in mark]
_MARKS = (ctypes.c_uint16 * (len(_PLAIN) + 1))(*_PLAIN)
_ENDINGS = "\n".join(["", *ENDINGS]).encode() + b"\n"
_ARRAYS = (
    *("text", "names", "slots", "families", "bounds", "weights", "tops", "rows", "lows", "buckets", "dense"),
    *("dense_bounds", "stream", "bases", "starts", "singles", "ids", "alive", "lost_terms", "lost_total"),
)
_AT, _NUMBER, _TEXT = ctypes.c_void_p, ctypes.c_int64, ctypes.c_char_p
_ROWS = (_AT, _AT, _NUMBER)
_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "count_passages": (None, (_AT, _NUMBER, _TEXT, _NUMBER, _NUMBER, _AT)),
    "find_meant": (
        _NUMBER,
        (_AT, _NUMBER, _TEXT, _NUMBER, _TEXT, _NUMBER, _NUMBER, _AT, _NUMBER),
    ),
    "read_tokens": (None, (_TEXT, _NUMBER, _AT, _AT, _NUMBER, *[_AT] * 5)),
    "expand": (None, (_AT, _AT, _NUMBER, *[_AT] * 4)),
    "count_rows": (None, (*_ROWS, *[_AT] * 3)),
    "place_rows": (None, (*_ROWS, *[_AT] * 4)),
    "place_postings": (None, (_AT, _AT, _NUMBER, *[_AT] * 5)),
    "pack_rows": (_NUMBER, (*_ROWS, _AT, _NUMBER, _NUMBER, _AT, _AT)),
}
"""Of each compiled function what it gives and takes: addresses, numbers, text."""
_loaded: dict[Path, ctypes.CDLL] = {}


class _Array(ctypes.Structure):
    _fields_ = (("at", ctypes.c_void_p), ("size", ctypes.c_int64), ("item", ctypes.c_int64))


class _Segment(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in ("count", "blocks", "terms", "first", "width")),
        *((name, _Array) for name in _ARRAYS),
    )


class _Settings(ctypes.Structure):
    _fields_ = (
        ("count", ctypes.c_int64),
        *((name, ctypes.c_double) for name in ("mean", "b", "k1", "pair_b", "family_weight", "pair_weight")),
        ("power", ctypes.c_double),
        ("family", ctypes.c_int64),
    )


class _Asked(ctypes.Structure):
    _fields_ = (
        ("segments", ctypes.c_void_p),
        ("many", ctypes.c_int64),
        ("settings", _Settings),
        ("tell", ctypes.py_object),
        ("hit", ctypes.py_object),
        ("few", ctypes.c_int64),
        ("marks", ctypes.c_void_p),
    )


def library_path(folder: Path | None) -> Path:
    """Where the compiled search lies: beside what Python compiles, under the check sum of its sources."""
    crc = zlib.crc32(b"".join(source.read_bytes() for source in SOURCES))
    name = f"native-{crc:08x}-{PLATFORM}.so"
    return (folder or Path(__file__).parent / "__pycache__") / name


def load_search(folder: Path | None = None) -> ctypes.CDLL | None:
    """The compiled search; None where there is none."""
    path = library_path(folder)
    if path not in _loaded and path.exists():
        try:
            library = ctypes.CDLL(str(path))
        except OSError:
            return None
        for name, (found, given) in _SIGNATURES.items():
            function = getattr(library, name)
            function.restype, function.argtypes = found, given
        _loaded[path] = library
    return _loaded.get(path)


class NativeSearch:
    """The segments of an open index as the compiled search sees them."""

    def __init__(self, library: ctypes.CDLL, segments: Sequence[Postings], mean: float, b: float) -> None:
        """Raises StoreError where a segment's arrays don't belong together."""
        self._held = segments  # their arrays must outlive the addresses of these
        self._count, self._mean = library.count_passages, library.find_meant
        count = sum(segment.living for segment in segments)
        values = (count, mean, b, K1, PAIR_B, FAMILY_WEIGHT, PAIR_WEIGHT, POWER, FAMILY)
        self._segments = [_segment(segment) for segment in segments if segment.count and segment.terms]
        for segment in self._segments:
            if not library.is_sound(ctypes.byref(segment)):
                raise _damaged()
        self._table = (ctypes.c_void_p * len(self._segments))(*map(ctypes.addressof, self._segments))
        self._places = ctypes.addressof(self._table)
        self._asked = _Asked(
            self._places,
            len(self._segments),
            _Settings(*values),
            _tell,
            RawHit,
            FEW,
            ctypes.addressof(_MARKS),
        )
        functions = _NEW_FUNCTION(("new_function", library))
        self._ask, self._ask_terms = (functions(number, ctypes.addressof(self._asked)) for number in range(2))

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """How many passages hold each term."""
        text = _lines(terms)
        counts = (ctypes.c_int64 * len(terms))()
        self._count(self._places, len(self._segments), text, len(text), FAMILY, counts)
        return counts[:]

    def meant(self, word: str) -> list[tuple[str, str]]:
        """What a mistyped word may be meant for: terms, each with the word that it would be."""
        typed, found = word.encode(), ctypes.create_string_buffer(_MEANT)
        size = self._mean(
            self._places,
            len(self._segments),
            typed,
            len(typed),
            _ENDINGS,
            len(_ENDINGS),
            FAMILY,
            found,
            _MEANT,
        )
        if size < 0:
            raise _damaged()
        pairs = found.raw[:size].decode().split()
        return list(zip(pairs[::2], pairs[1::2], strict=True))

    def ask(self, query: str, k: int, pool: int, allowed: Mask | None) -> Hits | None:
        """The k best of `pool` passages; None where Python must find the terms of the query.

        Raises StoreError where the index is damaged."""
        return _hits(self._ask, query, k, pool, allowed)

    def ask_terms(self, terms: Sequence[str], k: int, pool: int, allowed: Mask | None) -> Hits | None:
        """The same of terms; None where they are too many."""
        return _hits(self._ask_terms, _lines(terms), k, pool, allowed)


def _hits(ask: Ask, asked: str | bytes, k: int, pool: int, allowed: Mask | None) -> Hits | None:
    if allowed is None:
        found = ask(asked, k, pool, 0, 0)
    else:
        allowed = np.ascontiguousarray(allowed)
        found = ask(asked, k, pool, allowed.ctypes.data, len(allowed))
    if isinstance(found, int):
        raise _damaged()
    return found


def _tell(token: str) -> str:
    """What `compiled/tokens.h` remembers: whether a token only asks, whether it may be mistyped, and its terms."""
    kind = (token in ASKING_WORDS) + 2 * is_word(token)
    return "0123"[kind] + "\n".join(terms_of(token))


def _lines(terms: Sequence[str]) -> bytes:
    return "\n".join(terms).encode("utf-8", "surrogatepass")


def _segment(postings: Postings) -> _Segment:
    facts, arrays = postings.facts, postings.arrays
    segment = _Segment(*(facts[name] for name in ("count", "blocks", "terms", "first")))
    segment.width = arrays["buckets"].shape[1]
    for name in _ARRAYS:
        array: npt.NDArray[Any] | None = arrays.get("terms" if name == "text" else name)
        if array is not None:
            setattr(segment, name, _Array(array.ctypes.data, array.size, array.itemsize))
    return segment


def _damaged() -> StoreError:
    return StoreError("The search index is damaged: what it says of its own places can't be.", CURE)
