"""What Slack says of a person."""

from __future__ import annotations

import logging
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

log = logging.getLogger("seminar.slack")


def zone_of(client: WebClient, user: str) -> str:
    """The time zone of a person ("Europe/Berlin"); "" where Slack does not say."""
    try:
        return str(client.users_info(user=user)["user"].get("tz") or "")
    except (SlackApiError, OSError, HTTPException) as error:
        log.info("time zone not known: %s", type(error).__name__)
        return ""
