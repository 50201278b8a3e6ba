"""Marks in columns of their own are of the numbers beside them."""

from __future__ import annotations

from pathlib import Path

from index.corpus import SHIPPED
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reading.facts import find_facts
from index.reading.marks import joined
from index.reading.tables import read_tables

FILING = """Quarterly accounts
(in millions),,2025,2025,,2024,2024,
Revenue,,$,318.4,,$,290.7,
Net loss,,,(21.6,),,(35.2,)
Gross margin,,,14.1,%,,(2.3,)%
Capital expenditure,,$,77.0,,$,69.5,
"""
UNTITLED = """,2025,,,2024,,
Revenue,$,318.4,,$,290.7,
Net loss,,(21.6,),,(35.2,)
Cash,$,(4.0,),$,—,
"""


def read(folder: Path, text: str) -> list[tuple[str, str, str, str, object]]:
    path = folder / "filing.csv"
    path.write_text(text, "utf-8")
    document = read_tables(path, id=path.name, facts=find_facts(path, folder))
    return [
        (f.place.cell, f.series.metric, f.period.label, f"{f.value:f} {f.unit}", f.series.dimensions)
        for f in find_figures(document, load([SHIPPED / "metrics.toml"]), {})[0]
        if f.value is not None
    ]


def test_a_filing_in_millions(tmp_path: Path) -> None:
    assert read(tmp_path, FILING) == [
        ("D3", "revenue", "2025", "318400000 USD", ()),
        ("G3", "revenue", "2024", "290700000 USD", ()),
        ("D4", "net_loss", "2025", "-21600000 ", ()),
        ("G4", "net_loss", "2024", "-35200000 ", ()),
        ("D5", "gross_margin", "2025", "14.1 %", ()),
        ("G5", "gross_margin", "2024", "-2.3 %", ()),
        ("D6", "capital_expenditure", "2025", "77000000 USD", ()),
        ("G6", "capital_expenditure", "2024", "69500000 USD", ()),
    ]


def test_a_header_over_the_marks_is_that_of_the_numbers(tmp_path: Path) -> None:
    assert read(tmp_path, UNTITLED) == [
        ("C2", "revenue", "2025", "318.4 USD", ()),
        ("F2", "revenue", "2024", "290.7 USD", ()),
        ("C3", "net_loss", "2025", "-21.6 ", ()),
        ("F3", "net_loss", "2024", "-35.2 ", ()),
        ("C4", "cash", "2025", "-4.0 USD", ()),
    ]


def test_a_column_that_says_something_of_its_own_stays() -> None:
    rows = (("Item", "Currency", "Price"), ("Cell", "$", "5.20"), ("Pack", "€", "61.00"))
    assert joined(rows) == rows
    assert joined((("Item", "", "Price"), *rows[1:])) == (
        ("Item", "", "Price"), ("Cell", "", "$5.20"), ("Pack", "", "€61.00"),
    )  # fmt: skip
    assert joined((("a", "b"), ("1", "%"), ("c", "%"))) == (("a", "b"), ("1", "%"), ("c", "%"))


def test_brackets_close_behind_a_sign() -> None:
    assert joined((("", "2025", "", ""), ("Cash", "$", "(4.0", ")"), ("Debt", "$", "—", ""))) == (
        ("", "", "2025", ""), ("Cash", "", "($4.0)", ""), ("Debt", "", "—", ""),
    )  # fmt: skip


def test_marks_that_cannot_be_joined_are_no_label(tmp_path: Path) -> None:
    text = "Item,Mark,Revenue 2025,Revenue 2024\nNorth,$,318.4,290.7\nSouth,),12.6,11.9\nWest,$,7.5,6.1\n"
    assert {names for *_, names in read(tmp_path, text)} == {
        (("kind", "North"),), (("kind", "South"),), (("kind", "West"),),
    }  # fmt: skip
