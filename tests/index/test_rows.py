"""Rows of words in tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.builder import build
from index.documents import Table
from index.reader import open_index
from index.reading.rows import rows_in_words


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (
            [("Country", "Measure"), ("Peru", "A bonus for new buses"), ("Chile", "No tax on electric cars")],
            "Country: Peru | Measure: A bonus for new buses\n\nCountry: Chile | Measure: No tax on electric cars",
        ),
        (
            [
                ("Maker", "City", "Country", "GWh"),
                ("Pori Oy", "Pori", "Finland", "4"),
                ("Oulu Oy", "Oulu", "Finland", ""),
            ],
            "Maker: Pori Oy | City: Pori | Country: Finland | GWh: 4\n\n"
            "Maker: Oulu Oy | City: Oulu | Country: Finland",
        ),
        ([("Country", "Drive", "2020"), ("Peru", "BEV", "300"), ("Peru", "PHEV", "97")], ""),
        ([("Region", "2020"), ("Rest of the whole world", "3"), ("Rest of the whole world", "4")], ""),
        (
            [
                ("Year", "Sales", "Source"),
                ("2020", "3", "https://a.org/b/c/d/e"),
                ("2021", "4", "https://a.org/f/g/h/i"),
            ],
            "",
        ),
        ([("1", "2"), ("3", "4")], ""),
        ([], ""),
    ],
)
def test_rows_that_say_something_are_told(rows: list[tuple[str, ...]], text: str) -> None:
    assert rows_in_words([Table("", tuple(rows))]) == text


def test_a_row_is_found_and_its_numbers_are_no_prose(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "plans.csv").write_text(
        "Country,Measure\nPeru,The bonus rises to 4000 sol in 2021\nChile,A grant of 30 pesos for vans ends\n"
    )
    build([corpus], tmp_path / "index")
    with open_index(tmp_path / "index").seen_by(None) as view:
        assert "Country: Peru" in view.search("bonus")[0].passage.text
        assert [(entry.kind, entry.figures, entry.warnings) for entry in view.entries()] == [
            ("statistics", 0, ())
        ]
