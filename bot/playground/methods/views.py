"""views.*: modals and the App Home."""

import json
from typing import Any

from bot.playground import limits, posting
from bot.playground.blocks import check_view
from bot.playground.events import view_payload
from bot.playground.methods.calls import Call, Method, SlackError, invalid_arguments
from bot.playground.state import Json, Trigger, View, Workspace


def take_trigger(call: Call) -> Trigger:
    """A trigger opens one thing, within three seconds of what the person did."""
    trigger = call.workspace.triggers.get(call.text("trigger_id"))
    if trigger is None:
        raise SlackError("invalid_trigger_id")
    if trigger.used:
        raise SlackError("exchanged_trigger_id")
    if call.workspace.clock.now() - trigger.issued > limits.TRIGGER_SECONDS:
        raise SlackError("expired_trigger_id")
    return trigger


def read_view(call: Call, kind: str) -> Json:
    content = call.structure("view")
    return checked_view(content, kind)


def checked_view(content: Any, kind: str) -> Json:
    """A view's content after Slack's checks: its kind, its limits, its blocks."""
    if not isinstance(content, dict):
        raise invalid_arguments("view must be an object [json-pointer:/view]")
    if len(json.dumps(content, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    errors = check_view(content, kind)
    if errors:
        raise invalid_arguments(*map(str, errors))
    surface = "home" if kind == "home" else "modal"
    blocks = posting.refuse_blocks(content["blocks"], surface, "invalid_arguments")  # type: ignore[arg-type]
    return {**content, "blocks": blocks}


def new_view(workspace: Workspace, user: str, content: Json, *, previous: View | None = None) -> View:
    if content.get("external_id"):
        taken = (v.content.get("external_id") for v in workspace.views.values())
        if content["external_id"] in taken:
            raise SlackError("duplicate_external_id")
    key = workspace.new_id("V")
    root = previous.root_id if previous else key
    view = View(key, user, content, new_hash(workspace), root, previous.id if previous else None)
    workspace.views[key] = view
    return view


def new_hash(workspace: Workspace) -> str:
    return f"{int(workspace.clock.now())}.{workspace.new_id('h')}"


def replace_content(workspace: Workspace, view: View, content: Json) -> None:
    """Change a view in place: what was entered stays where the same block and action stay."""
    view.content, view.hash, view.errors = content, new_hash(workspace), {}
    kept = {block.get("block_id") for block in content["blocks"]}
    view.values = {block: value for block, value in view.values.items() if block in kept}
    workspace.tell("view", view)


def open_(call: Call) -> Json:
    trigger = take_trigger(call)
    content = read_view(call, "modal")
    trigger.used = True
    view = new_view(call.workspace, trigger.user, content)
    call.workspace.stacks[trigger.user] = [view.id]
    call.workspace.tell("view", view)
    return {"view": view_payload(view)}


def push(call: Call) -> Json:
    trigger = take_trigger(call)
    content = read_view(call, "modal")
    stack = call.workspace.stacks.get(trigger.user, [])
    if not stack:
        raise SlackError("invalid_arguments")
    trigger.used = True
    view = push_onto(call.workspace, trigger.user, content)
    return {"view": view_payload(view)}


def push_onto(workspace: Workspace, user: str, content: Json) -> View:
    stack = workspace.stacks[user]
    if len(stack) >= limits.VIEW_STACK:
        raise SlackError("push_limit_reached")
    view = new_view(workspace, user, content, previous=workspace.views[stack[-1]])
    stack.append(view.id)
    workspace.tell("view", view)
    return view


def update(call: Call) -> Json:
    key, external = call.text("view_id"), call.text("external_id")
    if not key and not external:
        raise invalid_arguments("missing required field: view_id")
    known = call.workspace.views.values()
    found = [v for v in known if v.id == key or (external and v.content.get("external_id") == external)]
    if not found or not any(found[0].id in stack for stack in call.workspace.stacks.values()):
        raise SlackError("not_found")
    view = found[0]
    content = read_view(call, "modal")
    _same_hash(call, view)
    replace_content(call.workspace, view, content)
    return {"view": view_payload(view)}


def publish(call: Call) -> Json:
    user = call.text("user_id")
    if user not in call.workspace.users:
        raise SlackError("user_not_found")
    home = call.workspace.manifest.get("features", {}).get("app_home", {})
    if not home.get("home_tab_enabled"):
        raise SlackError("not_enabled")
    content = read_view(call, "home")
    view = call.workspace.homes.get(user)
    if view is None:
        if call.text("hash"):
            raise SlackError("hash_conflict")
        view = new_view(call.workspace, user, content)
        call.workspace.homes[user] = view
        call.workspace.tell("view", view)
    else:
        _same_hash(call, view)
        replace_content(call.workspace, view, content)
    return {"view": view_payload(view)}


def _same_hash(call: Call, view: View) -> None:
    given = call.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")


METHODS = {
    "views.open": Method(open_, tier=4, required=("trigger_id", "view")),
    "views.push": Method(push, tier=4, required=("trigger_id", "view")),
    "views.update": Method(update, tier=4, required=("view",)),
    "views.publish": Method(publish, tier=4, required=("user_id", "view")),
}
