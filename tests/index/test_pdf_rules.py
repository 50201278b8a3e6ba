"""Tables of PDF files whose ruled lines are not as wide as the table: a title's line, rules under numbers alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from index.documents import Document
from index.reading import read
from index.reading.facts import Facts

WIDTH, HEIGHT = A4
Style = list[tuple[object, ...]]


def place(canvas: Canvas, rows: list[list[str]], widths: list[float], style: Style, y: float = 420) -> None:
    """A table at the left of a page, its lower side at a height."""
    table = Table(rows, colWidths=widths, rowHeights=15)
    table.setStyle([("FONTSIZE", (0, 0), (-1, -1), 9), *style])
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, 80, y)


def finish(canvas: Canvas, path: Path) -> Document:
    canvas.save()
    return read(path, id=path.name, facts=Facts())


@pytest.mark.parametrize("more", [0, 5, 12])
def test_a_line_that_is_longer_than_those_of_a_table_leaves_it_whole(more: float, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(80, 740, "Cells made in three countries")
    canvas.line(80 - more, 732, 480 + more, 732)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(80, 700, "More cells were made in each of them than in the year before.")
    rows = [
        ["Country", "2024", "", "2025", ""],
        ["", "Q2", "Q3", "Q2", "Q3"],
        ["Hungary", "14.1", "15.0", "16.8", "18.3"],
        ["Poland", "12.0", "12.4", "12.2", "12.9"],
        ["Germany", "6.5", "6.9", "7.9", "8.8"],
    ]
    spans: Style = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
    place(canvas, rows, [80] * 5, [("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans], 560)
    (table,) = finish(canvas, path).tables
    assert table.cells == (
        ("Country", "2024", "2024", "2025", "2025"),
        ("Country", "Q2", "Q3", "Q2", "Q3"),
        *(tuple(row) for row in rows[2:]),
    )
