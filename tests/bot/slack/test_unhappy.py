"""What goes wrong between Slack and the bot, and what people see of it."""

from __future__ import annotations

import logging

import pytest
from slack_sdk import WebClient

from bot.playground.delivery import STALL
from bot.playground.state import Message
from bot.slack.app import AGAIN
from bot.slack.blocks import Message as Words
from bot.slack.blocks import section
from bot.slack.health import find_health
from bot.slack.outbox import Outbox
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_scenarios import QUESTION, answer_to, ask
from tests.slack_fixture import Slack


def from_bot(bot: Bot, said: Message) -> list[Message]:
    return [message for message in bot.slack.replies(said) if message.from_app]


def told(bot: Bot, words: str) -> Message:
    """What the bot writes to Ada alone."""
    slack = bot.slack
    return slack.wait_for(lambda: [m for m in slack.messages(slack.dm(slack.ada)) if words in m.text])[0]


def test_a_call_that_is_never_answered_is_made_again(slack: Slack) -> None:
    slack.faults.fail("chat.postMessage", STALL)
    client = WebClient(slack.bot_token, base_url=slack.base_url, timeout=1)
    outbox = Outbox(pace=0.01)
    outbox.post(client, slack.market.id, Words("hello", [section("hello")]), thread="", posted=lambda _: None)
    assert outbox.drain(10)
    outbox.close()
    assert [message.text for message in slack.messages(slack.market)] == ["hello"]


@pytest.mark.parametrize("status", [429, 500, 503, "fatal_error"])
def test_a_status_that_slack_refuses_keeps_no_answer_back(bot: Bot, status: int | str) -> None:
    bot.slack.faults.fail("assistant.threads.setStatus", status)
    said = bot.slack.say(bot.slack.ada, bot.slack.dm(bot.slack.ada), QUESTION)
    assert "383,000" in answer_to(bot, said).text


def test_a_redelivered_message_leaves_no_status_behind(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.duplicate_events = 3
    answer_to(bot, slack.say(slack.ada, slack.dm(slack.ada), QUESTION))
    slack.wait_settled()
    bot.desk().outbox.drain(5)
    assert len(slack.calls("assistant.threads.setStatus")) == 1
    assert not slack.workspace.statuses


@pytest.mark.parametrize("first", ["app_mention", "message"])
def test_two_events_for_one_mention_in_a_thread_are_one_question(bot: Bot, first: str) -> None:
    slack = bot.slack
    root = ask(bot, slack.ada, slack.market, QUESTION)
    slack.faults.hold_events = True
    said = slack.say(slack.ben, slack.market, f"{slack.mention} and production?", thread=root)
    assert {e.payload["event"]["type"] for e in slack.faults.held} == {"app_mention", "message"}
    slack.server.delivery.release(
        order=lambda held: held.sort(key=lambda e: e.payload["event"]["type"] != first)
    )
    slack.wait_settled()
    slack.wait_for(lambda: [m for m in from_bot(bot, root) if m.ts > said.ts])
    assert bot.desk().outbox.drain(5)
    assert len([m for m in from_bot(bot, root) if m.ts > said.ts]) == 1


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not_in_channel", "I am not in that channel. Invite me"),
        ("channel_not_found", "I can't see that channel"),
        ("is_archived", "that channel is archived"),
        ("restricted_action", "Slack did not take it"),
    ],
)
def test_an_answer_that_its_channel_does_not_take_is_told_to_the_asker(
    bot: Bot, reason: str, words: str
) -> None:
    bot.slack.faults.fail("chat.postMessage", reason)
    said = bot.slack.say(bot.slack.ada, bot.slack.market, f"{bot.slack.mention} {QUESTION}")
    assert f"<#{bot.slack.market.id}>" in told(bot, words).text
    assert not from_bot(bot, said)
    assert bot.desk().state.unposted("") == ()


