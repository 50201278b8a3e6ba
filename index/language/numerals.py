# ruff: noqa: E501
"""Numbers: digits with their scale, spelled numbers, and Chinese numerals, each with the precision as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from index.language.continental import SCALED, Found, find_continental
from index.language.notation import find_notations
from index.language.spelled import find_spelled

MOST_DIGITS = 40
"""A longer row of digits is no number that anybody counts by."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a text: "2.5 million" has value 2500000 and step 100000."""

    value: Decimal
    step: Decimal
    start: int
    end: int
    digits: str
    """The digits as printed, without scale; "" for a spelled number."""
    scaled: bool = False


SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "mln": 6, "mn": 6, "mio": 6, "billion": 9, "bn": 9, "bln": 9,
    "trillion": 12, "tn": 12, "trn": 12, "k": 3, "lakh": 5, "crore": 7,
    "m": 6, "b": 9, "tausend": 3, "tsd": 3, "millionen": 6, "millones": 6, "milioni": 6, "milliarde": 9, "milliarden": 9,
    "milliard": 9, "milliards": 9, "miliardi": 9, "mrd": 9, "mld": 9, "billionen": 12,
    "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "兆": 12,
}  # fmt: skip
UNITS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * (place + 2)
    for place, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    )
}
BIG = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
    "hundredth": 100, "hundredths": 100, "thousandth": 1000, "thousandths": 1000, "twentieth": 20, "twentieths": 20,
}  # fmt: skip

_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_SCALE_WORDS = SCALED + r"|hundred|thousand|millions?|billion|trillion|mln|mio|mn|bn|bln|tn|trn|lakh|crore"
NOTES = r"(?:,?[¹²³⁰-⁹⁽⁾ᵃ-ᶻⁱⁿ]|\[\w{1,3}\]){0,6}"
"""The marks of notes that may stand between a number and its scale or its unit: "240³ thousand", "240[3] thousand"."""
_SCALE_BEHIND = (
    r"(?:"
    + NOTES
    + r"(?:(?P<english>[\s\-]?(?:"
    + _SCALE_WORDS
    + r")(?:\s(?:million|billion|trillion))?(?![A-Za-z])|[kK](?![A-Za-z/])|[mMbB](?![A-Za-z/\d]))"
    r"|\s?(?P<chinese>万亿|百万|千万|十万|[亿万兆](?!向|一))))?"
)
_DIGITS = re.compile(
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?![\d])(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:\s\d{3}){0,4}\s000(?!\d)|\d{1,3}\.000(?!\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    + _SCALE_BEHIND,
    re.I,
)
_BEHIND = re.compile(_SCALE_BEHIND, re.I)
_SPELLED = re.compile(
    r"\b(?:(?P<half>half\s+an?\s+(?:million|billion|trillion|thousand|hundred|dozen)|half\s+an?(?=\s+(?:per\s?cent|percentage)))"
    r"|(?P<mixed>(?:"
    + _SMALL
    + r")\s+and\s+(?:a|one)[\s\-](?:half|quarter)(?:\s+(?:million|billion|trillion|thousand|hundred))?)"
    r"|(?P<part>(?:(?:a|an|"
    + _SMALL
    + r")(?:[\s\-]+))(?:"
    + "|".join(sorted(PARTS, key=len, reverse=True))
    + r")(?:\s+of\s+a\s+(?P<of>million|billion|trillion|thousand))?(?=\b)(?!\s+(?:consecutive|straight|generation|time|month|place|largest|biggest|of\s+(?:(?:19|20)\d\d|last|this|next|the\s+year))))"
    r"|(?P<dozen>(?:(?:a|" + _SMALL + r")\s+)?dozen(?!s))"
    r"|(?P<words>(?:(?:" + _SMALL + r")|an?(?=\s+(?:hundred|thousand|million|billion|trillion)\b))"
    r"(?:(?:[\s\-]+|,\s|\s+and\s+)(?:" + _SMALL + r"|hundred|thousand|million|billion|trillion))*)"
    r")(?![A-Za-z])",
    re.I,
)
_HAN_NUMBER = re.compile(
    r"百分之(?P<percent>[零一二三四五六七八九十百点两\d.]+)|(?P<below>[二两三四五六七八九十]+)分之(?P<above>[一二两三四五六七八九十]+)|(?P<han>[零一二三四五六七八九十百千万亿两]{1,20})"
)
_HAN_DIGITS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_POWERS = {"十": 10, "百": 100, "千": 1000}


