"""Files made to hurt: each ends soon, in a text or in a sentence that says why there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from index.errors import CorpusError
from index.reading.facts import Facts
from index.reading.guard import read_safely
from tests.benchmarks.hostile import FILES, word

SAYS = {
    "bomb.docx": "unpacks to 150",
    "nested.docx": "depth",
    "members.docx": "in 20,0",
    "sheet.xlsx": "",
    "nested.html": "nested too deeply",
    "inline.html": "nested too deeply",
    "tables.html": "",
    "quotes.md": "holds no text",
    "letters.eml": "nested too deeply",
}
READ = {"paths.docx": "Words.", "spans.html": "3\t4", "brackets.md": "[[[[", "cues.vtt": "words 99999"}


def read(path: Path) -> str:
    begun = time.monotonic()
    try:
        return read_safely(path, id=path.name, facts=Facts(), seconds=60).text
    finally:
        assert time.monotonic() - begun < 30


@pytest.mark.parametrize("name", SAYS)
def test_says_why_there_is_no_text(name: str, tmp_path: Path) -> None:
    FILES[name](tmp_path / name)
    try:
        text, said = read(tmp_path / name), ""
    except CorpusError as error:
        text, said = "", error.message
    assert text == ""
    assert SAYS[name] in said


@pytest.mark.parametrize("name", READ)
def test_reads_what_there_is(name: str, tmp_path: Path) -> None:
    FILES[name](tmp_path / name)
    assert READ[name] in read(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("line", ["电" * 1400, "Ab" * 700, "A " * 700, "10 " * 400, "Ab, " * 300])
def test_a_long_line_at_the_head_is_soon_known_to_open_with_no_day(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(line, "utf-8")
    assert read(tmp_path / "a.md").startswith(line[:40])


def test_many_paragraphs_take_no_longer_each(tmp_path: Path) -> None:
    word(tmp_path / "a.docx", b"<w:p><w:r><w:t>Sales rose.</w:t></w:r></w:p>" * 20_000)
    assert read(tmp_path / "a.docx").count("Sales rose.") == 20_000


@pytest.mark.parametrize("line", ["word", "word  other"])
def test_many_lines_of_text_take_no_longer_each(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{line}\n" * 100_000, encoding="utf-8")
    assert read(tmp_path / "a.txt").count(line.split()[0]) == 100_000


def test_ten_thousand_pages(tmp_path: Path) -> None:
    """One content for all pages: what reading costs is the pages."""
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 10_005))
    words = b"BT /F1 12 Tf 72 400 Td (Sales rose to 383,000 in October.) Tj ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 10000/Kids[" + kids + b"]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n" % len(words) + words + b"\nendstream",
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents 4 0 R>>"
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate([*parts, *[page] * 10_000], 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 10005/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(data)
    path = tmp_path / "a.pdf"
    path.write_bytes(data + b"xref\n0 10005\n0000000000 65535 f \n" + table + end)
    document = read_safely(path, id="a.pdf", facts=Facts(), seconds=60)
    assert document.warnings == ("only the first 3,000 of 10,000 pages were read",)
    assert document.text.count("383,000") == 3_000


@pytest.mark.parametrize("text", ["a\x01b", "a&#1;b", "a&#x1F;b", "a\x1bb", "a&#0;b"])
def test_characters_that_no_page_may_hold(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<body><p>Sales rose <aside>x</aside>{text} in October and in November.</p></body>")
    assert read(path).startswith("Sales rose a")
