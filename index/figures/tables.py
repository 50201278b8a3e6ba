"""Figures of tables: tidy or wide, periods down or across."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from index.documents import Document, Table
from index.figures import Figure, Place, Series, Status
from index.language import periods
from index.language.dimensions import canonical, known_values
from index.language.metrics import Catalogue, find_metrics
from index.language.periods import Period

MISSING = {"", "-", "–", "—", "n/a", "na", "nan", "..", "...", "…", "null", "none", "#n/a"}
_NUMBER = re.compile(r"[-+−]?\(?[$€£¥]?\d[\d,\u202f ]*(?:\.\d+)?(?:[eE][-+]?\d+)?\)?\s?%?")
_UNIT = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]\s*$")
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "mn": 6, "bn": 9, "万": 4, "亿": 8}
_AGGREGATES = {
    "world",
    "total",
    "eu",
    "eu27",
    "europe",
    "european union",
    "all",
    "asia pacific",
    "rest of the world",
}
_FORECAST = re.compile(r"projection|forecast|outlook|target", re.I)


@dataclass(frozen=True, slots=True)
class _Measure:
    column: int
    metric: str
    dimensions: tuple[tuple[str, str], ...]
    unit: str
    scale: int


def find_figures(
    document: Document, catalogue: Catalogue, settings: Mapping[str, object]
) -> tuple[Iterator[Figure], tuple[str, ...]]:
    """Every figure of a document's tables, and what was not understood."""
    reports: list[str] = []
    found = [
        figure for table in document.tables for figure in _read(document, table, catalogue, settings, reports)
    ]
    return iter(found), tuple(reports)


def _read(
    document: Document, table: Table, catalogue: Catalogue, settings: Mapping[str, object], reports: list[str]
) -> Iterator[Figure]:
    header_row = next((n for n, row in enumerate(table.cells[:12]) if _is_header(table, n)), None)
    where = f"sheet {table.sheet}" if table.sheet else "the table"
    if header_row is None:
        reports.append(f"{where}: no row of headers with a period column was found")
        return
    header = table.cells[header_row]
    rows = table.cells[header_row + 1 :]
    across = {n: period for n, cell in enumerate(header) if (period := read_period(cell))}
    shape = _wide if len(across) >= 2 else _tidy
    yield from shape(document, table, header_row, header, rows, catalogue, settings, reports)


def _is_header(table: Table, number: int) -> bool:
    row = table.cells[number]
    filled = [cell for cell in row if cell]
    if len(filled) < 2 or number + 1 >= len(table.cells):
        return False
    periods_across = sum(1 for cell in row if read_period(cell))
    if periods_across >= 2:
        return True
    below = table.cells[number + 1 : number + 6]
    return not any(_number(cell) is not None for cell in filled) and any(
        any(read_period(cell) for cell in under) for under in below
    )


def _tidy(
    document: Document, table: Table, at: int, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...],
    catalogue: Catalogue, settings: Mapping[str, object], reports: list[str],
) -> Iterator[Figure]:  # fmt: skip
    names = [cell.casefold().strip() for cell in header]
    sample = rows[:400]
    year, month = _named(names, "year"), _named(names, "month")
    both = (
        year is not None
        and month is not None
        and all(r[month].isdigit() for r in sample if len(r) > month and r[month])
    )
    when = None if both else _period_column(names, sample)
    value = _named(names, "value", "obs_value", "amount")
    numeric = [
        n for n in range(len(header)) if _share(sample, n, _number) > 0.5 and n not in (when, year, month)
    ]
    words = [n for n in range(len(header)) if n not in numeric and n not in (when, year, month)]
    words = [
        n
        for n in words
        if names[n] and not _is_address(sample, n) and names[n] not in ("code", "country_code", "iso")
    ]
    unit_column = _named(names, "unit", "units")
    kind_column = _named(names, "category", "scenario")
    measure_column = _named(names, "parameter", "measure", "indicator", "variable", "metric", "item")
    if both:
        numeric = [n for n in numeric if n not in (year, month)]
    if value is not None and measure_column is not None:
        numeric = [value]
    measures = [_measure(header[n], n, catalogue, settings) for n in numeric]
    skipped = 0
    for number, row in enumerate(rows):
        row = row + ("",) * (len(header) - len(row))
        if not any(row):
            continue
        period = (
            _months(row[year], row[month])
            if both and year is not None and month is not None
            else (read_period(row[when]) if when is not None else None)
        )
        if period is None:
            skipped += 1
            continue
        labels = {
            names[n]: row[n] for n in words if n not in (unit_column, measure_column, kind_column) and row[n]
        }
        for measure in measures:
            if measure_column is not None and value is not None:
                measure = _measure(row[measure_column], measure.column, catalogue, settings)
                if unit_column is not None:
                    measure = _with_unit(measure, row[unit_column])
            status: Status = (
                "forecast" if kind_column is not None and _FORECAST.search(row[kind_column]) else ""
            )
            yield from _figure(
                document, table, header, row, at + 1 + number, measure, labels, period, status, settings
            )
    if skipped:
        reports.append(f"{skipped:,} rows without a period were left out")


