# ruff: noqa: E501
"""Quantities: numbers with their unit, bound and span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from index.language import identifiers
from index.language.numerals import Number, find_chinese_numbers, find_numbers
from index.language.units import (
    BEFORE,
    CURRENCIES,
    CURRENCY_WORDS,
    EXACT,
    EXACT_AFTER,
    PER,
    VEHICLES,
    WORD_AFTER,
    WORDS,
    per_name,
)

Bound = Literal["exactly", "over", "nearly", "about", "up to", "range"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in base units: "0.397 million vehicles" has value 397000, unit "vehicles", step 1000."""

    value: Decimal
    unit: str
    """"vehicles", "%", "pp", "times", "GWh", "Wh/kg", "USD", "USD/kWh", "CNY/t", "t", "" …"""
    bound: Bound
    high: Decimal | None
    """The upper end where `bound` is "range"."""
    start: int
    end: int
    text: str
    step: Decimal
    """One unit of the last printed digit, in base units: the precision as printed."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A number with what stands right before and after it."""

    number: Number
    start: int
    end: int
    unit: str
    factor: Decimal = Decimal(1)
    negative: bool = False
    noun: bool = False
    """Whether the unit is a counted noun, not a measure."""


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every quantity of a text, in order; names, dates, pages and other labels with digits are none."""
    masks = identifiers.find_masks(text)
    numbers = identifiers.counting(text, find_numbers(text), masks)
    drafts = [draft for number in numbers if (draft := _draft(text, number)) and _counts(text, draft)]
    if identifiers.HAN.search(text):
        taken = [(draft.start, draft.end) for draft in drafts]
        drafts += [
            draft
            for draft in _chinese_drafts(text)
            if not any(a < draft.end and draft.start < b for a, b in taken)
        ]
        drafts.sort(key=lambda draft: draft.start)
    return tuple(_quantities(text, drafts))


_SPACE = r"[ \t\u00a0\u202f]?"
_SIGN = re.compile(r"(?:(?<=[\s(（])|^|(?<=[:：]))(?:[-−–]|minus\s)$|[-−]$", re.I)
_LETTER = re.compile(r"[\d.,]+[mMbB]")
""" "5m" without a currency or a noun is no 5 million: it may be metres, or a label."""


def _draft(text: str, number: Number) -> _Draft | None:
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
    end, unit, noun = _unit(text, number, currency=CURRENCIES[before.group(1)] if before else "")
    if _LETTER.fullmatch(text, number.start, number.end) and not before and not noun:
        return None
    factor = Decimal(1)
    if unit in _MULTIPLES:
        unit, factor = _MULTIPLES[unit]
    return _Draft(number, start, end, unit, factor, negative, noun)


_MULTIPLES = {
    "%10": ("%", Decimal(10)),
    "kt": ("t", Decimal(1000)),
    "Mt": ("t", Decimal(1_000_000)),
    "GWh/yr": ("GWh/year", Decimal(1)),
}


def _follows_word(text: str, at: int) -> bool:
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in "%)")


def _unit(text: str, number: Number, currency: str) -> tuple[int, str, bool]:
    """The end of the quantity, its unit, and whether that is a counted noun."""
    end = number.end
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
            return (word.end(), unit, True) if not name.isascii() else _noun_end(text, end, unit)
        if not _PACE.match(text, word.end()) and not (
            name in ("times", "time") and _is_rank(text, number, word.end())
        ):
            return (*_per(text, word.end(), unit), False)
    return _noun_end(text, end, "")


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


_WORD = re.compile(r"[\s\-]+(?:\+\s)?([A-Za-z][A-Za-z.'’\-]*)")
_STOPS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "by",
        "from",
        "to",
        "and",
        "or",
        "but",
        "for",
        "with",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "has",
        "have",
        "had",
        "as",
        "than",
        "that",
        "which",
        "who",
        "while",
        "year-on-year",
        "respectively",
        "this",
        "last",
        "next",
        "its",
        "their",
        "his",
        "her",
        "our",
        "whereas",
        "during",
        "since",
        "per",
        "up",
        "down",
        "over",
        "under",
        "after",
        "before",
        "when",
        "where",
        "more",
        "less",
        "higher",
        "lower",
        "of-the",
        "the",
        "a",
        "an",
        "it",
        "they",
        "he",
        "she",
        "we",
        "year-over-year",
        "yoy",
        "both",
        "so",
        "also",
        "says",
        "does",
        "goes",
        "towards",
        "versus",
        "plus",
        "minus",
        "times",
        "points",
        "percent",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "did",
        "do",
        "if",
        "because",
        "between",
        "us",
        "across",
        "thus",
        "according",
        "compared",
        "reached",
        "includes",
        "accounts",
        "units'",
        "yes",
        "series",
        "sales",
        "news",
        "basis",
        "gas",
        "his",
        "always",
        "perhaps",
        "plans",
        "sees",
        "shows",
        "means",
        "makes",
        "becomes",
        "remains",
        "falls",
        "rises",
        "drops",
        "grows",
        "cents",
        "this",
        "year's",
        "various",
        "previous",
        "dropped",
        "rose",
        "fell",
        "grew",
        "increased",
        "decreased",
        "declined",
        "reaching",
        "against",
        "about",
        "around",
        "despite",
        "among",
        "within",
    ]
)


def _noun_end(text: str, end: int, unit: str) -> tuple[int, str, bool]:
    """A counted noun in the next words: "30 South Korean battery manufacturers"."""
    at = end
    if at < len(text) and text[at] == "+":
        at += 1
    for place in range(5):
        found = _WORD.match(text, at, min(len(text), at + 40))
        if not found or "\n" in found.group()[: found.start(1) - found.start()]:
            break
        word = found.group(1).rstrip(".'’-")
        lower = word.lower()
        if lower in _STOPS:
            break
        last = found.start(1) + len(word)
        if lower in VEHICLES and (lower.endswith("s") or place == 0):
            if unit == "units" or lower not in ("car", "truck", "bus", "van"):
                return last, "vehicles", True
            if not re.match(r"[\s\-]+[A-Za-z]", text[last : last + 3]):
                return last, "vehicles", True
        if lower in ("units", "people", "persons"):
            return last, WORDS[lower], True
        if (
            lower.endswith("s")
            and not lower.endswith(("ss", "us", "ous", "is"))
            and len(lower) > 3
            and word[1:].islower()
        ):
            following = _WORD.match(text, last, min(len(text), last + 40))
            if following and following.group(1).lower() in VEHICLES and place < 3:
                at = last
                continue
            return last, lower, True
        at = last
        if text[last : last + 1] in ".,;:)":
            break
    return end, unit, False


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


def _chinese_drafts(text: str) -> Iterator[_Draft]:
    """Chinese numerals count only with a unit after them: 五百辆, 三成, 百分之五."""
    for number in find_chinese_numbers(text):
        if number.scaled or "分之" in text[number.start : number.end]:
            yield _Draft(number, number.start, number.end, "%")
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
            yield _Draft(number, number.start, unit.end(), "%", Decimal(10))
        elif (
            name not in ("months", "years", "days", "km")
            and len(word) <= 12
            and (name != "CNY" or len(word) > 1)
        ):
            yield _Draft(number, number.start, unit.end(), name)


def _counts(text: str, draft: _Draft) -> bool:
    """Whether it is a quantity and no label: a bare number needs a form that only quantities have."""
    number = draft.number
    if draft.unit and not draft.noun:
        return not identifiers.is_calendar(text, draft.start, draft.end, draft.unit)
    if not number.digits:
        return identifiers.is_count(text, number, draft.noun)
    return not identifiers.is_label(text, number, draft.noun)


_OVER = r"more than|over|above|at least|exceeding|exceeded|exceeds|exceed|surpassing|surpassed|surpass|in excess of|upwards of|no less than|not less than|greater than|topped|topping|beyond|(?<!\d)>=?|≥|超过|超出|突破|逾|高于|超|不低于|大于|至少"
_NEARLY = r"nearly|almost|close to|just under|less than|fewer than|below|under|(?<!\d)<|approaching|just shy of|接近|近|不到|低于|不足|将近"
_ABOUT = r"about|around|approximately|approx\.?|roughly|some|circa|ca\.|an estimated|estimated|(?<!\d)~|≈|约|大约|约为|大概|左右|in the region of|something like"
_UP_TO = r"up to|at most|as much as|as many as|no more than|not more than|a maximum of|maximum of|≤|不超过|最多|高达|至多|最高"
_BOUND = re.compile(
    rf"(?:(?P<upto>{_UP_TO})|(?P<over>{_OVER})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT}))(?:\s+(?:just|an?|the|only|another|additional))?\s*$",
    re.I,
)
_LATIN_BEFORE = re.compile(r"[A-Za-z]$")
_BOUND_AFTER = re.compile(
    r"\s?(?:(?P<over>or more|or above|and above|以上|\+(?!\d)|plus\b)|(?P<nearly>or less|or fewer|以下|以内)|(?P<about>左右|or so|上下))",
    re.I,
)


def _bound(text: str, start: int, end: int) -> Bound:
    window = text[max(0, start - 26) : start]
    found = _BOUND.search(window)
    if found and not (
        found.group()[0].isalpha()
        and found.group()[0].isascii()
        and _LATIN_BEFORE.search(window[: found.start()])
    ):
        for name, bound in (("upto", "up to"), ("over", "over"), ("nearly", "nearly"), ("about", "about")):
            if found.group(name):
                return bound  # type: ignore[return-value]
    after = _BOUND_AFTER.match(text, end)
    if after:
        return "over" if after.group("over") else "nearly" if after.group("nearly") else "about"
    if re.search(r"\d[多余][万亿家辆个款年吨]?", text[max(start, end - 6) : end + 2]):
        return "over"
    return "exactly"


_FROM_TO = re.compile(r".*\bfrom\s", re.S)
_RANGE = re.compile(r"\s?(?:[-–—−~～]|to|至|到|through|and)\s?(?:about\s|around\s)?", re.I)
_FROM = re.compile(r"(?:from|between|从|由)\s*$", re.I)
_BETWEEN = re.compile(
    r"(?:between|in the range of|ranging from|range from|ranges from|ranged from|介于)\s*(?:about\s|around\s)?$",
    re.I,
)
_MOVED = re.compile(
    r"\b(?:rose|rise|risen|rising|rises|fell|fall|fallen|falling|falls|grew|grow|growing|grown|up|down|increas\w+|decreas\w+|declin\w+|dropp?\w*|drop|jump\w*|surg\w+|climb\w*"
    r"|cut|slump\w*|by|tripled|doubled|halved|lift\w*|reduc\w+|shrank|went|expand\w*|slid|plung\w+|gain\w*)\s(?:[\w.]+\s)?$",
    re.I,
)


def _quantities(text: str, drafts: list[_Draft]) -> Iterator[Quantity]:
    place = 0
    while place < len(drafts):
        one = drafts[place]
        following = drafts[place + 1] if place + 1 < len(drafts) else None
        if (
            following
            and not one.unit
            and following.unit
            and not following.noun
            and _FROM_TO.fullmatch(text[max(0, one.start - 5) : one.start])
            and re.fullmatch(r"\s+to\s+", text[one.end : following.start])
        ):
            yield _single(text, replace(_scaled_alike(one, following)[0], unit=following.unit))
            place += 1
            continue
        if following and _is_range(text, one, following):
            yield _range(text, one, following)
            place += 2
            continue
        yield _single(text, one)
        place += 1


def _is_range(text: str, low: _Draft, high: _Draft) -> bool:
    joint = _RANGE.fullmatch(text, low.end, high.start) if not high.negative else None
    sign = joint.group().strip().lower() if joint else ""
    if high.negative and high.start == low.end and text[high.start] in "-–−":
        sign = "-"
    if not sign or (_value(low) >= _value(_scaled_alike(low, high)[1]) and _value(low) >= _value(high)):
        return False
    left = text[max(0, low.start - 30) : low.start]
    if low.unit and high.unit.startswith(f"{low.unit}/"):
        low = replace(low, unit=high.unit)
    if low.unit and high.unit and low.unit != high.unit and not (high.noun or low.noun):
        return False
    if sign == "and":
        return bool(_BETWEEN.search(left))
    if sign in ("to", "至", "到", "through"):
        if _FROM.search(left) and not _BETWEEN.search(left):
            return False
        return not (_MOVED.search(left) and (low.unit or not high.unit or high.unit == low.unit))
    return True


def _scaled_alike(low: _Draft, high: _Draft) -> tuple[_Draft, _Draft]:
    """ "5.1 to 5.5 million": the scale of the upper end is that of both."""
    if low.number.scaled or not high.number.scaled or (low.unit and low.unit != high.unit):
        return low, high
    plain = re.sub(r"[,\s]", "", high.number.digits)
    if not low.number.digits or not high.number.value:
        return low, high
    worded = not re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", plain)  # "3 million and a half"
    power = high.number.value.adjusted() // 3 * 3
    factor = Decimal(1).scaleb(power) if worded else high.number.value / Decimal(plain)
    if "," in low.number.digits or low.number.value * factor >= high.number.value:
        return low, high
    number = replace(low.number, value=low.number.value * factor, step=low.number.step * factor)
    return replace(low, number=number), high


def _range(text: str, low: _Draft, high: _Draft) -> Quantity:
    low, high = _scaled_alike(low, high)
    step = max(low.number.step * low.factor, high.number.step * high.factor)
    unit = high.unit or low.unit
    top = abs(_value(high)) if high.negative else _value(high)
    return Quantity(
        plain(_value(low)),
        unit,
        "range",
        plain(top),
        low.start,
        high.end,
        text[low.start : high.end],
        plain(step),
    )


def _value(draft: _Draft) -> Decimal:
    value = draft.number.value * draft.factor
    return -value if draft.negative else value


def _single(text: str, draft: _Draft) -> Quantity:
    bound = _bound(text, draft.start, draft.end)
    step = draft.number.step * draft.factor
    span = text[draft.start : draft.end]
    return Quantity(plain(_value(draft)), draft.unit, bound, None, draft.start, draft.end, span, plain(step))


def plain(value: Decimal, step: Decimal | None = None) -> Decimal:
    """The same number without an exponent: 9.0E+4 → 90000; without decimals where the step has none."""
    if step is not None and step >= 1 and value == value.to_integral_value():
        value = value.to_integral_value()
    return Decimal(format(value, "f")) if value.adjusted() < 60 else value


_PREFIXED = {"USD": "$", "EUR": "€", "GBP": "£"}
_HAN_UNITS = {
    "vehicles": "辆",
    "units": "台",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "CNY": "元",
    "KRW": "韩元",
    "JPY": "日元",
    "pp": "个百分点",
    "times": "倍",
    "t": "吨",
    "km": "公里",
    "companies": "家",
    "models": "款",
    "people": "人",
    "years": "年",
    "months": "个月",
}
_SCALE_NAMES = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}


def label(
    value: Decimal,
    unit: str,
    *,
    step: Decimal,
    bound: Bound = "exactly",
    high: Decimal | None = None,
    language: str = "en",
) -> str:
    """A quantity in words, with no more digits than were printed: "397,000 vehicles", "2.542 million vehicles"."""
    number = _number_label(value, step, language)
    if high is not None:
        number = f"{number}–{_number_label(high, step, language)}"
    words = _with_unit(number, unit, language)
    if bound in ("exactly", "range"):
        return words
    if language == "zh":
        return {"over": "超过", "nearly": "近", "about": "约", "up to": "最多"}[bound] + words
    return f"{bound} {words}"


def _number_label(value: Decimal, step: Decimal, language: str) -> str:
    """Digits with their scale where the printed precision allows one."""
    size, places = abs(value), max(0, -int(step.normalize().as_tuple().exponent))
    for power, name in _SCALE_NAMES["zh" if language == "zh" else "en"]:
        least = Decimal(1).scaleb(power)
        if size >= least and step >= least.scaleb(-3) and step.adjusted() <= value.adjusted():
            decimals = max(0, power - step.adjusted())
            return f"{value / least:,.{decimals}f}{name}"
    digits = f"{value:,.{places}f}"
    return digits[:-1] if re.fullmatch(r"-?\d{1,3}\.000", digits) else digits  # "125.000" would be thousands


def _with_unit(number: str, unit: str, language: str) -> str:
    main, _, per = unit.partition("/")
    if main in _PREFIXED and language != "zh":
        money = f"-{_PREFIXED[main]}{number[1:]}" if number.startswith("-") else f"{_PREFIXED[main]}{number}"
        return f"{money}/{per}" if per else money
    if language == "zh":
        name = _HAN_UNITS.get(main, main)
        word = f"{number}{name}" if not name.isascii() or name in ("", "%") else f"{number} {name}"
        return f"{word}/{per}" if per else word
    if unit == "pp":
        return f"{number} percentage points"
    if main in CURRENCIES.values():
        return f"{main} {number}/{per}" if per else f"{main} {number}"
    if unit in ("%", ""):
        return f"{number}%" if unit else number
    return f"{number} {unit}"
