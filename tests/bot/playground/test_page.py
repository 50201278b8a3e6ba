"""The page's own door: who sees what, what they do, and who is refused."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from bot.playground.run import serve
from tests.slack_fixture import MANIFEST, Slack


def ask(slack: Slack, method: str, path: str, said: Any = None, **headers: str) -> tuple[int, Any]:
    where = urlsplit(slack.url)
    line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    body = json.dumps(said) if said is not None else None
    sent = {"Content-Type": "application/json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    line.request(method, path, body, sent)
    answer = line.getresponse()
    content = answer.read()
    line.close()
    kind = answer.headers.get("content-type", "")
    return answer.status, json.loads(content) if "json" in kind else content.decode()


def act(slack: Slack, **said: Any) -> tuple[int, Any]:
    return ask(slack, "POST", "/page/act", said)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/page/state", "/page/app.js", "/api/auth.test"])
def test_any_name_but_its_own_is_refused(slack: Slack, path: str, headers: dict[str, str]) -> None:
    assert ask(slack, "GET", path, **headers)[0] == 403


def test_a_form_of_another_site_does_nothing(slack: Slack) -> None:
    said = {"act": "say", "user": slack.ada.id, "channel": slack.market.id, "text": "hi"}
    assert ask(slack, "POST", "/page/act", said, Content_Type="text/plain")[0] == 415
    assert not slack.messages(slack.market)


def test_the_page_and_its_modules_are_served(slack: Slack) -> None:
    status, page = ask(slack, "GET", "/")
    assert status == 200
    assert "/page/app.js" in page
    assert ask(slack, "GET", "/page/app.js")[0] == 200
    assert ask(slack, "GET", "/page/../server.py")[0] == 404


def test_a_person_sees_their_channels_and_no_one_elses_ephemeral_messages(slack: Slack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_postEphemeral(channel=slack.market.id, user=slack.ada.id, text="psst")
    seen = {user.id: ask(slack, "GET", f"/page/state?user={user.id}")[1] for user in (slack.ada, slack.ben)}
    assert [m["text"] for m in seen[slack.ada.id]["messages"]] == ["psst"]
    assert seen[slack.ben.id]["messages"] == []
    assert "board" in [c["name"] for c in seen[slack.ada.id]["channels"]]
    assert "board" not in [c["name"] for c in seen[slack.ben.id]["channels"]]


def test_acts_are_somebodys(slack: Slack) -> None:
    assert act(slack, act="say", user=slack.ben.id, channel=slack.market.id, text="hello & <b>")[0] == 200
    message = slack.messages(slack.market)[0]
    assert (message.user, message.text) == (slack.ben.id, "hello &amp; &lt;b&gt;")
    at = {"channel": slack.market.id, "ts": message.ts}
    assert act(slack, act="react", user=slack.ada.id, name="eyes", **at)[0] == 200
    assert act(slack, act="edit", user=slack.ada.id, text="not mine", **at) == (
        409,
        {"error": "not your message"},
    )
    assert act(slack, act="edit", user=slack.ben.id, text="mine", **at)[0] == 200
    assert act(slack, act="delete", user=slack.ben.id, **at)[0] == 200
    assert not slack.messages(slack.market)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"act": "dance"}, 400),
        ({"act": "say", "channel": "C404", "text": "hi"}, 409),
        ({"act": "click", "channel": "$market", "ts": "1.1", "action": "a"}, 409),
        ({"act": "click_view", "view": "V404", "action": "a"}, 409),
        ({"act": "shortcut", "shortcut": "unknown"}, 409),
        ({"act": "say", "channel": "$market"}, 409),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_said(slack: Slack, said: dict[str, str], status: int) -> None:
    said = {key: value.replace("$market", slack.market.id) for key, value in said.items()}
    assert act(slack, user=slack.ada.id, **said)[0] == status


def test_a_command_that_no_app_has_is_refused_by_the_client(slack: Slack) -> None:
    act(slack, act="command", user=slack.ada.id, channel=slack.market.id, text="/dance now")
    assert [m.text for m in slack.messages(slack.market, viewer=slack.ada)] == [
        "/dance is not a valid command."
    ]


def test_a_dropped_file_arrives_and_is_given_back_as_a_download(slack: Slack) -> None:
    path = f"/page/upload?user={slack.ada.id}&channel={slack.market.id}&name=notes.html"
    status, _ = ask(slack, "POST", path, "<script>alert(1)</script>", Content_Type="application/octet-stream")
    assert status == 200
    message = slack.messages(slack.market)[0]
    assert message.subtype == "file_share"
    where = urlsplit(slack.url)
    line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    line.request("GET", f"/page/file/{message.files[0]}")
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_live_line_tells_what_its_reader_may_see(slack: Slack) -> None:
    where = urlsplit(slack.url)
    line = http.client.HTTPConnection(str(where.hostname), where.port, timeout=10)
    line.request("GET", f"/page/live?user={slack.ben.id}")
    answer = line.getresponse()
    assert answer.readline() == b": open\n"
    slack.say(slack.ada, slack.board, "secret")
    slack.say(slack.ada, slack.market, "public")
    while not (told := answer.readline()).startswith(b"data:"):
        pass
    assert json.loads(told[5:])["message"]["text"] == "public"
    line.close()


def test_a_furnished_playground_starts_and_says_where() -> None:
    ready: list[str] = []
    server = serve(MANIFEST, on_ready=lambda s: ready.append(s.url), samples=({"title": "a", "text": "b"},))
    try:
        assert ready == [server.url]
        names = {channel.name for channel in server.workspace.channels.values()}
        assert {"general", "without-the-bot"} <= names
    finally:
        server.stop()
