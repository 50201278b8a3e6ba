"""Scales and what they count in other languages and in one letter, in English: "en millions d'euros", "TEUR", "M€"."""

from __future__ import annotations

import re
from functools import lru_cache

from index.language.units import CURRENCIES

_CODES = "|".join(
    sorted({one for one in [*CURRENCIES, *CURRENCIES.values()] if re.fullmatch("[A-Z]{3}", one)})
)
_MONEY = rf"(?=(?:[€£]|(?:{_CODES})(?![A-Za-z])))"
_BILLION = r"mil millones|milliards?|milliarden?|miliardi|miljard(?:en|er)?|bilhões|mrd\b\.?|mld\b\.?"
_MILLION = (
    r"millionen|millones|milioni|milh(?:ões|ão)|miljoen(?:en)?|miljoner|milion(?:y|ów)|mio\b\.?|mln\b\.?"
)
_THOUSAND = (
    r"milliers|migliaia|miles(?= de\b)|milhares|duizend(?:en)?|tausend|tusen(?:tal)?|tys\b\.?|tsd\b\.?"
)
_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<![A-Za-z])[kKT]\s?{_MONEY}"), "thousand "),
    (re.compile(rf"(?<![A-Za-z])[mM]\s?{_MONEY}"), "million "),
    (re.compile(rf"\b(?:{_BILLION})(?!\w)", re.I), "billion"),
    (re.compile(rf"\b(?:{_THOUSAND})(?!\w)", re.I), "thousand"),
    (re.compile(rf"\b(?:{_MILLION})(?!\w)", re.I), "million"),
    (re.compile(r"人民[币幣](?=[百千十万萬亿億]*元)"), ""),
    (re.compile(r"百万円"), "million JPY"),
    (re.compile(r"千円"), "thousand JPY"),
    (re.compile(r"\bzł(?:otych)?(?!\w)", re.I), "PLN"),
    (re.compile(r"\breais\b", re.I), "BRL"),
    (re.compile(r"\beuro['’]s\b", re.I), "euros"),
    (re.compile(r"\b(thousand|million|billion)s?\s+(?:d['’]\s?|(?:de|di|van|av)\s+)", re.I), r"\1 "),
    (re.compile(r"^(\W*)(?:en|em|w|i)\s+(?=(?:thousand|million|billion)\b)", re.I), r"\1in "),
    (re.compile(r"^([A-Z]{3}|(?:US)?[$€£¥])\s?[,(]\s?(thousands?|millions?|billions?)\)?$", re.I), r"\1 \2"),
)
_SCALED = re.compile(r"\b(?:thousand|million|billion)s?\b", re.I)
_COUNTED = re.compile(
    r"\b(?:stück|einheiten|fahrzeuge|pkw|autos|unités|véhicules|unidades|vehículos|unità|veicoli)(?!\w)", re.I
)


@lru_cache(5_000)
def in_english(line: str) -> str:
    """The line with its scale and its money in English words; what it counts only where there is a scale."""
    for pattern, words in _SAID:
        line = pattern.sub(words, line)
    return _COUNTED.sub("vehicles", line) if _SCALED.search(line) else line
