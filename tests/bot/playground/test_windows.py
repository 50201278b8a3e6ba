"""Windows as Slack keeps them: what an ack may do to them, and what is told when they close."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from slack_sdk import WebClient
from websockets.sync.client import ClientConnection

from bot.playground.elements import NotThere
from bot.playground.state import View
from tests.bot.playground.test_delivery import ack, frame, socket
from tests.slack_fixture import Slack

INPUT = {
    "type": "input",
    "block_id": "question",
    "label": {"type": "plain_text", "text": "Question"},
    "element": {"type": "plain_text_input", "action_id": "text"},
}


def modal(title: str, **more: Any) -> dict[str, Any]:
    shown = {"type": "plain_text", "text": title}
    return {"type": "modal", "callback_id": title, "title": shown, "submit": shown, "blocks": [INPUT], **more}


@contextmanager
def opened(slack: Slack, **more: Any) -> Iterator[tuple[ClientConnection, View]]:
    """A socket, and a window in front of Ada."""
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    with socket(slack) as line:
        client.views_open(trigger_id=slack.workspace.new_trigger(slack.ada.id), view=modal("first", **more))
        view = slack.view(slack.ada)
        assert view is not None
        yield line, view


def submitted(slack: Slack, line: ClientConnection, window: View, **answer: Any) -> dict[str, Any]:
    slack.submit(slack.ada, window, {"question": "why?"})
    envelope = frame(line)
    assert envelope["payload"]["type"] == "view_submission"
    ack(line, envelope, **answer)
    slack.wait_settled()
    payload: dict[str, Any] = envelope["payload"]
    return payload


def title(slack: Slack) -> str:
    view = slack.view(slack.ada)
    return str(view.content["title"]["text"]) if view else ""


def test_an_empty_ack_closes_the_window(slack: Slack) -> None:
    with opened(slack) as (line, view):
        payload = submitted(slack, line, view)
        assert payload["view"]["state"]["values"]["question"]["text"]["value"] == "why?"
        assert slack.view(slack.ada) is None


def test_an_ack_may_update_push_and_clear(slack: Slack) -> None:
    with opened(slack) as (line, view):
        submitted(slack, line, view, response_action="update", view=modal("second"))
        assert title(slack) == "second"
        submitted(slack, line, view, response_action="push", view=modal("third"))
        assert title(slack) == "third"
        assert slack.workspace.stacks[slack.ada.id][0] == view.id
        top = slack.view(slack.ada)
        assert top is not None
        submitted(slack, line, top, response_action="clear")
        assert slack.view(slack.ada) is None


def test_what_was_typed_stays_where_the_same_block_stays(slack: Slack) -> None:
    with opened(slack) as (line, view):
        submitted(slack, line, view, response_action="update", view=modal("second"))
        assert view.values["question"]["text"]["value"] == "why?"
        empty = modal("third", blocks=[{"type": "divider"}])
        submitted(slack, line, view, response_action="update", view=empty)
        assert view.values == {}


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "explode"}, "invalid_response_action"),
        ({"response_action": "errors", "errors": {"another": "no"}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
        ({"response_action": "push", "view": "none"}, "invalid_arguments"),
    ],
    ids=lambda value: json.dumps(value) if isinstance(value, dict) else value,
)
def test_an_ack_that_slack_cannot_follow_is_trouble_to_the_person(
    slack: Slack, answer: dict[str, Any], error: str
) -> None:
    with opened(slack) as (line, view):
        submitted(slack, line, view, **answer)
        assert "We had some trouble connecting" in view.errors[""]
        assert slack.refusals() == [f"view_submission: {error}"]


def test_a_fourth_window_is_not_pushed_by_an_ack(slack: Slack) -> None:
    with opened(slack) as (line, view):
        for name in ("second", "third", "fourth"):
            submitted(slack, line, view, response_action="push", view=modal(name))
        assert title(slack) == "third"
        assert slack.refusals() == ["view_submission: push_limit_reached"]


def test_a_submission_that_is_not_acked_is_trouble_to_the_person(slack: Slack) -> None:
    with opened(slack) as (line, view):
        slack.submit(slack.ada, view, {"question": "why?"})
        frame(line)
        slack.advance(3.01)
        slack.wait_for(lambda: view.errors)
        slack.wait_settled()
        assert slack.view(slack.ada) is view


@pytest.mark.parametrize("all_views", [True, False], ids=["its cross", "its close button"])
def test_the_app_is_told_of_a_close_where_it_asked_to_be(slack: Slack, all_views: bool) -> None:
    with opened(slack, notify_on_close=True) as (line, view):
        slack.close(slack.ada, view, all_views=all_views)
        payload = frame(line)["payload"]
        assert (payload["type"], payload["is_cleared"]) == ("view_closed", all_views)
        assert payload["view"]["callback_id"] == "first"
        assert slack.view(slack.ada) is None


def test_the_app_is_not_told_of_a_close_where_it_did_not_ask(slack: Slack) -> None:
    with opened(slack) as (line, view):
        slack.close(slack.ada, view)
        slack.shortcut(slack.ada, "ask")
        assert frame(line)["payload"]["type"] == "shortcut"
        with pytest.raises(NotThere):
            slack.close(slack.ada, view)
