"""Figures of statistics files, as people have them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from index.corpus import SHIPPED
from index.errors import CorpusError
from index.figures import Figure
from index.figures.scales import find_table_unit, read_unit
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reading.facts import find_facts, sidecar
from index.reading.tables import read_tables

CATALOGUE = load([SHIPPED / "metrics.toml"])


def read(path: Path) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    document = read_tables(path, id=path.name, facts=find_facts(path, path.parent))
    return find_figures(document, CATALOGUE, sidecar(path))


def said(figures: tuple[Figure, ...]) -> list[tuple[object, ...]]:
    return [
        (f.series.metric, dict(f.series.dimensions), f.period.label, f.value, f.unit, f.place.cell)
        for f in figures
    ]


def write(folder: Path, text: str, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


SALES = {"region": "China"}

PLAIN = [
    (
        "tidy by month",
        "Month,Country,NEV sales\n2021-10,China,383000\n",
        [("nev_sales", SALES, "October 2021", Decimal(383000), "vehicles", "C2")],
    ),
    (
        "short month names and a unit in the header",
        "Date;Country;NEV sales (thousand units)\nOct-21;China;383.5\n",
        [("nev_sales", SALES, "October 2021", Decimal("383500.0"), "vehicles", "C2")],
    ),
    (
        "year and month apart",
        "year,month,country,NEV sales\n2021,10,China,\"383,000\"\n",
        [("nev_sales", SALES, "October 2021", Decimal(383000), "vehicles", "D2")],
    ),
    (
        "years across",
        "Country,2020,2021\nChina,5%,15%\nNorway,75%,86%\n",
        [
            ("china", {}, "2020", Decimal(5), "%", "B2"),
            ("china", {}, "2021", Decimal(15), "%", "C2"),
            ("norway", {}, "2020", Decimal(75), "%", "B3"),
            ("norway", {}, "2021", Decimal(86), "%", "C3"),
        ],
    ),
    (
        "months by name and year",
        "Month,NEV sales\nJanuary 2024,700\nMärz 2024,800\nDez 2024,900\n",
        [
            ("nev_sales", {}, "January 2024", Decimal(700), "vehicles", "B2"),
            ("nev_sales", {}, "March 2024", Decimal(800), "vehicles", "B3"),
            ("nev_sales", {}, "December 2024", Decimal(900), "vehicles", "B4"),
        ],
    ),
    (
        "dots for thousands beside decimal commas",
        "Land;Jahr;Absatz Pumpen (Stück);Anteil\nItalien;2022;236.000;53,4 %\nItalien;2023;1.356.000;-1,5 %\n",
        [
            ("absatz pumpen", {"region": "Italien"}, "2022", Decimal(236000), "units", "C2"),
            ("anteil", {"region": "Italien"}, "2022", Decimal("53.4"), "%", "D2"),
            ("absatz pumpen", {"region": "Italien"}, "2023", Decimal(1356000), "units", "C3"),
            ("anteil", {"region": "Italien"}, "2023", Decimal("-1.5"), "%", "D3"),
        ],
    ),
    (
        "dots for decimals where nothing says otherwise",
        "Year,Weight (kg)\n2021,1.250\n2022,12.5\n",
        [("weight", {}, "2021", Decimal("1.250"), "kg", "B2"), ("weight", {}, "2022", Decimal("12.5"), "kg", "B3")],
    ),
    (
        "groups over headers that are alike",
        "Sales of pumps,,,,\n,Norway,,Sweden,\nYear,Air,Water,Air,Water\n2021,3,20,97,8\n2022,19,60,246,21\n",
        [
            (f"{place} {kind}", {}, year, Decimal(value), "", f"{column}{row}")
            for row, (year, values) in enumerate((("2021", (3, 20, 97, 8)), ("2022", (19, 60, 246, 21))), 4)
            for column, place, kind, value in zip(
                "BCDE", ("norway", "norway", "sweden", "sweden"), ("air", "water") * 2, values, strict=True
            )
        ],
    ),
    (
        "years in the headers beside a column of when plants started",
        "City,Capacity 2025 (GWh),Capacity 2028 (GWh),Start of production\nPori,14,24,2018\nTurku,8,72,2025\n",
        [
            ("capacity", {"region": "Pori"}, "2025", Decimal(14), "GWh", "B2"),
            ("capacity", {"region": "Pori"}, "2028", Decimal(24), "GWh", "C2"),
            ("capacity", {"region": "Turku"}, "2025", Decimal(8), "GWh", "B3"),
            ("capacity", {"region": "Turku"}, "2028", Decimal(72), "GWh", "C3"),
        ],
    ),
    (
        "headers that are but regions and drives under a title",
        "Truck sales by region,,\nUnits; preliminary,,\n,Peru,Chile\nYear,BEV,BEV\n2021,300,97\n",
        [
            ("truck sales", {"powertrain": "BEV", "region": "Peru"}, "2021", Decimal(300), "", "B5"),
            ("truck sales", {"powertrain": "BEV", "region": "Chile"}, "2021", Decimal(97), "", "C5"),
        ],
    ),
    (
        "a header of two rows whose upper cells span columns and rows",
        "Country,Capacity (GWh),Capacity (GWh),Growth\nCountry,2022,2023,Growth\n"
        "Peru,30.1,42.5,41%\nChile,5.2,7.9,52%\n",
        [
            ("capacity", {"region": "Peru"}, "2022", Decimal("30.1"), "GWh", "B3"),
            ("capacity", {"region": "Peru"}, "2023", Decimal("42.5"), "GWh", "C3"),
            ("growth", {"region": "Peru"}, "period not stated", Decimal(41), "%", "D3"),
            ("capacity", {"region": "Chile"}, "2022", Decimal("5.2"), "GWh", "B4"),
            ("capacity", {"region": "Chile"}, "2023", Decimal("7.9"), "GWh", "C4"),
            ("growth", {"region": "Chile"}, "period not stated", Decimal(52), "%", "D4"),
        ],
    ),
    (
        "countries down and years across under a title",
        "Heat pumps sold by country\nCountry,2022,2023\nPeru,196,120\nChile,197,130\n",
        [
            ("heat pumps sold", {"region": "Peru"}, "2022", Decimal(196), "", "B3"),
            ("heat pumps sold", {"region": "Peru"}, "2023", Decimal(120), "", "C3"),
            ("heat pumps sold", {"region": "Chile"}, "2022", Decimal(197), "", "B4"),
            ("heat pumps sold", {"region": "Chile"}, "2023", Decimal(130), "", "C4"),
        ],
    ),
    (
        "metrics down and years across",
        "Item,2020,2021\nNEV sales,1367000,3521000\n",
        [
            ("nev_sales", {}, "2020", Decimal(1367000), "vehicles", "B2"),
            ("nev_sales", {}, "2021", Decimal(3521000), "vehicles", "C2"),
        ],
    ),
    (
        "a measure, a unit and a value column",
        "region,category,parameter,powertrain,year,unit,value\n"
        "World,Historical,EV sales share,EV,2021,percent,8.899999619\n",
        [("ev_sales_share", {"powertrain": "EV", "region": "World"}, "2021", Decimal("8.9"), "%", "G2")],
    ),
    (
        "Chinese headers and ten thousands",
        "日期,新能源汽车销量(万辆)\n2021年10月,38.3\n",
        [("nev_sales", {}, "October 2021", Decimal("383000"), "vehicles", "B2")],
    ),
    (
        "decimal commas",
        "Month;Country;NEV sales\n2021-10;China;383.000,0\n",
        [("nev_sales", SALES, "October 2021", Decimal("383000.0"), "vehicles", "C2")],
    ),
    (
        "a metric that the catalogue does not know keeps its own words",
        "Year,Pizza ovens\n2021,12\n",
        [("pizza ovens", {}, "2021", Decimal(12), "", "B2")],
    ),
    (
        "a header repeated in the middle",
        "Month,NEV sales\n2021-10,383000\nMonth,NEV sales\n2021-11,450000\n",
        [
            ("nev_sales", {}, "October 2021", Decimal(383000), "vehicles", "B2"),
            ("nev_sales", {}, "November 2021", Decimal(450000), "vehicles", "B4"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), [row[1:] for row in PLAIN], ids=[row[0] for row in PLAIN])
def test_a_plain_table_needs_no_configuration(
    tmp_path: Path, text: str, figures: list[tuple[object, ...]]
) -> None:
    assert said(read(write(tmp_path, text))[0]) == figures


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding_reads(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "日期,新能源汽车销量\n2021-10,383000\n", encoding=encoding)
    assert said(read(path)[0]) == [("nev_sales", {}, "October 2021", Decimal(383000), "vehicles", "B2")]


def test_the_world_beside_its_countries_is_an_aggregate(tmp_path: Path) -> None:
    path = write(tmp_path, "Region,Year,EV sales\nChina,2021,3300000\nWorld,2021,6600000\n")
    assert [(f.quote.split(" | ")[0], f.aggregate) for f in read(path)[0]] == [
        ("Region: China", False),
        ("Region: World", True),
    ]


def test_a_projection_is_a_forecast(tmp_path: Path) -> None:
    text = (
        "region,category,parameter,year,value\n"
        "World,Historical,EV sales,2021,6\n"
        "World,Projection-STEPS,EV sales,2030,40\n"
    )
    assert [f.status for f in read(write(tmp_path, text))[0]] == ["", "forecast"]


BESIDE = [
    ("Global car sales", "BEV share", {"powertrain": "BEV", "region": "World"}),
    ("Sales in Norway", "PHEV share", {"powertrain": "PHEV", "region": "Norway"}),
    ("Norway and Sweden", "BEV share", {"powertrain": "BEV"}),
    ("Cars by month", "EV share", {}),
]


@pytest.mark.parametrize(("title", "header", "dimensions"), BESIDE, ids=[row[0] for row in BESIDE])
def test_what_a_title_and_a_header_name_is_kept(
    tmp_path: Path, title: str, header: str, dimensions: dict[str, str]
) -> None:
    (figure,) = read(write(tmp_path, f"{title},\nMonth,{header}\n2021-12,8.4%\n"))[0]
    assert (figure.series.metric, dict(figure.series.dimensions)) == ("ev_sales_share", dimensions)


def test_a_column_of_regions_says_where_not_the_title(tmp_path: Path) -> None:
    figures = read(write(tmp_path, "Global car sales,,\nMonth,Country,EV sales\n2021-12,Chad,8\n,,\n"))[0]
    assert [dict(f.series.dimensions)["region"] for f in figures] == ["Chad"]


def test_a_column_called_powertrain_need_not_hold_drives(tmp_path: Path) -> None:
    head = "region,parameter,powertrain,year,unit,value\n"
    chargers = "Chile,EV charging points,Publicly available fast,2021,charging points,8\n"
    sales = "Chile,EV sales,BEV,2021,Vehicles,9\n"
    figures = read(write(tmp_path, head + chargers + sales))[0]
    assert [dict(f.series.dimensions) for f in figures] == [
        {"region": "Chile", "kind": "Publicly available fast"},
        {"region": "Chile", "powertrain": "BEV"},
    ]


def test_missing_is_not_zero(tmp_path: Path) -> None:
    path = write(tmp_path, "Month,NEV sales\n2016-09,44000\n2016-10,n/a\n2016-11,0\n")
    assert [(f.value, f.status) for f in read(path)[0]] == [
        (Decimal(44000), ""),
        (None, "missing"),
        (Decimal(0), ""),
    ]
    (tmp_path / "t.csv.toml").write_text('missing = ["0", "n/a"]', encoding="utf-8")
    assert [f.status for f in read(path)[0]] == ["", "missing", "missing"]


def test_a_sidecar_says_what_cannot_be_guessed(tmp_path: Path) -> None:
    path = write(tmp_path, "Month,x\n2021-10,383\n")
    (tmp_path / "t.csv.toml").write_text('metric = "nev_sales"\nunit = "thousand vehicles"', encoding="utf-8")
    assert said(read(path)[0]) == [("nev_sales", {}, "October 2021", Decimal(383000), "vehicles", "B2")]


def test_two_columns_of_one_metric_are_told_apart(tmp_path: Path) -> None:
    text = (
        "country,year,public_slow_chargers,public_fast_chargers,total_public_chargers\nChina,2015,49,8,57\n"
    )
    figures = read(write(tmp_path, text))[0]
    assert len({f.series for f in figures}) == 3


def test_rows_that_are_not_understood_are_reported(tmp_path: Path) -> None:
    figures, reports = read(
        write(tmp_path, "Month,NEV sales\n2021-10,383000\nsome time,5\n???,6\n2021-11,7\n")
    )
    assert len(figures) == 2
    assert reports == ("2 rows left out: no period, or nothing says what its numbers are",)


def test_a_table_without_numbers_says_so(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a,b\nc,d\n")) == ((), ("no row of headers with numbers below it was found",))


def test_a_workbook_with_titles_sheets_and_blank_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Sales"
    for row in (
        ["New energy vehicle sales by country, thousand"],
        [],
        [None, "Country", "2020", "2021"],
        [None, "China", 1367, 3521],
    ):
        first.append(row)
    book.create_sheet("Empty")
    path = tmp_path / "book.xlsx"
    book.save(path)
    figures, _ = read(path)
    assert [(f.series.metric, f.period.label, f.value, f.place.sheet, f.place.cell) for f in figures] == [
        ("nev_sales", "2020", Decimal(1_367_000), "Sales", "C4"),
        ("nev_sales", "2021", Decimal(3_521_000), "Sales", "D4"),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n\n", ",,,\n,,,", "Month,NEV sales\n2021-10,1e308\n2021-11,NaN\n2021-12,1e999999\n", "\x00\x01,\x02\n1,2",
     "Month,NEV sales\n" + ",\n" * 5_000, "a" * 100_000, "=1+1,=cmd()\n2021,5"],
    ids=["empty", "blank lines", "commas", "huge numbers", "bytes", "blank rows", "one long cell", "formulas"],
)  # fmt: skip
def test_a_dangerous_table_ends_in_figures_or_a_report(tmp_path: Path, text: str) -> None:
    try:
        figures, reports = read(write(tmp_path, text))
    except CorpusError as error:
        assert "is not text" in error.message
        return
    assert all(f.value is None or f.value.is_finite() for f in figures)
    assert figures or reports or not text.strip(" ,\n")


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(CorpusError, match=r"no \.xlsx file"):
        read(path)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("Oil displacement, million lge", (6, "lge")),
        ("Million barrels per day", (6, "barrels per day")),
        ("万辆", (4, "vehicles")),
        ("GWh", (0, "GWh")),
    ],
)
def test_a_unit_is_told_from_its_scale_and_from_what_it_measures(
    unit: str, expected: tuple[int, str]
) -> None:
    assert read_unit(unit) == expected


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万辆", (4, "vehicles")),
        ("(in Tsd.)", (3, "")),
        ("Pkw-Neuzulassungen in Tsd.", (3, "")),
        ("Unit: thousand units", (3, "vehicles")),
        ("Note: thousand units", (3, "vehicles")),
        ("All figures in thousands.", (3, "")),
        ("New energy vehicle sales by country, thousand", (3, "")),
        ("Revenue (USD million)", (6, "USD")),
        ("单位：亿千瓦时", (8, "kWh")),
        ("Registrations in 1,000 vehicles", (3, "vehicles")),
        ("NEV sales in 2000", (0, "")),
        ("Model 1000", (0, "")),
        ("Capacity (GWh)", (0, "")),
        ("Source: the makers", (0, "")),
    ],
)
def test_the_unit_of_a_whole_table_is_read_from_the_lines_around_it(line: str, unit: tuple[int, str]) -> None:
    assert read_unit(find_table_unit([line])) == unit


def test_lines_that_contradict_each_other_give_no_unit() -> None:
    assert find_table_unit(["in thousands", "Note: million units"]) == ""


SCALED = [
    ("a header in thousands", "Monat;Land;NEV sales (Tsd.)\n2021-10;China;383,5\n", [Decimal("383500.0")]),
    ("a header without brackets", "Month,NEV sales in thousands\n2021-10,383.5\n", [Decimal("383500.0")]),
    ("a note below", "Month,NEV sales\n2021-10,383.5\n\nNote: thousand units\n", [Decimal("383500.0")]),
    ("a line above", "单位：万辆,\n月份,新能源汽车销量\n2021年10月,38.3\n", [Decimal("383000")]),
    (
        "a share is no thousand",
        "in thousands,,\nMonth,NEV sales,NEV penetration\n2021-10,383,16.4\n",
        [Decimal("383000"), Decimal("16.4")],
    ),
    (
        "a header's own unit holds",
        "in thousands,\nMonth,NEV sales (万辆)\n2021-10,38.3\n",
        [Decimal("383000")],
    ),
]


@pytest.mark.parametrize(("text", "values"), [case[1:] for case in SCALED], ids=[case[0] for case in SCALED])
def test_no_number_loses_its_scale(tmp_path: Path, text: str, values: list[Decimal]) -> None:
    assert [figure.value for figure in read(write(tmp_path, text))[0]] == values


def test_a_number_keeps_its_value_and_its_flag_beside_a_footnote(tmp_path: Path) -> None:
    text = "Month,NEV sales\n2021-10,383000*\n2021-11,450000 p\n2021-12,531000 (r)\n2022-01,431000 [2]\n"
    figures = read(write(tmp_path, text))[0]
    assert [(int(f.value or 0), f.status) for f in figures] == [
        (383000, ""), (450000, "preliminary"), (531000, "revised"), (431000, ""),
    ]  # fmt: skip


def test_a_cell_that_is_no_number_is_reported_with_its_place(tmp_path: Path) -> None:
    figures, reports = read(write(tmp_path, "Month,NEV sales\n2021-10,1e308\n2021-11,inf\n2021-12,531000\n"))
    assert len(figures) == 1
    assert reports == ("2 cells left out, no number that can be kept: “1e308” in B2, “inf” in B3",)


def test_days_that_were_stored_as_numbers_are_days(tmp_path: Path) -> None:
    figures = read(write(tmp_path, "Date,NEV sales\n44470,383000\n44501,450000\n"))[0]
    assert [f.period.label for f in figures] == ["October 2021", "November 2021"]
    figures = read(
        write(tmp_path, "Country,44470,44501,44531\nChina,383000,450000,531000\n", "NEV sales.csv")
    )[0]
    assert [f.period.label for f in figures] == ["October 2021", "November 2021", "December 2021"]


def test_bytes_of_another_encoding_are_said(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(
        "Month,Country,新能源汽车销量\n2021-10,中国,383000\n".encode() + b"2021-11,\xd6\xd0,450000\n"
    )
    document = read_tables(path, id="t.csv", facts=find_facts(path, tmp_path))
    assert document.warnings[0].startswith("2 characters are in another encoding than the rest")


def workbook(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def test_a_merged_label_stands_for_all_of_its_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Region", "Month", "NEV sales"], ["China", "2021-10", 383000], [None, "2021-11", 450000],
        ["Japan", "2021-10", 2000], [None, "2021-11", 3000],
    ]  # fmt: skip
    figures = read(workbook(tmp_path, rows, ("A2:A3", "A4:A5")))[0]
    assert [(dict(f.series.dimensions)["region"], f.value) for f in figures] == [
        ("China", 383000), ("China", 450000), ("Japan", 2000), ("Japan", 3000),
    ]  # fmt: skip


def test_a_merged_number_is_counted_once(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Month", "NEV sales", "NEV production"], ["2021-10", 383000, None]]
    assert [f.value for f in read(workbook(tmp_path, rows, ("B2:C2",)))[0] if f.value is not None] == [383000]


def test_a_formula_that_was_never_worked_out_is_reported(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Month", "NEV sales"], ["2021-10", 383000], ["2021-11", "=B2*2"]]
    figures, reports = read(workbook(tmp_path, rows))
    assert [f.value for f in figures] == [383000]
    assert reports == (
        "sheet Sheet: 1 cell left out, formulas that were never worked out (save the file in Excel): “=B2*2” in B3",
    )


def test_a_share_that_is_shown_in_percent_is_read_as_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Month", "NEV penetration", "Price index"],
        ["2021-10", 0.184, 1.02],
        ["2021-11", 0.2081, 1.05],
    ):
        book.active.append(row)
    book.active["B2"].number_format, book.active["B3"].number_format = "0.0%", "0%"
    book.active["C2"].number_format = '0.00" (100%)"'
    book.save(tmp_path / "a.xlsx")
    document = read_tables(tmp_path / "a.xlsx", id="a.xlsx", facts=find_facts(tmp_path / "a.xlsx", tmp_path))
    assert document.tables[0].cells[1:] == (("2021-10", "18.4%", "1.02"), ("2021-11", "20.81%", "1.05"))
    figures, _ = find_figures(document, CATALOGUE, {})
    found = [(str(f.value), f.unit) for f in figures if f.series.metric == "nev_penetration"]
    assert found == [("18.4", "%"), ("20.81", "%")]


def test_zeros_between_thousands_are_gaps_unless_kept(tmp_path: Path) -> None:
    text = "Month,NEV sales\n2016-08,38000\n2016-09,0\n2016-10,0\n2016-11,65000\n2016-12,0\n"
    figures, reports = read(write(tmp_path, text))
    assert [f.status for f in figures] == ["", "missing", "missing", "", ""]
    assert reports == ('2 zeros among thousands are read as missing; zeros = "kept" keeps them',)
    path = write(tmp_path, text)
    document = read_tables(path, id=path.name, facts=find_facts(path, tmp_path))
    kept, none = find_figures(document, CATALOGUE, {"zeros": "kept"})
    assert [int(f.value) for f in kept if f.value is not None] == [38000, 0, 0, 65000, 0]
    assert none == ()
