# ruff: noqa: T201
"""What reading hostile files takes: each is made, read within the guard's limits, and the seconds of
processor, those that passed and the child's memory are printed.

    python tests/benchmarks/hostile.py [NAME…]

Goal: every file ends in a document or in a sentence, within 60 seconds and 1 GB of the child that reads it.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.errors import CorpusError
from index.reading.facts import Facts
from index.reading.guard import close_child, read_safely

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, body: bytes, more: dict[str, bytes] | None = None) -> None:
    """A Word file with another body, and more parts."""
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != "word/document.xml":
                target.writestr(name, source.read(name))
        head = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>'.encode()
        target.writestr("word/document.xml", head + body + b"</w:body></w:document>")
        for name, data in (more or {}).items():
            target.writestr(name, data)


def pages(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pageCompression=1)
    for number in range(10_000):
        for line in range(40):
            canvas.drawString(
                72, 760 - 17 * line, f"Line {line} of page {number}: sales rose to {line * number:,}."
            )
        canvas.showPage()
    canvas.save()


def stream(path: Path) -> None:
    """A PDF of one page whose content unpacks to 400 MB."""
    packed = zlib.compress(b"BT /F1 9 Tf (sales) Tj ET\n" * 15_000_000, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(data)
    path.write_bytes(data + b"xref\n0 5\n0000000000 65535 f \n" + table + end)


def sheet(path: Path) -> None:
    """A workbook that says it has a million rows of sixteen thousand columns, with one cell at their end."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active["A1"] = "Month"
    book.active["XFD1048576"] = 1
    book.save(path)


def letters(path: Path) -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(5_000))
    path.write_text(f"Subject: Deep\n{parts}Content-Type: text/plain\n\nWords.\n")


def text(words: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(words) and None


CELLS = "<tr>" + "<td>1" * 1_000
FILES: dict[str, Callable[[Path], None]] = {
    "bomb.docx": lambda path: word(path, b"", {"word/big.xml": b"0" * 150_000_000}),
    "text.docx": lambda path: word(path, b"<w:p><w:r><w:t>Sales rose.</w:t></w:r></w:p>" * 400_000),
    "nested.docx": lambda path: word(path, b"<w:tbl><w:tr><w:tc>" * 3_000 + b"</w:tc></w:tr></w:tbl>" * 3_000),
    "members.docx": lambda path: word(path, b"", {f"a/{n}": b"" for n in range(20_000)}),
    "paths.docx": lambda path: word(
        path, b"<w:p><w:r><w:t>Words.</w:t></w:r></w:p>", {"../../evil.xml": b"x", "/etc/evil": b"x"}
    ),
    "pages.pdf": pages,
    "stream.pdf": stream,
    "sheet.xlsx": sheet,
    "nested.html": text("<div>" * 100_000 + "deep" + "</div>" * 100_000),
    "inline.html": text("<p>" + "<b>" * 100_000 + "deep"),
    "table.html": text(f"<table>{CELLS * 500}</table>"),
    "spans.html": text("<table><tr><td colspan=1000000 rowspan=1000000>1<td>2<tr><td>3<td>4</table>"),
    "tables.html": text("<table><tr><td>" * 20_000),
    "links.html": text("<div>" + "<ul>" + "<li><a href=/a>Away</a>" * 200_000 + "</ul>"),
    "long.html": text("<p>" + "word " * 4_000_000),
    "quotes.md": text(">" * 100_000 + " deep"),
    "brackets.md": text("[" * 100_000 + "a" + "](b)" * 100_000),
    "stars.md": text("*a _b " * 100_000),
    "rows.md": text("| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 200_000),
    "line.txt": text("word " * 3_900_000),
    "lines.txt": text("word\n" * 3_900_000),
    "cues.vtt": text(
        "WEBVTT\n\n" + "".join(f"00:00:{n % 60:02}.000 --> 00:00:59.000\nwords {n}\n\n" for n in range(100_000))
    ),
    "columns.csv": text(",".join(map(str, range(1_000_000))) + "\n1"),
    "letters.eml": letters,
}  # fmt: skip


def measure(path: Path) -> None:
    """Reads one file, and prints what became of it."""
    FILES[path.name](path)
    size = path.stat().st_size
    begun = time.perf_counter()
    worked = time.process_time()
    try:
        said = f"{len(read_safely(path, id=path.name, facts=Facts()).text):,} letters"
    except CorpusError as error:
        said = error.message
    seconds = time.perf_counter() - begun
    close_child()
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = time.process_time() - worked + child.ru_utime + child.ru_stime
    megabytes = child.ru_maxrss / 1024
    where = f"{megabytes:5.0f} MB" if megabytes else "    here"
    print(
        f"{path.name:13} {size / 2**20:6.1f} MB  {worked:5.1f} s, {seconds:5.1f} passed  {where}  {said[:120]}",
        flush=True,
    )


def main(names: list[str]) -> None:
    if len(names) == 1 and "/" in names[0]:
        return measure(Path(names[0]))
    for name in names or FILES:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, __file__, f"{folder}/{name}"], check=True)
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
