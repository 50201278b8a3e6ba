"""The desk behind the listeners: a question comes in, an answer with its receipt goes out."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import channels
from bot.answers import Answer
from bot.config import Settings
from bot.live import LiveIndex
from bot.machine import answer_to_json
from bot.questions import Language, Question
from bot.slack.blocks import Message, build_answer, context, section
from bot.slack.mrkdwn import cut, plain
from bot.slack.outbox import NO_TOKEN, Outbox
from bot.state import Receipt, State
from bot.workshop import Workshop
from index.documents import EVERYONE

log = logging.getLogger("seminar.slack")
SILENT = frozenset({"none", "clarify", "greeting", "help", "error"})
THREADS_IN_MEMORY = 2_000
LONG_WAIT = 5.0
RESUMED = timedelta(minutes=15)
THREAD_DEPTH = 8
REFUSALS = {
    "not_in_channel": "I am not in that channel. Invite me with /invite, then share again.",
    "channel_not_found": "I can't see that channel. Invite me with /invite, then share again.",
    "is_archived": "that channel is archived.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, by whom and where."""

    text: str
    team: str
    channel: str
    user: str
    ts: str
    """The question's own message; "" where it has none (a slash command, a window)."""
    thread: str
    private: bool
    """Only the asker sees the answer: a direct message, /ask, a window."""
    shared: bool = False
    """It is, or may be, seen by another company: then it rests on what everyone may see."""
    overheard: bool = False
    """Said in a channel where the bot answers always, not to the bot."""


