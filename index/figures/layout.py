"""The shape of a table: where its header is, and what each column is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.documents import Table
from index.figures.cells import MISSING, find_year, is_numeric, read_number, read_period
from index.language.periods import Period

Rows = Sequence[tuple[str, ...]]
HEADER_WITHIN = 20
SAMPLE = 400
_VALUE = ("value", "obs value", "amount", "数值")
_MEASURE = ("parameter", "measure", "indicator", "variable", "metric", "item", "指标")
_UNIT = ("unit", "units", "单位")
_KIND = ("category", "scenario", "status", "obs status")
_PERIOD = ("date", "month", "period", "time", "quarter", "year", "日期", "月份", "年份", "时间")
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
    kinds: tuple[int, ...]
    """Columns that say "Historical" or "Projection"."""
    groups: tuple[int, ...]
    """Columns that say which rows are aggregates."""

    @property
    def stem(self) -> str:
        """What the headers across have in common beside their years: "Reg" of "Reg_2023"."""
        stems = {re.sub(r"[\s_]*(?:19|20)\d\d.*$", "", self.header[n]) for n in self.across}
        return stems.pop().replace("_", " ") if len(stems) == 1 else ""


def find_layout(table: Table) -> Layout | str:
    """The table's layout, or why there is none."""
    rows = table.cells
    if any(cell.casefold() in _FILTERS for row in rows[:8] for cell in row):
        return "a pivot table, left out; its data are on their own sheet"
    at = next((n for n in range(min(HEADER_WITHIN, len(rows))) if _is_header(rows, n)), None)
    if at is None:
        return "no row of headers with numbers below it was found"
    grouped = at > 0 and _are_groups(rows[at - 1], rows[at])
    at -= grouped
    header, first = _join_headers(rows, at, grouped=grouped)
    titles = tuple(" ".join(filter(None, row)) for row in rows[:at] if any(row))
    return _assign(
        header, rows[first : first + SAMPLE], first, titles, find_year(" ".join([*titles, table.sheet]))
    )


def _is_header(rows: Rows, at: int) -> bool:
    filled = [cell for cell in rows[at] if cell]
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
    return is_words and with_numbers * 2 >= max(1, len(below)) and with_numbers > 0


def _are_groups(upper: tuple[str, ...], lower: tuple[str, ...]) -> bool:
    """Whether a row tells apart what is alike in the headers under it: "Europe" and "China" over a "BEV" each."""
    heads = [cell for cell in lower if cell]
    groups = [n for n, cell in enumerate(upper) if cell]
    return (
        len(set(heads)) < len(heads)
        and len({upper[n] for n in groups}) >= 2
        and groups[0] > 0
        and all(n < len(lower) and lower[n] for n in groups)
        and all(read_number(upper[n]) is None or read_period(upper[n]) for n in groups)
    )


def _join_headers(rows: Rows, at: int, *, grouped: bool) -> tuple[tuple[str, ...], int]:
    """The header, with a second row of it joined below the first: its blanks are filled from the left."""
    upper = rows[at]
    lower = rows[at + 1] if at + 1 < len(rows) else ()
    plain = [cell for cell in lower if cell]
    spans = not all(upper) or any(a == b for a, b in pairwise(upper))
    two = len(plain) >= 2 and all(read_number(cell) is None or read_period(cell) for cell in plain) and spans
    if not grouped and (not two or not _is_header(rows, at + 1)):
        return upper, at + 1
    joined, held = [], ""
    for n in range(max(len(upper), len(lower))):
        held = (upper[n] if n < len(upper) else "") or held
        joined.append(_over(held if n else upper[0], lower[n] if n < len(lower) else ""))
    return tuple(joined), at + 2


def _over(upper: str, lower: str) -> str:
    """A header of two rows in one; a period stands before the unit of the first: "Capacity 2022 (GWh)"."""
    if upper == lower or not upper or not lower:
        return upper or lower
    unit = re.search(r"\s*[(（\[][^()（）\[\]]+[)）\]]$", upper)
    if unit and read_period(lower):
        return f"{upper[: unit.start()]} {lower}{unit[0]}"
    return f"{upper} {lower}"


def _assign(
    header: tuple[str, ...], sample: Rows, first: int, titles: tuple[str, ...], period: Period | None
) -> Layout:
    names = tuple(cell.replace("_", " ").casefold().strip() for cell in header)
    across = {n: found for n, cell in enumerate(header) if (found := read_period(cell))}
    across = across if len(across) >= 2 else {}
    events = {
        n for n, name in enumerate(names) if _EVENT.search(name) and _share(sample, n, read_period) > 0.5
    }
    period_columns = _period_columns(names, sample, events) if not across else ()
    measure, value = _named(names, _MEASURE), _named(names, _VALUE)
    unit = _named(names, _UNIT)
    kinds = tuple(n for n, name in enumerate(names) if name in _KIND and _is_kind(sample, n))
    groups = tuple(n for n, name in enumerate(names) if "aggregate" in name or name.startswith("agg"))
    taken = {
        *period_columns,
        *across,
        *events,
        *kinds,
        *groups,
        *(n for n in (measure, unit) if n is not None and value is not None),
    }
    free = [n for n in range(len(header)) if n not in taken and header[n]]
    numeric = [n for n in free if _share(sample, n, is_numeric) > 0.5]
    labels = [n for n in free if n not in numeric and _is_label(names, sample, n, period_columns)]
    long = measure is not None and value is not None
    return Layout(
        header=header, names=names, first=first, titles=titles, period=period, period_columns=period_columns,
        across=across, labels=tuple(_without_echoes(names, sample, labels)),
        values=(value,) if long and value is not None else tuple(numeric),
        measure_column=measure if long else None, unit_column=unit if long else None, kinds=kinds, groups=groups,
    )  # fmt: skip


def _period_columns(names: tuple[str, ...], sample: Rows, events: set[int]) -> tuple[int, ...]:
    """Year and month where they stand apart, else the column whose cells are periods, a named one first."""
    year, month = _named(names, ("year", "年", "年份")), _named(names, ("month", "月", "月份"))
    if year is not None and month is not None and _share(sample, month, _as_month) > 0.9:
        return year, month
    free = [n for n in range(len(names)) if n not in events]
    shares = [(names[n] in _PERIOD, _share(sample, n, read_period), -n) for n in free]
    good = [entry for entry in shares if entry[1] >= (0.5 if entry[0] else 0.9)]
    return (-max(good)[2],) if good else ()


def _as_month(cell: str) -> int | None:
    return int(cell) if cell.isdigit() and 1 <= int(cell) <= 12 else None


def _named(names: tuple[str, ...], wanted: tuple[str, ...]) -> int | None:
    return next((n for n, name in enumerate(names) if name in wanted), None)


def _cells(sample: Rows, column: int) -> list[str]:
    return [row[column] for row in sample if len(row) > column and row[column].casefold() not in MISSING]


def _share(sample: Rows, column: int, read: Callable[[str], object]) -> float:
    cells = _cells(sample, column)
    return sum(read(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def _is_kind(sample: Rows, column: int) -> bool:
    words = {cell.casefold() for cell in _cells(sample, column)}
    return any(
        word.startswith(("historical", "projection", "forecast", "actual", "scenario")) for word in words
    )


def _is_label(names: tuple[str, ...], sample: Rows, column: int, period_columns: tuple[int, ...]) -> bool:
    if _NOT_A_LABEL.fullmatch(names[column]) or (period_columns and names[column] in _PERIOD):
        return False
    cells = _cells(sample, column)
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
