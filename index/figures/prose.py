# ruff: noqa: E501
"""Figures in prose: what the sentences of a document say in numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.documents import Document
from index.figures import Figure, Kind, Place, Series, Status
from index.figures.context import CARRIED, Sentence, Thread, heading_period, read_sentence, remember
from index.figures.naming import dimensions_of, group_for, name_of, share_out
from index.figures.subjects import Group, family
from index.figures.when import Timeline, basis_against, build_timeline, choose
from index.language.changes import Change, is_joint
from index.language.dimensions import find_dimensions
from index.language.metrics import (
    Catalogue,
    FoundMetric,
)
from index.language.periods import NOT_STATED, Period, month, span, year
from index.language.quantities import plain
from index.language.sentences import find_sentences
from index.passages import Passage

MEASURED = frozenset(
    ("t", "kg", "g", "km", "mi", "m", "ft", "mph", "ppm", "minutes", "acres", "ha", "cycles", "times")
)


def find_figures(
    document: Document, passages: tuple[Passage, ...], catalogue: Catalogue
) -> tuple[Figure, ...]:
    """Every figure of a document's running text, in order (id 0); tables are read elsewhere."""
    figures: list[Figure] = []
    thread = Thread()
    tables = [(table.start, table.end) for table in document.tables if table.end > table.start]
    for passage in passages:
        if passage.heading != thread.heading:
            thread = Thread(heading=passage.heading, heading_period=heading_period(passage.heading, document))
        for start, end in _pieces(passage.text):
            at = passage.start + start
            if any(a <= at < b for a, b in tables):
                continue
            thread.period_age += 1
            thread.group_age += 1
            text = passage.text[start:end]
            if _SOME_NUMBER.search(text) is None and not _MIGHT_CARRY.search(text):
                _remember_place(text, thread)
                continue
            sentence = read_sentence(text, at, document, thread, catalogue)
            figures += _figures(sentence, thread, document, catalogue)
            remember(sentence, thread, catalogue)
    return tuple(figures)


def _remember_place(text: str, thread: Thread) -> None:
    """A sentence without numbers that speaks of one region sets the scene for those after it."""
    regions = {(one.name, one.value) for one in find_dimensions(text) if one.name == "region"}
    if len(regions) == 1:
        thread.regions = tuple(regions)


def extract(
    text: str,
    catalogue: Catalogue,
    *,
    today: date | None = None,
    year: int | None = None,
    id: str = "text",  # noqa: A002
) -> tuple[Figure, ...]:
    """The figures of a bare text, as those of a document of that day."""
    document = Document(id, "", text, published=today, year_of_figures=year)
    return find_figures(document, (Passage(0, id, 0, "", 0, len(text), text),), catalogue)


_SOME_NUMBER = re.compile(
    r"\d|\b(?:doubl|tripl|trebl|quadrupl|halv|half|hundred|thousand|million|billion|dozen|third|quarter|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"|teen|[一二三四五六七八九十两]成|百分之|翻|减半|[百千万亿]",
    re.I,
)
_MIGHT_CARRY = re.compile(r"年|月|year|quarter|month")


LONGEST = 1200
"""Characters of a sentence that are read as one: no sentence of a person is longer."""


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """The sentences; what runs on without a full stop is cut at spaces, so that time grows with length only."""
    for start, end in find_sentences(text):
        while end - start > LONGEST:
            cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
            cut = cut if cut > 0 else start + LONGEST
            yield start, cut
            start = cut
        yield start, end


# ---- one sentence ----------------------------------------------------------------------------------------------


