"""Word files, slides, letters and subtitles: made here, read back."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches, Pt

from index.documents import Document
from index.errors import CorpusError
from index.reading import read
from index.reading.facts import Facts


def read_file(path: Path) -> Document:
    return read(path, id=path.name, facts=Facts())


def test_a_word_file(tmp_path: Path) -> None:
    word = docx.Document()
    word.core_properties.title = "Sales report"
    word.core_properties.author = "Ann"
    word.add_heading("Sales", 1)
    word.add_paragraph("Sales rose to ").add_run("397,000").bold = True
    word.add_paragraph("first", style="List Bullet")
    word.add_paragraph("second", style="List Bullet 2")
    word.add_paragraph("one", style="List Number")
    word.add_paragraph("two", style="List Number")
    word.add_heading("Costs", 2)
    table = word.add_table(3, 3)
    for cell, text in zip(
        table._cells, ["Month", "Cars", "", "", "BEV", "All", "Oct", "1", "2"], strict=True
    ):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    word.sections[0].header.paragraphs[0].text = "Confidential"
    word.save(str(tmp_path / "a.docx"))
    document = read_file(tmp_path / "a.docx")
    assert document.text == (
        "Sales\n\nSales rose to 397,000\n\n- first\n  - second\n1. one\n2. two\n\n"
        "Costs\n\nMonth\tCars\n\tBEV\tAll\nOct\t1\t2"
    )
    assert [m.value for m in document.marks] == ["Sales", "Sales › Costs"]
    assert document.tables[0].cells == (("Month", "Cars", "Cars"), ("Month", "BEV", "All"), ("Oct", "1", "2"))
    assert (document.title, document.publisher) == ("Sales report", "Ann")


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Sales were ")
    gone = parse_xml(
        f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>12</w:delText></w:r></w:del>'
    )
    come = parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="a"><w:r><w:t>13</w:t></w:r></w:ins>')
    paragraph._p.append(gone)
    paragraph._p.append(come)
    control = OxmlElement("w:sdt")
    content = OxmlElement("w:sdtContent")
    inner = OxmlElement("w:p")
    inner.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>In a control</w:t></w:r>"))
    content.append(inner)
    control.append(content)
    word.element.body.insert(1, control)
    assert word.element.body[1].tag == qn("w:sdt")
    word.save(str(tmp_path / "a.docx"))
    assert read_file(tmp_path / "a.docx").text == "Sales were 13\n\nIn a control"


def test_slides(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Sales"
    slide.placeholders[1].text = "First\nSecond"
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Figures"
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for n, text in enumerate(["Month", "Cars", "Oct", "1"]):
        table.cell(n // 2, n % 2).text = text
    data = CategoryChartData()
    data.categories = ["2020", "2021"]
    data.add_series("BEV", (1.5, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(6), Inches(4), Inches(1), data)
    deck.save(str(tmp_path / "a.pptx"))
    document = read_file(tmp_path / "a.pptx")
    assert document.text == (
        "Sales\n\n- First\n- Second\n\nSay it slowly.\n\nFigures\n\nMonth\tCars\nOct\t1\n\n\tBEV\n2020\t1.5\n2021\t2"
    )
    assert [(m.value, document.text[m.start :][:4]) for m in document.marks if m.kind == "slide"] == [
        ("1", "Sale"), ("2", "Figu")]  # fmt: skip
    assert len(document.tables) == 2


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_letter(kind: str, tmp_path: Path) -> None:
    letter = EmailMessage()
    letter["Subject"] = "October's 销量"
    letter["From"] = "Ann Lee <ann@example.org>"
    letter["Date"] = "Wed, 10 Nov 2021 08:00:00 +0800"
    if kind == "plain":
        letter.set_content("Dear all,\n\nsales rose to 397,000.\n\n-- \nAnn", charset="utf-8")
    else:
        letter.set_content("<p>Dear all,</p><p>sales rose to <b>397,000</b>.</p>", subtype="html")
    letter.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    (tmp_path / "a.eml").write_bytes(letter.as_bytes())
    document = read_file(tmp_path / "a.eml")
    assert document.text == "October's 销量\n\nDear all,\n\nsales rose to 397,000."
    assert (document.title, document.publisher, document.published) == (
        "October's 销量",
        "Ann Lee",
        date(2021, 11, 10),
    )
    assert document.warnings == ("attachment not read: a.pdf",)


VTT = """WEBVTT - The seminar

NOTE made by hand

1
00:00:01.000 --> 00:00:04.000 align:start
<v Li Hong>Sales rose to

00:00:04.000 --> 00:00:06.000
<v Li Hong>397,000 in October.

01:00:10.500 --> 01:00:12.000
<v Ann>And then?
"""
SRT = """1
00:00:01,000 --> 00:00:04,000
Li Hong: Sales rose to

2
00:00:04,000 --> 00:00:06,000
<i>397,000</i> in October.

