"""Figures and their documents, read from the index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from index.figures import Basis, Figure, Kind, Place, Series, Status
from index.language.bounds import Bound
from index.language.periods import Grain, Origin, Period
from index.lookup.kept import kept_of
from index.lookup.vocabulary import read_dimensions

if TYPE_CHECKING:
    from index.reader import View

T = TypeVar("T")
_COLUMNS = (
    'f.id, s.metric, s.dimensions, s.unit, s.frequency, f.start, f."end", f.label, f.grain, f.cumulative, '
    "f.origin, f.month_first, f.month_last, f.value, f.unit, f.kind, f.place_start, f.place_end, f.sheet, f.cell, "
    "f.text, f.document_id, f.quote, f.high, f.bound, f.step, f.basis, f.base_start, f.base_end, f.base_label, "
    "f.status, f.aggregate"
)
_FIGURES = (
    f"SELECT {_COLUMNS} FROM figures f JOIN series s ON s.id = f.series_id "  # noqa: S608
    "JOIN visible_documents v ON v.id = f.document_id"
)
_NUMBERS = "SELECT f.series_id, f.id FROM figures f JOIN visible_documents v ON v.id = f.document_id"
_DOCUMENTS = (
    "SELECT id, title, publisher, published, source, kind, edition, supersedes, language FROM documents"
)


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer says of the document that a figure is from."""

    id: str
    title: str
    publisher: str
    published: date | None
    address: str
    kind: str
    edition: str
    supersedes: str
    language: str
    superseded: bool = False
    """Whether a newer edition of it is held."""

    @property
    def file(self) -> str:
        return self.id.rsplit("/", 1)[-1]


def read_figures(
    view: View,
    series: Sequence[int],
    *,
    kinds: Iterable[Kind] = ("level",),
    span: tuple[date, date] | None = None,
    whole: bool = False,
) -> tuple[Figure, ...]:
    """The figures of some series; where `span` is given, those that begin within it or have no year.

    With `whole` those of exactly that span, and of points in time up to a day after it.
    """
    found = read_of_series(view, series, kinds=kinds, span=span, whole=whole)
    return tuple(figure for _, figure in found)


def read_of_series(
    view: View,
    series: Sequence[int],
    *,
    kinds: Iterable[Kind] = ("level",),
    span: tuple[date, date] | None = None,
    whole: bool = False,
) -> list[tuple[int, Figure]]:
    """The same, each with the number of its series. Only figures that are not kept are read in full."""
    found: list[tuple[int, int]] = []
    wanted = tuple(kinds)
    clause = f"f.kind IN ({_marks(wanted)})"
    values: list[object] = [*wanted]
    if span is not None and whole:
        clause += " AND ((f.start = ? AND f.\"end\" = ?) OR (f.grain IN ('point', 'day') AND f.start BETWEEN ? AND ?))"
        first_day, last_day = span
        values += [day.isoformat() for day in (*span, first_day, last_day + timedelta(days=1))]
    elif span is not None:
        clause += " AND (f.start IS NULL OR (f.start >= ? AND f.start < ?))"
        values += [day.isoformat() for day in span]
    for some in _batches(series):
        where = f"f.series_id IN ({_marks(some)}) AND {clause}"
        found += view.db.execute(f"{_NUMBERS} WHERE {where} ORDER BY f.id", [*some, *values]).fetchall()
    figures = _by_number(view, [number for _, number in found])
    return [(number, figures[figure]) for number, figure in found]