def _figures(
    sentence: Sentence, thread: Thread, document: Document, catalogue: Catalogue
) -> Iterator[Figure]:
    line = build_timeline(sentence.text, sentence.periods)
    carried = thread.period if thread.period_age <= CARRIED else None
    if thread.month is not None and _THAT_MONTH.search(sentence.text):
        carried = replace(thread.month, origin="context")
    carried = carried or thread.heading_period or _year_after_base(sentence, line)
    said = ""
    for bunch in _bunches(sentence):
        group = group_for(sentence, bunch[0], thread, catalogue)
        for place, change in enumerate(bunch):
            following = [one.start for one in sentence.changes if one.start >= bunch[-1].end]
            after = following[0] if following else len(sentence.text)
            last = replace(change, end=bunch[-1].end) if change is not bunch[-1] else change
            period, base = choose(
                line, last if change.role != "before" else change, after, carried or thread.heading_period
            )
            period = _nth_month(sentence, bunch, place, _whole_year(sentence, change, period))
            period = _whole_span(sentence, change, period)
            change, period = _reached(sentence, change, period)
            for metric in _share_out(_both(sentence, change, group), bunch, place):
                key = name_of(sentence, change, metric, catalogue, said)
                figure = _figure(sentence, change, metric, key, (period, base), document, catalogue, thread)
                if figure is not None:
                    said = key
                    dimensions = share_out(sentence, bunch, place, figure.series.dimensions)
                    yield replace(figure, series=replace(figure.series, dimensions=dimensions))


_BOTH = re.compile(r"\b(?:both|each|all)\s+(?:of\s+them\s+)?(?:\w+\s+){0,2}(?:by\s+)?$|均[^，。]{0,4}$", re.I)


def _both(sentence: Sentence, change: Change, group: Group | None) -> Group | None:
    """ "Production reached A and sales B, both up C": the change is of the two."""
    if change.role != "change" or group is None or len(group.metrics) > 1:
        return group
    if not _BOTH.search(sentence.text[max(0, change.start - 24) : change.start]):
        return group
    earlier = [one for one in sentence.groups if one.start < change.start]
    metrics = {metric.key: metric for one in earlier for metric in one.metrics}
    return Group(tuple(metrics.values())[-2:]) if len(metrics) > 1 else group


def _reached(sentence: Sentence, change: Change, period: Period | None) -> tuple[Change, Period | None]:
    """ "Grew by 1,200 vehicles to 8,800": what was reached counts the same, and is of the last of the years."""
    if change.role != "level":
        return change, period
    for one in sentence.changes:
        gap = sentence.text[one.end : change.start]
        if (
            one.role == "change"
            and re.fullmatch(r"\s+to\s+(?:about\s+|some\s+)?", gap)
            and family(one.unit) == "count"
        ):
            if change.unit == "" and one.unit:
                change = replace(change, unit=one.unit)
            if (
                period
                and period.end
                and period.grain == "span"
                and _is_years(period)
                and not period.cumulative
            ):
                period = year(period.end.year - 1, origin=period.origin) if period.end.month == 1 else period
    return change, period


def _whole_span(sentence: Sentence, change: Change, period: Period | None) -> Period | None:
    """A count "from 2000 to 2023" is of all those years, where nothing in the sentence rose or fell."""
    if (
        period is None
        or period.grain != "year"
        or change.role != "level"
        or period.start is None
        or period.end is None
    ):
        return period
    if any(one.role in ("change", "before") for one in sentence.changes):
        return period
    for one, two in itertools.pairwise(sentence.periods):
        gap = sentence.text[one.end : two.start]
        lead = sentence.text[max(0, one.start - 5) : one.start].lower()
        if (
            two.period == period
            and lead.endswith("from ")
            and re.fullmatch(r"\s+(?:to|through)\s+", gap)
            and one.period.start
        ):
            return span(one.period.start, period.end)
    return period


def _year_after_base(sentence: Sentence, line: Timeline) -> Period | None:
    """ "Up 78 % compared with 2020" without another period speaks of 2021."""
    years = [
        one.period
        for one, base in zip(line.periods, line.bases, strict=True)
        if base and one.period.grain == "year"
    ]
    if len(years) != 1 or len(line.periods) != 1 or years[0].start is None:
        return None
    return (
        year(years[0].start.year + 1, origin="context")
        if any(one.role == "change" for one in sentence.changes)
        else None
    )


