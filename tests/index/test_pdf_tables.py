"""Tables of PDF files as reports set them: several on a page, few rules, headers of two lines, shaded rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from index.documents import Document
from index.reading import read
from index.reading.facts import Facts

Rows = list[list[str]]
SALES: Rows = [
    ["Maker", "September 2021", "October 2021", "Change (%)"],
    ["BYD", "70,022", "80,373", "14.8"],
    ["Tesla China", "56,006", "54,391", "(2.9)"],
    ["NIO", "10,628", "3,667", "(65.5)"],
]
CELLS: Rows = [
    ["Chemistry", "2020", "", "2021", ""],
    ["", "First half", "Full year", "First half", "Full year"],
    ["LFP", "4.9", "24.4", "22.2", "79.8"],
    ["NMC", "11.8", "38.9", "30.2", "74.3"],
    ["Total", "17.5", "63.6", "52.5", "154.5"],
]
READ: Rows = [["Chemistry", "2020", "2020", "2021", "2021"], ["Chemistry", *CELLS[1][1:]], *CELLS[2:]]
SHARES: Rows = [
    ["Region", "Q1 2021", "Q2 2021", "Q3 2021"],
    ["China", "8.9", "11.7", "17.4"],
    ["Europe", "14.0", "16.1", "19.5"],
    ["United States", "2.5", "3.4", "–"],
]


def style(kind: str, rows: int, head: int) -> list[tuple[object, ...]]:
    """How the lines of a table are drawn: all; three; none, with every other row shaded; none."""
    if kind == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    if kind == "book":
        under = (head - 1, rows - 1)
        return [("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
                *(("LINEBELOW", (0, n), (-1, n), 1, colors.black) for n in under)]  # fmt: skip
    if kind == "stripes":
        return [("BACKGROUND", (0, n), (-1, n), colors.lightgrey) for n in range(0, rows, 2)]
    return []


def draw(kind: str, path: Path) -> Document:
    words = getSampleStyleSheet()["BodyText"]
    story: list[Flowable] = []
    for caption, rows, note in [
        ("NEV sales by maker (vehicles)", SALES, "Source: announcements of the makers, exports in them."),
        ("Power batteries installed by chemistry (GWh)", CELLS, "Note: other chemistries are in the total."),
        ("EV sales share by region, %", SHARES, ""),
    ]:
        head = 1 + (rows is CELLS)
        spans: list[tuple[object, ...]] = [
            ("SPAN", (0, 0), (0, 1)),
            ("SPAN", (1, 0), (2, 0)),
            ("SPAN", (3, 0), (4, 0)),
        ]
        look = [
            *spans[: 3 * (head - 1)],
            ("ALIGN", (1, 0), (-1, -1), "CENTER"),
            *style(kind, len(rows), head),
        ]
        table = Table(
            rows, colWidths=[110, *[80] * (len(rows[0]) - 1)], hAlign="LEFT", style=TableStyle(look)
        )
        story += [Spacer(1, 8), Paragraph(caption, words), table, *([Paragraph(note, words)] if note else [])]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    return read(path, id=path.name, facts=Facts())


@pytest.mark.parametrize("kind", ["grid", "book", "stripes", "bare"])
def test_tables_under_one_another_are_tables_of_their_own(kind: str, tmp_path: Path) -> None:
    document = draw(kind, tmp_path / "a.pdf")
    found = [[list(row) for row in table.cells] for table in document.tables]
    assert found == [SALES, READ, SHARES]
    parts = [part for part in document.text.split("\n\n") if "\t" not in part]
    assert parts == [
        "NEV sales by maker (vehicles)",
        "Source: announcements of the makers, exports in them.",
        "Power batteries installed by chemistry (GWh)",
        "Note: other chemistries are in the total.",
        "EV sales share by region, %",
    ]
