"""What a document that is one table is told by: its rows where they stand for it, else why there are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.takeaways import answer_takeaways
from bot.questions import Question
from bot.slack.digest import build_digest, takeaways_of_document
from bot.takeaways import digest, label
from index.builder import build
from index.documents import Document
from index.reader import open_index
from index.reading import read
from index.reading.facts import find_facts

MONTHS = [(f"{year}-{month:02}", f"{year}{month}") for year in (2020, 2021) for month in range(1, 13)]


def page(folder: Path, headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> Document:
    lines = ["<th>" + "</th><th>".join(headers) + "</th>"]
    lines += ["<td>" + "</td><td>".join(row) + "</td>" for row in rows]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    path = folder / "trams.html"
    path.write_text(
        f"<html><head><title>Trams</title></head><body><table>{table}</table></body></html>", "utf-8"
    )
    return read(path, id=path.name, facts=find_facts(path, folder))


def test_a_table_in_time_is_told_by_its_first_and_last_row_and_the_one_a_year_before(tmp_path: Path) -> None:
    found = digest(page(tmp_path, ("Month", "Trams sold"), MONTHS))
    assert [point.words for point in found.points] == [
        "Month: 2020-01 | Trams sold: 20201",
        "Month: 2020-12 | Trams sold: 202012",
        "Month: 2021-12 | Trams sold: 202112",
    ]
    text = found.document.text
    assert all(text[point.start : point.end] == point.text for point in found.points)
    assert "3. Month: 2021-12 | Trams sold: 202112" in label(found)


def test_rows_that_run_backwards_in_time_are_told_the_same(tmp_path: Path) -> None:
    found = digest(page(tmp_path, ("Month", "Trams sold"), MONTHS[::-1]))
    assert [point.words.split()[1] for point in found.points] == ["2021-12", "2020-12", "2020-01"]


def test_a_short_table_is_told_whole(tmp_path: Path) -> None:
    found = digest(page(tmp_path, ("Town", "Trams"), [("Zenda", "12"), ("Strelsau", "30"), ("Hentzau", "5")]))
    assert [point.words for point in found.points] == [
        "Town: Zenda | Trams: 12",
        "Town: Strelsau | Trams: 30",
        "Town: Hentzau | Trams: 5",
    ]


def test_a_long_table_not_in_time_says_what_it_is(tmp_path: Path) -> None:
    document = page(tmp_path, ("Town", "Trams"), [(f"Town {n}", str(n)) for n in range(1, 1_201)])
    found = digest(document)
    assert found.points == ()
    why = "It is a table of 1,200 rows (Town, Trams), and none of them stands for the others."
    assert why in label(found)
    assert why in build_digest(takeaways_of_document(found)).text


@pytest.mark.parametrize("text", ["", "Trams\n", "# Trams of Ruritania\n"])
def test_a_document_without_a_sentence_says_so(text: str) -> None:
    assert "It has no sentence to take away." in label(digest(Document("a.md", "A", text)))


def test_the_rows_of_a_table_are_the_takeaways_that_are_asked_for(tmp_path: Path) -> None:
    page(tmp_path, ("Month", "Trams sold"), MONTHS)
    build([tmp_path], tmp_path / "index")
    question = Question("takeaways of trams.html", kind="takeaways")
    with open_index(tmp_path / "index").seen_by(None) as view:
        answer = answer_takeaways(question, view, ())
        assert answer is not None
        assert answer.headline.endswith("is a table; 3 of its rows:")
        assert answer.details[-1] == "3. Month: 2021-12 | Trams sold: 202112"
        assert "202112" in answer.citations[-1].quote
