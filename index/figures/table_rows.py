"""The rows of a table: each number with what it measures, of what, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from index.figures import Figure, Series, Status
from index.figures.amounts import money_of, read_amount
from index.figures.cells import (
    find_year,
    is_mark,
    is_numeric,
    is_unit,
    read_flagged,
    read_number,
    settle,
    unit_alone,
    without_dots,
)
from index.figures.headers import is_period, read_head
from index.figures.layout import CURRENCY, Layout
from index.figures.measures import RATE, TOTAL, Measure, is_money, of_object
from index.figures.places import cell_name, place_of
from index.figures.row_labels import ITEMS, find_values, is_part, named_by_word, read_label, without_mark
from index.figures.row_periods import ESTIMATE, UNKNOWN, find_period, row_period, row_status
from index.figures.row_units import in_unit
from index.figures.scales import read_unit
from index.figures.table_reading import Reading, Row
from index.figures.topic import Pairs
from index.language.dimensions import known_values
from index.language.periods import Period

_COUNTS = frozenset({"sales", "units sold", "deliveries", "registrations", "production", "销量", "产量"})
_OF_VEHICLES = frozenset({"powertrain", "model", "vehicle", "fuel"})
_DRIVES = frozenset({*known_values("powertrain"), "EV"})
_TWO = 2
_LONGEST_SECTION = 60


def read_rows(reading: Reading) -> Iterator[Figure]:
    """Every figure of a table, row by row."""
    layout, rows = reading.layout, reading.table.cells
    begin = next((row for row in rows[layout.first :] if any(row)), ())
    reading.sectioned = sum(map(bool, begin)) == 1
    for number in range(layout.first, len(rows)):
        row = rows[number]
        row = row + ("",) * (len(layout.header) - len(row))
        if not any(row) or row[: len(layout.header)] == layout.header:
            continue
        if layout.labels and row[layout.labels[0]] and sum(map(bool, row)) == 1:
            if is_period(row[layout.labels[0]]):
                reading.span = read_head(row[layout.labels[0]]).period
                continue
            _enter(reading, row[layout.labels[0]], rows[number + 1 :])
            reading.by_share = PER_SHARE.search(row[layout.labels[0]]) is not None
            continue
        read = list(_read_row(reading, row, number))
        if not read and any(read_number(cell) is not None for cell in row):
            reading.skipped["no period, or nothing says what its numbers are"] += 1
        yield from read


def _enter(reading: Reading, word: str, below: Sequence[Row]) -> None:
    """Words alone in a row head the rows below them that have numbers; or they are a note, or a row without numbers."""
    if not reading.sectioned:
        return
    following = next((row for row in below if any(row)), ())
    heads = len(word) <= _LONGEST_SECTION and read_number(word) is None and word[-1] not in ".。"
    heads = heads and not unit_alone(word)
    if heads and any(is_numeric(cell) for cell in following[1:]):
        reading.section, reading.parent = word, {}


def _read_row(reading: Reading, row: Row, number: int) -> Iterator[Figure]:
    layout = reading.layout
    labels = {
        layout.names[n]: row[n]
        for place, n in enumerate(layout.labels)
        if row[n]
        and not (is_mark(row[n]) and layout.names[n] not in CURRENCY)
        and (row[n].casefold() not in reading.missing or (not place and row[n] == "NA"))
    }
    named, pairs = _labelled(reading, row, labels)
    period = row_period(layout, row)
    if period is None and layout.units:
        period = find_year(" ".join(row[n] for n in layout.units.values()))
    status = row_status(layout, row)
    for column in sorted({*layout.values, *layout.across}):
        measure = reading.measures[column] if layout.measure_column is None else _by_column(reading, row)
        unit = layout.units.get(column)
        if unit is not None and row[unit]:
            measure = in_unit(measure, _unit_words(layout, row, unit))
        own = pairs
        if named is not None and not measure.own and measure.kind == "level":
            measure, own = replace(named, period=measure.period, status=measure.status), _rest(labels, pairs)
        if (
            not measure.own
            and measure.metric == "value"
            and not measure.known
            and layout.across
            and not labels
        ):
            continue
        measure = _of_kind(reading, _by_share(reading, row, measure), labels)
        at = find_period(reading, row, column, period, measure)
        if at is None and (layout.period_columns or layout.down is not None or not labels):
            continue
        figure = _figure(reading, row, number, column, measure, own, at or UNKNOWN, measure.status or status)
        if figure:
            yield figure


PER_SHARE = re.compile(
    r"\bper\s+(?:\w+\s+){0,2}(?:shares?|ads|adr|unit)\b|\bEPS\b|\bEPU\b|\bje\s+aktie\b|每股", re.I
)
"""Amounts that no "in millions" of a table holds for, whether it says so or not."""


_A_SHARE = re.compile(
    r"\b(?:basic|diluted|undiluted|continuing|discontinued|ordinary|preferred|common|class|shares?|ads|adr|adjusted|reported"
    r"|underlying|core|total|restated|dividends?|verwässert|unverwässert)\b|基本|稀释",
    re.I,
)
"""What rows are called below one that says "per share"; another ends them."""


def _by_share(reading: Reading, row: Row, measure: Measure) -> Measure:
    """A measure of amounts a share as printed: "US$ millions, except per share data"."""
    labels = [row[n] for n in reading.layout.labels]
    reading.by_share &= any(map(_A_SHARE.search, labels))
    by_share = reading.by_share or any(map(PER_SHARE.search, labels))
    return replace(measure, scale=0, unit="") if by_share and measure.scale and reading.unit else measure


def _labelled(reading: Reading, row: Row, labels: dict[str, str]) -> tuple[Measure | None, Pairs]:
    """What the row's first label names as its metric, if it does, and what its labels name as values."""
    words = dict(labels)
    name = next(iter(labels), "")
    if name in labels and is_part(labels[name]):
        words = {**reading.parent, **{key: without_mark(word) for key, word in labels.items()}}
        if reading.parent.get(name) and not TOTAL.fullmatch(reading.parent[name]):
            words["part of"] = reading.parent[name]
    else:
        reading.parent = labels
    pairs: dict[str, str] = {}
    for key, word in words.items():
        for dimension, value in _needed(reading, key, word):
            if dimension == key or not {dimension} & {*words, *pairs}:
                pairs[dimension] = value
            else:
                pairs[key] = word
    sectioned = _section(reading, pairs)
    named = _row_metric(reading, row, name, words.get(name, ""))
    return named or sectioned, tuple(pairs.items())


