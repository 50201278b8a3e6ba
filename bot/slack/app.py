"""The Slack app: Bolt with our listeners, made by a factory so that tests and the playground use the same one."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any

from slack_bolt import App, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.slack.blocks import Message, section
from bot.slack.desk import Desk, apology, new_reference
from bot.slack.listeners import (
    actions,
    channels,
    checks,
    commands,
    events,
    owner,
    shortcuts,
    takeaways,
    teaching,
    views,
    wishes,
)

log = logging.getLogger("seminar.slack")
WORKERS = 16
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
AGAIN = "That took me too long, and Slack opens no window any more. Please click once more."


def create_app(desk: Desk, *, verify: bool = True) -> App:
    """The app with every listener; `verify=False` skips the call of auth.test at the start."""
    settings = desk.settings
    client = WebClient(settings.bot_token.reveal(), base_url=settings.slack_api_url, timeout=20)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    app = App(
        client=client,
        signing_secret=settings.signing_secret.reveal() or None,
        request_verification_enabled=bool(settings.signing_secret),
        token_verification_enabled=verify,
        listener_executor=ThreadPoolExecutor(WORKERS, thread_name_prefix="listener"),
        raise_error_for_unhandled_request=False,
    )

    @app.error
    def on_error(error: Exception, body: dict[str, Any], client: WebClient, respond: Respond) -> BoltResponse:
        return _report(error, body, client, respond, desk)

    for room in (
        events,
        commands,
        takeaways,
        checks,
        wishes,
        owner,
        teaching,
        channels,
        actions,
        shortcuts,
        views,
    ):
        room.register(app, desk)
    return app


def _report(
    error: Exception, body: dict[str, Any], client: WebClient, respond: Respond, desk: Desk
) -> BoltResponse:
    """A bug: the traceback goes to the log with a reference, without anybody's words; who acted is told."""
    reference = new_reference()
    kind = body.get("event", {}).get("type") or body.get("type") or body.get("command") or "request"
    code = str(error.response.get("error")) if isinstance(error, SlackApiError) else ""
    if code in TOO_LATE:
        log.warning("%s came too late: %s [%s]", kind, code, reference)
    else:
        log.error("%s failed [%s]", kind, reference, exc_info=error)
    if "event" not in body:
        _tell(AGAIN if code in TOO_LATE else apology(reference).text, body, client, respond, desk)
    return BoltResponse(status=200)


def _tell(text: str, body: dict[str, Any], client: WebClient, respond: Respond, desk: Desk) -> None:
    """Through the response_url, where there is one; else in a direct message."""
    user = (body.get("user") or {}).get("id")
    try:
        if respond.response_url:
            respond(text=text, response_type="ephemeral", replace_original=False)
        elif user:
            opened = client.conversations_open(users=user)
            message = Message(text, [section(text)])
            desk.outbox.post(client, opened["channel"]["id"], message, thread="", posted=lambda _: None)
    except (SlackApiError, OSError, HTTPException) as failed:
        log.warning("nobody could be told: %s", type(failed).__name__)
