"""Single cells of tables: periods, numbers, and the measure that a header names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from index.figures import Status
from index.figures.scales import read_unit
from index.language import periods
from index.language.dimensions import canonical, find_dimensions, known_values
from index.language.metrics import Catalogue, FoundMetric, find_metrics
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
        "国家",
        "地区",
    }
)
COMPANIES = frozenset({"company", "brand", "maker", "manufacturer", "企业", "品牌"})
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
_FLAGGED = re.compile(
    r"([-+−(]?[$€£¥]?[\d.,\u00a0 ]*\d%?\)?)\s?(?:[*†‡§#]{1,3}|\[\w{1,3}\]|\(?([perfPERF])\)?)"
)
_NO_NUMBER = re.compile(r"[-+]?(?:inf(?:inity)?|\d[\d.]*e[-+]?\d+)|=.+|#[A-Z/0!?]{3,8}", re.IGNORECASE)
"""Infinities, numbers too large to be one, formulas, and a spreadsheet's own errors."""
_FLAGS: dict[str, Status] = {"p": "preliminary", "r": "revised", "e": "estimate", "f": "forecast"}
"""Flags of observations as statistics offices print them (Eurostat, SDMX CL_OBS_STATUS)."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TAIL_SCALE = re.compile(
    r"[\s,_]+((?:in[\s_])?(?:thousands?|millions?|billions?|tsd\.?|mio\.?|mrd\.?|'?000s?)(?:[\s_](?:units|vehicles|cars))?)$",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"%|\b(?:share|rate|ratio|growth|change|yoy|mom|average|per|index|percent)\b|同比|环比|增速|增长率|占比|比例|率",
    re.IGNORECASE,
)
"""A header of numbers that a table's "in thousands" is not about."""
_COUNTED = re.compile(
    r"\b(?:vehicles?|cars?)\b.{0,30}\b(?:counts?|registrations?|registered|sales|sold|deliver\w+|production|built)\b",
    re.IGNORECASE,
)
"""A title whose numbers are vehicles, whatever its columns are called."""
_VEHICLE = re.compile(
    r"vehicle|\bcars?\b|pkw|auto|\b[bpn]?h?evs?\b|truck|\bbus|\bvans?\b|motor|bike|辆|輛|车|車", re.I
)
""" "Units" of what are no vehicles are units."""


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
    years = set(_YEAR.findall(words))
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


def has_dots_for_thousands(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table prints "236.000" for 236 thousand: it has decimal commas, or dots twice in a number, and no
    number that its dots would be wrong in."""
    sure = False
    for row in rows:
        for cell in row:
            text = cell.strip().rstrip("%€ ")
            if not _MARKED.fullmatch(text):
                continue
            if _DOTTED.fullmatch(text):
                sure |= text.count(".") > 1
            elif "," in text and not _THOUSANDS.fullmatch(text):
                sure = True
            else:
                return False
    return sure


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
    return True if read_flagged(cell)[0] is not None or _NO_NUMBER.fullmatch(cell.strip()) else None


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


def read_measure(
    words: str, context: str, catalogue: Catalogue, settings: Mapping[str, object], table_unit: str = "",
    subject: str = "",
) -> Measure:  # fmt: skip
    """What a header measures; where its words are no metric, the table's own title may name one. `subject` is what the
    table is about, for a header that says but which: "China BEV".

    `table_unit` is what the table says of all its numbers; it holds for those that are counts or amounts.
    """
    metric, unit = str(settings.get("metric") or ""), str(settings.get("unit") or "")
    bare, said = _split_unit(words)
    period = find_year(bare)
    found = () if metric else find_metrics(bare, catalogue)
    titled = () if metric or found else find_metrics(context, catalogue)
    own = " ".join(_YEAR.sub("", bare).casefold().split())
    parts = () if metric or found or titled or not subject else _named_wholly(bare)
    if parts:
        own = subject.casefold()
    key = (
        metric or (found or titled)[0].key
        if metric or found or titled
        else own or context.casefold() or "value"
    )
    held = catalogue.get(key)
    dimensions = tuple((found or titled)[0].dimensions) if found or titled else ()
    said_already = held is not None and set(own.split()) <= set(held.name.casefold().split())
    if parts:
        dimensions = parts
    elif titled and len(own) > 3 and not said_already:
        dimensions = (*dimensions, _kind(bare, own))
    elif found:
        dimensions = (*dimensions, *_named_beside(found[0], bare))
    usual = held.unit if held else ""
    if not said and not unit and not _RATE.search(words) and _fits(read_unit(table_unit)[1], usual):
        said = table_unit
    scale, plain = read_unit(said or unit)
    if not (plain or usual) and held is None and _COUNTED.search(context) and not _RATE.search(words):
        usual = "vehicles"
    if held is None and plain == "vehicles" and not _VEHICLE.search(f"{words} {context} {said}"):
        plain = "units"
    return Measure(key, held is not None, dimensions, plain or usual, scale, period)


def _named_beside(metric: FoundMetric, header: str) -> tuple[tuple[str, str], ...]:
    """The drive or the chemistry that a header names and its metric does not say: "BEV share"."""
    held = {name for name, _ in metric.dimensions}
    named = {
        one.name: one.value for one in find_dimensions(header) if one.name in ("powertrain", "chemistry")
    }
    return tuple((name, value) for name, value in named.items() if name not in held)


def _named_wholly(header: str) -> tuple[tuple[str, str], ...]:
    """The dimensions of a header that names nothing but those: "China BEV" under "Truck sales by region"."""
    found = find_dimensions(header)
    covered = sum(len(re.sub(r"\W", "", header[one.start : one.end])) for one in found)
    if not found or covered < len(re.sub(r"\W", "", header)) or len({one.name for one in found}) < len(found):
        return ()
    return tuple((one.name, one.value) for one in found)


def _kind(header: str, own: str) -> tuple[str, str]:
    """A header below a title that names the metric: a powertrain or a chemistry where it is one, else its words."""
    values = {
        (one.name, one.value) for one in find_dimensions(header) if one.name in ("powertrain", "chemistry")
    }
    return values.pop() if len(values) == 1 else ("kind", own)


def _fits(unit: str, usual: str) -> bool:
    """Whether a table's unit can be that of a metric: "thousand" of all that is counted, "million USD" of no sales."""
    return "%" not in usual and "/" not in usual and (not unit or not usual or unit == usual)


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
    if scaled := _TAIL_SCALE.search(text):
        return text[: scaled.start()].replace("_", " ").strip(), scaled[1].replace("_", " ").strip()
    return text.replace("_", " "), ""
