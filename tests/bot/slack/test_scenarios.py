"""Every way in and every way out, as people see it in Slack."""

from __future__ import annotations

import pytest

from bot.config import Settings
from bot.playground.state import BOT_USER, Channel, Message, User, View
from tests.bot.slack.conftest import Bot, shown

QUESTION = "NEV sales in October 2021?"


def ask(bot: Bot, user: User, channel: Channel, text: str, thread: Message | None = None) -> Message:
    """Asks with a mention, and waits for the answer in the thread."""
    said = bot.slack.say(user, channel, f"{bot.slack.mention} {text}", thread=thread)
    return answer_to(bot, said)


def answer_to(bot: Bot, said: Message) -> Message:
    def answered() -> Message | None:
        replies = [m for m in bot.slack.replies(said) if m.from_app and m.ts > said.ts]
        return replies[-1] if replies else None

    return bot.slack.wait_for(answered)


def window(bot: Bot, user: User, words: str) -> View:
    """The modal in front of a person, once it shows these words."""

    def open_with_words() -> View | None:
        view = bot.slack.view(user)
        return view if view and words in str(view.content) else None

    return bot.slack.wait_for(open_with_words)


def test_a_mention_is_answered_in_its_thread_with_the_source_sentence(bot: Bot) -> None:
    answer = ask(bot, bot.slack.ada, bot.slack.market, QUESTION)
    assert "383,000" in answer.text
    assert "October 2021" in answer.text
    kinds = [block["type"] for block in answer.blocks]
    assert kinds[0] == "section"
    assert "rich_text" in kinds
    assert kinds[-1] == "context_actions"
    assert bot.slack.refusals() == []


def test_a_follow_up_in_the_thread_needs_no_mention(bot: Bot) -> None:
    answer = ask(bot, bot.slack.ada, bot.slack.market, QUESTION)
    said = bot.slack.say(bot.slack.ben, bot.slack.market, "and production?", thread=answer)
    assert "397,000" in answer_to(bot, said).text


def test_a_thread_that_the_bot_is_not_in_is_left_alone(bot: Bot) -> None:
    root = bot.slack.say(bot.slack.ada, bot.slack.market, "who wants lunch?")
    bot.slack.say(bot.slack.ben, bot.slack.market, QUESTION, thread=root)
    bot.slack.wait_settled()
    answer = ask(bot, bot.slack.ada, bot.slack.market, QUESTION)
    assert [m for m in bot.slack.messages(bot.slack.market) if m.from_app] == [answer]


def test_a_direct_message_is_answered_with_a_status(bot: Bot) -> None:
    said = bot.slack.say(bot.slack.ada, bot.slack.dm(bot.slack.ada), QUESTION)
    assert "383,000" in answer_to(bot, said).text
    assert bot.slack.calls("assistant.threads.setStatus")


def test_the_messages_tab_offers_questions(bot: Bot) -> None:
    bot.slack.open_home(bot.slack.ada, "messages")
    bot.slack.wait_for(lambda: bot.slack.calls("assistant.threads.setSuggestedPrompts"))


def test_the_command_is_answered_to_its_asker_alone_and_can_be_shared(bot: Bot) -> None:
    slack = bot.slack
    slack.command(slack.ada, slack.market, f"/ask {QUESTION}")
    private = slack.wait_for(
        lambda: [m for m in slack.messages(slack.market, viewer=slack.ada) if m.from_app]
    )[0]
    assert "383,000" in private.text
    assert [m for m in slack.messages(slack.market, viewer=slack.ben) if m.from_app] == []
    slack.click(slack.ada, private, "share")
    public = slack.wait_for(
        lambda: [m for m in slack.messages(slack.market, viewer=slack.ben) if m.from_app]
    )[0]
    assert "383,000" in public.text
    assert f"Shared by <@{slack.ada.id}>" in shown(public)
    assert {who for who, _ in slack.rung()} <= {slack.ada.id}


def test_the_command_alone_says_how_it_is_used(bot: Bot) -> None:
    slack = bot.slack
    slack.command(slack.ada, slack.market, "/ask")
    told = slack.wait_for(lambda: [m for m in slack.messages(slack.market, viewer=slack.ada) if m.from_app])[
        0
    ]
    assert "/ask NEV sales" in told.text


def test_a_message_can_be_asked_about_where_the_bot_is_not(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ben, slack.elsewhere, QUESTION)
    slack.shortcut(slack.ada, "about_message", said)
    told = slack.wait_for(
        lambda: [m for m in slack.messages(slack.elsewhere, viewer=slack.ada) if m.from_app]
    )[0]
    assert "383,000" in told.text


def test_the_record_is_asked_from_anywhere(bot: Bot) -> None:
    slack = bot.slack
    slack.shortcut(slack.ada, "ask_the_record")
    view = slack.wait_for(lambda: slack.view(slack.ada))
    slack.submit(slack.ada, view, {"words": QUESTION})
    assert "383,000" in str(window(bot, slack.ada, "383,000").content)


