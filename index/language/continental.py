"""Numbers as most of the continent prints them: a comma before the decimals, "31,9 %", dots or spaces in thousands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

_SAID = (
    "bg ca cs da de el es et eu fi fr gl hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk vi"
)
LANGUAGES = frozenset(_SAID.split())
"""Languages whose decimals stand behind a comma."""
_WORDS = {
    "en": "the of and to in for with was were is are that from by at as its has have been which this",
    "de": "der das und ist wurde wurden für mit auf von dem den bei nicht im zum zur eine einen sich lag gegenüber",
    "fr": "les des une est dans pour avec sur du aux été au qui par sont cette leur plus",
    "es": "los las del una con por para fue el en más que su se como",
    "it": "della dei delle gli nel con per una il di che sono alla più",
    "pl": "się jest oraz do na w z o od przez roku",
    "nl": "het een van voor met zijn werd de en dat niet",
    "pt": "dos das uma com por para foi em ao mais que os as",
    "sv": "och att det som för med av den ett till har från",
    "da": "og at det som for med af den et til har fra blev",
}  # fmt: skip
_LANGUAGE_OF: dict[str, list[str]] = {}
for _language, _said in _WORDS.items():
    for _word in _said.split():
        _LANGUAGE_OF.setdefault(_word, []).append(_language)
_TOKEN = re.compile(r"[^\W\d_]+")
_READ = 30_000
"""Letters of a text by which its language is known."""
SCALED = (
    r"millionen|milliarden?|billionen|millones|milioni|miliardi|milliards?|(?:mrd|mio|tsd)\.(?=\s[^\W\d_])|mrd|mld|mio|mln"
    r"|tsd|tausend"
)
_UNIT = (
    rf"(?:[%％‰€$£]|prozent|per\s?cent|pour\s?cent|por\s?ciento|per\s?cento|procent|percentage|pp\b|euro\b|eur\b|usd\b"
    r"|chf\b|[kmgt]?wh\b|[kmg]?w\b|kg\b|km\b|t\b|m[²³]|°|(?:thousand|million|billion|trillion)s?\b|bn\b"
    rf"|(?:{SCALED})(?![^\W\d_]))"
)
_DECIMAL = re.compile(rf"(?<![A-Za-z_\d.,])\d+,\d{{1,2}}(?!\d|[.,]\d)(?:(?=[\s-]?{_UNIT})|(?P<bare>))", re.I)
"""Digits, a comma and one or two of them, before what is measured, or before anything else."""
_ONE_READING = re.compile(
    r"(?<![A-Za-z_\d.,])(?:(?:0|\d{4,}),\d{3,}|[1-9]\d{0,2}(?:\.\d{3})+,\d+)(?!\d|[.,]\d)"
)
"""No thousands: "0,125", "1234,567", "12.345,6"."""
_MARKED = re.compile(
    r"(?<![A-Za-z_\d.,])(?:[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:[\u00a0\u202f\u2009 ]\d{3})+|\d+(?=,\d))(?:,\d+)?"
    r"(?!\d|[.,]\d)"
)
_ENGLISH = re.compile(
    r"(?<![A-Za-z_\d.,])[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|(?<![A-Za-z_\d.,])\d+\.(?:\d{1,2}|\d{4,})(?![\d.]|,\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d,\d\d?")
_HINT = re.compile(r"\d[.,\u00a0\u202f\u2009 ]\d")
_HAN = re.compile(r"[\u3400-\u9fff]")

Found = tuple[int, int, Decimal, Decimal, str]
"""Start, end, value, step, the digits as English prints them; where both are the same it is nothing that counts."""


def has_decimal_commas(text: str, around: str = "", language: str = "") -> bool:
    """Whether a comma is a decimal one in a text: it has such that can be nothing else, and none of the other kind, or
    its words are of such a language; where it does not say it, what stands around it, or the language they are in."""
    if not _HINT.search(text):
        return False
    for one in (text, around):
        said = _said_by_marks(one)
        if said is None:
            said = _said_by_words(one[:_READ])
        if said is not None:
            return said
    return language in LANGUAGES


@lru_cache(256)
def _said_by_marks(text: str) -> bool | None:
    if _HAN.search(text):
        return None
    sure = any(found["bare"] is None for found in _DECIMAL.finditer(text)) or _ONE_READING.search(text)
    return True if sure and not _ENGLISH.search(text) else None


@lru_cache(256)
def _said_by_words(text: str) -> bool | None:
    counts: Counter[str] = Counter()
    for word in _TOKEN.findall(text):
        counts.update(_LANGUAGE_OF.get(word.lower(), ()))
    english = counts.pop("en", 0)
    most = max(counts.values(), default=0)
    if max(english, most) < _ENOUGH or english == most:
        return None
    return most > english


_ENOUGH = 2


def find_continental(text: str, *, commas: bool | None = None) -> Iterator[Found]:
    """Numbers with a decimal comma, in a text with such also those with dots or spaces for thousands; and what may be
    either one number or two, "3,4", with a digit string of nothing: it is none that can be kept."""
    if not _HINT.search(text):
        return
    if commas if commas is not None else has_decimal_commas(text):
        for found in _MARKED.finditer(text):
            yield _read(found)
        return
    for found in _ONE_READING.finditer(text):
        yield _read(found)
    for found in _DECIMAL.finditer(text):
        if _YEAR.fullmatch(found.group()):
            continue
        start, end, value, step, digits = _read(found)
        yield start, end, value, step, "" if found["bare"] is not None else digits


def _read(found: re.Match[str]) -> Found:
    whole, _, part = found.group().partition(",")
    digits = re.sub(r"[.\s]", "", whole)
    plain = f"{digits}.{part}" if part else digits
    printed = f"{int(digits):,}" if len(digits) > 3 and digits != whole else digits
    return (
        found.start(),
        found.end(),
        Decimal(plain),
        Decimal(1).scaleb(-len(part)),
        f"{printed}.{part}" if part else printed,
    )
