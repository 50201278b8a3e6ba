"""Numbers in English words: "two hundred and five", "three and a half million", "two thirds", "one over twenty"."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        ]
    )
}  # fmt: skip
TENS = {
    word: 10 * (place + 2)
    for place, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
UNITS |= {"nought": 0, "naught": 0}
BIG = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_ORDINALS = [
    "", "", "half", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
]  # fmt: skip
PARTS = {word: number for number, word in enumerate(_ORDINALS) if word}
PARTS |= {"quarter": 4, "halve": 2}
PARTS |= {f"{word[:-1]}ieth": number for word, number in TENS.items()}
PARTS |= {f"{word}th": 10**power for word, power in BIG.items()}

_KNOWN = frozenset(
    (
        *UNITS,
        *TENS,
        *BIG,
        *PARTS,
        *(f"{word}s" for word in PARTS),
        "a",
        "an",
        "and",
        "point",
        "dozen",
        "dozens",
        "over",
    )
)


def parse_whole(words: list[str]) -> int | None:
    """ "one hundred and twenty five" → 125; None where the words are no whole number."""
    total, group, seen = 0, 0, False
    for word in words:
        if word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word in ("a", "an") and not seen:
            group = 1
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in BIG:
            total += max(group, 1) * 10 ** BIG[word]
            group = 0
        elif word != "and" or not seen:
            return None
        seen = True
    return total + group if seen and words[-1] != "and" else None


def parse_fraction(words: list[str]) -> Decimal | None:
    """ "two thirds", "one hundred and three quarters", "one over twenty"; None where the words are no fraction."""
    if "over" in words[1:-1]:
        at = words.index("over")
        above, below = parse_whole(words[:at]), parse_whole(words[at + 1 :])
        return Decimal(above) / below if above is not None and below else None
    last = words[-1].removesuffix("s") if words[-1] != "halves" else "half"
    if last not in PARTS or len(words) < 2:
        return None
    below, head = PARTS[last], words[:-1]
    if len(head) > 1 and head[-1] in TENS and below < 10 and words[-1].removesuffix("s") != "half":
        below, head = TENS[head[-1]] + below, head[:-1]
    if "and" in head:
        at = len(head) - 1 - head[::-1].index("and")
        whole, above = parse_whole(head[:at]), parse_whole(head[at + 1 :])
        if whole is not None and above is not None and above < below:
            return whole + Decimal(above) / below
    above = parse_whole(head)
    return Decimal(above) / below if above is not None else None


def parse_point(words: list[str]) -> Decimal | None:
    """ "two hundred point seventy-one" → 200.71."""
    if "point" not in words[1:-1]:
        return None
    at = words.index("point")
    whole, digits = parse_whole(words[:at]), [parse_whole([word]) for word in words[at + 1 :]]
    if whole is None or any(one is None for one in digits):
        return None
    behind = words[at + 1 :]
    text = (
        str(parse_whole(behind))
        if len(behind) == 2 and behind[0] in TENS
        else "".join(str(one) for one in digits)
    )
    return Decimal(f"{whole}.{text}")


_WORD = re.compile(
    r"(?<![A-Za-z\d])(?:" + "|".join(sorted(_KNOWN, key=len, reverse=True)) + r")(?![A-Za-z\d])", re.I
)
_GAP = re.compile(r"\s-\s|[\s-]|,\s")
LONGEST = 16
"""Words of the longest spelled number."""


def find_spelled(text: str) -> list[tuple[int, int, Decimal]]:
    """Fractions, decimals and whole numbers in words, each the longest at its place: (start, end, value)."""
    words = [(found.group().lower(), found.start(), found.end()) for found in _WORD.finditer(text)]
    found: list[tuple[int, int, Decimal]] = []
    place = 0
    while place < len(words):
        if words[place][0] not in _KNOWN or words[place][0] in ("and", "point", "over"):
            place += 1
            continue
        last = place
        while (
            last + 1 < len(words)
            and last - place < LONGEST
            and words[last + 1][0] in _KNOWN
            and _GAP.fullmatch(text, words[last][2], words[last + 1][1])
        ):
            last += 1
        end, value = _longest([word for word, _, _ in words[place : last + 1]])
        if value is None:
            place += 1
            continue
        found.append((words[place][1], words[place + end - 1][2], value))
        place += end
    return found


def _longest(words: list[str]) -> tuple[int, Decimal | None]:
    for end in range(len(words), 0, -1):
        value = parse_fraction(words[:end]) if end > 1 else None
        value = parse_point(words[:end]) if value is None and end > 2 else value
        if value is not None:
            return end, value
        whole = parse_whole(words[:end])
        alone = words[0] in BIG or words[0] in ("a", "an")
        if whole is not None and (not alone or (end > 1 and words[1] in BIG)):
            return end, Decimal(whole)
    return 0, None
