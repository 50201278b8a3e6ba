# ruff: noqa: E501
"""What a question wants done with figures: grow, compare, rank, sum … and against which base."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.questions import Operation, Wants
from index.figures import Basis

Per = Literal["", "month", "quarter", "year"]

_BASES: tuple[tuple[Basis, str], ...] = (
    (
        "yoy",
        r"\byoy\b|\by[/-]y\b|\by-o-y\b|\byear[- ](?:on|over)[- ]year\b|\bannual (?:change|increase|growth)\b"
        r"|\b(?:vs\.?|versus|against|compared (?:to|with)|than|from|over) (?:the )?"
        r"(?:(?:same (?:month|period|time) )?(?:of |a |the )?(?:last|previous|prior|preceding) year|(?:a |one )?year (?:ago|earlier|before)"
        r"|(?:the )?same (?:month|period|time) (?:last year|a year (?:ago|earlier)))\b|同比(?:去年|上年)?(?:同[期月])?|比去年(?:同[期月])?|较上年(?:同[期月])?|较去年(?:同[期月])?",
    ),
    (
        "mom",
        r"\bmom\b|\bm[/-]m\b|\bm-o-m\b|\bmonth[- ](?:on|over)[- ]month\b|\b(?:vs\.?|versus|compared (?:to|with)|than|from)"
        r" (?:the )?(?:last|previous|prior) month\b|\ba month (?:ago|earlier)\b|环比|比上月|较上月",
    ),
    (
        "qoq",
        r"\bqoq\b|\bq[/-]q\b|\bquarter[- ](?:on|over)[- ]quarter\b|\bvs\.? (?:the )?(?:last|previous) quarter\b",
    ),
)
_ABOVE = r"(?:exceed\w*|above|over|pass(?:ed|es)?|top(?:ped|s)?|surpass\w*|reach\w*|cross\w*|overt[ao]\w+|more than|hit)"
_BELOW = r"(?:below|under|less than|beneath)"
ENERGY_PER = (
    r"\b[kMGT]?Wh\b(?:\s+\w+){0,2}?\s*(?:\bper\b|/|\ba\b)\s*(?:(?:new energy|electric|plug-in)\s+)?"
    r"(?:n?evs?|bevs?|phevs?|vehicles?|cars?|buse?s?|trucks?|vans?|lorr(?:y|ies)|scooters?)\b"
)
"""How much battery a vehicle has: "avg kWh per NEV", "GWh installed per car"."""
_OPERATIONS: tuple[tuple[Operation, str], ...] = (
    (
        "base",
        r"\bwhat (?:was|were) (?:it|they|that) (?:a year|one year|a month) (?:earlier|before|ago)\b|\b(?:the )?base (?:value|figure)\b"
        r"|\bimplied (?:base|level|value)\b|\bimpl(?:ied|ies|y)\b(?=.*\b(?:earlier|before|ago|last year|(?:prior|previous) year)\b)"
        r"|\b(?:earlier|before|ago|last year|(?:prior|previous) year)\b(?=.*\bimpl(?:ied|ies|y)\b)"
        r"|倒推(?=.*去年|.*上年)|(?:去年|上年)(?=.*倒推)",
    ),
    (
        "cagr",
        r"\bcagr\b|\bcompound(?:ed)?(?: annual)? growth(?: rate)?\b|\b(?:average|mean) annual growth(?: rate)?\b"
        r"|\bgrowth (?:rate )?(?:per|a) (?:year|annum)\b|复合(?:年)?增长率?|年均增[长速]率?",
    ),
    ("first above", rf"\bfirst\b(?=.{{0,60}}\b(?:{_ABOVE}|{_BELOW})\b)|首次(?:突破|超过|达到|低于|跌破)"),
    (
        "ratio",
        r"\bhow many times\b|\btimes (?:more|as many|as much|larger|bigger|higher|the)\b|\bratio\b|\bmultiple of\b|\bdivided by\b|÷|几倍|多少倍|之比"
        rf"|{ENERGY_PER}",
    ),
    (
        "against average",
        r"\b(?:above|below|over|under|beat|exceed(?:s|ed)?|(?:higher|lower|more|less|better|worse|bigger|smaller) than|vs\.?|versus"
        r"|against|compared (?:to|with))\s+(?:(?:the|its|their|a|own|normal|usual)\s+)*(?:[\w-]+\s+){0,4}?(?:average|mean)\b"
        r"|(?:高于|低于|超过).{0,12}(?:平均|均值)",
    ),
    (
        "share",
        r"\b(?:what|which) (?:share|percent(?:age)?|per cent|proportion|fraction|part) of\b(?=.{0,80}\b(?:fell|came|went|was|were|is|are|"
        r"in|took|did|accounted?)\b)|\b(?:as|in) (?:an? )?(?:share|percent(?:age)?|proportion|fraction|%) of\b"
        r"|\bhow much of\b|\bshare (?:of|in) (?:the )?(?:world|global|worldwide)\b|\b(?:as|in) (?:an? )?(?:share|percent(?:age)?|%)\s*\?*$|(?:\b(?:percent(?:age)?|proportion)|%) of\b|占(?=.{0,20}(?:多少|比例|百分))",
    ),
    ("average", r"\b(?:average|mean|avg)\b|平均|月均|年均"),
    (
        "sum",
        r"\b(?:sum|plus|altogether|combined|in total|add(?:ed)? up|together|cumulatively)\b|总和|合计|加起来",
    ),
    (
        "difference",
        r"\bdifference\b|\bminus\b(?!\s*\d{1,2}\b)|\bless (?=(?:the )?(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\b)|\bhow (?:many|much) extra\b|\bextra\b(?=.*\b(?:than|vs\.?|versus|over|compared)\b)|\bhow many (?:more|fewer|less)\b|\bby how many\b(?! per ?cent)|\bhow much (?:more|less|higher|lower|bigger|smaller)\b"
        r"|\bgap\b|\bin absolute terms\b|相差|差多少|多多少",
    ),
    (
        "series",
        r"\btrend\b|\bover time\b|\bas an? (?:table|list|series)\b|\btime series\b|\bhistory\b|\b(?:monthly|yearly|annual|quarterly)"
        r" (?:figures|numbers|values|data|series|breakdown)\b|\bby (?:month|year|quarter)\b|\bmonth by month\b|\byear by year\b"
        r"|\b(?:each|every) (?:month|year|quarter)\b|\b(?:list|table) (?:of|all)\b|\b(?:develop(?:ed|ment)?|evol\w+)\b|走势|趋势|历年|逐月",
    ),
    (
        "compare",
        r"\bcompar(?:e|ed|ing|ison)(?: (?:to|with))?\b|\bvs?\.?(?=\s)|\bversus\b|\bagainst\b|\b(?:more|higher|bigger|larger|less|lower|fewer|"
        r"smaller|faster|slower|ahead|behind)\b(?= than|\?|,|\b)|\bgrew (?:faster|more|slower)\b|对比|相比|(?:哪个|谁)(?:的?更|比较)?(?:多|高|大|快|低|少)|比较",
    ),
    ("rank", r"\brank(?:ing|ed|s)?\b|排名|排行"),
    (
        "max",
        r"\b(?:highest|most expensive|most(?! recent)|biggest|largest|best|peak(?:ed)?|maximum|max|record|strongest|top|greatest|leading|leads?|led|dearest)\b"
        r"|最高|最多|最大|最好|峰值|前(?=[0-9一二三四五六七八九十])",
    ),
    (
        "min",
        r"\b(?:lowest|least|smallest|worst|minimum|min|weakest|bottom|fewest|cheapest|trough)\b|最低|最少|最小|最差",
    ),
    (
        "change",
        r"\b(?:chang(?:e|es|ed|ing)|grow(?:th|n|ing)?|grew|increas\w*|rise|rose|risen|rising|mov(?:e|ed|ing)|fall(?:en|ing)?|fell|drop(?:ped)?|declin\w*|"
        r"decreas\w*|gain(?:ed)?|up|down|jump\w*|surg\w*|delta|growth rate|rate of (?:growth|change|increase))\b"
        r"|增长率?|增幅|增速|下降|下滑|涨幅|降幅|变化|增加|减少",
    ),
    (
        "latest",
        r"\b(?:latest|most recent|newest|current(?:ly)?|last (?:figure|number|value|reported|available|known)|recent|up[- ]to[- ]date|now|today)\b"
        r"|最新|最近|目前|现在",
    ),
)
_TO_DATE = (
    r"\bytd\b|\byear[- ]to[- ]date\b|\bso far this year\b|\bthis year so far\b|\bto date\b|\bso far\b|\bcumulative(?:ly)?\b"
    r"|年初至今|今年以来|累计"
)
_TARGET = r"\b(?:targets?|goals?|aims?|planned|plans?|by 20[2-9]\d|objective)\b|目标|规划"
_FORECAST = (
    r"\b(?:forecasts?|outlook|projections?|projected|expected|predicted|predictions?|guidance|guid(?:es|ed))\b"
    r"|预测|预计|预期|展望"
)
_PER: tuple[tuple[Per, str], ...] = (
    (
        "month",
        r"\b(?:which|what|best|worst|record|peak) month\b|\bmonthly\b|\b(?:per|by|each|every|a) month\b(?! (?:earlier|before|ago|prior))|哪个月|哪月|每月|月均|逐月",
    ),
    ("quarter", r"\b(?:which|what) quarter\b|\bquarterly\b|\b(?:per|by|each|every) quarter\b|哪个季度"),
    (
        "year",
        r"\b(?:which|what|best|worst|record|peak) year\b|\byearly\b|\b(?:per|by|each|every|a) year\b(?! (?:earlier|before|ago|prior))|哪一?年|每年|历年",
    ),
)
_OVER = re.compile(
    r"\b(?:which|what|top|bottom|leading|biggest|largest|best|worst|highest|lowest|smallest|cheapest|dearest|most expensive"
    r"|rank(?:ing)?(?: of)?(?: the)?)(?:\s+(?:\d+|two|three|four|five|six|ten))?"
    r"(?:\s+(?:us|u\.s\.|eu|european|chinese|american|asian|n?evs?|bev|phev|electric(?:\s+car)?|car|auto|battery))?\s+"
    r"(?P<name>countr(?:y|ies)|regions?|markets?|states?|provinces?|compan(?:y|ies)|makers?|automakers?|brands?|manufacturers?|suppliers?|"
    r"models?|vehicles?|cars?|chemistr(?:y|ies)|minerals?|metals?|fuels?|sources?|technolog(?:y|ies)|powertrains?|types?|modes?)\b"
    r"|\b(?:by|per) (?P<by>countr(?:y|ies)|regions?|markets?|states?(?! of)|compan(?:y|ies)|makers?|brands?|models?|chemistr(?:y|ies))\b"
    r"|哪个?(?P<zh>国家|地区|省份?|公司|企业|品牌|车型)",
    re.I,
)
_BY = re.compile(
    r"\b(?:by|per) (?:countr(?:y|ies)|regions?|markets?|states?(?! of)|compan(?:y|ies)|makers?|brands?|models?"
    r"|chemistr(?:y|ies))\b",
    re.I,
)
_NAMES = {
    "country": "region", "countrie": "region", "market": "region", "state": "region", "province": "region", "国家": "region", "地区": "region",
    "省": "region", "省份": "region", "公司": "company", "企业": "company", "品牌": "company", "车型": "model", "maker": "company",
    "automaker": "company", "brand": "company", "manufacturer": "company", "supplier": "company", "companie": "company",
    "chemistrie": "chemistry", "technologie": "technology", "metal": "mineral", "car": "model",
}  # fmt: skip
_LIMIT = re.compile(
    r"\b(?:top|bottom|best|biggest|largest|highest|lowest|leading|first)\s+(?P<n>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\b"
    r"|\b(?P<m>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:biggest|largest|highest|lowest|best|leading|smallest)\b"
    r"|前(?P<zh>[一二三四五六七八九十]|\d{1,2})",
    re.I,
)
_COUNT = {
    word: number
    for number, words in enumerate(
        ["one 一", "two 二", "three 三", "four 四", "five 五", "six 六", "seven 七", "eight 八", "nine 九", "ten 十"], 1
    )
    for word in words.split()
}  # fmt: skip
_COMPILED = tuple((name, re.compile(pattern, re.I)) for name, pattern in _OPERATIONS)
_BASIS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _BASES)
_GRAINS = tuple((name, re.compile(pattern, re.I)) for name, pattern in _PER)
_ACTUAL = re.compile(r"\bactual(?:ly|s)?\b|实际", re.I)
_YTD, _GOAL, _AHEAD = (re.compile(words, re.I) for words in (_TO_DATE, _TARGET, _FORECAST))
_VERB_ABOVE = re.compile(rf"\b{_ABOVE}\b|超过|突破|达到", re.I)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The operation of a question, and the words that said so."""

    operation: Operation
    basis: Basis
    to_date: bool
    wants: Wants
    per: Per
    over: str
    limit: int
    spans: tuple[tuple[int, int], ...]
    to_date_spans: tuple[tuple[int, int], ...]
    basis_spans: tuple[tuple[int, int], ...]


