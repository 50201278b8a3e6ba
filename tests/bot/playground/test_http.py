"""Events over signed HTTP: the handshake, the signature, and what comes again until it is acked."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.slack_fixture import Slack


@dataclass
class Inbox:
    """An app's address that answers as the test says: a status, its headers, its body."""

    url: str = ""
    got: queue.Queue[tuple[dict[str, str], str]] = field(default_factory=queue.Queue)
    answers: queue.Queue[tuple[int, dict[str, str], str]] = field(default_factory=queue.Queue)

    def next(self) -> tuple[dict[str, str], str]:
        return self.got.get(timeout=10)

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        """How the next request is answered; until then it waits."""
        self.answers.put((status, {name.replace("_", "-"): value for name, value in headers.items()}, body))


@pytest.fixture
def inbox(slack: Slack) -> Iterator[Inbox]:
    box = Inbox()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            box.got.put(({name.lower(): value for name, value in self.headers.items()}, body))
            status, headers, answer = box.answers.get(timeout=30)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.url = f"http://127.0.0.1:{server.server_port}/slack/events"
        slack.server.use_http(box.url)
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()


def test_an_event_is_signed_as_slacks_sdk_verifies_it(slack: Slack, inbox: Inbox) -> None:
    inbox.answer(200)
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    headers, body = inbox.next()
    verifier = SignatureVerifier(slack.signing_secret)
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + " ", headers)
    assert not SignatureVerifier("another").is_valid_request(body, headers)
    slack.wait_settled()


@pytest.mark.parametrize(
    ("status", "body", "kept"),
    [
        (200, "good", True),
        (200, '{"challenge": "good"}', True),
        (200, "bad", False),
        (404, "good", False),
    ],
    ids=["said back", "said back as JSON", "another word", "an address that is not there"],
)
def test_an_address_is_kept_that_says_the_challenge_back(
    slack: Slack, inbox: Inbox, status: int, body: str, kept: bool
) -> None:
    inbox.answer(status, body)
    assert slack.server.delivery.transport.verify("good") is kept  # type: ignore[union-attr]
    _, asked = inbox.next()
    assert json.loads(asked)["type"] == "url_verification"


@pytest.mark.parametrize("status", [404, 500, 302])
def test_what_is_not_answered_with_200_comes_again_with_number_and_reason(
    slack: Slack, inbox: Inbox, status: int
) -> None:
    for answer in (status, status, 200):
        inbox.answer(answer, Location=inbox.url) if answer == 302 else inbox.answer(answer)
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    first, body = inbox.next()
    assert "x-slack-retry-num" not in first
    again, same = inbox.next()
    assert (again["x-slack-retry-num"], again["x-slack-retry-reason"]) == ("1", "http_error")
    assert json.loads(same)["event_id"] == json.loads(body)["event_id"]
    slack.wait_for(lambda: any(e.attempt == 2 for e in slack.server.delivery.waiting.values()))
    slack.advance(60)
    third, _ = inbox.next()
    assert third["x-slack-retry-num"] == "2"
    slack.wait_settled()
    assert inbox.got.empty()


def test_what_is_answered_too_late_comes_again_as_a_timeout(slack: Slack, inbox: Inbox) -> None:
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    inbox.next()
    slack.advance(3.01)
    again, _ = inbox.next()
    assert (again["x-slack-retry-num"], again["x-slack-retry-reason"]) == ("1", "http_timeout")
    inbox.answer(200)
    inbox.answer(200)
    slack.wait_settled()


def test_a_refusal_that_asks_for_no_retry_gets_none(slack: Slack, inbox: Inbox) -> None:
    inbox.answer(500, X_Slack_No_Retry="1")
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    inbox.next()
    slack.wait_settled()
    slack.advance(400)
    assert inbox.got.empty()


def test_an_address_where_nobody_listens_is_tried_again(slack: Slack) -> None:
    slack.server.use_http("http://127.0.0.1:9/slack/events")
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    slack.wait_for(
        lambda: any(e.reason == "connection_failed" for e in slack.server.delivery.waiting.values())
    )


def test_a_command_is_a_form_and_its_ack_may_answer_in_words(slack: Slack, inbox: Inbox) -> None:
    inbox.answer(200, "only you see this")
    slack.command(slack.ada, slack.market, "/ask a & b")
    headers, body = inbox.next()
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert "command=%2Fask" in body
    seen = slack.wait_for(lambda: slack.messages(slack.market, viewer=slack.ada))
    assert [message.text for message in seen] == ["only you see this"]
    assert not slack.messages(slack.market, viewer=slack.ben)


@pytest.mark.parametrize(("status", "told"), [(500, "dispatch_failed"), (0, "operation_timeout")])
def test_a_command_that_fails_says_so_and_does_not_come_again(
    slack: Slack, inbox: Inbox, status: int, told: str
) -> None:
    if status:
        inbox.answer(status)
    slack.command(slack.ada, slack.market, "/ask anything")
    inbox.next()
    if not status:
        slack.advance(3.01)
    seen = slack.wait_for(lambda: slack.messages(slack.market, viewer=slack.ada))
    assert told in seen[0].text
    inbox.answer(200)
    assert inbox.got.empty()