def _needed(reading: Reading, name: str, word: str) -> Pairs:
    """A label's values; what a firm or a place has in brackets only where another row is of the same one."""
    pairs = find_values(name, word)
    if len(pairs) == _TWO and pairs[0][0] in ("region", "company") and pairs[1][0] == "kind":
        return pairs if len(reading.alike(name, pairs[0])) > 1 else pairs[:1]
    return pairs


def _section(reading: Reading, pairs: dict[str, str]) -> Measure | None:
    """What the head over some rows says of them: a metric, a value of a dimension, or its own words."""
    if not reading.section:
        return None
    measure = reading.measure_of(reading.section)
    if measure.known:
        return measure
    for name, value in read_label("", reading.section):
        pairs.setdefault(name or "section", value)
    return None


def _row_metric(reading: Reading, row: Row, name: str, word: str) -> Measure | None:
    """The metric of a row whose first label says what is measured."""
    if not word or reading.layout.measure_column is not None or _is_other_money(reading, word):
        return None
    unit = reading.layout.unit_column
    said = f"{word} ({row[unit]})" if unit is not None and row[unit] else word
    by_label = reading.measure_of(said)
    topic = reading.topic
    if by_label.known:
        return None if topic.metric and name not in ITEMS and not is_unit(name) else by_label
    is_item = name in ITEMS or is_unit(name)
    if topic.measure and (both := reading.measure_of(f"{word} {topic.measure}")).known:
        return both
    if not is_item:
        return None if topic.metric or topic.subject else by_label
    if named_by_word(word) or TOTAL.fullmatch(word) or is_part(row[reading.layout.labels[0]]):
        return None if topic.metric or topic.subject else by_label
    return by_label


def _is_other_money(reading: Reading, word: str) -> bool:
    """Whether a label is a currency though the table is of money: a zone "EUR" under "in millions of CHF"."""
    return is_unit(word) and all(is_money(read_unit(one)[1]) for one in (reading.unit, word))


def _of_kind(reading: Reading, measure: Measure, labels: dict[str, str]) -> Measure:
    """Vehicles of a row that says of which drive: the stock of "BEV" is that of electric vehicles."""
    held = reading.catalogue.get(measure.metric) if measure.known else None
    if held is None or "vehicle" not in held.objects:
        return measure
    for word in labels.values():
        if found := of_object(without_mark(word), held, reading.catalogue):
            return replace(measure, metric=found.key)
    return measure


