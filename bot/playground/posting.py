"""Putting a message into a channel: what Slack checks first and what follows from it."""

from typing import TYPE_CHECKING, Any

from bot.playground import events, limits, mrkdwn
from bot.playground.blocks import check_blocks, with_ids
from bot.playground.checking import Surface
from bot.playground.methods.calls import SlackError
from bot.playground.state import BOT_USER, Channel, Json, Message, Notification, Workspace
from bot.playground.text_size import text_length

if TYPE_CHECKING:
    from bot.playground.server import Server


def refuse_blocks(blocks: Any, surface: Surface, code: str = "invalid_blocks") -> list[Json]:
    """The blocks with ids given to those without, or Slack's refusal."""
    errors = check_blocks(blocks, surface)
    if errors:
        listed = [{"pointer": e.pointer, "code": e.code, "message": e.message} for e in errors]
        messages = [f"[ERROR] {error}" for error in errors]
        raise SlackError(code, errors=listed, response_metadata={"messages": messages})
    if surface == "message" and text_length(blocks) > limits.MESSAGE_BLOCK_TEXT:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def read_content(
    blocks: Any, text: str, attachments: Any = None, *, most: int = limits.MESSAGE_TEXT
) -> list[Json]:
    """Check a message's text and blocks as Slack does before it looks at anything else of them."""
    if len(text) > most:
        raise SlackError("msg_too_long")
    checked = refuse_blocks(blocks, "message") if blocks else []
    if not text and not checked and not attachments:
        raise SlackError("no_text")
    return checked


def ring(workspace: Workspace, message: Message, *, full: bool = False) -> None:
    """Record whom the message's mentions notify."""
    channel = workspace.channels[message.channel]
    mentions = [*mrkdwn.find_mentions(message.text, full=full), *mrkdwn.block_mentions(message.blocks)]
    for user, mention in mrkdwn.rung(mentions, channel, message.user):
        if message.seen_only_by in (None, user):
            workspace.notifications.append(Notification(user, mention, message.channel, message.ts))


def post(server: "Server", message: Message, *, full: bool = False) -> None:
    """A message from the app arrives: shown, rung, told to the app itself, and any status is over."""
    workspace = server.workspace
    if message.thread_ts and (root := workspace.find_message(message.channel, message.thread_ts)):
        root.thread_ts = root.ts
    workspace.post(message)
    ring(workspace, message, full=full)
    if workspace.statuses.pop((message.channel, message.thread_ts or message.ts), None):
        workspace.tell("status", None)
    if message.seen_only_by is None:
        announce(server, message)


def announce(server: "Server", message: Message) -> None:
    """The message event that goes to the app, if it subscribed and sits in the channel."""
    channel = server.workspace.channels[message.channel]
    if sees_messages(server, channel):
        server.send_event(events.message_event(server.workspace, message), MESSAGE_EVENTS[channel.kind])


MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}


def sees_messages(server: "Server", channel: Channel) -> bool:
    subscribed = (
        MESSAGE_EVENTS[channel.kind] in server.subscriptions and HISTORY[channel.kind] in server.scopes
    )
    return subscribed and BOT_USER in channel.members


def slackbot_says(workspace: Workspace, user: str, channel: str, text: str) -> None:
    """Slack's own words to one person, as when a command did not answer."""
    message = Message(channel, workspace.new_ts(), "USLACKBOT", text, seen_only_by=user)
    workspace.post(message)
