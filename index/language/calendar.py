# ruff: noqa: E501, PLR0911
"""How periods are written: one pattern for English, one for Chinese, and what each form means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.language import periods
from index.language.numerals import TENS, UNITS, han_value
from index.language.parts import find_parts
from index.language.periods import FoundPeriod, Origin, Period

_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_Y = r"(?:1[6-9]|20|21)\d\d"
_YA = rf"(?:,?\s+(?:of\s+|in\s+)?(?:the\s+year\s+)?(?:(?P<{{0}}>{_Y})(?![\d%]|,\d)|(?P<{{0}}r>(?:this|last|next|the\s+(?:same|previous|following))\s+year)))"
_N = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_TO = r"\s*(?:to|through|until|till|and|[-–—/])\s*"
_DASH = r"\s?(?:to|through|till|until|[-–—])\s?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_REL = r"(?:this|last|next|the\s+(?:previous|past|current|coming|following|same|preceding|prior)|previous|current|same|prior|coming|following|past)"


def _year_after(name: str) -> str:
    return _YA.replace("{0}", name)


_FORMS: tuple[tuple[str, str], ...] = (
    ("iso_day", r"(?<![\d/.-])(?P<iso_y>\d{4})[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})(?![\d/-])"),
    ("iso_month", rf"(?<![\d/.-])(?P<ism_y>{_Y})[-/](?P<ism_m>0[1-9]|1[0-2])(?![\d/-])"),
    ("us_day", r"(?<![\d/.-])(?P<usd_m>\d{1,2})/(?P<usd_d>\d{1,2})/(?P<usd_y>\d{4}|\d\d)(?![\d/])"),
    ("window", rf"(?:(?:the\s+)?(?P<win_n>\d{{1,2}}|{_N})[\s-]months?|(?P<win_y>(?:the\s+)?(?:fiscal\s+|financial\s+|full\s+)?year)|(?P<win_q>(?:the\s+)?(?:three\s+months|quarter))|(?P<win_h>(?:the\s+)?half[\s-]year))\s+"
               rf"(?:to|through|ended|ending|up\s+to|until)\s+(?:on\s+)?(?:end[\s-](?:of\s+)?|the\s+end\s+of\s+)?(?:(?P<win_d>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<win_m>{_M})(?:\s+(?P<win_d2>\d{{1,2}})(?![\d]))?{_year_after('win_yy')}?"),
    ("first_months", rf"(?:the\s+)?first\s+(?P<fm_n>\d{{1,2}}|{_N})\s+(?P<fm_u>months|quarters|weeks|days)(?:{_year_after('fm_y')}|\s+(?:of\s+)?(?P<fm_r>this|last|next|the)\s+year|\s+(?P<fm_y2>{_Y}))?"),
    ("fiscal", r"\b(?:FY|fiscal(?:\s+year)?|financial\s+year|the\s+(?:fiscal|financial)\s+year)\s?'?(?P<fy>(?:20|19)?\d\d)(?:\s?[/–-]\s?(?P<fy2>(?:20|19)?\d\d)(?!\d))?(?!\d|,\d)"),
    ("quarter", rf"\b(?:(?P<q_c>[QT])(?P<q_n>[1-4])(?:\s?[-–/]\s?Q(?P<q_n2>[1-4]))?(?:\s*(?:of\s+|,\s?|/|-)?\s*(?:FY\s?)?'?(?P<q_y>{_Y}|\d\d(?![\d%,.]|\s?(?:percent|per|million|billion|GWh|units))))?|(?P<q_m>[1-4])Q\s?'?(?P<q_my>{_Y}|\d\d)?"
                rf"|(?P<q_yy>{_Y})[\s-]?Q(?P<q_yn>[1-4]))(?:\s+of)?(?:\s+(?P<q_r>this|last|next)\s+year)?(?![\dA-Za-z])"),
    ("ord_quarter", rf"(?:the\s+)?(?P<oq_n>{_ORD}|final|last)[\s-]+quarter(?!\s+of\s+(?:a|an|all|its|their|the\s+(?!year|following|previous|same)))(?:{_year_after('oq_y')})?"),
    ("half", rf"\b(?:H(?P<h_n>[12])(?:\s*(?:of\s+|,\s?|-|/)?\s*'?(?P<h_y>{_Y}|\d\d(?![\d%,.]|\s?(?:percent|per|million|billion|GWh|units))))?|(?P<h_m>[12])H\s?'?(?P<h_my>{_Y}|\d\d)?|(?P<h_yy>{_Y})[\s-]?H(?P<h_yn>[12]))(?![\dA-Za-z])"),
    ("ord_half", rf"(?:the\s+)?(?P<oh_n>first|second|1st|2nd|latter|last)[\s-]+half(?!\s+of\s+(?:a|an|all|its|their|the\s+(?!year|following|previous|same))|[\s-](?:hour|million))(?:{_year_after('oh_y')})?"),
    ("end_of", rf"(?:(?:the|at|by)\s+)?(?:the\s+)?(?P<eo_w>end|beginning|start|close|turn)[\s-](?:of\s+)?(?:the\s+)?(?:(?P<eo_m>{_M})(?:{_year_after('eo_my')})?|(?P<eo_y>{_Y})(?![\d%])|(?P<eo_r>this|last|next|the)\s+(?P<eo_u>year|month|quarter|decade))"),
    ("last_month_of", rf"the\s+(?P<lm_w>last|first|final)\s+month\s+of\s+(?P<lm_y>{_Y})"),
    ("dmy_range", rf"\b(?P<dr_d>{_DAY}){_DASH}(?P<dr_e>{_DAY})\s+(?:of\s+)?(?P<dr_m>{_M})(?:{_year_after('dr_y')})?"),
    ("mdy_range", rf"\b(?P<mr_m>{_M})\s+(?P<mr_d>{_DAY})(?P<mr_c>{_DASH}|\s+and\s+)(?:(?P<mr_m2>{_M})\s+)?(?P<mr_e>\d{{1,2}}(?:st|nd|rd|th)?)(?![\d.%,]\d|\d|\s?%)(?:{_year_after('mr_y')})?"),
    ("dmy", rf"\b(?:the\s+)?(?P<d_d>{_DAY})(?:\s+of)?[\s-](?P<d_m>{_M})(?:[\s,-]+(?:of\s+)?(?P<d_y>{_Y})(?!\d))?"),
    ("mdy", rf"\b(?P<m_m>{_M})[\s-]+(?:the\s+)?(?P<m_d>{_DAY})(?![\d]|\.\d|,\d{{3}}|\s?%|\s(?:percent|million|billion|GWh|units))(?:{_year_after('m_y')})?"),
    ("months", rf"\b(?:(?:from|between)\s+)?(?P<ms_a>{_M})(?:\s+(?P<ms_ay>{_Y}))?(?P<ms_c>{_DASH}|\s+and\s+|/)(?P<ms_b>{_M})(?:\s+period)?(?:{_year_after('ms_y')}|\s+(?P<ms_r>this|last)\s+year)?"),
    ("month", rf"\b(?:(?P<mo_w>early|late|mid)[\s-]+)?(?P<mo_m>{_M})(?!\s*[’']s\b(?=x))(?:{_year_after('mo_y')}|\s?'(?P<mo_s>\d\d)(?!\d)|-(?P<mo_t>\d\d|{_Y})(?!\d)|\s+(?P<mo_r>this|last|next)\s+year)?"),
    ("years", rf"(?<![\d.,$€£/-])(?:(?P<ys_w>between|from)\s+)?(?P<ys_a>{_Y})(?P<ys_c>\s?[-–—/]\s?|\s+to\s+|\s+through\s+|\s+and\s+)(?:the\s+year\s+)?(?P<ys_b>{_Y}|\d\d(?![\d]))(?![\d%.,]\d|\d|\s?%|/|-\d|\s?(?:GWh|kWh|million|billion|units|vehicles))"),
    ("same", r"(?:the\s+)?(?:same|corresponding|comparable)\s+(?:period|month|time|quarter|half)(?:\s+(?:of|in))?(?:\s+(?P<sa_r>last\s+year|the\s+(?:previous|prior|preceding)\s+year|a\s+year\s+(?:ago|earlier|before)|this\s+year|(?:19|20)\d\d))?(?!\s*[A-Za-z]*\s+[a-z]+\s+ago\b(?=x))"),
    ("ago", rf"\b(?:(?P<ag_n>\d{{1,3}}|a|an|one|{_N})\s+(?P<ag_u>year|month|quarter|week|day|decade)s?\s+(?P<ag_w>ago|earlier|before|previously)|(?P<ag_e>yesterday|today|tomorrow))\b"),
    ("ytd", rf"(?:\b(?:year[\s-]to[\s-]date|YTD|so\s+far\s+this\s+year)\b)(?:\s+(?P<yt_y>{_Y}))?"),
    ("rel_n", rf"\b(?:the\s+)?(?P<rn_w>last|past|next|previous|coming|following)\s+(?P<rn_n>\d{{1,3}}|{_N}|few|several)\s+(?P<rn_u>years|months|quarters|weeks|days|decades)\b"),
    ("rel", rf"\b(?:(?P<re_m>mid|early|late(?:r)?)[\s-]+)?(?P<re_w>{_REL})\s+(?P<re_u>calendar\s+year|year|month|quarter|week|weekend|decade|century|half[\s-]year)(?![\s-](?:earlier|ago|before|old))\b"),
    ("decade", r"\b(?:the\s+)?(?:(?P<de_w>early|late|mid)[\s-]+)?(?P<de_y>(?:1[6-9]|20)\d0)['’]?s\b"),
    ("weekday", r"\b(?:(?P<wd_r>last|next|this|on|coming|past)\s+)?(?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
    ("year", rf"(?<![\d.,$€£¥/+\-–A-Za-z&])(?:(?:mid|early|late|calendar|the\s+year|the\s+full\s+year|full[\s-]year)[\s-]+)?(?P<y>{_Y})(?!\d|,\d|\.\d|%|\s?%|-\d|/\d|[\s-]?(?:percent|GWh|kWh|MWh|MW|GW|km|vehicles|units|cars|tonnes|tons|yuan|euros|dollars|people|employees|jobs|workers|mAh|Wh|kg|m\b|cycles|buses|stations|points\b|companies|miles|charging|million|billion)\b)(?![A-Za-z]|\s?[多余]?(?:[万亿辆吨]|台(?!湾)))"),
)  # fmt: skip
_MAY = re.compile(r"(?:[Mm]ay|[Mm]arch|mar|dec|sep|jun|jan|apr|aug|oct|nov|jul|feb|sept)\b")
_ENGLISH = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS), re.I)
_MAYBE = re.compile(
    r"\d|year|month|quarter|half|week|day|decade|period|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|morrow|ytd|ago|earlier|same|centur",
    re.I,
)

_HY = r"(?:(?P<{0}y>(?:19|20)\d\d)\s?年|(?P<{0}s>[012]\d)年|(?P<{0}r>今年|去年|明年|本年|前年|当年|上年|同年))(?:度)?"
_HM = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"


def _han_year(name: str) -> str:
    return _HY.replace("{0}", name)


_HAN_FORMS: tuple[tuple[str, str], ...] = (
    ("han_day", rf"(?:{_han_year('hd')}的?)?(?P<hd_m>\d{{1,2}})月(?:份)?(?P<hd_d>\d{{1,2}})[日号]"),
    ("han_years", r"(?P<hys_a>(?:19|20)\d\d)\s?年?\s?[-–—~～至到]{1,2}\s?(?P<hys_b>(?:19|20)\d\d)\s?年"),
    ("han_end", rf"(?:截至|截止|到|至)?(?:{_han_year('he')}的?)(?:(?P<he_m>{_HM})月)?(?P<he_w>年?底|年?末|年?初)"),
    ("han_months", rf"(?:{_han_year('hm')}的?)?(?P<hm_a>{_HM})\s?月?(?:份)?\s?(?:[-–—~～至到]{{1,2}}|－|、)\s?(?P<hm_b>{_HM})\s?月(?:份)?"),
    ("han_first", rf"(?:{_han_year('hf')}的?)?前(?P<hf_n>{_HM})(?P<hf_u>个月|月|季度|个季度)"),
    ("han_quarter", rf"(?:{_han_year('hq')}的?)?第?(?P<hq_n>[一二三四1-4])季度"),
    ("han_quarter2", rf"{_han_year('hr')}的?\s?Q(?P<hr_n>[1-4])(?![\dA-Za-z])"),
    ("han_half", rf"(?:{_han_year('hh')}的?)?(?P<hh_n>上|下)半年"),
    ("han_month", rf"(?:{_han_year('ho')}的?)?(?P<ho_m>\d{{1,2}}|十[一二]|(?<![零一二三四五六七八九十])[一二三四五六七八九十])月(?:份)?(?![\d])"),
    ("han_same", r"去年同期|上年同期|同期|(?:去年|上年)同月"),
    ("han_rel", r"(?P<hx>上个?月|本月|当月|下个?月|上季度|本季度|上周|本周)"),
    ("han_year", rf"{_han_year('hy')}(?:全年|整年)?"),
)  # fmt: skip
_HAN = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _HAN_FORMS))
_HAN_MAYBE = re.compile(r"[年月季周期]|[\u3400-\u9fff]\s?Q[1-4]")

_NUMBERS = {**UNITS, **TENS, "a": 1, "an": 1, "few": 3, "several": 3}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
    "last": 4,
    "latter": 2,
}
_MONTH_KEYS = {name.lower()[:3]: place + 1 for place, name in enumerate(periods.MONTHS)}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(slots=True)
class _Clock:
    """What is known of the year while a text is read: its date, its metadata, and the periods said before."""

    today: date | None
    given: int | None
    text: str
    last: Period | None = None
    """The last period whose year the text states."""


Reading = Callable[[re.Match[str], _Clock], Period | None]


def find(
    text: str, *, today: date | None, year: int | None, context: Period | None
) -> tuple[FoundPeriod, ...]:
    """Every period of a text, in order, none inside another."""
    plain = _find(text, today=today, year=year, context=context)
    parts = find_parts(text, today, lambda tail: _find(tail, today=today, year=year, context=context))
    if not parts:
        return plain
    kept: list[FoundPeriod] = []
    for one in sorted((*plain, *parts), key=lambda found: (found.start, -found.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _find(
    text: str, *, today: date | None, year: int | None, context: Period | None
) -> tuple[FoundPeriod, ...]:
    """The periods that one pattern reads."""
    clock = _Clock(today, year, text, _first_year(text) or context)
    found: list[FoundPeriod] = []
    has_han = _HAN_MAYBE.search(text) is not None
    if _MAYBE.search(text) is None and not has_han:
        return ()
    matches = list(_english(text))
    if has_han:
        han = list(_HAN.finditer(text))
        taken = [match.span() for match in han]
        matches = [match for match in matches if not _touches(match.span(), taken)] + han
        matches.sort(key=lambda match: match.start())
    for match in matches:
        name = match.lastgroup or ""
        name = name if name in _READ else next((form for form in _READ if match.groupdict().get(form)), "")
        if not name or _is_word(match):
            continue
        for period, start, end in _read(name, match, clock):
            found.append(FoundPeriod(period, start, end, text[start:end]))
            if (
                period.start is not None
                and period.origin == "stated"
                and name not in ("same", "ago")
                and not _AFTER_THAN.search(text, max(0, start - 16), start)
            ):
                clock.last = period
    return tuple(found)


_START = re.compile(
    r"(?<![A-Za-z\d])(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4]|t[1-4]|h[12]|fy|fiscal|financial|year|quarter|half|first|second|third|fourth|final|latter|last|next|this|previous|past|current|coming|following|"
    r"prior|same|corresponding|comparable|mid|early|late|calendar|full|end|beginning|start|close|turn|ytd|so\s+far|yesterday|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|on\s+[mtwfs]|"
    r"(?:from|between)\s+(?:\d{4}|[jfmasond][a-z]{2})|by\s+(?:the\s+)?(?:end|start|close|beginning|turn)|at\s+(?:the\s+)?(?:end|start|close|beginning|turn)|"
    r"(?:an?|" + _N + r")[\s-](?:year|month|quarter|week|day|decade)|"
    r"the\s+(?:\d|first|second|third|fourth|final|last|latter|same|corresponding|comparable|previous|past|current|coming|following|preceding|prior|next|year|fiscal|financial|full|quarter|three|half|end|beginning|start|close|turn|early|late|mid|"
    + _N
    + r"))",
    re.I,
)
"""Where a period may begin: the long pattern is tried nowhere else."""


def _english(text: str) -> Iterator[re.Match[str]]:
    done = 0
    for start in _START.finditer(text):
        if start.start() >= done and (match := _ENGLISH.match(text, start.start())):
            done = match.end()
            yield match


def _touches(one: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(a < one[1] and one[0] < b for a, b in spans)


_STATED_YEAR = re.compile(rf"(?<![\d.,$€£/+-])({_Y})(?![\d,%]|\s?年?底)")


def _first_year(text: str) -> Period | None:
    years = {
        found.group(1)
        for found in _STATED_YEAR.finditer(text)
        if not _AFTER_THAN.search(text, max(0, found.start() - 16), found.start())
    }
    return periods.year(int(years.pop())) if len(years) == 1 else None


_NOT_MONTH = re.compile(r"(?:may|march)\b", re.I)
_MODAL = re.compile(
    r"\s+(?:be|have|not|also|well|take|need|see|only|lead|help|become|reach|I|we|you|they|it|he|she|the)\b"
)


def _is_word(match: re.Match[str]) -> bool:
    """A month's name that is another word here: "may", "march"; "Sun", "mar"."""
    found = match.groupdict().get("mo_m")
    if not found or match.lastgroup is None:
        return False
    if found[0].islower() and (len(found) <= 4 or found == "march") and not match.group("mo_y"):
        return True
    return found == "May" and not match.group("mo_y") and bool(_MODAL.match(match.string, match.end()))


