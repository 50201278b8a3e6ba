"""The terminal surface: an answer in plain lines, with the figure or the answering words marked on a real terminal."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterator

import click

from bot.answers import Answer, Citation

INDENT = "    "
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show_answer(answer: Answer) -> None:
    """Prints the answer; colours are left out where the output is no terminal."""
    width = max(40, min(shutil.get_terminal_size().columns, 110))
    for line in answer_lines(answer, width):
        click.echo(line)


def answer_lines(answer: Answer, width: int = 100) -> Iterator[str]:
    """The whole answer: headline, details, each quote with its document, what to ask next."""
    yield from _wrap(answer.headline, width, "", bold=True)
    for detail in answer.details:
        yield from _wrap(detail, width, "")
    if answer.computation and answer.computation.formula not in answer.details:
        yield from _wrap(f"Computed: {answer.computation.formula}", width, "")
    for citation in answer.citations:
        yield ""
        yield from _quote(citation, width)
        yield from _wrap(f"[{citation.number}] {origin(citation)}", width, INDENT)
    if answer.other_readings:
        yield ""
        yield from _wrap("Also possible: " + " · ".join(answer.other_readings), width, "")
    if answer.follow_ups:
        yield ""
        yield from _wrap("Ask next: " + " · ".join(answer.follow_ups), width, "")


def origin(citation: Citation) -> str:
    """The document, its date, the place in it, and the original's address."""
    place = citation.place
    where = f"cell {place.cell}" if place.cell else ""
    if place.cell and place.sheet:
        where = f"sheet {place.sheet}, cell {place.cell}"
    parts = [
        citation.title,
        citation.document if citation.document != citation.title else "",
        citation.published.isoformat() if citation.published else "",
        f"page {citation.page}" if citation.page else "",
        citation.time,
        where,
        citation.source,
    ]
    return " · ".join(part for part in parts if part)


def _quote(citation: Citation, width: int) -> Iterator[str]:
    quote = citation.quote
    if citation.mark:
        start, end = citation.mark
        quote = f"{quote[:start]}\x02{quote[start:end]}\x03{quote[end:]}"
    quote = _CONTROL.sub(lambda m: m[0] if m[0] in "\x02\x03" else " ", quote)
    for line in _wrap_plain(f"“{quote}”", width, INDENT):
        yield line.replace("\x02", "\x1b[1;33m").replace("\x03", "\x1b[0m")


def _wrap(text: str, width: int, indent: str, *, bold: bool = False) -> Iterator[str]:
    for line in _wrap_plain(_CONTROL.sub(" ", text), width, indent):
        yield click.style(line, bold=True) if bold else line


def _wrap_plain(text: str, width: int, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) or [""]
