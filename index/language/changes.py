# ruff: noqa: E501, PLR0911
"""Changes: which quantity of a text is a change and which a level, with direction and basis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from index.language.bases import OPENING, Basis, find_basis
from index.language.bounds import Bound
from index.language.joint import share_joined
from index.language.periods import MONTHS
from index.language.quantities import Quantity

Role = Literal["level", "change", "share", "before"]
""""before" is the level that a change starts from: "from 5 %"."""

_UP_VERBS = (
    r"rose|rise[sn]?|rising|grew|grown|grows?|growing|growth|increas(?:e|ed|es|ing)|(?<!making )(?<!makes )(?<!make )(?<!made )(?<!taking )(?<!takes )(?<!took )(?<!picked )(?<!set )up|climb(?:ed|s|ing)?|jump(?:ed|s|ing)?|surg(?:e|ed|es|ing)|"
    r"soar(?:ed|s|ing)?|gain(?:ed|s|ing)?|expand(?:ed|s|ing)?|expansion|advanc(?:e|ed|es|ing)|add(?:ed|s)|inched\s+up|edged\s+up|went\s+up|higher|improv(?:e|ed|es|ing|ement)|"
    r"accelerat(?:e|ed)|rocketed|skyrocketed|leapt|leap|boost(?:ed)?|rebound(?:ed|s|ing)?|recover(?:ed|y)|ticked\s+up|crept\s+up|swelled|widen(?:ed|s|ing)|strengthen(?:ed|s|ing)|balloon(?:ed|s|ing)|raise[ds]?|lifted|"
    r"同比增长|环比增长|增长|上升|上涨|增加|提升|提高|增幅|增速|涨幅|大增|激增|上扬|扩大|增"
)
_DOWN_VERBS = (
    r"fell|fall(?:en|s|ing)?|declin(?:e|ed|es|ing)|decreas(?:e|ed|es|ing)|dropp?(?:ed|s|ing)?|drop|down|slump(?:ed|s)?|plung(?:e|ed|es|ing)|slid|slid(?:e|es|ing)|shr[aiu]nk(?:s|ing)?|"
    r"contract(?:ed|s|ing|ion)|lower(?:ed)?|reduc(?:e|ed|es|ing|tion)|cut(?:s|ting)?|lost|sank|tumbl(?:e|ed)|dipp?(?:ed|s)?|retreat(?:ed)?|eas(?:ed|ing)|slipp?(?:ed|s|ing)|slip|sagg?(?:ed|s|ing)|erod(?:ed|es|ing)|dwindl(?:ed|es|ing)|weaken(?:ed|s|ing)|narrow(?:ed|s|ing)|collaps(?:ed|es|ing)|crash(?:ed|es|ing)|los(?:s|ses)\s+of|fewer|less|"
    r"下降|下滑|下跌|减少|降低|降幅|跌幅|回落|缩减|缩小|萎缩|下调|降"
)
_VERBS = rf"(?:(?P<up>{_UP_VERBS})|(?P<down>{_DOWN_VERBS}))"
_EN_START = r"(?:(?<![A-Za-z])|(?<=[\u3400-\u9fff]))"
_BOUND_WORDS = (
    r"(?:\s*(?:\(|a|an|the|another|some|about|around|nearly|almost|over|more\s+than|less\s+than|approximately|roughly|up\s+to|at\s+least|as\s+much\s+as|just|only|further|additional|"
    r"sharply|slightly|strongly|significantly|steadily|rapidly|again|also|modestly|massive|mere|whopping|stunning|staggering|respectively|respective|both|each|"
    r"约|超|超过|近|将近|了|达|达到|为|幅度|累计|分别|逾|超出|至少|均|率|仅|高达|也|将)(?![A-Za-z]))*"
)
_CHANGE_LEFT = re.compile(
    rf"{_EN_START}{_VERBS}(?:\s+(?:rate|rates|pace))?(?:\s+(?:year[\s-](?:on|over)[\s-]year|yoy|month[\s-](?:on|over)[\s-]month|in\s+(?:\w+\s)?\w+|on\s+the\s+year|annually|further|again|"
    rf"(?:slightly|sharply|strongly|significantly|steadily|rapidly|modestly|dramatically)))*\s*(?P<joint>by|of|at|was|is|were|reached|to\s+be|,|:)?{_BOUND_WORDS}\s*$",
    re.I,
)
_COMPOUND = re.compile(
    rf"\b(?:CAGR|compound(?:ed)?(?:\s+annual)?\s+growth(?:\s+rate)?(?:\s*\(CAGR\))?)(?:\s+(?:of|at|is|was|reaching))?{_BOUND_WORDS}\s*$|复合增[长速]率?[为达约]*\s*$",
    re.I,
)
_TO_LEFT = re.compile(
    rf"(?:\b(?:to|reaching|reached|hit|hitting|at)|至|到|为(?=\s*$))(?:\s+(?:a|an|the|record|new|total|high|low|of|level)\b){{0,4}}{_BOUND_WORDS}\s*$",
    re.I,
)
_FROM_LEFT = re.compile(
    rf"(?:\b(?:from|compared\s+(?:with|to)|versus|against|(?<!more )(?<!less )(?<!fewer )(?<!higher )(?<!greater )(?<!lower )(?<!other )than)|从|由)(?:\s+(?:a|an|the|its|level|levels|previous|earlier|of)\b){{0,3}}{_BOUND_WORDS}\s*$",
    re.I,
)
_UNTIL_NOW = re.compile(r"\s*(?:\w+\s+)?(?:before|previously|earlier|until\s+now)\s*(?:[.,;)]|$)", re.I)
"""Behind the end of a range that held before: "from 380,000 to 400,000 before"."""
_BY_LEFT = re.compile(rf"\bby{_BOUND_WORDS}\s*$", re.I)
_SHARE_LEFT = re.compile(
    rf"(?:account(?:s|ed|ing)?\s+for|ma(?:de|ke|kes|king)\s+up|represent(?:s|ed|ing)?|compris(?:e|es|ed|ing)|constitut(?:e|es|ed|ing)|tak(?:e|es|ing)\s+up|took\s+up|share(?:\s+of)?|occup(?:y|ied|ying)|"
    rf"占(?:比|总[\u3400-\u9fff]{{1,4}}|全[国球]|[\u3400-\u9fff]{{0,8}}的)?|份额|比例|比重)(?:\s+(?:of|was|is|at|reached|to|just|stood\s+at))?(?:[为达至到了])?{_BOUND_WORDS}\s*$",
    re.I,
)
_RIGHT_NOUN = re.compile(
    r"\s*(?:[\s-]*(?:year[\s-](?:on|over)[\s-]year|yoy|y/y|annual|annualised|annualized|month[\s-](?:on|over)[\s-]month|quarterly|monthly|net|compound|average|sequential|sharp|further)\s+){0,2}"
    r"(?:(?P<up>increase|rise|growth|jump|gain|surge|improvement|uptick|upswing|expansion|higher|more|faster|greater|larger|longer|dearer|costlier|heavier|stronger|above)|"
    r"(?P<down>decline|drop|decrease|fall|reduction|cut|slump|contraction|dip|lower|less|fewer|smaller|shorter|slower|cheaper|lighter|weaker|below))\b(?!\s+(?:share|of\s+the\s+total))",
    re.I,
)
_RIGHT_SHARE = re.compile(
    r"\s*(?:\)|,)?\s*(?:of\s+(?!growth|increase|decline)|share\b|stake\b|market\s+share|penetration)", re.I
)
_RIGHT_AS = re.compile(
    r"\s*(?:as\s+(?:many|much|high|large|big)\s+as|(?:those|that)\s+(?:of|in)\b|the\s+(?:level|number|figure|amount|size|volume|rate|total|(?:market\s+)?share|value)\b)",
    re.I,
)
_RIGHT_THAN = re.compile(r"\s*(?:more|higher|larger|greater|bigger|faster)\b", re.I)

_MULTIPLIER = re.compile(
    r"(?:(?P<over>more\s+than|over)|(?P<nearly>nearly|almost|close\s+to)|(?P<about>about|around|roughly|approximately))?\s*\b"
    r"(?P<word>doubl(?:ed|ing|e)|tripl(?:ed|ing|e)|trebl(?:ed|ing|e)|quadrupl(?:ed|ing|e)|quintupl(?:ed|ing)|halv(?:ed|ing)|翻了?一番|翻番|翻倍|减半|翻了?两番)(?![A-Za-z])"
    r"(?!\s+(?:digit|standard|layer|shift|check|down\s+on|counting|whammy|the\s+(?:size|capacity)))",
    re.I,
)
_FACTORS = {
    "doub": 100,
    "trip": 200,
    "treb": 200,
    "quad": 300,
    "quin": 400,
    "halv": -50,
    "翻一番": 100,
    "翻了一番": 100,
    "翻番": 100,
    "翻倍": 100,
    "减半": -50,
    "翻两番": 300,
    "翻了两番": 300,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a quantity says: a level, or how a level changed. A multiplier ("doubled") has its own quantity."""

    quantity: Quantity
    role: Role
    value: Decimal
    """Signed; "1.3 times" of growth is 130."""
    unit: str
    step: Decimal
    basis: Basis = ""
    start: int = 0
    end: int = 0
    certain: bool = True
    """False where only the sentence's other words could tell (a bare "12 %")."""
    inherited: bool = False
    """Whether the basis is that of the change before: "up 5 % year on year and 3 % from July" may say another."""


