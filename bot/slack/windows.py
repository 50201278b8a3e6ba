"""Modal windows, built by pure functions."""

from __future__ import annotations

from typing import Any

from bot.answers import Answer
from bot.slack.blocks import Block, build_answer, context, section
from bot.slack.mrkdwn import bold, cut, link, plain
from bot.slack.names import ASK_VIEW, COMMENT_VIEW, WRONG_VIEW
from index.documents import Document
from index.reader import View

AROUND = 700
WORDS_BLOCK, WORDS = "words", "words"


def build_ask(question: str = "") -> Block:
    """A window with one field, for a question from anywhere."""
    return {
        "type": "modal",
        "callback_id": ASK_VIEW,
        "title": _plain("Ask the record"),
        "submit": _plain("Ask"),
        "close": _plain("Close"),
        "blocks": [_field("Your question", "NEV sales in October 2021?", question)],
    }


def build_shown_answer(answer: Answer) -> Block:
    """The answer, in the window that asked for it."""
    blocks = [
        block for block in build_answer(answer).blocks if block["type"] in ("section", "context", "rich_text")
    ]
    return {
        "type": "modal",
        "title": _plain("Ask the record"),
        "close": _plain("Close"),
        "blocks": [section(f"_{plain(cut(answer.question.text, 300))}_"), *blocks][:100],
    }


def build_comment(receipt_id: str, *, wrong: bool) -> Block:
    """A window for a sentence about an answer."""
    label = "What is wrong, and what is right?" if wrong else "What was missing?"
    return {
        "type": "modal",
        "callback_id": WRONG_VIEW if wrong else COMMENT_VIEW,
        "private_metadata": receipt_id,
        "title": _plain("This is wrong" if wrong else "Not right"),
        "submit": _plain("Send"),
        "close": _plain("Close"),
        "blocks": [_field(label, "", "", optional=not wrong)],
    }


def build_wait(title: str) -> Block:
    """Opened before any work, since a trigger lives three seconds."""
    return {
        "type": "modal",
        "title": _plain(title),
        "close": _plain("Close"),
        "blocks": [section("Opening the document…")],
    }


def build_notice(title: str, words: str) -> Block:
    """A window that only says something; `words` are mrkdwn of ours."""
    return {"type": "modal", "title": _plain(title), "close": _plain("Close"), "blocks": [section(words)]}


def build_sources(answer: dict[str, Any], view: View) -> Block:
    """Each quote of an answer with the text around it, as this viewer may see it."""
    blocks: list[Block] = []
    for citation in answer.get("citations", [])[:3]:
        document = view.document(citation.get("document_id", ""))
        blocks += _around(citation, document) if document else [section("This document is no longer held.")]
        blocks.append({"type": "divider"})
    if not blocks:
        blocks = [section("This answer quotes nothing.")]
    return {
        "type": "modal",
        "title": _plain("Source in context"),
        "close": _plain("Close"),
        "blocks": blocks[:100],
    }


def _around(citation: dict[str, Any], document: Document) -> list[Block]:
    place, quote = citation["place"], citation["quote"]
    title = section(f"*{link(citation.get('source') or '', citation['title'])}*")
    if "cell" in place or not document.text:
        where = " ".join(filter(None, [place.get("sheet"), place.get("cell")]))
        return [title, section(plain(cut(quote, 2_000))), context(plain(f"{document.file} {where}"))]
    start = document.text.find(quote, max(0, place["start"] - len(quote) - 5))
    if start < 0:
        return [title, section(plain(cut(quote, 2_000)))]
    end = start + len(quote)
    before = document.text[max(0, start - AROUND) : start]
    after = document.text[end : end + AROUND]
    return [
        title,
        section(f"{'…' if start > AROUND else ''}{plain(before)}{bold(cut(quote, 1_000))}{plain(after)}"),
        context(plain(document.file)),
    ]


def _field(label: str, hint: str, initial: str, *, optional: bool = False) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": WORDS, "multiline": True, "max_length": 3_000}
    if hint:
        element["placeholder"] = _plain(hint)
    if initial:
        element["initial_value"] = cut(initial, 3_000)
    return {
        "type": "input",
        "block_id": WORDS_BLOCK,
        "label": _plain(label),
        "optional": optional,
        "element": element,
    }


def read_words(view: dict[str, Any]) -> str:
    """What was typed into the window's field."""
    return str(view["state"]["values"][WORDS_BLOCK][WORDS].get("value") or "").strip()


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
