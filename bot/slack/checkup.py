"""What Slack says of the tokens and scopes that were set, and how to mend what is wrong; no token is ever shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

from bot.config import Secret, Settings
from bot.slack.manifest import EVENTS, OPTIONAL_SCOPES, SCOPES

Finding = tuple[bool, str, str]
"""Whether it is well, what was looked at, and the cure where it is not."""
PATIENCE = 10
_SILENT = logging.getLogger("seminar.checkup")
"""What goes wrong is a finding; the SDK need not log it as well."""
_SILENT.disabled = True
APP = "api.slack.com/apps, your app"
BOT_CURE = f"Copy the Bot User OAuth Token anew ({APP}, Install App) into SLACK_BOT_TOKEN."
SOCKET_CURE = f"Make an app-level token with connections:write ({APP}, Basic Information): SLACK_APP_TOKEN."
REASONS = {
    "invalid_auth": "Slack does not know it",
    "not_authed": "Slack does not know it",
    "token_revoked": "it was revoked",
    "token_expired": "it has expired",
    "account_inactive": "the app was removed from the workspace",
    "not_allowed_token_type": "it is a token of another kind",
    "missing_scope": "it lacks the scope connections:write",
    "socket_mode_not_enabled": "Socket Mode is off",
    "ratelimited": "Slack asks to wait",
}
CURES = {
    "token_revoked": f"Install the app again ({APP}, Install App) and set the new SLACK_BOT_TOKEN.",
    "account_inactive": f"Install the app again ({APP}, Install App) and set the new SLACK_BOT_TOKEN.",
    "socket_mode_not_enabled": f"Switch it on ({APP}, Socket Mode), or run seminar slack --http PORT.",
    "ratelimited": "Try again in a minute.",
}


def check_slack(settings: Settings) -> Iterator[Finding]:
    """What can be checked of what is set; nothing where no token is."""
    if settings.bot_token:
        yield from check_bot_token(settings)
    if settings.app_token:
        yield check_app_token(settings)
    if settings.signing_secret:
        yield _check_secret(settings.signing_secret)
    if settings.bot_token and not settings.app_token and not settings.signing_secret:
        yield (
            False,
            "SLACK_BOT_TOKEN is set, but no way in",
            f"{SOCKET_CURE} Or set SLACK_SIGNING_SECRET for HTTP.",
        )
    if settings.app_token and not settings.bot_token:
        yield False, "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not", BOT_CURE


def check_bot_token(settings: Settings) -> Iterator[Finding]:
    """Who the bot is in which workspace, and the scopes that it has there."""
    name = "SLACK_BOT_TOKEN"
    if not settings.bot_token.reveal().startswith("xoxb-"):
        yield False, f"{name} is no bot token: those begin with xoxb-", BOT_CURE
        return
    said = _ask(settings, name, lambda client: client.auth_test(), settings.bot_token, BOT_CURE)
    if isinstance(said, tuple):
        yield said
        return
    yield True, f"{name}: {said['user']} in the workspace {said['team']}", ""
    given = {scope.strip() for scope in said.headers.get("x-oauth-scopes", "").split(",")} - {""}
    yield from _check_scopes(given)


def _check_scopes(given: set[str]) -> Iterator[Finding]:
    missing = sorted(set(SCOPES) - given)
    if missing:
        reasons = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in missing)
        cure = f"Paste what seminar manifest prints ({APP}, App Manifest), then install the app again."
        yield False, f"scopes that are missing: {reasons}", cure
    else:
        yield True, f"scopes: all {len(SCOPES)} that are needed", ""
    for scope in sorted(set(OPTIONAL_SCOPES) - given):
        yield True, f"scopes: without {scope} (optional: {OPTIONAL_SCOPES[scope]})", ""
    if more := sorted(given - set(SCOPES) - set(OPTIONAL_SCOPES)):
        yield True, f"scopes: has more than it needs: {', '.join(more)}", ""
    events = ", ".join(EVENTS)
    yield True, f"events: Slack tells a bot of none that are off; they should be {events}", ""


def check_app_token(settings: Settings) -> Finding:
    """Whether Slack would open a socket."""
    name = "SLACK_APP_TOKEN"
    if not settings.app_token.reveal().startswith("xapp-"):
        return False, f"{name} is no app-level token: those begin with xapp-", SOCKET_CURE
    token = settings.app_token
    said = _ask(
        settings,
        name,
        lambda client: client.apps_connections_open(app_token=token.reveal()),
        token,
        SOCKET_CURE,
    )
    return said if isinstance(said, tuple) else (True, f"{name}: Slack opens a socket", "")


def _check_secret(secret: Secret) -> Finding:
    value = secret.reveal()
    well = len(value) == 32 and all(letter in "0123456789abcdef" for letter in value)
    cure = f"Copy it anew ({APP}, Basic Information, Signing Secret)."
    return well, f"SLACK_SIGNING_SECRET {'is set' if well else 'is not 32 hexadecimal digits'}", cure


def _ask(
    settings: Settings, name: str, call: Callable[[WebClient], SlackResponse], token: Secret, cure: str
) -> SlackResponse | Finding:
    client = WebClient(token.reveal(), base_url=settings.slack_api_url, timeout=PATIENCE, logger=_SILENT)
    try:
        return call(client)
    except SlackApiError as error:
        code = str(error.response.get("error") or f"HTTP {error.response.status_code}")
        return False, f"{name}: {REASONS.get(code, 'Slack refuses it')} ({code})", CURES.get(code, cure)
    except (OSError, HTTPException, SlackClientError) as error:
        return (
            False,
            f"{name}: {settings.slack_api_url} can't be reached ({type(error).__name__})",
            "Check this machine's way out (network, proxy, firewall), and SLACK_API_URL where it is set.",
        )