def _by_number(view: View, numbers: Sequence[int]) -> dict[int, Figure]:
    kept = kept_of(view)
    found = {number: figure for number in numbers if (figure := kept.get(number)) is not None}
    for some in _batches([number for number in numbers if number not in found]):
        rows = view.db.execute(f"{_FIGURES} WHERE f.id IN ({_marks(some)})", some)
        found.update((row[0], _figure(view, row)) for row in rows)
    return found


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[first : first + 500] for first in range(0, len(values), 500))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def newest_span(view: View, series: Sequence[int], today: date) -> tuple[date, date] | None:
    """The newest period that has begun in some series, forecasts aside; None where none has a date."""
    newest: tuple[str, str] | None = None
    for some in _batches(series):
        where = f"f.series_id IN ({_marks(some)}) AND f.kind = 'level' AND f.start <= ?"
        row = view.db.execute(
            'SELECT max(f."end"), max(f.start) FROM figures f JOIN visible_documents v ON v.id = f.document_id '  # noqa: S608
            f"WHERE {where} AND f.status NOT IN ('forecast', 'missing')",
            [*some, today.isoformat()],
        ).fetchone()
        if row[0] is not None:
            newest = max(newest or row, row)
    return (date.fromisoformat(newest[1]), date.fromisoformat(newest[0])) if newest else None


def read_end(view: View, today: date, *, grain: str = "", first: bool = False) -> Figure | None:
    """The figure of the newest period that is over, or of the first one; of one grain where it is given.

    Of tables where they have one; undated months only where no figure has a date.
    """
    wanted = "f.kind = 'level' AND f.value IS NOT NULL AND f.status NOT IN ('forecast', 'missing')"
    values: list[str] = []
    if grain:
        wanted, values = f"{wanted} AND f.grain = ?", [grain]
    order = 'f.start, f."end"' if first else 'f."end" DESC, f.start DESC'
    over, day = 'f.start IS NOT NULL AND f."end" <= ?', (today + timedelta(days=1)).isoformat()
    for more, key, extra in (
        (f"f.cell <> '' AND {over}", order, [day]),
        (over, order, [day]),
        ("f.start IS NULL AND f.month_last IS NOT NULL", "f.month_last DESC, f.month_first DESC", []),
    ):
        where = f"{_FIGURES} WHERE {wanted} AND {more} ORDER BY {key}, f.id LIMIT 1"
        if row := view.db.execute(where, [*values, *extra]).fetchone():
            return _figure(view, row)
    return None


def read_figure(view: View, number: int) -> Figure | None:
    """One figure by its number."""
    row = view.db.execute(f"{_FIGURES} WHERE f.id = ?", [number]).fetchone()
    return _figure(view, row) if row else None


def read_within(view: View, document: str, spans: Iterable[tuple[int, int]]) -> tuple[Figure, ...]:
    """The figures that stand within some spans of a document's text, in reading order."""
    within = list(spans)
    clauses = " OR ".join("(f.place_start BETWEEN ? AND ? AND f.place_end <= ?)" for _ in within) or "0"
    where = f"f.document_id = ? AND f.cell = '' AND ({clauses})"
    values = [document, *(edge for start, end in within for edge in (start, end, end))]
    rows = view.db.execute(f"{_FIGURES} WHERE {where} ORDER BY f.place_start, f.id", values)
    return tuple(_figure(view, row) for row in rows)


def read_page(
    view: View, *, metric: str | None = None, document: str | None = None, since: date | None = None
) -> Iterator[Figure]:
    """Every figure in the order of documents and places, of one metric or document, or from a day on."""
    clauses: list[tuple[str, str]] = []
    if metric is not None:
        clauses.append(("s.metric = ?", metric))
    if document is not None:
        clauses.append(("(f.document_id = ? OR f.document_id LIKE '%/' || ?)", document))
    if since is not None:
        clauses.append(("f.start >= ?", since.isoformat()))
    where = " AND ".join(clause for clause, _ in clauses) or "1"
    values = [value for clause, value in clauses for _ in range(clause.count("?"))]
    for row in view.db.execute(f"{_FIGURES} WHERE {where} ORDER BY f.document_id, f.id", values):
        yield _figure(view, row)