def _wide(
    document: Document, table: Table, at: int, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...],
    catalogue: Catalogue, settings: Mapping[str, object], reports: list[str],
) -> Iterator[Figure]:  # fmt: skip
    across = {n: period for n, cell in enumerate(header) if (period := read_period(cell))}
    first = min(across)
    title = document.title + (f" {table.sheet}" if table.sheet else "")
    skipped = 0
    for number, row in enumerate(rows):
        row = row + ("",) * (len(header) - len(row))
        words = [
            (header[n].casefold() or "row", row[n])
            for n in range(first)
            if row[n] and _number(row[n]) is None
        ]
        if not words:
            skipped += any(row)
            continue
        stems = {re.sub(r"[_\W]*\d{4}.*$", "", header[n]) for n in across}
        named = [w for _, w in words if find_metrics(w, catalogue)]
        name = named[0] if named else (stems.pop() if len(stems) == 1 and "".join(stems) else title)
        measure = _measure(name, first, catalogue, settings)
        labels = {k: w for k, w in words if w != name}
        for column, period in across.items():
            at_column = _Measure(column, measure.metric, measure.dimensions, measure.unit, measure.scale)
            yield from _figure(
                document, table, header, row, at + 1 + number, at_column, labels, period, "", settings
            )
    if skipped:
        reports.append(f"{skipped:,} rows without words were left out")


def _figure(
    document: Document, table: Table, header: tuple[str, ...], row: tuple[str, ...], number: int, measure: _Measure,
    labels: Mapping[str, str], period: Period, status: Status, settings: Mapping[str, object],
) -> Iterator[Figure]:  # fmt: skip
    printed = row[measure.column]
    value = _number(printed)
    marks = settings.get("missing")
    missing = printed.casefold() in MISSING or (isinstance(marks, list) and printed in map(str, marks))
    if value is None and not missing:
        return
    dimensions = dict(measure.dimensions)
    aggregate = False
    for name, word in labels.items():
        known, proper = _dimension(name, word)
        dimensions[known] = proper
        aggregate |= word.casefold() in _AGGREGATES or word in _totals(settings)
    if value is not None:
        value = (_tidy_float(value)).scaleb(measure.scale)
    step = Decimal(1)
    if value is not None:
        exponent = value.as_tuple().exponent
        step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    unit = "%" if printed.endswith("%") else measure.unit
    series = Series(measure.metric, tuple(sorted(dimensions.items())), unit, _frequency(period))
    quote = " | ".join(f"{h}: {c}" for h, c in zip(header, row, strict=False) if c)[:600]
    yield Figure(
        series=series, period=period, value=None if missing else value, unit=unit, kind="level",
        place=Place(0, 0, table.sheet, f"{_letters(measure.column)}{table.first_row + number}"), text=printed,
        document_id=document.id, quote=quote, step=step,
        status="missing" if missing else status, aggregate=aggregate,
    )  # fmt: skip


def _totals(settings: Mapping[str, object]) -> frozenset[str]:
    totals = settings.get("totals")
    if not isinstance(totals, Mapping):
        return frozenset()
    return frozenset(str(word) for words in totals.values() if isinstance(words, list) for word in words)


@lru_cache(100_000)
def _dimension(name: str, word: str) -> tuple[str, str]:
    alias = {
        "country": "region",
        "region_country": "region",
        "entity": "region",
        "state": "region",
        "城市": "city",
        "brand": "company",
    }
    known = alias.get(name, name)
    if known in ("region", "company", "chemistry", "technology", "powertrain", "vehicle", "mode", "mineral"):
        return known, canonical(known, word)
    for kind in ("powertrain", "chemistry", "mineral", "mode"):
        if canonical(kind, word) in known_values(kind):
            return kind, canonical(kind, word)
    return known, word


def _measure(head: str, column: int, catalogue: Catalogue, settings: Mapping[str, object]) -> _Measure:
    return _measure_cached(
        head, column, catalogue, str(settings.get("metric") or ""), str(settings.get("unit") or "")
    )


