"""What the bot does by itself: posts shares when they are due, tells subscribers, lets go of old data."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import channels, notes, shares
from bot.seen import is_seen
from bot.shares import Share
from bot.slack.blocks import Message, build_answer, context, section
from bot.slack.desk import REFUSALS, Asked, Desk
from bot.slack.digest import Takeaways, build_shared, choose, find_takeaways, name_of
from bot.slack.mrkdwn import cut, plain
from bot.slack.outbox import is_passing
from bot.state import Receipt, State
from bot.subscriptions import Subscription, fingerprint, subscriptions, told
from index.corrections import Correction

log = logging.getLogger("seminar.slack")
TICK = 15.0
TROUBLE = "Slack is in trouble. I try again for an hour."


class Clockwork:
    """One thread that looks every few seconds; a restart loses nothing, since all that is to come is in `state.db`."""

    def __init__(
        self, desk: Desk, client: WebClient, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._desk = desk
        self._client = client
        self._now = now
        self._version = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        while True:
            try:
                self.tick()
            except Exception:
                log.exception("clockwork failed")
            if self._stop.wait(TICK):
                return

    def tick(self) -> None:
        """Everything that is due now."""
        for share in shares.due(self._desk.state, self._now()):
            if not channels.channel(self._desk.state, share.channel).is_quiet(self._now()):
                self._share(share)
        for share in shares.interrupted(self._desk.state, self._now()):
            self._tell_failed(
                share, "I was interrupted. Look whether it is there, and share it again if not."
            )
        version = self._desk.live.refresh().version
        if version != self._version:
            self._version = version
            for subscription in subscriptions(self._desk.state):
                self._tell(subscription)
            self._note_corrections()
            self._desk.state.sweep()

    def _note_corrections(self) -> None:
        """Earlier answers in threads get a note where a figure of theirs was corrected."""
        corrections = self._desk.live.refresh().corrections
        for receipt, one in list(notes.find_notes(self._desk.state, corrections)):
            in_channel = re.fullmatch(r"\d+\.\d+", receipt.ts) is not None
            if in_channel and self._may_see(receipt, one) and notes.claim(self._desk.state, receipt, one):
                words = plain(cut(notes.label(one), 2_500))
                message = Message(words, [section(words)])
                thread = receipt.thread or receipt.ts
                self._desk.outbox.post(
                    self._client, receipt.channel, message, thread=thread, posted=lambda _: None
                )

    def _share(self, share: Share) -> None:
        """Posts a share; what goes wrong with one keeps no other back."""
        try:
            reason = post_share(self._desk, self._client, share)
            if reason and reason != TROUBLE:
                self._tell_failed(share, reason)
        except Exception:
            log.exception("share %s failed", share.id)

    def _tell_failed(self, share: Share, reason: str) -> None:
        with self._desk.live.seen_by(self._desk.viewer_alone(share.user)) as view:
            what = plain(cut(name_of(share.topic, view), 300))
        again = " It comes again next week; App Home cancels it." if share.every_week else ""
        self._say(share.user, f"I could not share “{what}” in <#{share.channel}>: {reason}{again}")

    def _may_see(self, receipt: Receipt, one: Correction) -> bool:
        """Whether those who see an earlier answer may, today, see what it rests on, and what was corrected."""
        asked = Asked(
            receipt.question, receipt.team, receipt.channel, receipt.user, "", receipt.thread, receipt.private
        )
        viewer = self._desk.viewer_of_post(self._client, asked)
        with self._desk.live.seen_by(viewer) as view:
            return one.document in view.ids and is_seen(receipt.answer, view)

    def _say(self, user: str, words: str) -> None:
        """A direct message about something of theirs that the bot did by itself."""
        opened = self._client.conversations_open(users=user)
        message = Message(words, [section(words)])
        channel = str(opened["channel"]["id"])
        self._desk.outbox.post(self._client, channel, message, thread="", posted=lambda _: None)

    def _tell(self, subscription: Subscription) -> None:
        """Asks the subscriber's question again; they hear an answer that they have not heard."""
        asked = Asked(
            subscription.question, subscription.team, subscription.channel, subscription.user, "", "", True
        )
        viewer = self._desk.viewer(asked)
        answer = self._desk.live.ask(
            subscription.question, thread=(), viewer=viewer, today=self._desk.today()
        )
        now_told = fingerprint(answer)
        if (
            not now_told
            or now_told == subscription.told
            or not told(self._desk.state, subscription, now_told)
        ):
            return
        message = build_answer(answer)
        why = context(f"You asked to be told about: {plain(cut(subscription.question, 200))}")
        self._desk.outbox.post(
            self._client,
            subscription.channel,
            Message(message.text, [message.blocks[0], why, *message.blocks[1:]]),
            thread="",
            posted=lambda ts: self._desk.keep(asked, answer, ts),
        )