def read_number(view: View, value: Decimal) -> tuple[Figure, ...]:
    """The figures of exactly this value, in the order of their numbers."""
    rows = view.db.execute(f"{_FIGURES} WHERE f.number = ? ORDER BY f.id LIMIT 20", [float(value)])
    return tuple(figure for row in rows if (figure := _figure(view, row)).value == value)


def read_beside(view: View, figure: Figure, kinds: Iterable[Kind] = ("change",)) -> tuple[Figure, ...]:
    """Figures of the same metric, dimensions and period in the same document."""
    wanted = tuple(kinds)
    start = figure.period.start
    rows = view.db.execute(
        f"{_FIGURES} WHERE f.document_id = ? AND s.metric = ? AND s.dimensions = ? AND f.start IS ? "
        f"AND f.kind IN ({_marks(wanted)}) ORDER BY f.id",
        [
            figure.document_id, figure.series.metric, _dimensions(figure.series),
            start.isoformat() if start else None, *wanted,
        ],
    )  # fmt: skip
    same = (figure.period.start, figure.period.end, figure.period.months)
    found = [_figure(view, row) for row in rows]
    return tuple(f for f in found if (f.period.start, f.period.end, f.period.months) == same)


def _dimensions(series: Series) -> str:
    return json.dumps(series.dimensions, ensure_ascii=False)


def read_sources(view: View, documents: Iterable[str]) -> dict[str, Source]:
    """The documents of these ids that the viewer sees."""
    wanted = sorted(set(documents))
    found: dict[str, Source] = {}
    for some in _batches(wanted):
        where = f"id IN ({_marks(some)}) AND id IN (SELECT id FROM visible_documents)"  # noqa: S608
        rows = view.db.execute(f"{_DOCUMENTS} WHERE {where}", some)
        for row in rows:
            source = Source(row[0], row[1], row[2], _day(row[3]), *row[4:])
            found[row[0]] = replace(source, superseded=row[0] in view.superseded)
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _figure(view: View, row: tuple[Any, ...]) -> Figure:
    """A row as a figure; one that was read lately is the same."""
    kept = kept_of(view)
    figure = kept.get(row[0])
    if figure is None:
        figure = _made(row)
        kept.add(figure)
    return figure


def _made(row: tuple[Any, ...]) -> Figure:
    (
        number, metric, dimensions, series_unit, frequency, start, end, label, grain, cumulative, origin, first, last,
        value, unit, kind, place_start, place_end, sheet, cell, text, document, quote, high, bound, step, basis,
        base_start, base_end, base_label, status, aggregate,
    ) = row  # fmt: skip
    base = None
    if base_label is not None:
        base = Period(_day(base_start), _day(base_end), base_label, "unknown")
    return Figure(
        series=_series(metric, dimensions, series_unit, frequency),
        period=_period(start, end, label, grain, cumulative, origin, first, last),
        value=None if value is None else Decimal(value),
        unit=unit,
        kind=cast("Kind", kind),
        place=Place(int(place_start), int(place_end), sheet, cell),
        text=text,
        document_id=document,
        quote=quote,
        high=None if high is None else Decimal(high),
        bound=cast("Bound", bound),
        step=Decimal(step),
        basis=cast("Basis", basis),
        base=base,
        status=cast("Status", status),
        aggregate=bool(aggregate),
        id=int(number),
    )


@lru_cache(maxsize=16_384)
def _series(metric: str, dimensions: str, unit: str, frequency: str) -> Series:
    return Series(metric, read_dimensions(dimensions), unit, frequency)


@lru_cache(maxsize=16_384)
def _period(
    start: str | None,
    end: str | None,
    label: str,
    grain: str,
    cumulative: int,
    origin: str,
    first: int | None,
    last: int | None,
) -> Period:
    inside = None if first is None or last is None else (first, last)
    days = _day(start), _day(end)
    return Period(*days, label, cast("Grain", grain), bool(cumulative), cast("Origin", origin), inside)
