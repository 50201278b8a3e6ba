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


STATEMENT = [
    ["€ million", "2024", "2023"],
    ["Revenue", "412.5", "349.1"],
    ["Cost of sales", "(323.8)", "(286.3)"],
    ["Gross profit", "88.7", "62.8"],
    ["Costs of running the business", "", ""],
    ["Research and development", "(41.0)", "(38.2)"],
    ["Selling expenses", "(22.3)", "(20.1)"],
    ["Operating result", "25.4", "4.5"],
    ["Interest", "(6.1)", "(5.0)"],
    ["Net result", "19.3", "(0.5)"],
]


@pytest.mark.parametrize("money", ["", "$"])
def test_rules_under_the_numbers_alone_are_lines_of_one_table(money: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(80, 700, "The statement below is audited. It shows what the group earned in two years.")
    signs = {1: money, 3: money, 9: money}
    rows = [
        [label, *(part for cell in cells for part in (signs.get(n, ""), cell))]
        for n, (label, *cells) in enumerate(STATEMENT)
    ]
    rules = [("LINEABOVE", (c, r), (c, r), 0.6, colors.black) for r in (1, 3, 7, 9) for c in (1, 2, 3, 4)]
    right = [("ALIGN", (c, 0), (c, -1), "RIGHT") for c in (2, 4)]
    place(canvas, rows, [220, 15, 60, 15, 60], [*rules, *right])
    canvas.setFont("Helvetica", 10)
    canvas.drawString(80, 400, "The notes are part of the statement.")
    document = finish(canvas, path)
    (table,) = document.tables
    assert table.cells == tuple(
        (label, *(f"{money} {cell}" if money and n in signs else cell for cell in cells))
        for n, (label, *cells) in enumerate(STATEMENT)
    )
    assert "It shows what the group earned in two years." in document.text
    assert document.text.endswith("The notes are part of the statement.")


def test_lines_of_numbers_between_two_rules_are_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(
        80, 760, "Who was paid by the office in the half of the year, by the day on which it was paid."
    )
    tops, columns = [740, 722, 660, 570, 508], [80, 170, 260, 400, 480]
    for top in tops:
        canvas.line(80, top, 480, top)
    for x in columns:
        canvas.line(x, tops[0], x, tops[-1])
    rows = {
        728: ("No.", "Day", "Name", "Amount"),
        708: ("", "", "Adams, Jane", "1,200.50"),
        690: ("", "", "Brown, Peter", "900.00"),
        672: ("", "", "Clark, Ann", "850.25"),
        646: ("EX2024001", "05/03/2024", "City cars", "120.50"),
        634: ("", "", "two days in May", ""),
        616: ("EX2024002", "05/09/2024", "Rail line", "87.00"),
        604: ("", "", "from the coast", ""),
        586: ("EX2024003", "06/01/2024", "Old ferry", "12.30"),
        556: ("", "", "Paper", "14.00"),
        538: ("Goods", "", "Ink", "23.50"),
        520: ("", "", "Chairs", "410.00"),
    }
    for y, cells in rows.items():
        for x, cell in zip(columns, cells, strict=False):
            canvas.drawString(x + 4, y, cell)
    (table,) = finish(canvas, path).tables
    assert table.cells == (
        ("No.", "Day", "Name", "Amount"),
        ("", "", "Adams, Jane", "1,200.50"),
        ("", "", "Brown, Peter", "900.00"),
        ("", "", "Clark, Ann", "850.25"),
        ("EX2024001", "05/03/2024", "City cars two days in May", "120.50"),
        ("EX2024002", "05/09/2024", "Rail line from the coast", "87.00"),
        ("EX2024003", "06/01/2024", "Old ferry", "12.30"),
        ("Goods", "", "Paper", "14.00"),
        ("Goods", "", "Ink", "23.50"),
        ("Goods", "", "Chairs", "410.00"),
    )


HEADS = [["", "Three months", "", "Nine months", ""], ["", "2024", "2023", "2024", "2023"]]
SALES = [
    ["Revenues", "", "", "", ""],
    ["Sales of cars", "18,831", "18,582", "53,821", "57,879"],
    ["Leasing of cars", "446", "489", "1,380", "1,620"],
    ["Energy", "2,376", "1,559", "7,025", "4,597"],
    ["Total", "21,653", "20,630", "62,226", "64,096"],
]


def test_a_header_over_the_first_shaded_row_is_the_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(
        80, 560, "The figures are those of the plants that the maker runs, and are not audited."
    )
    stripes = [("BACKGROUND", (0, n), (-1, n), colors.lightgrey) for n in range(2, 7, 2)]
    spans: Style = [("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0)), ("ALIGN", (1, 0), (-1, 1), "CENTER")]
    place(
        canvas, HEADS + SALES, [120, 90, 90, 90, 90], [*spans, *stripes, ("ALIGN", (1, 2), (-1, -1), "RIGHT")]
    )
    document = finish(canvas, path)
    (table,) = document.tables
    assert table.cells == (
        ("", "Three months", "Three months", "Nine months", "Nine months"),
        ("", "2024", "2023", "2024", "2023"),
        *(tuple(row) for row in SALES),
    )
    assert "are not audited.\n" in document.text


def test_narrow_columns_without_words_leave_heads_over_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    tops = [300, 312, 324] + [336 + 13 * n for n in range(len(SALES) - 1)]
    lefts = [270, 351, 432, 513]
    for top in tops[2:]:
        canvas.setFillGray(0.9)
        for x0, x1 in [(20, 270), *((x, x + 76.5) for x in lefts), *((x - 4.5, x) for x in lefts[1:])]:
            canvas.rect(x0, HEIGHT - top - 13, x1 - x0, 13, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica", 9)
    for x, head in zip((340, 500), ("Three months", "Nine months"), strict=True):
        canvas.drawString(x - 20, HEIGHT - 310, head)
    for x0, x1 in ((270, 427.5), (432, 589.5)):
        canvas.line(x0, HEIGHT - 312, x1, HEIGHT - 312)
    rows = [HEADS[1], *SALES[1:]]
    for top, row in zip(tops[1:], rows, strict=False):
        canvas.drawString(22, HEIGHT - top - 10, row[0])
        for x, cell in zip(lefts, row[1:], strict=True):
            canvas.drawRightString(x + 60, HEIGHT - top - 10, cell)
    for x in lefts:
        canvas.line(x, HEIGHT - 324, x + 76.5, HEIGHT - 324)
    (table,) = finish(canvas, path).tables
    assert table.cells == (
        ("", "Three months", "Three months", "Nine months", "Nine months"),
        *(tuple(row) for row in rows),
    )