def find_wanted(text: str) -> Wanted:
    """What a question wants done; a plain value where nothing says more."""
    spans: list[tuple[int, int]] = []
    basis, basis_spans = _find_basis(text)
    spans += basis_spans
    named: list[Operation] = []
    for name, pattern in _COMPILED:
        found = [m.span() for m in pattern.finditer(text) if not _inside(m.span(), basis_spans)]
        if found:
            named.append(name)
            spans += found
    over, over_span = _find_over(text)
    limit, limit_span = _find_limit(text)
    per: Per = ""
    for grain, pattern in _GRAINS:
        for match in pattern.finditer(text):
            per = per or grain
            spans.append(match.span())
    ytd = [m.span() for m in _YTD.finditer(text)]
    goal = [m.span() for m in _GOAL.finditer(text)]
    ahead = [] if _ACTUAL.search(text) else [m.span() for m in _AHEAD.finditer(text)]
    operation = _choose(named, basis, over, limit, by=_BY.search(text) is not None)
    if operation == "first above":
        spans += [m.span() for m in _VERB_ABOVE.finditer(text)]
    return Wanted(
        operation, basis, bool(ytd), "target" if goal else "forecast" if ahead else "level", per, over, limit,
        (*spans, *ytd, *goal, *ahead, *over_span, *limit_span), tuple(ytd), tuple(basis_spans),
    )  # fmt: skip


