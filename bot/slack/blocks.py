"""Answers as Block Kit, within Slack's limits: plain dictionaries, built by pure functions.

Limits: docs.slack.dev/reference/block-kit. The sum of text over a message's blocks is kept below 9,000 characters,
since Slack refuses somewhere above 11,000 (`msg_blocks_too_long`). What does not fit is dropped from the end: quotes
before details, details before buttons.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.answers import Answer, Citation
from bot.slack.mrkdwn import bold, cut, escape, link, plain, some
from index.figures import Figure, Series
from index.language.labels import label as quantity_label

Block = dict[str, Any]

SECTION = 3_000
MESSAGE_TEXT = 9_000
MESSAGE_BLOCKS = 50
TABLE_TEXT = 4_000
NOTIFICATION = 3_000
BUTTON = 75
QUOTE = 700
TABLE_ROWS = 60
CHART_POINTS = 20
CELL = 120
LABEL = 20
CHART_SERIES = 6
SOURCES, CSV, OTHER, WRONG, SHARE, VOTE = "sources", "csv", "other", "wrong", "share", "vote"
TELL = "tell"
_SHORT = frozenset({"nev", "ev", "bev", "phev", "erev", "fcev", "ice", "lfp", "nmc", "ess"})


@dataclass(frozen=True, slots=True)
class Message:
    """What chat.postMessage gets: `text` for notifications and screen readers, `blocks` for eyes."""

    text: str
    blocks: list[Block]


def build_answer(answer: Answer, *, private: bool = False) -> Message:
    """The whole message; `private` answers (seen by one person) carry a button to share them."""
    essential = [_headline(answer)]
    optional = [*_facts(answer), *_quotes(answer), *_picture(answer)]
    closing = [*_other_readings(answer), *_buttons(answer, private=private), *_feedback(answer)]
    return Message(build_text(answer), fit(essential, optional, closing))


def fit(essential: list[Block], optional: list[Block], closing: list[Block]) -> list[Block]:
    """Blocks within the length and number that Slack takes of a message: the last of `optional` go first."""
    budget = MESSAGE_TEXT - sum(map(text_length, [*essential, *closing]))
    kept: list[Block] = []
    for block in optional[: MESSAGE_BLOCKS - len(essential) - len(closing)]:
        budget -= text_length(block)
        if budget < 0:
            break
        kept.append(block)
    return [*essential, *kept, *closing]


def build_text(answer: Answer) -> str:
    """The sentence with its source, and every row of a table: all that the blocks say in words."""
    lines = [answer.headline, *answer.details]
    if answer.citations:
        first = answer.citations[0]
        lines.append(f"Source: {first.title}, “{cut(first.quote, 300)}”")
    if answer.kind in TABLE_KINDS:
        lines += [": ".join(cells[:2]) for cells in table_rows(answer)[1:]]
    return some(plain(cut("\n".join(lines), NOTIFICATION)), 5 * NOTIFICATION)


def section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": some(text, SECTION), "verbatim": True}}


def context(text: str) -> Block:
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": some(text, SECTION), "verbatim": True}],
    }


def button(label: str, action: str, value: str, *, style: str = "") -> Block:
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": some(label, BUTTON)},
        "value": some(value, 2_000),
    }
    return made | ({"style": style} if style else {})


def text_length(block: object) -> int:
    """Characters of text in a block, at any depth, as Slack counts them."""
    if isinstance(block, dict):
        return sum(
            len(value) if key == "text" and isinstance(value, str) else text_length(value)
            for key, value in block.items()
        )
    if isinstance(block, list):
        return sum(map(text_length, block))
    return 0


def _headline(answer: Answer) -> Block:
    """The sentence; the figure's value is bold where it stands in it."""
    figure = figure_words(answer)
    start = answer.headline.find(figure) if figure else -1
    if start < 0:
        return section(plain(cut(answer.headline, 2_400)))
    before, after = answer.headline[:start], answer.headline[start + len(figure) :]
    return section(f"{plain(before)}{bold(figure)}{plain(cut(after, 1_500))}")


