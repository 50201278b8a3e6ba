"""What stands at the edges of a PDF's pages: items that go on over a break, small print, what is cut off in print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document
from index.reading import read
from index.reading.facts import Facts

BODY = [
    "The ferry takes 120 cars and has batteries of 4.3 MWh, which are charged at",
    "both quays while cars roll on and off. In the first year it made 12,400 trips",
    "and stayed in harbour on nine days, four of them for repairs of the plug.",
]
ITEMS = [
    "• the plug on the north quay was renewed after the storm of March, at a cost that",
    "the insurer bore",
]
SOURCES = [
    "Berg, A., 2023. Ferries on the fjord and what they need from the grid. Report 12 of the",
    "harbour office, 40 pages.",
    "Adeyemi, O., 2024. Plugs for ships. Notes of the harbour office 31, pp. 3 to 9.",
]
LEFT = [
    "The count of trips holds those that were",
    "broken off after the ramp had been lifted,",
    "and those at night.",
]
RIGHT = [
    "Cars are counted by the camera at the ramp;",
    "motorcycles are left out of it, and lorries",
    "count as three cars.",
]
Placed = tuple[float, float, float, str]
"""From the left, from above, the size, the words."""


def made(folder: Path, *pages: Sequence[Placed]) -> Document:
    canvas = Canvas(str(folder / "a.pdf"), pagesize=A4)
    for page in pages:
        for x, y, size, words in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, A4[1] - y, words)
        canvas.showPage()
    canvas.save()
    return read(folder / "a.pdf", id="a.pdf", facts=Facts())


def down(x: float, y: float, texts: Sequence[str], size: float = 11) -> list[Placed]:
    return [(x, y + 1.25 * size * n, size, text) for n, text in enumerate(texts)]


def test_an_item_goes_on_over_a_page(tmp_path: Path) -> None:
    first = [*down(70, 600, BODY), *down(70, 670, ["• a second plug is tested", ITEMS[0]])]
    second = [
        *down(78, 90, [ITEMS[1]]),
        *down(70, 104, ["• a third is to come in May"]),
        *down(70, 150, BODY),
    ]
    document = made(tmp_path, first, second)
    whole = " ".join(ITEMS).replace("•", "-")
    assert f"- a second plug is tested\n{whole}\n- a third is to come in May\n\nThe ferry" in document.text
    assert [document.text[m.start :].split()[0] for m in document.marks if m.kind == "page"] == ["The", "the"]


def test_sources_in_small_print_stay_under_their_title(tmp_path: Path) -> None:
    text = made(
        tmp_path, [*down(70, 90, BODY * 4), *down(70, 300, ["Sources"]), *down(70, 320, SOURCES, 8)]
    ).text
    assert text.index("Sources") < text.index("Berg, A.")


def test_two_columns_of_few_lines_on_a_last_page(tmp_path: Path) -> None:
    page = [*down(50, 90, [*LEFT, *LEFT[:2]]), *down(315, 92, [*RIGHT, *RIGHT[:2]])]
    assert " ".join(LEFT) in made(tmp_path, page).text.replace("\n\n", " ")


def test_words_beyond_the_edge_of_the_paper_are_not_read(tmp_path: Path) -> None:
    page = [*down(70, 90, BODY), (70, -30, 9, "Proof 3 of 4, to the printer"), (650, 90, 9, "Fold here")]
    assert made(tmp_path, page).text == " ".join(BODY)
