"""What a document says is the same in every format: the shipped texts as Word, web page, PDF and letter."""

from __future__ import annotations

import html
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from index.corpus import SHIPPED
from index.documents import Document
from index.figures.prose import find_figures
from index.language.metrics import load
from index.passages import split
from index.reading import read
from index.reading.facts import Facts, find_facts

TEXTS = sorted((SHIPPED / "documents").glob("*.md"))
CATALOGUE = load([SHIPPED / "metrics.toml"])


def figures(document: Document) -> list[tuple[str, ...]]:
    found = find_figures(document, split(document), CATALOGUE)
    return sorted((f.series.metric, str(f.value), f.unit, f.period.label, f.kind) for f in found)


def blocks(document: Document) -> list[tuple[bool, str]]:
    """The blocks of a text, and whether each is a heading."""
    heads = {mark.start for mark in document.marks if mark.kind == "heading"}
    found, at = [], 0
    for block in document.text.split("\n\n"):
        found.append((at in heads, block))
        at += len(block) + 2
    return found


def to_docx(path: Path, parts: list[tuple[bool, str]]) -> None:
    made = docx.Document()
    for is_heading, text in parts:
        if is_heading:
            made.add_heading(text, 1)
        else:
            made.add_paragraph(text)
    made.save(str(path))


def page(parts: list[tuple[bool, str]]) -> str:
    words = "".join(
        f"<h2>{html.escape(t)}</h2>" if h else f"<p>{html.escape(t)}</p>".replace("\n", "<br>")
        for h, t in parts
    )
    return f"<body><nav><a href='/'>Home</a></nav><main>{words}</main><footer>Imprint</footer></body>"


def to_pdf(path: Path, parts: list[tuple[bool, str]]) -> None:
    """Two columns."""
    style = getSampleStyleSheet()
    frames = [Frame(50, 50, 240, 740), Frame(305, 50, 240, 740)]
    made = BaseDocTemplate(str(path), pageTemplates=[PageTemplate(frames=frames)])
    made.build(
        [
            Paragraph(html.escape(t).replace("\n", "<br/>"), style["Heading1" if h else "BodyText"])
            for h, t in parts
        ]
    )


def to_eml(path: Path, parts: list[tuple[bool, str]]) -> None:
    message = EmailMessage()
    message["Subject"] = "For the record"
    message.set_content(page(parts), subtype="html")
    path.write_bytes(bytes(message))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_format_has_the_same_figures(path: Path, tmp_path: Path) -> None:
    facts = find_facts(path, SHIPPED)
    document = read(path, id=path.name, facts=facts)
    facts = Facts(title=document.title, published=document.published, published_known="given",
                  year_of_figures=document.year_of_figures, language=document.language).over(facts)  # fmt: skip
    wanted = figures(document)
    parts = blocks(document)
    to_docx(tmp_path / "a.docx", parts)
    to_pdf(tmp_path / "a.pdf", parts)
    to_eml(tmp_path / "a.eml", parts)
    (tmp_path / "a.html").write_text(page(parts), "utf-8")
    for made in sorted(tmp_path.iterdir()):
        assert figures(read(made, id=made.name, facts=facts)) == wanted, made.suffix