def find_changes(text: str, quantities: Sequence[Quantity]) -> tuple[Change, ...]:
    """Every quantity of a sentence with its role, and the multipliers ("more than doubled"), in order."""
    found: list[Change] = []
    for place, quantity in enumerate(quantities):
        left = max(quantities[place - 1].end if place else 0, quantity.start - 90)
        right = (
            quantities[place + 1].start if place + 1 < len(quantities) else min(len(text), quantity.end + 120)
        )
        found.append(_read(text, quantity, left, right, found[-1] if found else None))
    found = share_joined(text, found)
    found = [_opened(text, one) for one in found]
    found += _multipliers(text)
    found.sort(key=lambda change: change.start)
    return tuple(found)


def _opened(text: str, change: Change) -> Change:
    """ "Month on month, prices lost 3.5 %, after a gain of 1.2 %": the basis that a sentence opens with is of all."""
    opening = OPENING.match(text)
    if opening is None or change.role != "change" or change.basis or change.unit not in ("%", "pp"):
        return change
    basis: Basis = "yoy" if opening["yoy"] else "mom" if opening["mom"] else "qoq"
    return replace(change, basis=basis, inherited=True)


def _read(text: str, quantity: Quantity, left: int, right: int, before: Change | None) -> Change:
    lead, tail = text[left : quantity.start], text[quantity.end : min(right, quantity.end + 120)]
    role, sign, certain = _role(lead, tail, quantity, before)
    value, unit, step = quantity.value, quantity.unit, quantity.step
    if unit == "times":
        value, unit, step, role, sign = _times(lead, tail, quantity, role, sign)
    basis, inherited = find_basis(lead, tail) if role == "change" else ("", False)
    return Change(
        quantity,
        role,
        value * sign if role == "change" else value,
        unit,
        step,
        basis,
        quantity.start,
        quantity.end,
        certain,
        inherited,
    )


