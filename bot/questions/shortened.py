"""What people shorten when they type: "prod", "n sold?", "w existing", "fig", "the year b4", "2023 % change"."""

from __future__ import annotations

import re

from index.lookup.terms import ELECTRIC

_WORDS = {
    "abt": "about", "wat": "what", "arent": "aren't", "cant": "can't", "couldnt": "couldn't", "didnt": "didn't",
    "doesnt": "doesn't", "dont": "don't", "hasnt": "hasn't", "havent": "haven't", "isnt": "isn't", "wasnt": "wasn't",
    "werent": "weren't", "wont": "won't", "wouldnt": "wouldn't",
    "est": "estimate", "reg": "registration", "regs": "registrations",
    "rev": "revenue", "revs": "revenues", "util": "utilisation", "w/w": "week on week",
    "approx": "approximately", "avg": "average", "b/w": "between", "b4": "before", "batt": "battery",
    "batts": "batteries", "btwn": "between", "coz": "because", "diff": "difference", "fig": "figure",
    "figs": "figures", "govt": "government", "mfg": "manufacturing", "mkt": "market", "mny": "many",
    "mth": "month", "mths": "months", "nr": "number", "pct": "percent", "ppl": "people", "prod": "production",
    "qtr": "quarter", "qtrs": "quarters", "sls": "sales", "tech": "technology", "thru": "through", "w/": "with",
    "w/o": "without", "yr": "year", "yrs": "years",
}  # fmt: skip
_WORD = re.compile(
    rf"(?<![\w/-])(?:{'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})(?![\w/-])\.?(?=\s|[^\w]|$)",
    re.I,
)
_LETTERS = (
    (re.compile(r"^n(?:'|\s)\s*(?=\w)", re.I), "and "),
    (re.compile(r"(?<=\w)\s+(?:n|'n')\s+(?=[a-z\d])"), " and "),
    (re.compile(r"(?<=\w)\s+w\s+(?=[a-z\d])"), " with "),
    (re.compile(r"(?<=\w)\s+b/c\s+(?=\w)", re.I), " because "),
)
_MONTH = (
    r"dec(?:ember)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?"
)
_FORMS = (
    (
        re.compile(
            r"\b(?:the )?(?:last|latest|most recent) (?:month|quarter|year)"
            r" (?:for which|that|in which|where|with|when)\b",
            re.I,
        ),
        "latest",
    ),
    (re.compile(r"\bacc(?:\.|ording)? to\b", re.I), "according to"),
    (ELECTRIC, "electric "),
    (
        re.compile(
            r"\b(sales|revenues?|profit|ebitd?a?|margin|capex|deliver(?:y|ies)|production|output|exports?|imports?|prices?"
            r"|income|turnover|results?|registrations) '?((?:1[5-9]|2\d|3[05]))(?=\s*\??$)",
            re.I,
        ),
        r"\1 20\2",
    ),
    (re.compile(r"\bsum(?:med|ming)? up\b", re.I), "sum"),
    (re.compile(r"\btop(?=\d{1,2}\b)", re.I), "top "),
    (
        re.compile(
            r"\bbattery (?=(?:heavy |light |heavy[- ]duty )?(?:trucks?|cars?|bus(?:es)?|vans?|lorr(?:y|ies))\b)",
            re.I,
        ),
        "battery electric ",
    ),
    (
        re.compile(r"\b(two|2)\s?(?:/|&|\+|or|and)\s?(three|3)[\s-]?w(?:heeler)?s?\b", re.I),
        "2 and 3 wheelers",
    ),
    (re.compile(r"(?<=\d{4})\s?\+\s?(?=(?:19|20)\d\d\b)"), " plus "),
    (re.compile(r"\bby how many (?:percent\b|per ?cent\b|%)", re.I), "how much"),
    (re.compile(r"\bout(?:sells?|sold)\b", re.I), "sell more than"),
    (re.compile(r"\b(\d+(?:\.\d+)?)\s?m\b"), r"\1 million"),
    (re.compile(r"\s*(?:->|→)\s*"), " to "),
    (
        re.compile(r"\b((?:19|20)\d\d)\s+(?=%|(?:cars|vehicles|trucks|buses|units|per\s?cent)\b)", re.I),
        r"\1, ",
    ),
    (re.compile(r"\b((?:19|20)\d\d)\s+(?=(?:tonnes|tonne|tons|ton|[kMGT]Wh)\b)", re.I), r"\1 in "),
    (
        re.compile(
            rf"(?<!on )(?<!on the )\b({_MONTH})\.?(?:\s+'?|')?([12]\d)\b"
            r"(?!\s*(?:st|nd|rd|th|[-–,/:%]|\d|to\b|million\b|gwh\b))",
            re.I,
        ),
        r"\1 20\2",
    ),
)


def spell_words(text: str) -> str:
    """Every shortened word in full."""
    for form, full in _LETTERS:
        text = form.sub(full, text)
    return _WORD.sub(lambda found: _WORDS[found.group().rstrip(".").casefold()], text)


def spell_out(text: str) -> str:
    """Shortened words in full, and numbers and months as documents write them: "dec 22" is of a year."""
    text = spell_words(text)
    for form, full in _FORMS:
        text = form.sub(full, text)
    return text
