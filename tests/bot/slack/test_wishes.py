"""What somebody wants to be told: promised, told once when a build brings it, and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import Settings
from bot.playground.state import Message
from bot.subscriptions import subscriptions, unsubscribe
from index.builder import build
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_scenarios import answer_to, ask
from tests.bot.slack.test_takeaways import clockwork, seen

HELD = "# Sales\n\nNEV sales in China were 383,000 in October 2021.\n"
NEWS = "# News\n\nIn November 2021 NEV sales in China were 450,000.\n"
QUESTION = "NEV sales in China in November 2021?"


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "sales.md").write_text(HELD, "utf-8")
    return folder


@pytest.fixture
def index_folder(corpus: Path, tmp_path: Path) -> Path:
    build([corpus], tmp_path / "index")
    return tmp_path / "index"


def arrive(bot: Bot, corpus: Path, index_folder: Path) -> None:
    """A build brings November; the clockwork looks three times."""
    (corpus / "news.md").write_text(NEWS, "utf-8")
    build([corpus], index_folder)
    works = clockwork(bot, datetime.now(UTC))
    for _ in range(2):
        works.tick()
    clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)


def told(bot: Bot) -> list[Message]:
    slack = bot.slack
    return [
        m for m in slack.messages(slack.dm(slack.ada)) if m.from_app and "You asked to be told" in shown(m)
    ]


def test_a_wish_in_a_direct_message_is_promised_listed_and_told_once(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    slack = bot.slack
    slack.say(slack.ada, slack.dm(slack.ada), f"tell me when {QUESTION[:-1]} arrives")
    seen(bot, slack.ada, slack.dm(slack.ada), "I will tell you")
    slack.open_home(slack.ada)
    slack.wait_for(lambda: (home := slack.home(slack.ada)) and "You will be told" in str(home.content))
    clockwork(bot, datetime.now(UTC)).tick()
    assert told(bot) == []
    arrive(bot, corpus, index_folder)
    assert len(told(bot)) == 1
    assert "450,000" in told(bot)[0].text
    assert slack.refusals() == []


def test_a_wish_is_cancelled_at_home(bot: Bot, corpus: Path, index_folder: Path) -> None:
    slack = bot.slack
    slack.say(slack.ada, slack.dm(slack.ada), f"tell me when {QUESTION[:-1]} arrives")
    seen(bot, slack.ada, slack.dm(slack.ada), "I will tell you")
    slack.open_home(slack.ada)
    home = slack.wait_for(
        lambda: (found := slack.home(slack.ada)) and "You will be told" in str(found.content) and found
    )
    assert home
    slack.click(slack.ada, home, "unsubscribe")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "You will be told" not in str(now.content))
    arrive(bot, corpus, index_folder)
    assert told(bot) == []


def test_an_answer_that_holds_nothing_offers_to_tell_later(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ben, slack.market, QUESTION)
    slack.click(slack.ada, answer, "tell")
    seen(bot, slack.ada, slack.market, "I will tell you")
    (wish,) = subscriptions(bot.desk().state, slack.ada.id)
    assert wish.once
    arrive(bot, corpus, index_folder)
    assert len(told(bot)) == 1
    assert subscriptions(bot.desk().state) == ()


def wish(bot: Bot, text: str) -> None:
    slack = bot.slack
    slack.say(slack.ada, slack.dm(slack.ada), text)
    seen(bot, slack.ada, slack.dm(slack.ada), "I will tell you")


def look(bot: Bot, corpus: Path, index_folder: Path, *, file: str, text: str) -> None:
    """A build brings a file, in place of one of its name; the clockwork looks at it twice."""
    (corpus / file).write_text(text, "utf-8")
    build([corpus], index_folder)
    for _ in range(2):
        clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)


def test_a_replaced_document_is_told_where_its_figure_changed_and_only_there(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    wish(bot, "keep me posted on NEV sales in China in October 2021")
    look(bot, corpus, index_folder, file="sales.md", text=HELD + "\nThe ministry says no more of it.\n")
    assert told(bot) == []
    look(bot, corpus, index_folder, file="sales.md", text=HELD.replace("383,000", "384,000"))
    assert ["384,000" in message.text for message in told(bot)] == [True]
    assert len(subscriptions(bot.desk().state)) == 1


def test_a_standing_wish_is_told_each_month_once_across_a_restart(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    wish(bot, "NEV sales in China each month")
    look(bot, corpus, index_folder, file="news.md", text=NEWS)
    assert len(told(bot)) == 1
    bot.stop()
    bot.start()
    clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)
    assert len(told(bot)) == 1
    december = NEWS.replace("November", "December").replace("450,000", "531,000")
    look(bot, corpus, index_folder, file="more.md", text=december)
    assert ["450,000" in m.text or "531,000" in m.text for m in told(bot)] == [True, True]


def test_a_wish_hears_nothing_that_its_wisher_may_not_see(bot: Bot, corpus: Path, index_folder: Path) -> None:
    wish(bot, f"tell me when {QUESTION[:-1]} arrives")
    look(bot, corpus, index_folder, file="board.md", text=f"---\naccess: board\n---\n\n{NEWS}")
    assert told(bot) == []
    assert len(subscriptions(bot.desk().state)) == 1


def test_a_wish_that_is_cancelled_twice_or_by_another_is_no_trouble(bot: Bot) -> None:
    slack = bot.slack
    wish(bot, f"tell me when {QUESTION[:-1]} arrives")
    (kept,) = subscriptions(bot.desk().state)
    assert not unsubscribe(bot.desk().state, kept.number, slack.ben.id)
    slack.open_home(slack.ada)
    home = slack.wait_for(
        lambda: (found := slack.home(slack.ada)) and "You will be told" in str(found.content) and found
    )
    assert home
    assert unsubscribe(bot.desk().state, kept.number, slack.ada.id)
    slack.click(slack.ada, home, "unsubscribe")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "You will be told" not in str(now.content))
    assert slack.refusals() == []


def test_a_wish_whose_document_went_away_waits_on(bot: Bot, corpus: Path, index_folder: Path) -> None:
    wish(bot, "keep me posted on NEV sales in China in October 2021")
    (corpus / "sales.md").unlink()
    look(bot, corpus, index_folder, file="other.md", text="# Trams\n\nRuritania likes trams a lot.\n")
    assert told(bot) == []
    look(bot, corpus, index_folder, file="sales.md", text=HELD.replace("383,000", "385,000"))
    assert ["385,000" in message.text for message in told(bot)] == [True]


def test_the_same_figure_from_a_second_source_is_not_told_again(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    wish(bot, "NEV sales in China each month")
    look(bot, corpus, index_folder, file="news.md", text=NEWS)
    look(bot, corpus, index_folder, file="other.md", text=NEWS.replace("# News", "# Other news of the day"))
    assert ["450,000" in message.text for message in told(bot)] == [True]
    look(bot, corpus, index_folder, file="more.md", text=NEWS.replace("450,000", "451,000"))
    assert len(told(bot)) == 2


def test_when_november_arrives_is_of_what_was_asked_before(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    slack = bot.slack
    asked = slack.say(slack.ada, slack.dm(slack.ada), "NEV sales in China in October 2021?")
    answer_to(bot, asked)
    assert bot.desk().outbox.drain(5)
    wish(bot, "tell me when November arrives")
    (kept,) = subscriptions(bot.desk().state, slack.ada.id)
    assert kept.question == "NEV sales · China · November 2021"
    look(bot, corpus, index_folder, file="news.md", text=NEWS)
    assert ["450,000" in message.text for message in told(bot)] == [True]


def test_when_november_arrives_of_nothing_is_asked_back(bot: Bot) -> None:
    slack = bot.slack
    said = slack.say(slack.ada, slack.dm(slack.ada), "tell me when November arrives")
    assert "Of what?" in answer_to(bot, said).text
    assert subscriptions(bot.desk().state) == ()


def test_a_wish_in_a_channels_thread_is_told_to_its_wisher_alone(
    bot: Bot, corpus: Path, index_folder: Path
) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ben, slack.market, "NEV sales in China in October 2021?")
    assert (
        "I will tell you" in ask(bot, slack.ada, slack.market, "tell me when November arrives", answer).text
    )
    look(bot, corpus, index_folder, file="news.md", text=NEWS)
    assert ["450,000" in message.text for message in told(bot)] == [True]
    assert [m for m in slack.messages(slack.market) if "450,000" in m.text] == []
    assert slack.refusals() == []
