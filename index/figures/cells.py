"""Single cells of tables: periods, numbers, and the measure that a header names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from index.figures import Status
from index.figures.amounts import read_amount
from index.figures.scale_words import in_english
from index.figures.scales import read_unit, without_unless
from index.language import periods
from index.language.periods import Period
from index.language.units import CURRENCIES, CURRENCY_WORDS

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
    {
        "country",
        "region country",
        "entity",
        "state",
        "region",
        "area",
        "economy",
        "nation",
        "land",
        "pays",
        "país",
        "market",
        "geo",
        "ctry",
        "location",
        "territory",
        "province",
        "city",
        "省份",
        "城市",
        "country region",
        "country/region",
        "国家",
        "地区",
    }
)
COMPANIES = frozenset(
    {"company", "brand", "maker", "manufacturer", "make", "oem", "producer", "supplier", "cell maker", "battery maker",
     "carmaker", "automaker", "cell manufacturer", "battery manufacturer", "firm", "group", "hersteller", "marke",
     "企业", "品牌", "公司", "厂商", "车企"}
)  # fmt: skip
OWN = frozenset({"chemistry", "technology", "powertrain", "vehicle", "mode", "mineral"})
_NUMBER = re.compile(
    r"\(?[-+−]?[$€£¥]?\s?(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?\s?[%€]?\)?"
)
_COMMA = re.compile(r"[-+−]?[$€£¥]?\s?(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+),\d+\s?[%€]?")
_THOUSANDS = re.compile(r"[-+−]?[$€£¥]?\s?\d{1,3}(?:,\d{3})+\s?[%€]?")
_MARKED = re.compile(r"[-+−]?\d[\d.,]*[.,]\d+")
_DOTTED = re.compile(r"[-+−]?[1-9]\d{0,2}(?:\.\d{3})+")
_UNIT = re.compile(r"[(（\[]([^()（）\[\]]{1,40})[)）\]]\s*$")
_TAIL = re.compile(
    r"(?:^|[\s_,])((?:thousand|million|billion)?[\s_]?(?:[kMGT]Wh|[kMGT]W|USD|CNY|RMB|EUR|tonnes?|percent|%)(?:[\s_]?(?:per|/)[\s_]?\w+)?)$",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?:^|[\s_])(kg|g|grams?|mg|USD|CNY|RMB|EUR|\$)[\s_](?:per[\s_])?(kWh|Wh|kg|km|t|ton|tonne|Ah)$",
    re.IGNORECASE,
)
PARTS = {
    "grams": "g",
    "gram": "g",
    "rmb": "CNY",
    "$": "USD",
    "ton": "t",
    "tonne": "t",
    "kwh": "kWh",
    "usd": "USD",
}
_FLAGGED = re.compile(
    r"([-+−(]?[$€£¥]?[\d.,\u00a0 ]*\d%?\)?)\s?(?:[*†‡§#¹²³⁰-⁹⁽⁾ᵃ-ᶻⁱⁿ,]{1,5}?|\[\w{1,3}\]|\(?([perfPERF])\)?)"
)
_NO_NUMBER = re.compile(r"[-+]?(?:inf(?:inity)?|\d[\d.]*e[-+]?\d+)|=.+|#[A-Z/0!?]{3,8}", re.IGNORECASE)
"""Infinities, numbers too large to be one, formulas, and a spreadsheet's own errors."""
_FLAGS: dict[str, Status] = {"p": "preliminary", "r": "revised", "e": "estimate", "f": "forecast"}
"""Flags of observations as statistics offices print them (Eurostat, SDMX CL_OBS_STATUS)."""
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TAIL_SCALE = re.compile(
    r"[\s,_]+((?:in[\s_])?(?:thousands?|millions?|billions?|tsd\.?|mio\.?|mrd\.?|'?000s?)(?:[\s_](?:units|vehicles|cars))?)$",
    re.IGNORECASE,
)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar jänner janvier enero gennaio janeiro",
            "feb february februar février fevrier febrero febbraio fevereiro",
            "mar march märz maerz mrz mars marzo março",
            "apr april avril abril aprile",
            "may mai mayo maggio maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto",
            "sep sept september septembre septiembre settembre setembro",
            "oct okt october oktober octobre octubre ottobre outubro",
            "nov november novembre noviembre novembro",
            "dec dez december dezember décembre decembre diciembre dicembre dezembro",
        ),
        1,
    )
    for word in words.split()
}
"""Months as tables of the West print them."""


