"""`seminar open`: every form of a citation leads back to its place."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from bot.context import find_context
from index.builder import build
from index.errors import CorpusError
from index.reader import Index, open_index

TALK = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Ada>Sales rose to 383,000.

00:01:02.000 --> 00:01:04.000
<v Bob>Why is that?

01:02:03.000 --> 01:02:05.000
<v Ada>Chips came.
"""


def _write(folder: Path) -> None:
    folder.mkdir()
    (folder / "talk.vtt").write_text(TALK)
    (folder / "sales.csv").write_text("Month,Sales\n2021-09,357000\n2021-10,383000\n2021-11,450000\n")
    (folder / "sales.csv.toml").write_text('title = "Sales by month"\npublished = "2021-12-01"\n')
    book = openpyxl.Workbook()
    for sheet, rows in (
        ("Output", [["Plant", "Cells"], ["Bergen", 7], ["Mo", 9]]),
        ("Staff", [["Plant", "Staff"], ["Bergen", 40]]),
    ):
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(row)
    book.remove(book["Sheet"])
    book.save(folder / "plants.xlsx")
    document = docx.Document()
    for level, words in ((1, "China"), (0, "Sales rose."), (2, "Supply"), (0, "Chips were short.")):
        if level:
            document.add_heading(words, level)
        else:
            document.add_paragraph(words)
    document.save(str(folder / "notes.docx"))
    canvas = Canvas(str(folder / "report.pdf"))
    for number in ("one", "two", "three"):
        canvas.drawString(72, 700, f"The words of page {number} stand here alone.")
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Path]:
    folder = tmp_path_factory.mktemp("context")
    _write(folder / "corpus")
    build([folder / "corpus"], folder / "index")
    return open_index(folder / "index"), folder / "corpus"


def show(citation: str, built: tuple[Index, Path]) -> str:
    index, corpus = built
    with index.seen_by(None) as view:
        return "\n".join(find_context(citation, view, [corpus]))


@pytest.mark.parametrize(
    ("citation", "line"),
    [
        ("report.pdf page 2", "The words of page two stand here alone."),
        ("report.pdf p. 3", "The words of page three stand here alone."),
        ("report.pdf, “page two stand”", "The words of page two stand here alone."),
        ("talk.vtt 1:02", "Bob: Why is that?"),
        ("talk.vtt 0:30", "Ada: Sales rose to 383,000."),
        ("talk.vtt 1:02:03", "Ada: Chips came."),
        ("[1] talk · talk.vtt · 1:02", "Bob: Why is that?"),
        ("notes.docx Supply", "Supply"),
        ("notes.docx heading China › Supply", "Supply"),
        ("notes.docx chips were  short", "Chips were short."),
        ("sales.csv B3", "2021-10 | 383000"),
        ("sales.csv cell B3", "2021-10 | 383000"),
        ("sales.csv row 4", "2021-11 | 450000"),
        ("[2] Sales by month · sales.csv · 2021-12-01 · cell B3", "2021-10 | 383000"),
        ("Sales by month · 2021-12-01 · cell B2", "2021-09 | 357000"),
    ],
)
def test_a_citation_leads_to_its_place(citation: str, line: str, built: tuple[Index, Path]) -> None:
    marked = [one[1:].strip() for one in show(citation, built).split("\n") if one.startswith((">   ", "> 2"))]
    assert marked == [line]


def test_each_turn_of_a_talk_has_its_time(built: tuple[Index, Path]) -> None:
    lines = show("talk.vtt 1:02", built).split("\n")
    assert "  1:02" in lines
    assert lines[lines.index("  1:02") + 1] == ">   Bob: Why is that?"


@pytest.mark.parametrize(
    "citation",
    ["none.pdf page 1", "report.pdf page 9", "sales.csv ZZ99999", "notes.docx 9999-10000", "talk.vtt !!"],
)
def test_a_place_that_is_not_there_is_said(citation: str, built: tuple[Index, Path]) -> None:
    with pytest.raises(CorpusError, match=r"has no place|No document is named"):
        show(citation, built)


@pytest.mark.parametrize(
    ("citation", "said", "nearest"),
    [
        ("talk.vtt 99:00", "it ends at 1:02:05", "talk.vtt 1:02:03"),
        ("report.pdf page 9", "its last page is 3", "report.pdf page 3"),
        ("report.pdf page 0", "its first page with words is 1", "report.pdf page 1"),
        ("sales.csv B99", "its last cell is B4", "sales.csv B4"),
        ("sales.csv ZZ3", "its last cell is B4", "sales.csv B3"),
        ("plants.xlsx Output!C9", "its last cell is Output!B3", "plants.xlsx Output!B3"),
        ("plants.xlsx sheet Costs", "its sheets are Output, Staff", ""),
        ("plants.xlsx sheet Costs, cell A1", "its sheets are Output, Staff", ""),
        ("sales.csv sheet Costs", "it holds no sheets", ""),
    ],
)
def test_the_nearest_place_is_named(
    citation: str, said: str, nearest: str, built: tuple[Index, Path]
) -> None:
    with pytest.raises(CorpusError) as raised:
        show(citation, built)
    assert said in raised.value.message
    assert raised.value.hint == f'The nearest: seminar open "{nearest}"' or not nearest
    assert not nearest or show(nearest, built)


@pytest.mark.parametrize(
    ("citation", "line"),
    [
        ("talk.vtt 0:00", "Ada: Sales rose to 383,000."),
        ("talk.vtt 1:02:04", "Ada: Chips came."),
        ("plants.xlsx sheet Staff", "Plant | Staff"),
        ("plants.xlsx Staff!B2", "Bergen | 40"),
        ("sales.csv 2021-10", "2021-10 | 383000"),
    ],
)
def test_a_place_is_found_by_the_sheet_the_words_of_a_row_or_the_time_before(
    citation: str, line: str, built: tuple[Index, Path]
) -> None:
    marked = [one[2:].strip() for one in show(citation, built).split("\n") if one.startswith("> ")]
    assert line in marked


def test_a_row_is_shown_under_the_headers_of_its_table(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "pumps.csv").write_text("Pumps sold,,\n,Peru,Chile\nYear,Air,Air\n2021,300,97\n2022,310,98\n")
    build([corpus], tmp_path / "index")
    with open_index(tmp_path / "index").seen_by(None) as view:
        lines = list(find_context("pumps.csv B5", view, [corpus]))
    assert lines[-4:] == ["   | Peru | Chile", "  Year | Air | Air", "  2021 | 300 | 97", "> 2022 | 310 | 98"]
