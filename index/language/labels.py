"""Quantities in words, with no more digits than were printed."""

from __future__ import annotations

import re
from decimal import Decimal

from index.language.bounds import Bound
from index.language.units import CURRENCIES

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


LONGEST, SHOWN = 6, 4
"""More decimals than the first were printed by a machine; so many digits of such a number are shown."""


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
    if places > LONGEST:  # a machine's digits: 0.1713091512897643
        places = max(0, SHOWN - 1 - value.adjusted())
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
