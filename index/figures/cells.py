"""Single cells of tables: periods, numbers, and the measure that a header names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from index.language import periods
from index.language.dimensions import canonical, known_values
from index.language.metrics import Catalogue, find_metrics
from index.language.periods import Period

MISSING = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "--",
        "n/a",
        "na",
        "n.a.",
        "nan",
        "..",
        "...",
        "…",
        "null",
        "none",
        "#n/a",
        "不详",
        "无",
    }
)
REGIONS = frozenset(
    {"country", "region country", "entity", "state", "region", "area", "economy", "国家", "地区"}
)
COMPANIES = frozenset({"company", "brand", "maker", "manufacturer", "企业", "品牌"})
OWN = frozenset({"chemistry", "technology", "powertrain", "vehicle", "mode", "mineral"})
_NUMBER = re.compile(
    r"\(?[-+−]?[$€£¥]?\s?(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?\s?%?\)?"
)
_COMMA = re.compile(r"[-+−]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_UNIT = re.compile(r"[(（\[]([^()（）\[\]]{1,40})[)）\]]\s*$")
_TAIL = re.compile(
    r"(?:^|[\s_,])((?:thousand|million|billion)?[\s_]?(?:[kMGT]Wh|[kMGT]W|USD|CNY|RMB|EUR|tonnes?|percent|%)(?:[\s_]?(?:per|/)[\s_]?\w+)?)$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:^|[\s_])(kg|g|grams?|mg|USD|CNY|RMB|EUR|\$)[\s_](?:per[\s_])?(kWh|Wh|kg|km|t|ton|tonne|Ah)$",
    re.IGNORECASE,
)
_PARTS = {
    "grams": "g",
    "gram": "g",
    "rmb": "CNY",
    "$": "USD",
    "ton": "t",
    "tonne": "t",
    "kwh": "kWh",
    "usd": "USD",
}
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "mn": 6, "bn": 9, "千": 3, "万": 4, "百万": 6, "亿": 8}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_VEHICLES = frozenset({"vehicles", "vehicle", "units", "unit", "cars", "car", "辆", "台"})


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of numbers measures; a number in it is `10 ** scale` units."""

    metric: str
    known: bool
    """Whether the catalogue has the metric; else `metric` is the header's own words."""
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    scale: int
    period: Period | None
    """The year that the header itself names."""


@lru_cache(100_000)
def read_period(cell: str) -> Period | None:
    """A cell that is a period and nothing else; None for any other."""
    text = cell.strip()
    if not 4 <= len(text) <= 40:
        return None
    if whole := re.fullmatch(r"(?:[A-Za-z]{1,8}[_ ]?)?((?:19|20)\d\d)(?:\.0)?年?", text):
        return periods.year(int(whole[1]))
    if iso := re.fullmatch(r"((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.]0?1)?(?:[ T]00:00(?::00)?)?", text):
        return periods.month(int(iso[1]), int(iso[2]))
    if short := re.fullmatch(r"([A-Za-z]{3,9})[-' ](\d\d)", text):
        text = f"{short[1]} 20{short[2]}"
    if not re.search(r"\d", text):
        return None
    found = periods.find_periods(text, today=None)
    whole_cell = len(found) == 1 and found[0].end - found[0].start >= len(text) - 1
    return found[0].period if whole_cell and found[0].period.start else None


def find_year(words: str) -> Period | None:
    """The one year that a title names."""
    years = set(_YEAR.findall(words))
    return periods.year(int(years.pop())) if len(years) == 1 else None


@lru_cache(200_000)
def read_number(cell: str) -> Decimal | None:
    """A cell that is a number: thousands marks, a decimal comma, brackets for a loss, a currency or % around it."""
    text = cell.strip()
    if not text or not re.search(r"\d", text):
        return None
    if _COMMA.fullmatch(text) and not re.fullmatch(r"[-+−]?\d{1,3}(?:,\d{3})+", text):
        text = text.replace(".", "").replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return None
    plain = re.sub(r"[,\u00a0\u202f $€£¥%()]", "", text).replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if value.is_zero() or abs(value.adjusted()) < 40:
        return -value if text.startswith("(") else value
    return None


