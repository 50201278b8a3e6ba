"""A number with what stands right before and after it: its currency, unit or counted noun."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from index.language import identifiers
from index.language.nouns import find_noun
from index.language.numerals import NOTES, Number, find_chinese_numbers
from index.language.units import (
    BEFORE,
    CURRENCIES,
    CURRENCY_WORDS,
    EXACT,
    EXACT_AFTER,
    PER,
    WORD_AFTER,
    WORDS,
    per_name,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A number with what stands right before and after it."""

    number: Number
    start: int
    end: int
    unit: str
    factor: Decimal = Decimal(1)
    negative: bool = False
    noun: bool = False
    """Whether the unit is a counted noun, not a measure."""


_SIGN = re.compile(r"(?:(?<=[\s(（])|^|(?<=[:：]))(?:[-−–]|minus\s)$|[-−]$", re.I)
_NOTES = re.compile(NOTES)
_LETTER = re.compile(r"[\d.,]+[mMbB]")
_MILLIONS = re.compile(r"[\d.,]+[MB](?=\s[a-z])")
""" "5m" without a currency or a noun is no 5 million: it may be metres, or a label; "5M users" counts."""


def read_draft(text: str, number: Number) -> Draft | None:
    start, end = number.start, number.end
    before = BEFORE.search(text, max(0, start - 6), start)
    if before:
        start = before.start()
    sign = _SIGN.search(text[max(0, start - 6) : start])
    negative = bool(sign and not _follows_word(text, start - len(sign.group())))
    if sign and negative:
        start -= len(sign.group())
    elif not before and start and text[start - 1] in "-−–" and start > 1 and text[start - 2].isalpha():
        return None
    noted = _NOTES.match(text, number.end)
    behind = noted.end() if noted else number.end
    end, unit, noun = _unit(text, number, behind, CURRENCIES[before.group(1)] if before else "")
    end = number.end if end == behind else end
    letter = _LETTER.fullmatch(text, number.start, number.end) and not _MILLIONS.match(text, number.start)
    if letter and not before and not noun:
        return None
    factor = Decimal(1)
    if unit in _MULTIPLES:
        unit, factor = _MULTIPLES[unit]
    return Draft(number, start, end, unit, factor, negative, noun)


_MULTIPLES = {
    "%10": ("%", Decimal(10)),
    "kt": ("t", Decimal(1000)),
    "Mt": ("t", Decimal(1_000_000)),
    "GWh/yr": ("GWh/year", Decimal(1)),
}


_CHANGED = ("同比", "环比", "变化", "变动", "增速", "增幅", "涨幅")
"""Words before a minus that is a sign, though no space stands between: 环比-5.6%."""


def _follows_word(text: str, at: int) -> bool:
    if text[max(0, at - 2) : at] in _CHANGED:
        return False
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "%)")


def _unit(text: str, number: Number, end: int, currency: str) -> tuple[int, str, bool]:
    """The end of the quantity, its unit, and whether that is a counted noun; it may stand from `end` on."""
    if currency:
        return (*_per(text, end, currency), False)
    at = end
    if (at < len(text) and text[at] in " \t\u00a0\u202f-" and at + 1 < len(text)) or (
        at + 1 < len(text) and text[at] == "\n"
    ):
        at += 1
    exact = EXACT_AFTER.match(text, at)
    word = WORD_AFTER.match(text, at) or (WORD_AFTER.match(text, end) if at != end else None)
    if exact and not (word and word.end() > exact.end()) and not _is_letter(text, exact, at == end):
        return (*_per(text, exact.end(), EXACT[exact.group(1)]), False)
    if word:
        name = " ".join(word.group(1).lower().split())
        name = word.group(1).lower() if word.group(1).startswith(" ") else name
        if name in CURRENCY_WORDS:
            return (*_per(text, word.end(), CURRENCY_WORDS[name]), False)
        unit = WORDS[name]
        if unit in ("vehicles", "units", "people"):
            return (word.end(), unit, True) if not name.isascii() else find_noun(text, end, unit)
        paced = name in ("year", "month", "years", "months") and _PACE.match(text, word.end())
        if not paced and not (name in ("times", "time") and _is_rank(text, number, word.end())):
            return (*_per(text, word.end(), unit), False)
    return find_noun(text, end, "")


_PACE = re.compile(r"[\s-]+(?:on|over)[\s-]+(?:year|month|quarter)", re.I)
""" "14.6 month on month": the word is no unit of the number."""


def _is_rank(text: str, number: Number, end: int) -> bool:
    del end
    return text[number.start : number.end].lower() in ("one", "first")


def _is_letter(text: str, exact: re.Match[str], attached: bool) -> bool:
    """A sign of one letter counts only right behind the number or before what ends a phrase."""
    sign = exact.group(1)
    if sign in (
        "C",
        "N",
        "W",
        "s",
        "h",
        "bar",
        "min",
        "J",
        "x",
        "X",
        "×",
        "g",
        "L",
        "l",
        "V",
        "t",
        "A",
        "hp",
        "ha",
        "m",
    ):
        return not (attached or re.match(r"[\s,.;:)/，。；、）]|$", text[exact.end() : exact.end() + 1]))
    return False


def _per(text: str, end: int, unit: str) -> tuple[int, str]:
    found = PER.match(text, end)
    if not found or unit in ("times", "%10"):
        return end, unit
    what = found.group(1)
    name = per_name(what)
    if (
        name in ("year", "month", "day", "week", "hour")
        and (unit in CURRENCIES.values() or unit == "%" or "/" not in found.group())
        and "/" not in found.group()
    ):
        return end, unit
    if name == "h" or (unit == "%"):
        return end, unit
    return found.end(), f"{unit}/{name}"


_HAN_UNIT = re.compile(
    r"("
    + "|".join(
        sorted(
            (re.escape(word) for word in {**WORDS, **CURRENCY_WORDS} if not word.isascii() and word != "°"),
            key=len,
            reverse=True,
        )
    )
    + ")"
)
_NEEDS_MORE = frozenset({"个", "项", "座", "次", "名", "年", "种", "件", "天", "度", "成"})


def chinese_drafts(text: str) -> Iterator[Draft]:
    """Chinese numerals count only with a unit after them: 五百辆, 三成, 百分之五."""
    for number in find_chinese_numbers(text):
        if number.scaled or "分之" in text[number.start : number.end]:
            yield Draft(number, number.start, number.end, "%")
            continue
        unit = _HAN_UNIT.match(text, number.end)
        word = text[number.start : number.end]
        if not unit or (unit.group(1) in _NEEDS_MORE and len(word) < 2 and unit.group(1) != "成"):
            continue
        name = {**WORDS, **CURRENCY_WORDS}[unit.group(1)]
        if name == "%10":
            if not re.match(r"[以左，,。的多]|$", text[unit.end() : unit.end() + 1]) and not re.search(
                r"[近超约降增长过到达]$", text[: number.start]
            ):
                continue
            yield Draft(number, number.start, unit.end(), "%", Decimal(10))
        elif (
            name not in ("months", "years", "days", "km")
            and len(word) <= 12
            and (name != "CNY" or len(word) > 1)
        ):
            yield Draft(number, number.start, unit.end(), name)


def counts(text: str, draft: Draft) -> bool:
    """Whether it is a quantity and no label: a bare number needs a form that only quantities have."""
    number = draft.number
    if draft.unit and not draft.noun:
        return not identifiers.is_calendar(text, draft.start, draft.end, draft.unit)
    if not number.digits:
        return identifiers.is_count(text, number, draft.noun)
    return not identifiers.is_label(text, number, draft.noun)