_THAT_MONTH = re.compile(
    r"\b(?:in|for|during)\s+(?:the|that)\s+(?:given|same|said|reported|reporting)?\s?month\b", re.I
)


def _bunches(sentence: Sentence) -> Iterator[list[Change]]:
    """Quantities said together: "3.4 percent and 3.8 percent", three and more with commas."""
    bunch: list[Change] = []
    for change in sentence.changes:
        if bunch and not _together(sentence, bunch, change):
            yield bunch
            bunch = []
        bunch.append(change)
    if bunch:
        yield bunch


_OPPOSED = re.compile(r"\s*(?:and|but|,)\s+(?:(?:up|down)|(?:an?\s+)?\w+(?:\s+of|\s+by)?)\s*", re.I)


def _together(sentence: Sentence, bunch: list[Change], change: Change) -> bool:
    last = bunch[-1]
    if change.role != last.role and "before" in (change.role, last.role):
        return False
    alike = family(change.unit) == family(last.unit) and change.role == last.role
    if alike and is_joint(sentence.text, last.end, change.start):
        return True
    pair = any(len(group.metrics) == 2 and group.start < last.start for group in sentence.groups)
    return (
        pair
        and alike
        and len(bunch) == 1
        and change.role == "change"
        and _OPPOSED.fullmatch(sentence.text, last.end, change.start) is not None
    )


_ANNUAL = re.compile(
    r"\b(?:annual|full[\s-]year|throughout\s+the\s+year|for\s+the\s+(?:full|whole)\s+year)\b|全年", re.I
)


def _whole_year(sentence: Sentence, change: Change, period: Period | None) -> Period | None:
    """ "The annual sales volume" after a sentence of December is of that year."""
    if period is None or period.start is None or period.origin != "context" or period.grain != "month":
        return period
    return (
        year(period.start.year, origin="context") if _ANNUAL.search(sentence.text[: change.start]) else period
    )


_RESPECTIVELY = re.compile(r"respectively|分别", re.I)


