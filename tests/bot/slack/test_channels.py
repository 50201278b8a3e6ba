"""Channel settings, set in Slack itself by admins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels import Channel as Settled
from bot.channels import channel, is_external, keep
from bot.config import Settings
from bot.playground.state import Channel, View
from bot.slack.desk import Asked
from tests.bot.slack.conftest import Bot
from tests.bot.slack.test_scenarios import QUESTION, answer_to, ask, window
from tests.bot.slack.test_takeaways import clockwork, in_hours, public, seen, share

ADA = "U0000001"


@pytest.fixture
def settings() -> Settings:
    return Settings(admins=(ADA,), channels={"C0000002": ("board",)})


def settings_window(bot: Bot, of: Channel | None = None) -> View:
    """The window of a channel, once Ada chose it."""
    slack = bot.slack
    slack.open_home(slack.ada)
    home = slack.wait_for(lambda: slack.home(slack.ada))
    slack.click(slack.ada, home, "open_channel")
    slack.click(slack.ada, window(bot, slack.ada, "Which channel"), "channel", (of or slack.general).id)
    return window(bot, slack.ada, "In which language")


def test_a_channel_is_answered_always_where_something_is_held(bot: Bot) -> None:
    slack = bot.slack
    view = settings_window(bot)
    slack.submit(slack.ada, view, {"listen": "always"})
    window(bot, slack.ada, ": I answer always")
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
    slack.submit(slack.ada, view, {"quiet_from": "25"})
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
    keep(bot.desk().state, Settled(slack.general.id, "mention", hour, (hour + 1) % 24))
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
    assert Settled("C1", "mention", begin, end).is_quiet(now) is quiet


@pytest.mark.parametrize(
    ("zone", "day", "quiet"),
    [("Europe/Berlin", datetime(2026, 1, 15, 6, 30, tzinfo=UTC), False),
     ("Europe/Berlin", datetime(2026, 7, 15, 4, 30, tzinfo=UTC), True),
     ("Asia/Shanghai", datetime(2026, 1, 15, 15, 30, tzinfo=UTC), True)],
)  # fmt: skip
def test_quiet_hours_are_those_of_who_set_them_summer_and_winter(
    zone: str, day: datetime, quiet: bool
) -> None:
    assert Settled("C1", "mention", 22, 7, zone=zone).is_quiet(day) is quiet


def test_nothing_set_means_on_mention(bot: Bot) -> None:
    assert channel(bot.desk().state, "C1") == Settled("C1")


def test_the_window_shows_what_is_set_and_keeps_it(bot: Bot) -> None:
    slack = bot.slack
    slack.submit(
        slack.ada, settings_window(bot), {"listen": "always", "quiet_from": "22", "quiet_until": "7"}
    )
    window(bot, slack.ada, "from 22:00 until 7:00 (Europe/Berlin)")
    slack.close(slack.ada, window(bot, slack.ada, ": I answer always"))
    slack.submit(slack.ada, settings_window(bot), {"language": "zh"})
    window(bot, slack.ada, "My words are Chinese")
    kept = channel(bot.desk().state, slack.general.id)
    assert (kept.listen, kept.quiet_from, kept.quiet_until, kept.language) == ("always", 22, 7, "zh")
    assert slack.refusals() == []


def test_a_channels_language_is_that_of_its_answers_and_of_no_private_one(bot: Bot) -> None:
    slack = bot.slack
    slack.submit(slack.ada, settings_window(bot), {"language": "zh"})
    window(bot, slack.ada, "My words are Chinese")
    assert "2021年10月" in ask(bot, slack.ben, slack.general, QUESTION).text
    assert "October 2021" in ask(bot, slack.ben, slack.market, QUESTION).text
    slack.command(slack.ben, slack.general, f"/ask {QUESTION}")
    seen(bot, slack.ben, slack.general, "October 2021")
    slack.close(slack.ada, window(bot, slack.ada, "My words"))
    slack.submit(slack.ada, settings_window(bot), {"language": "asked"})
    window(bot, slack.ada, ": I answer when I am mentioned")
    assert "October 2021" in ask(bot, slack.ben, slack.general, QUESTION).text