def find_numbers(text: str, *, commas: bool | None = None) -> tuple[Number, ...]:
    """Every number of a text that is written in digits or English words, in order, none inside another.

    `commas` says whether its decimals stand behind a comma; None where the text itself is to say so.
    """
    marked = list(find_continental(text, commas=commas))
    found = [
        number
        for match in _DIGITS.finditer(text)
        if not any(start <= match.start() < end for start, end, *_ in marked)
        and (number := _from_digits(match))
    ]
    found += [_scaled(text, one) for one in marked if one[4]]
    found += [
        Number(value, step, start, end, text[start:end], True)
        for start, end, value, step in find_notations(text)
    ]
    if _SPELLED_START.search(text):
        found += [number for match in _SPELLED.finditer(text) if (number := _from_words(match))]
        found += [_spelled_number(*one) for one in find_spelled(text)]
    found.sort(key=lambda number: (number.start, -number.end))
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if "://" in text else []
    kept: list[Number] = []
    for number in found:
        if (not kept or number.start >= kept[-1].end) and not any(
            a <= number.start < b for a, b in addresses
        ):
            kept.append(number)
    return tuple(
        one
        for one in kept
        if not (
            text[one.start : one.end].casefold() == "one"
            and _PRONOUN.search(text, max(0, one.start - 8), one.start)
        )
    )


def _scaled(text: str, one: Found) -> Number:
    """A number with a decimal comma and the scale behind it."""
    start, end, value, step, digits = one
    behind = _BEHIND.match(text, end)
    scale = (behind["english"] or behind["chinese"] or "") if behind else ""
    if "\n" in scale:
        scale = ""
    power = _power(scale)
    return Number(value.scaleb(power), step.scaleb(power), start, end + len(scale), digits, bool(scale))


def _power(scale: str) -> int:
    return sum(SCALES.get(word.rstrip("."), 0) for word in re.split(r"[\s\-]+", scale.strip(" -\n").lower()))


_ADDRESS = re.compile(r"https?://\S+")
_PRONOUN = re.compile(r"\b(?:the|this|that|which|each|every|any|no)\s$", re.IGNORECASE)
"""Before a "one" that counts nothing."""
_POINTED = re.compile(r"[1-9]\d{0,2}\.000")
"""Thousands with a point: "30.000"."""
_MEASURED = re.compile(
    r"\s?(?:(?:thousand|million|billion|trillion|[万亿])|[%％]|per\s?cent|[kMGT]?Wh?\b|k?g\b)"
)
"""Behind a number whose point is a decimal one."""


def _from_digits(match: re.Match[str]) -> Number | None:
    digits = match.group("digits")
    plain = re.sub(r"[,\s]", "", digits)
    if _POINTED.fullmatch(plain) and not _MEASURED.match(match.string, match.end("digits")):
        plain = plain.replace(".", "")
    if len(plain) > MOST_DIGITS:
        return None
    start, end = match.start(), match.end()
    value = Decimal(plain)
    places = len(plain.rpartition(".")[2]) if "." in plain else 0
    scale = match.group("english") or match.group("chinese") or ""
    power = _power(scale)
    if scale and "\n" in scale:
        power, end, scale = 0, match.end("digits"), ""
    return Number(value.scaleb(power), Decimal(1).scaleb(power - places), start, end, digits, bool(scale))


_SPELLED_START = re.compile(
    r"\b(?:zero|n[ao]ught|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thir|fif|half|hundred|thousand|million|billion|trillion|dozen|twent|fort|quarter|an?\s+\w+th|\w+teen)",
    re.I,
)


