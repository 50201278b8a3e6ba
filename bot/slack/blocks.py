"""Answers as Block Kit, within Slack's limits: plain dictionaries, built by pure functions.

Limits: docs.slack.dev/reference/block-kit. The sum of text over a message's blocks is kept below 9,000 characters,
since Slack refuses somewhere above 11,000 (`msg_blocks_too_long`). What does not fit is dropped from the end: quotes
before details, details before buttons.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.answers import Answer, Citation
from bot.slack.charts import TABLE_KINDS, build_chart, build_table, table_rows
from bot.slack.mrkdwn import bold, cut, escape, link, plain, some
from index.language.labels import label as quantity_label

Block = dict[str, Any]

SECTION = 3_000
MESSAGE_TEXT = 9_000
MESSAGE_BLOCKS = 50
NOTIFICATION = 3_000
BUTTON = 75
QUOTE = 700
SOURCES, CSV, OTHER, WRONG, SHARE, VOTE = "sources", "csv", "other", "wrong", "share", "vote"
TELL = "tell"


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


def _picture(answer: Answer) -> list[Block]:
    """A native chart where the figures are one line over time, and a native table of as many rows as fit."""
    if answer.kind not in TABLE_KINDS or len(answer.figures) < 2:
        return []
    table, shown = build_table(answer)
    rows = len(answer.figures)
    more = [context(f"{shown:,} of {rows:,} rows; all of them by *CSV*.")] if shown < rows else []
    return [*build_chart(answer), table, *more]


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
