"""What is set for a channel: when the bot answers and in which language, what is seen there, when it posts nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.questions import Language
from bot.state import State
from bot.zones import find_zone

Listen = Literal["mention", "always"]


@dataclass(frozen=True, slots=True)
class Channel:
    """`quiet_from` and `quiet_until` are hours of the day in its zone; None for no quiet hours."""

    id: str
    listen: Listen = "mention"
    quiet_from: int | None = None
    quiet_until: int | None = None
    labels: tuple[str, ...] = ()
    """Access labels that were set in Slack, beside those of the operator's settings."""
    language: Language | None = None
    """That of our words; None for that of the question."""
    zone: str = ""
    """Where who set the hours lives; "" for the host's zone."""

    def is_quiet(self, now: datetime) -> bool:
        """Whether scheduled posts wait; the quiet hours may pass midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        hour = now.astimezone(find_zone(self.zone)).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def channel(state: State, channel_id: str) -> Channel:
    """What is set for a channel, or how it is where nothing is."""
    rows = state.read(
        "SELECT listen, quiet_from, quiet_until, labels, language, zone FROM channels WHERE id = ?",
        channel_id,
    )
    if not rows:
        return Channel(channel_id)
    listen, quiet_from, quiet_until, labels, language, zone = rows[0]
    return Channel(
        channel_id,
        "always" if listen == "always" else "mention",
        _hour(quiet_from),
        _hour(quiet_until),
        tuple(json.loads(str(labels))),
        _LANGUAGES.get(str(language)),
        str(zone),
    )


_LANGUAGES: dict[str, Language] = {"en": "en", "zh": "zh"}


def keep(state: State, settings: Channel) -> None:
    with state.write() as db:
        db.execute(
            "INSERT OR REPLACE INTO channels (id, listen, quiet_from, quiet_until, labels, language, zone) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                settings.id, settings.listen, settings.quiet_from, settings.quiet_until, json.dumps(settings.labels),
                settings.language or "", settings.zone,
            ),
        )  # fmt: skip


def mark_external(state: State, channel_id: str) -> None:
    """Keeps that a channel is shared with another company: from then on it sees `everyone` only."""
    if not is_external(state, channel_id):
        with state.write() as db:
            db.execute("INSERT OR IGNORE INTO external_channels VALUES (?)", [channel_id])


def is_external(state: State, channel_id: str) -> bool:
    return bool(state.read("SELECT 1 FROM external_channels WHERE id = ?", channel_id))


def _hour(value: object) -> int | None:
    return None if value is None else int(str(value))
