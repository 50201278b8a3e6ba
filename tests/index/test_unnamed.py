"""Letters of a PDF that have a number and no name: ligatures are told by the file's own words, others are shown as
unread, and none is taken for a hyphen."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics

from index.reading import read
from index.reading.facts import Facts

WIDTHS = pdfmetrics.getFont("Helvetica").widths
FI, EPSILON = "\\001", "\\002"


def text_of(folder: Path, *lines: str) -> str:
    """The text of a page whose font has letters under the numbers 1 and 2 that it does not name."""
    drawn = "\n".join(f"1 0 0 1 60 {760 - 14 * n} Tm ({line}) Tj" for n, line in enumerate(lines))
    content = f"BT /F1 11 Tf\n{drawn}\nET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 1 "
        f"/LastChar 126 /Widths [500 500 {' '.join(map(str, WIDTHS[3:127]))}] "
        "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /g17 /g18] >> >>",
    ]
    data = "%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF"
    (folder / "a.pdf").write_text(f"{data}xref\n0 6\n0000000000 65535 f \n{table}{end}", encoding="ascii")
    return read(folder / "a.pdf", id="a.pdf", facts=Facts()).text


def test_a_ligature_is_told_by_words_that_stand_whole_elsewhere(tmp_path: Path) -> None:
    text = text_of(
        tmp_path,
        "The office on the first floor was opened in May.",
        f"The of{FI}ce is the {FI}rst of its kind and {FI}nds buyers for used cells.",
    )
    assert text.endswith("The office is the first of its kind and finds buyers for used cells.")


def test_a_sign_of_a_formula_is_no_hyphen(tmp_path: Path) -> None:
    text = text_of(
        tmp_path, f"The loss is below {EPSILON} in all but two of 40 runs, and 2{EPSILON} in those."
    )
    assert text == "The loss is below \ufffd in all but two of 40 runs, and 2\ufffd in those."
