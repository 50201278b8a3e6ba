"""What the playground's inspector shows of the bot: the receipt of an answer, and the documents that it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.explained import explain, to_json
from bot.receipts import questions_before
from index.documents import EVERYONE

if TYPE_CHECKING:
    from bot.answers import Citation
    from bot.slack.desk import Desk

Json = dict[str, object]
Look = Callable[[dict[str, str]], Json]
MOST_ROWS = 400


def looks_of(desk: Desk) -> dict[str, Look]:
    """The looks by their names; each gets what the page asks for and gives plain data, with `error` where it can't."""
    return {
        "receipt": lambda asked: show_receipt(desk, asked.get("channel", ""), asked.get("ts", "")),
        "documents": lambda _: list_documents(desk),
        "document": lambda asked: show_document(desk, asked.get("id", ""), asked.get("quote", "")),
    }


def show_receipt(desk: Desk, channel: str, ts: str) -> Json:
    """How the answer in a message came about."""
    receipt = desk.state.receipt_at(channel, ts)
    if receipt is None:
        return {"error": "This message is no answer that a receipt is kept of."}
    explained = explain(
        desk.live.refresh(),
        receipt.question,
        before=questions_before(desk.state, receipt),
        viewer=None if receipt.labels is None else frozenset(receipt.labels),
        today=date.fromisoformat(receipt.day or receipt.at[:10]),
    )
    return {**to_json(explained), "citations": [_cited(one) for one in explained.answer.citations]}


def _cited(citation: Citation) -> Json:
    return {"document": citation.document_id, "title": citation.title, "quote": citation.quote}


def list_documents(desk: Desk) -> Json:
    """What is held, as everyone may see it."""
    with desk.live.seen_by(frozenset({EVERYONE})) as view:
        return {
            "documents": [
                {
                    "id": one.id,
                    "title": one.title or one.id,
                    "kind": one.kind,
                    "published": one.published.isoformat() if one.published else "",
                    "passages": one.passages,
                    "figures": one.figures,
                    "warnings": list(one.warnings),
                }
                for one in view.entries()
            ]
        }


def show_document(desk: Desk, document_id: str, quote: str) -> Json:
    """A document's text with the span of a quote; of a table, its rows and the number of the quoted one."""
    with desk.live.seen_by(frozenset({EVERYONE})) as view:
        document = view.document(document_id)
        if document is None:
            return {"error": "That document is not held."}
        facts: Json = {"id": document.id, "title": document.title or document.file, "source": document.source}
        if document.text:
            start = document.text.find(quote) if quote else -1
            span = [start, start + len(quote)] if start >= 0 else None
            return {**facts, "text": document.text, "span": span}
        rows = view.db.execute(
            "SELECT quote, min(id) FROM figures WHERE document_id = ? AND document_id IN "
            "(SELECT id FROM visible_documents) GROUP BY quote ORDER BY 2",
            [document.id],
        ).fetchall()
    lines = [str(row[0]) for row in rows]
    at = lines.index(quote) if quote in lines else -1
    first = max(0, at - MOST_ROWS // 2)
    return {
        **facts,
        "rows": lines[first : first + MOST_ROWS],
        "all_rows": len(lines),
        "row": at - first if at >= 0 else -1,
    }