def _rest(labels: dict[str, str], pairs: Pairs) -> Pairs:
    """The values of a row without the one that names its metric."""
    name, word = next(iter(labels.items()), ("", ""))
    taken = set(find_values(name, word))
    return tuple(pair for pair in pairs if pair not in taken)


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _by_column(reading: Reading, row: Row) -> Measure:
    layout = reading.layout
    assert layout.measure_column is not None
    words = row[layout.measure_column]
    if layout.unit_column is not None and row[layout.unit_column]:
        words = f"{words} ({row[layout.unit_column]})"
    return reading.measure_of(words)


def _unit_words(layout: Layout, row: Row, unit: int) -> str:
    """What a row's unit says, with the currency of the column beside it: "USD per tonne"."""
    words, money = row[unit], layout.currency
    by = money is not None and words.casefold().startswith(("per ", "/"))
    return f"{row[money]} {words}" if money is not None and by else words


def _figure(
    reading: Reading, row: Row, number: int, column: int, measure: Measure, labels: Pairs,
    period: Period, status: Status,
) -> Figure | None:  # fmt: skip
    printed = row[column] if column < len(row) else ""
    value, flag = read_flagged(without_dots(printed) if reading.dotted else printed)
    amount = read_amount(printed) if value is None else None
    if amount:
        value = amount[0]
    missing = printed.casefold() in reading.missing or printed in map(
        str, listed(reading.settings.get("missing"))
    )
    if value is None and not missing:
        reading.unread.append((printed, cell_name(reading.table, number, column)))
    if value is None and not (missing and measure.known):
        return None
    status = status or flag
    dimensions, aggregate = _dimensions(reading, row, measure, labels, status)
    scale = 0 if amount else measure.scale
    value = settle(value).scaleb(scale) if value is not None and not missing else None
    if any(word in reading.layout.header[column].casefold() for word in ESTIMATE):
        status = "estimate"
    unit = (
        "%" if printed.endswith("%") else (amount[1] if amount else "") or measure.unit or money_of(printed)
    )
    kind = measure.kind
    if not unit and measure.metric in _COUNTS and _OF_VEHICLES & dimensions.keys():
        unit = "vehicles"
    place, quote = place_of(reading.document, reading.table, reading.layout.header, row, number, column)
    return Figure(
        series=Series(measure.metric, tuple(sorted(dimensions.items())), unit, _frequency(period)),
        period=period, value=value, unit=unit, kind=kind, basis=measure.basis, place=place, text=printed,
        document_id=reading.document.id, quote=quote, step=_step(value), status="missing" if value is None else status,
        aggregate=aggregate, heading=_heading(reading, column, measure),
    )  # fmt: skip


def _dimensions(
    reading: Reading, row: Row, measure: Measure, labels: Pairs, status: Status
) -> tuple[dict[str, str], bool]:
    """The values of a cell by its column and its row's labels, and whether they are a total of what stands beside."""
    held, layout = reading.catalogue.get(measure.metric), reading.layout
    dimensions = dict(measure.dimensions)
    aggregate = not {"company", "model"}.intersection(name for name, _ in labels) and any(
        word.casefold() in reading.totals for name, word in measure.dimensions if name == "region"
    )
    for name, word in labels:
        known = name
        if known == "powertrain" and held and known not in held.dimensions and word not in _DRIVES:
            known = "kind"  # a column called so for all parameters: "Publicly available fast" chargers
        if known == "kind" and dimensions.get(known, word) != word:
            known = "part"
        dimensions[known] = word
        aggregate |= word.casefold() in reading.totals
    aggregate |= any(row[n].casefold().lstrip("_").startswith(("aggregate", "world")) for n in layout.groups)
    if status == "forecast" and layout.kinds:
        dimensions["scenario"] = " ".join(row[n] for n in layout.kinds)
    return dimensions, aggregate


def _heading(reading: Reading, column: int, measure: Measure) -> str:
    """What stands over a cell: the table's own heading, and of a known metric the words that its column has for it."""
    if RATE.search(reading.layout.header[column]):
        return ""
    words = reading.layout.heads[column].words if measure.known else ""
    return f"{reading.topic.heading} {words}".strip()


def _step(value: Decimal | None) -> Decimal:
    exponent = value.as_tuple().exponent if value is not None else 0
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def _frequency(period: Period) -> str:
    return period.grain if period.grain in ("month", "quarter", "year") else ""
