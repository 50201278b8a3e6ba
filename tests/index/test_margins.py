"""The numbers of lines beside a text are no part of it; numbers of a table are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.reading import read
from index.reading.facts import Facts

BILL = """
The operator of a public charging station shall state the
price of a kilowatt-hour at the place before a person
begins to charge, and shall take at least one kind of
payment that needs no contract. An operator of more than
forty stations shall report to the ministry by 31 March
how many hours each of them was out of order in the year
before. A station that was out of order for more than 200
hours is counted as closed until the operator has shown
that it was mended. The ministry shall publish what was
reported within three months. Whoever reports too late
pays 500 euros for each station and week. This act does
not apply to stations at homes, to those of a single firm
for its own vehicles, and to those on ships. It comes into
force on the first day of the sixth month after it has
been printed.
""".strip().split("\n")
LEADING = 24
NAMES = [
    "Anode",
    "Battery",
    "Cobalt",
    "Diode",
    "Echo",
    "Fuse",
    "Grid",
    "Hub",
    "Ion",
    "Joule",
    "Kernel",
    "Lead",
]
MAKERS = list(enumerate(NAMES, 1))


def text_of(folder: Path, rows: Sequence[Sequence[tuple[float, str]]]) -> str:
    """A page of rows as read; a row is words with their distances from the left."""
    canvas = Canvas(str(folder / "a.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 11)
    for n, row in enumerate(rows):
        for x, words in row:
            canvas.drawString(x, A4[1] - 120 - LEADING * n, words)
    canvas.save()
    return read(folder / "a.pdf", id="a.pdf", facts=Facts()).text


@pytest.mark.parametrize("side", [60, 430], ids=["left", "right"])
def test_a_bill_without_the_numbers_of_its_lines(side: float, tmp_path: Path) -> None:
    rows = [[(90.0, line), (side, str(n))] for n, line in enumerate(BILL, 1)]
    assert text_of(tmp_path, rows) == " ".join(BILL)


def test_each_fifth_line_of_two_columns_counted_between_them(tmp_path: Path) -> None:
    short = [" ".join(line.split()[:6]) for line in BILL] * 2
    rows = [
        [(60.0, line), (330.0, line.replace("the", "a")), *([(305.0, str(n))] if n % 5 == 0 else [])]
        for n, line in enumerate(short[:26], 1)
    ]
    text = text_of(tmp_path, rows)
    assert [n for n in range(5, 30, 5) if str(n) in text.replace("31", "").replace("200", "").split()] == []
    assert "price of a kilowatt-hour at" in text


def test_ranks_of_a_table_stay(tmp_path: Path) -> None:
    rows = [[(60.0, str(n)), (90.0, f"{name} Motors"), (300.0, str(9000 - 7 * n))] for n, name in MAKERS]
    assert "3\tCobalt Motors\t8979" in text_of(tmp_path, rows)


def test_numbers_of_a_list_of_words_stay(tmp_path: Path) -> None:
    text = text_of(tmp_path, [[(60.0, str(n)), (90.0, f"{name.lower()} of a car")] for n, name in MAKERS])
    assert "12" in text.split()
