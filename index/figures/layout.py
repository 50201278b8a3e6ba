"""The shape of a table: where its header is, and what each column is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.documents import Table
from index.figures.across import UNNAMED_YEAR, find_across, find_years_down, of_part, read_heads, year_of
from index.figures.cells import (
    MISSING,
    is_mark,
    is_numeric,
    is_unit,
    read_number,
    read_period,
    unit_alone,
)
from index.figures.headers import (
    Head,
    Row,
    Rows,
    heads_all,
    in_year,
    is_band,
    is_second,
    join,
    placed,
    read_head,
    titled_period,
)
from index.language.periods import Period
from index.language.units import CURRENCIES

HEADER_WITHIN = 20
SAMPLE = 400
_VALUE = ("value", "obs value", "amount", "数值")
_MEASURE = ("parameter", "measure", "indicator", "variable", "metric", "item", "指标")
_UNIT = ("unit", "units", "单位")
CURRENCY = ("currency", "货币", "币种")
_KIND = ("category", "scenario", "status", "obs status", "data status")
PERIOD = ("date", "month", "period", "time", "quarter", "year", "日期", "月份", "年份", "时间")
_NOT_A_LABEL = re.compile(
    r"(?:country[ _]?)?code|iso\d?|url|link|notes?|remarks?|date|来源|备注", re.IGNORECASE
)
_EVENT = re.compile(
    r"\b(?:start(?:ed|s)?|founded|foundation|established|open(?:ed|ing|s)?|since|launch(?:ed)?|announced"
    r"|in force|effective"
    r"|commission(?:ed|ing)|completed|completion|closed|closing|built|born|due|deadline|expir\w+|sop)\b|成立|投产|开业|生效|公布",
    re.IGNORECASE,
)
"""A column of when something happened: no period that the row's numbers are of."""
PROVENANCE = frozenset(
    {"source", "sources", "data source", "provenance", "origin of data", "basis", "method", "methodology", "status",
     "data status", "obs status", "quality", "flag", "flags", "comment", "comments", "remark", "remarks", "note",
     "notes", "hq", "headquarters", "headquarter", "hq country", "home country", "ticker", "quelle", "来源",
     "数据来源", "备注", "总部"}
)  # fmt: skip
"""Columns that say where a row's numbers are from, or more of what is named already: no part of what is measured."""
_ORDER = frozenset(
    {"note", "notes", "note no.", "anhang", "附注", "rank", "#", "no", "no.", "nr", "nr.", "pos", "pos.", "id",
     "排名", "序号"}
)  # fmt: skip
"""Columns that count the rows, or say where more is told."""
_STATUS = ("status", "obs status", "data status", "flag", "flags", "状态")
UNLESS = re.compile(
    r"[\s,;(]*\b(?:unless|except|if not)\b(?: (?:otherwise|where|as))? (?:stated|noted|indicated|marked)\b.*$",
    re.I | re.S,
)
"""Behind the unit of a table, where some of its numbers have another one."""
_FILTERS = ("(all)", "(全部)", "(multiple items)")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns of a table are for; column numbers count from 0."""

    header: tuple[str, ...]
    names: tuple[str, ...]
    """The header in lower case, with spaces for underscores."""
    first: int
    """The first row below the header."""
    titles: tuple[str, ...]
    """The words of the rows above it."""
    period: Period | None
    """The year that the titles name."""
    period_columns: tuple[int, ...]
    """One column of periods, or year and month."""
    across: dict[int, Period]
    """Columns whose header is a period."""
    labels: tuple[int, ...]
    values: tuple[int, ...]
    measure_column: int | None
    unit_column: int | None
    units: dict[int, int]
    """Columns of numbers whose unit stands in another, row by row: "Price" and "Unit price"."""
    currency: int | None
    """A column of currencies, which a unit beside it leaves out: "USD" and "per tonne"."""
    kinds: tuple[int, ...]
    """Columns that say "Historical" or "Projection"."""
    groups: tuple[int, ...]
    """Columns that say which rows are aggregates."""
    heads: tuple[Head, ...] = ()
    """What each header says beside its period."""
    statuses: tuple[int, ...] = ()
    """Columns that say which numbers are preliminary, revised or estimated."""
    year: int | None = None
    """The year of months that say none."""
    within: int | None = None
    """A column of months or quarters, where the years stand across."""
    down: int | None = None
    """A column of years, where the months or quarters stand across: their year is the row's."""

    @property
    def stem(self) -> str:
        """What the headers across have in common beside their years: "Reg" of "Reg_2023"."""
        stems = {self.heads[n].words for n in self.across}
        return stems.pop().replace("_", " ") if len(stems) == 1 else ""


