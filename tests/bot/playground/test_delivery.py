"""What reaches the app and when: acks, redelivery, refreshes, and faults on demand."""

from __future__ import annotations

import json
import queue
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.slack_fixture import Slack


def address(slack: Slack) -> str:
    url = WebClient(slack.app_token, base_url=slack.base_url).apps_connections_open(
        app_token=slack.app_token
    )["url"]
    return str(url)


@contextmanager
def socket(slack: Slack) -> Iterator[ClientConnection]:
    """An app that acks only when the test says so."""
    with connect(address(slack)) as line:
        assert frame(line)["type"] == "hello"
        yield line


def frame(line: ClientConnection) -> dict[str, Any]:
    got: dict[str, Any] = json.loads(line.recv(timeout=10))
    return got


def ack(line: ClientConnection, envelope: dict[str, Any], **payload: Any) -> None:
    line.send(
        json.dumps({"envelope_id": envelope["envelope_id"], **({"payload": payload} if payload else {})})
    )


def test_an_event_that_is_not_acked_comes_again_at_once_then_after_one_and_five_minutes(slack: Slack) -> None:
    with socket(slack) as line:
        slack.say(slack.ada, slack.dm(slack.ada), "hello")
        first = frame(line)
        assert (first["type"], first["retry_attempt"]) == ("events_api", 0)
        for attempt, wait in enumerate((3.01, 3.01 + 60, 3.01 + 300), 1):
            slack.advance(3.01)
            slack.wait_for(
                lambda n=attempt: any(e.attempt == n for e in slack.server.delivery.waiting.values())
            )
            slack.advance(wait - 3.01)
            again = frame(line)
            assert (again["retry_attempt"], again["retry_reason"]) == (attempt, "timeout")
            assert again["payload"]["event_id"] == first["payload"]["event_id"]
        slack.advance(3.01)
        slack.wait_settled()


def test_an_acked_event_does_not_come_again(slack: Slack) -> None:
    with socket(slack) as line:
        slack.say(slack.ada, slack.dm(slack.ada), "hello")
        ack(line, frame(line))
        slack.wait_settled()
        slack.advance(400)
        slack.say(slack.ada, slack.dm(slack.ada), "again")
        assert frame(line)["payload"]["event"]["text"] == "again"


def test_a_command_that_is_not_acked_fails_before_its_asker(slack: Slack) -> None:
    with socket(slack) as line:
        slack.command(slack.ada, slack.market, "/ask anything")
        assert frame(line)["payload"]["text"] == "anything"
        slack.advance(3.01)
        seen = slack.wait_for(lambda: slack.messages(slack.market, viewer=slack.ada))
        assert seen[0].text == '/ask failed with the error "operation_timeout"'


def test_an_ack_may_carry_the_answer_to_a_command(slack: Slack) -> None:
    with socket(slack) as line:
        slack.command(slack.ada, slack.market, "/ask anything")
        ack(line, frame(line), text="nothing", response_type="in_channel")
        slack.wait_for(lambda: [m.text for m in slack.messages(slack.market)] == ["nothing"])


def test_a_dropped_socket_loses_no_event(slack: Slack) -> None:
    with socket(slack) as line:
        slack.say(slack.ada, slack.dm(slack.ada), "hello")
        event = frame(line)
        slack.server.hub.drop()
        with pytest.raises(ConnectionClosed):
            frame(line)
    slack.wait_for(lambda: not slack.server.hub.connections)
    with socket(slack) as line:
        assert frame(line)["payload"]["event_id"] == event["payload"]["event_id"]


def test_a_refresh_is_announced_before_the_socket_closes(slack: Slack) -> None:
    with socket(slack) as line:
        slack.server.hub.disconnect("warning")
        slack.server.hub.disconnect("refresh_requested")
        assert [frame(line)["reason"] for _ in range(2)] == ["warning", "refresh_requested"]
        with pytest.raises(ConnectionClosed):
            frame(line)


def test_an_address_of_a_socket_is_good_once(slack: Slack) -> None:
    url = address(slack)
    with connect(url) as line:
        frame(line)
    with pytest.raises(InvalidStatus), connect(url) as line:
        frame(line)


