# ruff: noqa: E501, PLR0911
"""Numbers that are no quantities: names, pages, phones, versions, dates, citations, list marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from index.language.numerals import Number
from index.language.units import CURRENCIES

HAN = re.compile(r"[\u3400-\u9fff]")
Masks = tuple[tuple[int, ...], tuple[int, ...]]

_MASK = re.compile(
    r"https?://[^\s)>\]]+|www\.[^\s)>\]]+|[\w.+-]{1,64}@[\w.-]{1,64}|\S{1,80}\.(?:com|org|net|html?|png|jpe?g|pdf|webp)\b[^\s)]{0,200}"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\.?(?![A-Za-z])|\(GMT[^)]{0,10}\)|\bGMT\s?[+-]\d+"
    r"|\+?\d{1,3}[ -]\(?\d{3}\)?[ -.]\d{3}[-.]\d{4}|\b\d{3}[-.]\d{3}[-.]\d{4}\b|\b\d{3}-\d{4}\b(?!\s?[A-Za-z%])"
    r"|\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]|\b(?:doi|arXiv|ISBN|ISSN)[:\s]\S+|\b\d+(?:\.\d+){2,}\b"
    r"|\b(?:S&P|Nasdaq|FTSE|CSI|STOXX|Stoxx|Fortune|Nikkei|Russell|Kospi|ISO|IEC|EN|GB/T|SAE|UN|Regulation|Directive|EC|EU)\s(?:No\.?\s)?\d[\d/.-]*\b"
    r"|\b(?:Horizon|Battery|Plan|Agenda|Vision|Made in China|Roadmap|Fit for|Euro|China|Industrie|Industry|Web|Top|Expo|COP|Olympics|Level|Phase|Scope|Model|Type|Tier|Chapter|Section|Sections|Article|Annex|Appendix|Table|Tables|Figure|Figures|Fig\.|Figs\.|Page|Pages|Part|Class|Mark|Series|Stage|Step|Grade|Version|Vol\.|Volume|Issue|Room|Floor|Route|Item|Note|Box|Line|Rule|Title|Exhibit|Bulletin|Form|Chart|Panel|Lot|Unit|Block|Zone|Gate|Flight|Boeing|Airbus|Windows|iPhone|Galaxy|Formula|Gen|Generation)\s(?:[A-Z]{1,2}-?)?(?!\d{1,3},\d{3}(?!\d))\d+(?:\.\d+)*(?:\s?(?:-|–|to|and|or|,)\s?\d+(?:\.\d+)*(?!\s?(?:%|percent|million|billion)))?\+?(?!,\d{3})(?![\d,.]*\s?(?:%|percent|million|billion|GWh|kWh|km))(?![A-Za-z\d])"
    r"|\b(?:p\.|pp\.|no\.|nos\.|fig\.|eq\.|sec\.|vol\.|page|pages|section|chapter|table|figure|level|article|annex|step|phase|scope|version|paragraph|item|question|tier)\s\d+(?:\.\d+)*(?:\s?[-–]\s?\d+)?(?![\d,]|\s?%)"
    r"|\b(?:18650|21700|26650|32700|46\d{2}|4680|2170)(?=[\s-](?:cell|batter|format|cylind|type|size))|第\s?\d+(?:[-–~]\d+)?\s?(?:章|节|页|条|款|号|期|届|次|位|代|名|批|个|大|家|台|万)"
    r"|#\d+|№\s?\d+|\b\d+(?:st|nd|rd|th)\b|\b\d+\s(?:st|nd|rd|th)\b|\b24/7\b|\b\d+:\d+(?:\.\d+)?\b|\b[\w]+/\d+/\S*",
)


def find_masks(text: str) -> Masks:
    """The starts and ends of spans that hold digits but no quantity."""
    spans = [match.span() for match in _MASK.finditer(text)]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)


def is_masked(masks: Masks, start: int) -> bool:
    place = bisect_right(masks[0], start) - 1
    return place >= 0 and start < masks[1][place]


_ATTACHED = re.compile(r"(?:[A-Za-z_\u0370-\u03ff][\-–]?|[A-Za-z]\d*\.|\d[.:/]|[#@_&])$")
_CURRENCY_LETTERS = re.compile(
    rf"(?:US|{'|'.join(name for name in CURRENCIES if name.isalpha() and name.isascii())})$"
)


def counting(text: str, numbers: Iterable[Number], masks: Masks) -> list[Number]:
    """The numbers that are not part of a name or a word."""
    return [
        number for number in numbers if not is_masked(masks, number.start) and not _is_attached(text, number)
    ]


def _is_attached(text: str, number: Number) -> bool:
    left = text[max(0, number.start - 6) : number.start]
    if number.digits and _ATTACHED.search(left) and not _CURRENCY_LETTERS.search(left):
        return True
    end = number.end
    if not number.digits or end >= len(text):
        return False
    after = text[end]
    if after.isascii() and after.isalpha():
        return not _UNIT_LETTERS.match(text, end) or _is_plural(text, number)
    if after == "-" and end + 1 < len(text) and text[end + 1].isalpha():
        return not _HYPHEN_UNIT.match(text, end)
    return (after == "/" and end + 1 < len(text) and text[end + 1].isdigit()) or (
        after == "." and text[end + 1 : end + 2].isdigit()
    )


def _is_plural(text: str, number: Number) -> bool:
    """ "Model 3s", "2018s best": a name or a year with an s, and no seconds."""
    if text[number.end : number.end + 2].rstrip(" ,.;:)") != "s":
        return False
    left = text[max(0, number.start - 24) : number.start]
    return bool(_YEAR.fullmatch(number.digits) or re.search(r"\b[A-Z][A-Za-z]*\s$", left))


_UNIT_LETTERS = re.compile(
    r"(?:[kKMGT]?[Ww][Hh]|[KMGT]?Wh|kwh|[kKMGT]?W|mAh|Ah|mA|kV|V|km(?:/h)?|mm|cm|nm|kg|kt|Mt|Gt|mg|g|t|mph|mpg|hp|[kMG]?Hz|[GMTk]B|L|l|ml|mL|ha|lbs?|oz|ft|mi|[kM]Pa|ppm|ppb|bhp|pc|GPa|bps?|pp|ppt|h|s|ms|min|x|X|C|m[23]?|"
    r"percent|times|won|yuan|dollars?|euros?|tonnes?|tons|units|vehicles|cars|pct|p\.p\.|eV|kJ|MJ|EJ|J|dB|N|Nm|F|K|RMB|USD|EUR)(?![A-Za-z\d])"
)
_HYPHEN_UNIT = re.compile(
    r"-(?:fold|percent|percentage|point|year|month|day|hour|minute|second|km|kilomet|mile|met|kWh|MWh|GWh|kW|MW|GW|kg|ton|inch|foot|feet|million|billion|"
    r"cell|seat|basis|kilowatt|megawatt|gigawatt|dollar|euro|yuan|pound|week|vehicle|car|unit|degree|square|volt|amp|watt|lit|gallon|cent|mAh|Ah|plus|strong|member|person|man)"
)
_YEAR = re.compile(r"(?:1[6-9]|20|21)\d\d$")
_YEAR_OK = re.compile(
    r"\s?(?:new\s)?(?:vehicles|units|cars|people|jobs|employees|workers|buses|evs|nevs|patents|companies|stations|cycles|students)\b",
    re.I,
)


def is_label(text: str, number: Number, noun: bool) -> bool:
    """A bare number that is a year, a rank, a list mark or a name's end."""
    digits, start, end = number.digits, number.start, number.end
    if number.scaled or "," in digits:
        return False
    if _YEAR.fullmatch(digits) and not (_YEAR_OK.match(text, end)):
        return True
    if (_YEAR.fullmatch(digits[:4]) and len(digits) in (6, 8)) or len(digits) > 12:
        return True
    left, right = text[max(0, start - 24) : start], text[end : end + 24]
    if _LIST_MARK.search(left) and _LIST_AFTER.match(right):
        return True
    name = _NAME_BEFORE.search(left) if not noun else None
    if name and name.group(1).lower() not in _COMMON and not _is_listed(text, start, end):
        return True
    if _MONTH_BEFORE.search(left) or _MONTH_AFTER.match(right):
        return True
    return bool(_HAN_LABEL.match(right) or (digits.startswith("0") and "." not in digits and len(digits) > 1))


