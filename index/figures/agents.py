# ruff: noqa: E501
"""Who sold, made or delivered: a firm that no table of names knows must not pass for a whole market."""

from __future__ import annotations

import re

from index.language.dimensions import find_dimensions
from index.language.periods import MONTHS

UNNAMED = "a company"
_ACTS = (
    r"(?:sold|sells?|delivered|delivers?|produced|produces?|shipped|ships?|built|exported|registered|made|manufactured"
    r"|reported|posted|generated|recorded|earned|lost|employs?|employed|targets|guides|guided|invests|invested|booked)"
)
_NAME = r"[A-Z][\w&.-]*(?:\s(?:[A-Z][\w&.-]*|&)){0,3}"
_FIRM = (
    r"(?:[Tt]he|[Oo]ur|[Ii]ts)\s+(?:\w+\s)?(?:company|group|firm|automaker|carmaker|maker|manufacturer"
    r"|start-?up|business)"
)
_ADVERBS = r"(?:\w+ly\s+|also\s+|has\s+|had\s+|already\s+|now\s+|today\s+|will\s+){0,2}"
_STARTS = r"(?:^|[,;:(]\s*|\b(?:that|while|and|as|when|said)\s+)"
_SOME = (
    r"(?:[Tt]he\s+)?(?:[Ss]ome|[Ss]everal|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Tt]op\s+\w+|\d{1,2}|[Ll]eading|[Ff]oreign"
    r"|[Dd]omestic|[Ll]ocal|[Nn]ew)\s+(?:[\w-]+\s+){0,3}?(?:enterprises|companies|automakers|carmakers|makers|manufacturers"
    r"|brands|firms|start-?ups|players|suppliers)"
)
_AGENT = re.compile(
    rf"(?:{_STARTS}(?P<name>{_NAME})|\b(?P<firm>{_FIRM})|{_STARTS}(?P<some>{_SOME}))\s+{_ADVERBS}{_ACTS}\b"
)
_SPEAKER = re.compile(
    rf"(?:{_STARTS}|\s[-–—]\s+)(?P<name>{_NAME})\s+{_ADVERBS}(?:{_ACTS}|raise[sd]?|lower(?:s|ed)|cuts?|confirm(?:s|ed)|sign(?:s|ed)"
    r"|plans|opens|opened|announces?|announced|reports?|posts?|results|deliveries|Q[1-4]\b)"
)
_TITLED = re.compile(
    rf"(?P<name>{_NAME}?)(?:,?\s(?:N\.V\.|Inc\.?|AG|SE|plc|PLC|Ltd\.?|Co\.,?|Corp\.?|S\.A\.|S\.p\.A\.|GmbH|Group|Holdings?|Limited))*\s*[:–—-]\s+"
    r"(?:[\w-]+\s+){0,3}?(?:quarter|half|full|first|second|third|fourth|annual|interim|results|earnings|deliver\w+|production|sales)\b"
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
    "Union", "Commission", "Government", "Ministry", "Parliament", "State", "Cumulative", "Total", "Combined", "Deliveries", "Group", "Annual", "Interim", "Quarterly", "Monthly", "Weekly", "Report", "Results", "Statistical", "Domestic", "Local", "Foreign", "Chinese", "Japanese", "Korean", "European", "American", "German", "French",
})  # fmt: skip
"""Words that open a sentence, and names of things that firms sell."""


_ACCOUNTS = frozenset({
    "revenue", "profit", "operating_profit", "gross_profit", "ebitda", "gross_margin", "operating_margin",
    "capital_expenditure", "order_backlog", "investment", "net_loss",
})  # fmt: skip
_BOOKED = re.compile(
    r"\b(?:shipments|employees|margin|cash\s+flow|net\s+debt|dividend|backlog|headcount|employees|workforce|utili[sz]ation)\b"
)
_MONEY = re.compile(r"[A-Z]{3}$")


def is_account(key: str, unit: str) -> bool:
    """Whether a number that is of no market stands in a firm's books: revenue, profit, a margin, an order backlog."""
    return (
        key in _ACCOUNTS or _BOOKED.search(key) is not None or (" " in key and _MONEY.match(unit) is not None)
    )


_DOER = re.compile(
    rf"(?:^|[,;]\s+|\b(?:and|while|quarter|half|year|month|20\d\d|{'|'.join(MONTHS)})\s+)(?P<name>{_NAME})\s+(?:has\s+|had\s+)?(?P<verb>[a-z]{{3,}}ed|holds|runs|owns|operates)\s+"
    r"(?:about\s+|around\s+|over\s+|some\s+|nearly\s+|only\s+)?$"
)


def doer_of(text: str, end: int) -> tuple[str, str] | None:
    """A firm that no table knows and what it did right before a number: "Sungrow integrated 1.31 GWh"."""
    found = _DOER.search(text, 0, end)
    name = _firm(found["name"]) if found else ""
    return (name, found["verb"]) if found and name else None


