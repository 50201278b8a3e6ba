"""Numbers in words, or in words and digits: "4 thousand 3 hundred and 21", "three lakh crore", "four twenty-firsts"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.language.numerals import Number
from index.language.spelled import PARTS, parse_fraction, parse_point, parse_whole

SCALES = {
    "hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12,
    "k": 3, "m": 6, "mm": 6, "mil": 6, "mln": 6, "mn": 6, "g": 9, "b": 9, "bn": 9, "bln": 9, "t": 12, "tn": 12,
    "tln": 12, "trn": 12,
}  # fmt: skip
DOZENS = frozenset({"dozen", "dozens", "doz", "dozs", "dz", "dzs"})


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


_SCALE_WORDS = ("hundred", "thousand", "lakh", "million", "crore", "billion", "trillion")
_ORDINAL_WORDS = tuple(f"{word}{plural}" for word in ("first", "second", *PARTS) for plural in ("", "s"))
_WORDS = (
    *["zero", "nought", "naught", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve"],
    *(
        f"{stem}teen"
        for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")
    ),
    *(f"{stem}ty" for stem in ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")),
    *_SCALE_WORDS, *(f"{word}s" for word in _SCALE_WORDS), *_ORDINAL_WORDS, *DOZENS, "halves",
    "a", "an", "and", "point",
)  # fmt: skip
_WORD = re.compile(
    r"(?<![A-Za-z\d.,/^])(?:\d{1,3}(?:\.\d+)?(?![\d.,/^%]*\d)|"
    + "|".join(sorted(set(_WORDS), key=len, reverse=True))
    + r")(?![A-Za-z\d])",
    re.I,
)
_GAP = re.compile(r"[\s-]{1,3}|,\s")
_START = re.compile(r"\d\s+(?:hundred|thousand|lakh|million|crore|billion|trillion|do?z)|[a-z]", re.I)
LONGEST = 14
"""Words of the longest number in words."""
WORDS_OF_SCORES = 3
"""The words of a score: "three-nought-four" is no seven."""
FEWEST = 2
"""A single word is read by `find_numbers`."""


def find_worded(text: str) -> Iterator[Number]:
    words = [_Word(found.group().lower(), *found.span()) for found in _WORD.finditer(text)]
    place = 0
    while place < len(words):
        last = place
        while (
            last + 1 < len(words)
            and last + 1 - place < LONGEST
            and _GAP.fullmatch(text, words[last].end, words[last + 1].start)
        ):
            last += 1
        length, value = _longest([word.text for word in words[place : last + 1]])
        if value is None:
            place += 1
            continue
        yield Number(value, Decimal(1), words[place].start, words[place + length - 1].end, "")
        place += length


def _longest(words: list[str]) -> tuple[int, Decimal | None]:
    if words[0] in ("and", "point"):
        return 0, None
    for length in range(len(words), 0, -1):
        if length < len(words) and words[length] in _SCALE_WORDS and words[length - 1] not in _SCALE_WORDS:
            continue
        value = _read(words[:length])
        if value is not None:
            return length, value
    return 0, None


def _read(words: list[str]) -> Decimal | None:
    words = ["zero" if word in ("nought", "naught") else word for word in words]
    if len(words) < FEWEST:
        return Decimal(0) if words == ["zero"] else None
    if words[-1] in DOZENS:
        many = _whole(words[:-1])
        return None if many is None or words[0] == "point" else _dozens(words[:-1], many)
    if len(words) == WORDS_OF_SCORES and parse_whole(words[1:2]) == 0:
        return None
    for reading in (_scaled_part, _part, _ordinal_part, parse_point, _whole):
        value = reading(words)
        if value is not None:
            return value
    return None


def _dozens(words: list[str], many: Decimal) -> Decimal:
    """ "three hundred and two dozens" are three hundred, and two dozens."""
    if "and" in words:
        at = len(words) - 1 - words[::-1].index("and")
        rest, few = _whole(words[:at]), _whole(words[at + 1 :])
        if rest is not None and few is not None:
            return rest + 12 * few
    return 12 * many


def _scaled_part(words: list[str]) -> Decimal | None:
    """ "3 million and a half" → 3500000; "one billion and a half million" → 1000500000; "half million" → 500000."""
    if words[0] in ("half", "quarter") and len(words) == FEWEST and words[1] in _SCALE_WORDS:
        return Decimal(1).scaleb(SCALES[words[1]]) / PARTS[words[0]]
    if "and" not in words[1:-1]:
        return None
    at = len(words) - 1 - words[::-1].index("and")
    head, tail = words[:at], words[at + 1 :]
    if head[-1] not in _SCALE_WORDS or head[-1] == "hundred":
        return None
    whole = _whole(head)
    power = SCALES[tail[-1]] if tail[-1] in _SCALE_WORDS else 0
    part = parse_fraction(tail[:-1] if power else tail) if len(tail) >= FEWEST else None
    if whole is None or part is None or part >= 1:
        return None
    return whole + part.scaleb(power or SCALES[head[-1]])


_SMALL_ORDINALS = {"first": 1, "second": 2}


def _ordinal_part(words: list[str]) -> Decimal | None:
    """ "three twenty-firsts" → 3/21, "one one hundred fifth" → 1/105, "two thirds" → 2/3."""
    last = words[-1].removesuffix("s")
    unit = _SMALL_ORDINALS.get(last) or (
        PARTS.get(last) if last not in ("half", "quarter", "halve") else None
    )
    if unit is None or words[-1].startswith(("million", "billion", "trillion", "thousand", "hundred")):
        return None
    if "and" in words[:-1]:
        return parse_fraction(words) if last not in _SMALL_ORDINALS else None
    for split in range(1, len(words) - 1):
        above, below = _whole(words[:split]), _whole(words[split:-1])
        bigger = words[-2] in _SCALE_WORDS or (words[-2].endswith("ty") and unit < 10)
        if above is not None and below is not None and bigger and below > unit and above < below:
            return above / (below + unit)
    return None


def _part(words: list[str]) -> Decimal | None:
    """ "twenty-three fifths" → 4.6; a million is no part that anybody counts by one or two."""
    if words[-1] in ("millionth", "billionth", "trillionth"):
        return None
    value = parse_fraction(words)
    return value if value is None or value < 1 or not _is_compound(words) else None


def _is_compound(words: list[str]) -> bool:
    """ "one one hundred fifth": the scale belongs to what divides."""
    return words[-1] in PARTS and len(words) > len(("one", "hundred", "fifth")) and "and" not in words


def _whole(words: list[str]) -> Decimal | None:
    """Words and digits with falling scales: "4 thousand 3 hundred and 21", "three lakh crore"."""
    if not words or words[0] in _SCALE_WORDS or words[-1] == "and" or any(word in DOZENS for word in words):
        return None
    digits = [word for word in words if word[0].isdigit()]
    if not digits and not any(word in ("lakh", "crore") for word in words):
        words = [word.removesuffix("s") if word.removesuffix("s") in _SCALE_WORDS else word for word in words]
        whole = parse_whole(words)
        return None if whole is None else Decimal(whole)
    return _falling(words)


def _falling(words: list[str]) -> Decimal | None:
    total, group, scaled = Decimal(0), None, None
    lowest = 99
    for word in words:
        power = SCALES.get(word, 0) if word in _SCALE_WORDS else None
        if word == "and":
            if scaled is None or group is not None:
                return None
        elif power is not None:
            if group is None and scaled is None:
                return None
            if group is None and scaled is not None:
                scaled = scaled.scaleb(power)
                continue
            if power >= lowest:
                return None
            total, scaled, group, lowest = (
                total + (scaled or 0),
                (group or Decimal(0)).scaleb(power),
                None,
                power,
            )
        else:
            small = Decimal(word) if word[0].isdigit() else parse_whole([word])
            if small is None or (group is not None and not _joins(group, Decimal(small), word)):
                return None
            if scaled is not None and (small == 0 or small >= Decimal(1).scaleb(lowest)):
                return None
            group = Decimal(small) + (group or 0)
    return total + (scaled or 0) + (group or 0) if scaled is not None or group is not None else None


def _joins(group: Decimal, small: Decimal, word: str) -> bool:
    """ "twenty five": tens in words, then a digit in words."""
    return not word[0].isdigit() and group % 10 == 0 and 20 <= group < 100 and small < 10
