"""Tables that break readers: each ends in figures or in a report that says what was left out, in bounded memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from index.corpus import SHIPPED
from index.errors import CorpusError
from index.figures import Figure
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reading.facts import Facts, find_facts
from index.reading.guard import read_safely
from index.reading.tables import MOST_BYTES

CATALOGUE = load([SHIPPED / "metrics.toml"])
HEAD = "Month,NEV sales\n2021-10,383000\n"


def read(path: Path) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    document = read_safely(path, id=path.name, facts=find_facts(path, path.parent))
    figures, reports = find_figures(document, CATALOGUE, {})
    return figures, (*document.warnings, *reports)


def months(figures: tuple[Figure, ...]) -> list[tuple[str, int]]:
    return [(f.period.label, int(f.value)) for f in figures if f.value is not None]


OCTOBER, DECEMBER = ("October 2021", 383_000), ("December 2021", 531_000)
TEXTS = [
    (
        "a formula",
        HEAD + "2021-11,=B2*2\n2021-12,531000\n",
        [OCTOBER, DECEMBER],
        "1 cell left out, formulas that were never worked out (save the file in Excel): “=B2*2” in B3",
    ),
    (
        "a number beyond all counting",
        HEAD + "2021-11,1e308\n2021-12,531000\n",
        [OCTOBER, DECEMBER],
        "1 cell left out, no number that can be kept: “1e308” in B3",
    ),
    (
        "infinity",
        HEAD + "2021-11,-inf\n2021-12,531000\n",
        [OCTOBER, DECEMBER],
        "1 cell left out, no number that can be kept: “-inf” in B3",
    ),
    ("NaN is missing, not zero", HEAD + "2021-11,NaN\n2021-12,531000\n", [OCTOBER, DECEMBER], ""),
    ("a header in the middle", HEAD + "Month,NEV sales\n2021-12,531000\n", [OCTOBER, DECEMBER], ""),
    ("dates as floats", "Month,NEV sales\n44470.0,383000\n44531.0,531000\n", [OCTOBER, DECEMBER], ""),
    (
        "a spreadsheet's own error",
        HEAD + "2021-11,#DIV/0!\n2021-12,531000\n",
        [OCTOBER, DECEMBER],
        "1 cell left out, no number that can be kept: “#DIV/0!” in B3",
    ),
    (
        "words where a period stands",
        HEAD + "soon,7\n2021-12,531000\n",
        [OCTOBER, DECEMBER],
        "1 row left out: no period, or nothing says what its numbers are",
    ),
    (
        "six hundred columns",
        HEAD + "2021-12,531000" + "," * 600 + "7\n",
        [OCTOBER, DECEMBER],
        "columns beyond 500 left out in 1 rows",
    ),
]


@pytest.mark.parametrize(
    ("text", "expected", "report"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS]
)
def test_what_can_be_kept_is_kept_and_the_rest_is_said(
    tmp_path: Path, text: str, expected: list[tuple[str, int]], report: str
) -> None:
    path = tmp_path / "sales.csv"
    path.write_text(text, encoding="utf-8")
    figures, reports = read(path)
    assert months(figures) == expected
    assert reports == ((report,) if report else ())


def test_mixed_encodings_are_said(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    path.write_bytes(
        HEAD.encode() + "2021-12,531000,备注\n".encode() + "2021-11,450000,备注\n".encode("gb18030")
    )
    figures, reports = read(path)
    assert months(figures) == [OCTOBER, DECEMBER, ("November 2021", 450_000)]
    assert len(reports) == 1
    assert "in another encoding than the rest" in reports[0]


def test_a_name_with_a_path_in_it_is_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    path = folder / "..%2F..\\etc\\passwd;$(touch x) ‮.csv"
    path.write_text(HEAD, encoding="utf-8")
    figures, _ = read(path)
    assert months(figures) == [OCTOBER]
    assert [found.name for found in tmp_path.rglob("*") if found.is_file()] == [path.name]


def workbook(path: Path, rows: bytes, repeat: int = 0) -> Path:
    """A workbook with one sheet of these rows; `repeat` blank rows behind the first two."""
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        b'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        b'<sheet name="Sales" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet % (rows + b"<row/>" * repeat),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def text(cell: str, words: str) -> bytes:
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'.encode()


TWO = (
    b'<row r="1">' + text("A1", "Month") + text("B1", "NEV sales") + b'</row><row r="2">'
    + text("A2", "2021-10") + b'<c r="B2"><v>383000</v></c></row>'
)  # fmt: skip
LAST = b'<row r="1048576">' + text("A1048576", "2021-12") + b'<c r="B1048576"><v>531000</v></c></row>'


@pytest.mark.parametrize(
    ("rows", "report"),
    [
        (TWO, ()),
        (
            TWO + LAST,
            (
                "sheet Sales: everything from row 1,048,576 on left out: more than 1,000 blank rows are above it",
            ),
        ),
    ],
    ids=["nothing below them", "a row below them"],
)
def test_a_million_blank_rows_take_little_memory(
    tmp_path: Path, rows: bytes, report: tuple[str, ...]
) -> None:
    path = workbook(tmp_path / "sales.xlsx", rows, 0 if report else 1_000_000)
    document = read_safely(path, id="sales.xlsx", facts=Facts(), megabytes=400)
    assert document.warnings == report
    assert months(find_figures(document, CATALOGUE, {})[0]) == [OCTOBER]


def test_a_workbook_that_unpacks_without_end_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bomb.xlsx", TWO + b" " * 60_000_000)
    with pytest.raises(CorpusError, match="more than is read"):
        read(path)


def test_a_file_of_300_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"
    with path.open("wb") as file:
        file.write(HEAD.encode())
        file.truncate(MOST_BYTES + 1)
    tracemalloc.start()
    with pytest.raises(CorpusError, match="300,000,001 bytes"):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
