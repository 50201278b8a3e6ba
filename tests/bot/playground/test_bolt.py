"""Bolt works against the playground unmodified: over Socket Mode and over signed HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.playground.state import Message
from tests.slack_fixture import Slack

MODAL = {
    "type": "modal",
    "callback_id": "asking",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Ask"},
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
BUTTON = {"type": "button", "action_id": "more", "text": {"type": "plain_text", "text": "More"}, "value": "7"}


def build_app(slack: Slack) -> App:
    """A small app that uses every way in once."""
    app = App(client=WebClient(slack.bot_token, base_url=slack.base_url), signing_secret=slack.signing_secret)

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        blocks = [
            {"type": "section", "text": {"type": "mrkdwn", "text": f"heard: {event['text']}"}},
            {"type": "actions", "elements": [BUTTON]},
        ]
        say(text="heard", blocks=blocks, thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    def said(event: dict[str, Any], say: Any) -> None:
        if event["channel_type"] == "im":
            say(text=f"echo: {event['text']}")

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        block = {"type": "header", "text": {"type": "plain_text", "text": "At home"}}
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    @app.command("/ask")
    def ask(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        ack()
        respond(f"only you: {command['text']}")

    @app.action("more")
    def more(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.shortcut("about")
    def about(ack: Any, shortcut: dict[str, Any], respond: Any) -> None:
        ack()
        respond(f"about: {shortcut['message']['text']}")

    @app.view("asking")
    def asked(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        text = view["state"]["values"]["question"]["text"]["value"]
        if text == "?":
            ack(response_action="errors", errors={"question": "too short"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text=f"asked: {text}")

    for name in (
        "file_shared",
        "member_joined_channel",
        "reaction_added",
        "reaction_removed",
        "tokens_revoked",
    ):
        app.event(name)(lambda: None)
    return app


@pytest.fixture(params=["socket", "http"])
def bolt(slack: Slack, request: pytest.FixtureRequest) -> Iterator[Slack]:
    """The small app, connected in each of the two ways."""
    app = build_app(slack)
    if request.param == "http":
        from tests.bot.playground.http_app import serve_bolt

        with serve_bolt(app) as url:
            slack.server.use_http(url)
            yield slack
        return
    with slack.connected(app):
        yield slack


def texts(found: list[Message]) -> list[str]:
    return [message.text for message in found]


def one(slack: Slack, find: Callable[[], list[Message]]) -> Message:
    return slack.wait_for(find)[0]


def test_a_mention_is_answered_in_its_thread(bolt: Slack) -> None:
    asked = bolt.say(bolt.ada, bolt.market, f"{bolt.mention} a < b & c?")
    answer = one(bolt, lambda: bolt.replies(asked))
    assert answer.blocks[0]["text"]["text"] == "heard: <@U0000BOT> a &lt; b &amp; c?"


def test_a_direct_message_is_answered(bolt: Slack) -> None:
    bolt.say(bolt.ben, bolt.dm(bolt.ben), "hello")
    bolt.wait_for(lambda: "echo: hello" in texts(bolt.messages(bolt.dm(bolt.ben))))


def test_a_command_is_answered_to_its_asker_alone(bolt: Slack) -> None:
    bolt.command(bolt.ada, bolt.elsewhere, "/ask how much?")
    bolt.wait_for(lambda: bolt.messages(bolt.elsewhere, viewer=bolt.ada))
    assert texts(bolt.messages(bolt.elsewhere, viewer=bolt.ada)) == ["only you: how much?"]
    assert not bolt.messages(bolt.elsewhere, viewer=bolt.ben)


def test_a_button_opens_a_modal_whose_errors_and_answer_arrive(bolt: Slack) -> None:
    asked = bolt.say(bolt.ada, bolt.market, f"{bolt.mention} hi")
    bolt.click(bolt.ada, one(bolt, lambda: bolt.replies(asked)), "more")
    view = bolt.wait_for(lambda: bolt.view(bolt.ada))
    bolt.submit(bolt.ada, view, {"text": "?"})
    bolt.wait_for(lambda: view.errors == {"question": "too short"})
    bolt.submit(bolt.ada, view, {"question": "why?"})
    bolt.wait_for(lambda: "asked: why?" in texts(bolt.messages(bolt.dm(bolt.ada))))
    bolt.wait_for(lambda: bolt.view(bolt.ada) is None)


def test_a_required_field_left_empty_never_reaches_the_app(bolt: Slack) -> None:
    asked = bolt.say(bolt.ada, bolt.market, f"{bolt.mention} hi")
    bolt.click(bolt.ada, one(bolt, lambda: bolt.replies(asked)), "more")
    view = bolt.wait_for(lambda: bolt.view(bolt.ada))
    bolt.submit(bolt.ada, view)
    assert view.errors == {"question": "Please complete this required field."}


def test_the_home_is_published(bolt: Slack) -> None:
    bolt.open_home(bolt.ada)
    home = bolt.wait_for(lambda: bolt.home(bolt.ada))
    assert home.content["blocks"][0]["text"]["text"] == "At home"


def test_a_message_shortcut_carries_the_message_and_answers_where_the_bot_is_not(bolt: Slack) -> None:
    message = bolt.say(bolt.ben, bolt.elsewhere, "7 % of what?")
    bolt.shortcut(bolt.ada, "about", message)
    bolt.wait_for(lambda: "about: 7 % of what?" in texts(bolt.messages(bolt.elsewhere, viewer=bolt.ada)))


def test_nothing_was_refused(bolt: Slack) -> None:
    bolt.say(bolt.ada, bolt.market, f"{bolt.mention} hi")
    bolt.wait_settled()
    assert bolt.refusals() == []
