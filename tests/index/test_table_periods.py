"""When a sheet's numbers are of, where it has several tables, or a period that stands over all columns or some."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import SHIPPED
from index.figures.headers import heads_all, placed
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reading.facts import find_facts
from index.reading.tables import read_tables

CATALOGUE = load([SHIPPED / "metrics.toml"])
ROWS = "North,{},{}\nSouth,{},{}\nWest,{},{}\n"


def read(folder: Path, text: str) -> list[tuple[str, str, str, str]]:
    """Each figure's cell, metric, period and value with its unit."""
    path = folder / "Segments_2024.csv"
    path.write_text(text, "utf-8")
    document = read_tables(path, id=path.name, facts=find_facts(path, folder))
    return [
        (f.place.cell, f.series.metric, f.period.label, f"{f.value:f} {f.unit}")
        for f in find_figures(document, CATALOGUE, {})[0]
        if f.value is not None
    ]


def block(head: str, numbers: list[int]) -> str:
    return head + ROWS.format(*numbers)


FIRST, SECOND = [510, 61, 420, 37, 330, 29], [480, 55, 402, 31, 318, 24]


def test_a_year_in_a_row_of_its_own_over_each_block(tmp_path: Path) -> None:
    head = "Zone,Revenue,Operating profit\n"
    text = block("SEK m,,\n2024,,\n" + head, FIRST) + "\n" + block("2023,,\n" + head, SECOND)
    read_ = read(tmp_path, text)
    assert ("B4", "revenue", "2024", "510000000 SEK") in read_
    assert ("C6", "operating_profit", "2024", "29000000 SEK") in read_
    assert ("B10", "revenue", "2023", "480000000 SEK") in read_
    assert ("C12", "operating_profit", "2023", "24000000 SEK") in read_
    assert len(read_) == 12


def test_a_period_at_the_right_over_all_columns(tmp_path: Path) -> None:
    heads = [f"In millions of SEK,,January–June {y}\n,Revenue,Operating profit\n\n" for y in (2024, 2023)]
    text = (
        "Segments 2024\nRevenue and results\n\n" + block(heads[0], FIRST) + "\n\n" + block(heads[1], SECOND)
    )
    read_ = read(tmp_path, text)
    assert ("B7", "revenue", "January to June 2024", "510000000 SEK") in read_
    assert ("C7", "operating_profit", "January to June 2024", "61000000 SEK") in read_
    assert ("B15", "revenue", "January to June 2023", "480000000 SEK") in read_
    assert {period for _, _, period, _ in read_} == {"January to June 2024", "January to June 2023"}


def test_periods_over_the_last_of_their_columns(tmp_path: Path) -> None:
    text = (
        "In millions of SEK,,2024,,,2023\n,Revenue,Costs,,Revenue,Costs\n"
        "North,510,449,,480,425\nSouth,420,383,,402,371\n"
    )
    read_ = [one for one in read(tmp_path, text) if one[0].endswith("3")]
    assert read_ == [
        ("B3", "revenue", "2024", "510000000 SEK"),
        ("C3", "costs", "2024", "449000000 SEK"),
        ("E3", "revenue", "2023", "480000000 SEK"),
        ("F3", "costs", "2023", "425000000 SEK"),
    ]


def test_a_row_of_a_period_heads_those_below_it(tmp_path: Path) -> None:
    text = "Segments in 2024\nZone,Revenue (SEK m),Sites\n2024,,\nNorth,510,61\n2023,,\nNorth,480,55\nSouth,402,31\n"
    assert [(cell, period) for cell, metric, period, _ in read(tmp_path, text) if metric == "revenue"] == [
        ("B4", "2024"), ("B6", "2023"), ("B7", "2023"),
    ]  # fmt: skip


def test_columns_of_a_statement_of_results_are_no_revenue(tmp_path: Path) -> None:
    text = (
        "Revenue and results\nSEK m,Revenue,Depreciation,Other operating income\n"
        "North 2024,510,21,-3\nSouth 2024,420,18,4\n"
    )
    assert [metric for _, metric, _, _ in read(tmp_path, text)][:3] == [
        "revenue", "depreciation", "other operating income",
    ]  # fmt: skip


def test_what_heads_all_columns() -> None:
    lower = ("", "Revenue", "Costs", "Profit")
    assert heads_all(("SEK m", "", "", "H1 2024"), lower) and heads_all(("", "", "2024", ""), lower)
    assert not heads_all(("SEK m", "2024", "", "2023"), lower)
    assert not heads_all(("Zone", "", "", "2024"), lower)
    assert not heads_all(("", "", "", "2024"), ("", "2022", "2023", "Change"))


def test_groups_stand_over_the_first_of_their_columns() -> None:
    assert placed(("", "", "2024", "", "", "2023"), ("", "A", "B", "", "A", "B")) == (
        "",
        "2024",
        "",
        "",
        "2023",
        "",
    )
    assert placed(("", "", "2024", "", "2023"), ("", "A", "B", "A", "B")) == ("", "2024", "", "2023", "")
    assert placed(("", "2024", "", "2023", ""), ("", "A", "B", "A", "B")) == ("", "2024", "", "2023", "")
    assert placed(("", "", "2024", "2023"), ("", "A", "B", "C")) == ("", "", "2024", "2023")


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Three months ended March 31,", "Q1"),
        ("Six months ended June 30", "January to June"),
        ("Nine months ended 30 September", "January to September"),
        ("January–June", "January to June"),
    ],
)
@pytest.mark.parametrize("form", ['"{}",,\nUSD million,2025,2024\n', '"{}",2025,2024\n'])
def test_years_across_are_of_the_part_that_stands_above(
    tmp_path: Path, said: str, label: str, form: str
) -> None:
    read_ = read(tmp_path, "Accounts\n" + form.format(said) + "Revenue,510,480\nOperating profit,61,55\n")
    assert [period for _, _, period, _ in read_][:2] == [f"{label} 2025", f"{label} 2024"]
