"""The figures of an answer as Slack's own table and chart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.answers import Answer
from bot.slack.mrkdwn import cut, some
from index.figures import Figure, Series
from index.language.labels import label as quantity_label

Block = dict[str, Any]

TABLE_TEXT = 4_000
TABLE_ROWS = 60
CHART_POINTS = 20
CELL = 120
LABEL = 20
CHART_SERIES = 6
_SHORT = frozenset({"nev", "ev", "bev", "phev", "erev", "fcev", "ice", "lfp", "nmc", "ess"})
TABLE_KINDS = ("series", "ranking", "comparison")


def _named(metric: str) -> str:
    """A metric's key as people write it: "nev_sales" → "NEV sales"."""
    words = metric.replace("_", " ").split()
    shown = " ".join(word.upper() if word in _SHORT else word for word in words)
    return shown[:1].upper() + shown[1:]


def table_rows(answer: Answer) -> list[list[str]]:
    """A header and one row a figure: what it is of, its value as printed, its period, where it is from."""
    return [["Of", "Value", "Period", "Document"]] + [
        [_of(figure), _value(figure), figure.period.label, figure.document_id.rsplit("/", 1)[-1]]
        for figure in _in_time(answer.figures)
    ]


def _in_time(figures: Iterable[Figure]) -> list[Figure]:
    """One series runs from its first period to its last; figures of several keep the answer's order."""
    listed = list(figures)
    dated = all(figure.period.start for figure in listed)
    if not dated or len({figure.series for figure in listed}) != 1:
        return listed
    return sorted(listed, key=lambda figure: figure.period.start or date.min)


def _of(figure: Figure) -> str:
    dimensions = ", ".join(value for _, value in figure.series.dimensions)
    return ", ".join(filter(None, [_named(figure.series.metric), dimensions]))


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "missing"
    return quantity_label(figure.value, figure.unit, step=figure.step, bound=figure.bound, high=figure.high)


def build_table(answer: Answer) -> tuple[Block, int]:
    """The table, and how many rows it shows."""
    cells: list[list[Block]] = []
    budget = TABLE_TEXT
    for row in table_rows(answer)[: 1 + TABLE_ROWS]:
        budget -= sum(len(cut(cell, CELL)) for cell in row)
        if budget < 0 and len(cells) > 1:
            break
        cells.append([{"type": "raw_text", "text": some(cell, CELL)} for cell in row])
    table: Block = {
        "type": "data_table",
        "caption": cut(answer.question_as_read.strip() or "Figures", 120),
        "page_size": 10,
        "rows": cells,
    }
    return table, len(cells) - 1


def build_chart(answer: Answer) -> list[Block]:
    """One line over time, several over the same periods, or bars; nothing where the figures are none of these."""
    figures = [figure for figure in _in_time(answer.figures) if is_drawn(figure)]
    if lines := _lines(figures):
        return _line_chart(lines)
    one_unit = len({figure.unit for figure in figures}) == 1
    one_series = len({figure.series for figure in figures}) == 1
    if not one_unit or not 3 <= len(figures) <= CHART_POINTS:
        return []
    labels = [figure.period.label if one_series else _short(figure) for figure in figures]
    name = _of(figures[0])
    return _drawn("line" if one_series else "bar", name, labels, {name: figures})


def is_drawn(figure: Figure) -> bool:
    """Whether a chart can show it: missing values and those beyond a double's range it cannot."""
    return figure.value is not None and math.isfinite(float(figure.value))


def _drawn(kind: str, title: str, labels: list[str], lines: dict[str, list[Figure]]) -> list[Block]:
    """A chart; none where its labels or names, cut to what Slack takes, are no longer told apart."""
    labels = [some(label, LABEL) for label in labels]
    names = [some(name, LABEL) for name in lines]
    if len(set(labels)) != len(labels) or len(set(names)) != len(names):
        return []
    series = [
        {
            "name": name,
            "data": [
                {"label": label, "value": float(figure.value or 0)}
                for label, figure in zip(labels, line, strict=True)
            ],
        }
        for name, line in zip(names, lines.values(), strict=True)
    ]
    unit = next(iter(lines.values()))[0].unit.strip()
    axes = {"categories": labels, "y_label": cut(unit or "value", 50)}
    chart = {"type": kind, "series": series, "axis_config": axes}
    return [{"type": "data_visualization", "title": some(title, 50), "chart": chart}]


def _lines(figures: list[Figure]) -> dict[Series, list[Figure]]:
    """Two to six series of one unit over the same periods; nothing for any other figures."""
    lines: dict[Series, list[Figure]] = {}
    for figure in figures:
        lines.setdefault(figure.series, []).append(figure)
    periods = {tuple(figure.period.label for figure in line) for line in lines.values()}
    fits = 2 <= len(lines) <= CHART_SERIES and len(periods) == 1 and len({f.unit for f in figures}) == 1
    return lines if fits and 3 <= len(next(iter(periods))) <= CHART_POINTS else {}


def _line_chart(lines: dict[Series, list[Figure]]) -> list[Block]:
    shared = set.intersection(*(set(series.dimensions) for series in lines))
    named: dict[str, list[Figure]] = {}
    for one, line in lines.items():
        own = ", ".join(value for pair in one.dimensions if pair not in shared for value in pair[1:])
        named[own or _named(one.metric)] = line
    if len(named) < len(lines):
        return []
    labels = [figure.period.label for figure in next(iter(lines.values()))]
    return _drawn("line", _named(next(iter(lines)).metric), labels, named)


def _short(figure: Figure) -> str:
    return figure.series.dimensions[0][1] if figure.series.dimensions else figure.period.label
