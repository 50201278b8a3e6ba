"""Shares on their way: Slack in trouble, a stop at the wrong moment, clocks that change, documents that go."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot import shares
from bot.config import Home, Settings
from bot.shares import Share, a_week_on
from bot.workshop import Workshop
from index.builder import build
from index.corpus import SHIPPED
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_owner import home_with
from tests.bot.slack.test_scenarios import window
from tests.bot.slack.test_takeaways import (
    TOPIC,
    clockwork,
    digest,
    in_hours,
    public,
    seen,
    share,
    share_window,
)

ADA = "U0000001"
TRAMS = "Ruritania sold 12,000 electric trams in 2021, the ministry of transport says in its yearbook."
BUSES = "Freedonia ordered 3,000 hydrogen buses from a maker in Strelsau in the spring of 2022."


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


def later(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


def scheduled(bot: Bot, due: datetime, *, weekly: bool = False, topic: str = f"topic: {TOPIC}") -> Share:
    """A share of Ada's that is kept, without the window."""
    made = Share(
        "", "T0000001", ADA, bot.slack.market.id, topic, (), "", due.isoformat(), weekly, "scheduled"
    )
    return shares.schedule(bot.desk().state, made)


@pytest.mark.parametrize("trouble", [503, "internal_error"])
def test_a_trouble_of_slacks_is_sat_out(bot: Bot, trouble: int | str) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], when=in_hours(1))
    slack.faults.fail("chat.postMessage", trouble)
    works = clockwork(bot, later(2))
    works.tick()
    assert public(bot, slack.market) == []
    for _ in range(2):
        works.tick()
    assert len(public(bot, slack.market)) == 1
    assert [m for m in slack.messages(slack.dm(slack.ada)) if "could not share" in m.text] == []


def test_a_trouble_that_lasts_is_told_and_a_weekly_share_comes_again(bot: Bot) -> None:
    slack = bot.slack
    scheduled(bot, later(-2), weekly=True)
    slack.faults.fail("chat.postMessage", 503)
    clockwork(bot, later(0)).tick()
    told = seen(bot, slack.ada, slack.dm(slack.ada), "could not share")
    assert "comes again next week" in told.text
    clockwork(bot, later(24 * 7)).tick()
    assert len(public(bot, slack.market)) == 1


def test_a_weekly_share_to_a_channel_that_the_bot_left_comes_again_once_it_is_back(bot: Bot) -> None:
    slack = bot.slack
    made = scheduled(bot, later(-1), weekly=True)
    with bot.desk().state.write() as db:
        db.execute("UPDATE shares SET channel = ? WHERE id = ?", (slack.elsewhere.id, made.id))
    clockwork(bot, later(0)).tick()
    assert "Invite me" in seen(bot, slack.ada, slack.dm(slack.ada), "could not share").text
    slack.workspace.channels[slack.elsewhere.id].members.add("U0000BOT")
    clockwork(bot, later(24 * 7)).tick()
    assert len(public(bot, slack.elsewhere)) == 1


def test_what_was_being_posted_when_the_bot_stopped_is_told_once_and_never_posted_twice(bot: Bot) -> None:
    slack = bot.slack
    made = scheduled(bot, later(-1), weekly=True)
    assert shares.claim(bot.desk().state, made)
    bot.stop()
    bot.start()
    clockwork(bot, later(0)).tick()
    assert [m for m in slack.messages(slack.dm(slack.ada)) if m.from_app] == []
    for _ in range(2):
        clockwork(bot, later(0.1)).tick()
    assert bot.desk().outbox.drain(5)
    told = [m.text for m in slack.messages(slack.dm(slack.ada)) if m.from_app]
    assert ["I was interrupted" in text and TOPIC in text for text in told] == [True]
    assert public(bot, slack.market) == []
    clockwork(bot, later(24 * 7)).tick()
    assert len(public(bot, slack.market)) == 1


def test_one_share_that_fails_keeps_no_other_back(bot: Bot) -> None:
    slack = bot.slack
    scheduled(bot, later(-2), weekly=True)
    share(bot, slack.ada, [slack.general], when=in_hours(0.001))
    slack.faults.fail("chat.postMessage", 503)
    slack.faults.fail("conversations.open", 503)
    clockwork(bot, later(0.1)).tick()
    assert public(bot, slack.market) == []
    assert len(public(bot, slack.general)) == 1