def find_layout(table: Table, year: int | None = None) -> Layout | str:
    """The table's layout, or why there is none; `year` is that of months and quarters which say none."""
    rows = table.cells
    if any(cell.casefold() in _FILTERS for row in rows[:8] for cell in row):
        return "a pivot table, left out; its data are on their own sheet"
    at = next((n for n in range(min(HEADER_WITHIN, len(rows))) if _is_header(rows, n)), None)
    if at is None:
        return "no row of headers with numbers below it was found"
    header, first = rows[at], at + 1
    if first < len(rows) and _goes_on(rows, at):
        header, first = join(placed(header, rows[first]), rows[first]), first + 1
    while at > 0 and is_band(rows[at - 1], header) and not heads_all(rows[at - 1], header):
        at -= 1
        header = join(placed(rows[at], header), header)
    titles = tuple(_titles(rows[:at], header))
    period = titled_period([*titles, table.sheet])
    named = year_of(period) or year
    return _assign(header, rows[first : first + SAMPLE], first, titles, period, named)


def _titles(rows: Rows, header: Row) -> Iterator[str]:
    """The words of each row above the header; a period and a unit over all the columns are two."""
    for row in rows:
        if heads_all(row, header):
            yield from filter(None, row)
        elif any(row):
            yield " ".join(cell for cell in row if cell and "://" not in cell)


def _goes_on(rows: Rows, at: int) -> bool:
    """Whether the header has a second row: more words where the first spans, or the units of the columns."""
    lower = rows[at + 1]
    if is_second(rows[at], lower) and _is_header(rows, at + 1):
        return True
    filled = [cell for cell in lower[1:] if cell]
    return bool(filled) and not lower[0] and all(is_unit(cell) for cell in filled)


def _is_header(rows: Rows, at: int) -> bool:
    filled = [cell for cell in rows[at] if cell]
    if at + 1 < len(rows) and heads_all(rows[at], rows[at + 1]):
        return False
    if len(filled) < 2 and not (len(filled) == 1 and len(rows[at]) == 2 and not rows[at][0]):
        return False
    words = sum(read_number(cell) is None or read_period(cell) is not None for cell in filled)
    below = [row for row in rows[at + 1 : at + 8] if any(row)]
    widest = max((sum(map(bool, row)) for row in below), default=0)
    if len(filled) * 2 < widest:
        return False
    with_numbers = sum(any(is_numeric(cell) for cell in row[1:] or row) for row in below)
    is_words = words == len(filled) and (
        any(read_number(cell) is None for cell in filled)
        or sum(read_period(c) is not None for c in filled) >= 2
    )
    alone = sum(sum(map(bool, row)) == 1 and sum(map(bool, row[1:])) == 0 for row in below)
    return is_words and with_numbers * 2 >= max(1, len(below) - alone) and with_numbers > 0


