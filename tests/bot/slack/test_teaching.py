"""Teaching from App Home: what was asked in vain gets a name in one click, or a standard answer in a window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import audit
from bot.config import Home, Settings
from bot.workshop import Workshop
from index.builder import build
from index.corpus import SHIPPED
from index.standard import read_answers
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_owner import ADA, home_with
from tests.bot.slack.test_scenarios import ask, window
from tests.bot.slack.test_takeaways import seen

PLUGS = "public plugging points in Norway in 2023?"
MUSEUM = "Who sells museum tickets?"


@pytest.fixture
def settings() -> Settings:
    return Settings(admins=(ADA,))


@pytest.fixture
def index_folder(shipped_folder: Path, home: Path) -> Path:
    shutil.copytree(shipped_folder, home / "index")
    return home / "index"


@pytest.fixture
def workshop(home: Path) -> Iterator[Workshop]:
    made = Workshop(Home(home))
    yield made
    made.wait()


def test_a_name_is_taught_in_one_click_and_survives_a_build(bot: Bot, home: Path) -> None:
    slack = bot.slack
    for _ in range(2):
        assert ask(bot, slack.ben, slack.market, PLUGS).text.startswith("Nothing")
    view = home_with(bot, "Asked in vain")
    assert f"{PLUGS} (2 times)" in str(view.content)
    slack.click(slack.ada, view, "teach_name")
    seen(bot, slack.ada, slack.dm(slack.ada), "from now on. I hold")
    assert "2023" in ask(bot, slack.ben, slack.market, PLUGS).text
    assert "Asked in vain" not in str(home_with(bot, "What I hold").content)
    assert [(one.user, one.action, one.what) for one in audit.trail(bot.desk().state, 5)] == [
        (ADA, "taught", "public plugging points = charging_points")
    ]
    build([SHIPPED, home / "library"], home / "index", fresh=True)
    assert "2023" in ask(bot, slack.ben, slack.market, PLUGS).text
    assert slack.refusals() == []


def test_a_name_that_was_settled_meanwhile_is_not_taught(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    ask(bot, slack.ben, slack.market, PLUGS)
    view = home_with(bot, "Asked in vain")
    bot.desk().state.drop_gaps([gap.number for gap in bot.desk().state.gaps(5)])
    slack.click(slack.ada, view, "teach_name")
    seen(bot, slack.ada, slack.dm(slack.ada), "That question is settled")
    assert not workshop.folder.exists()


def test_a_standard_answer_is_given_from_a_gap_and_labelled(bot: Bot, home: Path) -> None:
    slack = bot.slack
    assert ask(bot, slack.ben, slack.market, MUSEUM).text.startswith("Nothing")
    slack.click(slack.ada, home_with(bot, MUSEUM), "open_answer")
    modal = window(bot, slack.ada, "Questions of this pattern")
    slack.submit(slack.ada, modal, {"pattern": "who *", "text": "Ask the front desk, <!channel>."})
    slack.wait_for(lambda: "any question" in str(modal.errors))
    slack.submit(
        slack.ada, modal, {"pattern": "who sells * tickets", "text": "Ask the front desk, <!channel>."}
    )
    seen(bot, slack.ada, slack.dm(slack.ada), "are answered so from now on")
    answer = ask(bot, slack.ben, slack.market, "who sells opera tickets?")
    assert "Ask the front desk" in answer.text
    assert "<!channel>" not in answer.text
    assert "Standard answer by ada" in shown(answer)
    assert bot.desk().state.gaps(5) == ()
    (kept,) = read_answers([home / "library"])
    assert (kept.pattern, kept.by, kept.access) == ("who sells * tickets", "ada", "everyone")
    assert slack.refusals() == []


def test_a_standard_answer_is_withdrawn_at_home(bot: Bot, home: Path) -> None:
    slack = bot.slack
    ask(bot, slack.ben, slack.market, MUSEUM)
    slack.click(slack.ada, home_with(bot, MUSEUM), "open_answer")
    modal = window(bot, slack.ada, "Questions of this pattern")
    slack.submit(slack.ada, modal, {"pattern": "who sells * tickets", "text": "The front desk."})
    seen(bot, slack.ada, slack.dm(slack.ada), "are answered so from now on")
    slack.click(slack.ada, home_with(bot, "Standard answers"), "withdraw_answer")
    seen(bot, slack.ada, slack.dm(slack.ada), "no standard answer any more")
    assert ask(bot, slack.ben, slack.market, MUSEUM).text.startswith("Nothing")
    assert read_answers([home / "library"]) == ()
    assert "The front desk." in (home / "library" / "answers.toml").read_text("utf-8")
    assert slack.refusals() == []


def test_words_that_are_near_no_metric_are_given_one_in_a_window(bot: Bot) -> None:
    slack = bot.slack
    juice = "juice boxes in Norway in 2023?"
    assert ask(bot, slack.ben, slack.market, juice).text.startswith("Nothing")
    view = home_with(bot, juice)
    assert "teach_name" not in str(view.content)
    slack.click(slack.ada, view, "open_name")
    modal = window(bot, slack.ada, "These words")
    slack.submit(slack.ada, modal, {"alias": "NEV sales", "metric": "charging_points"})
    slack.wait_for(lambda: "already" in str(modal.errors))
    slack.submit(slack.ada, modal, {"alias": "juice boxes", "metric": "charging_points"})
    seen(bot, slack.ada, slack.dm(slack.ada), "from now on. I hold")
    assert "2023" in ask(bot, slack.ben, slack.market, juice).text
    assert slack.refusals() == []


def test_a_gap_is_dismissed(bot: Bot) -> None:
    slack = bot.slack
    ask(bot, slack.ben, slack.market, MUSEUM)
    slack.click(slack.ada, home_with(bot, MUSEUM), "drop_gap")
    slack.wait_for(lambda: (home := slack.home(slack.ada)) and "Asked in vain" not in str(home.content))
    assert bot.desk().state.gaps(5) == ()


def test_what_was_asked_in_private_is_on_nobodys_desk(bot: Bot) -> None:
    slack = bot.slack
    ask(bot, slack.ben, slack.dm(slack.ben), MUSEUM)
    assert bot.desk().state.gaps(5)
    assert "museum" not in str(home_with(bot, "What I hold").content)


def test_who_is_no_longer_an_admin_teaches_nothing(bot: Bot, home: Path) -> None:
    slack = bot.slack
    ask(bot, slack.ben, slack.market, PLUGS)
    view = home_with(bot, "Asked in vain")
    slack.click(slack.ada, view, "open_answer")
    modal = window(bot, slack.ada, "Questions of this pattern")
    bot.desk().settings = Settings(bot_token=bot.desk().settings.bot_token, slack_api_url=slack.base_url)
    slack.submit(slack.ada, modal, {"pattern": "who sells * tickets", "text": "Me."})
    slack.wait_for(lambda: "Only my admins" in str(modal.errors))
    slack.close(slack.ada, modal)
    slack.click(slack.ada, view, "teach_name")
    seen(bot, slack.ada, slack.dm(slack.ada), "Only my admins")
    slack.click(slack.ada, view, "drop_gap")
    slack.click(slack.ada, view, "open_name")
    slack.click(slack.ada, view, "open_answer")
    window(bot, slack.ada, "Only my admins")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "Asked in vain" not in str(now.content))
    assert len(bot.desk().state.gaps(5)) == 1
    assert not list((home / "library").glob("*")) if (home / "library").exists() else True
