"""How payloads reach the app: sent, acked within three seconds, or sent again."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from bot.playground.clock import Timer
from bot.playground.state import Entry, Json, Workspace

ACK_SECONDS = 3.0
RETRY_AFTER = (0.0, 60.0, 300.0)
STALL = 0
Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass
class Envelope:
    id: str
    kind: Kind
    payload: Json
    entry: Entry
    on_answer: Callable[[Any], None]
    on_failure: Callable[[str], None]
    attempt: int = 0
    reason: str = ""
    sent_at: float | None = None
    done: str = ""
    timer: Timer | None = None

    @property
    def retries(self) -> bool:
        return self.kind == "events_api"


class Transport(Protocol):
    def push(self, envelope: Envelope) -> None: ...


@dataclass
class Faults:
    """What a test asks to go wrong. Counts run down as the faults happen."""

    latency: float = 0.0
    api_errors: list[tuple[str, int | str]] = field(default_factory=list)
    duplicate_events: int = 0
    hold_events: bool = False
    held: list["Envelope"] = field(default_factory=list)
    seed: int = 0

    def fail(self, method: str, status: int | str, times: int = 1) -> None:
        """The next calls of `method` (or `*`) do nothing and answer so: 429, 500, 503…, or an error of Slack's.

        `STALL` answers nothing at all, until the caller gives up."""
        self.api_errors.extend([(method, status)] * times)

    def take(self, method: str) -> int | str | None:
        for at, (name, status) in enumerate(self.api_errors):
            if name in (method, "*"):
                del self.api_errors[at]
                return status
        return None


class Delivery:
    """Sends envelopes through a transport and watches the clock for each."""

    def __init__(self, workspace: Workspace, faults: Faults) -> None:
        self.workspace = workspace
        self.faults = faults
        self.transport: Transport | None = None
        self.waiting: dict[str, Envelope] = {}

    def send(
        self,
        kind: Kind,
        name: str,
        payload: Json,
        *,
        on_answer: Callable[[Any], None] = lambda _: None,
        on_failure: Callable[[str], None] = lambda _: None,
    ) -> Envelope:
        with self.workspace.changing():
            entry = self.workspace.record("event" if kind == "events_api" else "interaction", name, payload)
            envelope = Envelope(self.workspace.new_id("Env"), kind, payload, entry, on_answer, on_failure)
            self.waiting[envelope.id] = envelope
            if self.faults.hold_events and envelope.retries:
                self.faults.held.append(envelope)
                return envelope
            self._attempt(envelope)
            if self.faults.duplicate_events and envelope.retries:
                self.faults.duplicate_events -= 1
                self.send(kind, name, payload)
        return envelope

    def release(
        self, *, shuffled: bool = False, order: Callable[[list[Envelope]], None] | None = None
    ) -> None:
        """Let the held events go, in another order if asked."""
        with self.workspace.changing():
            held, self.faults.held, self.faults.hold_events = self.faults.held, [], False
            if shuffled:
                random.Random(self.faults.seed).shuffle(held)
            if order:
                order(held)
            for envelope in held:
                self._attempt(envelope)

    def _attempt(self, envelope: Envelope) -> None:
        if self.transport:
            self.transport.push(envelope)

    def sent(self, envelope: Envelope) -> None:
        """The transport has put the envelope on the wire: three seconds from now it should be acked."""
        with self.workspace.changing():
            envelope.sent_at = self.workspace.clock.now()
            if envelope.timer:
                envelope.timer.cancel()
            timeout = lambda: self.failed(envelope.id, "timeout")  # noqa: E731
            envelope.timer = self.workspace.clock.call_later(ACK_SECONDS, timeout)
            self.workspace.tell("entry", envelope.entry)

    def acked(self, envelope_id: str, answer: Any) -> None:
        with self.workspace.changing():
            envelope = self.waiting.pop(envelope_id, None)
            if envelope is None:
                return
            self._finish(envelope, "acked", answer)
            envelope.on_answer(answer)

    def failed(self, envelope_id: str, reason: str, *, retry: bool = True) -> None:
        """Not acked in time, or refused. Events come again up to three times; an interaction is lost."""
        with self.workspace.changing():
            envelope = self.waiting.get(envelope_id)
            if envelope is None:
                return
            if envelope.retries and retry and envelope.attempt < len(RETRY_AFTER):
                wait = RETRY_AFTER[envelope.attempt]
                envelope.attempt += 1
                envelope.reason = reason
                if envelope.timer:
                    envelope.timer.cancel()
                envelope.timer = self.workspace.clock.call_later(wait, lambda: self._attempt(envelope))
                envelope.entry.outcome = f"{reason}, retry {envelope.attempt}"
                self.workspace.tell("entry", envelope.entry)
                return
            del self.waiting[envelope_id]
            self._finish(envelope, reason, None)
            envelope.on_failure(reason)

    def _finish(self, envelope: Envelope, outcome: str, answer: Any) -> None:
        if envelope.timer:
            envelope.timer.cancel()
        envelope.done = outcome
        entry = envelope.entry
        entry.outcome, entry.answered = outcome, answer
        if envelope.sent_at is not None:
            entry.milliseconds = (self.workspace.clock.now() - envelope.sent_at) * 1000
        self.workspace.tell("entry", entry)
