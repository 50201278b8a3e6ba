"""Units with their scale, and the unit of a whole table: "单位：万辆", "in Tsd.", "thousand units"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from index.figures.scale_words import in_english
from index.language.units import CURRENCIES, CURRENCY_WORDS

SCALES = {
    "thousand": 3, "thousands": 3, "thsd": 3, "tsd": 3, "tausend": 3, "thous": 3, "k": 3, "'000": 3, "000s": 3,
    "000": 3, "1000": 3, "1,000": 3, "1.000": 3, "10,000": 4, "10.000": 4,
    "100,000": 5, "100.000": 5, "million": 6, "millions": 6, "mn": 6, "mln": 6, "mio": 6,
    "millionen": 6, "billion": 9, "billions": 9, "bn": 9, "mrd": 9, "milliarden": 9, "trillion": 12, "tn": 12,
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "千万": 7, "百万": 6, "十万": 5,
    "亿": 8, "億": 8, "万": 4, "萬": 4, "千": 3, "百": 2,
}  # fmt: skip
"""What a number is in multiples of, as a power of ten."""
PER = {"ton": "t", "tonne": "t", "mt": "t", "pound": "lb", "kilo": "kg", "ounce": "oz"}
"""What a price is by, in its sign."""
VEHICLES = frozenset(
    {
        "vehicles",
        "vehicle",
        "units",
        "unit",
        "cars",
        "car",
        "pcs",
        "辆",
        "台",
        "輛",
        "臺",
        "einheiten",
        "stück",
        "pkw",
    }
)
_LATIN = sorted((word for word in SCALES if word.isascii()), key=len, reverse=True)
_HAN = sorted((word for word in SCALES if not word.isascii()), key=len, reverse=True)
_SCALE = re.compile(
    rf"(?<![\w'.,])(?:in |of )?(?:100 (?=million))?({'|'.join(map(re.escape, _LATIN))})(?!\w)\.?(?: of )?"
    rf"|(?:^|(?<=[^\u4e00-\u9fff]))({'|'.join(_HAN)})|({'|'.join(_HAN)})(?=辆|台|輛|臺|元|吨|千瓦|[^\u4e00-\u9fff]|$)",
    re.IGNORECASE,
)
_CODES = "|".join(
    sorted({code for code in [*CURRENCIES, *CURRENCIES.values()] if re.fullmatch("[A-Z]{3}", code)})
)
_MONEY = re.compile(rf"(?:(?<=[$€£¥])|(?<=\b(?:{_CODES})))\s?(mn|bn|m|k|b)\b", re.IGNORECASE)
_LETTERS = {"k": 3, "m": 6, "mn": 6, "b": 9, "bn": 9}
_LABELLED = re.compile(
    r"(?:\bunits?|\beinheit(?:en)?|\bmeasured in|单位|單位)\s*[:：=]\s*([^;；。|()（）]{1,40})", re.IGNORECASE
)
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{1,40})[)）\]]")
_SAID = re.compile(
    r"(?:(?<![^\s,;(–-])in |(?:^|(?<!\d)[\s,;–-])(?![\d'k]))"
    rf"((?:{'|'.join(map(re.escape, _LATIN))})s?\.?"
    r"(?: (?:of )?(?:units|vehicles|cars|tonnes|tons|usd|eur|cny|rmb|yuan|dollars|euros|einheiten|stück|pkw))?)"
    r"\s*[.)]?\s*$",
    re.IGNORECASE,
)
_MULTIPLES = re.compile(
    r"^\W*((?:1|10|100)[.,]000 (?:units|vehicles|cars|tonnes|tons|t|pieces|einheiten|stück|pkw|usd|eur|cny))\W*$",
    re.IGNORECASE,
)
""" "10,000 units": no line of its own says a number of them."""
_WHOLE = {
    "千瓦时": "kWh", "千瓦": "kW", "千克": "kg", "千米": "km", "百分点": "pp", "个百分点": "pp", "百分比": "%",
    "百分数": "%", "吉瓦时": "GWh", "兆瓦时": "MWh", "吉瓦": "GW", "兆瓦": "MW", "吨": "t", "公斤": "kg",
}  # fmt: skip
"""Units that begin like a scale and are none, and what others are called."""


_JOINED = re.compile(r"(?<=[A-Za-z$€£¥])\s?['’‘`]000s?\b")
""" "RMB'000": thousands of a currency, close behind it."""


@lru_cache(1_000)
def read_unit(unit: str) -> tuple[int, str]:
    """The power of ten and the plain unit: "thousand units" → 3, "vehicles"; 万辆 → 4, "vehicles"; "Tsd." → 3, ""."""
    unit = in_english(unit)
    text = _JOINED.sub(" '000", re.sub(r"^in\s+", "", unit.strip(), flags=re.IGNORECASE))
    scale = 0
    if text in _WHOLE:
        return 0, _WHOLE[text]
    if money := _MONEY.search(text):
        scale = _LETTERS[next(filter(None, money.groups())).casefold()]
        text = (text[: money.start()] + text[money.end() :]).strip()
    elif found := _SCALE.search(text):
        scale = SCALES[next(filter(None, found.groups())).casefold()] + 2 * ("100 " in found[0])
        text = (text[: found.start()] + " " + text[found.end() :]).strip()
    text = re.sub(r"\s+in$", "", text)  # "RMB in millions"
    low = " ".join(re.sub(r"[(（]\s*[)）]", " ", text).casefold().strip(" .").split())
    if low in _WHOLE:
        return scale, _WHOLE[low]
    if low in ("percent", "%", "pct", "per cent", "prozent"):
        return scale, "%"
    if low in VEHICLES:
        return scale, "vehicles"
    low = low.rpartition(", ")[2].strip()  # "Oil displacement, million lge" names what it measures first
    cased = re.search(re.escape(low), unit, re.IGNORECASE)
    return scale, _in_money(cased[0]) if low and cased else ""


_CODE = 3
"""Letters of a currency."""


_BY = re.compile(r"\s+per\s+", re.IGNORECASE)


def _in_money(unit: str) -> str:
    """ "yuan", "$/lb" and "yuan per tonne" by the currency's own letters: "CNY", "USD/lb", "CNY/t"."""
    money, slash, per = _BY.sub("/", unit, count=1).partition("/")
    money = money.strip()
    code = CURRENCIES.get(money.upper()) or CURRENCY_WORDS.get(money.casefold())
    if not code or (len(code) != _CODE and not slash):
        return unit
    return f"{code}{slash}{PER.get(per.strip().casefold(), per.strip())}"


_UNLESS = re.compile(
    r"[,;]?\s*\(?(?:unless|except(?:\s+where)?|if\s+not)\b.*$|(?<=n)\s+(?:a|per)\s+(?:year|month|quarter|week|day)$",
    re.I,
)
"""What a unit does not hold for, and by when it counts: "EUR million, unless otherwise stated", "million a year"."""


def without_unless(line: str) -> str:
    """A line that says a unit, without what it does not hold for."""
    return _UNLESS.sub("", line).strip()


def find_table_unit(lines: Iterable[str]) -> str:
    """The one scaled unit that lines above or below a table say; "" where none does, or two differ."""
    found: dict[tuple[int, str], str] = {}
    for line in map(without_unless, lines):
        for pattern in (_LABELLED, _BRACKETED, _SAID, _MULTIPLES):
            words = next((m[1].strip() for m in pattern.finditer(line) if read_unit(m[1])[0]), "")
            if words:
                found.setdefault(read_unit(words), words)
                break
    return next(iter(found.values())) if len(found) == 1 else ""
