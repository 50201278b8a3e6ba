"""Timing: the period of each number of a sentence, from its own words and from what the text is speaking of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from index.documents import Document
from index.figures.context import CARRIED
from index.figures.moved import (
    THAT_MONTH,
    after_base,
    is_to_come,
    nth_month,
    of_today,
    reached,
    whole_span,
    whole_year,
    year_after_base,
)
from index.figures.thread import Sentence, Thread
from index.figures.when import Timeline, choose
from index.language.changes import Change
from index.language.periods import Period

_YEARS_AGO = re.compile(
    r"[^.;,]{0,30}\b(?:two|three|four|five|ten|\d{1,2})\s+years\s+(?:ago|earlier|before)\b", re.I
)
"""Behind a rate that is against another year than the one before."""


def carried_into(sentence: Sentence, line: Timeline, thread: Thread, document: Document) -> Period | None:
    """The period that the text is speaking of when a sentence begins."""
    carried = thread.period if thread.period_age <= CARRIED else None
    if thread.month is not None and THAT_MONTH.search(sentence.text):
        carried = replace(thread.month, origin="context")
    carried = of_today(sentence, carried, document.published)
    carried = carried or thread.heading_period or year_after_base(sentence, line)
    return after_base(line, carried, thread.spoken)


def time_of(
    sentence: Sentence,
    line: Timeline,
    bunch: list[Change],
    place: int,
    carried: Period | None,
    document: Document,
) -> tuple[Change, Period | None, Period | None]:
    """The nth number of some that are said together, its period, and the one that it is compared with."""
    change = bunch[place]
    following = bisect_left(sentence.changes, bunch[-1].end, key=lambda one: one.start)
    after = sentence.changes[following].start if following < len(sentence.changes) else len(sentence.text)
    last = replace(change, end=bunch[-1].end) if change is not bunch[-1] else change
    period, base = choose(line, last if change.role != "before" else change, after, carried)
    period = nth_month(sentence, bunch, place, whole_year(sentence, change, period))
    period = whole_span(sentence, change, period)
    change, period = reached(sentence, change, period)
    if change.role == "change" and not change.basis and _YEARS_AGO.match(sentence.text, change.end):
        change = replace(change, basis="period")
    return change, None if is_to_come(sentence, change, period, document.published) else period, base
