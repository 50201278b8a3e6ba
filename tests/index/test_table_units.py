"""What a table says of all its numbers: their unit and scale, in its corner or above it, and where they do not hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from index.corpus import SHIPPED
from index.figures import Figure
from index.figures.cells import unit_alone
from index.figures.scales import read_unit
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reading.facts import find_facts
from index.reading.tables import read_tables

CATALOGUE = load([SHIPPED / "metrics.toml"])


def read(folder: Path, text: str) -> tuple[Figure, ...]:
    path = folder / "accounts.csv"
    path.write_text(text, "utf-8")
    document = read_tables(path, id=path.name, facts=find_facts(path, folder))
    return find_figures(document, CATALOGUE, {})[0]


ALONE = {
    "in millions of SEK": (6, "SEK"),
    "In thousands of US dollars": (3, "USD"),
    "(in billions of Swiss francs)": (9, "CHF"),
    "in RMB million": (6, "CNY"),
    "(NOK in thousands)": (3, "NOK"),
    "Yen in billions": (9, "JPY"),
    "RMB’000": (3, "CNY"),
    "US$ millions, except per share data": (6, "USD"),
    "Amounts in thousands of euros": (3, "EUR"),
    "All figures are stated in millions": (6, ""),
    "thousands of vehicles": (3, "vehicles"),
    "Angaben in Mio. Euro": (6, "EUR"),
    "in TEUR": (3, "EUR"),
    "M€": (6, "EUR"),
    "MSEK": (6, "SEK"),
    "en millions d'euros": (6, "EUR"),
    "(en milliers)": (3, ""),
    "En miles de euros": (3, "EUR"),
    "in milioni di euro": (6, "EUR"),
    "w mln zł": (6, "PLN"),
    "EUR, millions": (6, "EUR"),
    "(in millions of U.S. dollars, except share amounts)": (6, "USD"),
    "Expressed in thousands of Canadian dollars": (3, "CAD"),
    "人民币百万元": (6, "CNY"),
    "百万円": (6, "JPY"),
}


@pytest.mark.parametrize("line", ALONE)
def test_a_line_that_is_but_a_unit(line: str) -> None:
    assert read_unit(unit_alone(line)) == ALONE[line]


@pytest.mark.parametrize(
    "line", ["1,000 vehicles", "Unit: thousand vehicles", "Port (thousand vehicles)", "(000s)"]
)
def test_a_corner_that_says_the_unit_among_other_words(tmp_path: Path, line: str) -> None:
    figures = read(tmp_path, f'Electric car sales\n"{line}",2023,2024\nSpain,51.6,57.4\nPoland,17.1,16.6\n')
    assert [f.value for f in figures] == [
        Decimal(value) for value in ("51600.0", "57400.0", "17100.0", "16600.0")
    ]


@pytest.mark.parametrize("line", ["Vehicles sold in millions of homes", "Amount", "Revenue", "in Norway", ""])
def test_a_line_that_says_more_is_no_unit(line: str) -> None:
    assert unit_alone(line) == ""


@pytest.mark.parametrize("line", [line for line in ALONE if ALONE[line] != (3, "vehicles")])
@pytest.mark.parametrize(
    "form",
    ['Accounts\n"{}",2023,2022\n', '"Accounts, {}"\nItem,2023,2022\n', 'Accounts\n"{}"\nItem,2023,2022\n'],
)
def test_a_statement_in_its_unit(tmp_path: Path, line: str, form: str) -> None:
    scale, unit = ALONE[line]
    figures = read(tmp_path, form.format(line) + "Revenue,7410,6980\nOperating profit,512,471\n")
    assert [(f.series.metric, f.value, f.unit) for f in figures][::2] == [
        ("revenue", Decimal(7410).scaleb(scale), unit),
        ("operating_profit", Decimal(512).scaleb(scale), unit),
    ]
    assert all(not f.series.dimensions for f in figures)


BEHIND = [
    "Thousand units; source: road agency",
    "thousand vehicles, source: road agency",
    "In thousand units. Data as of May 2025.",
    "In thousands of vehicles (provisional)",
]


@pytest.mark.parametrize("line", BEHIND)
def test_more_words_behind_the_unit(tmp_path: Path, line: str) -> None:
    text = f'Electric car sales by market\n"{line}"\n\nMarket,2023,2024\nSpain,51.6,57.4\nPoland,17.1,16.6\n'
    figures = read(tmp_path, text)
    assert [(f.value, f.unit) for f in figures] == [
        (Decimal(value), "vehicles") for value in ("51600.0", "57400.0", "17100.0", "16600.0")
    ]


def test_amounts_a_share_are_as_printed(tmp_path: Path) -> None:
    text = (
        'Accounts\n"US$ millions, except per share data",2023,2022\nRevenue,7410,6980\nBasic EPS,2.35,2.11\n'
        "Diluted earnings per share,2.31,2.08\nNet income per share,,\nBasic,2.36,2.12\nDiluted,2.32,2.09\n"
        "Comprehensive income,505,466\nOther items,,\nResearch,310,290\n"
    )
    said = [(f.place.cell, f.value, f.unit) for f in read(tmp_path, text) if f.place.cell.startswith("B")]
    assert said == [
        ("B3", Decimal(7410).scaleb(6), "USD"),
        ("B4", Decimal("2.35"), ""),
        ("B5", Decimal("2.31"), ""),
        ("B7", Decimal("2.36"), ""),
        ("B8", Decimal("2.32"), ""),
        ("B9", Decimal(505).scaleb(6), "USD"),
        ("B11", Decimal(310).scaleb(6), "USD"),
    ]


def test_a_row_that_is_called_like_a_currency_is_in_the_unit_of_the_table(tmp_path: Path) -> None:
    figures = read(tmp_path, "In millions of CHF,H1 2023,H1 2022\nNA,640,610\nEUR,480,455\n")
    assert [(f.value, f.unit) for f in figures][::2] == [
        (Decimal(640).scaleb(6), "CHF"),
        (Decimal(480).scaleb(6), "CHF"),
    ]
    assert [(f.series.metric, *f.series.dimensions) for f in figures][::2] == [
        ("na",),
        ("accounts", ("kind", "EUR")),
    ]


@pytest.mark.parametrize(("line", "scale"), [("10,000 units", 4), ("1,000 units", 3), ("100.000 Stück", 5)])
def test_multiples_of_ten_thousand(tmp_path: Path, line: str, scale: int) -> None:
    figures = read(
        tmp_path, f'Electric car sales\n"{line}",,\nMarket,2023,2024\nSpain,51.6,57.4\nPoland,17.1,16.6\n'
    )
    assert [f.value for f in figures] == [
        Decimal(one).scaleb(scale) for one in ("51.6", "57.4", "17.1", "16.6")
    ]


def test_notes_and_units_of_rows(tmp_path: Path) -> None:
    text = (
        "Accounts\nEUR million,Note,2023,2022\nRevenue,4,741,698\nCosts,5,612,571\n"
        "Sales tax in SEK thousand,6,8.5,7.5\n"
    )
    figures = read(tmp_path, text)
    assert {f.place.cell[0] for f in figures} == {"C", "D"}
    assert [(f.value, f.unit) for f in figures][-2:] == [(Decimal(8500), "SEK"), (Decimal(7500), "SEK")]
