"""What a point rests on: the place where it stands, and the figures that it tells."""

from __future__ import annotations

from bot.agreement import label_held
from bot.answers.citing import cite
from index.documents import Document
from index.figures import Figure
from index.lookup.figures import read_within
from index.reader import View

MOST = 3
"""Figures that are named of one point."""


def ground(document: Document, start: int, end: int, view: View) -> str:
    """ "page 3 · rests on NEV sales, October 2021: 383,000 vehicles"; "" where there is neither."""
    figures = (
        _label(one, view) for one in read_within(view, document.id, [(start, end)]) if one.value is not None
    )
    named = list(dict.fromkeys(filter(None, figures)))
    more = f" and {len(named) - MOST} more" if len(named) > MOST else ""
    rests = f"rests on {'; '.join(named[:MOST])}{more}" if named else ""
    return " · ".join(filter(None, [place_of(document, start), rests]))


def place_of(document: Document, start: int) -> str:
    """The page, slide or time of a place; else the heading that it stands under."""
    cited = cite(document, start, start)
    headings = [mark.value for mark in document.marks if mark.kind == "heading" and mark.start <= start]
    last = headings[-1].rpartition(" › ")[2] if headings else ""
    heading = f"under “{last}”" if last and last != document.title else ""
    return f"page {cited.page}" if cited.page else cited.time or heading


def _label(figure: Figure, view: View) -> str:
    """A figure in words; "" where its metric is none of the catalogue's."""
    metric = view.catalogue.get(figure.series.metric)
    if metric is None or metric.name.casefold() == figure.series.metric.casefold():
        return ""
    of = ", ".join(value for _, value in figure.series.dimensions)
    when = f", {figure.period.label}" if figure.period.start else ""
    change = " (change)" if figure.kind == "change" else " (target)" if figure.kind == "target" else ""
    return f"{metric.name}{f' ({of})' if of else ''}{when}: {label_held(figure)}{change}"