def _assign(
    header: tuple[str, ...], sample: Rows, first: int, titles: tuple[str, ...], period: Period | None,
    year: int | None,
) -> Layout:  # fmt: skip
    names = _names(header)
    down = find_years_down(header, sample)
    heads = of_part(read_heads(header, year if down is None else UNNAMED_YEAR), [*titles, *header[:1]])
    across = find_across(heads, header)
    down = down if across else None
    events = {
        n for n, name in enumerate(names) if _EVENT.search(name) and _share(sample, n, read_period) > 0.5
    }
    period_columns = _period_columns(names, sample, events) if not across else ()
    within = _column_within_years(names, sample, across)
    measure, value, unit = (_named(names, words) for words in (_MEASURE, _VALUE, _UNIT))
    kinds = tuple(n for n, name in enumerate(names) if name in _KIND and _is_kind(sample, n))
    groups = tuple(n for n, name in enumerate(names) if "aggregate" in name or name.startswith("agg"))
    units = _unit_columns(names)
    long = measure is not None and value is not None
    said_in = unit if unit is not None and _share(sample, unit, is_numeric) < 0.5 else None
    single = {n for n in (measure if long else None, said_in, within, down) if n is not None}
    taken = {*units.values(), *period_columns, *across, *events, *kinds, *groups, *single}
    free = [n for n in range(len(header)) if n not in taken and header[n]]
    free = [n for n in free if not (names[n] in _ORDER and _share(sample, n, is_numeric) > 0.5)]
    numeric = [n for n in free if _share(sample, n, is_numeric) > 0.5]
    labels = [n for n in free if n not in numeric and _is_label(names, sample, n, period_columns)]
    if not labels and not period_columns and within is None and header and not header[0] and 0 not in taken:
        labels = [0] if _share(sample, 0, is_numeric) <= 0.5 and _cells(sample, 0) else []
    labels = _telling(
        names, sample, labels, [*period_columns, *(n for n in (measure, unit) if n is not None)]
    )
    currency = None
    if not long and not units and not across and len(numeric) == 1:
        currency, units = _beside(names, sample, labels, numeric[0], unit)
    labels = [n for n in labels if n != currency]
    return Layout(
        header=header, names=names, first=first, titles=titles, period=period, period_columns=period_columns,
        across=across, labels=tuple(_without_echoes(names, sample, labels)),
        values=(value,) if long and value is not None else tuple(numeric), heads=heads, within=within, down=down,
        year=year,
        statuses=tuple(n for n, name in enumerate(names) if name in _STATUS and n not in kinds),
        measure_column=measure if long else None, unit_column=unit, units=units,
        currency=currency, kinds=kinds,
        groups=groups,
    )  # fmt: skip


def _names(header: Row) -> tuple[str, ...]:
    """The headers in lower case, that of the labels without what is said around the unit of all the numbers."""
    corner = unit_alone(header[0]).casefold() if header else ""
    names = tuple(" ".join(UNLESS.sub("", cell).replace("_", " ").casefold().split()) for cell in header)
    return (corner or names[0], *names[1:]) if names else ()


def _telling(names: tuple[str, ...], sample: Rows, labels: list[int], others: list[int]) -> list[int]:
    """The labels without where each row is from, if the rest and the other columns tell the rows apart."""
    keys = [n for n in labels if names[n] not in PROVENANCE]
    return keys if keys != labels and _are_apart(sample, [*keys, *others]) else labels


def _beside(
    names: tuple[str, ...], sample: Rows, labels: Sequence[int], column: int, unit: int | None
) -> tuple[int | None, dict[int, int]]:
    """The column of currencies of a table with one column of numbers, and that in which the numbers' unit stands."""
    currency = next((n for n in labels if names[n] in CURRENCY and _is_money(sample, n)), None)
    said = currency if unit is None or unit == column else unit
    return currency, {column: said} if said is not None else {}


def _unit_columns(names: tuple[str, ...]) -> dict[int, int]:
    """Each column that another is the unit of: "unit original" of "original"."""
    places = {name: n for n, name in enumerate(names) if name}
    said = {
        n: places.get(f"unit {name}", places.get(f"{name} unit", places.get(f"{name} units")))
        for name, n in places.items()
    }
    return {n: unit for n, unit in said.items() if unit is not None}


