"""Subscriptions: a question whose answer somebody wants to hear when a build brings it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answers import Answer
from bot.state import State

_WISH = re.compile(
    r"^(?:please\s+)?(?:tell|notify|alert|inform) me (?P<how>when(?:ever)?|about)\s+(?P<what>.+?)"
    r"(?:\s+(?:arrives?|arrive|comes?(?: in| out)?|is out|is published|changes?|is there))?[.!?]*$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r"^(?:please\s+)?subscribe (?:me )?to\s+(?P<what>.+?)[.!?]*$|"
    r"^(?P<bare>.+?) (?:each|every) (?:month|quarter|year)[.!?]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """`told` is the fingerprint of what the subscriber heard last, or knew when they subscribed."""

    number: int
    team: str
    user: str
    channel: str
    question: str
    told: str
    once: bool


def parse_wish(text: str) -> tuple[str, bool] | None:
    """The question to watch and whether one answer is enough; None where the text is no such wish."""
    if wish := _WISH.match(text.strip()):
        return wish["what"].strip(), wish["how"].lower() == "when"
    if each := _EACH.match(text.strip()):
        return (each["what"] or each["bare"]).strip(), False
    return None


def fingerprint(answer: Answer) -> str:
    """What an answer says in figures: it differs when a figure came or changed; "" where nothing is held."""
    if answer.kind in ("none", "clarify", "missing", "greeting", "help", "error"):
        return ""
    said = [(f.series.metric, f.period.label, str(f.value), f.document_id) for f in answer.figures]
    said = said or [(c.document_id, c.quote) for c in answer.citations]  # type: ignore[misc]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def subscribe(state: State, subscription: Subscription) -> int:
    """Keeps it; its number. The same wish of the same person is kept once."""
    with state.write() as db:
        known = db.execute(
            "SELECT number FROM subscriptions WHERE user = ? AND question = ? AND channel = ?",
            (subscription.user, subscription.question, subscription.channel),
        ).fetchone()
        if known:
            return int(known[0])
        cursor = db.execute(
            "INSERT INTO subscriptions (team, user, channel, question, told, once, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                subscription.team, subscription.user, subscription.channel, subscription.question,
                subscription.told, int(subscription.once), datetime.now(UTC).isoformat(),
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)


def subscriptions(state: State, user: str = "") -> tuple[Subscription, ...]:
    """Everybody's, or one person's."""
    rows = state.read(
        "SELECT number, team, user, channel, question, told, once FROM subscriptions "
        "WHERE ? IN ('', user) ORDER BY number",
        user,
    )
    return tuple(
        Subscription(int(str(n)), str(team), str(who), str(channel), str(question), str(told), bool(once))
        for n, team, who, channel, question, told, once in rows
    )


def told(state: State, subscription: Subscription, now_told: str) -> bool:
    """Notes what is told now, before it is told; False where another process was quicker."""
    with state.write() as db:
        if subscription.once:
            cursor = db.execute("DELETE FROM subscriptions WHERE number = ?", [subscription.number])
        else:
            cursor = db.execute(
                "UPDATE subscriptions SET told = ? WHERE number = ? AND told = ?",
                (now_told, subscription.number, subscription.told),
            )
        return cursor.rowcount == 1


def unsubscribe(state: State, number: int, user: str) -> bool:
    """Whether there was one of theirs to cancel."""
    with state.write() as db:
        return (
            db.execute("DELETE FROM subscriptions WHERE number = ? AND user = ?", (number, user)).rowcount
            == 1
        )
