"""Descriptions of pictures in Word files and slides: a person's words are kept, a program's and names of files not."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches

from index.documents import Document
from index.reading import read
from index.reading.facts import Facts

SAID = "Line chart of battery prices, which fall from 780 to 139 dollars"


def picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(data, "PNG")
    data.seek(0)
    return data


def read_word(folder: Path, *descriptions: str) -> Document:
    word = docx.Document()
    word.add_paragraph("Prices fell again.")
    for description in descriptions:
        run = word.add_paragraph().add_run()
        run.add_picture(picture())._inline.docPr.set("descr", description)
    word.add_paragraph("They may rise next year.")
    word.save(str(folder / "a.docx"))
    return read(folder / "a.docx", id="a.docx", facts=Facts())


def test_what_a_person_wrote_of_a_picture_stands_where_the_picture_does(tmp_path: Path) -> None:
    assert read_word(tmp_path, SAID, SAID).text == (
        f"Prices fell again.\n\nPicture: {SAID}\n\nThey may rise next year."
    )


def test_a_description_in_chinese(tmp_path: Path) -> None:
    assert (
        "\n\n图片：各月动力电池装车量的柱状图\n\n" in read_word(tmp_path, "各月动力电池装车量的柱状图").text
    )


@pytest.mark.parametrize(
    "description",
    [
        "A cat that sleeps in a box\n\nDescription automatically generated",
        "Ein Bild, das Text und eine Karte enthält. Automatisch generierte Beschreibung",
        "A car at a pole. AI-generated content may be incorrect.",
        "D:\\Our pictures of the year\\chart of prices.png",
        "https://example.org/a/b/c/d/chart-of-the-prices",
        "the_prices_of_the_year.jpg",
        "Picture 4",
        "Company logo",
        "",
    ],
)
def test_what_no_person_wrote_or_what_says_nothing_is_left_out(description: str, tmp_path: Path) -> None:
    assert read_word(tmp_path, description).text == "Prices fell again.\n\nThey may rise next year."


def test_a_description_on_a_slide_is_said_once(tmp_path: Path) -> None:
    deck = Presentation()
    for title in ("Prices", "Outlook"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = title
        shape = slide.shapes.add_picture(picture(), Inches(1), Inches(3))
        shape._element.nvPicPr.cNvPr.set("descr", SAID)
    deck.save(str(tmp_path / "a.pptx"))
    document = read(tmp_path / "a.pptx", id="a.pptx", facts=Facts())
    assert document.text == f"Prices\n\nPicture: {SAID}\n\nOutlook"
