"""Numbers in notations of their own: "1.3e6", "6.2×10⁴", "2¾", "3 million and a half", "4 thousand and 21"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from index.language.spelled import parse_fraction, parse_whole

Notation = tuple[int, int, Decimal, Decimal]
"""Start, end, value, step."""
_BIG = {
    "hundred": 2, "thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "bln": 9, "trillion": 12, "tln": 12,
    "mil": 6, "mm": 6, "dozen": 0, "dozens": 0, "dozs": 0, "dzs": 0,
}  # fmt: skip
_MOST = 40
"""The largest power of ten that anything is counted in."""
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCIENTIFIC = re.compile(
    rf"(?<![\w.,])({_PLAIN})(?:[eE]([+-]?\d{{1,3}})(?![\w.])|\s?[x×·*]\s?10(?:\s?\^\s?\(?([+-]?\d{{1,3}})\)?|([⁺⁻⁰¹²³⁴-⁹]+)))"
)
_POWER = re.compile(rf"(?<![\w.,])({_PLAIN})\^([+-]{{0,2}})(\d{{1,3}})(?![\w.])")
_OF_TEN = re.compile(r"(?<![\w.,])10(⁻?[¹²³⁰-⁹]{1,2})(?![⁰-⁹]|\s?(?:thousand|[mb]illion|[万亿]))")
_VULGAR = re.compile(r"(?<![\w.])(?:(\d{1,4})\s?)?([¼½¾⅐-⅞])(?:\s(thousand|million|billion|trillion))?(?!\w)")
_MIXED = re.compile(r"(?<![\w./,-])(?:(\d{1,4})\s{1,2})?(\d{1,2})/(\d{1,3})(?![\w/.]|-\d|\s\d{4}\b)")
_SPACED = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3}){2,5}(?:\.\d+)?(?![\w,]|\.\d| \d)")
_INDIAN = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![\d,])")
_CONTINENTAL = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+,\d{1,3}(?![\d,])")
_SHORT = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)(?:\s?(MM|tln)|(mil))(?![A-Za-z])")
_DOZENS = re.compile(
    r"(?<![\w.])((?:[a-z]+[ -]){0,4}?[a-z]+|\d{1,4}) (dozens?|dozs|dzs)(?![a-z])", re.IGNORECASE
)
_HALF = re.compile(
    r"(?<![\w-])(half|quarter|three quarters)(?: of)?(?: a)? (thousand|million|billion|trillion)\b",
    re.IGNORECASE,
)
_PART = (
    r"(?:a|one|two|three|four|five|six|seven|eight|nine)"
    r" (?:half|quarters?|thirds?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
)
_AND_PART = re.compile(
    r"(?<![\w.,])(\d+(?:\.\d+)?|[a-z]+(?:[ -][a-z]+){0,3}) (thousand|million|billion|trillion)"
    rf" and ({_PART})(?: (thousand|million|billion|trillion))?(?![\w-])",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"(?<![\w.,])\d+ (?:crore|lakh|million|thousand|hundred)"
    r"(?:(?:,? and | )(?:\d+|[a-z]+) (?:crore|lakh|thousand|hundred))*"
    r"(?:,? and (?:\d{1,3}(?![\d.,%])|[a-z]+(?:[- ][a-z]+)?))?(?![\w%])",
    re.IGNORECASE,
)

_HAN = re.compile(
    r"(?<![\d.,])(?:(\d{1,4})[亿億])?(?:(\d)千[万萬]|(\d)百[万萬]|(\d{1,4}|\d,\d{3})[万萬])?"
    r"(?:(\d)千(?![瓦克米伏卡万萬]))?(?:(\d)百(?![万萬分]))?"
    r"(\d{1,2},\d{3}(?![\d,.])|\d{1,4}(?=\s?[辆台輛臺人元円吨套个件家座名]))?"
)
_POWERS = (8, 7, 6, 4, 3, 2, 0)


def find_notations(text: str) -> list[Notation]:
    """What is written in one of these notations, in no order; a plain number is left to others."""
    found: list[Notation] = []
    if any(c.isdigit() or c in "¼½¾" or "⅐" <= c <= "⅞" for c in text):
        found += [
            *_scientific(text),
            *_fractions(text),
            *_grouped(text),
            *_short(text),
            *_steps(text),
            *_han(text),
        ]
    return [*found, *_words(text)]


def _scientific(text: str) -> Iterator[Notation]:
    for match in _SCIENTIFIC.finditer(text):
        raised = match[2] or match[3] or unicodedata.normalize("NFKC", match[4] or "").replace("−", "-")
        if raised and abs(int(raised)) <= _MOST:
            value = _plain(match[1])
            yield match.start(), match.end(), value.scaleb(int(raised)), _step(value).scaleb(int(raised))
    for match in _OF_TEN.finditer(text):
        power = int(unicodedata.normalize("NFKC", match[1]).replace("−", "-"))
        if power > 2 or power < 0:  # "10¹" and "10²" have notes
            yield match.start(), match.end(), Decimal(1).scaleb(power), Decimal(1).scaleb(power)
    for match in _POWER.finditer(text):
        power = int(match[3]) * (-1 if match[2] == "-" else 1)
        try:
            value = _plain(match[1]) ** power
        except (InvalidOperation, OverflowError):
            continue
        if abs(value.adjusted()) <= _MOST:
            yield match.start(), match.end(), value, Decimal(0)


def _fractions(text: str) -> Iterator[Notation]:
    for match in _VULGAR.finditer(text):
        part = Decimal(str(unicodedata.numeric(match[2]))) + Decimal(match[1] or 0)
        value = part.scaleb(_BIG.get((match[3] or "").casefold(), 0))
        yield match.start(), match.end(), value, value / 100
    for match in _MIXED.finditer(text):
        above, below = int(match[2]), int(match[3])
        if 0 < above < below and below in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 20, 25, 32, 50, 64, 100):
            yield match.start(), match.end(), Decimal(match[1] or 0) + Decimal(above) / below, Decimal("0.01")


def _grouped(text: str) -> Iterator[Notation]:
    for pattern in (_SPACED, _INDIAN):
        for match in pattern.finditer(text):
            value = Decimal(re.sub(r"[ ,]", "", match[0]))
            yield match.start(), match.end(), value, _step(value)
    for match in _CONTINENTAL.finditer(text):
        value = Decimal(match[0].replace(".", "").replace(",", "."))
        yield match.start(), match.end(), value, _step(value)


def _short(text: str) -> Iterator[Notation]:
    for match in _SHORT.finditer(text):
        power = _BIG[(match[2] or match[3]).casefold()]
        value = Decimal(match[1])
        yield match.start(), match.end(), value.scaleb(power), _step(value).scaleb(power)


def _steps(text: str) -> Iterator[Notation]:
    """ "4 thousand 3 hundred and 21": each count with its scale, added up."""
    for match in _STEPS.finditer(text):
        words = re.split(r"[\s,-]+", match[0].casefold())
        value = _add_up([word for word in words if word])
        if value is not None and len(words) > 2:
            yield match.start(), match.end(), value, Decimal(1)


def _han(text: str) -> Iterator[Notation]:
    """ "12万3千", "2亿3,500万": digits, each with its power, added up."""
    for match in _HAN.finditer(text) if any(c in "亿億万萬千" for c in text) else ():
        parts = [(part, power) for part, power in zip(match.groups(), _POWERS, strict=True) if part]
        if len(parts) > 1:
            value = sum((_plain(part).scaleb(power) for part, power in parts), Decimal(0))
            yield match.start(), match.end(), value, Decimal(1).scaleb(parts[-1][1])


def _add_up(words: list[str]) -> Decimal | None:
    total, count, last = Decimal(0), None, _MOST
    for word in words:
        if word == "and":
            continue
        if word in _BIG and count is not None:
            if _BIG[word] >= last:
                return None
            last = _BIG[word]
            total, count = total + count.scaleb(last), None
            continue
        whole = int(word) if word.isdigit() else parse_whole([word])
        if whole is None:
            return None
        count = (count or Decimal(0)) + whole
    return total + (count or 0)


def _words(text: str) -> Iterator[Notation]:
    if "illion" in text.casefold() or "thousand" in text.casefold():
        yield from _parts(text)
    for match in _DOZENS.finditer(text):
        words = re.split(r"[\s-]+", match[1].casefold())
        for first in range(len(words)):
            many = int(words[0]) if words[0].isdigit() else parse_whole(words[first:])
            if many is not None and words[first] != "and":
                start = match.start() + (match[1].casefold().rfind(" ".join(words[first:])) if first else 0)
                yield max(start, match.start()), match.end(), Decimal(12 * many), Decimal(12)
                break


def _parts(text: str) -> Iterator[Notation]:
    """ "3 million and a half", "half million", "one billion and a quarter million"."""
    for match in _HALF.finditer(text):
        share = {"half": "0.5", "quarter": "0.25", "three quarters": "0.75"}[match[1].casefold()]
        value = Decimal(share).scaleb(_BIG[match[2].casefold()])
        yield match.start(), match.end(), value, value / 10
    for match in _AND_PART.finditer(text):
        words = match[1].casefold().replace("-", " ").split()
        whole = Decimal(words[0]) if words[0][0].isdigit() else None
        first = 0
        while whole is None and first < len(words):
            count = parse_whole(words[first:]) if words[first] != "and" else None
            whole = Decimal(count) if count is not None else None
            first += whole is None
        part = parse_fraction(match[3].casefold().split())
        if whole is None or part is None:
            continue
        power = _BIG[match[2].casefold()]
        value = whole.scaleb(power) + part.scaleb(_BIG[match[4].casefold()] if match[4] else power)
        skipped = len(" ".join(match[1].split()[:first])) + (1 if first else 0)
        yield match.start() + skipped, match.end(), value, Decimal(1).scaleb(power - 1)


def _plain(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _step(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
