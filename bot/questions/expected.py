"""What kind of answer a question expects, and what it is about where that is no figure."""

from __future__ import annotations

import re
from typing import Literal

from bot.questions import Expected, QuestionKind

Language = Literal["en", "zh"]

_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")

_PEOPLE = (
    r"person|people|man|woman"
    r"|academicians?|authors?|researchers?|scientists?|experts?|founders?|ceos?|chairman|"
    r"partners?|speakers?|participants?|organi[sz]ers?|hosts?|compan(?:y|ies)"
    r"|firms?|makers?|suppliers?|institutes?|"
    r"institutions?|organi[sz]ations?|universit(?:y|ies)|allianc\w+"
    r"|associations?|teams?|groups?|agenc(?:y|ies)"
)
_PLACES = (
    r"city|cities|town|place|venue|country|countries|nations?|state|states|region|regions|province|continent"
)
_TIMES = r"date|year|month|day|time|century|decade|quarter|week"
_AUXILIARIES = (
    r"is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must|"
    r"isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|can't|won't"
)
_WHAT = r"(?:what|which|whats|what's|wich|waht)"

_RULES: tuple[tuple[Expected, str], ...] = (
    (
        "says",
        rf"\b{_WHAT}\b.{{0,60}}\b(?:says?|said|think|thinks|argue\w*|claim(?:s|ed)?(?=\s+(?:that|about)\b|\s*\?|\s*$)|writes?|recommend\w*"
        rf"|conclude\w*)\b"
        r"|\bviews? of\b|怎么看|怎么说|有何看法",
    ),
    (
        "why",
        rf"\bwhy\b|\bhow come\b|\breasons?\b|\b{_WHAT} (?:caused|drives|is driving|drove|prompted|triggered|led to"
        r"|motivated)\b"
        r"|为什么|为何|为啥|咋|原因|怎么会",
    ),
    (
        "who",
        r"^(?:and |the )*(?:owner|founder|chair(?:man|woman)?|boss|head|ceo|cfo|cto|president|author"
        r"|operator|developer|supplier|maker)s? of\b"
        rf"|\bwho(?:m|se|'s|s)?\b|\b{_WHAT} (?:\w+ ){{0,2}}(?:{_PEOPLE})\b|谁|哪位|哪家"
        rf"|哪些(?:公司|企业|机构)",
    ),
    (
        "when",
        rf"\bwhen(?:'s|s)?\b|\b{_WHAT} (?:\w+ )?(?:{_TIMES})\b|\bby when\b|\b(?:year|date)\s*\?+$|何时|什么时候"
        rf"|哪一?年|哪个?月|几月|几号",
    ),
    (
        "where",
        rf"\bwhere(?:'s|s)?\b|\b{_WHAT} (?:\w+ )?(?:{_PLACES})\b|在哪|哪里|哪儿|何地|什么地方"
        rf"|哪个(?:国家|城市|省)|哪些国家",
    ),
    ("how many", r"\bhow many\b|\bnumber of\b|多少(?:个|家|辆|名|项|篇|人)|几(?:个|家|名|项|篇)"),
    (
        "how much",
        r"\bhow (?:much|long|far|big|large|high|fast|old|deep|tall|wide|heavy|often)\b"
        r"|\bwhat (?:percent\w*|share|price|cost|amount|proportion)\b"
        rf"|\b{_WHAT} (?:did|does|do|will|would) .{{0,80}}\b(?:cost|earn|weigh|pay|charge|sell for|invest|spend)\b"
        r"|多少|多大|多高|多长|多快|占比",
    ),
    (
        "definition",
        rf"\bdefin(?:e|ition)\b|\bdef\b|\bmeaning of\b|\bmean(?:s|t)? by\b|\bstands? for\b"
        rf"|\b{_WHAT} does \S+(?: \S+)? mean\b"
        rf"|^{_WHAT}(?: is| are)? (?:an? )?(?!(?:the|that|this|those|these|it|about|else|happened"
        rf"|next|now|of|for|if)\b)[\w-]+(?: [\w-]+){{0,2}}\s*\?*$"
        rf"|^{_WHAT}(?: is)? an? [\w-]+(?: [\w-]+){{0,4}}\s*\?*$"
        r"|什么是|是什么意思|何谓|定义",
    ),
    (
        "list",
        rf"\blist\b|^name\b|\bnames of\b|\b{_WHAT} are\b|\b{_WHAT} (?:\w+ )?\w+s (?:are|were"
        rf"|did|do|have)\b|哪些|有什么",
    ),
    (
        "yes or no",
        rf"^(?:and |so |but |hey,? |hi,? )?(?:{_AUXILIARIES})\b|\b(?:involved|included"
        rf"|mentioned|true|right)\s*\?+$|吗|是否|有没有|是不是",
    ),
    ("what", rf"\b{_WHAT}\b|\bhow(?:'?s)?\b|什么|怎么|如何"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULES)

_POINTS = (
    r"\b(?:take-?aways?|lessons?|conclusions?|learnings?|key points|main points|upshot|gist|bottom line"
    r"|(?:key|main|headline|central) messages?|in a nutshell)\b"
    r"|要点|结论|心得|启示"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "last": -1, "final": -1,
}  # fmt: skip
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(_ORDINALS)})\b|\b(?P<digits>\d{{1,2}})(?:st|nd|rd|th)\b"
    r"|第(?P<zh>[一二三四五六七八九十]|\d{1,2})(?:个|点|条|项)"
    r"|\b(?:goal|point|lesson|takeaway|objective|pillar|priority|principle|conclusion|number"
    r"|no\.?) ?#?(?P<plain>\d{1,2})\b",
    re.IGNORECASE,
)
_BARE_ORDINAL = re.compile(
    rf"^(?:and |what about |what is |what's |whats |show |give me |the )*(?:{'|'.join(_ORDINALS)}"
    rf"|\d{{1,2}}(?:st|nd|rd|th))"
    r"(?: (?:one|point|lesson|takeaway|item))?\s*[?.!]*$|^第[一二三四五六七八九十\d]+(?:个|点|条"
    r"|项)?呢?[？?。]?$",
    re.IGNORECASE,
)
_DIGEST = re.compile(rf"{_POINTS}|\bconclu|\btl;?dr\b|\bsumm|\brecap\b|\bdigest\b|总结|概括", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:goal|point|objective|pillar|priority|principle|item|step)s? (?:no\.? ?|number |#)?\d+\b"
    r"|\b(?:\d|two|three|four|five|six|seven|eight|nine|ten|what are the|list the|which) (?:[\w-]+ ){0,3}"
    r"(?:goals|objectives|pillars|priorities|principles|aims)\b"
    r"|\b(?:first|second|third|fourth|fifth|last) (?:goal|point|objective|pillar|priority|principle"
    r"|lesson|takeaway)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th) (?:goal|point|objective|pillar|priority|principle|lesson|takeaway)\b",
    re.IGNORECASE,
)
_INVENTORY = re.compile(
    r"\b(?:what|which|list|show)\b.{0,20}\b(?:documents?|sources|files|texts|reports|articles"
    r"|metrics|statistics|"
    r"tables|data ?sets?|series|figures)\b.{0,20}\b(?:do you|you have|have you|are (?:there|held"
    r"|in)|held|hold|available|know|got)\b"
    r"|^(?:list|show)(?: me)?(?: all| the| your)* (?:documents|sources|files|metrics|tables|series)\b"
    r"|\bwhere do(?:es)? (?:you|the bot|it) (?:get|take|have) (?:(?:your|the|its|this|these) )?"
    r"(?:data|numbers|figures|information|facts)\b|\bwhat are your (?:sources|documents|data)"
    r"|^what'?s new\s*\?*$|^(?:what are )?(?:the )?latest (?:news|documents|updates)\s*\?*$"
    r"|\bwhat (?:do you (?:know|have|hold)|can i ask)(?: about)?\s*\?*$"
    r"|\bwhat(?:'s| is) in (?:the|your) (?:corpus|library|index)\b|\bhow many (?:documents|sources"
    r"|files) (?:do you|are)\b"
    r"|有(?:哪些|什么)(?:文件|文档|资料|数据|指标)|哪些(?:文件|文档|资料|指标)",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"^(?:show (?:me )?|what(?:'s| is|s) |give me |and )?(?:the |your )?sources?\s*[?.!]*$"
    r"|\bwhere (?:is|does|did) (?:that|this|it) "
    r"(?:from|come from|stand)\b|\b(?:who|where) (?:says?|said) (?:so|that)\b|^(?:says who"
    r"|source for that)\b|^(?:来源|出处)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:^|\b)(?P<noun>capacity|capacities|prices?|costs?|sales|revenues?|deliver(?:y|ies)|production|output|shares?"
    r"|range|mileage|density|densities|investments?|budget|weight|volumes?|profits?|turnover|spending|salary|salaries"
    r"|population|speed|reserves|headcount|subsid(?:y|ies)|tariffs?|margins?|fees?|exports?|imports?|registrations)"
    r"(?=\s*(?:\?|$|,|\b(?:in|at|of|for|by|per|during|from|to|19\d\d|20\d\d|q[1-4]|last|this|today|now|on|and|vs)\b))",
    re.IGNORECASE,
)
"""What is told in numbers, as the head of what is asked: "the pilot line's capacity", "BYD sales 2024"."""
_PLAIN_WHAT = re.compile(
    rf"^(?:and |so |but |hey,? |hi,? )*{_WHAT}(?:'s)? (?:is|was|are|were|will be)?\b", re.IGNORECASE
)
_VERBAL = re.compile(rf"\b(?:{_AUXILIARIES}|how(?:'?s)?|doing|to|about|than|or)\b", re.IGNORECASE)
_CHINESE_DIGESTS = "一二三四五六七八九十"


