"""Words that ask and ask nicely, without saying what for: no series has to have them."""

from __future__ import annotations

import re

from index.lookup.terms import find_terms

_FILLERS = """
edition editions outlook survey surveys industry market
a an the of in on at to for from by with as per and or but so also then than that this these those there here it
its it's is are was were be been being am do does did done has have had having can could will would should shall
may might must what whats what's which who whom whose when where why how hows much many long big large high i me my
we us our you your they them their he she one ones hey hi hello please pls plz thanks thx ok okay yo bot seminar
seminarbot hm hmm um uh well actually just quick quickly question know tell show give get find look looking need
want wanted like say says said see seen check wondering wonder curious remind got let any some all about around
approximately roughly exactly precisely overall total totals full whole entire figure figures number numbers nr num
value values data datum stat stats statistic statistics amount amounts volume volumes quantity level levels rate
rates count counts reading readings point points result results info information report reported reports release
released stood stand came come reach reached reaching hit amounted equal equals go went going move moved moving
shift shifted happen happened
during within over between since until through throughout into out up upto end ended ending beginning early late
mid year years yr yrs month months quarter quarters week day days period time times annual annually monthly yearly
quarterly last previous prior past next same earlier later ago before after year's month's unit units thousand
thousands million millions billion billions wan not no yes nope instead rather still yet already ever only even too
very really vs versus compared compare comparison against both each other another country countries according table
tables article dataset sheet chart document source listed list sold made produced hold held holding available exist
existing recorded published stated state states change changed changes difference breakdown split mix detail
details number implied imply implies inferred alone thing things back exceed exceeds exceeded exceeding
priciest costliest plus tho though
"""
FILLERS = frozenset(term for word in _FILLERS.split() for term in find_terms(word)) | frozenset(
    _FILLERS.split()
)
FILLER_ZH = re.compile(
    "多少|百分比|百分之|比例|比重|什么|怎么样|怎样|如何|请问|请|告诉我|数据|情况|数字|大概|大约|左右|为|达到|达|是|的|吗|呢|了|在|有|我国|同期|分别|各|和|与|及"
    "|几|辆|个|年|月|日|季度|上半年|下半年|全年|当月|单月|一共|总共|共|总|量|哪|想知道|查一下|查|看|给我|帮我|现在|目前"
)
"""Chinese function words, left out before the rest is read as words."""
