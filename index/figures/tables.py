"""Figures of tables: tidy or wide, periods down or across, titles above, several header rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from index.documents import Document, Table
from index.figures import Figure, Place, Series, Status
from index.figures.cells import (
    COMPANIES,
    MISSING,
    REGIONS,
    Measure,
    has_dots_for_thousands,
    read_dimension,
    read_flagged,
    read_measure,
    read_number,
    read_period,
    settle,
    without_dots,
)
from index.figures.layout import Layout, find_layout
from index.figures.scales import find_table_unit
from index.figures.serials import with_days
from index.figures.zeros import without_gaps
from index.language import periods
from index.language.dimensions import find_dimensions, known_values
from index.language.metrics import Catalogue
from index.language.periods import Period

_AGGREGATES = frozenset(
    {"world", "total", "grand total", "all", "eu27", "eu", "european union", "europe", "asia pacific", "africa",
     "north america", "south america", "rest of the world", "合计", "总计", "全国"}
)  # fmt: skip
_FORECAST = ("projection", "forecast", "outlook", "scenario", "预测")
_ESTIMATE = ("estimate", "预估", "估计")
UNKNOWN = Period(None, None, "period not stated", "unknown", origin="unknown")
QUOTE = 600
DOTS_WITHIN = 2_000
_SAYS_NOTHING = re.compile(
    r"\s*(?:(?:by|per|nach|par|por)\s+\w+|(?:table|tabelle|表)\s*\d*|source\b.*)\W*$", re.I
)
"""A line above a table that does not say what its numbers are."""
_BY = re.compile(
    r",?\s+by\s+(?:regions?|countr(?:y|ies)|types?|kinds?|powertrains?|compan(?:y|ies)|brands?|years?|months?|quarters?)"
    r"(?:\s+and\s+\w+)?\W*$",
    re.I,
)
_COUNTS = frozenset({"sales", "units sold", "deliveries", "registrations", "production", "销量", "产量"})
_OF_VEHICLES = frozenset({"powertrain", "model", "vehicle", "fuel"})
_DRIVES = frozenset({*known_values("powertrain"), "EV"})
_TOTAL_WORDS = ("total", "all ", "sum", "总", "合计")


@dataclass(slots=True)
class _Reading:
    """What one table is read with, and what was not understood of it."""

    document: Document
    table: Table
    layout: Layout
    catalogue: Catalogue
    settings: Mapping[str, object]
    context: str
    totals: frozenset[str]
    missing: frozenset[str]
    unit: str
    """What the table says of all its numbers: "thousand units"."""
    dotted: bool = False
    """Whether its numbers have dots for their thousands."""
    place: tuple[tuple[str, str], ...] = ()
    """The region that the table's title names, where no column and no row does."""
    skipped: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)
    """Cells where a number was expected: as printed, and where."""
    named: dict[tuple[str, str], Measure] = field(default_factory=dict)
    measures: dict[int, Measure] = field(default_factory=dict)
    """What each column of numbers measures; two that would be one series are told apart by their headers' words."""


def find_figures(
    document: Document, catalogue: Catalogue, settings: Mapping[str, object]
) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Every figure of a document's tables, and what was not understood, each reason once."""
    figures: list[Figure] = []
    reports: Counter[str] = Counter()
    for given in document.tables:
        table = replace(given, cells=tuple(with_days(given.cells))) if not given.end else given
        where = f"sheet {table.sheet}: " if table.sheet else ""
        layout = find_layout(table)
        if isinstance(layout, str):
            in_words = document.is_statistics and document.text
            reports.update([] if in_words else [f"{where}{layout}"])
            continue
        reading = _Reading(
            document, table, layout, catalogue, settings, _context(document, table, layout), _totals(settings),
            MISSING | {str(mark).casefold() for mark in _listed(settings.get("missing"))},
            find_table_unit(_lines_around(document, table, layout)),
            has_dots_for_thousands(table.cells[layout.first : layout.first + DOTS_WITHIN]),
        )  # fmt: skip
        reading.place = _titled_region(document, table, layout)
        reading.measures = _measures(reading)
        read = list(_read(reading))
        if settings.get("zeros") != "kept":
            read, gaps = without_gaps(read)
            if gaps:
                reports[
                    f'{where}{gaps:,} zeros among thousands are read as missing; zeros = "kept" keeps them'
                ] += 1
        figures += read
        for reason, count in reading.skipped.items():
            reports[f"{where}{count:,} {'row' if count == 1 else 'rows'} left out: {reason}"] += 1
        if reading.unread:
            reports[where + _unread(reading.unread)] += 1
    return tuple(figures), tuple(f"{why} ({n} times)" if n > 1 else why for why, n in reports.items())


def _measures(reading: _Reading) -> dict[int, Measure]:
    layout, subject = reading.layout, _subject(reading)
    read = {
        n: read_measure(
            layout.header[n], reading.context, reading.catalogue, reading.settings, reading.unit, subject
        )
        for n in (layout.values if layout.measure_column is None else ())
    }
    alike = Counter((m.metric, m.dimensions, m.unit, m.period) for m in read.values())
    return {
        n: replace(m, dimensions=(*m.dimensions, ("kind", layout.names[n])))
        if alike[(m.metric, m.dimensions, m.unit, m.period)] > 1
        and not layout.names[n].startswith(_TOTAL_WORDS)
        else m
        for n, m in read.items()
    }