def test_a_bot_that_was_removed_meanwhile_says_so_to_the_asker(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.hold_events = True
    slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    slack.market.members.discard("U0000BOT")
    slack.server.delivery.release()
    told(bot, "I am not in that channel")
    assert "chat.postMessage: not_in_channel" in slack.refusals()


def test_a_message_that_slack_finds_too_long_loses_its_quotes_before_its_buttons(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.fail("chat.postMessage", "msg_blocks_too_long")
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    answer = answer_to(bot, said)
    kinds = [block["type"] for block in answer.blocks]
    assert set(kinds) == {"section", "actions", "context_actions"}
    assert kinds[-1] == "context_actions"
    assert "383,000" in answer.text
    slack.click(slack.ada, answer, "sources")
    slack.wait_for(lambda: (view := slack.view(slack.ada)) and "383,000" in str(view.content))


def test_a_message_that_is_too_long_even_so_comes_as_its_sentence(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.fail("chat.postMessage", "msg_blocks_too_long", times=2)
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    answer = answer_to(bot, said)
    assert answer.blocks == []
    assert "383,000" in answer.text


@pytest.mark.parametrize("button", ["sources", "wrong", "vote"])
@pytest.mark.parametrize("reason", ["expired_trigger_id", "exchanged_trigger_id"])
def test_a_window_that_slack_no_longer_opens_is_asked_for_again(bot: Bot, button: str, reason: str) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    slack.faults.fail("views.open", reason)
    slack.click(slack.ada, answer, button, "negative_button" if button == "vote" else None)
    slack.wait_for(lambda: [m for m in slack.messages(slack.market, viewer=slack.ada) if m.text == AGAIN])
    assert not [m for m in slack.messages(slack.market, viewer=slack.ben) if m.text == AGAIN]
    assert slack.view(slack.ada) is None
    if button == "vote":
        (receipt,) = bot.desk().state.receipts_of(slack.ada.id, 1)
        assert bot.desk().state.votes(receipt.id) == {slack.ada.id: "down"}
    slack.wait_settled()


def test_a_trigger_that_expired_on_its_way_is_told_in_a_direct_message(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.fail("views.open", "expired_trigger_id")
    slack.shortcut(slack.ada, "ask_the_record")
    assert told(bot, AGAIN).text == AGAIN


def test_a_view_that_changed_meanwhile_is_not_overwritten(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    slack.faults.fail("views.update", "hash_conflict")
    slack.click(slack.ada, answer, "sources")
    slack.wait_for(lambda: "views.update: hash_conflict" in slack.refusals())
    slack.wait_settled()


def test_a_revoked_token_is_seen_by_who_watches_and_a_new_one_works_on(bot: Bot) -> None:
    slack, desk = bot.slack, bot.desk()
    slack.server.revoke()
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    slack.wait_for(lambda: "chat.postMessage: token_revoked" in slack.refusals())
    assert desk.outbox.drain(5)
    status, why = find_health(desk, "/ready")
    assert status == 503
    assert "Slack refuses the bot's token (token_revoked); see seminar doctor" in str(why["reason"])
    assert not from_bot(bot, said)
    slack.command(slack.ada, slack.market, f"/ask {QUESTION}")
    slack.wait_for(lambda: [m for m in slack.messages(slack.market, viewer=slack.ada) if "383,000" in m.text])
    slack.server.revoked.clear()
    assert "383,000" in ask(bot, slack.ada, slack.general, QUESTION).text
    assert desk.outbox.drain(5)
    assert find_health(desk, "/ready")[0] == 200


def test_a_question_whose_answer_was_not_yet_posted_is_answered_after_the_restart(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.fail("chat.postMessage", 500, times=100)
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    slack.wait_for(lambda: bot.desk().state.unposted(""))
    bot.stop()
    slack.faults.api_errors.clear()
    bot.start()
    assert "383,000" in answer_to(bot, said).text
    assert bot.desk().outbox.drain(5)
    assert len(from_bot(bot, said)) == 1
    slack.wait_for(lambda: bot.desk().state.unposted("") == ())


@pytest.mark.parametrize("button", ["csv", "wrong"])
def test_buttons_work_after_a_restart(bot: Bot, button: str) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    bot.stop()
    bot.start()
    slack.click(slack.ben, answer, button)
    if button == "csv":
        slack.wait_for(lambda: [m for m in slack.replies(answer) if m.files])
    else:
        slack.wait_for(lambda: slack.view(slack.ben))


def test_a_button_of_an_answer_that_is_no_longer_kept_says_so(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    assert bot.desk().outbox.drain(5)
    bot.desk().state.forget(slack.ada.id)
    slack.click(slack.ben, answer, "csv")
    slack.wait_for(
        lambda: [m for m in slack.messages(slack.market, viewer=slack.ben) if "no longer keep" in m.text]
    )


def test_a_bug_is_one_sentence_with_an_id_and_a_traceback_without_words(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    slack = bot.slack
    with bot.desk().state.write() as db:
        db.execute("ALTER TABLE gaps RENAME TO gone")
    said = slack.say(slack.ada, slack.market, f"{slack.mention} what of the zzyzx quartz?")
    with caplog.at_level(logging.INFO):
        answer = answer_to(bot, said)
    assert "Something went wrong on my side" in answer.text
    reference = answer.text.partition("noted it as ")[2].partition(".")[0]
    assert "gaps" not in shown(answer)
    assert f"[{reference}]" in caplog.text
    assert "Traceback" in caplog.text
    assert "zzyzx" not in caplog.text


def test_who_waits_long_is_told(bot: Bot) -> None:
    slack, desk = bot.slack, bot.desk()
    before, desk.outbox = desk.outbox, Outbox(pace=6.0)
    ask(bot, slack.ada, slack.market, QUESTION)
    said = slack.say(slack.ben, slack.market, f"{slack.mention} {QUESTION}")
    slack.wait_for(lambda: (slack.market.id, said.ts) in slack.workspace.statuses)
    assert "in about 6 s" in slack.workspace.statuses[slack.market.id, said.ts]["status"]
    desk.outbox.close()
    desk.outbox = before


def test_a_bot_without_its_index_or_its_data_is_not_ready(bot: Bot) -> None:
    desk = bot.desk()
    assert find_health(desk, "/ready", lambda: False)[1]["reason"] == "no connection to Slack"
    desk.state.close()
    assert find_health(desk, "/ready")[1]["reason"] == "the index or state.db: ProgrammingError"
    assert find_health(desk, "/health")[0] == 200