_BASIS_ALONE = re.compile(r"(?:同比|环比|\b(?:y-?o-?y|m-?o-?m|q-?o-?q|y/y|m/m|q/q))\s*[:：]?\s*[+＋]?$", re.I)
"""Before a rate without a verb: 同比15.6%, "YoY: 4.1%"."""
_LEVEL_AFTER = re.compile(
    rf"\s+(?:(?:the|that|those|its|their|his|last|a)\s+)*(?:levels?|figures?|numbers?|volumes?|totals?|value|amount|result|rate|peak|high|low"
    rf"|year|month|quarter|week|(?:first|second|third|fourth)\s+(?:quarter|half)|[QH][1-4]\b|previous|prior|preceding|same|corresponding|of\s|in\s|{'|'.join(MONTHS)}|(?:19|20)\d\d|[A-Z]{{2,3}}\$?\s?\d|[$€£¥]\s?\d|\d)|\s+(?:the\s+)?(?:about\s+)?$",
    re.I,
)
"""What a rate is above or below where it says a change: not the target, the average or the cost of another thing."""


Found = tuple[Role, int, bool]
"""What a quantity is, the sign of a change, and whether its words are sure."""


def _role(lead: str, tail: str, quantity: Quantity, before: Change | None) -> Found:
    rate = quantity.unit in ("%", "pp", "bp", "times", "points")
    if beside := _beside(lead, tail, quantity, rate=rate):
        return beside
    if _FROM_LEFT.search(lead) or (before and before.role == "before" and _UNTIL_NOW.match(tail)):
        return "before", 1, True
    cue = _CHANGE_LEFT.search(lead)
    joint = (cue.group("joint") or "").lower() if cue else ""
    share = quantity.unit == "%" and (_SHARE_LEFT.search(lead) or _RIGHT_SHARE.match(tail))
    if cue and not (share and joint in ("at", ",", ":")):
        if not rate and not _is_amount_of_change(lead, tail, joint):
            return "level", 1, True
        return "change", -1 if cue.group("down") else 1, True
    if share:
        return "share", 1, True
    if _TO_LEFT.search(lead):
        return "level", 1, True
    if _BY_LEFT.search(lead) and rate and (found := re.search(rf"\b{_VERBS}\b", lead, re.I)):
        return "change", -1 if found.group("down") else 1, True
    if quantity.unit in ("pp", "bp", "times"):
        return _in_points(lead, tail, quantity)
    if rate and _GROWTH_LEFT.search(lead):
        return "change", 1, True
    if rate and before and _goes_on(lead, before):
        return "change", -1 if before.value < 0 else 1, True
    return "level", 1, not rate