def test_a_link_that_is_switched_off_closes(slack: Slack) -> None:
    with socket(slack) as line:
        slack.server.hub.disconnect("link_disabled")
        assert frame(line)["reason"] == "link_disabled"
        with pytest.raises(ConnectionClosed):
            frame(line)


def test_an_address_of_a_socket_lasts_half_a_minute(slack: Slack) -> None:
    url = address(slack)
    slack.advance(31)
    with pytest.raises(InvalidStatus), connect(url) as line:
        frame(line)


def test_what_happens_while_nobody_listens_waits_for_the_next_socket(slack: Slack) -> None:
    slack.say(slack.ada, slack.dm(slack.ada), "hello")
    with socket(slack) as line:
        assert frame(line)["payload"]["event"]["text"] == "hello"


def test_an_ack_that_is_no_json_acks_nothing(slack: Slack) -> None:
    with socket(slack) as line:
        slack.say(slack.ada, slack.dm(slack.ada), "hello")
        envelope = frame(line)
        for nonsense in ("ok", "[]", '{"envelope_id": 7}'):
            line.send(nonsense)
        assert envelope["envelope_id"] in slack.server.delivery.waiting
        ack(line, envelope)
        slack.wait_settled()


def test_the_app_is_told_what_a_person_looks_at_where_it_is_an_agent(slack: Slack) -> None:
    with socket(slack) as line:
        slack.desktop.look_at(slack.ada, slack.market)
        slack.server.subscriptions.add("app_context_changed")
        slack.workspace.manifest["features"]["agent_view"] = {"agent_description": "Answers."}
        slack.desktop.look_at(slack.ada, slack.board)
        slack.desktop.look_at(slack.ada, None)
        event = frame(line)["payload"]["event"]
        assert (event["type"], event["user"]) == ("app_context_changed", slack.ada.id)
        assert [entity["value"] for entity in event["context"]["entities"]] == [slack.board.id]
        assert frame(line)["payload"]["event"]["context"] == {}


def test_an_eleventh_socket_is_refused(slack: Slack) -> None:
    with ExitStack() as lines:
        for _ in range(10):
            lines.enter_context(socket(slack))
        with connect(address(slack)) as line:
            assert frame(line)["reason"] == "too_many_websockets"


def test_events_are_duplicated_on_demand(slack: Slack) -> None:
    with socket(slack) as line:
        slack.faults.duplicate_events = 1
        slack.say(slack.ada, slack.dm(slack.ada), "hello")
        first, second = frame(line), frame(line)
        assert first["payload"] == second["payload"]
        assert first["envelope_id"] != second["envelope_id"]


def test_events_are_reordered_on_demand(slack: Slack) -> None:
    with socket(slack) as line:
        slack.faults.hold_events = True
        for text in "abc":
            slack.say(slack.ada, slack.dm(slack.ada), text)
        slack.server.delivery.release(order=lambda held: held.reverse())
        assert [frame(line)["payload"]["event"]["text"] for _ in range(3)] == ["c", "b", "a"]


@pytest.mark.parametrize(("status", "error"), [(429, "ratelimited"), (500, "non-JSON"), (503, "non-JSON")])
def test_a_call_fails_on_demand_once(slack: Slack, status: int, error: str) -> None:
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    slack.faults.fail("chat.postMessage", status)
    with pytest.raises(SlackApiError, match=error) as refused:
        client.chat_postMessage(channel=slack.market.id, text="hi")
    assert refused.value.response.status_code == status
    assert client.chat_postMessage(channel=slack.market.id, text="hi")["ok"]


def test_only_what_the_manifest_subscribes_to_is_sent(slack: Slack) -> None:
    with socket(slack) as line:
        slack.server.subscriptions.discard("message.channels")
        slack.say(slack.ada, slack.market, "not for the bot")
        slack.say(slack.ada, slack.market, f"{slack.mention} for the bot")
        slack.say(slack.ada, slack.elsewhere, f"{slack.mention} where it is not")
        slack.react(slack.ada, slack.messages(slack.market)[0], "eyes")
        assert [frame(line)["payload"]["event"]["type"] for _ in range(2)] == [
            "app_mention",
            "reaction_added",
        ]


# ---- response_url


LONG_BLOCKS = json.dumps(
    {"text": "x", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_600}}] * 4}
).encode()


