"""chat.startStream, appendStream, stopStream: a message that grows."""

from typing import Any

from bot.playground import limits, posting
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.methods.chat import spend, target
from bot.playground.state import BOT_USER, Json, Message

CHUNKS = ("markdown_text", "task_update", "plan_update", "blocks")


def start(call: Call) -> Json:
    channel = target(call)
    thread = call.text("thread_ts")
    if call.workspace.find_message(channel.id, thread) is None:
        raise SlackError("thread_not_found")
    if channel.kind != "im":
        if not call.text("recipient_team_id"):
            raise SlackError("missing_recipient_team_id")
        if not call.text("recipient_user_id"):
            raise SlackError("missing_recipient_user_id")
    spend(call, channel)
    message = Message(channel.id, call.workspace.new_ts(), BOT_USER, "", thread_ts=thread, from_app=True)
    _grow(call, message)
    message.streaming = True
    posting.post(call.server, message)
    return {"channel": channel.id, "ts": message.ts}


def append(call: Call) -> Json:
    message = _streaming(call)
    if not call.text("markdown_text") and not call.structure("chunks"):
        raise SlackError("no_text")
    _grow(call, message)
    call.workspace.tell("message", message)
    return {"channel": message.channel, "ts": message.ts}


def stop(call: Call) -> Json:
    message = _streaming(call)
    _grow(call, message)
    blocks = call.structure("blocks")
    if blocks:
        message.blocks += posting.refuse_blocks(blocks, "message")
    message.streaming = False
    message.metadata = call.structure("metadata")
    call.workspace.tell("message", message)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "message": {"text": message.text, "blocks": message.blocks},
    }


def _streaming(call: Call) -> Message:
    message = call.message(call.channel())
    if message.user != BOT_USER:
        raise SlackError("message_not_owned_by_app")
    if not message.streaming:
        raise SlackError("message_not_in_streaming_state")
    return message


def _grow(call: Call, message: Message) -> None:
    text = call.text("markdown_text")
    chunks = call.structure("chunks") or []
    if text and chunks:
        raise invalid_arguments("markdown_text and chunks cannot both be given")
    _add(message, text)
    for chunk in chunks:
        _take(message, chunk)
    posting.ring(call.workspace, message)


def _take(message: Message, chunk: Any) -> None:
    kind = chunk.get("type") if isinstance(chunk, dict) else None
    if kind not in CHUNKS:
        raise SlackError("invalid_chunks")
    if kind == "markdown_text":
        _add(message, str(chunk.get("text", "")))
    elif kind == "blocks":
        message.blocks += posting.refuse_blocks(chunk.get("blocks"), "message")
    elif kind == "task_update":
        if not chunk.get("id") or not chunk.get("title"):
            raise SlackError("invalid_chunks")
        task = {**chunk, "type": "task_card", "task_id": chunk["id"]}
        message.blocks = [b for b in message.blocks if b.get("task_id") != chunk["id"]] + [task]


def _add(message: Message, text: str) -> None:
    if len(text) > limits.MARKDOWN_TEXT:
        raise SlackError("msg_too_long")
    message.text += text


WRITE = ("chat:write",)
METHODS = {
    "chat.startStream": Method(start, WRITE, tier=2, required=("channel", "thread_ts")),
    "chat.appendStream": Method(append, WRITE, tier=4, required=("channel", "ts")),
    "chat.stopStream": Method(stop, WRITE, tier=2, required=("channel", "ts")),
}
