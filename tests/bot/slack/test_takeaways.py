"""Takeaways shared with teams, and everything that can go wrong on the way."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot import shares
from bot.config import Settings
from bot.playground.state import Channel, Json, Message, User, View
from bot.slack.clockwork import Clockwork, post_share
from bot.slack.digest import choose, takeaways_of_document
from bot.takeaways import digest as digest_of
from index.documents import Document
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_scenarios import window

SEMINAR = "seminar"
TOPIC = "solid state in Japan"
TRAMS = "Ruritania sold 12,000 electric trams in 2021, the ministry of transport says."
BUSES = "Freedonia ordered 3,000 hydrogen buses from a maker in Strelsau in 2022."
FERRIES = "The harbour of Zenda opened a line of battery ferries to the islands in 2020."


@pytest.fixture
def settings() -> Settings:
    return Settings()


def digest(bot: Bot, user: User, words: str = SEMINAR, channel: Channel | None = None) -> Message:
    """What `/takeaways` shows its asker."""
    where = channel or bot.slack.market
    bot.slack.command(user, where, f"/takeaways {words}")
    return seen(bot, user, where)


def seen(bot: Bot, user: User, channel: Channel, words: str = "") -> Message:
    """The newest message of the bot that this person sees, once it has these words."""

    def newest() -> Message | None:
        found = [
            m for m in bot.slack.messages(channel, viewer=user) if m.from_app and m.text and words in shown(m)
        ]
        return found[-1] if found else None

    return bot.slack.wait_for(newest)


def public(bot: Bot, channel: Channel) -> list[Message]:
    """What everybody sees of the bot in a channel."""
    return [m for m in bot.slack.messages(channel) if m.from_app and m.seen_only_by is None]


def share_window(bot: Bot, user: User, shown_digest: Message) -> View:
    bot.slack.click(user, shown_digest, "open_share")
    return window(bot, user, "Which points")


def share(bot: Bot, user: User, to: list[Channel], words: str = SEMINAR, **more: object) -> str:
    """Shares through the window; what the window says in the end."""
    view = share_window(bot, user, digest(bot, user, words))
    values: Json = {"channels": [channel.id for channel in to], **more}
    bot.slack.submit(user, view, values)
    return str(window(bot, user, ">: ").content) if not view.errors else str(view.errors)


def clockwork(bot: Bot, now: datetime) -> Clockwork:
    from slack_sdk import WebClient

    client = WebClient(bot.slack.bot_token, base_url=bot.slack.base_url)
    return Clockwork(bot.desk(), client, now=lambda: now)


def in_hours(hours: float) -> int:
    return int(time.time() + 3_600 * hours)


def test_the_digest_is_for_the_asker_alone_and_says_whose_words_it_is(bot: Bot) -> None:
    message = digest(bot, bot.slack.ada)
    assert "Our edition of" in shown(message)
    assert "First" in shown(message)
    assert public(bot, bot.slack.market) == []


def test_a_topic_gives_sentences_of_several_documents_each_with_its_own(bot: Bot) -> None:
    message = digest(bot, bot.slack.ada, f"takeaways on {TOPIC}?")
    assert f"on “{TOPIC}”" in message.text
    assert len({block["elements"][0]["text"] for block in message.blocks if block["type"] == "context"}) > 2


def test_nothing_on_a_topic_is_said_with_what_there_is(bot: Bot) -> None:
    message = digest(bot, bot.slack.ada, "the <!channel> price of *eggs* in Peru")
    assert "Nothing held is on" in message.text
    assert "There is: " in message.text
    assert bot.slack.rung() == []


def test_chosen_points_go_to_several_channels_with_the_name_and_note_of_who_shared_them(bot: Bot) -> None:
    slack = bot.slack
    view = share_window(bot, slack.ada, digest(bot, slack.ada))
    assert "all-solid-state" in str(view.content)
    boxes = next(b["element"] for b in view.content["blocks"] if b.get("block_id") == "points")
    values = {
        "channels": [slack.market.id, slack.general.id],
        "points": [boxes["options"][place]["value"] for place in (0, 2)],
        "note": "Hi @ben, <!here> & *all*: read the third",
    }
    slack.submit(slack.ada, view, values)
    told = str(window(bot, slack.ada, ">: ").content)
    assert slack.market.id in told
    for channel in (slack.market, slack.general):
        text = shown(seen(bot, slack.ben, channel))
        assert f"Shared by <@{slack.ada.id}>" in text
        assert "1. First" in text
        assert "3. Third" in text
        assert "2. Second" not in text
        assert "read the third" in text
    assert [who for who, _ in slack.rung() if who != slack.ada.id] == []
    assert slack.refusals() == []


def test_a_topic_is_shared_with_the_points_that_were_chosen(bot: Bot) -> None:
    slack = bot.slack
    view = share_window(bot, slack.ada, digest(bot, slack.ada, TOPIC))
    boxes = next(b["element"] for b in view.content["blocks"] if b.get("block_id") == "points")
    slack.submit(slack.ada, view, {"channels": [slack.market.id], "points": [boxes["options"][1]["value"]]})
    posted = seen(bot, slack.ben, slack.market)
    assert "2. " in posted.text
    assert "1. " not in posted.text
    assert slack.refusals() == []


def test_a_question_in_the_thread_of_a_share_is_answered_and_a_remark_is_left_alone(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market])
    posted = seen(bot, slack.ben, slack.market, "Shared by")
    slack.say(slack.ben, slack.market, "interesting, thanks", thread=posted)
    slack.wait_settled()
    slack.say(slack.ben, slack.market, "What is the third takeaway?", thread=posted)
    slack.wait_for(lambda: [m for m in slack.replies(posted) if m.from_app])
    assert bot.desk().outbox.drain(5)
    assert len([m for m in slack.replies(posted) if m.from_app]) == 1


def test_only_who_shared_it_can_withdraw_it_and_once(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market])
    posted = seen(bot, slack.ben, slack.market, "Shared by")
    slack.click(slack.ben, posted, "withdraw")
    assert "Only who shared it" in seen(bot, slack.ben, slack.market, "Only who").text
    assert posted in public(bot, slack.market)
    slack.click(slack.ada, posted, "withdraw")
    slack.wait_for(lambda: posted not in public(bot, slack.market))
    slack.click(slack.ada, posted, "withdraw")
    seen(bot, slack.ada, slack.market, "withdrawn already")


def test_the_thread_of_a_withdrawn_share_is_no_longer_answered_from_it(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market])
    posted = seen(bot, slack.ben, slack.market, "Shared by")
    slack.click(slack.ada, posted, "withdraw")
    slack.wait_for(lambda: posted not in public(bot, slack.market))
    slack.click(slack.ada, posted, "withdraw")
    seen(bot, slack.ada, slack.market, "withdrawn already")
    assert bot.desk().state.thread(posted_team(bot), slack.market.id, posted.ts) == ()
    clockwork(bot, datetime.now(UTC) + timedelta(days=8)).tick()
    assert public(bot, slack.market) == []


def posted_team(bot: Bot) -> str:
    """The team of every receipt."""
    return str(bot.desk().state.read("SELECT team FROM shares LIMIT 1")[0][0])


def test_a_share_for_later_is_listed_at_home_posted_at_its_time_and_not_twice(bot: Bot) -> None:
    slack = bot.slack
    told = share(bot, slack.ada, [slack.market], when=in_hours(2))
    assert "scheduled" in told
    slack.open_home(slack.ada)
    slack.wait_for(lambda: (home := slack.home(slack.ada)) and "Shares to come" in str(home.content))
    clockwork(bot, datetime.now(UTC)).tick()
    assert public(bot, slack.market) == []
    for _ in range(2):
        clockwork(bot, datetime.now(UTC) + timedelta(hours=3)).tick()
    assert len(public(bot, slack.market)) == 1


def test_a_share_for_later_is_cancelled_at_home(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], when=in_hours(2))
    slack.open_home(slack.ada)
    home = slack.wait_for(
        lambda: (found := slack.home(slack.ada)) and "Shares to come" in str(found.content) and found
    )
    assert home
    slack.click(slack.ada, home, "cancel_share")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "Shares to come" not in str(now.content))
    clockwork(bot, datetime.now(UTC) + timedelta(hours=3)).tick()
    assert public(bot, slack.market) == []


def test_a_weekly_share_comes_again_and_survives_a_restart(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], words=TOPIC, when=in_hours(1), weekly=["weekly"])
    bot.stop()
    bot.start()
    clockwork(bot, datetime.now(UTC) + timedelta(hours=2)).tick()
    assert len(public(bot, slack.market)) == 1
    clockwork(bot, datetime.now(UTC) + timedelta(days=7, hours=2)).tick()
    assert len(public(bot, slack.market)) == 2


def test_a_time_that_is_past_is_refused_in_the_window(bot: Bot) -> None:
    slack = bot.slack
    view = share_window(bot, slack.ada, digest(bot, slack.ada))
    slack.submit(slack.ada, view, {"channels": [slack.market.id], "when": in_hours(-2)})
    slack.wait_for(lambda: view.errors)
    assert "past" in view.errors["when"]
    assert shares.coming(bot.desk().state, slack.ada.id) == ()


def test_no_point_and_no_channel_are_kept_back_by_the_window(bot: Bot) -> None:
    slack = bot.slack
    view = share_window(bot, slack.ada, digest(bot, slack.ada))
    slack.submit(slack.ada, view, {"points": [], "channels": []})
    slack.wait_for(lambda: set(view.errors) == {"points", "channels"})


def test_a_channel_that_the_bot_is_not_in_is_said_and_the_others_get_theirs(bot: Bot) -> None:
    slack = bot.slack
    told = share(bot, slack.ada, [slack.elsewhere, slack.market])
    assert "Invite me" in told
    assert "shared." in told
    assert public(bot, slack.elsewhere) == []
    assert len(public(bot, slack.market)) == 1


def test_who_scheduled_a_share_that_fails_hears_why(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.elsewhere], when=in_hours(1))
    clockwork(bot, datetime.now(UTC) + timedelta(hours=2)).tick()
    told = seen(bot, slack.ada, slack.dm(slack.ada), "could not share")
    assert "Invite me" in told.text


def test_a_share_for_later_posts_the_sentences_that_were_chosen_whatever_their_numbers_are_by_then() -> None:
    before, after = (
        takeaways_of_document(digest_of(Document("a.md", "A", text)))
        for text in (f"{TRAMS} {BUSES}", f"{FERRIES} {TRAMS} {BUSES}")
    )
    share = shares.Share(
        "", "T", "U", "C", "a.md", (before.lines[1].key,), "", "", every_week=False, state="scheduled"
    )
    assert [line.text for line in choose(before, share).lines] == [BUSES]
    assert [line.text for line in choose(after, share).lines] == [BUSES]


def test_a_share_of_what_is_gone_is_not_posted(bot: Bot) -> None:
    from slack_sdk import WebClient

    slack = bot.slack
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    for topic in ("gone.md", "topic: the price of eggs in Peru"):
        kept = shares.schedule(
            bot.desk().state,
            shares.Share("", "T0000001", slack.ada.id, slack.market.id, topic, (1,), "", "2021-01-01T00:00:00+00:00",
                         every_week=False, state="scheduled"),
        )  # fmt: skip
        assert "no longer held" in post_share(bot.desk(), client, kept)
    assert public(bot, slack.market) == []


def test_a_weekly_share_is_cancelled_at_home_after_its_first_time(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], words=TOPIC, when=in_hours(1), weekly=["weekly"])
    clockwork(bot, datetime.now(UTC) + timedelta(hours=2)).tick()
    assert len(public(bot, slack.market)) == 1
    slack.open_home(slack.ada)
    home = slack.wait_for(
        lambda: (found := slack.home(slack.ada)) and "Shares to come" in str(found.content) and found
    )
    assert home
    slack.click(slack.ada, home, "cancel_share")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "Shares to come" not in str(now.content))
    clockwork(bot, datetime.now(UTC) + timedelta(days=7, hours=2)).tick()
    assert len(public(bot, slack.market)) == 1


def test_a_week_of_a_weekly_share_is_withdrawn_and_the_next_one_comes(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], words=TOPIC, when=in_hours(1), weekly=["weekly"])
    clockwork(bot, datetime.now(UTC) + timedelta(hours=2)).tick()
    (first,) = public(bot, slack.market)
    slack.click(slack.ada, first, "withdraw")
    slack.wait_for(lambda: first not in public(bot, slack.market))
    clockwork(bot, datetime.now(UTC) + timedelta(days=7, hours=2)).tick()
    assert len(public(bot, slack.market)) == 1


def test_a_share_that_somebody_deleted_in_slack_counts_as_withdrawn(bot: Bot) -> None:
    from slack_sdk import WebClient

    from bot.slack.clockwork import withdraw_share

    slack = bot.slack
    share(bot, slack.ada, [slack.market])
    posted = seen(bot, slack.ben, slack.market, "Shared by")
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_delete(channel=slack.market.id, ts=posted.ts)
    share_id = str(bot.desk().state.read("SELECT id FROM shares")[0][0])
    assert withdraw_share(bot.desk().state, client, share_id, slack.ben.id).startswith("Only who")
    assert withdraw_share(bot.desk().state, client, share_id, slack.ada.id) == ""
    assert "already" in withdraw_share(bot.desk().state, client, share_id, slack.ada.id)


def test_a_share_that_was_due_while_the_bot_was_away_is_posted_once_it_is_back(bot: Bot) -> None:
    slack = bot.slack
    share(bot, slack.ada, [slack.market], when=in_hours(1))
    bot.stop()
    bot.start()
    works = clockwork(bot, datetime.now(UTC) + timedelta(days=2))
    works.tick()
    works.tick()
    assert len(public(bot, slack.market)) == 1