def respond(url: str, **content: Any) -> int:
    asked = urllib.request.Request(url, json.dumps(content).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(asked) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def new_url(slack: Slack) -> str:
    key = slack.workspace.new_response_url(slack.ada.id, slack.elsewhere.id)
    return f"{slack.url}/response/{key}"


def test_a_response_url_is_good_five_times(slack: Slack) -> None:
    url = new_url(slack)
    assert [respond(url, text=str(n)) for n in range(6)] == [200] * 5 + [404]
    assert len(slack.messages(slack.elsewhere, viewer=slack.ada)) == 5
    assert not slack.messages(slack.elsewhere)


def test_a_response_url_is_good_for_half_an_hour(slack: Slack) -> None:
    url = new_url(slack)
    slack.advance(1801)
    assert respond(url, text="late") == 404


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"{", "invalid_payload"),
        (b"[]", "invalid_payload"),
        (b"{}", "no_text"),
        (LONG_BLOCKS, "msg_blocks_too_long"),
    ],
    ids=["not JSON", "no object", "nothing said", "too much said"],
)
def test_a_response_url_refuses_what_it_cannot_show(slack: Slack, body: bytes, error: str) -> None:
    asked = urllib.request.Request(new_url(slack), body, {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    with refused.value as answer:
        assert (answer.code, json.load(answer)["error"]) == (400, error)


def test_a_response_url_speaks_to_one_person_unless_told_to_speak_to_all(slack: Slack) -> None:
    url = new_url(slack)
    respond(url, text="to her")
    respond(url, text="to all", response_type="in_channel")
    assert [m.text for m in slack.messages(slack.elsewhere, viewer=slack.ben)] == ["to all"]


def test_a_response_url_replaces_and_deletes_the_message_of_its_button(slack: Slack) -> None:
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    ts = str(client.chat_postMessage(channel=slack.market.id, text="before")["ts"])
    url = f"{slack.url}/response/{slack.workspace.new_response_url(slack.ada.id, slack.market.id, ts)}"
    respond(url, text="after", replace_original=True)
    assert [m.text for m in slack.messages(slack.market)] == ["after"]
    respond(url, delete_original=True)
    assert not slack.messages(slack.market)


def test_a_response_url_takes_no_empty_message(slack: Slack) -> None:
    assert respond(new_url(slack)) == 400


# ---- what rings, and what people's text becomes


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("hello <!channel>", [("ada", "!channel"), ("ben", "!channel")]),
        ("hello <!here|here>", [("ada", "!here"), ("ben", "!here")]),
        ("hello &lt;!channel&gt;", []),
        ("hello @channel", []),
        ("for <@$ben>", [("ben", "@$ben")]),
        ("in <#C0000001>", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("way", ["text", "section", "markdown"])
def test_a_mention_rings_unless_it_is_escaped(
    slack: Slack, text: str, rings: list[tuple[str, str]], way: str
) -> None:
    ids = {"ada": slack.ada.id, "ben": slack.ben.id}
    text = text.replace("$ben", slack.ben.id)
    blocks = {
        "text": None,
        "section": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}],
        "markdown": [{"type": "markdown", "text": text}],
    }[way]
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_postMessage(channel=slack.market.id, text=text if way == "text" else "plain", blocks=blocks)
    assert slack.rung() == [(ids[who], mention.replace("$ben", slack.ben.id)) for who, mention in rings]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@robin hi", "<@U0000BOT> hi"),
        ("`@robin` hi", "`@robin` hi"),
        ("see #market", "<#C"),
        ("at https://x.org/a", "at <https://x.org/a>"),
        ("mail@robin.org", "mail@robin.org"),
    ],
)
def test_what_people_type_arrives_escaped_with_its_mentions_as_entities(
    slack: Slack, typed: str, sent: str
) -> None:
    assert sent in slack.say(slack.ada, slack.market, typed).text


def test_every_change_wakes_who_waits(slack: Slack) -> None:
    seen: queue.Queue[str] = queue.Queue()
    slack.workspace.listeners.append(lambda kind, _: seen.put(kind))
    slack.say(slack.ada, slack.market, "hi")
    assert seen.get(timeout=5) == "message"