def _titled_region(document: Document, table: Table, layout: Layout) -> tuple[tuple[str, str], ...]:
    """The one region of "Global car sales", for a table without labels, whose rows could name no other."""
    if layout.labels or layout.measure_column is not None:
        return ()
    for words in (_context(document, table, layout), *_lines_above(document, table), document.title):
        regions = {one.value for one in find_dimensions(words) if one.name == "region"}
        if regions:
            return (("region", regions.pop()),) if len(regions) == 1 else ()
    return ()


def _lines_around(document: Document, table: Table, layout: Layout) -> list[str]:
    """What stands around the numbers: the rows above the header, notes below, the sheet's name, the line before."""
    notes = [next(filter(None, row)) for row in table.cells[layout.first :] if sum(map(bool, row)) == 1]
    words = (note for note in notes if read_number(note) is None)
    return [*layout.titles, *words, table.sheet, *_lines_above(document, table)]


def _lines_above(document: Document, table: Table) -> list[str]:
    """The short line that stands before a table in a document's text."""
    before = document.text[: table.start].rstrip().rpartition("\n")[2] if table.end else ""
    return [before] if before and len(before) <= 120 else []


def _unread(cells: list[tuple[str, str]]) -> str:
    """ "3 cells left out, no number that can be kept: “1e308” in B2, …"."""
    shown = ", ".join(f"“{text[:30]}” in {at}" if at else f"“{text[:30]}”" for text, at in cells[:3])
    more = ", …" if len(cells) > 3 else ""
    noun = "cell" if len(cells) == 1 else "cells"
    return f"{len(cells):,} {noun} left out, no number that can be kept: {shown}{more}"


def _named(reading: _Reading, words: str, context: str) -> Measure:
    """What words name, each pair of them looked up once."""
    measure = reading.named.get((words, context))
    if measure is None:
        measure = reading.named[words, context] = read_measure(
            words, context, reading.catalogue, reading.settings, reading.unit
        )
    return measure


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _totals(settings: Mapping[str, object]) -> frozenset[str]:
    totals = settings.get("totals")
    if not isinstance(totals, Mapping):
        return _AGGREGATES
    return _AGGREGATES | {str(word).casefold() for words in totals.values() for word in _listed(words)}


def _context(document: Document, table: Table, layout: Layout) -> str:
    """The words that stand above a table: its own title rows, its sheet's name, its document's title."""
    if layout.titles or table.end:
        return " ".join([*layout.titles, table.sheet]).strip()
    return f"{table.sheet} {document.title}".strip()


def _read(reading: _Reading) -> Iterator[Figure]:
    layout = reading.layout
    for number in range(layout.first, len(reading.table.cells)):
        row = reading.table.cells[number]
        row = row + ("",) * (len(layout.header) - len(row))
        if not any(row) or row[: len(layout.header)] == layout.header:
            continue
        read = list(_read_row(reading, row, number))
        if not read and any(read_number(cell) is not None for cell in row):
            reading.skipped["no period, or nothing says what its numbers are"] += 1
        yield from read


def _read_row(reading: _Reading, row: tuple[str, ...], number: int) -> Iterator[Figure]:
    layout = reading.layout
    labels = {
        layout.names[n]: row[n] for n in layout.labels if row[n] and row[n].casefold() not in reading.missing
    }
    period = _row_period(layout, row)
    if layout.across:
        yield from _read_across(reading, row, number, labels)
        return
    status = _status(layout, row)
    for column in layout.values:
        measure = _measure(reading, row, column)
        at = period or measure.period or layout.period
        if at is None and (layout.period_columns or not labels):
            continue
        figure = _figure(reading, row, number, column, measure, labels, at or UNKNOWN, status)
        if figure:
            yield figure


def _read_across(
    reading: _Reading, row: tuple[str, ...], number: int, labels: dict[str, str]
) -> Iterator[Figure]:
    """A row whose cells are one series over the periods of the header."""
    layout = reading.layout
    name, word = next(iter(labels.items()), ("", ""))
    by_label = _named(reading, word, "") if word else None
    titled = _named(reading, layout.stem, reading.context)
    subject = _subject(reading) if name in REGIONS | COMPANIES and not titled.known else ""
    if by_label and not by_label.known and subject:
        measure, others = _bare(_named(reading, subject, "")), labels
    elif by_label and (by_label.known or not titled.known):
        measure, others = by_label, {key: value for key, value in labels.items() if key != name}
    else:
        measure, others = _bare(titled), labels
    if not word and not titled.known:
        return
    for column, period in layout.across.items():
        figure = _figure(reading, row, number, column, measure, others, period, "")
        if figure:
            yield figure