@lru_cache(10_000)
def _measure_cached(head: str, column: int, catalogue: Catalogue, metric: str, unit: str) -> _Measure:
    words = head.replace("_", " ").strip()
    in_head = _UNIT.search(words)
    if in_head:
        unit = in_head[1]
        words = words[: in_head.start()].strip()
    scale = next(
        (
            power
            for word, power in _SCALES.items()
            if re.search(rf"(?<![a-z]){word}(?![a-z])", unit.casefold())
        ),
        0,
    )
    unit = re.sub(r"\b(thousand|million|billion)s?\b|万|亿", "", unit, flags=re.I).strip()
    found = find_metrics(words, catalogue)
    dimensions: tuple[tuple[str, str], ...] = ()
    if not metric and found:
        metric, dimensions = found[0].key, tuple(found[0].dimensions)
        held = catalogue.get(metric)
        unit = unit or (held.unit if held else "")
    return _Measure(column, metric or words.casefold(), dimensions, _plain_unit(unit), scale)


def _plain_unit(unit: str) -> str:
    low = unit.strip().casefold()
    if low in ("percent", "%", "share"):
        return "%"
    if low in ("vehicles", "vehicle", "units", "cars", "辆"):
        return "vehicles"
    return unit.strip()


def _with_unit(measure: _Measure, unit: str) -> _Measure:
    return _Measure(measure.column, measure.metric, measure.dimensions, _plain_unit(unit), measure.scale)


def _named(names: list[str], *wanted: str) -> int | None:
    return next((n for n, name in enumerate(names) if name in wanted), None)


def _period_column(names: list[str], sample: tuple[tuple[str, ...], ...]) -> int | None:
    best = [
        (n in (_named(names, "date", "month", "period", "日期", "year"),), _share(sample, n, read_period), -n)
        for n in range(len(names))
    ]
    good = [(named, share, n) for named, share, n in best if share > 0.6]
    return -max(good)[2] if good else None


def _share(sample: tuple[tuple[str, ...], ...], n: int, read: object) -> float:
    cells = [row[n] for row in sample if len(row) > n and row[n]]
    return sum(read(cell) is not None for cell in cells) / len(cells) if cells else 0.0  # type: ignore[operator]


def _is_address(sample: tuple[tuple[str, ...], ...], n: int) -> bool:
    cells = [row[n] for row in sample if len(row) > n and row[n]]
    return bool(cells) and sum("://" in cell for cell in cells) > len(cells) / 2


def _months(year: str, month: str) -> Period | None:
    if re.fullmatch(r"(19|20)\d\d", year) and month.isdigit() and 1 <= int(month) <= 12:
        return periods.month(int(year), int(month))
    return None


@lru_cache(100_000)
def read_period(cell: str) -> Period | None:
    """A cell that is a period and nothing else."""
    text = cell.strip()
    if not 4 <= len(text) <= 40:
        return None
    if re.fullmatch(r"(?:\w*_)?(19|20)\d\d(?:\.0)?", text):
        return periods.year(int(re.search(r"(19|20)\d\d", text)[0]))  # type: ignore[index]
    if iso := re.fullmatch(r"((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])(?:[-/.]0?1)?", text):
        return periods.month(int(iso[1]), int(iso[2]))
    if short := re.fullmatch(r"([A-Za-z]{3,9})[-' ](\d\d)", text):
        text = f"{short[1]} 20{short[2]}"
    if not re.search(r"\d{2}", text):
        return None
    found = periods.find_periods(text, today=None)
    whole = len(found) == 1 and found[0].end - found[0].start >= len(text) - 1
    return found[0].period if whole and found[0].period.start else None


def _frequency(period: Period) -> str:
    return period.grain if period.grain in ("month", "quarter", "year") else ""


@lru_cache(200_000)
def _number(cell: str) -> Decimal | None:
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    plain = re.sub(r"[,\u202f $€£¥%()]", "", text).replace("−", "-")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if text.startswith("(") else value


def _tidy_float(value: Decimal) -> Decimal:
    """8.899999619 is a rounded 8.9: seven digits that are all nines or noughts before the rest are noise."""
    digits = len(value.as_tuple().digits)
    if digits < 9:
        return value
    rounded = value.round(6) if hasattr(value, "round") else +value
    short = Decimal(f"{float(value):.6g}")
    return short if abs(short - rounded) <= abs(value) * Decimal("1e-6") else value


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
