"""Hostile and broken files end in a clean report, within time and memory; the next file is read as ever."""

from __future__ import annotations

import random
import time
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document, Mark, Table
from index.errors import CorpusError
from index.reading import guard
from index.reading.facts import Facts
from index.reading.guard import dump_document, dump_facts, load_document, load_facts, read_safely

PAGE = "<html><body><main><h1>Sales</h1><p>Sales rose to 397,000 units in October.</p></main></body></html>"


def safely(path: Path, seconds: float = 20, megabytes: int = 2048) -> Document:
    return read_safely(path, id=path.name, facts=Facts(), seconds=seconds, megabytes=megabytes)


def test_documents_and_facts_come_back_as_they_went() -> None:
    facts = Facts("t", date(2021, 1, 2), "inferred", 2021, settings={"metric": "x", "day": 1})
    assert load_facts(dump_facts(facts)) == facts
    document = Document("a", "t", "xy", published=date(2021, 1, 2), marks=(Mark(0, "page", "1"),),
                        tables=(Table("s", (("a", "b"),), 0, 2),), warnings=("w",))  # fmt: skip
    assert load_document(dump_document(document)) == document


def test_a_page_is_read_in_the_child(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    document = read_safely(tmp_path / "a.html", id="x/a.html", facts=Facts(access="board"))
    assert (document.id, document.access, document.text) == (
        "x/a.html", "board", "Sales\n\nSales rose to 397,000 units in October.")  # fmt: skip


def test_a_hundred_thousand_nested_tags(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000 + "deep" + "</div>" * 100_000)
    begun = time.monotonic()
    try:
        assert "deep" in safely(tmp_path / "a.html").text
    except CorpusError as error:
        assert "a.html" in error.message
    assert time.monotonic() - begun < 15


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    parts["word/document.xml"] = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY a0 "ha">{bomb}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>x&s;&a11;</w:t></w:r></w:p></w:body></w:document>"
    ).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    try:
        text = safely(path).text
    except CorpusError:
        text = ""
    assert "SECRET" not in text
    assert len(text) < 1000


def test_too_long_and_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text("<p>" + "<b>x</b>" * 500_000)
    with pytest.raises(CorpusError, match="more than 0"):
        safely(tmp_path / "b.html", seconds=0.05)
    assert "397,000" in safely(tmp_path / "a.html").text
    monkeypatch.setattr(guard, "LARGEST", 10)
    with pytest.raises(CorpusError, match="files up to 10 are read"):
        safely(tmp_path / "a.html")


def test_too_much_memory(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>" + "<b>x</b>" * 2_000_000)
    with pytest.raises(CorpusError, match=r"a\.html"):
        safely(tmp_path / "a.html", megabytes=220)


def test_a_pdf_that_unpacks_to_more_than_the_memory_is_said_to_take_too_much(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pageCompression=1)
    canvas.drawString(10, 10, "Sales")
    canvas._code += ["1 1 m 5 5 l S\n" * 1_000_000] * 3
    canvas.save()
    with pytest.raises(CorpusError, match=r"a\.pdf takes more than 300 megabytes to read") as raised:
        safely(tmp_path / "a.pdf", megabytes=300)
    assert "Split it" in raised.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"can't be opened"):
        safely(tmp_path / "a.html")


def seeds(folder: Path) -> list[Path]:
    word = docx.Document()
    word.add_heading("Sales", 1)
    word.add_table(2, 2).cell(0, 0).text = "x"
    word.save(str(folder / "a.docx"))
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = "Sales"
    deck.save(str(folder / "a.pptx"))
    canvas = Canvas(str(folder / "a.pdf"))
    canvas.drawString(70, 700, "Sales rose to 397,000 in October.")
    canvas.save()
    (folder / "a.html").write_text(PAGE)
    (folder / "a.md").write_text(
        "---\ntitle: x\n---\n# Sales\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n1. x\n    - y"
    )
    (folder / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Sales rose")
    (folder / "a.eml").write_text(
        "Subject: Sales\nContent-Type: text/html; charset=utf-8\n\n<p>Sales rose</p>"
    )
    return sorted(folder.iterdir())


def mutated(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out))
        match chance.randrange(4):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.randint(1, 40)]
            case 2:
                out[at:at] = out[at : at + 30] * chance.randint(1, 20)
            case _:
                out[at:at] = chance.choice(
                    [b"\0", b"\xff\xfe", b"<", b"]]>", b"%", b"-" * 50, b"&x;", b"9" * 30]
                )
        if not out:
            return b"x"
    return bytes(out)


def test_mutated_files_end_in_clean_reports(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    for seed in seeds(folder):
        chance = random.Random(seed.name)
        for _ in range(30):
            path = tmp_path / f"b{seed.suffix}"
            path.write_bytes(mutated(seed.read_bytes(), chance))
            try:
                assert safely(path).text.strip()
            except CorpusError as error:
                assert path.name in error.message