def settle(value: Decimal) -> Decimal:
    """8.899999619 is a rounded 8.9: a number of nine digits or more that six digits say as well keeps six."""
    if len(value.as_tuple().digits) < 9 or value == value.to_integral_value():
        return value
    short = Decimal(f"{value:.6g}")
    return short.normalize() if abs(short - value) <= abs(value) * Decimal("2e-7") else value


@lru_cache(100_000)
def read_dimension(name: str, word: str) -> tuple[str, str]:
    """A label column's name and word as a dimension, in the catalogue's terms where it has them."""
    plain = name.replace("_", " ").casefold().strip()
    if plain in REGIONS:
        return "region", canonical("region", word)
    if plain in COMPANIES:
        return "company", canonical("company", word)
    if plain in OWN:
        proper = canonical(plain, word)
        if proper in known_values(plain):
            return plain, proper
    for kind in ("powertrain", "chemistry", "mineral"):
        if canonical(kind, word) in known_values(kind):
            return kind, canonical(kind, word)
    return plain, word


def read_measure(words: str, context: str, catalogue: Catalogue, settings: Mapping[str, object]) -> Measure:
    """What a header measures; where its words are no metric, the table's own title may name one."""
    metric, unit = str(settings.get("metric") or ""), str(settings.get("unit") or "")
    return _read_measure(words, context, catalogue, metric, unit)


def _read_measure(words: str, context: str, catalogue: Catalogue, metric: str, unit: str) -> Measure:
    bare, said = _split_unit(words)
    said = said or unit
    scale, plain = read_unit(said)
    period = find_year(bare)
    found = () if metric else find_metrics(bare, catalogue)
    if metric or found:
        key = metric or found[0].key
        held = catalogue.get(key)
        dimensions = () if metric else tuple(found[0].dimensions)
        return Measure(key, held is not None, dimensions, plain or (held.unit if held else ""), scale, period)
    titled = find_metrics(context, catalogue)
    own = " ".join(_YEAR.sub("", bare).casefold().split())
    if titled:
        held = catalogue.get(titled[0].key)
        dimensions = (*titled[0].dimensions, *((("kind", own),) if len(own) > 3 else ()))
        return Measure(titled[0].key, True, dimensions, plain or (held.unit if held else ""), scale, period)
    return Measure(own or context.casefold() or "value", False, (), plain, scale, period)


def _split_unit(words: str) -> tuple[str, str]:
    """A header without its unit, and the unit: "Sales (thousand units)", "net_generation_thousand_MWh"."""
    text = words.strip()
    if bracketed := _UNIT.search(text):
        scale, unit = read_unit(bracketed[1])
        if (
            scale
            or unit in ("%", "vehicles")
            or re.search(r"[/$€¥%]|Wh|tonne|辆|kg|USD|CNY|points|GW", bracketed[1])
        ):
            return text[: bracketed.start()].replace("_", " ").strip(), bracketed[1]
    if per := _PER.search(text):
        over, under = (_PARTS.get(part.casefold(), part) for part in per.groups())
        return text[: per.start()].replace("_", " ").strip(), f"{over}/{under}"
    if tail := _TAIL.search(text):
        return text[: tail.start()].replace("_", " ").strip(), tail[1].replace("_", " ").strip()
    return text.replace("_", " "), ""


@lru_cache(1_000)
def read_unit(unit: str) -> tuple[int, str]:
    """The power of ten and the plain unit: "thousand units" → 3, "vehicles"; 万辆 → 4, "vehicles"."""
    low = unit.casefold().strip()
    scale = 0
    for word, power in _SCALES.items():
        if re.search(rf"(?<![a-z]){word}s?(?![a-z])", low):
            scale, low = power, re.sub(rf"(?<![a-z]){word}s?(?![a-z])", "", low).strip()
            break
    if low in ("percent", "%", "pct", "per cent"):
        return scale, "%"
    if low in _VEHICLES:
        return scale, "vehicles"
    low = low.rpartition(", ")[2].strip()  # "Oil displacement, million lge" names what it measures first
    cased = re.search(re.escape(low), unit, re.IGNORECASE)
    return scale, cased[0] if low and cased else ""