def _subject(reading: _Reading) -> str:
    """What a table is about whose headers and rows say but which region, firm or kind: the words above it."""
    above = [*reading.layout.titles, *_lines_above(reading.document, reading.table), reading.document.title]
    words = next((line for line in above if len(line) > 3 and not _SAYS_NOTHING.match(line)), "")
    words = _BY.sub("", re.sub(r"\b(?:19|20)\d\d\b", "", words))
    return re.sub(r"\s+(?:in|of|for|from|to|since|im|en|by)?\W*$", "", words)


def _bare(measure: Measure) -> Measure:
    """A title's metric without the words of a column that is a period."""
    dimensions = tuple((name, value) for name, value in measure.dimensions if name != "kind")
    return Measure(measure.metric, measure.known, dimensions, measure.unit, measure.scale, None)


def _row_period(layout: Layout, row: tuple[str, ...]) -> Period | None:
    cells = [row[column] for column in layout.period_columns]
    if len(cells) == 2:
        year, month = cells
        good = year[:4].isdigit() and month.isdigit() and 1 <= int(month) <= 12
        return periods.month(int(year[:4]), int(month)) if good else None
    return read_period(cells[0]) if cells else None


def _measure(reading: _Reading, row: tuple[str, ...], column: int) -> Measure:
    layout = reading.layout
    if layout.measure_column is None:
        return reading.measures[column]
    words = row[layout.measure_column]
    if layout.unit_column is not None:
        words = f"{words} ({row[layout.unit_column]})"
    return _named(reading, words, "")


def _status(layout: Layout, row: tuple[str, ...]) -> Status:
    words = " ".join(row[n] for n in layout.kinds).casefold()
    if any(word in words for word in _FORECAST):
        return "forecast"
    return "estimate" if any(word in words for word in _ESTIMATE) else ""


def _figure(
    reading: _Reading, row: tuple[str, ...], number: int, column: int, measure: Measure, labels: Mapping[str, str],
    period: Period, status: Status,
) -> Figure | None:  # fmt: skip
    printed = row[column] if column < len(row) else ""
    value, flag = read_flagged(without_dots(printed) if reading.dotted else printed)
    missing = printed.casefold() in reading.missing or printed in map(
        str, _listed(reading.settings.get("missing"))
    )
    if value is None and not missing:
        reading.unread.append((printed, _place(reading, row, number, column)[0].cell))
    if value is None and not (missing and measure.known):
        return None
    held = reading.catalogue.get(measure.metric)
    dimensions = dict(reading.place)
    aggregate = any(region.casefold() in reading.totals for region in dimensions.values())
    dimensions.update(measure.dimensions)
    for name, word in labels.items():
        known, proper = read_dimension(name, word)
        if known == "powertrain" and held and known not in held.dimensions and word not in _DRIVES:
            known = (
                "kind"  # a column that is called so for all parameters: "Publicly available fast" chargers
            )
        dimensions[known] = proper
        aggregate |= word.casefold() in reading.totals
    aggregate |= any(
        row[n].casefold().lstrip("_").startswith(("aggregate", "world")) for n in reading.layout.groups
    )
    status = status or flag
    if status == "forecast" and reading.layout.kinds:
        dimensions["scenario"] = " ".join(row[n] for n in reading.layout.kinds)
    value = settle(value).scaleb(measure.scale) if value is not None and not missing else None
    if any(word in reading.layout.header[column].casefold() for word in _ESTIMATE):
        status = "estimate"
    unit = "%" if printed.endswith("%") else measure.unit
    if not unit and measure.metric in _COUNTS and _OF_VEHICLES & dimensions.keys():
        unit = "vehicles"
    place, quote = _place(reading, row, number, column)
    return Figure(
        series=Series(measure.metric, tuple(sorted(dimensions.items())), unit, _frequency(period)),
        period=period, value=value, unit=unit, kind="level", place=place, text=printed,
        document_id=reading.document.id, quote=quote, step=_step(value), status="missing" if value is None else status,
        aggregate=aggregate,
    )  # fmt: skip


def _step(value: Decimal | None) -> Decimal:
    exponent = value.as_tuple().exponent if value is not None else 0
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def _frequency(period: Period) -> str:
    return period.grain if period.grain in ("month", "quarter", "year") else ""


def _place(reading: _Reading, row: tuple[str, ...], number: int, column: int) -> tuple[Place, str]:
    """A cell of a sheet with its row and headers; in a document's text, the span and the row's line."""
    table = reading.table
    if not table.end:
        pairs = zip(reading.layout.header, row, strict=False)
        quote = " | ".join(f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        return Place(0, 0, table.sheet, f"{_letters(column)}{table.first_row + number}"), quote[:QUOTE]
    lines = reading.document.text[table.start : table.end].split("\n")
    line = lines[number] if number < len(lines) else ""
    start = table.start + sum(len(earlier) + 1 for earlier in lines[:number])
    inside = sum(len(cell) + 1 for cell in row[:column])
    if line[inside : inside + len(row[column])] != row[column]:
        inside = max(0, line.find(row[column]))
    return Place(start + inside, start + inside + len(row[column])), line[:QUOTE]


def _letters(column: int) -> str:
    """A, B, … Z, AA: a column as spreadsheets name it."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