def _read(name: str, match: re.Match[str], clock: _Clock) -> list[tuple[Period, int, int]]:
    try:
        if name == "years":
            return _years(match)
        period = _READ[name](match, clock)
    except (ValueError, OverflowError):
        return []
    return [] if period is None else [(period, *_trim(match))]


_LEAD = re.compile(r"(?:the|from|between|by|at|on|截至|截止|到|至)\s*(?:the\s+)?(?=\S)", re.I)


def _trim(match: re.Match[str]) -> tuple[int, int]:
    """The span without "from" before it and space after it."""
    lead = re.compile(r"(?:from|between|by|at|on)\s+", re.I).match(match.group())
    start = match.start() + (lead.end() if lead else 0)
    return start, match.start() + len(match.group().rstrip(" ,\n"))


def _years(match: re.Match[str]) -> list[tuple[Period, int, int]]:
    """ "2020-2021" is a span; "from 2020 to 2021" and "between 2019 and 2021" name two years."""
    first, last = int(match.group("ys_a")), match.group("ys_b")
    sign, word = match.group("ys_c").strip(), (match.group("ys_w") or "").lower()
    a, b = (match.start("ys_a"), match.end("ys_a")), (match.start("ys_b"), match.end("ys_b"))
    if len(last) == 2:
        if sign not in ("-", "–", "/") or int(last) != (first + 1) % 100:
            return (
                [(periods.year(first), *a)]
                if not (int(last) > first % 100 and sign in ("-", "–"))
                else [
                    (
                        periods.span(date(first, 1, 1), date(first // 100 * 100 + int(last) + 1, 1, 1)),
                        a[0],
                        b[1],
                    )
                ]
            )
        if sign == "/":
            return [
                (
                    periods.span(date(first, 4, 1), date(first + 1, 4, 1), label=f"FY{first}/{last}"),
                    a[0],
                    b[1],
                )
            ]
        last = str(first // 100 * 100 + int(last))
    final = int(last)
    if (sign.lower() in ("and", "to", "through") and (sign.lower() == "and" or word != "")) or final <= first:
        return [(periods.year(first), *a), (periods.year(final), *b)]
    return [(periods.span(date(first, 1, 1), date(final + 1, 1, 1)), a[0], b[1])]


def _month_number(word: str) -> int:
    return _MONTH_KEYS[word.strip(". ").lower()[:3]]


def _number(word: str) -> int:
    word = word.lower()
    return int(word) if word.isdigit() else _NUMBERS[word]


def _short_year(word: str) -> int:
    number = int(word)
    return number if number > 99 else 2000 + number if number < 50 else 1900 + number


def _relative(word: str, clock: _Clock) -> tuple[int, Origin] | None:
    """ "this year", "last year", 去年: a year counted from the document's date, or from the year it speaks of."""
    word = " ".join(word.lower().split())
    step = (
        -1
        if re.search(r"last|previous|prior|去年|上年", word)
        else 1
        if re.search(r"next|following|明年", word)
        else -2
        if word == "前年"
        else 0
    )
    if (
        ("previous" in word or "following" in word or "same" in word or word in ("同年", "当年", "上年"))
        and clock.last
        and clock.last.start
    ):
        return clock.last.start.year + step, "context"
    if clock.today:
        return clock.today.year + step, "document date"
    if clock.given:
        return clock.given + step, "inferred"
    return None


_AFTER_THAN = re.compile(
    r"(?:from|than|versus|vs\.?|with|over|against|(?:level|number|amount|figure|that|those|as|than)\s+(?:of|in)|比|较)\s*$",
    re.I,
)
_FUTURE = re.compile(
    r"\b(?:will|expected to|plans? to|is set to|by|until|before|next|due in|scheduled)\b[^.;]{0,40}$", re.I
)


def _year_for(first: int, last: int, match: re.Match[str], clock: _Clock) -> tuple[int, Origin] | None:
    """The year of months that name none: the nearest to the context's months, or the latest by the document's date."""
    context = clock.last
    if context and context.start and context.end:
        y = context.start.year
        if context.grain == "month":
            choices = (
                (y, y - 1)
                if _AFTER_THAN.search(clock.text, max(0, match.start() - 12), match.start())
                else (y,)
            )
            if (context.start.month, 1) < (first, 0) and len(choices) == 2:
                return choices[1], "context"
            return y, "context"
        if (context.end - context.start).days <= 366 and context.grain != "day":
            return y, "context"
    if clock.today:
        now = clock.today
        if _FUTURE.search(clock.text[max(0, match.start() - 50) : match.start()]) and last >= now.month:
            return now.year, "document date"
        return (now.year if last <= now.month else now.year - 1), "document date"
    if clock.given:
        return clock.given, "inferred"
    return None


def _in_year(
    match: re.Match[str], clock: _Clock, stated: str | None, relative: str | None, first: int, last: int
) -> tuple[int, Origin] | None:
    if stated:
        return _short_year(stated), "stated"
    if relative:
        return _relative(relative, clock)
    return _year_for(first, last, match, clock)


def _months(known: tuple[int, Origin] | None, first: int, last: int) -> Period:
    if known is None:
        return periods.undated(first, last)
    return periods.months(known[0], first, last, origin=known[1])


# ---- English ---------------------------------------------------------------------------------------------------


def _iso_day(m: re.Match[str], _clock: _Clock) -> Period | None:
    return periods.day(date(int(m["iso_y"]), int(m["iso_m"]), int(m["iso_d"])))


def _iso_month(m: re.Match[str], _clock: _Clock) -> Period | None:
    return periods.month(int(m["ism_y"]), int(m["ism_m"]))


def _us_day(m: re.Match[str], _clock: _Clock) -> Period | None:
    a, b = int(m["usd_m"]), int(m["usd_d"])
    a, b = (b, a) if a > 12 else (a, b)
    return periods.day(date(_short_year(m["usd_y"]), a, b))


def _window(m: re.Match[str], clock: _Clock) -> Period | None:
    last = _month_number(m["win_m"])
    length = _number(m["win_n"]) if m["win_n"] else 12 if m["win_y"] else 6 if m["win_h"] else 3
    known = _in_year(m, clock, m["win_yy"], m["win_yyr"], last, last)
    if known is None:
        return None
    end = periods.month(known[0], last).end
    day = int(m["win_d"] or m["win_d2"] or 0)
    if end is None or not 1 <= length <= 60:
        return None
    start = periods.shift(periods.month(known[0], last), months=1 - length).start
    if start is None:
        return None
    if 0 < day < 28:
        end = date(known[0], last, day) + timedelta(days=1)
        start = periods.shift(periods.day(date(known[0], last, day)), months=-length).end
        return None if start is None else periods.span(start, end, origin=known[1])
    if start.month == 1 and length == 12:
        return periods.year(start.year, origin=known[1])
    name = f"{length} months to {periods.MONTHS[last - 1]} {known[0]}"
    return periods.span(start, end, label="" if start.month == 1 and length < 12 else name, origin=known[1])


def _first_months(m: re.Match[str], clock: _Clock) -> Period | None:
    n = _number(m["fm_n"])
    unit = m["fm_u"].lower()
    if unit in ("weeks", "days"):
        return None
    n = n * 3 if unit == "quarters" else n
    if not 1 <= n <= 12:
        return None
    relative = m["fm_yr"] or (f"{m['fm_r']} year" if m["fm_r"] else None)
    known = _in_year(m, clock, m["fm_y"] or m["fm_y2"], relative, 1, n)
    return _months(known, 1, n)


def _fiscal(m: re.Match[str], _clock: _Clock) -> Period | None:
    first = _short_year(m["fy"])
    if m["fy2"]:
        return periods.span(date(first, 4, 1), date(first + 1, 4, 1), label=f"FY{first}/{m['fy2'][-2:]}")
    return periods.year(first)


def _quarter(m: re.Match[str], clock: _Clock) -> Period | None:
    n = int(m["q_n"] or m["q_m"] or m["q_yn"])
    if (m["q_c"] or "Q").upper() == "T" or ((m["q_c"] or "Q") == "q" and not m["q_y"]):
        return None
    last = int(m["q_n2"] or n)
    relative = f"{m['q_r']} year" if m["q_r"] else None
    known = _in_year(m, clock, m["q_y"] or m["q_my"] or m["q_yy"], relative, 3 * n - 2, 3 * last)
    return _quarter_of(known, n, last)


def _quarter_of(known: tuple[int, Origin] | None, n: int, last: int) -> Period:
    if known is None:
        return (
            replace(
                periods.undated(3 * n - 2, 3 * last),
                grain="quarter",
                label=f"Q{n} (year not stated)",
                cumulative=False,
            )
            if n == last
            else periods.undated(3 * n - 2, 3 * last)
        )
    if n == last:
        return periods.quarter(known[0], n, origin=known[1])
    return periods.months(known[0], 3 * n - 2, 3 * last, origin=known[1])


def _ord_quarter(m: re.Match[str], clock: _Clock) -> Period | None:
    n = _ORDINALS[m["oq_n"].lower()]
    if m["oq_n"].lower() == "last" and not (m["oq_y"] or m["oq_yr"]):
        return _rel_unit("last", "quarter", clock)
    known = _in_year(m, clock, m["oq_y"], m["oq_yr"], 3 * n - 2, 3 * n)
    if known and known[1] == "document date" and not m["oq_yr"] and _is_in_quarter(clock, n):
        known = known[0] + 1 if clock.today and known[0] < clock.today.year else known[0], known[1]
    return _quarter_of(known, n, n)


def _is_in_quarter(clock: _Clock, n: int) -> bool:
    """Whether the text was written in that quarter of the year: it speaks of the one under way."""
    return clock.today is not None and (clock.today.month + 2) // 3 == n


def _half(m: re.Match[str], clock: _Clock) -> Period | None:
    n = int(m["h_n"] or m["h_m"] or m["h_yn"])
    return _half_of(_in_year(m, clock, m["h_y"] or m["h_my"] or m["h_yy"], None, 6 * n - 5, 6 * n), n)


def _half_of(known: tuple[int, Origin] | None, n: int) -> Period:
    if known is None:
        words = ("first half", "second half")[n - 1]
        return replace(periods.undated(6 * n - 5, 6 * n), grain="half", label=f"{words} (year not stated)")
    return periods.half(known[0], n, origin=known[1])


def _ord_half(m: re.Match[str], clock: _Clock) -> Period | None:
    n = min(_ORDINALS[m["oh_n"].lower()], 2)
    return _half_of(_in_year(m, clock, m["oh_y"], m["oh_yr"], 6 * n - 5, 6 * n), n)


def _end_of(m: re.Match[str], clock: _Clock) -> Period | None:
    if m["eo_m"]:
        number = _month_number(m["eo_m"])
        return _months(_in_year(m, clock, m["eo_my"], m["eo_myr"], number, number), number, number)
    if m["eo_y"]:
        return periods.year(int(m["eo_y"]))
    if m["eo_u"].lower() != "year":
        return _rel_unit(m["eo_r"].lower(), m["eo_u"].lower(), clock)
    known = _relative(f"{m['eo_r']} year", clock)
    return periods.year(known[0], origin=known[1]) if known else None


def _last_month_of(m: re.Match[str], _clock: _Clock) -> Period | None:
    return periods.month(int(m["lm_y"]), 1 if m["lm_w"].lower() == "first" else 12)


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _days(
    m: re.Match[str],
    clock: _Clock,
    month: str,
    first: str,
    last: str,
    stated: str | None,
    relative: str | None,
    month2: str | None = None,
) -> Period | None:
    number = _month_number(month)
    known = _in_year(m, clock, stated, relative, number, number)
    if known is None:
        return None
    start = date(known[0], number, _day_number(first))
    end = date(known[0], _month_number(month2) if month2 else number, _day_number(last)) + timedelta(days=1)
    return periods.span(start, end, origin=known[1]) if start < end else None


def _dmy_range(m: re.Match[str], clock: _Clock) -> Period | None:
    return _days(m, clock, m["dr_m"], m["dr_d"], m["dr_e"], m["dr_y"], m["dr_yr"])


def _mdy_range(m: re.Match[str], clock: _Clock) -> Period | None:
    return _days(m, clock, m["mr_m"], m["mr_d"], m["mr_e"], m["mr_y"], m["mr_yr"], m["mr_m2"])


def _one_day(
    m: re.Match[str], clock: _Clock, month: str, day: str, stated: str | None, relative: str | None
) -> Period | None:
    number = _month_number(month)
    known = _in_year(m, clock, stated, relative, number, number)
    if known and known[1] == "document date" and clock.today and not relative:
        known = _nearest_year(clock.today, number, _day_number(day)), known[1]
        if known[0] > clock.today.year and (number, _day_number(day)) in _ENDS:
            known = clock.today.year, known[1]
    return periods.day(date(known[0], number, _day_number(day)), origin=known[1]) if known else None


_ENDS = frozenset({(1, 31), (3, 31), (6, 30), (9, 30)})
"""Days on which books are closed: who names one without a year speaks of accounts, which are of the past."""


def _nearest_year(today: date, month: int, day: int) -> int:
    """The year in which a day is nearest to the document's date: "Dec. 7" of a text of 30 October is to come."""
    years = (today.year - 1, today.year, today.year + 1)
    return min(years, key=lambda y: abs((date(y, month, 1) - today).days + day - 1))


def _dmy(m: re.Match[str], clock: _Clock) -> Period | None:
    return _one_day(m, clock, m["d_m"], m["d_d"], m["d_y"], None)


def _mdy(m: re.Match[str], clock: _Clock) -> Period | None:
    return _one_day(m, clock, m["m_m"], m["m_d"], m["m_y"], m["m_yr"])


def _month_range(m: re.Match[str], clock: _Clock) -> Period | None:
    first, last = _month_number(m["ms_a"]), _month_number(m["ms_b"])
    relative = m["ms_yr"] or (f"{m['ms_r']} year" if m["ms_r"] else None)
    if m["ms_c"].strip().lower() in ("and", "/") and not (m.group().lower().startswith("between")):
        return (
            None
            if last < first
            else _months(_in_year(m, clock, m["ms_y"], relative, first, last), first, last)
        )
    known = _in_year(m, clock, m["ms_y"], relative, first, last)
    if m["ms_ay"] and known:
        start, end = (
            periods.month(int(m["ms_ay"]), first).start,
            periods.month(known[0] if m["ms_y"] else int(m["ms_ay"]), last).end,
        )
        return periods.span(start, end) if start and end and start < end else None
    if known and last < first:
        known = known[0] - 1, known[1]
    return _months(known, first, last)


def _month(m: re.Match[str], clock: _Clock) -> Period | None:
    number = _month_number(m["mo_m"])
    relative = m["mo_yr"] or (f"{m['mo_r']} year" if m["mo_r"] else None)
    known = _in_year(m, clock, m["mo_y"] or m["mo_s"] or m["mo_t"], relative, number, number)
    if known and known[1] == "document date" and clock.today and not relative:
        if _THIS.search(clock.text, max(0, m.start() - 6), m.start()):
            known = clock.today.year, known[1]
        elif _PART_OF_MONTH.match(m.group()):
            known = _nearest_year(clock.today, number, 15), known[1]
    return _months(known, number, number)


_THIS = re.compile(r"\bthis\s$", re.I)
_PART_OF_MONTH = re.compile(r"mid|early|late", re.I)
"""Who speaks of a part of a month speaks of one that is near."""


def _same(m: re.Match[str], clock: _Clock) -> Period | None:
    relative = m["sa_r"]
    base = clock.last
    if relative and relative[:2] in ("19", "20") and base and base.start:
        return periods.shift(replace(base, origin="context"), years=int(relative) - base.start.year)
    if (
        relative
        and "this" not in relative
        and base
        and base.start
        and base.grain in ("month", "quarter", "half", "span")
    ):
        return periods.shift(replace(base, origin="context"), years=-1)
    if relative and not base:
        known = _relative(relative, clock)
        return periods.year(known[0], origin=known[1]) if known else None
    return replace(base, origin="context") if base and not relative else None


def _ago(m: re.Match[str], clock: _Clock) -> Period | None:
    now = clock.today
    if m["ag_e"]:
        step = {"yesterday": -1, "today": 0, "tomorrow": 1}[m["ag_e"].lower()]
        return periods.day(now + timedelta(days=step), origin="document date") if now else None
    n, unit = _number(m["ag_n"]), m["ag_u"].lower()
    if (
        m["ag_w"].lower() != "ago"
        and clock.last
        and clock.last.start
        and unit in ("year", "month", "quarter")
    ):
        return periods.shift(
            replace(clock.last, origin="context"), months=-n * {"year": 12, "quarter": 3, "month": 1}[unit]
        )
    if now is None:
        return None
    if unit in ("week", "day"):
        return periods.day(now - timedelta(days=n * (7 if unit == "week" else 1)), origin="document date")
    if unit == "month":
        return periods.shift(periods.month(now.year, now.month, origin="document date"), months=-n)
    if unit == "quarter":
        return periods.shift(
            periods.quarter(now.year, (now.month + 2) // 3, origin="document date"), months=-3 * n
        )
    return periods.year(now.year - n * (10 if unit == "decade" else 1), origin="document date")


def _ytd(m: re.Match[str], clock: _Clock) -> Period | None:
    if m["yt_y"] and (clock.today is None or clock.today.year != int(m["yt_y"])):
        return periods.year(int(m["yt_y"]))
    return (
        periods.span(date(clock.today.year, 1, 1), clock.today + timedelta(days=1), origin="document date")
        if clock.today
        else None
    )


def _rel_n(m: re.Match[str], clock: _Clock) -> Period | None:
    now = clock.today
    if now is None or m["rn_n"].lower() in ("few", "several"):
        return None
    n, unit, ahead = (
        _number(m["rn_n"]),
        m["rn_u"].lower(),
        m["rn_w"].lower() in ("next", "coming", "following"),
    )
    if unit == "days":
        return (
            periods.span(now + timedelta(days=1), now + timedelta(days=n + 1), origin="document date")
            if ahead
            else periods.span(now - timedelta(days=n), now, origin="document date")
        )
    if unit == "weeks":
        return (
            periods.span(now + timedelta(days=1), now + timedelta(days=7 * n + 1), origin="document date")
            if ahead
            else periods.span(now - timedelta(days=7 * n), now, origin="document date")
        )
    if unit == "quarters":  # whole ones: "the last two quarters" of 4 July are those to the end of June
        this = periods.quarter(now.year, (now.month + 2) // 3)
        first, after = (periods.shift(this, months=3 * k) for k in ((1, n) if ahead else (-n, -1)))
        return (
            periods.span(first.start, after.end, origin="document date")
            if first.start and after.end
            else None
        )
    length = n * {"years": 12, "months": 1, "quarters": 3, "decades": 120}[unit]
    other = periods.shift(periods.day(now), months=length if ahead else -length).start
    if other is None:
        return None
    start, end = (now + timedelta(days=1), other + timedelta(days=1)) if ahead else (other, now)
    return periods.span(start, end, origin="document date")


_UNIT_STEPS = {
    "last": -1,
    "previous": -1,
    "past": -1,
    "prior": -1,
    "preceding": -1,
    "next": 1,
    "coming": 1,
    "following": 1,
}


def _rel(m: re.Match[str], clock: _Clock) -> Period | None:
    return _rel_unit(m["re_w"].lower().split()[-1], m["re_u"].lower(), clock)


def _rel_unit(word: str, unit: str, clock: _Clock) -> Period | None:
    step = _UNIT_STEPS.get(word, 0)
    if unit.endswith("year") and not unit.startswith("half"):
        known = _relative(f"{word} year", clock)
        return periods.year(known[0], origin=known[1]) if known else None
    base = clock.last
    now = (
        base.start
        if word in ("previous", "preceding", "prior", "same", "following") and base and base.start
        else clock.today
    )
    if now is None:
        return None
    origin: Origin = "document date" if now is clock.today else "context"
    if unit == "month":
        return periods.shift(periods.month(now.year, now.month, origin=origin), months=step)
    if unit == "quarter":
        return periods.shift(periods.quarter(now.year, (now.month + 2) // 3, origin=origin), months=3 * step)
    if unit in ("week", "weekend"):
        monday = now - timedelta(days=now.weekday()) + timedelta(days=7 * step)
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return replace(periods.span(first, monday + timedelta(days=7), origin=origin), grain="week")
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        start = (now.year // length + step) * length
        return periods.span(date(start, 1, 1), date(start + length, 1, 1), origin=origin)
    return None


def _decade(m: re.Match[str], _clock: _Clock) -> Period | None:
    first = int(m["de_y"])
    return periods.span(date(first, 1, 1), date(first + 10, 1, 1), label=f"the {first}s")


def _weekday(m: re.Match[str], clock: _Clock) -> Period | None:
    if clock.today is None:
        return None
    number, word = _WEEKDAYS.index(m["wd"].lower()), (m["wd_r"] or "").lower()
    monday = clock.today - timedelta(days=clock.today.weekday())
    if word in ("next", "last", "this"):
        when = monday + timedelta(days=number + {"next": 7, "last": -7, "this": 0}[word])
    else:
        when = clock.today - timedelta(days=(clock.today.weekday() - number) % 7)
    return periods.day(when, origin="document date")


def _year(m: re.Match[str], _clock: _Clock) -> Period | None:
    return periods.year(int(m["y"]))


# ---- Chinese ---------------------------------------------------------------------------------------------------


def _han_number(word: str) -> int:
    number = int(word) if word.isdigit() else han_value(word)
    if not number or number > 12:
        raise ValueError(word)
    return number


def _han_known(m: re.Match[str], clock: _Clock, key: str, first: int, last: int) -> tuple[int, Origin] | None:
    return _in_year(m, clock, m[f"{key}y"] or m[f"{key}s"], m[f"{key}r"], first, last)


def _han_day(m: re.Match[str], clock: _Clock) -> Period | None:
    number = _han_number(m["hd_m"])
    known = _han_known(m, clock, "hd", number, number)
    return periods.day(date(known[0], number, int(m["hd_d"])), origin=known[1]) if known else None


def _han_years(m: re.Match[str], _clock: _Clock) -> Period | None:
    first, last = int(m["hys_a"]), int(m["hys_b"])
    return periods.span(date(first, 1, 1), date(last + 1, 1, 1)) if first < last else None


def _han_end(m: re.Match[str], clock: _Clock) -> Period | None:
    if m["he_m"]:
        number = _han_number(m["he_m"])
        return _months(_han_known(m, clock, "he", number, number), number, number)
    known = _han_known(m, clock, "he", 1, 12)
    return periods.year(known[0], origin=known[1]) if known else None


def _han_months(m: re.Match[str], clock: _Clock) -> Period | None:
    first, last = _han_number(m["hm_a"]), _han_number(m["hm_b"])
    return _months(_han_known(m, clock, "hm", first, last), first, last) if first <= last else None


def _han_first(m: re.Match[str], clock: _Clock) -> Period | None:
    n = _han_number(m["hf_n"]) * (3 if "季" in m["hf_u"] else 1)
    return _months(_han_known(m, clock, "hf", 1, n), 1, n) if n <= 12 else None


def _han_quarter(m: re.Match[str], clock: _Clock) -> Period | None:
    n = _han_number(m["hq_n"])
    return _quarter_of(_han_known(m, clock, "hq", 3 * n - 2, 3 * n), n, n)


def _han_quarter2(m: re.Match[str], clock: _Clock) -> Period | None:
    n = int(m["hr_n"])
    return _quarter_of(_han_known(m, clock, "hr", 3 * n - 2, 3 * n), n, n)


def _han_half(m: re.Match[str], clock: _Clock) -> Period | None:
    n = 1 if m["hh_n"] == "上" else 2
    return _half_of(_han_known(m, clock, "hh", 6 * n - 5, 6 * n), n)


def _han_month(m: re.Match[str], clock: _Clock) -> Period | None:
    number = _han_number(m["ho_m"])
    return _months(_han_known(m, clock, "ho", number, number), number, number)


def _han_same(m: re.Match[str], clock: _Clock) -> Period | None:
    base = clock.last
    if base is None or base.start is None:
        return None
    step = 0 if m.group() == "同期" else -1
    return periods.shift(replace(base, origin="context"), years=step)


def _han_rel(m: re.Match[str], clock: _Clock) -> Period | None:
    word = m["hx"]
    if word == "当月" and clock.last and clock.last.grain == "month":
        return replace(clock.last, origin="context")
    step = -1 if word[0] == "上" else 1 if word[0] == "下" else 0
    unit = "month" if "月" in word else "quarter" if "季" in word else "week"
    return _rel_unit({-1: "last", 0: "this", 1: "next"}[step], unit, clock)


def _han_year_form(m: re.Match[str], clock: _Clock) -> Period | None:
    known = _han_known(m, clock, "hy", 1, 12)
    return periods.year(known[0], origin=known[1]) if known else None


_READ: dict[str, Reading] = {
    "iso_day": _iso_day, "iso_month": _iso_month, "us_day": _us_day, "window": _window, "first_months": _first_months,
    "fiscal": _fiscal, "quarter": _quarter, "ord_quarter": _ord_quarter, "half": _half, "ord_half": _ord_half,
    "end_of": _end_of, "last_month_of": _last_month_of, "dmy_range": _dmy_range, "mdy_range": _mdy_range, "dmy": _dmy,
    "mdy": _mdy, "months": _month_range, "month": _month, "years": _year, "same": _same, "ago": _ago, "ytd": _ytd,
    "rel_n": _rel_n, "rel": _rel, "decade": _decade, "weekday": _weekday, "year": _year, "han_day": _han_day,
    "han_years": _han_years, "han_end": _han_end, "han_months": _han_months, "han_first": _han_first,
    "han_quarter": _han_quarter, "han_quarter2": _han_quarter2, "han_half": _han_half, "han_month": _han_month,
    "han_same": _han_same, "han_rel": _han_rel, "han_year": _han_year_form,
}  # fmt: skip
