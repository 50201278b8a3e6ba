"""*Check the numbers* on anyone's message."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.playground.state import Channel, Message, User
from tests.bot.slack.conftest import Bot, shown

CLAIM = "FYI: NEV sales in October 2021 were 393,000 & production 397,000. <!here> 12 people agree."


@pytest.fixture
def settings() -> Settings:
    return Settings()


def told(bot: Bot, user: User, channel: Channel) -> Message:
    return bot.slack.wait_for(lambda: [m for m in bot.slack.messages(channel, viewer=user) if m.from_app])[-1]


def test_each_number_of_a_colleagues_message_is_checked_for_the_asker_alone(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.elsewhere, CLAIM)
    slack.shortcut(slack.ada, "check_numbers", said)
    message = told(bot, slack.ada, slack.elsewhere)
    assert "393,000: differs by 10,000 vehicles" in message.text
    assert "397,000: agrees" in message.text
    assert "12 people: nothing held" in message.text
    assert "383,000 new energy vehicles sold in October 2021" in shown(message)
    assert [m for m in slack.messages(slack.elsewhere, viewer=slack.ben) if m.from_app] == []
    assert slack.refusals() == []


def test_a_check_is_shared_in_the_thread_with_the_name_of_who_checked(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.market, CLAIM)
    slack.shortcut(slack.ada, "check_numbers", said)
    slack.click(slack.ada, told(bot, slack.ada, slack.market), "share_check")
    shared = slack.wait_for(
        lambda: [m for m in slack.replies(said) if m.from_app and m.seen_only_by is None]
    )[0]
    assert "393,000: differs" in shared.text
    assert f"Checked by <@{slack.ada.id}>" in shown(shared)
    assert [who for who, _ in slack.rung() if who == slack.ben.id] == []
    assert slack.refusals() == []


def test_a_check_is_not_shared_where_the_bot_is_not(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.elsewhere, CLAIM)
    slack.shortcut(slack.ada, "check_numbers", said)
    slack.click(slack.ada, told(bot, slack.ada, slack.elsewhere), "share_check")
    slack.wait_for(lambda: "Invite me" in told(bot, slack.ada, slack.elsewhere).text)


def test_a_message_without_numbers_says_so(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.market, "lunch at the usual place?")
    slack.shortcut(slack.ada, "check_numbers", said)
    assert "no numbers" in told(bot, slack.ada, slack.market).text


def test_a_check_of_a_long_message_is_shared_too_and_is_no_question_of_anybodys(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.market, f"{'Lunch was long and good. ' * 90}\n\n{CLAIM}")
    slack.shortcut(slack.ada, "check_numbers", said)
    slack.click(slack.ada, told(bot, slack.ada, slack.market), "share_check")
    shared = slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app and not m.seen_only_by])[0]
    assert "393,000: differs" in shared.text
    assert bot.desk().state.receipts_of(slack.ada.id, 5) == ()
    said = slack.say(slack.ben, slack.market, "NEV sales in October 2021?", thread=said)
    slack.wait_settled()
    assert [m for m in slack.replies(said) if m.from_app and m.ts > said.ts] == []
    assert slack.refusals() == []


def test_a_pasted_table_is_checked_cell_by_cell(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(
        slack.ben, slack.market, "China\nMonth\tNEV sales\nOct 2025\t1,715,000\nNov 2025\t1,832,000"
    )
    slack.shortcut(slack.ada, "check_numbers", said)
    message = told(bot, slack.ada, slack.market)
    assert "1,715,000: agrees" in message.text
    assert "1,832,000: differs" in message.text