def month_number(word: str) -> int | None:
    """A month's name in a language of the West, alone: "Mar", "März"."""
    return _MONTHS.get(word.casefold().rstrip("."))


@lru_cache(100_000)
def read_period(cell: str) -> Period | None:
    """A cell that is a period and nothing else; None for any other."""
    text = cell.strip()
    if not 4 <= len(text) <= 40:
        return None
    if named := re.fullmatch(r"([^\W\d_]{3,9})\.?[-_ ]*((?:19|20)\d\d)", text):
        month = _MONTHS.get(named[1].casefold())
        if month:
            return periods.month(int(named[2]), month)
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
    years = set(YEAR.findall(words))
    return periods.year(int(years.pop())) if len(years) == 1 else None


@lru_cache(200_000)
def read_number(cell: str) -> Decimal | None:
    """A cell that is a number: thousands marks, a decimal comma, brackets for a loss, a currency or % around it."""
    text = cell.strip()
    if not text or not re.search(r"\d", text):
        return None
    if _COMMA.fullmatch(text) and not _THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif text.count(".") > 1 and _DOTTED.fullmatch(text.rstrip("%€ ")):
        text = text.replace(".", "")
    text = re.sub(r"^\(([\d.,]+)\)\s?%$", r"(\1%)", text)
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


_ENOUGH = 4
_OF_DOTS = re.compile(
    r"\b(?:neuzulassungen|zulassungen|absatz|bestand|stückzahl|fahrzeuge|pkw|anzahl|immatricolazioni|matriculaciones"
    r"|ventas|unidades|emplacamentos|vendas|unidades)\b",
    re.I,
)
"""Counts in languages whose thousands have dots."""


def has_dots_for_thousands(rows: Iterable[Sequence[str]], words: str = "") -> bool:
    """Whether a table prints "236.000" for 236 thousand: it has decimal commas, or dots twice in a number, or is of
    counts in such a language, and no number that its dots would be wrong in."""
    sure, thousands = False, 0
    for row in rows:
        for cell in row:
            text = cell.strip().rstrip("%€ ")
            if not _MARKED.fullmatch(text):
                continue
            thousands += _DOTTED.fullmatch(text) is not None
            if _DOTTED.fullmatch(text):
                sure |= text.count(".") > 1
            elif "," in text and not _THOUSANDS.fullmatch(text):
                sure = True
            else:
                return False
    return sure or (thousands >= _ENOUGH and _OF_DOTS.search(words) is not None)


def without_dots(cell: str) -> str:
    """A number with dots for its thousands, without them."""
    text = cell.strip()
    return text.replace(".", "") if _DOTTED.fullmatch(text.rstrip("%€ ")) else cell


def read_flagged(cell: str) -> tuple[Decimal | None, Status]:
    """A number with the mark of a footnote or a flag after it: "383,000*", "1.5 [2]", "397 p" for preliminary."""
    value = read_number(cell)
    if value is not None:
        return value, ""
    flagged = _FLAGGED.fullmatch(cell.strip())
    if flagged is None:
        return None, ""
    return read_number(flagged[1]), _FLAGS.get((flagged[2] or "").casefold(), "")


def is_numeric(cell: str) -> bool | None:
    """True for a number, and for what stands in a number's place and is none that can be kept; None for words."""
    known = read_flagged(cell)[0] is not None or read_amount(cell) is not None
    return True if known or _NO_NUMBER.fullmatch(cell.strip()) else None


def settle(value: Decimal) -> Decimal:
    """8.899999619 is a rounded 8.9: a number of nine digits or more that six digits say as well keeps six."""
    if len(value.as_tuple().digits) < 9 or value == value.to_integral_value():
        return value
    short = Decimal(f"{value:.6g}")
    return short.normalize() if abs(short - value) <= abs(value) * Decimal("2e-7") else value


