"""*Tell me when it arrives*: wishes in direct messages and by a button, cancelled in App Home."""

from __future__ import annotations

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.slack.blocks import TELL, Message, section
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
    """Whether a direct message is a wish to be told; it is then kept and promised."""
    wish = parse_wish(asked.text) if asked.private else None
    if wish is None:
        return False
    question, once = wish
    known = desk.live.ask(question, thread=(), viewer=desk.viewer(asked), today=desk.today())
    watched = Subscription(
        0, asked.team, asked.user, asked.channel, question, told=fingerprint(known), once=once
    )
    subscribe(desk.state, watched)
    words = _promise(question)
    if watched.told:
        words += f"\nHeld now: {plain(cut(known.headline, 600))}"
    message = Message(words, [section(words)])
    desk.outbox.post(client, asked.channel, message, thread=asked.thread, posted=lambda _: None)
    return True


def _promise(question: str) -> str:
    return f"I will tell you when it arrives: {plain(cut(question, 300))}. App Home lists it, and cancels it."
