# ruff: noqa: E501
"""Which of a kind of things a question goes over, and how many: "the 3 dearest minerals", "in all states together"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.questions.operations import Per, Wanted

_NOUNS = {
    "region": "country countries region regions market markets state states province provinces city cities place places",
    "company": "company companies maker makers carmaker carmakers automaker automakers brand brands manufacturer manufacturers",
    "model": "model models", "mineral": "mineral minerals metal metals", "chemistry": "chemistry chemistries",
    "technology": "technology technologies",
}  # fmt: skip
_NAMES = {word: name for name, words in _NOUNS.items() for word in words.split()}
_NAMES_ZH = {"国家": "region", "地区": "region", "城市": "region", "省份": "region", "车型": "model", "品牌": "company",
             "企业": "company", "化学体系": "chemistry", "矿物": "mineral"}  # fmt: skip
_NOUN = "|".join(sorted(_NAMES, key=len, reverse=True))
_NOUN_ZH = "|".join(_NAMES_ZH)
_NUMBERS = {
    word: n
    for n, word in enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2)
}
_NUMBERS_ZH = {word: n for n, word in enumerate("两三四五六七八九十", 2)} | {"二": 2}
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_MOST = (
    r"(?:highest|most|best|biggest|largest|top|greatest|strongest|leading|dearest|priciest|costliest|lowest|least|fewest"
    r"|smallest|worst|weakest|bottom|cheapest)"
)
_OF = r"(?:(?:us|u\.s\.|eu|european|chinese|american|asian|battery|cell|used|second-?hand|car|ev|nev|bev|phev|the|our|new|electric|hybrid|plug-?in|diesel)\s+)*"
_SEVERAL = re.compile(
    rf"\b(?:which|what|the|rank(?:ing)?|top|bottom|name|list)\s+(?:the\s+)?(?:{_MOST}\s+)?{_N}\s+(?:{_MOST}\s+)?{_OF}"
    rf"(?P<noun>{_NOUN})\b|\b{_N.replace('<n>', '<m>')}\s+{_MOST}\s+{_OF}(?P<noun2>{_NOUN})\b",
    re.I,
)
_ONE = re.compile(
    rf"\b(?P<noun>{_NOUN})\s+(?:with|w/|that (?:has|have|had|needs?|uses?)|has|have|had|needs?|uses?)\s+(?:the\s+)?{_MOST}\b",
    re.I,
)
_TIMES = re.compile(
    rf"\b(?:{_N}\s+{_MOST}|{_MOST}\s+{_N.replace('<n>', '<m>')})\s+(?P<per>week|day|month|quarter|year)s\b",
    re.I,
)
_FEW = re.compile(rf"\b{_N}\s+{_MOST}\b|\b{_MOST}\s+{_N.replace('<n>', '<m>')}\b", re.I)
_ZH = re.compile(
    rf"前(?P<n>[两二三四五六七八九十]|\d{{1,2}})(?:名|位|个|大)?(?:的)?(?P<noun>{_NOUN_ZH})?|哪(?P<m>[两二三四五六七八九十])个(?P<noun2>{_NOUN_ZH})|(?P<noun3>{_NOUN_ZH})排[名行]|最(?:高|低|多|少|大|小|贵|便宜)的(?:(?P<k>[两二三四五六七八九十])个)?(?P<noun4>{_NOUN_ZH})"
)
_ALL = re.compile(
    rf"\b(?:(?:across|over|of|in|for)\s+)?(?:all|every)\s+(?:of\s+)?(?:the\s+)?(?:\d+\s+)?(?:us|u\.s\.|eu|european|american)?\s*(?P<noun>{_NOUN})\b"
    rf"(?:\s+(?:together|combined|added up|taken together))?|(?:所有|全部)(?P<zh>{_NOUN_ZH})(?:合计|总和|加起来)?",
    re.I,
)
_GRAINS: dict[str, Per] = {"month": "month", "quarter": "quarter", "year": "year"}
_DEAR = re.compile(r"\b(?:priciest|costliest)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """What the words of one pattern say."""

    over: str
    limit: int
    span: tuple[int, int]
    per: Per = ""


def with_ranked(text: str, wanted: Wanted) -> Wanted:
    """The wish with what is ranked and how many of it, or what is summed over, where the text says so."""
    if wanted.operation in ("value", "latest", "sum") and (whole := _ALL.search(text)):
        name = _NAMES_ZH.get(whole["zh"] or "") or _NAMES[whole["noun"].casefold()]
        return replace(wanted, operation="sum", over=name, spans=(*wanted.spans, whole.span()))
    found = _find(text)
    if found is None:
        return wanted
    ordered = wanted.operation in ("rank", "max", "min") or _DEAR.search(text) is not None
    if not ordered and not (
        found.limit > 1 and found.over and wanted.operation in ("value", "compare", "latest")
    ):
        return wanted
    return replace(
        wanted, operation="rank", over=found.over or wanted.over, limit=found.limit or wanted.limit,
        per=found.per or wanted.per, spans=(*wanted.spans, found.span),
    )  # fmt: skip


def ranked_by(text: str) -> tuple[int, int] | None:
    """The words of the things that are ranked "by" something else: "top 3 EV models" by range."""
    said = _SEVERAL.search(text)
    return said.span() if said and _BY.match(text, said.end()) else None


_BY = re.compile(r"\s+(?:(?:in|of|for)\s+[\w ]{2,30}\s+)?by\s+(?=\w)", re.I)


def _find(text: str) -> _Ranked | None:
    if times := _TIMES.search(text):
        grain = times["per"].casefold()
        limit = _number(times["n"] or times["m"])
        if grain not in _GRAINS:
            return _Ranked(grain, limit, times.span())
        return _Ranked("", limit, times.span(), _GRAINS[grain])
    if several := _SEVERAL.search(text):
        noun = (several["noun"] or several["noun2"]).casefold()
        return _Ranked(_NAMES[noun], _number(several["n"] or several["m"]), several.span())
    if one := _ONE.search(text):
        return _Ranked(_NAMES[one["noun"].casefold()], 0, one.span())
    if zh := _ZH.search(text):
        noun = zh["noun"] or zh["noun2"] or zh["noun3"] or zh["noun4"] or ""
        return _Ranked(_NAMES_ZH.get(noun, ""), _number(zh["n"] or zh["m"] or zh["k"] or "0"), zh.span())
    few = _FEW.search(text)
    return _Ranked("", _number(few["n"] or few["m"]), few.span()) if few else None


def _number(word: str) -> int:
    word = word.casefold()
    return _NUMBERS.get(word) or _NUMBERS_ZH.get(word) or int(word)
