"""Words for figures: what is measured, how much, of when; in the language of the question."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Literal

from bot.answers.figures.held import Held
from index.figures import Figure
from index.language import labels
from index.language.bounds import Bound
from index.language.catalogue import Catalogue
from index.language.dimensions import TABLE
from index.language.periods import Period
from index.lookup.series import is_aside

Language = Literal["en", "zh"]
_HAN = re.compile("[㐀-鿿]")
_BASES = {
    "yoy": ("year on year", "同比"), "mom": ("month on month", "环比"), "qoq": ("quarter on quarter", "环比"),
    "period": ("over the period", "期间"), "": ("", ""),
}  # fmt: skip
_COUNTS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_HAN_COUNTS = ("一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_SCALES = {"thousand": 3, "wan": 4, "million": 6, "亿": 8, "billion": 9}
_MANY = 100_000
"""Megawatt-hours from here on are told in gigawatt-hours, too."""
ENERGY = {"kWh": -6, "MWh": -3, "GWh": 0, "TWh": 3}


def name_of(metric: str, catalogue: Catalogue, language: Language) -> str:
    """A metric's name; its own words where the catalogue has none."""
    known = catalogue.get(metric)
    if known is None:
        plain = " ".join(metric.replace("_", " ").split())
        return plain[:1].upper() + plain[1:]
    if language == "zh":
        return next((alias for alias in known.aliases if _HAN.search(alias)), known.name)
    return known.name


def subject(figure: Figure, catalogue: Catalogue, language: Language) -> str:
    """What is measured, of what: "NEV sales (China)"."""
    pairs = figure.series.dimensions
    values = [_said(name, value, language) for name, value in pairs if not is_aside(name, value)]
    name = name_of(figure.series.metric, catalogue, language)
    if not values:
        return name
    return f"{name}（{'，'.join(values)}）" if language == "zh" else f"{name} ({', '.join(values)})"


_WAYS = {"origin": ("from {}", "来自{}"), "destination": ("to {}", "运往{}")}
_YES_NO = ("yes", "no", "是", "否", "y", "n", "true", "false")
"""Values that say nothing without the name of their column."""


def _said(name: str, value: str, language: Language) -> str:
    """A value; of goods, where they come from or go to; a yes or no with its column's name."""
    if value.casefold() in _YES_NO:
        return f"{name}: {value}"
    way = _WAYS.get(name, ("{}", "{}"))[language == "zh"]
    return way.format(value_of(value, language))


@cache
def _chinese() -> dict[str, str]:
    """Values of dimensions by their first Chinese name."""
    found: dict[str, str] = {}
    for values in tomllib.loads(TABLE.read_text("utf-8")).values():
        for value, words in values.items():
            if isinstance(words, list):
                found.setdefault(value, next((word for word in words if _HAN.search(word)), value))
    return found


def value_of(value: str, language: Language) -> str:
    return _chinese().get(value, value) if language == "zh" else value


def period_label(period: Period, language: Language) -> str:
    """A period's label in the language of the answer."""
    if language == "en":
        return period.label
    start, end = period.start, period.end
    if start is None or end is None:
        if period.months is None:
            return period.label
        first, last = period.months
        return f"{first}月（年份未说明）" if first == last else f"{first}-{last}月（年份未说明）"
    last_day = end - timedelta(days=1)
    if (start.month, start.day, end.month, end.day) == (1, 1, 1, 1):
        return f"{start.year}年" if start.year == last_day.year else f"{start.year}-{last_day.year}年"
    if start.day == 1 and end.day == 1 and start.year == last_day.year:
        return (
            f"{start.year}年{start.month}月"
            if start.month == last_day.month
            else (f"{start.year}年{start.month}-{last_day.month}月")
        )
    return period.label


NOT_STATED = "period not stated"
"""The label of a table's figures that nobody dates."""


def when(period: Period, language: Language) -> str:
    """A period with its preposition."""
    label = period_label(period, language)
    if language == "zh":
        return "" if label == NOT_STATED else label
    if not label or (period.start is None and period.months is None):
        return f"({label})" if label else ""
    if label.casefold().startswith("end"):
        return f"at the {label}"
    if period.grain == "day" and label[:1].isdigit():
        return f"on {label}"
    return f"from {label}" if " to " in label else f"in {label}"


_STANDING = {"forecast": "预测", "target": "目标", "estimate": "估计", "preliminary": "初步"}


def dated(figure: Figure, language: Language) -> str:
    """Its period, and that it is no settled fact: "in December 2026 (forecast)"."""
    standing = "target" if figure.kind == "target" else figure.status
    if standing not in _STANDING:
        return when(figure.period, language)
    mark = f"（{_STANDING[standing]}）" if language == "zh" else f" ({standing})"
    return (when(figure.period, language) + mark).strip()