class Desk:
    """What every listener gets: ask, keep, post."""

    def __init__(
        self,
        live: LiveIndex,
        state: State,
        settings: Settings,
        outbox: Outbox,
        today: Callable[[], date],
        workshop: Workshop | None = None,
    ) -> None:
        self.live = live
        self.state = state
        self.settings = settings
        self.outbox = outbox
        self.today = today
        self.workshop = workshop
        self._threads: OrderedDict[tuple[str, str, str, frozenset[str]], tuple[Question, ...]] = OrderedDict()
        """Questions as they were read, which hangs on what whoever sees the thread may see."""
        self._lock = threading.Lock()
        self._thinking = threading.Lock()
        """Answers are worked out one at a time: in one interpreter, several at once only hold each other up."""

    def viewer(self, asked: Asked) -> frozenset[str]:
        """The access labels of an answer: those of everyone who will see it."""
        if asked.shared or channels.is_external(self.state, asked.channel):
            return frozenset({EVERYONE})
        named = self.settings.people.get(asked.user, ()) if asked.private else ()
        in_channel = self.settings.channels.get(asked.channel, ())
        set_there = channels.channel(self.state, asked.channel).labels if asked.channel else ()
        return frozenset({EVERYONE, *named, *in_channel, *set_there})

    def viewer_of_post(self, client: WebClient, asked: Asked) -> frozenset[str]:
        """The labels of what is posted unasked; where they are more than everyone's, Slack says first who is there.

        A channel may have been shared with another company since anybody spoke to the bot in it.
        """
        labels = self.viewer(asked)
        if labels == {EVERYONE}:
            return labels
        try:
            found = client.conversations_info(channel=asked.channel)["channel"]
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("channel %s not looked at: %s", asked.channel, type(error).__name__)
            return frozenset({EVERYONE})
        if found.get("is_ext_shared"):
            channels.mark_external(self.state, asked.channel)
        return self.viewer(asked)

    def as_posted(self, client: WebClient, asked: Asked) -> Asked:
        """What is posted where Slack does not say who is there: a click, an answer after a restart."""
        if asked.private:
            return asked
        return replace(asked, shared=self.viewer_of_post(client, asked) == {EVERYONE})

    def viewer_alone(self, user: str) -> frozenset[str]:
        """The labels of a person in what they alone see, wherever they are."""
        return self.viewer(Asked("", "", "", user, "", "", private=True))

    def hidden_from(self, user: str) -> frozenset[str]:
        """The documents that a person may not see, of the library those too that no index has yet."""
        labels = self.viewer_alone(user)
        with self.live.seen_by(None) as everything, everything.index.seen_by(labels) as view:
            indexed, seen = everything.ids, view.ids
        workshop = self.workshop
        unread = [name for name in workshop.names() if name not in indexed] if workshop else []
        return (indexed - seen).union(
            name for name in unread if workshop and workshop.access(name) not in labels
        )

    def is_admin(self, user: str) -> bool:
        """Whether the settings name this person as one who adds and corrects."""
        return user in self.settings.admins

    def answer(self, asked: Asked) -> Answer:
        """Reads the question in its thread, answers it, and logs a gap where nothing is held."""
        viewer = self.viewer(asked)
        thread = self._thread(asked, viewer)
        with self._thinking:
            answer = self.live.ask(
                asked.text, thread=thread, viewer=viewer, today=self.today(), language=self._language(asked)
            )
        self._remember(asked, viewer, (*thread, answer.question))
        if answer.kind == "none":
            nearest = "; ".join(answer.details[:3])
            self.state.keep_gap(
                asked.text, answer.question_as_read, nearest, asked.user, private=asked.private, labels=viewer
            )
        return answer

    def read_wish(self, asked: Asked, question: str) -> tuple[str, Answer]:
        """A question to watch, such as can be asked by itself, and its answer now.

        "November" is of what was asked before it, in the thread or by that person in the channel.
        """
        viewer = self.viewer(asked)
        answer = self.live.ask(question, thread=(), viewer=viewer, today=self.today())
        if answer.kind != "clarify":
            return question, answer
        thread = self._thread(asked, viewer)
        if not thread:
            before = (one for one in self.state.receipts_of(asked.user, 5) if one.channel == asked.channel)
            last = [
                self.live.ask(one.question, thread=(), viewer=viewer, today=self.today()) for one in before
            ][:1]
            thread = tuple(one.question for one in last)
        answer = self.live.ask(question, thread=thread, viewer=viewer, today=self.today())
        return answer.question_as_read, answer

    def _language(self, asked: Asked) -> Language | None:
        """That of the channel's settings; None for that of the question."""
        return None if asked.private else channels.channel(self.state, asked.channel).language

    def reply(self, client: WebClient, asked: Asked) -> None:
        """Answers in the thread of the question; one that was not put to the bot, only where something is held."""
        answer = self.answer(asked)
        if asked.overheard and answer.kind in SILENT:
            return
        message = build_answer(answer)
        waiting = self.keep(asked, answer, f"posting {asked.ts} {answer.id} {new_reference()}")

        def posted(ts: str) -> None:
            kept = self.keep(asked, answer, ts)
            if not self.state.drop_receipt(waiting):
                self._unsay(client, kept)

        def refused(reason: str) -> None:
            self.state.drop_receipt(waiting)
            self._tell_refused(client, asked, reason)

        wait = self.outbox.post(
            client, asked.channel, message, thread=asked.thread, posted=posted, refused=refused
        )
        if wait > LONG_WAIT and asked.thread:
            self._ask_for_patience(client, asked, wait)

    def _ask_for_patience(self, client: WebClient, asked: Asked, wait: float) -> None:
        """Says in the thread that the answer is on its way; Slack takes that away as the answer comes."""
        status = f"has the answer; Slack lets it through in about {wait:.0f} s"
        try:
            client.assistant_threads_setStatus(
                channel_id=asked.channel, thread_ts=asked.thread, status=status
            )
        except (SlackApiError, OSError, HTTPException) as error:
            log.info("wait not shown: %s", type(error).__name__)

    def _tell_refused(self, client: WebClient, asked: Asked, reason: str) -> None:
        """Tells the asker why there is no answer in the channel, where Slack lets us."""
        if asked.channel.startswith("D") or reason in NO_TOKEN:
            return
        try:
            opened = client.conversations_open(users=asked.user)
        except (SlackApiError, OSError, HTTPException) as error:
            log.warning("nobody could be told: %s", type(error).__name__)
            return
        why = REFUSALS.get(reason, "Slack did not take it. Ask me there again, or here.")
        text = f"I could not answer in <#{asked.channel}>: {why}"
        message = Message(text, [section(text)])
        self.outbox.post(client, opened["channel"]["id"], message, thread="", posted=lambda _: None)

    def resume(self, client: WebClient) -> None:
        """Answers what was asked shortly before a crash and never posted."""
        since = (datetime.now(UTC) - RESUMED).isoformat()
        for receipt in self.state.unposted(since):
            if self.state.drop_receipt(receipt):
                asked = Asked(
                    receipt.question, receipt.team, receipt.channel, receipt.user, receipt.question_ts,
                    receipt.thread, private=receipt.private,
                )  # fmt: skip
                self.reply(client, self.as_posted(client, asked))

    def keep(self, asked: Asked, answer: Answer, ts: str) -> Receipt:
        """Keeps the receipt, so that buttons work at once and after a restart."""
        receipt = Receipt(
            id=answer.id, team=asked.team, channel=asked.channel, thread=asked.thread, ts=ts,
            question_ts=asked.ts, user=asked.user, private=asked.private, question=asked.text,
            kind=answer.kind, answer=answer_to_json(answer), index_version=answer.index,
            at=datetime.now(UTC).isoformat(), day=self.today().isoformat(), labels=tuple(sorted(self.viewer(asked))),
        )  # fmt: skip
        self.state.keep_receipt(receipt)
        return receipt

    def _thread(self, asked: Asked, viewer: frozenset[str]) -> tuple[Question, ...]:
        """The questions of the thread so far; after a restart they are read again from the receipts."""
        key = (asked.team, asked.channel, asked.thread, viewer)
        if not asked.thread:
            return ()
        with self._lock:
            if key in self._threads:
                self._threads.move_to_end(key)
                return self._threads[key]
        thread: tuple[Question, ...] = ()
        for receipt in self.state.thread(*key[:3])[-THREAD_DEPTH:]:
            earlier = self.live.ask(receipt.question, thread=thread, viewer=viewer, today=self.today())
            thread = (*thread, earlier.question)
        return thread

    def _remember(self, asked: Asked, viewer: frozenset[str], thread: tuple[Question, ...]) -> None:
        if not asked.thread:
            return
        with self._lock:
            self._threads[(asked.team, asked.channel, asked.thread, viewer)] = thread[-THREAD_DEPTH:]
            while len(self._threads) > THREADS_IN_MEMORY:
                self._threads.popitem(last=False)

    def share(self, client: WebClient, asked: Asked) -> str:
        """Answers again as the channel may see it, and posts that; the reason where Slack refuses, else ""."""
        viewer = self.viewer_of_post(client, asked)
        answer = self.live.ask(
            asked.text, thread=(), viewer=viewer, today=self.today(), language=self._language(asked)
        )
        message = build_answer(answer)
        shared_by = context(f"Shared by <@{asked.user}> · asked: {plain(cut(asked.text, 300))}")
        try:
            sent = client.chat_postMessage(
                channel=asked.channel,
                text=message.text,
                blocks=[*message.blocks[:1], shared_by, *message.blocks[1:]],
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            return REFUSALS.get(str(error.response.get("error")), "Slack refused it. Ask me there instead.")
        self.keep(replace(asked, thread=str(sent["ts"])), answer, str(sent["ts"]))
        return ""

    def thank(self, client: WebClient, user: str) -> None:
        """Says in a direct message that a report reached the owner."""
        opened = client.conversations_open(users=user)
        text = "Thank you: your report is in the owner's queue, with the answer and its source."
        message = Message(text, [section(text)])
        self.outbox.post(client, opened["channel"]["id"], message, thread="", posted=lambda _: None)

    def withdraw(self, client: WebClient, team: str, channel: str, question_ts: str) -> None:
        """The question was deleted: so is its answer; one that is still on its way is taken back as it arrives."""
        for receipt in self.state.answers_to(team, channel, question_ts):
            if not receipt.ts.startswith("posting "):
                self._unsay(client, receipt)
            elif not self.state.drop_receipt(receipt):  # it arrived just now, under its own ts
                self.withdraw(client, team, channel, question_ts)

    def _unsay(self, client: WebClient, receipt: Receipt) -> None:
        try:
            client.chat_delete(channel=receipt.channel, ts=receipt.ts)
        except SlackApiError as error:
            log.warning("answer %s could not be withdrawn: %s", receipt.id, error.response.get("error"))
        self.state.drop_receipt(receipt)


def apology(reference: str) -> Message:
    """The one sentence that people see when the bot itself is at fault."""
    text = f"Something went wrong on my side, and I have noted it as {reference}. Please ask again."
    return Message(text, [section(text)])


def new_reference() -> str:
    return secrets.token_hex(4)