def test_a_weekly_share_knows_where_its_sharer_lives(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], words=TOPIC, when=in_hours(1), weekly=["weekly"])
    (made,) = shares.coming(bot.desk().state, ADA)
    assert made.zone == "Europe/Berlin"
    bot.slack.server.scopes -= {"users:read"}
    slack.close(slack.ada, window(bot, slack.ada, ">: "))
    share(bot, slack.ada, [slack.general], words=TOPIC, when=in_hours(1), weekly=["weekly"])
    assert {one.zone for one in shares.coming(bot.desk().state, ADA)} == {"Europe/Berlin", ""}


@pytest.mark.parametrize(
    ("due", "zone", "again"),
    [
        ("2026-03-23T08:00:00+00:00", "Europe/Berlin", "2026-03-30T07:00:00+00:00"),
        ("2026-10-19T07:00:00+00:00", "Europe/Berlin", "2026-10-26T08:00:00+00:00"),
        ("2026-03-02T14:00:00+00:00", "America/New_York", "2026-03-09T13:00:00+00:00"),
        ("2026-03-23T01:00:00+00:00", "Asia/Shanghai", "2026-03-30T01:00:00+00:00"),
        ("2026-03-22T01:30:00+00:00", "Europe/Berlin", "2026-03-29T01:30:00+00:00"),
    ],
)
def test_a_weekly_share_keeps_its_hour_when_clocks_change(due: str, zone: str, again: str) -> None:
    assert a_week_on(datetime.fromisoformat(due), zone).isoformat() == again


def test_a_zone_that_nobody_knows_is_the_hosts() -> None:
    due = datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert a_week_on(due, "Ruritania/Strelsau") == a_week_on(due, "")
    assert a_week_on(due, "").astimezone().hour == due.astimezone().hour


def test_a_document_that_was_replaced_gives_what_it_still_says_and_a_removed_one_nothing(
    bot: Bot, home: Path
) -> None:
    slack = bot.slack
    library = home / "library"
    library.mkdir(exist_ok=True)
    (library / "ruritania.md").write_text(f"# Ruritania and its trams\n\n{TRAMS}\n\n{BUSES}\n", "utf-8")
    build([SHIPPED, library], home / "index")
    for hours in (1, 3):
        view = share_window(bot, slack.ada, digest(bot, slack.ada, "ruritania"))
        slack.submit(slack.ada, view, {"channels": [slack.market.id], "when": in_hours(hours)})
        slack.close(slack.ada, window(bot, slack.ada, ">: "))
    assert "Ruritania and its trams to" in str(home_with(bot, "Shares to come").content)
    (library / "ruritania.md").write_text(f"# Ruritania and its trams\n\n{BUSES}\n", "utf-8")
    build([SHIPPED, library], home / "index")
    clockwork(bot, later(2)).tick()
    (posted,) = public(bot, slack.market)
    assert BUSES in shown(posted)
    assert TRAMS not in shown(posted)
    slack.click(slack.ada, home_with(bot, "remove_file"), "remove_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "is out of the library")
    clockwork(bot, later(4)).tick()
    told = seen(bot, slack.ada, slack.dm(slack.ada), "could not share")
    assert "no longer held" in told.text
    assert len(public(bot, slack.market)) == 1


def test_nothing_comes_of_somebody_who_is_forgotten(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market])
    (posted,) = public(bot, slack.market)
    scheduled(bot, later(1), weekly=True)
    slack.say(slack.ada, slack.dm(slack.ada), "keep me posted on NEV sales in China in October 2021")
    seen(bot, slack.ada, slack.dm(slack.ada), "I will tell you")
    bot.desk().state.forget(ADA)
    clockwork(bot, later(2)).tick()
    assert public(bot, slack.market) == [posted]
    slack.click(slack.ben, posted, "withdraw")
    assert "Only who shared it" in seen(bot, slack.ben, slack.market, "Only who").text
    home = str(home_with(bot, "What I hold").content)
    assert "Shares to come" not in home
    assert "You will be told" not in home
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_delete(channel=slack.market.id, ts=posted.ts)
