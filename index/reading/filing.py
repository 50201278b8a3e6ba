"""What a filing to a securities office says of itself in inline XBRL: whose it is, its form, its fiscal year."""

from __future__ import annotations

from lxml import html

from index.reading.draft import one_line
from index.reading.facts import Facts

_SAYS = {
    "dei:EntityRegistrantName": "firm", "dei:DocumentType": "form", "dei:DocumentFiscalYearFocus": "year",
    "dei:DocumentFiscalPeriodFocus": "period",
}  # fmt: skip


def find_filing(root: html.HtmlElement) -> Facts:
    """The facts of a filing; none of other pages. Its title is "Volta Cells, Inc. 10-Q Q3 2025"."""
    said: dict[str, str] = {}
    for element in root.iter("ix:nonnumeric"):
        key = _SAYS.get(element.get("name", ""))
        if key and (words := one_line(element.text_content())) and len(words) < 120:
            said.setdefault(key, words)
    if not {"firm", "form"} <= said.keys():
        return Facts()
    period = "" if said.get("period") in (None, "FY") else said["period"]
    title = " ".join(filter(None, (said["firm"], said["form"], period, said.get("year", ""))))
    return Facts(title=title, publisher=said["firm"])
