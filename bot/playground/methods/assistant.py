"""assistant.threads.*: status, suggested prompts, title."""

from typing import Any

from bot.playground import limits
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.state import Json


def set_status(call: Call) -> Json:
    channel = call.channel("channel_id")
    status = call.text("status")
    loading = call.structure("loading_messages") or []
    if not isinstance(loading, list) or len(loading) > 10:
        raise invalid_arguments("no more than 10 items allowed [json-pointer:/loading_messages]")
    key = (channel.id, call.text("thread_ts"))
    if not status:
        call.workspace.statuses.pop(key, None)
    else:
        shown = {"channel": channel.id, "thread_ts": key[1], "status": status, "loading_messages": loading}
        call.workspace.statuses[key] = shown
        call.workspace.clock.call_later(limits.STATUS_SECONDS, lambda: _clear(call, key, shown))
    call.workspace.tell("status", None)
    return {}


def _clear(call: Call, key: tuple[str, str], shown: Json) -> None:
    with call.workspace.changing():
        if call.workspace.statuses.get(key) is shown:
            del call.workspace.statuses[key]
            call.workspace.tell("status", None)


def set_prompts(call: Call) -> Json:
    channel = call.channel("channel_id")
    prompts = call.structure("prompts")
    if not isinstance(prompts, list) or not prompts or len(prompts) > limits.PROMPTS:
        raise invalid_arguments(f"must have 1 to {limits.PROMPTS} items [json-pointer:/prompts]")
    if not all(_is_prompt(prompt) for prompt in prompts):
        raise invalid_arguments("title and message are required [json-pointer:/prompts]")
    thread = call.text("thread_ts") or None
    call.workspace.prompts[channel.id, thread] = {"title": call.text("title"), "prompts": prompts}
    call.workspace.tell("prompts", channel.id)
    return {}


def _is_prompt(prompt: Any) -> bool:
    return isinstance(prompt, dict) and bool(prompt.get("title")) and bool(prompt.get("message"))


def set_title(call: Call) -> Json:
    channel = call.channel("channel_id")
    if len(call.text("title")) > 200:
        raise SlackError("invalid_arguments")
    call.workspace.titles[channel.id, call.text("thread_ts")] = call.text("title")
    return {}


SCOPES = ("assistant:write", "chat:write")
METHODS = {
    "assistant.threads.setStatus": Method(
        set_status, SCOPES, tier=None, required=("channel_id", "thread_ts", "status")
    ),
    "assistant.threads.setSuggestedPrompts": Method(
        set_prompts, ("assistant:write",), tier=None, required=("channel_id", "prompts")
    ),
    "assistant.threads.setTitle": Method(
        set_title, ("assistant:write",), tier=None, required=("channel_id", "thread_ts", "title")
    ),
}