_MARKET = re.compile(
    r"\b(?:markets?|industry|nationwide|national|domestic|country|countries|sector|association|registrations|global(?:ly)?|worldwide|rivals?|competitors?)\b",
    re.I,
)
OWN = frozenset({"sales", "production", "exports", "registrations", "capacity", "installed"})
"""What a firm's own release counts of itself."""


def is_of_itself(text: str, measure: str) -> bool:
    """Whether a number of a firm's own release is the firm's: nothing in the sentence speaks of a market."""
    return measure in OWN and _MARKET.search(text) is None


def agent_of(text: str, end: int, known: str) -> str:
    """The firm that the number at `end` is of: its name, `known` for "the company", "" for none.

    Names of regions, months and the words that open sentences are no firms.
    """
    found = [*_AGENT.finditer(text, 0, end), *_OWNED.finditer(text, 0, end)]
    if not found:
        doer = doer_of(text, end)
        return full_name(doer[0], known) if doer else ""
    last = max(found, key=re.Match.start)
    if some := last.groupdict().get("some"):
        return str(some).casefold().removeprefix("the ")
    name = last["name"] or ""
    if not name or re.fullmatch(_FIRM, name):
        return known or UNNAMED
    return full_name(_firm(name), known)


def speaker_of(text: str, known: str = "") -> str:
    """The firm that a sentence or a title is about, if no table of names knows it; `known` for none."""
    found = _SPEAKER.search(text) or _OWNED.search(text)
    name = _firm(found["name"]) if found and not re.fullmatch(_FIRM, found["name"]) else ""
    return full_name(name, known) or known


def full_name(name: str, known: str) -> str:
    """The full name of a firm that is called by its first word: "Lumiro" after "Lumiro Motors"."""
    return known if name and known.startswith(f"{name} ") else name


_HAS = re.compile(
    rf"^(?P<name>{_NAME})\s+{_ADVERBS}(?:alone\s+)?(?:has|had|leads?\s+with|counts?|counted|saw|accounts?\s+for)\b"
)


def place_of(text: str, end: int) -> str:
    """What a sentence says has so many, where no table of names knows it: "Maharashtra now has 3,079 chargers"."""
    found = _HAS.search(text, 0, end)
    return _firm(found["name"]) if found else ""


_INTERVIEW = re.compile(
    rf"\b[Ii]nterview(?:ed)?\b[^,]{{0,60}},\s+(?:[a-z ]+\s(?:of|at)\s+)?(?P<name>{_NAME})\s*$"
)


def titled_firm(title: str) -> str:
    """The one firm that a document's title names."""
    known = {one.value for one in find_dimensions(title) if one.name == "company"}
    if not known and (own := _TITLED.match(title) or _INTERVIEW.search(title)):
        return _firm(own["name"])
    return known.pop() if len(known) == 1 else "" if known else speaker_of(title)


_OWN_REPORT = re.compile(
    r"(?:annual|interim|quarterly|half-year|full-year|financial|sustainability)\s+(?:report|results|statement|review)\b",
    re.I,
)
_FORM = re.compile(
    r"(?:,?\s(?:N\.V\.|Inc\.?|AB|AG|SE|ASA|Oyj?|plc|PLC|Ltd\.?|Co\.,?|Corp\.?|S\.A\.|S\.p\.A\.|GmbH|Limited))+$"
)


def reporting_firm(title: str, publisher: str) -> str:
    """The firm that a document is of: named by its title, else the publisher of an "Annual report 2025"."""
    firm = titled_firm(title)
    if firm or not publisher or not _OWN_REPORT.match(title):
        return firm
    known = {one.value for one in find_dimensions(publisher) if one.name == "company"}
    return known.pop() if len(known) == 1 else _FORM.sub("", publisher.strip())


_RELEASE = re.compile(
    r"\b(?:results?|earnings|deliver\w*|announces?|reports?|posts?|quarter|half-year|production|sales|shipments|update|trading\s+statement)\b",
    re.I,
)


def releasing_firm(title: str) -> str:
    """The firm whose own release a title heads: "Lumiro Motors: first-half results"."""
    firm = titled_firm(title)
    return firm if firm and title.startswith(firm) and _RELEASE.search(title, len(firm)) else ""


_TITLES = frozenset(
    {
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "Prof",
        "Prof.",
        "Professor",
        "Sir",
        "Madam",
        "President",
        "Minister",
    }
)
"""Before the name of a person."""


def _firm(name: str) -> str:
    words = name.split()
    if _TITLES.intersection(words):
        return ""
    while words and words[0] in _NO_FIRMS:
        words = words[1:]
    if not words or words[0] in MONTHS or any(word in _NO_FIRMS for word in words):
        return ""
    name = " ".join(words)
    known = find_dimensions(name)
    return "" if any(one.start == 0 or one.name == "region" for one in known) else name