_SHARED_OUT = re.compile(r"\s?[(（]\s?[+−–-]?\d+(?:\.\d+)?\s?(?:%|per\s?cent|pct)")
_ITEM = re.compile(r"[:;：；]\s+(?:[A-Z][\w&.-]*\s){1,3}$")


def _is_listed(text: str, start: int, end: int) -> bool:
    """Whether a name shares something out with its number: "Slovenia 964 (+66 %)", "Makes: Skoda 987; Kia 655"."""
    if len(text[start:end]) < 3:
        return False
    if _SHARED_OUT.match(text, end):
        return True
    return _ITEM.search(text, max(0, start - 60), start) is not None and text[end : end + 1] in (
        ";",
        "；",
        ".",
        "",
    )


_LIST_MARK = re.compile(r"(?:^|[\n(（\[;:]\s*)$")
_LIST_AFTER = re.compile(r"[.)）、\]](?!\d)\s*")
_NAME_BEFORE = re.compile(r"\b([A-Z][\w&]*[a-zA-Z])[\s-]$")
_COMMON = frozenset(
    [
        "in", "on", "at", "over", "about", "between", "from", "to", "by", "the", "some", "around", "nearly", "almost",
        "than", "up", "only", "just", "with", "for", "and", "or", "all", "these", "those", "its", "their", "under", "below",
        "above", "of", "is", "was", "were", "are", "has", "had", "have", "approximately", "roughly", "another", "least",
        "exactly", "reached", "total", "sales", "output", "production", "exports", "usd", "rmb", "eur", "gbp", "cny",
    ]
)  # fmt: skip
_MONTHS = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_MONTH_BEFORE = re.compile(rf"\b{_MONTHS}\.?\s$|\b{_MONTHS}\.?\s\d{{1,2}}\s?(?:[-–]|to|and)\s?$", re.I)
_MONTH_AFTER = re.compile(rf"\s(?:of\s)?{_MONTHS}\b|\s?[-–]\s?\d{{1,2}}\s{_MONTHS}\b")
_HAN_LABEL = re.compile(
    r"\s?(?:[-–—~至到、,和]\s?\d{1,4}\s?)*(?:年|月|日|号|季度|点|时|届|期|世纪|年代)(?!均|产|度电)"
)