_MONEY = "|".join(
    re.escape(word)
    for word in sorted(CURRENCY_WORDS, key=len, reverse=True)
    if re.sub("[ .]", "", word).isalpha()
)
_WORD = (
    rf"(?:[kMGT]?Wh|[kMGT]?W|GWp|m?Ah|k?g|k?t|Mt|tonnes?|tons?|lbs?|oz|km|{'|'.join(map(re.escape, CURRENCIES))}"
    rf"|{_MONEY}"
    r"|dollars?|pence|cents?|euros?"
    r"|units?|vehicles?|pcs|pieces|percent|per cent|pct|%|pp|mm|cm|MPa|°C|辆|台|吨|元|千瓦时|千瓦)"
)
_SCALED = (
    r"(?:(?:thousands?|millions?|billions?)(?:\s+of\b)?|thsd\.?|tsd\.?|mio\.?|mrd\.?|mn|bn|m|k|['’‘`]?000s?"
    r"|万|亿|千|百万)"
)
_WHOLE_UNIT = re.compile(
    rf"(?:in\s+)?(?:{_SCALED}\s*)?{_WORD}(?:\s*(?:in\s+)?{_SCALED})?(?:\s?(?:/|per|p\.)\s?(?:{_WORD}|year|yr|month|day|cell|vehicle|a))*(?:\s+LCE)?"
    rf"|(?:in\s+)?(?:thousands?|millions?|billions?)",
    re.I,
)


_COUNTED_IN = re.compile(
    r"(?:in )?(?:years?|months?|weeks?|days?|hours?|minutes?|min|h|s|cycles|cars|points|ports|cells|packs|stations"
    r"|people|persons|employees|sites|plants|models|l|Ah|V)",
    re.I,
)


def is_unit(cell: str) -> bool:
    """Whether a cell is a unit and nothing else: "GWh", "(USD/kWh)", "EUR million"."""
    text = cell.strip().strip("()[]（）").strip()
    return bool(text) and len(text) <= 40 and _WHOLE_UNIT.fullmatch(text) is not None


_ALL_IN = re.compile(
    r"^(?:all\s+)?(?:figures|amounts|numbers|values|angaben)?\s*(?:are\s+)?(?:(?:stated|shown|given|expressed|presented|reported|unaudited)\s+)?(?:in\s+)?",
    re.I,
)


def unit_alone(line: str) -> str:
    """The unit that is all a line says: "millions of EUR" of "Amounts in millions of EUR, except per share data"."""
    plain = _ALL_IN.sub("", in_english(without_unless(line)).strip().strip("()[]（）").strip())
    return plain if is_unit(plain) else ""


_SAID_IN = re.compile(r"[\s,]+in\s+([^,()]{1,40})$", re.I)
_MARKS = re.compile(r"[\s$€£¥￥₩₹()（）%％.,:;|]+|(?:US|HK|A|C|S)\$")


def is_mark(cell: str) -> bool:
    """Whether a cell is but a currency's sign, a bracket or the like: a part of the number beside it."""
    return _MARKS.fullmatch(cell) is not None


def split_unit(words: str) -> tuple[str, str]:
    """A header without its unit, and the unit: "Sales (thousand units)", "net_generation_thousand_MWh"."""
    text = words.strip()
    if bracketed := _UNIT.search(text):
        scale, unit = read_unit(bracketed[1])
        if (
            scale
            or is_unit(bracketed[1])
            or _COUNTED_IN.fullmatch(bracketed[1])
            or unit in ("%", "vehicles")
            or re.search(r"[/$€¥%]|Wh|tonne|辆|kg|USD|CNY|points|GW", bracketed[1])
        ):
            return text[: bracketed.start()].replace("_", " ").strip(), bracketed[1]
    head, comma, behind = text.rpartition(", ")
    if comma and is_unit(behind) and ("/" in behind or read_unit(behind)[0]):
        return head.replace("_", " ").strip(), behind.strip()
    if (said := _SAID_IN.search(text)) and is_unit(said[1]) and read_unit(said[1])[0]:
        return text[: said.start()].replace("_", " ").strip(), said[1]
    if per := _PER.search(text):
        over, under = (PARTS.get(part.casefold(), part) for part in per.groups())
        return text[: per.start()].replace("_", " ").strip(), f"{over}/{under}"
    for pattern in (_TAIL, _TAIL_SCALE):
        if tail := pattern.search(text):
            return text[: tail.start()].replace("_", " ").strip(), tail[1].replace("_", " ").strip()
    return text.replace("_", " "), ""
