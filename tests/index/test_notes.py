"""Notes under tables and remarks on their cells: held as text, each with its place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from index.builder import build
from index.documents import Table
from index.reader import open_index
from index.reading.facts import find_facts
from index.reading.notes import notes_of
from index.reading.tables import read_tables

ROWS = [
    ["Ferry passengers by port", None, None],
    ["Thousand persons; source: harbour office", None, None],
    [None, None, None],
    ["Port", 2023, 2024],
    ["Inner ports", None, None],
    ["Oslo", 81.2, 84.9],
    ["Bergen", 40.7, 39.3],
    ["Notes: Bergen leaves out crews. Oslo: preliminary.", None, None],
    ["(a)", "Counted at the gate", None],
]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active.title = "Ports"
    book.active["C7"].comment = Comment("Gate two was shut\nfrom May", "Kari")
    (tmp_path / "corpus").mkdir()
    book.save(tmp_path / "corpus" / "ferries.xlsx")
    return tmp_path / "corpus" / "ferries.xlsx"


def test_notes_and_remarks_are_the_text(workbook: Path) -> None:
    document = read_tables(workbook, id="ferries.xlsx", facts=find_facts(workbook, workbook.parent))
    assert document.text.split("\n\n") == [
        "Sheet Ports, cell A2 | Thousand persons; source: harbour office",
        "Sheet Ports, cell A8 | Notes: Bergen leaves out crews. Oslo: preliminary.",
        "Sheet Ports, cell A9 | (a) Counted at the gate",
        "Sheet Ports, cell C7 | Bergen | 2024: 39.3 | Comment: Gate two was shut from May",
    ]


def test_a_note_is_found(workbook: Path, tmp_path: Path) -> None:
    report = build([workbook.parent], tmp_path / "index")
    assert report.figures == 4
    with open_index(tmp_path / "index").seen_by(None) as view:
        assert "cell A8 | Notes: Bergen" in view.search("crews Bergen")[0].passage.text
        assert "cell C7 | Bergen" in view.search("gate shut")[0].passage.text


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("Passenger cars", "", ""), False),
        (("Electric car registrations by market", "", ""), False),
        (("2024", "", ""), False),
        (("EUR million", "", ""), False),
        (("Source:", "Harbour office", ""), True),
        (("Oslo", "Bergen", ""), False),
        (("注：仅限乘用车", "", ""), True),
        (("Crews are left out.", "", ""), True),
        (("* provisional data", "", ""), True),
        (("https://a.org/b/c Some words of the page of a site.", "", ""), False),
    ],
)
def test_what_is_a_note(row: tuple[str, ...], told: bool) -> None:
    assert bool(notes_of([Table("", (row,))], {})) is told


def test_a_comment_with_answers_is_told_without_what_excel_writes_before_it(workbook: Path) -> None:
    before = "[Threaded comment]\n\nYour version of Excel allows you to read this.\n\nComment:\n    "
    with zipfile.ZipFile(workbook) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(workbook, "w") as parts:
        for name, data in held.items():
            parts.writestr(name, data.replace(b"Gate two", before.encode() + b"Gate two"))
    document = read_tables(workbook, id="ferries.xlsx", facts=find_facts(workbook, workbook.parent))
    assert document.text.endswith("| Comment: Gate two was shut from May")


def test_broken_comments_cost_no_numbers(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(workbook, "w") as parts:
        for name, data in held.items():
            parts.writestr(name, data[: len(data) // 2] if "comment" in name and "rels" not in name else data)
    document = read_tables(workbook, id="ferries.xlsx", facts=find_facts(workbook, workbook.parent))
    assert "Comment" not in document.text
    assert document.tables[0].cells[5] == ("Oslo", "81.2", "84.9")


def test_a_sheet_of_notes_is_no_sheet_that_was_not_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS[3:7]:
        book.active.append(row)
    notes, other = book.create_sheet("About"), book.create_sheet("Other")
    notes.append(["Passengers are counted at the gate, crews are not."])
    for row in (["A list of the harbours that have a gate of their own."], [12, 13], [7, 8]):
        other.append(row)
    (tmp_path / "corpus").mkdir()
    book.save(tmp_path / "corpus" / "ferries.xlsx")
    report = build([tmp_path / "corpus"], tmp_path / "index")
    assert [warning.partition(":")[0] for _, warning in report.warnings] == ["sheet Other"]