def is_calendar(text: str, start: int, end: int, unit: str) -> bool:
    """ "2020年" and "the 12 months to March" are periods, whatever unit their number seems to have."""
    if unit == "years" and text[end - 1] == "年":
        digits = text[start : end - 1].strip()
        return bool(re.fullmatch(r"\d{4}|\d\d", digits)) and (
            len(digits) == 4 or not re.match(r"[以来内期]|$", text[end : end + 1])
        )
    return unit in ("days", "hours") and text[end - 1] in "日时"


_ONE = frozenset(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "zero"))
_COUNT_SKIP = re.compile(r"\s*-(?!fold|percent)|\s+(?:of|another|by|or|and)\b", re.I)


def is_count(text: str, number: Number, noun: bool) -> bool:
    """A spelled number that counts something, not "one of them"."""
    word = text[number.start : number.end].lower()
    before = text[max(0, number.start - 12) : number.start].lower()
    if number.value != number.value.to_integral_value() and "million" not in word and "billion" not in word:
        return "half a" in word or bool(re.match(r"\s*(?:%|per\s?cent)", text[number.end :]))
    if word in ("one", "zero") or _COUNT_SKIP.match(text, number.end):
        return False
    if (
        re.search(r"(?:first|last|next|past|these|those|other|latter|a|no|all|the)\s$", before)
        and len(word) < 6
        and number.value < 20
    ):
        return False
    if word in _ONE:
        return noun
    if (
        re.fullmatch(r"(?:a|an|one)[\s-](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)", word)
        or "half" in word.split()[-1:]
    ):
        return False
    return number.value >= 11 or noun
