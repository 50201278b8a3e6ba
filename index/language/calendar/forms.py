# ruff: noqa: E501
"""How periods are written: one pattern for English, one for Chinese."""

from __future__ import annotations

import re

from index.language.numerals import TENS, UNITS

_M = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
Y = r"(?:1[6-9]|20|21)\d\d"
_YA = rf"(?:,?\s+(?:of\s+|in\s+)?(?:the\s+year\s+)?(?:(?P<{{0}}>{Y})(?![\d%]|,\d)|(?P<{{0}}r>(?:this|last|next|the\s+(?:same|previous|following))\s+year)))"
_N = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
_ORD = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_DASH = r"\s?(?:to|through|till|until|[-–—])\s?"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_REL = r"(?:this|last|next|the\s+(?:previous|past|current|coming|following|same|preceding|prior)|previous|current|same|prior|coming|following|past)"


def _year_after(name: str) -> str:
    return _YA.replace("{0}", name)


_FORMS: tuple[tuple[str, str], ...] = (
    ("iso_day", r"(?<![\d/.-])(?P<iso_y>\d{4})[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})(?![\d/-])"),
    ("iso_month", rf"(?<![\d/.-])(?P<ism_y>{Y})[-/](?P<ism_m>0[1-9]|1[0-2])(?![\d/-])"),
    ("us_day", r"(?<![\d/.-])(?P<usd_m>\d{1,2})/(?P<usd_d>\d{1,2})/(?P<usd_y>\d{4}|\d\d)(?![\d/])"),
    ("window", rf"(?:(?:the\s+)?(?P<win_n>\d{{1,2}}|{_N})[\s-]months?|(?P<win_y>(?:the\s+)?(?:fiscal\s+|financial\s+|full\s+)?year)|(?P<win_q>(?:the\s+)?(?:three\s+months|quarter))|(?P<win_h>(?:the\s+)?half[\s-]year))\s+"
               rf"(?:to|through|ended|ending|up\s+to|until)\s+(?:on\s+)?(?:end[\s-](?:of\s+)?|the\s+end\s+of\s+)?(?:(?P<win_d>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<win_m>{_M})(?:\s+(?P<win_d2>\d{{1,2}})(?![\d]))?{_year_after('win_yy')}?"),
    ("first_months", rf"(?:the\s+)?first\s+(?P<fm_n>\d{{1,2}}|{_N})\s+(?P<fm_u>months|quarters|weeks|days)(?:{_year_after('fm_y')}|\s+(?:of\s+)?(?P<fm_r>this|last|next|the)\s+year|\s+(?P<fm_y2>{Y}))?"),
    ("fiscal", r"\b(?:FY|fiscal(?:\s+year)?|financial\s+year|the\s+(?:fiscal|financial)\s+year)\s?'?(?P<fy>(?:20|19)?\d\d)(?:\s?[/–-]\s?(?P<fy2>(?:20|19)?\d\d)(?!\d))?(?!\d|,\d)"),
    ("quarter", rf"\b(?:(?P<q_c>[QT])(?P<q_n>[1-4])(?:\s?[-–/]\s?Q(?P<q_n2>[1-4]))?(?:\s*(?:of\s+|,\s?|/|-)?\s*(?:FY\s?)?'?(?P<q_y>{Y}|\d\d(?![\d%,.]|\s?(?:percent|per|million|billion|GWh|units))))?|(?P<q_m>[1-4])Q\s?'?(?P<q_my>{Y}|\d\d)?"
                rf"|(?P<q_yy>{Y})[\s-]?Q(?P<q_yn>[1-4]))(?:\s+of)?(?:\s+(?P<q_r>this|last|next)\s+year)?(?![\dA-Za-z])"),
    ("ord_quarter", rf"(?:the\s+)?(?P<oq_n>{_ORD}|final|last)[\s-]+quarter(?!\s+of\s+(?:a|an|all|its|their|the\s+(?!year|following|previous|same)))(?:{_year_after('oq_y')})?"),
    ("half", rf"\b(?:H(?P<h_n>[12])(?:\s*(?:of\s+|,\s?|-|/)?\s*'?(?P<h_y>{Y}|\d\d(?![\d%,.]|\s?(?:percent|per|million|billion|GWh|units))))?|(?P<h_m>[12])H\s?'?(?P<h_my>{Y}|\d\d)?|(?P<h_yy>{Y})[\s-]?H(?P<h_yn>[12]))(?![\dA-Za-z])"),
    ("ord_half", rf"(?:the\s+)?(?P<oh_n>first|second|1st|2nd|latter|last)[\s-]+half(?!\s+of\s+(?:a|an|all|its|their|the\s+(?!year|following|previous|same))|[\s-](?:hour|million))(?:{_year_after('oh_y')})?"),
    ("end_of", rf"(?:(?:the|at|by)\s+)?(?:the\s+)?(?P<eo_w>end|beginning|start|close|turn)[\s-](?:of\s+)?(?:the\s+)?(?:(?P<eo_m>{_M})(?:{_year_after('eo_my')})?|(?P<eo_y>{Y})(?![\d%])|(?P<eo_r>this|last|next|the)\s+(?P<eo_u>year|month|quarter|decade))"),
    ("last_month_of", rf"the\s+(?P<lm_w>last|first|final)\s+month\s+of\s+(?P<lm_y>{Y})"),
    ("dmy_range", rf"\b(?P<dr_d>{_DAY}){_DASH}(?P<dr_e>{_DAY})\s+(?:of\s+)?(?P<dr_m>{_M})(?:{_year_after('dr_y')})?"),
    ("mdy_range", rf"\b(?P<mr_m>{_M})\s+(?P<mr_d>{_DAY})(?P<mr_c>{_DASH}|\s+and\s+)(?:(?P<mr_m2>{_M})\s+)?(?P<mr_e>\d{{1,2}}(?:st|nd|rd|th)?)(?![\d.%,]\d|\d|\s?%)(?:{_year_after('mr_y')})?"),
    ("dmy", rf"\b(?:the\s+)?(?P<d_d>{_DAY})(?:\s+of)?[\s-](?P<d_m>{_M})(?:[\s,-]+(?:of\s+)?(?P<d_y>{Y})(?!\d))?"),
    ("mdy", rf"\b(?P<m_m>{_M})[\s-]+(?:the\s+)?(?P<m_d>{_DAY})(?![\d]|\.\d|,\d{{3}}|\s?%|\s(?:percent|million|billion|GWh|units))(?:{_year_after('m_y')})?"),
    ("months", rf"\b(?:(?:from|between)\s+)?(?P<ms_a>{_M})(?:\s+(?P<ms_ay>{Y}))?(?P<ms_c>{_DASH}|\s+and\s+|/)(?P<ms_b>{_M})(?:\s+period)?(?:{_year_after('ms_y')}|\s+(?P<ms_r>this|last)\s+year)?"),
    ("month", rf"\b(?:(?P<mo_w>early|late|mid)[\s-]+)?(?P<mo_m>{_M})(?!\s*[’']s\b(?=x))(?:{_year_after('mo_y')}|\s?'(?P<mo_s>\d\d)(?!\d)|-(?P<mo_t>\d\d|{Y})(?!\d)|\s+(?P<mo_r>this|last|next)\s+year)?"),
    ("years", rf"(?<![\d.,$€£/-])(?:(?P<ys_w>between|from)\s+)?(?P<ys_a>{Y})(?P<ys_c>\s?[-–—/]\s?|\s+to\s+|\s+through\s+|\s+and\s+)(?:the\s+year\s+)?(?P<ys_b>{Y}|\d\d(?![\d]))(?![\d%.,]\d|\d|\s?%|/|-\d|\s?(?:GWh|kWh|million|billion|units|vehicles))"),
    ("same", r"(?:the\s+)?(?:same|corresponding|comparable)\s+(?:period|month|time|quarter|half)(?:\s+(?:of|in))?(?:\s+(?P<sa_r>last\s+year|the\s+(?:previous|prior|preceding)\s+year|a\s+year\s+(?:ago|earlier|before)|this\s+year|(?:19|20)\d\d))?(?!\s*[A-Za-z]*\s+[a-z]+\s+ago\b(?=x))"),
    ("ago", rf"\b(?:(?P<ag_n>\d{{1,3}}|a|an|one|the(?=\s+(?:year|month|quarter)\s+(?:before|earlier))|{_N})\s+(?P<ag_u>year|month|quarter|week|day|decade)s?\s+(?P<ag_w>ago|earlier|before|previously)(?!\s+than\b)|(?P<ag_e>yesterday|today|tomorrow))\b"),
    ("ytd", rf"(?:\b(?:year[\s-]to[\s-]date|YTD|so\s+far\s+this\s+year)\b)(?:\s+(?P<yt_y>{Y}))?"),
    ("rel_n", rf"\b(?:the\s+)?(?P<rn_w>last|past|next|previous|coming|following)\s+(?P<rn_n>\d{{1,3}}|{_N}|few|several)\s+(?P<rn_u>years|months|quarters|weeks|days|decades)\b"),
    ("rel", rf"\b(?:(?P<re_m>mid|early|late(?:r)?)[\s-]+)?(?P<re_w>{_REL})\s+(?P<re_u>calendar\s+year|year|month|quarter|week|weekend|decade|century|half[\s-]year)(?![\s-](?:earlier|ago|before|old))\b"),
    ("decade", r"\b(?:the\s+)?(?:(?P<de_w>early|late|mid)[\s-]+)?(?P<de_y>(?:1[6-9]|20)\d0)['’]?s\b"),
    ("weekday", r"\b(?:(?P<wd_r>last|next|this|on|coming|past)\s+)?(?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"),
    ("year", rf"(?<![\d.,$€£¥/+\-–A-Za-z&])(?:(?:mid|early|late|calendar|the\s+year|the\s+full\s+year|full[\s-]year)[\s-]+)?(?P<y>{Y})(?!\d|,\d|\.\d|%|\s?%|-\d|/\d|[\s-]?(?:percent|GWh|kWh|MWh|MW|GW|km|vehicles|units|cars|tonnes|tons|yuan|euros|dollars|people|employees|jobs|workers|mAh|Wh|kg|m\b|cycles|buses|stations|points\b|companies|miles|charging|million|billion)\b)(?![A-Za-z]|\s?[多余]?(?:[万亿辆吨]|台(?!湾)))"),
)  # fmt: skip
ENGLISH = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _FORMS), re.I)
MAYBE = re.compile(
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
    ("han_month", rf"(?:{_han_year('ho')}的?)?(?P<ho_m>\d{{1,2}}|十[一二]|(?<![零一二三四五六七八九十])[一二三四五六七八九十])月(?:份)?(?!\d{{1,2}}(?!\d|[.,]\d|\s?[百千万亿%kMGT]))"),
    ("han_same", r"去年同期|上年同期|同期|(?:去年|上年)同月"),
    ("han_rel", r"(?P<hx>上个?月|本月|当月|下个?月|上季度|本季度|上周|本周)"),
    ("han_year", rf"{_han_year('hy')}(?:全年|整年)?"),
)  # fmt: skip
HAN = re.compile("|".join(f"(?P<{name}>{form})" for name, form in _HAN_FORMS))
HAN_MAYBE = re.compile(r"[年月季周期]|[\u3400-\u9fff]\s?Q[1-4]")


START = re.compile(
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
