"""The users' data: receipts, threads, votes, gaps and settings, in one SQLite file that is never thrown away."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.migrations import MIGRATIONS
from index.errors import SeminarError

CHECK = "check"
"""The kind of what is kept of a message whose numbers were checked: no question of anybody's."""
TERMINAL = "terminal"
"""The channel and the person of answers given in the terminal."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer that was given: where, to whom, and what it said (as the machine interface has it)."""

    id: str
    team: str
    channel: str
    thread: str
    ts: str
    question_ts: str
    user: str
    private: bool
    question: str
    kind: str
    answer: dict[str, object]
    index_version: str
    at: str
    day: str = ""
    """The day that the question was asked as of, ISO; "" for answers from before it was kept."""
    labels: tuple[str, ...] | None = ("everyone",)
    """The access labels that it was answered with; None for all."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that nothing held answered."""

    number: int
    question: str
    as_read: str
    nearest: str
    user: str
    private: bool
    at: str
    labels: tuple[str, ...] = ("everyone",)
    """The access labels that it was asked with."""


class State:
    """One writer: every change goes through one connection, one thread at a time."""

    def __init__(self, path: Path, *, keep_days: int = 90) -> None:
        """Opens the file, made private to its owner where it is new. Raises SeminarError where it can't be used."""
        self.path = path
        self.keep_days = keep_days
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._migrate()
        except SeminarError:
            self._db.close()
            raise
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise SeminarError(
                f"The users' data in {path} can't be read: {error}.",
                "Put the last backup in its place (seminar backup makes one), or move the file away to start anew.",
            ) from None

    def _migrate(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise SeminarError(
                f"The users' data in {self.path} is of version {version}; this program knows {len(MIGRATIONS)}.",
                "Use the newer program, or put an older backup in its place.",
            )
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            self._db.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def read(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def backup(self, path: Path) -> None:
        """A whole copy, also while the bot runs."""
        with contextlib.closing(sqlite3.connect(path)) as copy, self._lock:
            self._db.backup(copy)

    def first_time(self, *keys: str) -> bool:
        """Whether none of these keys was seen before; they are all seen from now on."""
        now = _now()
        with self.write() as db:
            marks = ", ".join("?" * len(keys))
            old = db.execute(f"SELECT 1 FROM seen WHERE key IN ({marks}) LIMIT 1", keys).fetchone()  # noqa: S608
            db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", [(key, now) for key in keys])
        return old is None

    def keep_receipt(self, receipt: Receipt) -> None:
        with self.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO receipts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    receipt.id, receipt.team, receipt.channel, receipt.thread, receipt.ts, receipt.question_ts,
                    receipt.user, int(receipt.private), receipt.question, receipt.kind,
                    json.dumps(receipt.answer, ensure_ascii=False), receipt.index_version, receipt.at or _now(),
                    receipt.day, json.dumps(receipt.labels),
                ),
            )  # fmt: skip

    def receipt(self, receipt_id: str) -> Receipt | None:
        """The newest answer of that id."""
        rows = self.read(f"{_RECEIPT} WHERE id = ? ORDER BY at DESC LIMIT 1", receipt_id)
        return _receipt(rows[0]) if rows else None

    def receipt_at(self, channel: str, ts: str) -> Receipt | None:
        """The answer that a message is."""
        rows = self.read(f"{_RECEIPT} WHERE channel = ? AND ts = ? LIMIT 1", channel, ts)
        return _receipt(rows[0]) if rows else None

    def receipts_of(self, user: str, limit: int) -> tuple[Receipt, ...]:
        """A person's latest questions, newest first."""
        rows = self.read(
            f"{_RECEIPT} WHERE user = ? AND kind != ? ORDER BY at DESC LIMIT ?", user, CHECK, limit
        )
        return tuple(map(_receipt, rows))

    def latest(self, limit: int) -> tuple[Receipt, ...]:
        """Everybody's latest answers in Slack, newest first."""
        rows = self.read(f"{_RECEIPT} WHERE channel != ? ORDER BY at DESC LIMIT ?", TERMINAL, limit)
        return tuple(map(_receipt, rows))

    def thread(self, team: str, channel: str, thread: str) -> tuple[Receipt, ...]:
        """What was asked and answered in a thread, oldest first."""
        rows = self.read(
            f"{_RECEIPT} WHERE team = ? AND channel = ? AND thread = ? AND kind != ? ORDER BY ts",
            team, channel, thread, CHECK,
        )  # fmt: skip
        return tuple(map(_receipt, rows))

    def answers_to(self, team: str, channel: str, question_ts: str) -> tuple[Receipt, ...]:
        """What was answered to one message."""
        rows = self.read(
            f"{_RECEIPT} WHERE team = ? AND channel = ? AND question_ts = ?", team, channel, question_ts
        )
        return tuple(map(_receipt, rows))

    def unposted(self, since: str) -> tuple[Receipt, ...]:
        """Answers that were worked out since a time and did not reach their channel, oldest first."""
        return tuple(
            map(_receipt, self.read(f"{_RECEIPT} WHERE ts LIKE 'posting %' AND at >= ? ORDER BY at", since))
        )

    def drop_receipt(self, receipt: Receipt) -> bool:
        """Whether it was there."""
        with self.write() as db:
            cursor = db.execute(
                "DELETE FROM receipts WHERE team = ? AND channel = ? AND ts = ?",
                (receipt.team, receipt.channel, receipt.ts),
            )
            return cursor.rowcount == 1

    def vote(self, receipt_id: str, user: str, vote: str) -> None:
        """One vote a person and answer; the last one counts."""
        with self.write() as db:
            db.execute(
                "INSERT INTO votes VALUES (?, ?, ?, '', ?) "
                "ON CONFLICT DO UPDATE SET vote = excluded.vote, at = excluded.at",
                (receipt_id, user, vote, _now()),
            )

    def comment(self, receipt_id: str, user: str, comment: str) -> None:
        """A sentence to a vote, or to an answer that is wrong."""
        with self.write() as db:
            db.execute(
                "UPDATE votes SET comment = ? WHERE receipt = ? AND user = ?", (comment, receipt_id, user)
            )

    def votes(self, receipt_id: str) -> dict[str, str]:
        """Votes by person."""
        rows = self.read("SELECT user, vote FROM votes WHERE receipt = ?", receipt_id)
        return {str(user): str(vote) for user, vote in rows}

    def report_wrong(self, receipt_id: str, user: str, comment: str) -> None:
        """Puts an answer into the owner's queue."""
        with self.write() as db:
            db.execute(
                "INSERT INTO reports (receipt, user, comment, at) VALUES (?, ?, ?, ?)",
                (receipt_id, user, comment, _now()),
            )

    def keep_gap(
        self, question: str, as_read: str, nearest: str, user: str, *, private: bool,
        labels: Iterable[str] = ("everyone",),
    ) -> None:  # fmt: skip
        with self.write() as db:
            db.execute(
                "INSERT INTO gaps (question, as_read, nearest, user, private, at, labels) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (question, as_read, nearest, user, int(private), _now(), json.dumps(sorted(labels))),
            )

    def gaps(self, limit: int) -> tuple[Gap, ...]:
        """The latest questions without an answer, newest first."""
        rows = self.read(
            "SELECT number, question, as_read, nearest, user, private, at, labels FROM gaps "
            "ORDER BY number DESC LIMIT ?",
            limit,
        )
        return tuple(
            Gap(
                int(str(n)),
                str(q),
                str(r),
                str(near),
                str(u),
                bool(p),
                str(at),
                tuple(json.loads(str(labels))),
            )
            for n, q, r, near, u, p, at, labels in rows
        )

    def drop_gaps(self, numbers: Iterable[int]) -> None:
        """Takes gaps out that were filled, or that nobody will fill."""
        with self.write() as db:
            db.executemany("DELETE FROM gaps WHERE number = ?", [(number,) for number in numbers])

    def forget(self, user: str) -> int:
        """Removes everything that is kept of a person; how many rows went or lost their name."""
        with self.write() as db:
            before = db.total_changes
            for table in ("receipts", "votes", "reports", "gaps", "shares", "subscriptions"):
                db.execute(f"DELETE FROM {table} WHERE user = ?", [user])  # noqa: S608
            db.execute("UPDATE audit SET user = '' WHERE user = ?", [user])
            return db.total_changes - before

    def sweep(self) -> None:
        """Lets go of what is older than the settings say."""
        old = (datetime.now(UTC) - timedelta(days=self.keep_days)).isoformat()
        hour_old = (datetime.now(UTC) - timedelta(days=1)).isoformat()
        with self.write() as db:
            for table in ("receipts", "gaps", "votes", "reports"):
                db.execute(f"DELETE FROM {table} WHERE at < ?", [old])  # noqa: S608
            db.execute("DELETE FROM seen WHERE at < ?", [hour_old])


_RECEIPT = (
    "SELECT id, team, channel, thread, ts, question_ts, user, private, question, kind, answer, index_version, at, "
    "day, labels FROM receipts"
)


def _receipt(row: tuple[object, ...]) -> Receipt:
    (
        receipt_id,
        team,
        channel,
        thread,
        ts,
        question_ts,
        user,
        private,
        question,
        kind,
        answer,
        version,
        at,
        day,
        labels,
    ) = row
    seen = json.loads(str(labels))
    return Receipt(
        id=str(receipt_id),
        team=str(team),
        channel=str(channel),
        thread=str(thread),
        ts=str(ts),
        question_ts=str(question_ts),
        user=str(user),
        private=bool(private),
        question=str(question),
        kind=str(kind),
        answer=json.loads(str(answer)),
        index_version=str(version),
        at=str(at),
        day=str(day),
        labels=None if seen is None else tuple(seen),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat()
