"""The users' data."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.audit import note, trail
from bot.shares import Share, coming, due, schedule
from bot.state import Receipt, State
from bot.subscriptions import Subscription, subscribe, subscriptions
from index.errors import SeminarError

RECEIPT = Receipt(
    id="a1", team="T1", channel="C1", thread="1.0", ts="1.1", question_ts="1.0", user="U1", private=False,
    question="NEV sales?", kind="value", answer={"headline": "383,000"}, index_version="v1", at="2100-01-01T00:00:00",
)  # fmt: skip


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    made = State(tmp_path / "home" / "state.db")
    yield made
    made.close()


def test_only_its_owner_may_read_the_file(state: State) -> None:
    assert stat.S_IMODE(state.path.stat().st_mode) == 0o600


def test_an_event_is_new_once_under_any_of_its_names(state: State) -> None:
    assert state.first_time("event E1", "message C1 1.0")
    assert not state.first_time("event E2", "message C1 1.0")
    assert not state.first_time("event E2")


def test_receipts_survive_a_restart(state: State) -> None:
    state.keep_receipt(RECEIPT)
    state.close()
    again = State(state.path)
    assert again.receipt("a1") == RECEIPT
    assert again.thread("T1", "C1", "1.0") == (RECEIPT,)
    again.close()


def test_the_last_vote_of_a_person_counts(state: State) -> None:
    for user, vote in (("U1", "up"), ("U2", "up"), ("U1", "down")):
        state.vote("a1", user, vote)
    assert state.votes("a1") == {"U1": "down", "U2": "up"}


def test_a_person_is_forgotten_whole_and_others_are_not(state: State) -> None:
    state.keep_receipt(RECEIPT)
    state.keep_receipt(replace(RECEIPT, id="a2", ts="1.2", user="U2"))
    state.keep_gap("cobalt price?", "", "", "U1", private=True)
    state.vote("a1", "U1", "up")
    schedule(state, Share("", "T1", "U1", "C1", "a.md", (1,), "", "2100-01-01T00:00:00", True, "scheduled"))
    subscribe(state, Subscription(0, "T1", "U1", "D1", "NEV sales", "", once=False))
    note(state, "U1", "added", "a.md")
    assert state.forget("U1") == 6
    assert coming(state, "U1") == subscriptions(state) == ()
    assert due(state, datetime(2200, 1, 1, tzinfo=UTC)) == ()
    assert [(one.user, one.what) for one in trail(state, 5)] == [("", "a.md")]
    assert state.receipt("a1") is None
    assert state.receipt("a2") is not None
    assert state.gaps(10) == ()


def test_old_questions_go_and_young_ones_stay(state: State) -> None:
    state.keep_receipt(replace(RECEIPT, id="old", ts="0.1", at="2001-01-01T00:00:00"))
    state.keep_receipt(RECEIPT)
    state.sweep()
    assert state.receipt("old") is None
    assert state.receipt("a1") is not None


def test_a_backup_opens_as_state(state: State, tmp_path: Path) -> None:
    state.keep_receipt(RECEIPT)
    state.backup(tmp_path / "copy.db")
    copy = State(tmp_path / "copy.db")
    assert copy.receipt("a1") == RECEIPT
    copy.close()


def test_a_failed_change_leaves_nothing_behind(state: State) -> None:
    with pytest.raises(sqlite3.IntegrityError), state.write() as db:
        db.execute("INSERT INTO seen VALUES ('k', 'now')")
        db.execute("INSERT INTO seen VALUES ('k', 'now')")
    assert state.first_time("k")


def test_a_damaged_file_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(SeminarError, match=r"state\.db can't be read") as caught:
        State(path)
    assert "backup" in caught.value.hint


def test_a_newer_file_is_left_alone(state: State) -> None:
    with sqlite3.connect(state.path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(SeminarError, match="version 99"):
        State(state.path)
