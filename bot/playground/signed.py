"""The other way to an app: signed HTTP requests to its address, instead of a socket."""

import hashlib
import hmac
import json
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.playground.delivery import Delivery, Envelope
from bot.playground.state import Json, Workspace

TIMEOUT = 10.0


def sign(secret: str, timestamp: str, body: bytes) -> str:
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return f"v0={digest.hexdigest()}"


class HttpPoster:
    """Posts each envelope to the app's request address; 2xx within three seconds is its ack."""

    def __init__(self, workspace: Workspace, delivery: Delivery, url: str, secret: str) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self.url = url
        self.secret = secret
        self.pool = ThreadPoolExecutor(16, "events")

    def push(self, envelope: Envelope) -> None:
        self.delivery.sent(envelope)
        self.pool.submit(self._post, envelope)

    def close(self) -> None:
        self.pool.shutdown(wait=True, cancel_futures=True)

    def verify(self, challenge: str) -> bool:
        """The handshake that Slack makes when the address is first entered."""
        body = json.dumps({"type": "url_verification", "challenge": challenge, "token": ""}).encode()
        status, answer, _ = self._request(body, "application/json", {})
        return status == 200 and (answer == challenge or _json(answer) == {"challenge": challenge})

    def _post(self, envelope: Envelope) -> None:
        headers: dict[str, str] = {}
        if envelope.attempt:
            reason = {"timeout": "http_timeout"}.get(envelope.reason, envelope.reason)
            headers = {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": reason}
        body, kind = _encode(envelope)
        status, answer, answered = self._request(body, kind, headers)
        if 200 <= status < 300:
            self.delivery.acked(envelope.id, _json(answer))
        else:
            reason = "http_error" if status else "connection_failed"
            self.delivery.failed(envelope.id, reason, retry=answered.get("x-slack-no-retry") != "1")

    def _request(self, body: bytes, kind: str, headers: dict[str, str]) -> tuple[int, str, dict[str, str]]:
        timestamp = str(int(self.workspace.clock.now()))
        signed = {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": sign(self.secret, timestamp, body),
            **headers,
        }
        request = urllib.request.Request(self.url, data=body, headers=signed, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
                return answer.status, answer.read().decode(), _lower(answer.headers.items())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(errors="replace"), _lower(error.headers.items())
        except OSError:
            return 0, "", {}


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def _json(text: str) -> Any:
    """The body of an ack: JSON, or the plain text that a slash command may answer with."""
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _encode(envelope: Envelope) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload).encode(), "application/json"
    if envelope.kind == "interactive":
        return urllib.parse.urlencode({"payload": json.dumps(envelope.payload)}).encode(), form
    fields: Json = envelope.payload
    return urllib.parse.urlencode(fields).encode(), form
