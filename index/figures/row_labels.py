"""The words at the head of a row: what a label names, alone or with more in brackets or behind a comma."""

from __future__ import annotations

import re
from functools import lru_cache

from index.figures.cells import COMPANIES, OWN, REGIONS, is_unit
from index.figures.measures import named_wholly
from index.figures.topic import Pairs
from index.language.dimensions import canonical, known_values

_CODES = {
    "CN": "China", "CHN": "China", "KR": "South Korea", "KOR": "South Korea", "JP": "Japan", "JPN": "Japan",
    "DE": "Germany", "DEU": "Germany", "GER": "Germany", "FR": "France", "FRA": "France", "IT": "Italy",
    "ITA": "Italy", "ES": "Spain", "ESP": "Spain", "NL": "Netherlands", "NLD": "Netherlands", "NO": "Norway",
    "NOR": "Norway", "SE": "Sweden", "SWE": "Sweden", "DK": "Denmark", "DNK": "Denmark", "FI": "Finland",
    "FIN": "Finland", "PL": "Poland", "POL": "Poland", "AT": "Austria", "AUT": "Austria", "BE": "Belgium",
    "BEL": "Belgium", "CH": "Switzerland", "CHE": "Switzerland", "PT": "Portugal", "PRT": "Portugal",
    "CZ": "Czechia", "CZE": "Czechia", "HU": "Hungary", "HUN": "Hungary", "IE": "Ireland", "IRL": "Ireland",
    "US": "United States", "USA": "United States", "GB": "United Kingdom", "GBR": "United Kingdom",
    "UK": "United Kingdom", "IN": "India", "IND": "India", "AU": "Australia", "AUS": "Australia", "CA": "Canada",
    "CAN": "Canada", "BR": "Brazil", "BRA": "Brazil", "MX": "Mexico", "MEX": "Mexico", "TH": "Thailand",
    "THA": "Thailand", "ID": "Indonesia", "IDN": "Indonesia", "TR": "Turkey", "TUR": "Turkey", "CL": "Chile",
    "CHL": "Chile",
}  # fmt: skip
"""Countries by their codes (ISO 3166), where a column is of regions."""
_PARTED = re.compile(r"([^,(（]+?)\s*(?:,\s*|[(（])([^()（）]+?)[)）]?\s*")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_])(?:\s?[*†‡§]+|\s?[¹²³⁰-⁹]+|\s\d\)|\s?\[\w\])$")
_OF_WHICH = re.compile(r"^\W*(?:of which|o/w|thereof|davon|其中)[\s:：]*|^[\s–—•>-]+(?=[^\W\d])", re.I)
_DRIVES = frozenset(
    {"powertrain", "drive", "drivetrain", "drive train", "drive type", "propulsion", "propulsion type", "fuel",
     "fuel type", "engine", "engine type", "motor energy", "antrieb"}
)  # fmt: skip
_DRIVEN = {
    "battery": "BEV", "electric": "BEV", "battery electric": "BEV", "full electric": "BEV", "fully electric": "BEV",
    "electric (battery)": "BEV", "plug-in": "PHEV", "plug in": "PHEV", "plug-in hybrid": "PHEV", "hydrogen": "FCEV",
    "fuel cell": "FCEV", "gasoline": "petrol",
}  # fmt: skip
"""Drives by the words that stand for them in a column of drives."""
_KNOWN = ("powertrain", "chemistry", "mineral")
ITEMS = frozenset(
    {"", "item", "items", "line item", "indicator", "metric", "measure", "variable", "parameter", "position",
     "description", "specification", "spec", "key figure", "key figures", "kpi", "property", "指标", "项目", "参数"}
)  # fmt: skip
"""Names of a column whose words say what the row's numbers are."""


def is_part(word: str) -> bool:
    """Whether a label is of a part of the row above: "of which BEV", "– PHEV"."""
    return _OF_WHICH.match(word) is not None


def without_mark(word: str) -> str:
    return _OF_WHICH.sub("", word)


@lru_cache(100_000)
def read_label(name: str, word: str) -> Pairs:
    """A label column's name and word as dimensions, in the catalogue's terms where it has them."""
    word = _FOOTNOTE.sub("", word) or word
    plain = name.replace("_", " ").casefold().strip()
    whole = _read(plain, word)
    if whole[1] in known_values(whole[0]):
        return (whole,)
    parted = _PARTED.fullmatch(word)
    if parted is None:
        parts = named_wholly(word)
        return parts if len(parts) > 1 and (plain in REGIONS | COMPANIES or not plain) else (whole,)
    first, rest = _read(plain, parted[1].strip()), parted[2].strip()
    if rest.isdigit():
        return (whole,)
    if first[0] not in ("region", "company", *_KNOWN, *OWN) or first[1] not in known_values(first[0]):
        return (whole,)
    more = named_wholly(rest)
    if len(more) == 1 and more[0][0] != first[0]:
        return (first, more[0])
    return (first, ("kind", rest))


def _read(plain: str, word: str) -> tuple[str, str]:
    if plain in REGIONS:
        return "region", _CODES.get(word.strip()) or canonical("region", word)
    if plain in COMPANIES:
        return "company", canonical("company", word)
    if plain in _DRIVES and (drive := _DRIVEN.get(word.casefold().strip())):
        return "powertrain", drive
    if plain in OWN:
        proper = canonical(plain, word)
        if proper in known_values(plain):
            return plain, proper
    for kind in _KNOWN:
        if canonical(kind, word) in known_values(kind):
            return kind, canonical(kind, word)
    return plain, word


def named_by_word(word: str) -> Pairs:
    """What a label without a column's name is, where it names regions, firms or kinds and nothing else."""
    return named_wholly(word)


def find_values(name: str, word: str) -> Pairs:
    """What a row's label names as values, by the name of its column."""
    if name == "part of" or name in ITEMS or is_unit(name):
        return named_by_word(word) or ((name if name == "part of" else "kind", word),)
    return read_label(name, word)
