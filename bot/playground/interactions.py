"""The payloads of what a person does by hand: a button, a window, a shortcut, a command; in Slack's own shape."""

from typing import Any

from bot.playground.events import TEAM_DOMAIN, TOKEN, message_payload, view_payload
from bot.playground.state import APP, TEAM, Channel, Json, Message, User, View, Workspace


def _interaction(kind: str, user: User) -> Json:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": TEAM},
        "api_app_id": APP,
        "token": TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def message_actions(
    workspace: Workspace,
    user: User,
    message: Message,
    actions: list[Json],
    *,
    trigger: str,
    response_url: str,
) -> Json:
    """block_actions of an element in a message."""
    channel = workspace.channels[message.channel]
    ephemeral = message.seen_only_by is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    shown = {} if ephemeral else {"message": message_payload(workspace, message)}
    return (
        _interaction("block_actions", user)
        | {
            "container": container,
            "trigger_id": trigger,
            "channel": {"id": channel.id, "name": channel.name or "directmessage"},
            "state": {"values": message.state},
            "response_url": response_url,
            "actions": actions,
        }
        | shown
    )


def view_actions(user: User, view: View, actions: list[Json], *, trigger: str) -> Json:
    """block_actions of an element in a modal or on the App Home."""
    return _interaction("block_actions", user) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": view_payload(view),
        "actions": actions,
    }


def view_submission(user: User, view: View, *, trigger: str) -> Json:
    return _interaction("view_submission", user) | {
        "trigger_id": trigger,
        "view": view_payload(view),
        "response_urls": view.response_urls,
    }


def view_closed(user: User, view: View, *, cleared: bool) -> Json:
    return _interaction("view_closed", user) | {"view": view_payload(view), "is_cleared": cleared}


def shortcut(workspace: Workspace, user: User, callback_id: str, *, trigger: str) -> Json:
    action_ts = workspace.new_ts()
    return _interaction("shortcut", user) | {
        "callback_id": callback_id,
        "trigger_id": trigger,
        "action_ts": action_ts,
    }


def message_action(
    workspace: Workspace, user: User, message: Message, callback_id: str, *, trigger: str, response_url: str
) -> Json:
    """A message shortcut: the one payload that carries another person's whole message."""
    channel = workspace.channels[message.channel]
    return _interaction("message_action", user) | {
        "callback_id": callback_id,
        "trigger_id": trigger,
        "response_url": response_url,
        "action_ts": workspace.new_ts(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message_payload(workspace, message),
    }


def slash_command(
    user: User, channel: Channel, command: str, text: str, *, trigger: str, response_url: str
) -> dict[str, Any]:
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }
