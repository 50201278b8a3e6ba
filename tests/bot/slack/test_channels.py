"""Channel settings, set in Slack itself by admins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels import Channel, channel, is_external, keep
from bot.config import Settings
from bot.playground.state import View
from bot.slack.desk import Asked
from tests.bot.slack.conftest import Bot
from tests.bot.slack.test_scenarios import QUESTION, answer_to, ask, window
from tests.bot.slack.test_takeaways import clockwork, in_hours, public, share

ADA = "U0000001"


@pytest.fixture
def settings() -> Settings:
    return Settings(admins=(ADA,), channels={"C0000002": ("board",)})


def settings_window(bot: Bot) -> View:
    slack = bot.slack
    slack.open_home(slack.ada)
    home = slack.wait_for(lambda: slack.home(slack.ada))
    slack.click(slack.ada, home, "open_channel")
    return window(bot, slack.ada, "Channel settings")


def test_a_channel_is_answered_always_where_something_is_held(bot: Bot) -> None:
    slack = bot.slack
    view = settings_window(bot)
    slack.submit(slack.ada, view, {"channel": slack.general.id, "listen": "always"})
    window(bot, slack.ada, "I answer always")
    chat = slack.say(slack.ben, slack.general, "who wants zurrbl for lunch?")
    said = slack.say(slack.ben, slack.general, QUESTION)
    assert "383,000" in answer_to(bot, said).text
    slack.wait_settled()
    assert [m for m in slack.replies(chat) if m.from_app] == []
    mentioned = ask(bot, slack.ben, slack.general, QUESTION)
    slack.wait_settled()
    assert len([m for m in slack.messages(slack.general, thread=mentioned) if m.from_app]) == 1


def test_hours_that_are_none_are_refused_and_non_admins_see_no_button(bot: Bot) -> None:
    slack = bot.slack
    view = settings_window(bot)
    slack.submit(slack.ada, view, {"channel": slack.general.id, "quiet_from": "25"})
    slack.wait_for(lambda: "0 to 23" in str(view.errors))
    slack.submit(slack.ada, view, {"quiet_from": "22"})
    slack.wait_for(lambda: "both ends" in str(view.errors))
    slack.open_home(slack.ben)
    home = slack.wait_for(lambda: slack.home(slack.ben))
    assert "open_channel" not in str(home.content)


def test_a_scheduled_share_waits_for_the_end_of_the_quiet_hours(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.general], when=in_hours(1))
    later = datetime.now(UTC) + timedelta(hours=2)
    hour = later.astimezone().hour
    keep(bot.desk().state, Channel(slack.general.id, "mention", hour, (hour + 1) % 24))
    clockwork(bot, later).tick()
    assert public(bot, slack.general) == []
    clockwork(bot, later + timedelta(hours=1)).tick()
    assert len(public(bot, slack.general)) == 1


def test_a_channel_shared_with_another_company_sees_what_everyone_sees(bot: Bot) -> None:
    slack, desk = bot.slack, bot.desk()
    asked = Asked("", "T0000001", slack.market.id, slack.ada.id, "", "", private=False)
    assert desk.viewer(asked) == {"everyone", "board"}
    slack.workspace.channels[slack.market.id].ext_shared = True
    ask(bot, slack.ada, slack.market, QUESTION)
    assert is_external(desk.state, slack.market.id)
    assert desk.viewer(asked) == {"everyone"}


@pytest.mark.parametrize(
    ("begin", "end", "hour", "quiet"),
    [(22, 7, 23, True), (22, 7, 6, True), (22, 7, 7, False), (9, 17, 12, True), (9, 17, 17, False),
     (None, None, 3, False)],
)  # fmt: skip
def test_quiet_hours_may_pass_midnight(begin: int | None, end: int | None, hour: int, quiet: bool) -> None:
    now = datetime(2026, 1, 15, hour, 30).astimezone()
    assert Channel("C1", "mention", begin, end).is_quiet(now) is quiet


def test_nothing_set_means_on_mention(bot: Bot) -> None:
    assert channel(bot.desk().state, "C1") == Channel("C1")