_FIRST: tuple[Operation, ...] = (
    "first above", "rank", "base", "cagr", "against average", "ratio", "share", "difference", "average", "max", "min", "series",
    "compare", "change", "sum", "latest",
)  # fmt: skip
"""Which operation leads where several are said."""


def _choose(named: list[Operation], basis: Basis, over: str, limit: int, *, by: bool) -> Operation:
    said = {*named, *(["change"] if basis else [])}
    if (("max" in said or "min" in said) and (over or limit > 1)) or (over and not said and by):
        said.add("rank")
    return next((name for name in _FIRST if name in said), "value")


def _find_basis(text: str) -> tuple[Basis, list[tuple[int, int]]]:
    basis: Basis = ""
    spans = []
    for name, pattern in _BASIS:
        for match in pattern.finditer(text):
            basis = basis or name
            spans.append(match.span())
    return basis, spans


def _find_over(text: str) -> tuple[str, list[tuple[int, int]]]:
    match = _OVER.search(text)
    if match is None:
        return "", []
    word = (match["name"] or match["by"] or match["zh"]).casefold()
    name = word[:-1] if word.endswith("s") else word
    start = match.start("name") if match["name"] else match.start()
    return _NAMES.get(name, name), [(start, match.end())]


def _find_limit(text: str) -> tuple[int, list[tuple[int, int]]]:
    match = _LIMIT.search(text)
    if match is None:
        return 0, []
    word = (match["n"] or match["m"] or match["zh"]).casefold()
    return int(_COUNT.get(word, word)), [match.span()]


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
