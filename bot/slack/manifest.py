"""The app's manifest with the least scopes, each explained (docs.slack.dev/reference/app-manifest)."""

from __future__ import annotations

from typing import Any

from bot.slack.names import (
    ABOUT_MESSAGE,
    ADD_SHORTCUT,
    ASK_COMMAND,
    ASK_SHORTCUT,
    CHECK_NUMBERS,
    PROMPTS,
    TAKEAWAYS_COMMAND,
)

SCOPES = {
    "app_mentions:read": "to be asked in channels",
    "chat:write": "to answer",
    "im:history": "to be asked in direct messages",
    "im:write": "to tell somebody what they asked to be told",
    "assistant:write": "to offer suggested questions and show that it is at work",
    "commands": "for /ask, the shortcuts and their windows",
    "files:read": "to read a file that an admin gives it for the library",
    "files:write": "to hand out figures as CSV",
}
OPTIONAL_SCOPES = {
    "channels:history": "to take follow-ups in public channels' threads without a new mention",
    "groups:history": "the same in private channels",
    "channels:read": "to see, before posting, whether a channel with access labels is shared with another company",
    "groups:read": "the same of private channels",
    "users:read": "to keep weekly shares and quiet hours at their hour of the day where people live",
}
EVENTS = (
    "app_mention",
    "message.im",
    "app_home_opened",
    "app_context_changed",
    "message.channels",
    "message.groups",
)


COMMANDS: tuple[dict[str, Any], ...] = (
    {
        "command": ASK_COMMAND,
        "description": "Ask the record; only you see the answer",
        "usage_hint": "NEV sales in October 2021?",
        "should_escape": True,
    },
    {
        "command": TAKEAWAYS_COMMAND,
        "description": "The takeaways of a document, to read or to share",
        "usage_hint": "the seminar",
        "should_escape": True,
    },
)
SHORTCUTS: tuple[dict[str, str], ...] = (
    {
        "name": "Ask about this message",
        "type": "message",
        "callback_id": ABOUT_MESSAGE,
        "description": "Look up what this message asks or says",
    },
    {
        "name": "Check the numbers",
        "type": "message",
        "callback_id": CHECK_NUMBERS,
        "description": "Compare each number of this message with what is held",
    },
    {
        "name": "Add to the corpus",
        "type": "message",
        "callback_id": ADD_SHORTCUT,
        "description": "Read the files of this message (admins of the bot)",
    },
    {
        "name": "Ask the record",
        "type": "global",
        "callback_id": ASK_SHORTCUT,
        "description": "Ask about market figures or strategy",
    },
)


def build_manifest(*, address: str = "") -> dict[str, Any]:
    """For Socket Mode, or for HTTP where the bot's public `address` is given."""
    settings: dict[str, Any] = {
        "event_subscriptions": {"bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True},
        "org_deploy_enabled": False,
        "socket_mode_enabled": not address,
        "token_rotation_enabled": False,
    }
    commands = [dict(command) for command in COMMANDS]
    if address:
        events = f"{address.rstrip('/')}/slack/events"
        settings["event_subscriptions"]["request_url"] = events
        settings["interactivity"]["request_url"] = events
        for command in commands:
            command["url"] = events
    return {
        "display_information": {
            "name": "seminar",
            "description": "Answers from the record: market figures and strategy, each with its source.",
            "background_color": "#1d3557",
        },
        "features": {
            "agent_view": {
                "agent_description": "Ask about market figures and strategy; every answer quotes its source.",
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "seminar", "always_online": True},
            "slash_commands": commands,
            "shortcuts": [dict(shortcut) for shortcut in SHORTCUTS],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES), "bot_optional": sorted(OPTIONAL_SCOPES)}},
        "settings": settings,
    }
