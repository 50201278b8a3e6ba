"""Pages of several columns: what stands beside what without being of one line."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.reading import read
from index.reading.facts import Facts

TEXT = """
A station counts as open on a day when at least half of
its poles gave power for twenty hours or longer. Where
a pole was taken out for work that had been announced
a week before, its hours are left out of the count for
that week. Operators report once a month by the tenth
day, and what comes later is counted in the next one.
""".strip().split("\n")


def test_a_heading_of_the_next_column_level_with_a_line(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    left = 299 - stringWidth(TEXT[0], "Helvetica", 10)
    for n in range(24):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(left, 760 - 12 * n, TEXT[n % 6])
        if n not in (11, 12, 13):
            canvas.drawString(324, 760 - 12 * n, TEXT[n % 6].replace("station", "ferry"))
    canvas.setFont("Helvetica-Bold", 17)
    canvas.drawString(315, 756 - 12 * 12, "By the tenth of March")
    canvas.save()
    document = read(tmp_path / "a.pdf", id="a.pdf", facts=Facts())
    assert document.text.count(f"{TEXT[0]} {TEXT[1]}") == 4
    assert "By the tenth of March" in document.text.split("\n\n")
