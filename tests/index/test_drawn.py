"""What slides and Word files draw: charts of any kind as tables, diagrams as their words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from index.documents import Document
from index.reading import read
from index.reading.facts import Facts

OFFICE = "http://schemas.openxmlformats.org"
CHART = f"{OFFICE}/drawingml/2006/chart"
DIAGRAM = f"{OFFICE}/drawingml/2006/diagram"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"


def read_deck(deck: Any, folder: Path) -> Document:
    deck.save(str(folder / "a.pptx"))
    return read(folder / "a.pptx", id="a.pptx", facts=Facts())


def add_chart(deck: Any, data: Any, kind: Any = XL_CHART_TYPE.COLUMN_CLUSTERED) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    return slide.shapes.add_chart(kind, Inches(1), Inches(1), Inches(4), Inches(3), data).chart


def test_a_chart_of_a_kind_that_no_library_knows(tmp_path: Path) -> None:
    deck = Presentation()
    data = CategoryChartData(number_format="0%")
    data.categories = ["LFP", "NMC"]
    data.add_series("Share", (0.55, 0.445))
    part = add_chart(deck, data).part
    for name in ("barDir", "gapWidth", "overlap", "axId"):
        for one in part._element.findall(f".//{{{CHART}}}barChart/{{{CHART}}}{name}"):
            one.getparent().remove(one)
    part._element.find(f".//{{{CHART}}}barChart").tag = f"{{{CHART}}}bar3DChart"
    assert read_deck(deck, tmp_path).text == "\tShare\nLFP\t55%\nNMC\t44.5%"


def test_days_and_axes_of_a_chart(tmp_path: Path) -> None:
    deck = Presentation()
    data = CategoryChartData()
    for month in (9, 10):
        data.add_category(date(2021, month, 1))
    data.add_series("NEV sales", (357000, 383000))
    chart = add_chart(deck, data, XL_CHART_TYPE.LINE)
    chart.has_title = True
    chart.chart_title.text_frame.text = "NEV sales in China"
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = "vehicles"
    chart.part._element.find(f".//{{{CHART}}}cat//{{{CHART}}}formatCode").text = "[$-409]mmm\\-yy;@"
    assert read_deck(deck, tmp_path).text == (
        "NEV sales in China (vehicles)\n\n\tNEV sales\n2021-09\t357000\n2021-10\t383000"
    )


def test_points_of_two_numbers(tmp_path: Path) -> None:
    deck = Presentation()
    data = XyChartData()
    series = data.add_series("Density")
    series.add_data_point(2020, 250)
    series.add_data_point(2025, 350.5)
    add_chart(deck, data, XL_CHART_TYPE.XY_SCATTER)
    assert read_deck(deck, tmp_path).text == "\tDensity\n2020\t250\n2025\t350.5"


def test_a_chart_in_a_word_file(tmp_path: Path) -> None:
    data = CategoryChartData()
    data.categories = ["BYD", "NIO"]
    data.add_series("Cars", (80373, 3667))
    word = docx.Document()
    word.add_paragraph("Sales by maker")
    xml = ChartXmlWriter(XL_CHART_TYPE.BAR_CLUSTERED, data).xml.encode()
    part = Part(PackURI("/word/charts/chart1.xml"), "application/xml", xml, word.part.package)
    draw(
        word,
        CHART,
        f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{word.part.relate_to(part, "chart")}"/>',
    )
    word.add_paragraph("So much for sales.")
    word.save(str(tmp_path / "a.docx"))
    document = read(tmp_path / "a.docx", id="a.docx", facts=Facts())
    assert document.text == "Sales by maker\n\n\tCars\nBYD\t80373\nNIO\t3667\n\nSo much for sales."
    assert len(document.tables) == 1


def draw(word: Any, uri: str, graphic: str) -> None:
    main = f"{OFFICE}/drawingml/2006/main"
    word.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:drawing xmlns:w="{OFFICE}/wordprocessingml/2006/main" xmlns:a="{main}">'
            f'<a:graphic><a:graphicData uri="{uri}">{graphic}</a:graphicData></a:graphic></w:drawing>'
        )
    )


def test_the_words_of_a_diagram(tmp_path: Path) -> None:
    words = {"1": "Mine", "2": "Refine", "3": "to battery grade"}
    points = "".join(
        f'<d:pt modelId="{n}"><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>'
        for n, text in words.items()
    )
    links = '<d:cxn srcId="2" destId="3" srcOrd="0"/><d:cxn type="presOf" srcId="1" destId="2"/>'
    xml = (
        f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{OFFICE}/drawingml/2006/main">'
        f"<d:ptLst>{points}</d:ptLst><d:cxnLst>{links}</d:cxnLst></d:dataModel>"
    )
    word = docx.Document()
    part = Part(PackURI("/word/diagrams/data1.xml"), "application/xml", xml.encode(), word.part.package)
    number = word.part.relate_to(part, "diagramData")
    draw(word, DIAGRAM, f'<d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{RELATIONS}" r:dm="{number}"/>')
    word.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx", id="a", facts=Facts()).text == "- Mine\n- Refine\n  - to battery grade"


@pytest.mark.parametrize("within", ["group", "choice"])
def test_words_within_groups_and_choices(within: str, tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    low = slide.shapes.add_textbox(0, Inches(5), Inches(2), Inches(1))
    low.text_frame.text = "Third"
    group = slide.shapes.add_group_shape()
    for at, text in [(3, "Second\vline"), (2, "First")]:
        group.shapes.add_textbox(0, Inches(at), Inches(2), Inches(1)).text_frame.text = text
    if within == "choice":
        either = parse_xml(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            '<mc:Choice Requires="a14"/><mc:Fallback/></mc:AlternateContent>'
        )
        group._element.addprevious(either)
        either[0].append(group._element)
    assert read_deck(deck, tmp_path).text == "First\n\nSecond line\n\nThird"


def test_a_shape_that_no_library_knows_stops_no_deck(tmp_path: Path) -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Prices"
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1)).text_frame.text = "They fell by 20%."
    ink = f'<p:contentPart xmlns:p="{OFFICE}/presentationml/2006/main" xmlns:r="{RELATIONS}" r:id="rId9"/>'
    group._element.append(parse_xml(ink))
    assert read_deck(deck, tmp_path).text == "Prices\n\nThey fell by 20%."
