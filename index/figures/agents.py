"""Who sold, made or delivered: a firm that no table of names knows must not pass for a whole market."""

from __future__ import annotations

import re

from index.language.dimensions import find_dimensions
from index.language.periods import MONTHS

UNNAMED = "a company"
_ACTS = (
    r"(?:sold|sells?|delivered|delivers?|produced|produces?|shipped|ships?|built|exported|registered|made|manufactured"
    r"|reported|posted|generated|recorded|earned|lost|employs?|employed)"
)
_NAME = r"[A-Z][\w&.-]*(?:\s(?:[A-Z][\w&.-]*|&)){0,3}"
_FIRM = (
    r"(?:[Tt]he|[Oo]ur|[Ii]ts)\s+(?:\w+\s)?(?:company|group|firm|automaker|carmaker|maker|manufacturer"
    r"|start-?up|business)"
)
_AGENT = re.compile(
    rf"(?:^|[,;:(]\s*|\b(?:that|while|and|as|when|said)\s+)(?P<name>{_FIRM}|{_NAME})\s+"
    rf"(?:\w+ly\s+|also\s+|has\s+|had\s+|already\s+){{0,2}}{_ACTS}\b"
)
_OWNED = re.compile(
    rf"\b(?P<name>{_FIRM}|{_NAME})['’]s?\s+(?:\w+\s+){{0,2}}(?:sales|deliveries|output|production|exports|revenues?|profits?)\b"
)
_NO_FIRMS = frozenset({
    "The", "This", "That", "These", "Those", "It", "They", "We", "He", "She", "There", "In", "On", "At", "By", "For",
    "From", "Of", "All", "Both", "Some", "Most", "Many", "More", "Sales", "Demand", "Production", "Output", "Exports",
    "Automakers", "Carmakers", "Makers", "Manufacturers", "Companies", "Dealers", "Consumers", "Customers", "Figures",
    "Data", "However", "Meanwhile", "Among", "Last", "Next", "Overall", "EV", "EVs", "NEV", "NEVs", "BEV", "BEVs",
    "PHEV", "PHEVs", "LFP", "NMC", "CAAM", "CPCA", "IEA", "ACEA", "Asia", "Industry", "Globally", "Worldwide",
    "Domestic", "Local", "Foreign", "Chinese", "Japanese", "Korean", "European", "American", "German", "French",
})  # fmt: skip
"""Words that open a sentence, and names of things that firms sell."""


def agent_of(text: str, end: int, known: str) -> str:
    """The firm that the number at `end` is of: its name, `known` for "the company", "" for none.

    Names of regions, months and the words that open sentences are no firms.
    """
    found = [*_AGENT.finditer(text, 0, end), *_OWNED.finditer(text, 0, end)]
    if not found:
        return ""
    name = max(found, key=lambda one: one.start("name"))["name"]
    if name[0] in "tToOiI" and re.fullmatch(_FIRM, name):
        return known or UNNAMED
    words = name.split()
    while words and words[0] in _NO_FIRMS:
        words = words[1:]
    if not words or words[0] in MONTHS or any(word in _NO_FIRMS for word in words):
        return ""
    name = " ".join(words)
    return "" if find_dimensions(name) else name
