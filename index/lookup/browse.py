"""Every figure that the index holds, filtered, for people who look through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from index.lookup.figures import read_page
from index.lookup.terms import find_terms, terms_of_name

if TYPE_CHECKING:
    from index.figures import Figure
    from index.reader import View


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the list shows it."""

    figure: Figure

    @property
    def cells(self) -> tuple[str, ...]:
        figure = self.figure
        value = "" if figure.value is None else f"{figure.value:f}"
        return (
            figure.series.metric,
            "; ".join(f"{name}={value}" for name, value in figure.series.dimensions),
            figure.period.label,
            value,
            "" if figure.high is None else f"{figure.high:f}",
            figure.unit,
            figure.kind,
            figure.basis,
            figure.status,
            figure.bound,
            figure.document_id,
            self.place,
            figure.text,
            figure.quote,
        )

    @property
    def place(self) -> str:
        place = self.figure.place
        return f"{place.sheet}!{place.cell}".lstrip("!") if place.cell else f"{place.start}-{place.end}"

    @property
    def line(self) -> str:
        figure = self.figure
        values = ", ".join(value for _, value in figure.series.dimensions)
        value = "missing" if figure.value is None else f"{figure.value:,f} {figure.unit}".strip()
        kind = "" if figure.kind == "level" else f" [{figure.kind} {figure.basis}".rstrip() + "]"
        name = f"{figure.series.metric} ({values})" if values else figure.series.metric
        return f"{name}, {figure.period.label}: {value}{kind} — {figure.document_id}"


def browse(
    view: View,
    words: Sequence[str] = (),
    *,
    metric: str | None = None,
    document: str | None = None,
    since: date | None = None,
) -> Iterator[Row]:
    """The figures in which every word stands: in the metric, a value, the period, the document or the quote."""
    wanted = set(find_terms(" ".join(words)))
    for figure in read_page(view, metric=metric, document=document, since=since):
        if wanted <= _terms(view, figure):
            yield Row(figure)


def _terms(view: View, figure: Figure) -> set[str]:
    known = view.catalogue.get(figure.series.metric)
    names = [
        figure.series.metric,
        figure.period.label,
        figure.document_id,
        *(v for _, v in figure.series.dimensions),
    ]
    found = {term for name in (*names, *((known.name,) if known else ())) for term in terms_of_name(name)}
    return found | set(find_terms(figure.quote))
