"""PDF files: made here, read back as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document
from index.errors import CorpusError
from index.language.quantities import find_quantities
from index.reading import read
from index.reading.facts import Facts
from index.reading.layout import find_lines, find_pieces
from index.reading.page import Word
from index.reading.paragraphs import Hyphens, find_blocks

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4


def made(folder: Path, *pages: Draw, rotation: int = 0) -> Document:
    path = folder / "a.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        canvas.setPageRotation(rotation)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read(path, id="a.pdf", facts=Facts())


def lines(
    canvas: Canvas, x: float, y: float, texts: list[str], size: float = 10, font: str = "Helvetica"
) -> None:
    canvas.setFont(font, size)
    for n, text in enumerate(texts):
        canvas.drawString(x, HEIGHT - y - 1.2 * size * n, text)


LEFT = [
    "The sales of new energy vehicles in the country rose to",
    "397,000 in the month of October, which is more than in",
    "any month before, said the association in its infor-",
    "mation for the press, which it gives every month when",
    "the figures of all its members have come in. The zero-",
    "emission vehicles and zero-emission buses are in it.",
]
RIGHT = [line.replace("The sales", "Exports") for line in LEFT]


def test_headings_paragraphs_and_hyphens(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, ["The report of the month"], 20)
        lines(canvas, 70, 120, ["1. Sales"], 12, "Helvetica-Bold")
        lines(canvas, 70, 150, LEFT)
        lines(canvas, 70, 240, ["• one item", "• another item"])

    document = made(tmp_path, draw)
    assert document.text == (
        "The report of the month\n\n1. Sales\n\nThe sales of new energy vehicles in the country rose to 397,000 in the "
        "month of October, which is more than in any month before, said the association in its information for the "
        "press, which it gives every month when the figures of all its members have come in. The zero-emission "
        "vehicles and zero-emission buses are in it.\n\n- one item\n- another item"
    )
    assert [m.value for m in document.marks if m.kind == "heading"] == [
        "The report of the month", "The report of the month › 1. Sales"]  # fmt: skip
    assert document.title == "The report of the month"


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 50, 80, ["A title that runs across both of the columns"], 18)
        lines(canvas, 50, 120, LEFT * 3)
        lines(canvas, 320, 120, RIGHT * 3)

    text = made(tmp_path, draw).text
    assert text.index("A title") < text.index("The sales") < text.index("Exports")
    assert text.count("information for the press") == 6
    assert "to Exports" not in text


def test_a_last_column_of_few_lines_is_read_after_the_full_one(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 80, LEFT * 4)
        lines(canvas, 320, 80, RIGHT[:2])

    text = made(tmp_path, draw).text
    assert text.count("The sales of new energy vehicles in the country rose to 397,000 in the month") == 4
    assert text.endswith("Exports of new energy vehicles in the country rose to 397,000 in the month of October, "
                         "which is more than in")  # fmt: skip


def test_a_last_column_of_short_lines_is_read_after_the_full_one(tmp_path: Path) -> None:
    short = [
        "Contact",
        "The press office",
        "press@example.org",
        "12 Harbour Road",
        "Bergen",
        "Norway",
        "---",
        "Read more",
    ]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 50, 80, LEFT * 4, 9)
        lines(canvas, 320, 80, short, 9)

    text = made(tmp_path, draw).text
    assert text.index("are in it.") < text.index("Contact")
    assert [text.index(line) for line in short] == sorted(text.index(line) for line in short)


def test_a_title_and_the_heading_under_it_in_its_letters_are_two(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, ["A survey of ferries", "Scope"], 14, "Helvetica-Bold")
        lines(canvas, 70, 130, LEFT * 2)

    document = made(tmp_path, draw)
    assert document.title == "A survey of ferries"
    assert document.text.startswith("A survey of ferries\n\nScope\n\nThe sales")


@pytest.mark.parametrize(
    "title",
    [
        ["The report of the year on ferries", "Batteries and their makers"],
        ["The battery report", "2024"],
        ["The ferries of Norway:", "An overview"],
        ["The makers and", "The sellers"],
    ],
    ids=" ".join,
)
def test_a_title_of_two_lines_is_one(tmp_path: Path, title: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, title, 14, "Helvetica-Bold")
        lines(canvas, 70, 130, LEFT * 2)

    assert made(tmp_path, draw).title == " ".join(title)


def test_three_narrow_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = [[f"column {n} line {m} of what was said" for m in range(12)] for n in range(3)]

    def draw(canvas: Canvas) -> None:
        for n, column in enumerate(columns):
            lines(canvas, 60 + 135 * n, 80, column, 8)

    assert made(tmp_path, draw).text == " ".join(line for column in columns for line in column)


def test_a_table_in_one_column_leaves_the_other_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(
            canvas,
            50,
            80,
            ["Head of the paper", *[f"{n}th line of the left column, with words" for n in range(30)]],
        )
        lines(canvas, 320, 80, [f"{n}th line of the right column, with words" for n in range(12)])
        for row in range(4):
            canvas.line(320, HEIGHT - 240 - 20 * row, 520, HEIGHT - 240 - 20 * row)
        for column in range(3):
            canvas.line(320 + 100 * column, HEIGHT - 240, 320 + 100 * column, HEIGHT - 300)
        for row, cells in enumerate([("Month", "Sales"), ("Sep 2021", "357,000"), ("Oct 2021", "383,000")]):
            for column, cell in enumerate(cells):
                lines(canvas, 325 + 100 * column, 254 + 20 * row, [cell], 9)
        lines(canvas, 320, 330, [f"{n}th line of the right column, with words" for n in range(12, 20)])

    document = made(tmp_path, draw)
    places = [document.text.index(f"{n}th line of the left") for n in range(30)]
    places += [document.text.index(f"{n}th line of the right") for n in range(12)]
    places += [document.text.index("Month\tSales")]
    places += [document.text.index(f"{n}th line of the right") for n in range(12, 20)]
    assert places == sorted(places)
    (table,) = document.tables
    assert table.cells == (("Month", "Sales"), ("Sep 2021", "357,000"), ("Oct 2021", "383,000"))


def test_a_running_head_of_two_pages(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, 70, 40, [f"Monthly report of the association, {number}"], 8)
            lines(canvas, 70, 130, LEFT)

        return draw

    assert "Monthly report" not in made(tmp_path, page(1), page(2)).text


def test_short_lines_stand_by_themselves(tmp_path: Path) -> None:
    short = [
        "Report: INV-1234",
        "Warehouse: the hall in the east",
        "Prepared by: Sarah Martin",
        "15 March 2025",
    ]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, [*short, *LEFT, "It is so.", "Credit risk", *RIGHT])

    parts = made(tmp_path, draw).text.split("\n\n")
    assert parts[:4] == short
    assert parts[4].startswith("The sales of new") and parts[4].endswith("It is so.")
    assert parts[5] == "Credit risk"
    assert parts[6].startswith("Exports of new") and parts[6].endswith("buses are in it.")


@pytest.mark.parametrize("sign", ["\uf0b7", "\uf0a7", "\uf0d8", "•"])
def test_bullets_of_office_programs_begin_items(sign: str) -> None:
    texts = [f"{sign} The first of them", f"{sign} The second of them"]
    words = [
        Word(70 + 40 * n, 80 + 14 * row, 105 + 40 * n, 90 + 14 * row, text)
        for row, line in enumerate(texts)
        for n, text in enumerate(line.split())
    ]
    blocks = find_blocks(find_lines(find_pieces(words)), 10, Hyphens([]))
    assert [(block.sign, block.text) for block in blocks] == [
        ("-", "The first of them"),
        ("-", "The second of them"),
    ]


@pytest.mark.parametrize("sign", ["\uf0b7", "•"])
def test_a_bullet_far_from_its_words_is_no_column(sign: str) -> None:
    words = [Word(90, 80, 95, 90, sign), Word(110, 80, 150, 90, "Cheap"), Word(153, 80, 190, 90, "cells")]
    assert [piece.text for piece in find_pieces(words)] == [f"{sign} Cheap cells"]


@pytest.mark.parametrize("count", [2, 4, 5])
def test_running_heads_that_take_turns(count: int, tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            head = "Cells and what they cost" if number % 2 else "Office of the makers | June"
            lines(canvas, 70, 40, [head], 8)
            lines(canvas, 70, 130, [line.replace("397,000", f"{number}97,000") for line in LEFT[:5]])

        return draw

    text = made(tmp_path, *[page(n) for n in range(1, count + 1)]).text
    assert "Office of" not in text and "they cost" not in text
    assert "\n\n" not in text


def test_numbers_of_pages_stand_under_texts_of_any_length(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, 70, 100, [f"Section {number}"], 14, "Helvetica-Bold")
            lines(canvas, 70, 130, [f"{number}. {line}" for line in LEFT * number])
            lines(canvas, 290, 160 + 72 * number, [str(number + 3)])

        return draw

    text = made(tmp_path, *[page(n) for n in range(1, 5)]).text
    assert not re.search(r"^\d+$|\.\s\d$", text, re.M)


def test_running_heads_and_page_numbers_are_dropped_and_paragraphs_go_on(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            lines(canvas, 70, 40, ["Monthly report of the association"], 8)
            lines(canvas, 70, 130, [line.replace("397,000", f"{number}97,000") for line in LEFT[:5]])
            lines(canvas, 300, 800, [f"Page {number} of 4"], 8)

        return draw

    document = made(tmp_path, *[page(n) for n in range(1, 5)])
    assert "Monthly report" not in document.text
    assert "Page" not in document.text
    pages = [(m.value, document.text[m.start :].split()[0]) for m in document.marks if m.kind == "page"]
    assert pages == [("1", "The"), ("2", "The"), ("3", "The"), ("4", "The")]
    assert document.text.count("\n\n") == 0


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_ruled_table(rotation: int, tmp_path: Path) -> None:
    cells = [
        ["Month", "Sales", "Growth"],
        ["October 2021", "383,000", "134.9 %"],
        ["September 2021", "357,000", "1 %"],
    ]

    def draw(canvas: Canvas) -> None:
        canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, WIDTH)}[rotation])
        canvas.rotate(rotation)
        canvas.setFont("Helvetica", 10)
        for y in range(4):
            canvas.line(70, 500 - 20 * y, 430, 500 - 20 * y)
        for x in range(4):
            canvas.line(70 + 120 * x, 500, 70 + 120 * x, 440)
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                canvas.drawString(75 + 120 * x, 486 - 20 * y, cell)

    document = made(tmp_path, draw, rotation=rotation)
    assert document.text == "\n".join("\t".join(row) for row in cells)
    assert [[list(row) for row in table.cells] for table in document.tables] == [cells]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_what_is_printed_sideways_is_read(turn: int, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
        canvas.rotate(turn)
        lines(canvas, 70, HEIGHT - 400, [*LEFT, *RIGHT])
        canvas.restoreState()
        lines(canvas, 70, 60, ["Annex to the report"])

    whole = made(tmp_path, lambda canvas: lines(canvas, 70, 80, [*LEFT, *RIGHT])).text
    document = made(tmp_path, draw, lambda canvas: lines(canvas, 70, 80, LEFT))
    assert document.text.startswith(whole)
    assert [mark.value for mark in document.marks if mark.kind == "page"] == ["1", "2"]


@pytest.mark.parametrize("slant", [0, 0.21, 0.34, 0.4])
@pytest.mark.parametrize("rotation", [0, 90])
def test_slanted_letters_are_upright(rotation: int, slant: float, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, LEFT)
        text = canvas.beginText()
        text.setFont("Helvetica", 10)
        text.setTextTransform(1, 0, slant, 1, 70, HEIGHT - 200)
        text.textOut("The plant makes 12 GWh a year.")
        canvas.drawText(text)

    assert "The plant makes 12 GWh a year." in made(tmp_path, draw, rotation=rotation).text


RAISED = {
    "sold 240|3| thousand": "sold 240³ thousand",
    "an area of 12 km|2|, with 10|6| cells": "an area of 12 km², with 10⁶ cells",
    "10|-4| bar and 339.3|1)| GWh": "10⁻⁴ bar and 339.3¹ GWh",
    "339.3|1| and 111.4|a| GWh": "339.3¹ and 111.4ᵃ GWh",
    "as the makers say,|12| and more.|3|": "as the makers say,¹² and more.³",
    "on the 1|st| or the 22|nd| of May": "on the 1st or the 22nd of May",
}
"""Words between bars are printed small and high."""


@pytest.mark.parametrize("source", RAISED)
def test_raised_marks_keep_apart_from_numbers(source: str, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(70, HEIGHT - 80)
        for number, part in enumerate(source.split("|")):
            text.setFont("Helvetica", 6.5 if number % 2 else 10)
            text.setRise(3.5 if number % 2 else 0)
            text.textOut(part)
        canvas.drawText(text)
        lines(canvas, 70, 120, LEFT)

    document = made(tmp_path, draw)
    assert RAISED[source] in document.text
    if "240" in source:
        assert next(quantity.value for quantity in find_quantities(document.text)) == 240_000


def test_sideways_words_beside_upright_ones(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, [*LEFT, *LEFT])
        canvas.translate(560, 100)
        canvas.rotate(90)
        if canvas.getPageNumber() == 1:
            lines(canvas, 0, HEIGHT, ["2021 edition, not for sale"], 7)
        else:
            lines(canvas, 0, HEIGHT - 100, RIGHT)

    document = made(tmp_path, draw, draw)
    assert "not for sale" not in document.text
    assert document.text.count("Exports of new energy vehicles") == 1
    assert [mark.value for mark in document.marks if mark.kind == "page"] == ["1", "2"]


def test_words_of_korean_stay_apart(tmp_path: Path) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    said = "국내 전기차 판매량은 12만 대로 늘었다"
    assert (
        made(tmp_path, lambda canvas: lines(canvas, 70, 80, [said], font="HYSMyeongJo-Medium")).text == said
    )


def test_a_table_of_aligned_words(tmp_path: Path) -> None:
    cells = [
        ["Month", "Sales", "Growth"],
        ["October", "383,000", "134.9 %"],
        ["May", "357,000", "1 %"],
        ["Jun", "–", "x"],
    ]

    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 80, LEFT)
        canvas.setFont("Helvetica", 10)
        for y, row in enumerate(cells):
            for x, cell in enumerate(row):
                canvas.drawString(70 + 120 * x, 600 - 14 * y, cell)

    document = made(tmp_path, draw)
    assert [[list(row) for row in table.cells] for table in document.tables] == [cells]
    assert document.text.endswith("are in it.\n\n" + "\n".join("\t".join(row) for row in cells))


def test_a_scan_is_said_to_be_one(tmp_path: Path) -> None:
    picture = ImageReader(Image.new("RGB", (60, 80), "grey"))
    with pytest.raises(CorpusError, match=r"is a scan without text \(1 page\)"):
        made(tmp_path, lambda canvas: canvas.drawImage(picture, 0, 0, 600, 800))
    with pytest.raises(CorpusError, match=r"holds no text \(2 pages\)"):
        made(tmp_path, *[lambda canvas: canvas.rect(10, 10, 100, 100, fill=1)] * 2)


def test_a_locked_file_is_said_to_be_locked(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), encrypt="secret")
    canvas.drawString(70, 70, "x")
    canvas.save()
    with pytest.raises(CorpusError, match="password"):
        read(tmp_path / "a.pdf", id="a.pdf", facts=Facts())


def test_no_pdf_at_all(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(CorpusError, match="no PDF"):
        read(tmp_path / "a.pdf", id="a.pdf", facts=Facts())


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("infor-", "mation", "information"),
        ("zero-", "emission", "zero-emission"),
        ("long-", "Term", "long-Term"),
        ("long-", "term", "long-term"),
        ("e-", "mobility", "e-mobility"),
        ("lithium-", "ion", "lithium-ion"),
        ("short-", "ages", "shortages"),
        ("state-", "ments", "statements"),
        ("mid-to-long-", "term", "mid-to-long-term"),
        ("in 2020-", "21", "in 2020-21"),
        ("sales", "rose", "sales rose"),
        ("medium-", "and heavy", "medium- and heavy"),
        ("今年销", "量", "今年销量"),
    ],
)
def test_words_cut_at_a_line_end(before: str, after: str, whole: str) -> None:
    assert Hyphens(["information", "zero-emission", "zero", "emission"]).lines([before, after]) == whole


def grid(
    canvas: Canvas, xs: list[float], ys: list[float], cells: list[tuple[int, int, int, int, str]]
) -> None:
    """Cells (row, column, how many rows, how many columns, words), each boxed, its words shaded as office files do."""
    for row, column, tall, wide, text in cells:
        x0, x1, top, low = xs[column], xs[column + wide], ys[row], ys[row + tall]
        canvas.rect(x0, HEIGHT - low, x1 - x0, low - top)
        canvas.setFillGray(0.9)
        canvas.rect(x0 + 5, HEIGHT - low, x1 - x0 - 10, low - top, stroke=0, fill=1)
        canvas.setFillGray(0)
        lines(canvas, x0 + 6, (top + low) / 2 + 3, [text], 9)


def test_a_cell_that_spans_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    cells = [(0, 0, 1, 1, "Maker"), (0, 1, 1, 1, "Model"), (0, 2, 1, 1, "Range"), (0, 3, 1, 1, "Price"),
             (1, 0, 3, 1, "Alpha"), (1, 1, 1, 1, "A1"), (1, 2, 1, 1, "580"), (1, 3, 1, 1, "189900"),
             (2, 1, 1, 1, "A2"), (2, 2, 1, 1, "570"), (2, 3, 1, 1, "253900"),
             (3, 1, 1, 1, "A3"), (3, 2, 1, 1, "500"), (3, 3, 1, 1, "144900"),
             (4, 0, 2, 1, "Beta"), (4, 1, 1, 1, "B1"), (4, 2, 1, 1, "405"), (4, 3, 1, 1, "145800"),
             (5, 1, 1, 1, "B2"), (5, 2, 2, 1, "420"), (5, 3, 1, 1, "109800"),
             (6, 0, 1, 1, "Gamma"), (6, 1, 1, 1, "C1"), (6, 3, 1, 1, "415000")]  # fmt: skip

    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 60, LEFT)
        grid(canvas, [70, 150, 260, 350, 450], [200 + 20 * n for n in range(8)], cells)

    (table,) = made(tmp_path, draw).tables
    assert table.cells == (
        ("Maker", "Model", "Range", "Price"),
        ("Alpha", "A1", "580", "189900"),
        ("Alpha", "A2", "570", "253900"),
        ("Alpha", "A3", "500", "144900"),
        ("Beta", "B1", "405", "145800"),
        ("Beta", "B2", "420", "109800"),
        ("Gamma", "C1", "420", "415000"),
    )


def test_a_header_that_spans_columns_stands_over_each_of_them(tmp_path: Path) -> None:
    cells = [(0, 0, 2, 1, "Country"), (0, 1, 1, 2, "Sales of electric cars in thousand"), (0, 3, 2, 1, "Rank"),
             (1, 1, 1, 1, "2019"), (1, 2, 1, 1, "2020"),
             (2, 0, 1, 1, "Norway"), (2, 1, 1, 1, "80"), (2, 2, 1, 1, "106"), (2, 3, 1, 1, "1"),
             (3, 0, 1, 1, "Sweden"), (3, 1, 1, 2, "not yet known for the two years"), (3, 3, 1, 1, "2"),
             (4, 0, 1, 1, "Finland"), (4, 1, 1, 1, "8"), (4, 2, 1, 1, "18"), (4, 3, 1, 1, "3")]  # fmt: skip

    def draw(canvas: Canvas) -> None:
        lines(canvas, 70, 60, LEFT)
        grid(canvas, [70, 150, 240, 330, 400], [200 + 20 * n for n in range(6)], cells)

    (table,) = made(tmp_path, draw).tables
    head = "Sales of electric cars in thousand"
    assert table.cells == (
        ("Country", head, head, "Rank"),
        ("Country", "2019", "2020", "Rank"),
        ("Norway", "80", "106", "1"),
        ("Sweden", "not yet known for the two years", "", "2"),
        ("Finland", "8", "18", "3"),
    )


WORDS = [a + b for a in "bdfgklmn" for b in ("aro", "elo", "iso", "uno", "amo", "eto")]


def test_numbers_of_a_table_at_the_edge_of_pages_are_no_page_numbers(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            words = WORDS[12 * number :]
            rows = [(words[2 * n], words[2 * n + 1], str(400 + n), str(number * 1000)) for n in range(3)]
            for at in (50, 790):
                for n, row in enumerate(rows):
                    for column, cell in enumerate(row):
                        lines(canvas, 70 + 110 * column, at + 13 * n, [cell], 9)
            lines(canvas, 70, 300, LEFT)
            lines(canvas, 290, 832, [str(number)], 8)

        return draw

    document = made(tmp_path, *(page(n) for n in range(1, 4)))
    for number in range(1, 4):
        for n in range(3):
            assert (
                document.text.count(f"{400 + n} {number}000") + document.text.count(f"{400 + n}\t{number}000")
                == 2
            )
    assert "\n3\n" not in document.text
