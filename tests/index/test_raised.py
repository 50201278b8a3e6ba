"""What stands higher or lower than its line, in every format: notes never join a number."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx import Presentation
from pptx.util import Inches

from index.documents import Document
from index.figures.cells import read_flagged
from index.language.quantities import find_quantities
from index.reading import read
from index.reading.facts import Facts

PARTS = {
    "sold 240<sup>3</sup> thousand": "sold 240³ thousand",
    "339.3<sup>1)</sup> and 12.5<sup>(2)</sup>": "339.3¹ and 12.5²",
    "111.4<sup>a</sup> and 96.3<sup>1,2</sup>": "111.4ᵃ and 96.3¹,²",
    "12 km<sup>2</sup>, 10<sup>6</sup> cells, 10<sup>−6</sup> bar": "12 km², 10⁶ cells, 10⁻⁶ bar",
    "kg CO<sub>2</sub> at V<sub>max</sub>": "kg CO₂ at Vmax",
    "the 1<sup>st</sup>, the 22<sup>nd</sup>, le 1<sup>er</sup>, le 2<sup>e</sup>": "the 1st, the 22nd, le 1er, le 2e",
    "M<sup>me</sup> Roy, n<sup>o</sup> 5, Volta<sup>TM</sup>": "Mme Roy, no 5, Volta™",
    "1<sup>1</sup>/<sub>2</sub> tonnes": "1 1/2 tonnes",
    "sold 5<span style='font-size:6pt;vertical-align:top'>(1)</span> GWh": "sold 5¹ GWh",
    "5<sup>(1)(2)</sup> GWh, 6<sup>note 1</sup> t": "5¹,² GWh, 6 note 1 t",
    "<sup>1)</sup>Including LiNi<sub>0.8</sub>O<sub>2</sub>": "¹ Including LiNi₀.₈O₂",
    "^ <sup><i>a</i></sup> <sup><i>b</i></sup> Figures of Volta": "^ a b Figures of Volta",
    "Volta<sup>updated</sup>": "Volta updated",
    "1,200<sup><a href='#fn4'>[4]</a></sup> packs<sup>[5][6]</sup>.": "1,200[4] packs[5][6].",
    "sales <sup>set small by a designer's whim</sup>": "sales set small by a designer's whim",
}


def read_made(path: Path) -> Document:
    return read(path, id=path.name, facts=Facts())


@pytest.mark.parametrize("source", PARTS)
@pytest.mark.parametrize("kind", ["p", "td", "h1", "md"])
def test_raised_letters_of_a_page(source: str, kind: str, tmp_path: Path) -> None:
    page = f"<table><tr><th>Maker<th>Sold</tr><tr><td>Volta<td>{source}</tr></table>"
    path = tmp_path / ("a.md" if kind == "md" else "a.html")
    tagged = re.sub("<span.*?>(.*)</span>", r"<sup>\1</sup>", source)
    path.write_text({"md": tagged, "td": page}.get(kind, f"<{kind}>{source}</{kind}>"))
    document = read_made(path)
    assert document.text == ("Maker\tSold\nVolta\t" if kind == "td" else "") + PARTS[source]
    if kind == "h1":
        assert document.title == PARTS[source]


def _runs(paragraph: Any, *parts: str) -> None:
    """Words, and every second of them raised, or lowered where a sign says so."""
    for number, part in enumerate(parts):
        run = paragraph.add_run()
        run.text = part.lstrip("_")
        if number % 2:
            _shift(run, is_low=part.startswith("_"))


def _shift(run: Any, *, is_low: bool) -> None:
    if hasattr(run.font, "superscript"):
        setattr(run.font, "subscript" if is_low else "superscript", True)
    else:
        run.font._rPr.set("baseline", "-25000" if is_low else "30000")


def test_raised_letters_of_a_word_file(tmp_path: Path) -> None:
    word = docx.Document()
    _runs(word.add_paragraph(), "sold 240", "3", " thousand on the 3", "rd", ", CO", "_2")
    style = word.styles.add_style("Mark", WD_STYLE_TYPE.CHARACTER)
    style.font.superscript = True
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ["Maker", "Sold", "Volta", "339.3"], strict=True):
        cell.text = text
    table.cell(1, 1).paragraphs[0].add_run("1", style="Mark")
    moved = word.add_paragraph("held 5").add_run("2")
    moved._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
    word.save(str(tmp_path / "a.docx"))
    assert read_made(tmp_path / "a.docx").text == (
        "sold 240³ thousand on the 3rd, CO₂\n\nMaker\tSold\nVolta\t339.3¹\n\nheld 5²"
    )


def test_raised_letters_of_slides(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Sales"
    box = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(4), Inches(1))
    _runs(box.text_frame.paragraphs[0], "sold 240", "3", " thousand, CO", "_2")
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1)).table
    for cell, text in zip(table.iter_cells(), ["Maker", "Sold", "Volta", ""], strict=True):
        cell.text = text
    _runs(table.cell(1, 1).text_frame.paragraphs[0], "339.3", "1")
    deck.save(str(tmp_path / "a.pptx"))
    assert read_made(tmp_path / "a.pptx").text == (
        "Sales\n\nsold 240³ thousand, CO₂\n\nMaker\tSold\nVolta\t339.3¹"
    )


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("sold 240³ thousand cars", 240_000, "vehicles"),
        ("held 339.3¹ GWh", Decimal("339.3"), "GWh"),
        ("for $3.5ᵃ billion", 3_500_000_000, "USD"),
        ("made 10⁶ cells", 1_000_000, "cells"),
        ("made 10² cells", 10, "cells"),
        ("销量为38.3²万辆", 383_000, "vehicles"),
    ],
)
def test_notes_behind_a_number_are_none_of_it(text: str, value: Decimal, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("cell", ["339.3¹", "339.3ᵃ", "339.3¹,²"])
def test_a_cell_with_a_raised_note_is_a_number(cell: str) -> None:
    assert read_flagged(cell) == (Decimal("339.3"), "")