3
01:00:10,500 --> 01:00:12,000
Ann: And then?
"""


@pytest.mark.parametrize(("name", "source"), [("a.vtt", VTT), ("a.srt", SRT)])
def test_a_recording(name: str, source: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(source, "utf-8")
    document = read_file(tmp_path / name)
    assert document.text == "Li Hong: Sales rose to 397,000 in October.\n\nAnn: And then?"
    assert [(m.kind, m.value, document.text[m.start :][:3]) for m in document.marks] == [
        ("speaker", "Li Hong", "Li "), ("time", "0:01", "Li "), ("time", "0:04", "397"),
        ("speaker", "Ann", "Ann"), ("time", "1:00:10", "Ann"), ("time", "1:00:12", "")]  # fmt: skip
    assert document.title == ("The seminar" if name == "a.vtt" else "a")


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.vtt", "a.srt"])
def test_broken_files_are_said_to_be_broken(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"no such thing")
    with pytest.raises(CorpusError, match="a\\."):
        read_file(tmp_path / name)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx"])
def test_a_zip_bomb_is_not_unpacked(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media.xml", b"<w>" + bytes(250_000_000))
    with pytest.raises(CorpusError, match="unpacks to"):
        read_file(tmp_path / name)


def test_the_date_of_a_template_is_no_date(tmp_path: Path) -> None:
    made, deck = docx.Document(), Presentation()
    made.core_properties.author = deck.core_properties.author = "Ada"
    made.add_paragraph("Sales rose.")
    deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = "Sales"
    made.save(str(tmp_path / "a.docx"))
    deck.save(str(tmp_path / "a.pptx"))
    for name in ("a.docx", "a.pptx"):
        document = read(tmp_path / name, id=name, facts=Facts())
        assert (document.published, document.publisher) == (None, "Ada")


def test_a_hidden_slide_is_left_out_and_said(tmp_path: Path) -> None:
    deck = Presentation()
    for words in ("Sales", "Draft", "Prices"):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = words
    deck.slides[1]._element.set("show", "0")
    deck.save(str(tmp_path / "a.pptx"))
    document = read_file(tmp_path / "a.pptx")
    assert document.text == "Sales\n\nPrices"
    assert [mark.value for mark in document.marks if mark.kind == "slide"] == ["1", "3"]
    assert document.warnings == ("slide 2 is hidden and was left out; show it to have it read",)


def test_hidden_words_and_hidden_sheets_are_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Sales rose")
    paragraph.add_run(" to a secret").font.hidden = True
    paragraph.add_run(".").font.hidden = False
    word.save(str(tmp_path / "a.docx"))
    assert read_file(tmp_path / "a.docx").text == "Sales rose."
    book = openpyxl.Workbook()
    for name, state in (("Sales", "visible"), ("Draft", "hidden"), ("Old", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["Year", "Sales"])
        sheet.append([2021, 7])
        sheet.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    document = read_file(tmp_path / "a.xlsx")
    assert [table.sheet for table in document.tables] == ["Sales"]
    assert [warning.split(" and")[0] for warning in document.warnings] == [
        "sheet Draft is hidden", "sheet Old is hidden"]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title"),
    [("Template quarterly", "Market update 2025"), ("Microsoft Word - a.doc", "Market update 2025"),
     ("PowerPoint Presentation", "Market update 2025"), ("", "Market update 2025"), ("Slide 1", "Market update 2025"),
     ("Market update 2024", "Market update 2025"), ("Our market update of 2025", "Our market update of 2025")],
)  # fmt: skip
def test_a_title_that_is_seen_beats_one_of_a_template(said: str, title: str, tmp_path: Path) -> None:
    word, deck = docx.Document(), Presentation()
    word.add_paragraph("Volta Research")
    word.add_heading("Market update 2025", 0)
    boxes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    for top, words, size in (
        (1, "Volta Research", 12),
        (2, "Market update 2025", 32),
        (3, "For the board", 14),
    ):
        box = boxes.add_textbox(Inches(1), Inches(top), Inches(6), Inches(1))
        box.text_frame.text = words
        box.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    word.core_properties.title = deck.core_properties.title = said
    word.save(str(tmp_path / "a.docx"))
    deck.save(str(tmp_path / "a.pptx"))
    assert [read_file(tmp_path / name).title for name in ("a.docx", "a.pptx")] == [title, title]


def test_a_comparison_is_read_column_by_column(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[4])
    words = ["Two cells", "LFP", "Cheap\nLong-lived", "NMC", "Dense\nCostly"]
    for shape, text in zip(slide.placeholders, words, strict=False):
        shape.text_frame.text = text
    deck.save(str(tmp_path / "a.pptx"))
    assert read_file(tmp_path / "a.pptx").text == (
        "Two cells\n\nLFP\n\n- Cheap\n- Long-lived\n\nNMC\n\n- Dense\n- Costly"
    )


@pytest.mark.parametrize("line", ["Published 12 May 2025", "Berlin, 12. Mai 2025"])
def test_a_day_that_the_text_states_beats_the_programs(line: str, tmp_path: Path) -> None:
    word, deck = docx.Document(), Presentation()
    word.add_heading("Market update", 1)
    word.add_paragraph(line)
    for words in (line, "1 June 2026"):
        slide = deck.slides.add_slide(deck.slide_layouts[0])
        slide.shapes.title.text, slide.placeholders[1].text = "Market update", words
    word.core_properties.created = deck.core_properties.created = datetime(2021, 1, 1, tzinfo=UTC)
    word.save(str(tmp_path / "a.docx"))
    deck.save(str(tmp_path / "a.pptx"))
    assert [read_file(tmp_path / name).published for name in ("a.docx", "a.pptx")] == 2 * [date(2025, 5, 12)]
