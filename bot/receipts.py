"""Answers given in the terminal, kept like those given in Slack, so that each can be explained."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from bot.answers import Answer
from bot.machine import answer_to_json
from bot.state import TERMINAL, Receipt, State
from index.errors import SeminarError


def keep(path: Path, answer: Answer, *, today: date, thread: str = "") -> None:
    """Keeps an answer with its question; where nothing can be written, the answer stands without a receipt."""
    now = datetime.now(UTC).isoformat()
    receipt = Receipt(
        id=answer.id, team="", channel=TERMINAL, thread=thread or now, ts=now, question_ts=now, user=TERMINAL,
        private=True, question=answer.question.text, kind=answer.kind, answer=answer_to_json(answer),
        index_version=answer.index, at=now, day=today.isoformat(), labels=None,
    )  # fmt: skip
    try:
        state = State(path)
    except (OSError, sqlite3.Error, SeminarError):
        return
    try:
        state.sweep()
        state.keep_receipt(receipt)
    except sqlite3.Error:
        pass
    finally:
        state.close()


def find_receipt(state: State, wanted: str) -> Receipt | None:
    """The answer of that id; the last one of the terminal where none is named."""
    if wanted:
        return state.receipt(wanted)
    return next(iter(state.receipts_of(TERMINAL, 1)), None)


def questions_before(state: State, receipt: Receipt) -> tuple[str, ...]:
    """The questions of the thread before an answer, oldest first."""
    if not receipt.thread:
        return ()
    thread = state.thread(receipt.team, receipt.channel, receipt.thread)
    return tuple(one.question for one in thread if one.at < receipt.at and one.ts != receipt.ts)