def _beside(lead: str, tail: str, quantity: Quantity, *, rate: bool) -> Found | None:
    """A change by the noun after it ("12% more than"), by its own sign, or by the word that it is one with."""
    noun = _RIGHT_NOUN.match(tail)
    word = noun.group().strip().lower() if noun else ""
    level = word not in ("above", "below") or _LEVEL_AFTER.match(tail, noun.end() if noun else 0)
    than = (level and (word != "more" or rate)) or re.match(r"\s*\S+\s+than", tail)
    if noun and than and (rate or word not in ("growth", "gain")):
        return "change", -1 if noun.group("down") else 1, True
    signed = lead.endswith("+") or quantity.value < 0
    if quantity.unit in ("%", "pp") and (signed or _COMPOUND.search(lead) or _BASIS_ALONE.search(lead)):
        return "change", 1, True
    return None


def _is_amount_of_change(lead: str, tail: str, joint: str) -> bool:
    """Whether an amount after a verb of change is by how much: "rose by 3,000", and not "rose 3,000" alone."""
    return (
        joint in ("by", "of")
        or re.match(r"[^,.;]{0,40}?\b(?:to|from)\b|\s*(?:compared|year-on-year|yoy)", tail) is not None
        or re.search(r"(?:增加|减少|增长|下降|by)\s*(?:了|约|近|超过?)?\s*$", lead) is not None
    )


def _in_points(lead: str, tail: str, quantity: Quantity) -> Found:
    """Points and times are a change; times without a verb may be a count: "three times"."""
    found = re.search(rf"{_EN_START}{_VERBS}", lead, re.I)
    counted = quantity.unit == "times" and not found and not quantity.text.lower().endswith("fold")
    if counted and quantity.text[:1].isalpha() and not _RIGHT_AS.match(tail):
        return "level", 1, False
    return "change", -1 if found and found.group("down") else 1, bool(found)


def _goes_on(lead: str, before: Change) -> bool:
    """Whether a rate goes on with the change before it: "up 5% on the year and 2% …"."""
    return before.role == "change" and before.unit in ("%", "pp") and _CONTINUES.fullmatch(lead) is not None


_GROWTH_LEFT = re.compile(r"\bgrowth(?:\s+rate)?\b[^,;]{0,30}$|增速[^，。]{0,8}$|增长率[^，。]{0,8}$", re.I)
_CONTINUES = re.compile(
    r"\s*,?\s*(?:year[\s-](?:on|over)[\s-]year|yoy|month[\s-](?:on|over)[\s-]month|from\s+\w+(?:\s\d{4})?(?:\s+to\s+\d{4})?|in\s+\w+|compared\s+(?:with|to)\s+\w+|on\s+the\s+(?:year|month)|annually)?\s*,?\s*(?:and|or|,|和|及|、)\s*(?:by\s+|about\s+|nearly\s+|over\s+|more\s+than\s+)?",
    re.I,
)


def _times(
    lead: str, tail: str, quantity: Quantity, role: Role, sign: int
) -> tuple[Decimal, str, Decimal, Role, int]:
    """Growth of 1.3 times is +130 %; 2.5 times as many is +150 %; elsewhere the times stay as they are."""
    value, step = quantity.value, quantity.step
    hundred = Decimal(100)
    if _RIGHT_AS.match(tail) or (
        re.search(r"[是为达]\s*$", lead) and not re.search(r"(?:增长|增加|上升)[^，。]{0,3}$", lead)
    ):
        return (value - 1) * hundred, "%", step * hundred, "change", 1
    if (
        quantity.text.lower().endswith("fold")
        and role != "change"
        and re.match(r"\s*(?:increase|rise|growth|jump)", tail)
    ):
        role, sign = "change", 1
    if role == "change" and not re.search(r"\bto\s*(?:about\s*)?$", lead):
        if _RIGHT_THAN.match(tail):
            return value, "times", step, "change", 1
        return value * hundred, "%", step * hundred, "change", sign
    return value, "times", step, "level", 1


def _multipliers(text: str) -> Iterator[Change]:
    for match in _MULTIPLIER.finditer(text):
        word = match.group("word").lower()
        value = Decimal(_FACTORS.get(word, _FACTORS.get(word[:4], 0)))
        if word in ("double", "triple", "treble", "quadruple") and not re.search(
            r"\b(?:to|will|would|can|could|should|nearly|almost|may|than)\s+$",
            text[max(0, match.start("word") - 8) : match.start("word")],
            re.I,
        ):
            continue
        bound: Bound = (
            "over"
            if match.group("over")
            else "nearly"
            if match.group("nearly")
            else "about"
            if match.group("about")
            else "exactly"
        )
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        quantity = Quantity(
            abs(value), "%", bound, None, start, match.end(), text[start : match.end()], Decimal(100)
        )
        tail = text[match.end() : match.end() + 100]
        lead = text[max(0, start - 40) : start]
        yield Change(
            quantity, "change", value, "%", Decimal(100), find_basis(lead, tail)[0], start, match.end()
        )
