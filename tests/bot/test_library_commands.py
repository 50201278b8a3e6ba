"""The library from the command line: add, list, ask, open, replace, remove."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from bot.cli import main


def seminar(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "quokkas.md"
    path.write_text(
        "# Quokkas\n\n2021-11-04\n\n## Numbers\n\nThere were 1,234 quokkas on the island in October 2021."
    )
    return path


def test_a_document_is_added_asked_opened_replaced_and_removed(note: Path, home: Path) -> None:
    added = seminar("add", str(note))
    assert added.exit_code == 0, added.output
    assert "Added quokkas.md: Quokkas · 2021-11-04 · 2 passages" in added.output
    assert (home / "library" / "quokkas.md").read_text() == note.read_text()
    assert "quokkas.md" in seminar("documents").output
    opened = seminar("open", "quokkas.md", "1,234 quokkas")
    assert "> Quokkas › Numbers" in opened.output
    assert "There were 1,234 quokkas" in opened.output
    note.write_text(note.read_text().replace("1,234", "2,345"))
    assert "Replaced quokkas.md" in seminar("replace", "quokkas.md", str(note)).output
    assert "2,345" in seminar("open", "quokkas.md").output
    assert "Removed quokkas.md" in seminar("remove", "quokkas.md").output
    acts = [line.split("  ")[1:] for line in seminar("audit").output.splitlines()]
    assert acts == [
        ["operator", "removed quokkas.md"], ["operator", "added quokkas.md"], ["operator", "added quokkas.md"]
    ]  # fmt: skip
    gone = seminar("open", "quokkas.md")
    assert (gone.exit_code, "No document is named" in gone.output) == (1, True)


def test_a_file_that_cannot_be_read_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    result = seminar("add", str(tmp_path / "a.pdf"))
    assert result.exit_code == 1
    assert result.output.startswith("Not added: ")
    assert result.output.count("\n") == 1


def test_a_file_of_another_format_is_refused_with_what_to_do(note: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Month", "Sales"])
    book.save(tmp_path / "sales.docx")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    result = seminar("add", str(tmp_path / "sales.docx"), str(tmp_path / "old.doc"), str(note))
    assert "sales.docx is a .xlsx file by what is in it. Name it sales.xlsx." in result.output
    assert (
        'Files ending in ".doc" can\'t be read. Open it in its program and save it as .docx.' in result.output
    )
    assert (result.exit_code, "Added quokkas.md" in result.output) == (0, True)


def test_a_place_that_is_not_there(note: Path) -> None:
    seminar("add", str(note))
    result = seminar("open", "quokkas.md", "page 9")
    assert (result.exit_code, 'has no place "page 9"' in result.output) == (1, True)
