"""Each of Slack's rules, broken through the real client, and Slack's own error for it."""

from __future__ import annotations

import copy
import json
import re
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, ClassVar

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.events import view_payload
from tests.slack_fixture import MANIFEST, Slack

CASES = tomllib.loads(Path("tests/tables/slack_calls.toml").read_text())["case"]
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "A modal"}, "blocks": []}
LONG = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_600}}


@pytest.fixture
def slack_manifest(request: pytest.FixtureRequest) -> dict[str, Any]:
    manifest = copy.deepcopy(MANIFEST)
    case = getattr(request.node, "callspec", None)
    without = case.params.get("case", {}).get("scopes_without", ()) if case else ()
    scopes = manifest["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope not in without]
    return manifest


def client_of(slack: Slack, token: str = "bot") -> WebClient:
    if token == "revoked":
        slack.server.revoke()
    tokens = {"app": slack.app_token, "none": None, "unknown": "xoxb-unknown"}
    return WebClient(tokens.get(token, slack.bot_token), base_url=slack.base_url)


class Things:
    """What `$name` stands for in a case, made when a case asks for it."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.client = client_of(slack)
        self.board = slack.board.id
        self.market = slack.market.id
        self.elsewhere = slack.elsewhere.id
        self.ada = slack.ada.id
        self.ben = slack.ben.id
        self.modal = MODAL

    @property
    def secret(self) -> str:
        return self.slack.workspace.add_channel("secret", (self.ada,), private=True).id

    @property
    def archived(self) -> str:
        channel = self.slack.workspace.add_channel("archived", (self.ada, "U0000BOT"))
        channel.archived = True
        return channel.id

    @property
    def dm(self) -> str:
        return self.slack.dm(self.slack.ada).id

    @property
    def own(self) -> str:
        return str(self.client.chat_postMessage(channel=self.market, text="mine")["ts"])

    @property
    def hers(self) -> str:
        return self.slack.say(self.slack.ada, self.slack.market, "hers").ts

    @property
    def ephemeral(self) -> str:
        return str(
            self.client.chat_postEphemeral(channel=self.market, user=self.ada, text="psst")["message_ts"]
        )

    @property
    def reacted(self) -> str:
        ts = self.hers
        self.client.reactions_add(channel=self.market, timestamp=ts, name="eyes")
        return ts

    @property
    def stream(self) -> str:
        to = {"recipient_team_id": "T0000001", "recipient_user_id": self.ada}
        return str(self.client.chat_startStream(channel=self.market, thread_ts=self.hers, **to)["ts"])

    @property
    def trigger(self) -> str:
        return self.slack.workspace.new_trigger(self.ada)

    @property
    def old_trigger(self) -> str:
        trigger = self.trigger
        self.slack.advance(3.1)
        return trigger

    @property
    def used_trigger(self) -> str:
        trigger = self.trigger
        self.client.views_open(trigger_id=trigger, view=MODAL)
        return trigger

    @property
    def trigger_on_three(self) -> str:
        self.client.views_open(trigger_id=self.trigger, view=MODAL)
        self.client.views_push(trigger_id=self.trigger, view=MODAL)
        self.client.views_push(trigger_id=self.trigger, view=MODAL)
        return self.trigger

    @property
    def open_view(self) -> str:
        return str(self.client.views_open(trigger_id=self.trigger, view=MODAL)["view"]["id"])

    @property
    def huge_modal(self) -> dict[str, Any]:
        return {**MODAL, "blocks": [LONG] * 100}

    @property
    def promised_file(self) -> str:
        return str(self.client.files_getUploadURLExternal(filename="a.csv", length=3)["file_id"])

    @property
    def uploaded(self) -> list[dict[str, Any]]:
        step = self.client.files_getUploadURLExternal(filename="a.csv", length=3)
        asked = urllib.request.Request(step["upload_url"], b"1,2", method="POST")
        with urllib.request.urlopen(asked) as answer:
            assert answer.read() == b"OK - 3"
        return [{"id": step["file_id"]}]

    @property
    def named_again(self) -> dict[str, Any]:
        named = {**MODAL, "external_id": "one"}
        self.client.views_open(trigger_id=self.trigger, view=named)
        return named

    @property
    def tomorrow(self) -> int:
        return int(self.slack.server.clock.now()) + 86_400

    @property
    def ada_and_ben(self) -> str:
        return f"{self.ada},{self.ben}"

    home_with_alert: ClassVar = {
        "type": "home",
        "blocks": [{"type": "alert", "text": {"type": "mrkdwn", "text": "x"}}],
    }
    text_chunk = ({"type": "markdown_text", "text": "more"},)
    unknown_chunk = ({"type": "shout", "text": "more"},)
    nameless_task = ({"type": "task_update", "id": "1"},)
    dividers_51 = ({"type": "divider"},) * 51
    four_long_sections = (LONG,) * 4
    five_prompts = ({"title": "a", "message": "b"},) * 5
    eleven = ("…",) * 11


def meant(things: Things, value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if re.fullmatch(r"\$\d+", value):
        return "x" * int(value[1:])
    found = getattr(things, value[1:])
    return list(found) if isinstance(found, tuple) else found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_broken_rule_meets_slacks_error(slack: Slack, case: dict[str, Any]) -> None:
    things = Things(slack)
    arguments = {name: meant(things, value) for name, value in case.get("arguments", {}).items()}
    client = client_of(slack, case.get("token", "bot"))
    with pytest.raises(SlackApiError) as refused:
        client.api_call(case["method"], json=arguments)
    assert refused.value.response["error"] == case["error"]


def test_a_missing_scope_is_named(slack: Slack) -> None:
    slack.server.scopes.discard("users:read")
    with pytest.raises(SlackApiError) as refused:
        client_of(slack).users_list()
    assert refused.value.response["needed"] == "users:read"
    assert "chat:write" in refused.value.response["provided"]


def test_a_sixth_message_within_a_second_waits_and_the_wait_is_said(slack: Slack) -> None:
    client = client_of(slack)
    with pytest.raises(SlackApiError) as refused:
        for _ in range(20):
            client.chat_postMessage(channel=slack.market.id, text="and another")
    assert refused.value.response["error"] == "ratelimited"
    assert refused.value.response.status_code == 429
    assert int(refused.value.response.headers["Retry-After"]) >= 1
    client.chat_postMessage(channel=slack.general.id, text="another channel is free")
    slack.advance(1)
    client.chat_postMessage(channel=slack.market.id, text="now")


def test_a_tiers_calls_a_minute_are_counted(slack: Slack) -> None:
    client = client_of(slack)
    for _ in range(20):
        client.users_list()
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.users_list()
    slack.advance(61)
    assert client.users_list()["ok"]


def test_hashes_change_with_every_update(slack: Slack) -> None:
    things, client = Things(slack), client_of(slack)
    key = things.open_view
    first = view_payload(slack.workspace.views[key])["hash"]
    second = client.views_update(view_id=key, hash=first, view=MODAL)["view"]["hash"]
    assert first != second
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=key, hash=first, view=MODAL)


def test_chat_write_public_posts_to_a_public_channel_without_joining(slack: Slack) -> None:
    slack.server.scopes.add("chat:write.public")
    assert client_of(slack).chat_postMessage(channel=slack.elsewhere.id, text="hi")["ok"]


def test_a_scheduled_message_comes_when_its_time_comes(slack: Slack) -> None:
    client = client_of(slack)
    at = int(slack.server.clock.now()) + 3600
    key = client.chat_scheduleMessage(channel=slack.market.id, text="later", post_at=at)[
        "scheduled_message_id"
    ]
    assert [m["id"] for m in client.chat_scheduledMessages_list()["scheduled_messages"]] == [key]
    assert not slack.messages(slack.market)
    slack.advance(3601)
    slack.wait_for(lambda: [m.text for m in slack.messages(slack.market)] == ["later"])
    assert client.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_a_file_goes_up_in_three_steps_and_down_with_a_token(slack: Slack) -> None:
    client = client_of(slack)
    file = client.files_upload_v2(channel=slack.market.id, filename="a.csv", content="a,b\n1,2\n")["file"]
    assert slack.messages(slack.market)[0].files == [file["id"]]
    address = client.files_info(file=file["id"])["file"]["url_private"]
    with urllib.request.urlopen(address) as page:
        assert b"Sign in" in page.read()
    asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {slack.bot_token}"})
    with urllib.request.urlopen(asked) as content:
        assert content.read() == b"a,b\n1,2\n"


def test_a_stream_grows_and_ends_with_blocks(slack: Slack) -> None:
    things, client = Things(slack), client_of(slack)
    ts = things.stream
    client.chat_appendStream(channel=slack.market.id, ts=ts, markdown_text="one ")
    client.chat_appendStream(channel=slack.market.id, ts=ts, markdown_text="two")
    client.chat_stopStream(channel=slack.market.id, ts=ts, blocks=[{"type": "divider"}])
    message = slack.workspace.find_message(slack.market.id, ts)
    assert message is not None
    assert (message.text, message.streaming, [b["type"] for b in message.blocks]) == (
        "one two",
        False,
        ["divider"],
    )


def test_a_status_ends_with_the_answer_or_after_two_minutes(slack: Slack) -> None:
    client, dm = client_of(slack), slack.dm(slack.ada)
    asked = slack.say(slack.ada, dm, "hi")
    for end in ("answer", "time"):
        client.assistant_threads_setStatus(channel_id=dm.id, thread_ts=asked.ts, status="reading")
        assert slack.workspace.statuses
        if end == "answer":
            client.chat_postMessage(channel=dm.id, thread_ts=asked.ts, text="hello")
        else:
            slack.advance(121)
        slack.wait_for(lambda: not slack.workspace.statuses)


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b"[1]", "json_not_object"),
        ("application/x-www-form-urlencoded", b"text=\xff", "invalid_charset"),
        ("text/csv", b"text", "invalid_post_type"),
    ],
    ids=["JSON is JSON", "JSON is an object", "a form is UTF-8", "a body is a form or JSON"],
)
def test_a_body_that_slack_cannot_read_is_refused(slack: Slack, kind: str, body: bytes, error: str) -> None:
    headers = {"Content-Type": kind, "Authorization": f"Bearer {slack.bot_token}"}
    asked = urllib.request.Request(f"{slack.base_url}api.test", body, headers)
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["error"] == error


def test_a_token_may_come_in_the_query_or_the_form(slack: Slack) -> None:
    for address, body in (
        (f"{slack.base_url}auth.test?token={slack.bot_token}", b""),
        (f"{slack.base_url}auth.test", f"token={slack.bot_token}".encode()),
    ):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        with urllib.request.urlopen(urllib.request.Request(address, body, headers)) as answer:
            assert json.load(answer)["ok"]
            assert "chat:write" in answer.headers["X-OAuth-Scopes"]


def test_sockets_are_opened_where_the_manifest_has_them_on(slack: Slack) -> None:
    slack.server.socket_mode = False
    with pytest.raises(SlackApiError, match="socket_mode_not_enabled"):
        client_of(slack, "app").apps_connections_open(app_token=slack.app_token)


def test_a_home_is_published_where_the_manifest_has_it_on(slack: Slack) -> None:
    slack.workspace.manifest["features"]["app_home"]["home_tab_enabled"] = False
    with pytest.raises(SlackApiError, match="not_enabled"):
        client_of(slack).views_publish(user_id=slack.ada.id, view={"type": "home", "blocks": []})


def test_an_upload_holds_what_was_announced_and_comes_once(slack: Slack) -> None:
    step = client_of(slack).files_getUploadURLExternal(filename="a.csv", length=3)
    for body, status in ((b"four", 400), (b"123", 404)):
        asked = urllib.request.Request(step["upload_url"], body, method="POST")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked)
        refused.value.close()
        assert refused.value.code == status


def test_a_status_is_taken_back_with_an_empty_one(slack: Slack) -> None:
    client, dm = client_of(slack), slack.dm(slack.ada)
    client.assistant_threads_setStatus(channel_id=dm.id, thread_ts="1.1", status="reading")
    client.assistant_threads_setStatus(channel_id=dm.id, thread_ts="1.1", status="")
    assert not slack.workspace.statuses


def test_an_ephemeral_message_exists_for_its_reader_alone(slack: Slack) -> None:
    client_of(slack).chat_postEphemeral(channel=slack.market.id, user=slack.ada.id, text="psst <!channel>")
    assert [m.text for m in slack.messages(slack.market, viewer=slack.ada)] == ["psst <!channel>"]
    assert not slack.messages(slack.market, viewer=slack.ben)
    assert {who for who, _ in slack.rung()} <= {slack.ada.id}