def _nth_month(sentence: Sentence, bunch: list[Change], place: int, period: Period | None) -> Period | None:
    """ "January to July … were 85.4 %, 83.6 %, …": as many numbers as months are one a month."""
    if period is None or period.start is None or period.end is None or len(bunch) < 3:
        return period
    count = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    if count != len(bunch) or not _RESPECTIVELY.search(sentence.text):
        return period
    index = period.start.month - 1 + place
    return month(period.start.year + index // 12, index % 12 + 1, origin=period.origin)


def _share_out(group: Group | None, bunch: list[Change], place: int) -> tuple[FoundMetric | None, ...]:
    """ "A and B of X and Y": the nth number to the nth metric; one number to all of them."""
    if group is None:
        return (None,)
    if len(bunch) == len(group.metrics):
        return (group.metrics[place],)
    if len(bunch) == 1:
        return group.metrics
    return (group.metrics[-1],)


_FORECAST = re.compile(
    r"\b(?:expect\w*|forecast\w*|predict\w*|project(?:s|ed|ion|ions)|estimat(?:es|ed)\s+(?:that|to)|anticipat\w*|is\s+likely|outlook|could|would|may)\b|预计|预测|有望|预期",
    re.I,
)
_TARGET = re.compile(
    r"\b(?:target\w*|aim\w*|goal\w*|plans?\s+to|planned|planning|will|intends?|pledg\w*|commit\w*|set\s+to|hopes?\s+to|objective|ambition|to\s+invest)\b|目标|计划|力争|规划|拟",
    re.I,
)
_PAST = re.compile(r"\b(?:compared|up\s+from|from|was|were|had|sold|reached|rose|fell|grew)\b", re.I)
_ESTIMATE = re.compile(r"\b(?:estimated|an\s+estimate)\b|估计|估算", re.I)
_PRELIMINARY = re.compile(r"\bpreliminary\b|初步", re.I)
_REVISED = re.compile(r"\brevised\b|修正", re.I)


def _state(
    sentence: Sentence, change: Change, period: Period | None, document: Document
) -> tuple[Kind, Status]:
    lead = re.split(r"[;；。]", sentence.text[: change.start])[-1]
    lead = lead if len(lead) < 160 else lead[-160:]
    kind: Kind = "change" if change.role == "change" else "level"
    past = (
        period is not None
        and period.end is not None
        and document.published is not None
        and period.end <= document.published
    )
    cue = None
    for found in (*_FORECAST.finditer(lead), *_TARGET.finditer(lead)):
        cue = found if cue is None or found.start() > cue.start() else cue
    if (
        cue is not None
        and not past
        and not (_PAST.search(lead, cue.end()) and not re.search(r"\b(?:to|be|by)\b", lead[cue.end() :]))
    ):
        if _TARGET.fullmatch(cue.group()):
            return ("target" if kind == "level" else kind), "forecast"
        return kind, "forecast"
    near = lead[-60:]
    if _ESTIMATE.search(near):
        return kind, "estimate"
    if _PRELIMINARY.search(lead):
        return kind, "preliminary"
    return kind, "revised" if _REVISED.search(near) else ""


def _figure(
    sentence: Sentence,
    change: Change,
    metric: FoundMetric | None,
    key: str,
    when: tuple[Period | None, Period | None],
    document: Document,
    catalogue: Catalogue,
    thread: Thread,
) -> Figure | None:
    period, base = when
    known = catalogue.get(key)
    if change.unit == "times" and change.role != "change":
        return None
    unit = change.unit
    if known and change.role != "change" and unit in ("", "units") and family(known.unit) == "count":
        unit = known.unit
    elif unit == "units" and (known is None or known.unit == "vehicles") and metric is not None:
        unit = "vehicles"
    elif unit == "points" and known and known.unit == "%":
        unit = "pp"
    if known is None and change.role == "level" and not _worth(change, unit, period):
        return None
    basis = change.basis or (
        basis_against(period, base) if base is not None and change.role == "change" else ""
    )
    if (
        change.role == "change"
        and period is not None
        and period.grain == "span"
        and not period.cumulative
        and _is_years(period)
        and not basis
    ):
        basis = "period"
    kind, status = _state(sentence, change, period, document)
    quantity = change.quantity
    start, end = sentence.start + change.start, sentence.start + change.end
    series = Series(
        key,
        dimensions_of(sentence, change, metric, known is not None, thread),
        known.unit if known and change.role != "change" else unit,
    )
    return Figure(
        series=series, period=period or NOT_STATED, value=plain(change.value, change.step), unit=unit, kind=kind, place=Place(start, end),
        text=document.text[start:end], document_id=document.id, quote=sentence.text, high=quantity.high, bound=quantity.bound,
        step=plain(change.step, change.step), basis=basis, base=base, status=status,  # type: ignore[arg-type]
    )  # fmt: skip


def _is_years(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > 366


def _worth(change: Change, unit: str, period: Period | None) -> bool:
    """A count of things that no metric knows is a figure only where it looks like a statistic."""
    text = change.quantity.text
    if family(unit) != "count" and not (unit.isalpha() and unit.islower() and unit not in MEASURED):
        return True
    printed = (
        "," in text or " " in text.strip("0123456789")[:1] or "illion" in text or "万" in text or "亿" in text
    )
    if unit == "":
        return (printed and abs(change.value) >= 1000) or (
            not text[:1].isdigit() and abs(change.value) >= 100
        )
    dated = period is not None and period.start is not None
    return abs(change.value) >= 10_000 or (dated and text[:1].isdigit() and abs(change.value) >= 20)
