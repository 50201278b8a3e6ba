"""What somebody wants to be told: promised, told once when a build brings it, and cancelled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.config import Settings
from bot.playground.state import Message
from bot.subscriptions import subscriptions
from index.builder import build
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_scenarios import ask
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