def age(period: Period, today: date, language: Language) -> str:
    """How long ago a period ended, in words: "The latest held: that was eleven months ago."; "" where it is undated."""
    if period.end is None:
        return ""
    if period.end > today:
        return (
            "现有最新数据，该时期尚未结束。"
            if language == "zh"
            else "The latest held; the period is not over yet."
        )
    last = period.end - timedelta(days=1)
    past = (today.year - last.year) * 12 + today.month - last.month
    years = min(past // 12, len(_COUNTS))
    if language == "zh":
        long = f"{_HAN_COUNTS[years - 1]}年" if years else f"{_HAN_COUNTS[past - 1]}个月"
        told = (
            ["本月", "上个月"][past]
            if past < 2
            else ("超过" if years and past > 12 * years else "") + long + "前"
        )
        return f"现有最新数据：截至{told}。"
    if past < 2:
        told = ["this month", "last month"][past]
    elif years:
        told = f"{'more than ' if past > 12 * years else ''}{_many(years, 'year')} ago"
    else:
        told = f"{_many(past, 'month')} ago"
    return f"The latest held: that was {told}."


def _many(count: int, noun: str) -> str:
    return f"a {noun}" if count == 1 else f"{_COUNTS[count - 1]} {noun}s"


def amount(figure: Figure, language: Language, wish: str = "") -> str:
    """A figure's value as it was printed, or in the unit wished for."""
    if figure.value is None:
        return "—"
    return value_label(
        figure.value, figure.unit, figure.step, language, wish, bound=figure.bound, high=figure.high
    )


def value_label(
    value: Decimal,
    unit: str,
    step: Decimal,
    language: Language,
    wish: str = "",
    *,
    bound: Bound = "exactly",
    high: Decimal | None = None,
) -> str:
    plain = labels.label(value, unit, step=step, bound=bound, high=high, language=language)
    wished = _wished(value, unit, wish)
    return f"{wished} ({plain})" if wished and wished != plain else plain


def _wished(value: Decimal, unit: str, wish: str) -> str:
    """The value in the scale or energy unit that was asked for; "" where it can't be."""
    if wish in _SCALES:
        return f"{_plain(value.scaleb(-_SCALES[wish]))} {wish} {unit}".strip()
    if not wish and unit == "MWh" and abs(value) >= _MANY:
        wish = "GWh"
    if wish in ENERGY and unit in ENERGY and wish != unit:
        return f"{_plain(value.scaleb(ENERGY[unit] - ENERGY[wish]))} {wish}"
    return ""


def convert(value: Decimal, unit: str, wish: str) -> tuple[Decimal, str]:
    """Value and unit of the answer: energy in the unit wished for, scales stay in base units."""
    if not wish and unit == "MWh" and abs(value) >= _MANY:
        wish = "GWh"
    if wish in ENERGY and unit in ENERGY:
        return value.scaleb(ENERGY[unit] - ENERGY[wish]), wish
    return value, unit


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal) -> str:
    """A plain number with thousands marks."""
    return _plain(value)


def grew(value: Decimal, unit: str, step: Decimal, basis: str, language: Language) -> str:
    """A change in words: "up 168.1 % year on year"."""
    size = labels.label(abs(value), unit, step=step, bound="exactly", high=None, language=language)
    word = _BASES.get(basis, ("", ""))[language == "zh"]
    if language == "zh":
        return f"{word}{'增长' if value >= 0 else '下降'}{size}"
    return f"{'up' if value >= 0 else 'down'} {size} {word}".strip()


def basis_words(basis: str, language: Language) -> str:
    return _BASES.get(basis, ("", ""))[language == "zh"]


def as_printed(figure: Figure, language: Language) -> str:
    """Where the source's own words for a change differ from a rate: 'stated as "1.3 times"'."""
    if re.search(r"times|倍|fold|doubl|tripl", figure.text, re.I):
        return f"（原文：{figure.text}）" if language == "zh" else f" (stated as “{figure.text}”)"
    return ""


def source_line(held: Held, language: Language) -> str:
    """The document of a figure, its date, and whether it is a forecast or preliminary."""
    source = held.source
    published = f", {source.published.isoformat()}" if source.published else ""
    publisher = f", {source.publisher}" if source.publisher else ""
    status = f" [{held.figure.status}]" if held.figure.status else ""
    label = "来源" if language == "zh" else "Source"
    edition = "our edition of " if source.edition == "ours" and language == "en" else ""
    return f"{label}: {edition}{source.title or source.file}{publisher}{published}{status}"
