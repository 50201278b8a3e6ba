# ruff: noqa: E501
"""Figures in prose: what the sentences of a document say in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from index.documents import Document
from index.figures import Figure, Place, Series
from index.figures.agents import releasing_firm, reporting_firm, speaker_of
from index.figures.bunches import both, bunches, metrics_of
from index.figures.context import (
    heading_period,
    introduce,
    read_sentence,
    remember,
    scoping,
)
from index.figures.each import each_listed, first_of, next_of
from index.figures.heads import turn
from index.figures.moved import is_years, was_expected
from index.figures.naming import goes_on, group_for, is_worth, name_of, own_name, to_date
from index.figures.parts import of_head, part_of
from index.figures.scope import across, dimensions_of, share_out
from index.figures.standing import as_loss, contradicts, is_aside, state, worth
from index.figures.subjects import Group, family
from index.figures.thread import Sentence, Thread
from index.figures.timing import carried_into, time_of
from index.figures.when import basis_against, build_timeline
from index.figures.wholes import Part, keep_whole
from index.language.changes import Change
from index.language.metrics import Catalogue, FoundMetric, Metric
from index.language.periods import NOT_STATED, Period
from index.language.quantities import plain
from index.language.sentences import find_sentences
from index.language.works import is_bibliography
from index.passages import Passage


def find_figures(
    document: Document, passages: tuple[Passage, ...], catalogue: Catalogue, *, as_claimed: bool = False
) -> tuple[Figure, ...]:
    """Every figure of a document's running text, in order (id 0); tables are read elsewhere.

    Where a sentence seems to give one series two values, the second is of something that was not understood, and gets
    the text's own words; `as_claimed` takes it as it stands, to be checked.
    """
    figures: list[Figure] = []
    firm = reporting_firm(document.title, document.publisher)
    thread = Thread(
        company=firm, firm=releasing_firm(document.title), heading_period=heading_period("", document)
    )
    tables = [(table.start, table.end) for table in document.tables if table.end > table.start]
    for passage in passages:
        if is_bibliography(passage.text):
            continue
        if passage.heading != thread.heading:
            thread = Thread(
                heading=passage.heading,
                heading_period=heading_period(passage.heading, document),
                company=firm,
                firm=releasing_firm(document.title),
            )
        for start, end in _pieces(passage.text):
            at = passage.start + start
            if any(a <= at < b for a, b in tables):
                continue
            thread.period_age += 1
            thread.group_age += 1
            thread.sentences += 1
            text = passage.text[start:end]
            line = passage.text[passage.text.rfind("\n", 0, start) + 1 : start]
            is_head = turn(text, line, passage.text[end:], thread, catalogue)
            introduce(text, line, document, thread, catalogue)
            if is_head:
                continue
            if _SOME_NUMBER.search(text) is None and not _MIGHT_CARRY.search(text):
                _remember_place(text, thread)
                continue
            sentence = read_sentence(text, at, document, thread, catalogue)
            read = _figures(sentence, thread, document, catalogue)
            figures += (one for one, _ in read) if as_claimed else _settled(read)
            remember(sentence, thread, document, catalogue)
    return tuple(figures)


def _remember_place(text: str, thread: Thread) -> None:
    """A sentence without numbers that speaks of one region or one firm sets the scene for those after it."""
    found = scoping(text)
    regions = {(one.name, one.value) for one in found if one.name == "region"}
    firms = {one.value for one in found if one.name == "company"}
    if len(regions) == 1:
        thread.regions = tuple(regions)
    if len(firms) == 1:
        thread.company = firms.pop()
    elif not firms:
        thread.company = speaker_of(text, thread.company)


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


def _figures(
    sentence: Sentence, thread: Thread, document: Document, catalogue: Catalogue
) -> list[tuple[Figure, str]]:
    """The figures of a sentence, each with the text's own words for what it is of."""
    line = build_timeline(sentence.text, sentence.periods)
    carried = carried_into(sentence, line, thread, document) or thread.heading_period
    said = thread.said if goes_on(sentence) else ""
    found: list[tuple[Figure, str]] = []
    part: Part | None = None
    listed = each_listed(sentence)
    levels: list[tuple[Period, Change]] = []
    for bunch in bunches(sentence):
        group = _group(sentence, bunch, found, thread, catalogue)
        for place, one in enumerate(bunch):
            if is_aside(sentence, one):
                continue
            change, period, base = time_of(sentence, line, bunch, place, carried, document)
            each = listed.get(change.start)
            part = part_of(sentence, change, thread, part, catalogue)
            if each is not None and not each.first and found:
                part = next_of(each, found[-1][0].series, listed, catalogue)
            change = of_head(sentence, change) if part else change
            metrics = metrics_of(both(sentence, change, group), bunch, place) if part is None else (None,)
            for metric in metrics:
                key = part.key if part else name_of(sentence, change, metric, catalogue, said)
                key = to_date(sentence, change, key, period)
                before, change, period = was_expected(
                    sentence, change, catalogue.said(key), levels[-1:], period
                )
                figure = _figure(
                    sentence, change, metric, before or key, (period, base), document, catalogue, thread,
                    shared=part is not None,
                )  # fmt: skip
                if figure is None:
                    continue
                shared = share_out(sentence, bunch, place, figure.series.dimensions)
                series = replace(figure.series, dimensions=part.dimensions if part else shared)
                if each is not None and each.first and part is None:
                    series = first_of(each, series, catalogue)
                figure = replace(figure, series=series)
                said = thread.said = before or key
                _keep(figure, change, thread, levels, catalogue, whole=part is None)
                found.append((figure, own_name(sentence, change, catalogue)))
    return found


