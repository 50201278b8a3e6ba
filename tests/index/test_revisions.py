"""What a build says of figures that came, changed and went."""

from __future__ import annotations

from pathlib import Path

from index.builder import build

SEPTEMBER = "Month,NEV sales (vehicles)\n2021-08,321000\n2021-09,357000\n"


def test_a_newer_file_adds_revises_and_doubles_nothing(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    table = corpus / "sales.csv"
    table.write_text(SEPTEMBER, encoding="utf-8")
    build([corpus], folder)
    table.write_text(SEPTEMBER.replace("357000", "358000") + "2021-10,383000\n", encoding="utf-8")
    report = build([corpus], folder, diff=True)
    assert report.revisions == [
        "Came: nev_sales, October 2021: 383000 (sales.csv)",
        "Changed: nev_sales, September 2021: 357000 → 358000 (sales.csv)",
    ]
    assert report.figures == 3


def test_what_went_is_said(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "sales.csv").write_text(SEPTEMBER, encoding="utf-8")
    (corpus / "tea.txt").write_text("Tea is served at four.", encoding="utf-8")
    build([corpus], folder)
    (corpus / "sales.csv").unlink()
    report = build([corpus], folder, diff=True)
    assert [line.split(":")[0] for line in report.revisions] == ["Went", "Went"]
