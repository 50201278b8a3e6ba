"""What is held beside a figure that somebody states: of its metric, and of its value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from index.figures import Figure, Kind
from index.lookup.figures import read_figure, read_figures

if TYPE_CHECKING:
    from index.reader import View

MOST = 200


def read_metric(view: View, metric: str, kinds: tuple[Kind, ...]) -> tuple[Figure, ...]:
    """Every figure of a metric, whatever its dimensions."""
    series = [number for (number,) in view.db.execute("SELECT id FROM series WHERE metric = ?", [metric])]
    return read_figures(view, series, kinds=kinds) if series else ()


def read_value(view: View, value: Decimal, step: Decimal, unit: str) -> tuple[Figure, ...]:
    """The figures that round to a value at its precision, whatever they are of."""
    half = float(step) / 2 * (1 + 1e-9)
    rows = view.db.execute(
        "SELECT f.id FROM figures f JOIN visible_documents v ON v.id = f.document_id "
        "WHERE f.unit = ? AND f.number BETWEEN ? AND ? ORDER BY f.id LIMIT ?",
        [unit, float(value) - half, float(value) + half, MOST],
    ).fetchall()
    found = (read_figure(view, number) for (number,) in rows)
    return tuple(figure for figure in found if figure is not None)