def _column_within_years(names: tuple[str, ...], sample: Rows, across: dict[int, Period]) -> int | None:
    """The column of months or quarters down the side of years."""
    if not across or any(period.grain != "year" for period in across.values()):
        return None
    for n in range(min(2, len(names))):
        if n not in across and _share(sample, n, lambda cell: in_year(cell, 2000)) > 0.6:
            return n
    return None


def _are_apart(sample: Rows, columns: Sequence[int]) -> bool:
    """Whether no two rows are alike in these columns."""
    seen = [tuple(row[n] for n in columns if n < len(row)) for row in sample if any(row)]
    return len(set(seen)) == len(seen)


def _period_columns(names: tuple[str, ...], sample: Rows, events: set[int]) -> tuple[int, ...]:
    """Year and month where they stand apart, else the column whose cells are periods, a named one first."""
    year, month = _named(names, ("year", "年", "年份")), _named(names, ("month", "月", "月份"))
    if year is not None and month is not None and _share(sample, month, _as_month) > 0.9:
        return year, month
    free = [n for n in range(len(names)) if n not in events]
    shares = [(names[n] in PERIOD, _share(sample, n, _as_period), -n) for n in free]
    good = [entry for entry in shares if entry[1] >= (0.5 if entry[0] else 0.9)]
    return (-max(good)[2],) if good else ()


def _as_period(cell: str) -> Period | None:
    """A cell that is a period, with its mark or without, or a month or a quarter of the year that the table is of."""
    head = read_head(cell)
    return read_period(cell) or (head.period if not head.words else None) or in_year(cell, 2000)


def _as_month(cell: str) -> int | None:
    return int(cell) if cell.isdigit() and 1 <= int(cell) <= 12 else None


def _named(names: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    return next((n for n, name in enumerate(names) if name in wanted), None)


def _cells(sample: Rows, column: int) -> list[str]:
    return [row[column] for row in sample if len(row) > column and row[column].casefold() not in MISSING]


def _share(sample: Rows, column: int, read: Callable[[str], object]) -> float:
    cells = _cells(sample, column)
    return sum(read(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _is_money(sample: Rows, column: int) -> bool:
    return all(cell.upper() in CURRENCIES for cell in _cells(sample, column))


def _is_kind(sample: Rows, column: int) -> bool:
    words = {cell.casefold() for cell in _cells(sample, column)}
    return any(
        word.startswith(("historical", "projection", "forecast", "actual", "scenario")) for word in words
    )


def _is_label(names: tuple[str, ...], sample: Rows, column: int, period_columns: tuple[int, ...]) -> bool:
    if _NOT_A_LABEL.fullmatch(names[column]) or (period_columns and names[column] in PERIOD):
        return False
    cells = [cell for cell in _cells(sample, column) if names[column] in CURRENCY or not is_mark(cell)]
    addresses = sum(
        "://" in cell or re.fullmatch(r"(?:www\.)?[\w-]+\.[a-z]{2,6}", cell) is not None for cell in cells
    )
    return bool(cells) and addresses * 2 < len(cells)


def _without_echoes(names: tuple[str, ...], sample: Rows, labels: list[int]) -> list[int]:
    """Labels less those that repeat others: "Nissan Leaf" beside "Nissan" and "Leaf", "brandTesla" beside "brand"."""
    kept = []
    for n in labels:
        others = [m for m in labels if m != n]
        longer = any(names[n] != names[m] and names[n].startswith(names[m]) for m in others)
        pairs = [(a, b) for a in others for b in others if a < b]
        joined = any(_repeats(sample, n, pair) for pair in pairs)
        if not longer and not joined:
            kept.append(n)
    return kept


def _repeats(sample: Rows, column: int, pair: tuple[int, int]) -> bool:
    full = [row for row in sample if len(row) > max(column, *pair)]
    return bool(full) and all(row[column] == f"{row[pair[0]]} {row[pair[1]]}" for row in full)