def test_the_home_says_what_is_held_and_what_was_asked(bot: Bot) -> None:
    slack = bot.slack
    ask(bot, slack.ada, slack.market, QUESTION)
    slack.open_home(slack.ada)
    home = slack.wait_for(lambda: slack.home(slack.ada))
    assert "documents and tables" in str(home.content)
    assert QUESTION in str(home.content)


def test_a_sample_question_on_the_home_is_answered_in_a_direct_message(bot: Bot) -> None:
    slack = bot.slack
    slack.open_home(slack.ada)
    home = slack.wait_for(lambda: slack.home(slack.ada))
    slack.click(slack.ada, home, "again.0")
    told = slack.wait_for(lambda: [m for m in slack.messages(slack.dm(slack.ada)) if m.from_app])[0]
    assert "383,000" in told.text


def test_the_source_opens_in_its_context_also_after_a_restart(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    bot.stop()
    bot.start()
    slack.click(slack.ada, answer, "sources")
    view = window(bot, slack.ada, "383,000")
    assert view.content["title"]["text"] == "Source in context"


def test_a_thread_goes_on_after_a_restart(bot: Bot) -> None:
    answer = ask(bot, bot.slack.ada, bot.slack.market, QUESTION)
    bot.stop()
    bot.start()
    said = bot.slack.say(bot.slack.ben, bot.slack.market, "and production?", thread=answer)
    assert "397,000" in answer_to(bot, said).text


def test_figures_come_as_a_file(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    slack.click(slack.ada, answer, "csv")
    slack.wait_for(lambda: [m for m in slack.replies(answer) if m.files])


def test_votes_are_kept_by_person_and_the_last_one_counts(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    (receipt,) = slack.wait_for(lambda: bot.desk().state.receipts_of(slack.ada.id, 1))
    slack.click(slack.ada, answer, "vote", "positive_button")
    slack.click(slack.ben, answer, "vote", "positive_button")
    slack.wait_settled()
    slack.click(slack.ben, answer, "vote", "negative_button")
    view = slack.wait_for(lambda: slack.view(slack.ben))
    slack.submit(slack.ben, view, {"words": "It is of 2020."})
    slack.wait_for(lambda: bot.desk().state.votes(receipt.id) == {slack.ada.id: "up", slack.ben.id: "down"})


def test_a_wrong_answer_reaches_the_owners_queue(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.market, QUESTION)
    slack.click(slack.ben, answer, "wrong")
    view = slack.wait_for(lambda: slack.view(slack.ben))
    slack.submit(slack.ben, view, {"words": "CAAM revised it."})
    slack.wait_for(lambda: [m for m in slack.messages(slack.dm(slack.ben)) if "owner" in m.text])
    assert bot.desk().state.read("SELECT comment FROM reports") == [("CAAM revised it.",)]


def test_a_question_that_is_deleted_takes_its_answer_along(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    answer_to(bot, said)
    slack.delete(said)
    slack.wait_for(lambda: not [m for m in slack.messages(slack.market) if m.from_app])


def test_an_edited_question_is_answered_anew(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ada, slack.dm(slack.ada), QUESTION)
    answer_to(bot, said)
    slack.edit(said, "NEV production in October 2021?")
    slack.wait_for(
        lambda: [m for m in slack.messages(slack.dm(slack.ada)) if m.from_app and "397,000" in m.text]
    )
    assert not [m for m in slack.messages(slack.dm(slack.ada)) if m.from_app and "383,000" in m.text[:80]]


def test_nobody_is_rung_by_a_question_that_says_so(bot: Bot) -> None:
    slack = bot.slack
    ask(bot, slack.ada, slack.market, "<!channel> <!here> *what* is `it` doing & why?")
    assert {who for who, _ in slack.rung()} <= {BOT_USER}


def test_a_redelivered_event_is_answered_once(bot: Bot) -> None:
    slack = bot.slack
    slack.faults.duplicate_events = 4
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    answer_to(bot, said)
    slack.wait_settled()
    assert bot.desk().outbox.drain(5)
    assert len([m for m in slack.replies(said) if m.from_app]) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_refusal_that_passes_loses_no_answer(bot: Bot, status: int) -> None:
    slack = bot.slack
    slack.faults.fail("chat.postMessage", status)
    said = slack.say(slack.ada, slack.market, f"{slack.mention} {QUESTION}")
    assert "383,000" in answer_to(bot, said).text


@pytest.fixture
def settings() -> Settings:
    return Settings(channels={"nobody": ("board",)})


def test_nothing_was_refused_on_the_way(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(
        bot, slack.ada, slack.market, "power battery installed capacity from January to October 2021?"
    )
    slack.click(slack.ada, answer, "sources")
    window(bot, slack.ada, "107.5")
    assert slack.refusals() == []