def _spelled_number(start: int, end: int, value: Decimal) -> Number:
    whole = value == value.to_integral_value()
    step = Decimal(1) if whole else Decimal("0.01")
    return Number(value if whole else round(value, 12).normalize(), step, start, end, "")


def _from_words(match: re.Match[str]) -> Number | None:
    words = match.group().lower()
    start, end = match.span()
    if match.group("half"):
        last = words.split()[-1]
        whole = Decimal(12) if last == "dozen" else Decimal(1).scaleb(BIG.get(last, 0))
        return Number(whole / 2, whole / 10, start, end, "")
    if match.group("dozen"):
        first = words.split()[0]
        many = UNITS.get(first, TENS.get(first, 1))
        return Number(Decimal(12 * many), Decimal(12), start, end, "")
    if match.group("mixed"):
        parts = re.split(r"[\s\-]+", words)
        part = Decimal("0.5") if "half" in parts else Decimal("0.25")
        power = BIG.get(parts[-1], 0)
        value = (Decimal(_small(parts[:1])) + part).scaleb(power)
        return Number(value, Decimal(1).scaleb(power - 1), start, end, "")
    if match.group("part"):
        parts = re.split(r"[\s\-]+", words.split(" of ")[0])
        above = 1 if parts[0] in ("a", "an") else _small(parts[:-1])
        value = Decimal(above) / Decimal(PARTS[parts[-1]])
        value = round(value, 6).normalize() * Decimal(1).scaleb(BIG.get(match.group("of") or "", 0))
        return Number(value, Decimal("0.01"), start, end, "")
    return Number(_spelled(re.split(r"[\s\-,]+", words)), Decimal(1), start, end, "")


def _small(words: list[str]) -> int:
    return sum(UNITS.get(word, TENS.get(word, 0)) for word in words)


def _spelled(words: list[str]) -> Decimal:
    """ "six hundred thousand" → 600000."""
    total, group = 0, 0
    for word in words:
        if word in ("a", "an"):
            group = 1
        elif word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in BIG:
            total += max(group, 1) * 10 ** BIG[word]
            group = 0
    return Decimal(total + group)


def find_chinese_numbers(text: str) -> tuple[Number, ...]:
    """Numbers in Chinese numerals: 百分之五 (a share), 三分之一, 五百, 十二万."""
    found = []
    for match in _HAN_NUMBER.finditer(text):
        value = _chinese(match)
        if value is not None:
            found.append(
                Number(value, Decimal(1), match.start(), match.end(), "", bool(match.group("percent")))
            )
    return tuple(found)


def _chinese(match: re.Match[str]) -> Decimal | None:
    if match.group("percent"):
        whole, _, part = match.group("percent").partition("点")
        if re.fullmatch(r"\d+(?:\.\d+)?", whole):
            return Decimal(whole)
        value = han_value(whole)
        digits = "".join(str(_HAN_DIGITS.get(one, 0)) for one in part)
        return None if value is None else Decimal(f"{value}.{digits}" if digits else value)
    if match.group("below"):
        above, below = han_value(match.group("above")), han_value(match.group("below"))
        return round(Decimal(above) / Decimal(below) * 100, 4).normalize() if above and below else None
    value = han_value(match.group("han"))
    return None if value is None else Decimal(value)


def han_value(word: str) -> int | None:
    """一百二十 → 120, 两 → 2, 十二万 → 120000; None for what is no number (万一)."""
    total, section, digit = 0, 0, 0
    for place, one in enumerate(word):
        if one in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[one]
        elif one in _HAN_POWERS:
            section += (digit or 1) * _HAN_POWERS[one]
            digit = 0
        else:
            if place == 0:
                return None
            power = 10_000 if one == "万" else 100_000_000
            total = (total + section + digit) * power if one == "亿" else total + (section + digit) * power
            section = digit = 0
    return total + section + digit
