"""What may not leave the company stays in it, also in channels that became shared while nobody spoke to the bot."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels import is_external
from bot.config import Settings
from bot.playground.state import Message
from index.builder import build
from index.corpus import SHIPPED
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_takeaways import clockwork, digest, in_hours, public, seen, share

ADA, MARKET = "U0000001", "C0000002"
SECRET = "The board of Strelsau wants 7,654 trams for Zenda in 2031, and nobody else may know of it yet."
BOARD = f"---\ntitle: Board of Strelsau\naccess: board\n---\n\n{SECRET}\n"
FIGURE = "NEV sales in Norway were 77,654 vehicles in October 2021."


@pytest.fixture
def settings() -> Settings:
    return Settings(channels={MARKET: ("board",)}, people={ADA: ("board",)})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "board.md").write_text(BOARD + FIGURE + "\n", "utf-8")
    build([SHIPPED, folder / "corpus"], folder / "index")
    return folder / "index"


@pytest.fixture
def index_folder(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "index")
    return tmp_path / "index"


def everything(bot: Bot) -> str:
    return "\n".join(shown(message) for message in public(bot, bot.slack.market))


def test_a_channel_with_a_label_gets_what_it_may_see(bot: Bot) -> None:
    told = share(bot, bot.slack.ada, [bot.slack.market], words="Board of Strelsau")
    assert "shared." in told
    assert "7,654 trams" in everything(bot)
    assert bot.slack.refusals() == []


def test_a_channel_that_became_shared_gets_nothing_of_a_label(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], words="Board of Strelsau", when=in_hours(1), weekly=["weekly"])
    slack.workspace.channels[slack.market.id].ext_shared = True
    told = share(bot, slack.ada, [slack.market], words="Board of Strelsau")
    assert "may not see it" in told
    clockwork(bot, datetime.now(UTC) + timedelta(hours=2)).tick()
    assert "could not share" in seen(bot, slack.ada, slack.dm(slack.ada), "could not share").text
    assert public(bot, slack.market) == []
    assert is_external(bot.desk().state, slack.market.id)


def test_without_the_scope_a_channel_gets_what_everyone_sees(bot: Bot) -> None:
    slack = bot.slack
    slack.server.scopes -= {"channels:read"}
    assert "may not see it" in share(bot, slack.ada, [slack.market], words="Board of Strelsau")
    assert public(bot, slack.market) == []


def checked(bot: Bot) -> Message:
    """Ada checks a message of Ben's for herself."""
    slack = bot.slack
    said = slack.say(slack.ben, slack.market, FIGURE)
    slack.shortcut(slack.ada, "check_numbers", said)
    found = seen(bot, slack.ada, slack.market, "77,654")
    slack.workspace.channels[slack.market.id].ext_shared = True
    slack.click(slack.ada, found, "share_check")
    return slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app and not m.seen_only_by])[0]


def test_a_check_shared_with_another_company_rests_on_what_everyone_sees(bot: Bot) -> None:
    message = checked(bot)
    assert "nothing held" in message.text
    assert "Strelsau" not in shown(message)


def test_an_answer_shared_with_another_company_rests_on_what_everyone_sees(bot: Bot) -> None:
    slack = bot.slack
    slack.command(slack.ada, slack.market, "/ask NEV sales in Norway in October 2021?")
    answer = seen(bot, slack.ada, slack.market, "77,654")
    slack.workspace.channels[slack.market.id].ext_shared = True
    slack.click(slack.ada, answer, "share")
    slack.wait_for(lambda: public(bot, slack.market))
    assert "77,654" not in everything(bot)
    assert "Strelsau" not in everything(bot)


def test_a_digest_is_the_askers_own(bot: Bot) -> None:
    slack = bot.slack
    slack.workspace.channels[slack.market.id].ext_shared = False
    assert "7,654 trams" in shown(digest(bot, slack.ada, "Board of Strelsau"))
    assert public(bot, slack.market) == []
