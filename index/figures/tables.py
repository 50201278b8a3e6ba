"""Figures of tables: tidy or wide, periods down or across, titles above, several header rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from index.documents import Document, Table
from index.figures import Figure
from index.figures.across import year_of
from index.figures.blocks import find_blocks
from index.figures.cells import (
    COMPANIES,
    MISSING,
    REGIONS,
    find_year,
    has_dots_for_thousands,
    read_number,
    split_unit,
)
from index.figures.changed import with_last_periods
from index.figures.layout import Layout, find_layout
from index.figures.measures import (
    RATE,
    TOTAL,
    Measure,
    change_alone,
    is_money,
    is_of_its_own,
    names_it,
    read_measure,
)
from index.figures.scales import find_table_unit, read_unit
from index.figures.serials import with_days
from index.figures.table_reading import Reading
from index.figures.table_rows import listed, read_rows
from index.figures.topic import above, caption, find_unit, read_topic
from index.figures.zeros import without_gaps
from index.language.catalogue import Metric
from index.language.metrics import Catalogue

_AGGREGATES = frozenset(
    {"world", "total", "grand total", "all", "eu27", "eu", "european union", "europe", "asia pacific", "africa",
     "north america", "south america", "rest of the world", "合计", "总计", "全国"}
)  # fmt: skip
DOTS_WITHIN = 2_000
TOLD_WITHIN, TELLING = 50, 12
"""Rows of a sheet among which its words are looked for, and letters of a cell that are its own."""


def find_figures(
    document: Document, catalogue: Catalogue, settings: Mapping[str, object]
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Every figure of a document's tables, and what was not understood, each reason once."""
    figures: list[Figure] = []
    reports: Counter[str] = Counter()
    for table in _tables(document):
        where = f"sheet {table.sheet}: " if table.sheet else ""
        layout = find_layout(table, _year(document, table))
        if isinstance(layout, str):
            in_words = document.is_statistics and _is_told(document, table)
            reports.update([] if in_words else [f"{where}{layout}"])
            continue
        layout = _without_homes(table, layout, document)
        reading = _reading(document, table, layout, catalogue, settings)
        read = list(read_rows(reading))
        if settings.get("zeros") != "kept":
            read, gaps = without_gaps(read)
            if gaps:
                reports[
                    f'{where}{gaps:,} zeros among thousands are read as missing; zeros = "kept" keeps them'
                ] += 1
        figures += read
        for reason, count in reading.skipped.items():
            reports[f"{where}{count:,} {'row' if count == 1 else 'rows'} left out: {reason}"] += 1
        for is_formula in (True, False):
            if unread := [cell for cell in reading.unread if cell[0].startswith("=") == is_formula]:
                reports[where + _unread(unread)] += 1
    return tuple(figures), tuple(f"{why} ({n} times)" if n > 1 else why for why, n in reports.items())


def _is_told(document: Document, table: Table) -> bool:
    """Whether a sheet without figures is in the text of its file: its words, and what numbers it has."""
    rows = [[" ".join(cell.split()) for cell in row if cell] for row in table.cells[:TOLD_WITHIN]]
    numbers = [cells for row in rows if (cells := [cell for cell in row if read_number(cell) is not None])]
    words = any(len(cell) >= TELLING and cell in document.text for row in rows for cell in row)
    return words and all(any(f": {cell}" in document.text for cell in cells) for cells in numbers)


def _tables(document: Document) -> Iterator[Table]:
    for given in document.tables:
        if given.end:
            yield given
        else:
            yield from find_blocks(replace(given, cells=tuple(with_days(given.cells))))


_WORLD = re.compile(r"\b(?:world(?:wide)?|global(?:ly)?)\b|全球|世界", re.I)


def _without_homes(table: Table, layout: Layout, document: Document) -> Layout:
    """Without the countries that firms are from: each firm once, under a title that says that it is of the world."""
    places = [n for n in layout.labels if layout.names[n] in REGIONS]
    firms = [n for n in layout.labels if layout.names[n] in COMPANIES]
    if len(places) != 1 or len(firms) != 1 or not _WORLD.search(" ".join([*layout.titles, document.title])):
        return layout
    named = [row[firms[0]] for row in table.cells[layout.first :] if len(row) > firms[0] and row[firms[0]]]
    if len(set(named)) < len(named):
        return layout
    return replace(layout, labels=tuple(n for n in layout.labels if n not in places))


def _year(document: Document, table: Table) -> int | None:
    """The year of headers that say but months: the caption's, the sheet's, the title's, the file's name's."""
    lines = (*caption(document, table), table.sheet, document.title, document.file)
    return next((year for line in lines if (year := year_of(find_year(line)))), None)


def _reading(
    document: Document, table: Table, layout: Layout, catalogue: Catalogue, settings: Mapping[str, object]
) -> Reading:
    lines = above(document, table, layout)
    whole = find_unit(lines, layout)
    money = is_money(read_unit(whole)[1])
    unit = whole if money else find_table_unit(_lines_around(document, table, layout)) or whole
    topic = read_topic(document, table, layout, catalogue)
    if _pays(layout, catalogue.get(topic.metric)):
        topic = replace(topic, metric="", dimensions=())
    reading = Reading(
        document, table, layout, catalogue, settings, topic,
        _totals(settings), MISSING | {str(mark).casefold() for mark in listed(settings.get("missing"))}, unit,
        has_dots_for_thousands(
            table.cells[layout.first : layout.first + DOTS_WITHIN], " ".join([*lines, *layout.header])
        ),
    )  # fmt: skip
    reading.measures = _measures(reading)
    return reading


