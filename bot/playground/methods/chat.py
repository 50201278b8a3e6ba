"""chat.*: posting, changing, scheduling."""

import math
from dataclasses import replace

from bot.playground import events, limits, posting
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.state import BOT, BOT_USER, Channel, Json, Message, Scheduled

NOT_FOUND_AS_USER = ("U", "W")


def target(call: Call) -> Channel:
    """The channel to post into: a person's id opens their DM; elsewhere the bot has to be a member."""
    key = call.text("channel")
    if key.startswith(NOT_FOUND_AS_USER) and key in call.workspace.users:
        return call.workspace.direct(key)
    channel = call.channel()
    if channel.archived:
        raise SlackError("is_archived")
    if BOT_USER not in channel.members and not call.has_scope("chat:write.public"):
        raise SlackError("not_in_channel")
    return channel


def spend(call: Call, channel: Channel) -> None:
    """One message a second and channel."""
    wait = call.server.limits.post(channel.id, call.workspace.clock.now())
    if wait:
        raise SlackError("ratelimited", retry_after=max(1, math.ceil(wait)))


def post_message(call: Call) -> Json:
    channel = target(call)
    text = call.text("text")
    blocks = posting.read_content(call.structure("blocks"), text, call.structure("attachments"))
    thread = call.text("thread_ts") or None
    root = call.workspace.find_message(channel.id, thread) if thread else None
    if thread and (root is None or root.seen_only_by is not None):
        raise SlackError("thread_not_found")
    if root and root.thread_ts and root.thread_ts != root.ts:
        thread = root.thread_ts
    spend(call, channel)
    message = Message(channel.id, call.workspace.new_ts(), BOT_USER, text, blocks, thread, from_app=True)
    message.metadata = call.structure("metadata")
    posting.post(call.server, message, full=call.text("parse") == "full" or call.flag("link_names"))
    payload = events.message_payload(call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": payload | {"type": "message"}}


def post_ephemeral(call: Call) -> Json:
    channel = call.channel()
    user = call.text("user")
    if channel.archived:
        raise SlackError("is_archived")
    if BOT_USER not in channel.members:
        raise SlackError("not_in_channel" if channel.kind == "public" else "channel_not_found")
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    text = call.text("text")
    blocks = posting.read_content(call.structure("blocks"), text, call.structure("attachments"))
    spend(call, channel)
    thread = call.text("thread_ts") or None
    message = Message(
        channel.id, call.workspace.new_ts(), BOT_USER, text, blocks, thread, user, from_app=True
    )
    posting.post(call.server, message)
    return {"message_ts": message.ts}


def own(call: Call, refusal: str) -> Message:
    message = call.message(call.channel())
    if message.user != BOT_USER:
        raise SlackError(refusal)
    return message


def update(call: Call) -> Json:
    message = own(call, "cant_update_message")
    if message.streaming:
        raise SlackError("streaming_state_conflict")
    blocks = call.structure("blocks")
    text = call.text("text", message.text if blocks is None else "")
    kept = message.blocks if blocks is None and "text" not in call.arguments else []
    checked = posting.read_content(blocks, text, call.structure("attachments"), most=limits.UPDATE_TEXT)
    previous = events.message_payload(call.workspace, message)
    message.text, message.blocks = text, checked or kept
    message.edited = {"user": BOT, "ts": call.workspace.new_ts()}
    if call.arguments.get("metadata") is not None:
        message.metadata = call.structure("metadata")
    call.workspace.tell("message", message)
    tell_change(call, message, previous)
    payload = events.message_payload(call.workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": payload}


def tell_change(call: Call, message: Message, previous: Json) -> None:
    channel = call.workspace.channels[message.channel]
    if posting.sees_messages(call.server, channel):
        event = events.message_changed(call.workspace, message, previous)
        call.server.send_event(event, posting.MESSAGE_EVENTS[channel.kind])


def delete(call: Call) -> Json:
    message = own(call, "cant_delete_message")
    call.server.remove_message(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.message(channel, "message_ts")
    link = f"{call.server.url}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def schedule_message(call: Call) -> Json:
    channel = target(call)
    given = call.text("post_at")
    if not given.isdigit():
        raise SlackError("invalid_time")
    post_at, now = int(given), call.workspace.clock.now()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + limits.SCHEDULE_SECONDS:
        raise SlackError("time_too_far")
    posting.read_content(call.structure("blocks"), call.text("text"), call.structure("attachments"))
    key = call.workspace.new_id("Q")
    scheduled = Scheduled(key, channel.id, post_at, int(now), {**call.arguments, "channel": channel.id})
    call.workspace.scheduled[key] = scheduled
    call.workspace.clock.call_later(post_at - now, lambda: _post_scheduled(call, key))
    return {
        "channel": channel.id,
        "scheduled_message_id": key,
        "post_at": post_at,
        "message": {"text": call.text("text")},
    }


def _post_scheduled(call: Call, key: str) -> None:
    with call.workspace.changing():
        scheduled = call.workspace.scheduled.pop(key, None)
        if scheduled:
            post_message(replace(call, method="chat.postMessage", arguments=scheduled.arguments))


def delete_scheduled(call: Call) -> Json:
    channel = call.channel()
    scheduled = call.workspace.scheduled.get(call.text("scheduled_message_id"))
    if scheduled is None or scheduled.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    del call.workspace.scheduled[scheduled.id]
    return {}


def list_scheduled(call: Call) -> Json:
    wanted = call.text("channel")
    if wanted and wanted not in call.workspace.channels:
        raise SlackError("invalid_channel")
    listed = [
        {
            "id": s.id,
            "channel_id": s.channel,
            "post_at": s.post_at,
            "date_created": s.created,
            "text": s.arguments.get("text", ""),
        }
        for s in call.workspace.scheduled.values()
        if wanted in ("", s.channel)
    ]
    return {"scheduled_messages": listed, "response_metadata": {"next_cursor": ""}}


def blocks_validate(call: Call) -> Json:
    blocks = call.structure("blocks")
    if blocks is None:
        raise invalid_arguments("missing required field: blocks")
    posting.refuse_blocks(blocks, "message")
    return {}


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, WRITE, tier=None, required=("channel",)),
    "chat.postEphemeral": Method(post_ephemeral, WRITE, tier=4, required=("channel", "user")),
    "chat.update": Method(update, WRITE, tier=3, required=("channel", "ts")),
    "chat.delete": Method(delete, WRITE, tier=3, required=("channel", "ts")),
    "chat.getPermalink": Method(get_permalink, tier=None, required=("channel", "message_ts")),
    "chat.scheduleMessage": Method(schedule_message, WRITE, tier=3, required=("channel", "post_at")),
    "chat.deleteScheduledMessage": Method(
        delete_scheduled, WRITE, tier=3, required=("channel", "scheduled_message_id")
    ),
    "chat.scheduledMessages.list": Method(list_scheduled, tier=3),
    "blocks.validate": Method(blocks_validate, tier=None),
}