def figure_words(answer: Answer) -> str:
    """How the headline writes its main value, or ""."""
    if answer.value is None:
        return ""
    words = [quantity_label(answer.value, answer.unit, step=_step(answer))]
    words += [words[0].split(" ")[0], f"{answer.value:,}"]
    return next((word for word in words if word in answer.headline), "")


def _step(answer: Answer) -> Decimal:
    return answer.figures[0].step if answer.figures else Decimal(1)


def _facts(answer: Answer) -> list[Block]:
    lines = [plain(detail) for detail in answer.details]
    if answer.computation and answer.computation.formula not in answer.details:
        lines.append(f"Computed: {plain(answer.computation.formula)}")
    return [context(line) for line in lines[:4]]


def _quotes(answer: Answer) -> list[Block]:
    if answer.kind in ("greeting", "help"):
        return []
    return [block for citation in answer.citations[:3] for block in _quote(citation)]


def _quote(citation: Citation) -> list[Block]:
    """The sentence word for word, the figure in it marked, and where it stands."""
    quote = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": _marked(citation)}]}
    return [quote, context(source_line(citation))]


def _marked(citation: Citation) -> list[Block]:
    text, mark = citation.quote, citation.mark
    if mark is None or mark[1] > QUOTE:
        return [{"type": "text", "text": some(text, QUOTE)}]
    parts = [(text[: mark[0]], False), (text[mark[0] : mark[1]], True), (cut(text[mark[1] :], QUOTE), False)]
    marked: list[Block] = [
        {"type": "text", "text": part, "style": {"bold": True}} if strong else {"type": "text", "text": part}
        for part, strong in parts
        if part
    ]
    return marked or [{"type": "text", "text": "–"}]


def source_line(citation: Citation) -> str:
    """[1] the document's title (a link where it has an address), its date, and the place in it."""
    place = citation.place
    where = f"{place.sheet} {place.cell}".strip() if place.cell else ""
    parts = [
        link(citation.source, citation.title),
        escape(citation.published.isoformat()) if citation.published else "",
        f"page {plain(citation.page)}" if citation.page else "",
        plain(citation.time),
        plain(where),
    ]
    return f"[{citation.number}] " + " · ".join(part for part in parts if part)


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


def _picture(answer: Answer) -> list[Block]:
    """A native chart where the figures are one line over time, and a native table of as many rows as fit."""
    if answer.kind not in TABLE_KINDS or len(answer.figures) < 2:
        return []
    table, shown = _table(answer)
    rows = len(answer.figures)
    more = [context(f"{shown:,} of {rows:,} rows; all of them by *CSV*.")] if shown < rows else []
    return [*_chart(answer), table, *more]


def _table(answer: Answer) -> tuple[Block, int]:
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


def _chart(answer: Answer) -> list[Block]:
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


def _other_readings(answer: Answer) -> list[Block]:
    readings = answer.other_readings[:3]
    if not readings:
        return []
    buttons = [button(reading, f"{OTHER}.{number}", reading) for number, reading in enumerate(readings)]
    return [{"type": "actions", "elements": buttons}]


def _buttons(answer: Answer, *, private: bool) -> list[Block]:
    buttons = []
    if any(citation.passage_id is not None or citation.place.end for citation in answer.citations):
        buttons.append(button("Source in context", SOURCES, answer.id))
    if answer.figures:
        buttons.append(button("CSV", CSV, answer.id))
    if private and answer.kind not in ("greeting", "help", "none"):
        buttons.append(button("Share to channel", SHARE, answer.id, style="primary"))
    if answer.citations:
        buttons.append(button("This is wrong", WRONG, answer.id))
    if answer.kind in ("none", "missing") and answer.question.kind != "gibberish":
        buttons.append(button("Tell me when it arrives", TELL, answer.id))
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _feedback(answer: Answer) -> list[Block]:
    if answer.kind in ("greeting", "help", "error"):
        return []
    return [
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": VOTE,
                    "positive_button": {
                        "text": {"type": "plain_text", "text": "Right"},
                        "value": f"up {answer.id}",
                    },
                    "negative_button": {
                        "text": {"type": "plain_text", "text": "Not right"},
                        "value": f"down {answer.id}",
                    },
                }
            ],
        }
    ]
