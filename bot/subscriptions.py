"""Subscriptions: a question whose answer somebody wants to hear when a build brings it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answers import Answer
from bot.state import State

_OUT = (
    r"(?:\s+(?:arrives?|appears?|comes?(?: in| out)?|changes?|"
    r"(?:is|are|gets?) (?:out|in|there|published|released|available|known)))?"
)
_END = r"(?:,?\s+please)?[.!?。！？]*$"
_SAID = r"(?:,?\s+please)?[.!。！]*$"
"""It ends as no question does."""
_ASKING = (
    r"(?:what|how|which|who|when|why|where|show|list|give|compare|did|do|does|is|are|was|were|can|could)\b"
)
_WISHES = (
    rf"^(?:please\s+)?(?:(?:tell|ping|remind) me|let me know|notify me|alert me|inform me)"
    rf" (?P<how>when(?:ever)?)\s+(?P<what>.+?){_OUT}{_END}",
    rf"^(?:please\s+)?(?:(?:notify|alert|inform) me (?:about|of|on)|keep me (?:posted|informed) (?:about|of|on)"
    rf"|subscribe (?:me )?to)\s+(?P<what>.+?){_END}",
    rf"^(?!{_ASKING})(?P<what>.+?),? (?:(?:each|every) (?:month|quarter|year|time)|monthly|quarterly){_SAID}",
    rf"^(?:请)?(?P<how>等|如果|一旦|当)?有?(?P<what>.+?)(?:的数据|数据)?(?:出来|出了|公布|发布|更新|有了)?"
    rf"(?:的?时候?|之?后|了)?[，,]?\s*(?:请|就)?(?:通知|告诉|提醒)(?:我|一下我)(?:一声|一下)?{_END}",
    rf"^(?:请)?(?:通知|告诉|提醒)我(?P<how>当|等)?(?P<what>.+?)(?:的数据|数据)?(?:什么时候|何时)?"
    rf"(?:出来|公布|发布|更新)(?:的?时候|时|后|了)?{_END}",
    rf"^(?:请)?每个?(?:月|季度|年)(?:的)?(?:告诉|通知)?(?:我)?(?:的)?(?P<what>[^?？]+?){_SAID}",
    rf"^订阅(?P<what>.+?){_END}",
)
_ONCE = frozenset({"when", "等", "如果", "一旦", "当"})


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
    for number, pattern in enumerate(_PATTERNS):
        if wish := pattern.match(text.strip()):
            how = str(wish.groupdict().get("how") or "").lower()
            return wish["what"].strip(), how in _ONCE or (not how and number in _TOLD_ONCE)
    return None


_PATTERNS = tuple(re.compile(wish, re.IGNORECASE) for wish in _WISHES)
_TOLD_ONCE = frozenset({3, 4})
"""Wishes to be told of a figure, in Chinese, without a word for "when"."""


def fingerprint(answer: Answer) -> str:
    """What an answer says in figures: it differs when one came or changed, not when another source says the same.

    "" where nothing is held.
    """
    if answer.kind in ("none", "clarify", "missing", "greeting", "help", "error"):
        return ""
    said = {
        (f.series.metric, f.series.dimensions, f.period.label, str(f.value), f.unit)
        for f in answer.figures
        if (f.series.metric, f.kind) == (answer.figures[0].series.metric, answer.figures[0].kind)
    }
    quoted = {(c.document_id, c.quote) for c in answer.citations}
    return hashlib.sha256(repr(sorted(said or quoted)).encode()).hexdigest()[:16]


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
