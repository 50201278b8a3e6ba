"""`seminar doctor` asks Slack about the tokens and scopes, says what to mend, and shows no token."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from tests.slack_fixture import Slack

UNKNOWN_BOT, UNKNOWN_APP = "xoxb-1234-SECRET", "xapp-1-SECRET"


@pytest.fixture
def examine(
    slack: Slack, shipped_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Sets tokens as given (those of the workspace, where none is), runs the doctor, and holds it to its silence."""

    def run(**tokens: str) -> tuple[int, str]:
        given = {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.base_url,
        } | tokens
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        result = CliRunner().invoke(main, ["doctor", "--index", str(shipped_folder)])
        for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
            assert not given[name] or given[name] not in result.output
        return result.exit_code, " ".join(result.output.split())

    return run


def test_what_is_well_is_said_to_be(examine: Callable[..., tuple[int, str]]) -> None:
    code, said = examine()
    assert code == 0, said
    assert "SLACK_BOT_TOKEN: seminar in the workspace Playground" in said
    assert "scopes: all 8 that are needed" in said
    assert "SLACK_APP_TOKEN: Slack opens a socket" in said
    assert "SLACK_SIGNING_SECRET is set" in said


@pytest.mark.parametrize(
    ("tokens", "words", "cure"),
    [
        (
            {"SLACK_BOT_TOKEN": UNKNOWN_BOT},
            "SLACK_BOT_TOKEN: Slack does not know it (invalid_auth)",
            "Bot User OAuth",
        ),
        (
            {"SLACK_APP_TOKEN": UNKNOWN_APP},
            "SLACK_APP_TOKEN: Slack does not know it (invalid_auth)",
            "connections:write",
        ),
        (
            {"SLACK_BOT_TOKEN": UNKNOWN_APP},
            "SLACK_BOT_TOKEN is no bot token: those begin with xoxb-",
            "Bot User OAuth",
        ),
        (
            {"SLACK_APP_TOKEN": UNKNOWN_BOT},
            "SLACK_APP_TOKEN is no app-level token: those begin with xapp-",
            "app-level",
        ),
        (
            {"SLACK_SIGNING_SECRET": "secret"},
            "SLACK_SIGNING_SECRET is not 32 hexadecimal digits",
            "Signing Secret",
        ),
        (
            {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""},
            "SLACK_BOT_TOKEN is set, but no way in",
            "for HTTP",
        ),
        (
            {"SLACK_BOT_TOKEN": ""},
            "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not",
            "Bot User OAuth",
        ),
        (
            {"SLACK_API_URL": "http://127.0.0.1:9/api/"},
            "SLACK_BOT_TOKEN: http://127.0.0.1:9/api/ can't be reached (URLError)",
            "firewall",
        ),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value),
)
def test_what_is_wrong_is_said_with_its_cure(
    examine: Callable[..., tuple[int, str]], tokens: dict[str, str], words: str, cure: str
) -> None:
    code, said = examine(**tokens)
    assert code == 1
    assert f"mend {words}" in said
    assert cure in said


def test_a_revoked_token_is_told_from_an_unknown_one(
    slack: Slack, examine: Callable[..., tuple[int, str]]
) -> None:
    slack.server.revoke()
    code, said = examine()
    assert code == 1
    assert "SLACK_BOT_TOKEN: it was revoked (token_revoked)" in said
    assert "Install the app again" in said


def test_missing_scopes_are_named_with_what_they_are_for(
    slack: Slack, examine: Callable[..., tuple[int, str]]
) -> None:
    slack.server.scopes -= {"files:write", "im:write", "channels:history"}
    code, said = examine()
    assert code == 1
    assert "files:write (to hand out figures as CSV); im:write (" in said
    assert "seminar manifest" in said
    assert "without channels:history (optional: to take follow-ups" in said


def test_more_scopes_than_needed_are_named(slack: Slack, examine: Callable[..., tuple[int, str]]) -> None:
    slack.server.scopes.add("chat:write.public")
    code, said = examine()
    assert code == 0
    assert "has more than it needs: chat:write.public" in said


def test_sockets_that_are_off_are_said_to_be(slack: Slack, examine: Callable[..., tuple[int, str]]) -> None:
    slack.server.socket_mode = False
    code, said = examine()
    assert code == 1
    assert "Socket Mode is off" in said


@pytest.mark.parametrize("status", [429, 503])
def test_a_slack_in_trouble_is_no_traceback(
    slack: Slack, examine: Callable[..., tuple[int, str]], status: int
) -> None:
    slack.faults.fail("auth.test", status)
    code, said = examine()
    assert code == 1
    assert "mend SLACK_BOT_TOKEN: " in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SLACK_BOT_TOKEN", UNKNOWN_BOT, "SLACK_BOT_TOKEN: Slack does not know it (invalid_auth)."),
        ("SLACK_APP_TOKEN", UNKNOWN_APP, "SLACK_APP_TOKEN: Slack does not know it (invalid_auth)."),
        ("SLACK_API_URL", "http://127.0.0.1:9/api/", "can't be reached (URLError)."),
    ],
)
def test_the_bot_does_not_start_with_what_slack_refuses(
    slack: Slack, shipped_folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    monkeypatch.setenv("SLACK_API_URL", slack.base_url)
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["slack", "--index", str(shipped_folder)])
    assert result.exit_code == 1
    told = result.stderr.strip().splitlines()[-2:]
    assert words in told[0]
    assert value not in result.output or name == "SLACK_API_URL"