def _keep(
    figure: Figure,
    change: Change,
    thread: Thread,
    levels: list[tuple[Period, Change]],
    catalogue: Catalogue,
    *,
    whole: bool,
) -> None:
    """What a figure leaves for those after it: its series, its level, and what may be shared out."""
    thread.last = figure.series
    if change.role in ("level", "share"):
        levels.append((figure.period, replace(change, unit=figure.unit)))
    if whole:
        keep_whole(thread, figure.series, change, catalogue)


def _group(
    sentence: Sentence,
    bunch: list[Change],
    found: list[tuple[Figure, str]],
    thread: Thread,
    catalogue: Catalogue,
) -> Group | None:
    """The metrics that numbers said together are of; none where the clause goes on with what it has named itself."""
    group = group_for(sentence, bunch[0], thread, catalogue)
    if group is None and len(bunch) > 1:
        group = group_for(sentence, bunch[-1], thread, catalogue)
    named = bool(found) and catalogue.get(found[-1][0].series.metric) is None
    return None if named and not sentence.metrics and bunch[0].role == "change" else group


def _settled(read: list[tuple[Figure, str]]) -> Iterator[Figure]:
    """The figures of a sentence, none against another."""
    kept: list[Figure] = []
    for figure, words in read:
        if any(contradicts(figure, one) for one in kept):
            figure = replace(figure, series=replace(figure.series, metric=words))
        kept.append(figure)
    yield from kept


def _figure(
    sentence: Sentence,
    change: Change,
    metric: FoundMetric | None,
    key: str,
    when: tuple[Period | None, Period | None],
    document: Document,
    catalogue: Catalogue,
    thread: Thread,
    *,
    shared: bool,
) -> Figure | None:
    period, base = when
    known = catalogue.get(key)
    change = as_loss(sentence, change, key)
    if change.unit == "times" and change.role != "change":
        return None
    unit = _unit_of(change, known, metric)
    if known is None and not shared and change.role == "level" and not worth(change, unit, period):
        return None
    against = basis_against(period, base) if base is not None and change.role == "change" else ""
    basis = (against or change.basis) if change.inherited else (change.basis or against)
    basis = basis or ("period" if change.role == "change" and _is_over_years(period) else "")
    kind, status = state(sentence, change, period, document)
    quantity = change.quantity
    start, end = sentence.start + change.start, sentence.start + change.end
    series = Series(
        key,
        across(sentence, dimensions_of(sentence, change, metric, key, thread, known), known, thread),
        known.unit if known and change.role != "change" and not is_worth(known, change) else unit,
    )
    return Figure(
        series=series, period=period or NOT_STATED, value=plain(change.value, change.step), unit=unit, kind=kind, place=Place(start, end),
        text=document.text[start:end], document_id=document.id, quote=sentence.text, high=quantity.high, bound=quantity.bound,
        step=plain(change.step, change.step), basis=basis, base=base, status=status,  # type: ignore[arg-type]
    )  # fmt: skip


def _unit_of(change: Change, known: Metric | None, metric: FoundMetric | None) -> str:
    """The unit of a number; that of its metric where a count says none of its own."""
    unit = change.unit
    bare = unit in ("", "units") or (
        known is not None and known.unit == "charging points" and family(unit) == "count"
    )
    if known and change.role != "change" and bare and family(known.unit) == "count":
        return known.unit
    if unit == "units" and (known is None or known.unit == "vehicles") and metric is not None:
        return "vehicles"
    return "pp" if unit == "points" and known and known.unit == "%" else unit


def _is_over_years(period: Period | None) -> bool:
    return period is not None and period.grain == "span" and not period.cumulative and is_years(period)