def post_share(desk: Desk, client: WebClient, share: Share) -> str:
    """Posts a share as its channel may see it, once; the reason where that fails, else ""."""
    if not shares.claim(desk.state, share):
        return ""
    viewer = desk.viewer_of_post(
        client, Asked("", share.team, share.channel, share.user, "", "", private=False)
    )
    with desk.live.seen_by(viewer) as view:
        all_points = find_takeaways(share.topic, view)
    found = choose(all_points, share) if all_points else None
    if found is None or not found.lines:
        reason = "what you chose is no longer held, or that channel may not see it."
        shares.failed(desk.state, share, reason)
        return reason
    ts, reason = _post(desk, client, share, build_shared(share, found))
    if ts:
        shares.posted(desk.state, share, ts)
        _open_thread(desk, share, found, ts)
    return reason


def _post(desk: Desk, client: WebClient, share: Share, message: Message) -> tuple[str, str]:
    """The message's ts, or the reason why there is none; where Slack is in trouble it is put off, else it failed."""
    try:
        sent = client.chat_postMessage(
            channel=share.channel,
            text=message.text,
            blocks=message.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(sent["ts"]), ""
    except SlackApiError as error:
        code = str(error.response.get("error"))
        passing, reason = is_passing(error), REFUSALS.get(code, f"Slack refused it ({code}).")
    except (OSError, HTTPException) as error:
        log.warning("share %s not posted: %s", share.id, type(error).__name__)
        passing, reason = True, "Slack could not be reached."
    if passing and shares.put_off(desk.state, share, datetime.now(UTC)):
        return "", TROUBLE
    shares.failed(desk.state, share, reason)
    return "", reason


def _open_thread(desk: Desk, share: Share, found: Takeaways, ts: str) -> None:
    """A receipt of what was shared: questions in its thread are asked on from it."""
    desk.state.keep_receipt(
        Receipt(
            id=share.id, team=share.team, channel=share.channel, thread=ts, ts=ts, question_ts="", user=share.user,
            private=False, question=found.asked, kind="takeaways", answer={"headline": found.title, "citations": []},
            index_version="", at="",
        )
    )  # fmt: skip


def withdraw_share(state: State, client: WebClient, share_id: str, user: str) -> str:
    """Takes a share back, if it is theirs and there; the reason where it can't be, else ""."""
    share = shares.find(state, share_id)
    if share is None or share.user != user:
        return "Only who shared it can withdraw it."
    if share.state != "posted":
        return "It is withdrawn already."
    try:
        client.chat_delete(channel=share.channel, ts=share.ts)
    except SlackApiError as error:
        code = error.response.get("error")
        if code != "message_not_found":
            log.warning("share %s not deleted: %s", share_id, code)
            return "Slack did not let me delete it. Try again, or ask an admin of the workspace."
    for receipt in state.thread(share.team, share.channel, share.ts):
        if receipt.id == share.id:
            state.drop_receipt(receipt)
    shares.withdraw(state, share_id, user)
    return ""
