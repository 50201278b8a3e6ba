"""*Tell me when it arrives*: wishes in direct messages and by a button, cancelled in App Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.answers import Answer
from bot.slack.blocks import TELL, Message, build_answer, section
from bot.slack.desk import Asked, Desk
from bot.slack.home import UNSUBSCRIBE
from bot.slack.listeners.home import publish_home
from bot.slack.mrkdwn import cut, plain
from bot.subscriptions import Subscription, fingerprint, parse_wish, subscribe, unsubscribe

Body = dict[str, Any]
GONE = "I no longer keep that question. Ask again, and the button will work."


def register(app: App, desk: Desk) -> None:
    """The routing table."""

    @app.action(TELL)
    def on_tell(ack: Ack, body: Body, action: Body, client: WebClient, respond: Respond) -> None:
        ack()
        tell_later(desk, client, body, action["value"], respond)

    @app.action(UNSUBSCRIBE)
    def on_cancel(ack: Ack, body: Body, action: Body, client: WebClient) -> None:
        ack()
        unsubscribe(desk.state, int(action["value"]), body["user"]["id"])
        publish_home(desk, client, body["user"]["id"])


def tell_later(desk: Desk, client: WebClient, body: Body, receipt_id: str, respond: Respond) -> None:
    """Watches the question of an answer that held nothing, for who clicked."""
    receipt, user = desk.state.receipt(receipt_id), str(body["user"]["id"])
    if receipt is None or (receipt.private and receipt.user != user):
        respond(text=GONE, response_type="ephemeral", replace_original=False)
        return
    channel = str(client.conversations_open(users=user)["channel"]["id"])
    watched = Subscription(0, receipt.team, user, channel, receipt.question, told="", once=True)
    subscribe(desk.state, watched)
    respond(text=_promise(receipt.question), response_type="ephemeral", replace_original=False)


def take_wish(desk: Desk, client: WebClient, asked: Asked) -> bool:
    """Whether what was said to the bot is a wish to be told; it is then kept and promised, or asked what of."""
    wish = None if asked.overheard else parse_wish(asked.text)
    if wish is None:
        return False
    question, known = desk.read_wish(asked, wish[0])
    if known.kind == "clarify":
        message = build_answer(known)
    else:
        message = _keep(desk, client, asked, question, known, once=wish[1])
    desk.outbox.post(client, asked.channel, message, thread=asked.thread, posted=lambda _: None)
    return True


def _keep(
    desk: Desk, client: WebClient, asked: Asked, question: str, known: Answer, *, once: bool
) -> Message:
    """Keeps the wish for a direct message to come; the promise, with what is held now."""
    channel = asked.channel
    if not asked.private:
        channel = str(client.conversations_open(users=asked.user)["channel"]["id"])
    told = fingerprint(known)
    subscribe(desk.state, Subscription(0, asked.team, asked.user, channel, question, told=told, once=once))
    words = _promise(question)
    if told:
        words += f"\nHeld now: {plain(cut(known.headline, 600))}"
    return Message(words, [section(words)])


def _promise(question: str) -> str:
    return f"I will tell you when it arrives: {plain(cut(question, 300))}. App Home lists it, and cancels it."
