"""`seminar slack` as a process of its own: its health, and an end that loses no question."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.slack.manifest import build_manifest
from tests.slack_fixture import PATIENCE, Slack

QUESTION = "NEV sales in October 2021?"


@dataclass
class Process:
    running: subprocess.Popen[str]
    url: str

    def get(self, path: str) -> tuple[int, dict[str, object]]:
        """What it says at this path; 0 while nobody answers."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
        except OSError:
            return 0, {}

    def wait_for(self, path: str, status: int) -> dict[str, object]:
        said: list[dict[str, object]] = []

        def reached() -> bool:
            code, body = self.get(path)
            said.append(body)
            return code == status

        poll(reached)
        return said[-1]


def poll(reached: Callable[[], bool]) -> None:
    """For what happens in another process, which cannot wake us."""
    end, pause = time.monotonic() + 3 * PATIENCE, threading.Event()
    while not reached():
        assert time.monotonic() < end, "waited in vain"
        pause.wait(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def process(slack: Slack, index: Path, home: Path, *options: str, **environment: str) -> Iterator[Process]:
    port = int(options[1]) if options else free_port()
    home.mkdir(exist_ok=True)
    tokens = {
        "SEMINAR_HOME": str(home),
        "SEMINAR_HEALTH_PORT": "" if options else str(port),
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.base_url,
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "slack", "--index", str(index)]
    with (
        (home / "log").open("w") as log,
        subprocess.Popen(
            [*command, *options],
            env={**os.environ, **tokens, **environment},
            stdout=log,
            stderr=log,
            text=True,
        ) as running,
    ):
        try:
            yield Process(running, f"http://127.0.0.1:{port}")
        finally:
            running.kill()


def test_health_and_readiness_follow_the_connection(slack: Slack, shipped_folder: Path, home: Path) -> None:
    with process(slack, shipped_folder, home) as bot:
        said = bot.wait_for("/ready", 200)
        assert said["status"] == "ok"
        assert said["index"]
        assert bot.get("/health") == (200, {"status": "ok"})
        assert bot.get("/elsewhere")[0] == 404
        slack.faults.fail("apps.connections.open", 500, times=1_000)
        slack.server.hub.disconnect("link_disabled")
        assert bot.wait_for("/ready", 503)["reason"] == "no connection to Slack"
        assert bot.get("/health")[0] == 200
        slack.faults.api_errors.clear()
        bot.wait_for("/ready", 200)


def test_a_question_that_was_taken_is_answered_before_the_end(
    slack: Slack, shipped_folder: Path, home: Path
) -> None:
    with process(slack, shipped_folder, home) as bot:
        slack.wait_for(lambda: slack.server.hub.connections, seconds=3 * PATIENCE)
        said = [
            slack.say(slack.ada, channel, f"{slack.mention} {QUESTION}")
            for channel in (slack.general, slack.market, slack.board)
        ]
        slack.wait_settled()
        bot.running.send_signal(signal.SIGTERM)
        assert bot.running.wait(3 * PATIENCE) == 0
        for message in said:
            assert [reply.from_app for reply in slack.replies(message)] == [True]


def test_signed_http_answers_and_refuses_what_is_not_signed(
    slack: Slack, shipped_folder: Path, home: Path
) -> None:
    port = free_port()
    with process(slack, shipped_folder, home, "--http", str(port)) as bot:
        bot.wait_for("/ready", 200)
        poster = slack.server.use_http(f"{bot.url}/slack/events")
        assert poster.verify("a word")
        said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
        slack.wait_for(lambda: [reply for reply in slack.replies(said) if "383,000" in reply.text])
        slack.command(slack.ada, slack.elsewhere, f"/ask {QUESTION}")
        slack.wait_for(lambda: slack.messages(slack.elsewhere, viewer=slack.ada))
        assert "383,000" in slack.messages(slack.elsewhere, viewer=slack.ada)[0].text
        slack.wait_settled()
        poster.secret = "another"
        assert not poster.verify("a word")
        for stamp in ("abc", "", "1"):
            asked = urllib.request.Request(
                f"{bot.url}/slack/events",
                b"{}",
                {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": "v0=0"},
            )
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(asked)
            refused.value.close()
            assert refused.value.code == 401
        bot.running.send_signal(signal.SIGTERM)
        assert bot.running.wait(3 * PATIENCE) == 0


@pytest.fixture
def slack_manifest() -> dict[str, object]:
    return build_manifest()


def test_a_port_that_is_taken_is_said_to_be(slack: Slack, shipped_folder: Path, home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with process(slack, shipped_folder, home, SEMINAR_HEALTH_PORT=port) as bot:
            assert bot.running.wait(3 * PATIENCE) == 1
    assert f"Port {port} for health cannot be had" in (home / "log").read_text()
