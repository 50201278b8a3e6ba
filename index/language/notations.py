"""Every number that a text writes, in whatever notation: "1.3x10^6", "3/4", "⅔", "two out of five", "three lakh crore".

`numerals.find_numbers` reads what statistics are printed in; this reads what people may write besides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation, localcontext
from unicodedata import numeric

from index.language.numerals import Number, find_numbers
from index.language.worded import SCALES, find_worded

MOST = 400
"""No number of more digits, before or behind a power, is worth its reading."""

_GLYPHS = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_PLAIN = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+"
_WRITTEN = re.compile(
    r"(?P<address>\bhttps?://\S+|\bwww\.\S+)"
    r"|(?P<dotted>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]))"
    rf"|(?P<glyph>(?:\d+\s?)?[{_GLYPHS}])"
    rf"|(?P<ten>(?:{_PLAIN})\s?[x×*]\s?10\s?\^\s?(?P<ten_power>[-+]?\d{{1,3}}))"
    rf"|(?P<science>(?:{_PLAIN})e(?P<science_power>[-+]?\d{{1,3}})(?![\w.]))"
    rf"|(?P<power>(?:{_PLAIN})\^(?P<power_of>[-+]*\d{{1,3}})(?!\d))"
    r"|(?P<fraction>(?<![\d/.,])(?<!\d-)(?:(?P<fraction_whole>\d{1,6})\s{1,3})?(?P<above>\d{1,6})/(?P<below>\d{1,6})(?![\d/]))"
    r"|(?P<lakhs>(?<![\d.,])\d{1,2}(?:,\d\d)+,\d{3}(?!\d|,\d)(?:\.\d+)?)"
    r"|(?P<spaced>(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d,])(?:\.\d+)?)"
    r"|(?P<comma>(?<![\d.,])\d{1,3}(?:\.\d{3})+,\d+(?!\d|,\d)|(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})(?!\d|,\d|\.\d))"
    rf"|(?P<scaled>(?:{_PLAIN})(?:\s{{0,2}}(?P<scale>[kK]|[MGTB]|MM|mil|[tb]ln)(?![\w/])))"
    rf"|(?P<unit>(?:{_PLAIN})(?:st|nd|rd|th|[kcm]?m|ml|kg|mg|cl|l)(?![\w/]))",
)


def find_notations(text: str) -> tuple[Number, ...]:
    """Every number of a text in order, none inside another; what is an address or a measured length is none."""
    taken: list[tuple[int, int]] = []
    found: list[Number] = []
    for match in _WRITTEN.finditer(text):
        taken.append(match.span())
        found += _written(match)
    said = sorted((*find_worded(text), *find_numbers(text)), key=lambda number: (number.start, -number.end))
    end = 0
    for number in said:
        if number.start >= end and not _touches((number.start, number.end), taken):
            end = number.end
            found.append(number)
    found = [number for number in found if not _is_pronoun(text, number)]
    return tuple(_ratios(text, sorted(found, key=lambda number: number.start)))


def _touches(one: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(a < one[1] and one[0] < b for a, b in spans)


_PRONOUN = re.compile(r"\b(?:the|this|that|which|each|every|any|no|some|another|other)\s+$", re.I)


def _is_pronoun(text: str, number: Number) -> bool:
    """ "which one", "that one": no number, unless another number word follows."""
    said = text[number.start : number.end].lower()
    return said == "one" and bool(_PRONOUN.search(text, max(0, number.start - 12), number.start))


def _written(match: re.Match[str]) -> Iterator[Number]:
    kind, start, end = match.lastgroup, match.start(), match.end()
    if match["address"] or match["unit"] is not None:
        return
    if match["dotted"]:
        for part in re.finditer(r"\d+", match["dotted"]):
            yield _number(Decimal(part.group()), start + part.start(), start + part.end())
        return
    value = _value(match)
    if value is not None and kind is not None:
        yield _number(value, start, end)


def _number(value: Decimal, start: int, end: int) -> Number:
    return Number(value, Decimal(1), start, end, "")


def _value(m: re.Match[str]) -> Decimal | None:
    if m["ten"]:
        return _plain(re.split(r"[x×*\s]", m["ten"])[0]).scaleb(int(m["ten_power"]))
    if m["science"]:
        return _plain(m["science"].lower().split("e")[0]).scaleb(int(m["science_power"]))
    if m["power"]:
        return _raised(_plain(m["power"].split("^")[0]), m["power_of"])
    if m["fraction"]:
        below = int(m["below"])
        return int(m["fraction_whole"] or 0) + Decimal(m["above"]) / below if below else None
    return _grouped(m)


def _grouped(m: re.Match[str]) -> Decimal:
    """Half a sign, digits with their own commas, points and spaces, or a letter for their scale."""
    if m["glyph"]:
        whole = m["glyph"][:-1].strip()
        return Decimal(whole or 0) + Decimal(str(round(numeric(m["glyph"][-1]), 12)))
    if m["comma"]:
        return Decimal(m["comma"].replace(".", "").replace(",", "."))
    if m["scaled"]:
        power = SCALES[m["scale"].lower()]
        return _plain(m["scaled"][: -len(m["scale"])].strip()).scaleb(power)
    return _plain(m["lakhs"] or m["spaced"] or "")


def _plain(digits: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", digits)[:MOST])


def _raised(base: Decimal, power: str) -> Decimal | None:
    """ "2.5^-1"; two signs before a power cancel out."""
    exponent = int(re.sub(r"[+-]", "", power)) * (-1 if power.count("-") % 2 else 1)
    with localcontext() as context:
        context.prec = 20
        try:
            return base**exponent
        except (InvalidOperation, ArithmeticError):
            return None


# ---- ratios ---------------------------------------------------------------------------------------------------------

_LASTS = re.compile(r"\s+(?:years?|months?|weeks?|days?|hours?|quarters?)\b", re.I)
_RATIO = re.compile(r"\s+(?:over|out\s+of|in)\s+", re.I)
_HALF = re.compile(
    r"(?:(?<=than )|(?<=about )|(?<=nearly )|(?<=almost )|(?<=over ))half(?=\s)|\bhalf(?=\s+of\b)", re.I
)


def _ratios(text: str, numbers: list[Number]) -> Iterator[Number]:
    """ "one over 20", "two out of five hundred", "1 in twenty-one" are one number each."""
    spans = [(number.start, number.end) for number in numbers]
    halves = [
        _number(Decimal("0.5"), *one.span())
        for one in _HALF.finditer(text)
        if not _touches(one.span(), spans)
    ]
    numbers = sorted([*numbers, *halves], key=lambda number: number.start)
    place = 0
    while place < len(numbers):
        one = numbers[place]
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        joint = _RATIO.fullmatch(text, one.end, after.start) if after else None
        if (
            after
            and joint
            and after.value
            and (one.value < after.value or "over" in joint.group())
            and not _LASTS.match(text, after.end)
        ) and ("in" not in joint.group().split() or one.value == 1):
            yield replace(one, value=one.value / after.value, end=after.end)
            place += 2
            continue
        yield one
        place += 1
