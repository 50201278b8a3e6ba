"""Word files as Word shows them: numbers of headings and lists, boxes, frames, notes, equations."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from index.documents import Document
from index.errors import CorpusError
from index.reading import read
from index.reading.facts import Facts
from index.reading.numbering import write

W = nsdecls("w")


def read_word(word: Any, folder: Path) -> Document:
    word.save(str(folder / "a.docx"))
    return read(folder / "a.docx", id="a.docx", facts=Facts())


def add_list(word: Any, *levels: tuple[str, str]) -> str:
    """Defines a list by the format and the text of its levels; gives its number."""
    root = word.part.numbering_part.element
    number = str(900 + len(root.findall(qn("w:abstractNum"))))
    said = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{number}">{said}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def put_in(paragraph: Any, number: str, depth: int) -> None:
    said = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(said))


def test_headings_and_items_have_the_numbers_that_word_gives_them(tmp_path: Path) -> None:
    word = docx.Document()
    heads = add_list(word, ("decimal", "%1"), ("decimal", "%1.%2"))
    items = add_list(word, ("lowerLetter", "(%1)"), ("lowerRoman", "%2."))
    for text, depth in [("Market", 0), ("Sales", 1), ("Costs", 1), ("Outlook", 0)]:
        put_in(word.add_heading(text, depth + 1), heads, depth)
    for text, depth in [("lithium", 0), ("carbonate", 1), ("hydroxide", 1), ("nickel", 0)]:
        put_in(word.add_paragraph(text), items, depth)
    document = read_word(word, tmp_path)
    assert document.text == (
        "1 Market\n\n1.1 Sales\n\n1.2 Costs\n\n2 Outlook\n\n"
        "(a) lithium\n  i. carbonate\n  ii. hydroxide\n(b) nickel"
    )
    assert document.marks[2].value == "1 Market › 1.2 Costs"


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [(4, "upperRoman", "IV"), (28, "lowerLetter", "bb"), (3, "chineseCounting", "三"), (12, "chineseCounting", "十二"),
     (20, "ideographTraditional", "二十"), (7, "decimalZero", "07"), (7, "ordinal", "7")],
)  # fmt: skip
def test_formats_of_numbers(number: int, form: str, shown: str) -> None:
    assert write(number, form) == shown


def test_a_box_stands_after_the_paragraph_that_it_hangs_on_and_once(tmp_path: Path) -> None:
    word = docx.Document()
    run = word.add_paragraph("Sales rose.").add_run()._r
    inner = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Key point:", "Exports doubled."))
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    run.append(
        parse_xml(
            f'<mc:AlternateContent {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            f'xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
        )
    )
    word.add_paragraph("Prices fell.")
    text = read_word(word, tmp_path).text
    assert text == "Sales rose.\n\nKey point:\n\nExports doubled.\n\nPrices fell."


def test_a_table_of_one_cell_frames_what_is_in_it(tmp_path: Path) -> None:
    word = docx.Document()
    frame = word.add_table(1, 1).cell(0, 0)
    frame.paragraphs[0].text = "Sales by maker"
    inner = frame.add_table(2, 2)
    for cell, text in zip(inner._cells, ["Maker", "Cars", "BYD", "80,373"], strict=True):
        cell.text = text
    document = read_word(word, tmp_path)
    assert document.text == "Sales by maker\n\nMaker\tCars\nBYD\t80,373"
    assert document.tables[0].cells == (("Maker", "Cars"), ("BYD", "80,373"))


def test_rows_within_controls_stay_and_deleted_rows_go(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(4, 2)
    for cell, text in zip(table._cells, ["Maker", "Cars", "BYD", "1", "NIO", "2", "Li", "3"], strict=True):
        cell.text = text
    control, gone = table.rows[1]._tr, table.rows[2]._tr
    wrapped = parse_xml(f"<w:sdt {W}><w:sdtContent/></w:sdt>")
    control.addprevious(wrapped)
    wrapped[0].append(control)
    gone.get_or_add_trPr().append(parse_xml(f'<w:del {W} w:id="1" w:author="Ann"/>'))
    assert read_word(word, tmp_path).text == "Maker\tCars\nBYD\t1\nLi\t3"


def test_paragraphs_whose_end_was_deleted_are_one_and_comments_are_counted(tmp_path: Path) -> None:
    word = docx.Document()
    first = word.add_paragraph("The ferry has a battery")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="1" w:author="Ann"/></w:rPr>'))
    run = word.add_paragraph("of 4 MWh.").runs[0]
    word.add_comment(run, "Is it?")
    document = read_word(word, tmp_path)
    assert document.text == "The ferry has a battery of 4 MWh."
    assert document.warnings == ("1 comment left out",)


def test_a_line_over_all_columns_stands_once(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for cell, text in zip(
        table._cells, ["Maker", "2023", "2024", "Europe", "", "", "VW", "1", "2"], strict=True
    ):
        cell.text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    assert read_word(word, tmp_path).tables[0].cells[1] == ("Europe", "", "")


def test_equations_are_words(tmp_path: Path) -> None:
    word = docx.Document()
    part = "<m:r><m:t>{}</m:t></m:r>".format
    half = f"<m:f><m:num>{part('a+b')}</m:num><m:den>{part('2')}</m:den></m:f>"
    square = f"<m:sSup><m:e>{part('c')}</m:e><m:sup>{part('2')}</m:sup></m:sSup>"
    word.add_paragraph("Energy: ")._p.append(
        parse_xml(
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
            f"{part('E=m')}{square}{part('+')}{half}</m:oMath>"
        )
    )
    assert read_word(word, tmp_path).text == "Energy: E=mc^2+(a+b)/2"


def test_a_strict_file_is_read_as_any_other(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Sales", 1)
    whole = io.BytesIO()
    word.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for part in (b"officeDocument", b"wordprocessingml", b"drawingml"):
                data = data.replace(b"http://schemas.openxmlformats.org/%s/2006/" % part,
                                    b"http://purl.oclc.org/ooxml/%s/" % part)  # fmt: skip
            new.writestr(name, data)
    document = read(tmp_path / "a.docx", id="a", facts=Facts())
    assert (document.text, document.marks[0].kind) == ("Sales", "heading")


@pytest.mark.parametrize(
    ("inside", "words"),
    [("EncryptedPackage", "is locked with a password"), ("WordDocument", "is of an older Office format")],
)
@pytest.mark.parametrize("ending", [".docx", ".pptx", ".xlsx"])
def test_locked_and_old_files_are_said_to_be(ending: str, inside: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + inside.encode("utf-16-le") + bytes(500)
    )
    with pytest.raises(CorpusError) as said:
        read(path, id=path.name, facts=Facts())
    assert words in said.value.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Absatz stieg im Mai um 12 % und lag bei 45.495, wie das Amt mitteilte.", "de"),
        ("Sales rose to 5.", "en"),
    ],
)
def test_the_language_that_a_library_sets_gives_way_to_the_text(
    text: str, language: str, tmp_path: Path
) -> None:
    word = docx.Document()
    word.core_properties.language = "en-US"
    word.add_paragraph(text)
    assert read_word(word, tmp_path).language == language


def test_signs_in_cells_of_their_own_join_their_numbers(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(3, 4)
    rows = ["", "2025", "", "", "Revenue", "$", "412.5", "", "Net loss", "$", "(12.4", ")"]
    for cell, text in zip(table._cells, rows, strict=True):
        cell.text = text
    table.cell(0, 1).merge(table.cell(0, 3))
    assert read_word(word, tmp_path).tables[0].cells == (
        ("", "2025"),
        ("Revenue", "$412.5"),
        ("Net loss", "($12.4)"),
    )


def test_a_first_line_in_bold_is_a_title_where_nothing_else_is(tmp_path: Path) -> None:
    word = docx.Document()
    for text in ("PRESS RELEASE", "Volta starts in Oslo", "Oslo, 3 March 2025 – Volta starts.", "Contact"):
        word.add_paragraph().add_run(text).bold = text in ("PRESS RELEASE", "Volta starts in Oslo", "Contact")
    assert read_word(word, tmp_path).title == "Volta starts in Oslo"