def _pays(layout: Layout, metric: Metric | None) -> bool:
    """Whether a title's rate is a price here: charging tariffs in EUR per kWh are no tariff on imports."""
    if metric is None or metric.unit != "%":
        return False
    return any(is_money(read_unit(split_unit(layout.header[n])[1])[1]) for n in layout.values)


def _measures(reading: Reading) -> dict[int, Measure]:
    """What each column of numbers measures; two that would be one series are told apart by their headers' words."""
    layout, topic = reading.layout, reading.topic
    if layout.measure_column is not None:
        return {}
    columns = (*layout.values, *layout.across)
    held = reading.catalogue.get(topic.metric)
    apart = held is not None and any(names_it(layout.heads[n].words, held.name) for n in columns)
    read = {n: _measure(reading, n, apart=apart) for n in columns}
    if not topic.metric:
        read = _with_changes(layout, read)
    read = with_last_periods(layout, reading.table.cells, read, dotted=reading.dotted)
    if _are_parts(reading, read):
        read = {n: _part(reading, m, n) for n, m in read.items()}
    alike = Counter((m.metric, m.dimensions, m.unit, m.period, m.kind, m.basis) for m in read.values())
    return {
        n: replace(m, dimensions=(*m.dimensions, ("kind", layout.names[n])))
        if n not in layout.across
        and alike[(m.metric, m.dimensions, m.unit, m.period, m.kind, m.basis)] > 1
        and not TOTAL.match(layout.names[n])
        else m
        for n, m in read.items()
    }


_SAYS_SO = re.compile(r"\bby\s+[a-z]|[(（]\s*(?:units|number|pcs|pieces)\s*[)）]|,\s*(?:units|number)$", re.I)
"""How a title says that its columns are parts, or what they are all counted in."""


def _are_parts(reading: Reading, read: Mapping[int, Measure]) -> bool:
    """Whether columns are the parts of what a title of the table's own counts, and says so: "Shipments by maker",
    "Shipments (GWh)"."""
    layout, topic = reading.layout, reading.topic
    if topic.metric or not topic.subject or len(read) <= 1 or layout.across:
        return False
    if any(m.known or not m.own or m.basis for m in read.values()):
        return False
    if any(split_unit(head)[1] or RATE.search(head) for head in (layout.header[n] for n in read)):
        return False
    own = [line for line in layout.titles if topic.subject in line.casefold()]
    unit = read_unit(reading.unit)[1] if reading.unit else ""
    return any(_SAYS_SO.search(line) or (unit and not is_money(unit)) for line in own)


def _part(reading: Reading, measure: Measure, column: int) -> Measure:
    """A column as a part of what the title counts."""
    layout, topic = reading.layout, reading.topic
    if reading.unit and not measure.unit:
        header = f"{layout.header[column]} ({reading.unit})"
        measure = read_measure(header, reading.catalogue, reading.settings, topic)
    kind = ("kind", layout.names[column])
    return replace(measure, metric=topic.subject, dimensions=(*measure.dimensions, kind))


def _measure(reading: Reading, column: int, *, apart: bool) -> Measure:
    """What a column measures; `apart` where another says what the title counts: "Sites" beside "HPC points"."""
    layout, topic = reading.layout, reading.topic
    header = layout.header[column] if layout.heads[column].period is None else layout.heads[column].words
    if column in layout.across and layout.stem:
        header = layout.stem
    held = reading.catalogue.get(topic.metric)
    if apart and held and is_of_its_own(layout.heads[column].words, held.name):
        topic = replace(topic, metric="", subject="", context="")
    found = read_measure(header, reading.catalogue, reading.settings, topic, reading.unit)
    return replace(
        found, period=found.period or layout.heads[column].period, status=layout.heads[column].status
    )


def _with_changes(layout: Layout, read: Mapping[int, Measure]) -> dict[int, Measure]:
    """The columns, where one that says nothing but a change, "YoY (%)", is that of the column before it."""
    found: dict[int, Measure] = {}
    last: Measure | None = None
    for n, measure in sorted(read.items()):
        change = None if measure.known else change_alone(layout.header[n])
        if change and last:
            found[n] = replace(last, unit=change[1], scale=0, kind="change", basis=change[0], own=True)
        else:
            found[n] = measure
        if not change and n not in layout.across:
            last = measure if measure.own and measure.kind == "level" else None
    return found


def _lines_around(document: Document, table: Table, layout: Layout) -> list[str]:
    """What stands around the numbers: the rows above the header, notes below, the sheet's name, the line before."""
    notes = [next(filter(None, row)) for row in table.cells[layout.first :] if sum(map(bool, row)) == 1]
    words = (note for note in notes if read_number(note) is None)
    return [*layout.titles, *words, table.sheet, *caption(document, table)]


def _unread(cells: list[tuple[str, str]]) -> str:
    """ "3 cells left out, no number that can be kept: “1e308” in B2, …"."""
    shown = ", ".join(f"“{text[:30]}” in {at}" if at else f"“{text[:30]}”" for text, at in cells[:3])
    more = ", …" if len(cells) > 3 else ""
    noun = "cell" if len(cells) == 1 else "cells"
    formulas = all(text.startswith("=") for text, _ in cells)
    why = (
        "formulas that were never worked out (save the file in Excel)"
        if formulas
        else "no number that can be kept"
    )
    return f"{len(cells):,} {noun} left out, {why}: {shown}{more}"


def _totals(settings: Mapping[str, object]) -> frozenset[str]:
    totals = settings.get("totals")
    if not isinstance(totals, Mapping):
        return _AGGREGATES
    return _AGGREGATES | {str(word).casefold() for words in totals.values() for word in listed(words)}
