"""Files that people give the bot: fetched from Slack alone, with the bot's token, up to a size.

Slack's rule: docs.slack.dev/reference/objects/file-object (`url_private_download` takes the token as a bearer).
"""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.parse import urlsplit

from bot.config import Secret
from index.errors import CorpusError

SECONDS = 30


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Slack redirects to its sign-in page where the token may not read a file; the token follows nowhere."""

    def redirect_request(self, *_args: object, **_keywords: object) -> NoReturn:
        raise urllib.error.URLError("redirected")


def fetch_file(file: dict[str, Any], token: Secret, api: str, most: int) -> bytes:
    """The bytes of a file in Slack. Raises CorpusError where it is elsewhere, too large, or not to be had."""
    name = str(file.get("name") or "the file")
    address = str(file.get("url_private_download") or file.get("url_private") or "")
    if not is_of_slack(address, api):
        raise CorpusError(f"{name} is not kept in Slack.", "Upload the file itself.")
    if int(file.get("size") or 0) > most:
        _too_large(name, int(file["size"]), most)
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token.reveal()}"})
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            content: bytes = answer.read(most + 1)
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError):
        raise CorpusError(
            f"Slack did not let me read {name}.", "Give it to me in a direct message, or invite me first."
        ) from None
    if len(content) > most:
        _too_large(name, len(content), most)
    return content


def is_of_slack(address: str, api: str) -> bool:
    """Whether an address is on the host of the API, or on Slack's host for files."""
    at, home = urlsplit(address), urlsplit(api)
    if (at.scheme, at.netloc) == (home.scheme, home.netloc):
        return True
    return home.hostname == "slack.com" and at.scheme == "https" and at.netloc == "files.slack.com"


def _too_large(name: str, size: int, most: int) -> NoReturn:
    raise CorpusError(
        f"{name} has {size / 2**20:.0f} MB; I take files up to {most // 2**20} MB.",
        "Split it, or have the operator add it: seminar add FILE",
    )
