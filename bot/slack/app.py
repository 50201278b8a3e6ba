"""The Slack app: Bolt with our listeners, made by a factory so that tests and the playground use the same one."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.slack.desk import Desk, new_reference
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
    app.error(_report)
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


def _report(error: Exception, body: dict[str, Any], request: BoltRequest) -> BoltResponse:
    """A bug: the traceback goes to the log with a reference, without anybody's words."""
    del request
    kind = body.get("event", {}).get("type") or body.get("type") or body.get("command") or "request"
    log.error("%s failed [%s]", kind, new_reference(), exc_info=error)
    return BoltResponse(status=200)
