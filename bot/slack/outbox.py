"""What the bot posts, in order and at Slack's pace: one message a second and channel, later where Slack says so.

Slack's rule: docs.slack.dev/apis/web-api/rate-limits ("chat.postMessage … 1 per second per channel").
"""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import Message

log = logging.getLogger("seminar.slack")
PACE = 1.0
TRIES = 7
"""With pauses that double, a trouble of Slack's of a minute is sat out."""
PASSING = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
"""Slack's own troubles, which a later try may not meet."""
TOO_MUCH = frozenset({"msg_blocks_too_long", "invalid_blocks", "msg_too_long"})
NO_TOKEN = frozenset({"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"})


@dataclass(slots=True)
class _Parcel:
    client: WebClient
    channel: str
    message: Message
    thread: str
    posted: Callable[[str], object]
    refused: Callable[[str], object]
    tries: int = 0
    reason: str = ""
    """Why the last try failed."""


class Outbox:
    """A queue a channel; a parcel is retried where that can help."""

    def __init__(
        self, *, workers: int = 12, pace: float = PACE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pace = pace
        self._clock = clock
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="outbox")
        self._waiting: dict[str, deque[_Parcel]] = {}
        self._due: list[tuple[float, int, str]] = []
        self._free_at: dict[str, float] = {}
        self._count = itertools.count()
        self._open = 0
        self.no_token = ""
        """Slack's reason where it refused the bot's token at the last try."""
        self._closed = False
        self._changed = threading.Condition()
        self._dispatcher = threading.Thread(target=self._dispatch, name="outbox-dispatch", daemon=True)
        self._dispatcher.start()

    def post(
        self,
        client: WebClient,
        channel: str,
        message: Message,
        *,
        thread: str,
        posted: Callable[[str], object],
        refused: Callable[[str], object] = lambda _: None,
    ) -> float:
        """Puts a message into its channel's queue; the seconds that it will wait at least.

        `posted` gets its ts; `refused` gets Slack's reason, where no further try makes sense.
        """
        with self._changed:
            queue = self._waiting.setdefault(channel, deque())
            queue.append(_Parcel(client, channel, message, thread, posted, refused))
            self._open += 1
            start = max(self._clock(), self._free_at.get(channel, 0.0))
            if len(queue) == 1:
                self._schedule(channel, start)
            return start - self._clock() + (len(queue) - 1) * self._pace

    @property
    def waiting(self) -> int:
        """How many messages are not yet posted."""
        return self._open

    def drain(self, seconds: float) -> bool:
        """Waits until everything is posted, at most so long; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, timeout=seconds)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._dispatcher.join(timeout=5)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _schedule(self, channel: str, at: float) -> None:
        heapq.heappush(self._due, (at, next(self._count), channel))
        self._changed.notify_all()

    def _dispatch(self) -> None:
        while True:
            with self._changed:
                while not self._closed and (not self._due or self._due[0][0] > self._clock()):
                    self._changed.wait(self._due[0][0] - self._clock() if self._due else None)
                if self._closed:
                    return
                _, _, channel = heapq.heappop(self._due)
                parcel = self._waiting[channel][0]
            self._pool.submit(self._send, parcel)

    def _send(self, parcel: _Parcel) -> None:
        parcel.tries += 1
        again, parcel.reason = 0.0, ""
        try:
            again = self._try(parcel)
            if parcel.reason and (not again or parcel.tries >= TRIES):
                parcel.refused(parcel.reason)
        finally:
            self._done(parcel, again if parcel.tries < TRIES else 0.0)

    def _try(self, parcel: _Parcel) -> float:
        """Posts; the seconds until another try makes sense, 0 for none."""
        try:
            response = parcel.client.chat_postMessage(
                channel=parcel.channel,
                text=parcel.message.text,
                blocks=parcel.message.blocks,
                thread_ts=parcel.thread or None,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            return self._refused(parcel, error)
        except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
            parcel.reason = type(error).__name__
            log.warning("post to %s failed: %s", parcel.channel, parcel.reason)
            return 2.0 ** (parcel.tries - 1)
        self.no_token = ""
        parcel.posted(str(response["ts"]))
        return 0.0

    def _refused(self, parcel: _Parcel, error: SlackApiError) -> float:
        """Seconds until it makes sense to try again; 0 where it does not."""
        reason = parcel.reason = str(error.response.get("error"))
        log.warning("post to %s refused: %s", parcel.channel, reason)
        self.no_token = reason if reason in NO_TOKEN else ""
        if error.response.status_code == 429 or reason == "ratelimited":
            parcel.tries -= 1
            return float(error.response.headers.get("Retry-After", 1))
        if reason in TOO_MUCH and parcel.message.blocks:
            parcel.message = lighter(parcel.message)
            return self._pace
        return 2.0 ** (parcel.tries - 1) if is_passing(error) else 0.0

    def _done(self, parcel: _Parcel, again: float) -> None:
        with self._changed:
            queue = self._waiting[parcel.channel]
            self._free_at[parcel.channel] = self._clock() + self._pace
            if again:
                self._schedule(parcel.channel, self._clock() + max(again, 0.01))
            else:
                queue.popleft()
                self._open -= 1
                if queue:
                    self._schedule(parcel.channel, self._free_at[parcel.channel])
                else:
                    del self._waiting[parcel.channel]
            self._changed.notify_all()


def is_passing(error: SlackApiError) -> bool:
    """Whether a later try may go well."""
    code = error.response.status_code
    return str(error.response.get("error")) in PASSING | {"ratelimited"} or code == 429 or code >= 500


def lighter(message: Message) -> Message:
    """A message that Slack finds too long, without its quotes, tables and charts; then without any block."""
    kept = [block for block in message.blocks if block["type"] in ("actions", "context_actions")]
    first = [block for block in message.blocks if block["type"] == "section"][:1]
    fewer = [*first, *kept]
    return Message(message.text, fewer if len(fewer) < len(message.blocks) else [])
