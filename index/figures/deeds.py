# ruff: noqa: E501
"""Deeds: what is done so many times, and the noun that a number has of its own: "to ship 14 GWh", "a gate fee of EUR 310"."""

from __future__ import annotations

import re

_NAMED_OF = re.compile(
    r"\b(?:an?|its|their|with|of)\s+(?P<words>(?!an?\s|the\s|total|record|maximum|minimum|further|loss|profit|gain|rise|fall|drop|cut|growth|increase|decrease|decline|share|number|lot|bit|half|third"
    r"|stake|few|couple|combined|mean|cumulative|new|high|low)(?:[a-z-]+\s){0,2}?(?:capacity|price|fee|cost|costs|density|weight|range|budget|volume|power|output|life|speed|thickness|valuation|value|yield|efficiency"
    r"|utili[sz]ation|loan|grant|investment|subsidy|premium|discount|surplus|deficit|backlog|turnover|area|wage|salary|rate))\s+of\s+"
    r"(?:about\s+|around\s+|some\s+|up\s+to\s+|over\s+|more\s+than\s+|nearly\s+|only\s+|just\s+)?$"
)
""" "Has a nameplate capacity of 60 MWh": the number's own noun."""
_AIM_OF = re.compile(
    r"\b(?:target|goal|aim|plan|forecast|guidance)\s+of\s+(?:about\s+|some\s+|over\s+|around\s+)?$", re.I
)
_SPENT = re.compile(
    r"\b(raised|spent|borrowed|lent|donated)\s+(?:about\s+|around\s+|some\s+|over\s+|nearly\s+|more\s+than\s+|up\s+to\s+)?$",
    re.I,
)
_FUNDS = {
    "raised": "funding raised",
    "spent": "spending",
    "borrowed": "borrowing",
    "lent": "lending",
    "donated": "donations",
}
_EMPLOYED = re.compile(r"\bemploy(?:s|ed)\s+(?:\w+\s+){0,2}$", re.I)
DEEDS = {
    "ship": "shipments", "shipped": "shipments", "deliver": "deliveries", "sell": "sales", "produce": "production",
    "export": "exports", "exported": "exports", "import": "imports", "imported": "imports",
}  # fmt: skip
_TO_DO = re.compile(
    rf"\bto\s+({'|'.join(DEEDS)})\s+(?:about\s+|between\s+|up\s+to\s+|some\s+|around\s+|over\s+)?$", re.I
)
""" "We expect to ship 14 GWh": a number of shipments."""
_DID = re.compile(
    r"\b(shipped|exported|imported)\s+(?:more than|over|about|nearly|around|some|almost|up to|a total of|at least)?\s*$",
    re.I,
)


def noun_of(lead: str, counted: str, *, money: bool) -> str:
    """The noun that the words before a number give it; `counted` is what stands behind it."""
    if to_do := _TO_DO.search(lead):
        return DEEDS[to_do[1].lower()]
    if counted and _AIM_OF.search(lead):
        return counted
    if named := _NAMED_OF.search(lead):
        return " ".join(named["words"].lower().split())
    if money and (spent := _SPENT.search(lead)):
        return _FUNDS[spent[1].lower()]
    return "employees" if counted == "people" and _EMPLOYED.search(lead) else ""


_DID_AND = re.compile(r"\b(shipped|exported|imported)\s+of\s+[\w\s-]+\band\s+$", re.I)


def done(counted: str, lead: str) -> str:
    """ "Shipped 3.87 GWh of cells" is shipments of cells."""
    did = _DID.search(lead[-60:]) or _DID_AND.search(lead[-80:])
    return f"{DEEDS[did[1].lower()]} of {counted}" if did else counted