def find_language(text: str) -> Language:
    """The language that our own words answer in: Chinese where most of the question is."""
    return "zh" if len(_CHINESE.findall(text)) > 2 * len(_LATIN.findall(text)) else "en"


def find_expected(text: str) -> Expected:
    """The kind of answer that would satisfy: the first rule that the question's words meet."""
    words = " ".join(text[:1000].split())
    kind: Expected = next((kind for kind, pattern in _COMPILED if pattern.search(words)), "")
    return "how much" if kind in ("", "what") and find_amount(words) else kind


def find_amount(text: str) -> str:
    """The noun of an amount that a question asks for: "capacity" in "Samsung SDI pilot line capacity"; "" for none."""
    words = " ".join(text[:1000].split())
    asked = _PLAIN_WHAT.match(words)
    rest = words[asked.end() :] if asked else words
    if _VERBAL.search(rest):
        return ""
    found = _AMOUNT.search(rest)
    return found["noun"].casefold() if found else ""


def find_number(text: str) -> int:
    """The ordinal that is asked for ("third one" is 3, "the last" -1); 0 for none."""
    found = _ORDINAL.search(text[:1000])
    if found is None:
        return 0
    if word := found["word"]:
        return _ORDINALS[word.lower()]
    if (zh := found["zh"]) and not zh.isdigit():
        return _CHINESE_DIGESTS.index(zh) + 1
    return int(found["digits"] or found["zh"] or found["plain"])


_STEP = re.compile(
    r"^(?:and |ok(?:ay)?,? |then |what about |what's |whats |show |give me |the )*"
    r"(?:(?P<on>next|following|another)|(?P<back>previous|prior))(?: (?:one|point|lesson|takeaway|item))?\s*[?.!]*$"
    r"|^(?:那|再)?(?:(?P<zh_on>下)|(?P<zh_back>上))一?(?:个|点|条|项)呢?[？?。]?$",
    re.IGNORECASE,
)


def find_step(text: str) -> int:
    """ "Next one" is a step on, "the previous point" a step back; 0 for neither."""
    found = _STEP.search(" ".join(text[:200].split()))
    return 0 if found is None else 1 if found["on"] or found["zh_on"] else -1


def find_kind(text: str) -> QuestionKind | None:
    """Whether a question is for takeaways, the inventory, a source or a definition; None for any other."""
    words = " ".join(text[:1000].split())
    if _SOURCE.search(words):
        return "source"
    if _BARE_ORDINAL.search(words) or _DIGEST.search(words) or _NUMBERED.search(words):
        return "takeaways"
    if _INVENTORY.search(words):
        return "inventory"
    return "definition" if find_expected(words) == "definition" else None
