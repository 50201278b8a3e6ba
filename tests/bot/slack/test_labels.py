"""Access labels in Slack: what one may see reaches nobody else, by whatever button, note or desk."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels import channel
from bot.config import Home, Settings
from bot.playground.state import Message, User, View
from bot.reports import reports
from bot.workshop import Workshop
from index.builder import build
from index.corpus import SHIPPED
from index.corrections import add_correction, correct
from index.lookup.held import read_metric
from index.standard import StandardAnswer, add_answer
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_owner import give, home_with
from tests.bot.slack.test_scenarios import ask, window
from tests.bot.slack.test_takeaways import clockwork, seen

ADA, BEN = "U0000001", "U0000002"
BOARD_ROOM = "C0000003"
SECRET = "NEV sales in Norway were 77,654 vehicles in October 2021, the wombat of Strelsau says."
BOARD = f"---\ntitle: Wombat plan\naccess: board\n---\n\n{SECRET}\nBEV sales in Norway were 66,543 in October 2021.\n"
QUESTION = "NEV sales in Norway in October 2021?"
SECRETS = ("77,654", "77654", "77,655", "77655", "ombat", "66,543")


@pytest.fixture
def settings() -> Settings:
    """Ada holds the board's label and Ben does not; both are admins. One room holds it too."""
    return Settings(admins=(ADA, BEN), people={ADA: ("board",)}, channels={BOARD_ROOM: ("board",)})


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("labels")
    (home / "library").mkdir()
    (home / "library" / "wombat.md").write_text(BOARD, "utf-8")
    add_answer(
        home / "library",
        StandardAnswer("who feeds the wombat", "Ms Strelsau.", "ada", datetime.now(UTC).date(), "board"),
    )
    build([SHIPPED, home / "library"], home / "index")
    return home


@pytest.fixture
def index_folder(built: Path, home: Path) -> Path:
    shutil.copytree(built, home, dirs_exist_ok=True)
    return home / "index"


@pytest.fixture
def workshop(home: Path) -> Iterator[Workshop]:
    made = Workshop(Home(home))
    yield made
    made.wait()


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_the_figures_of_a_private_answer_come_as_csv_to_its_asker_alone(bot: Bot) -> None:
    slack = bot.slack
    slack.command(slack.ada, slack.market, f"/ask {QUESTION}")
    answer = seen(bot, slack.ada, slack.market, "77,654")
    slack.click(slack.ada, answer, "csv")
    slack.wait_for(lambda: [m for m in slack.messages(slack.dm(slack.ada)) if m.files])
    assert [m for m in slack.messages(slack.market) if m.files] == []
    assert leaks(str([m.text for m in slack.messages(slack.market, viewer=slack.ben)])) == []


def test_a_csv_in_a_channel_has_only_what_the_channel_may_see(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.board, QUESTION)
    assert "77,654" in answer.text
    bot.desk().settings = Settings(
        bot_token=bot.desk().settings.bot_token, slack_api_url=slack.base_url, people={ADA: ("board",)}
    )
    slack.click(slack.ada, answer, "csv")
    seen(bot, slack.ada, slack.board, "no longer keep")
    assert [m for m in slack.replies(answer) if m.files] == []


def test_a_click_in_a_channel_that_became_shared_is_answered_from_what_everyone_sees(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.board, "NEV sales in October 2021?")
    slack.workspace.channels[slack.board.id].ext_shared = True
    before = len(slack.replies(answer))
    slack.click(slack.ada, answer, "other.0")
    slack.wait_for(lambda: len(slack.replies(answer)) > before)
    assert leaks("\n".join(shown(m) for m in slack.replies(answer)[before:])) == []


def labels_window(bot: Bot, admin: User) -> View:
    slack = bot.slack
    slack.open_home(admin)
    home = slack.wait_for(lambda: slack.home(admin))
    slack.click(admin, home, "open_channel")
    slack.click(admin, window(bot, admin, "Which channel"), "channel", slack.market.id)
    return window(bot, admin, "In which language")


def test_an_admin_opens_a_label_of_their_own_to_a_channel_and_closes_it(bot: Bot) -> None:
    slack = bot.slack
    assert leaks(shown(ask(bot, slack.ben, slack.market, QUESTION))) == []
    slack.submit(slack.ada, labels_window(bot, slack.ada), {"labels": ["board"]})
    slack.close(slack.ada, window(bot, slack.ada, "It may see: everyone, board"))
    assert "77,654" in ask(bot, slack.ben, slack.market, QUESTION).text
    slack.submit(slack.ada, labels_window(bot, slack.ada), {"labels": []})
    window(bot, slack.ada, "It may see: everyone.")
    assert leaks(shown(ask(bot, slack.ben, slack.market, QUESTION))) == []
    assert slack.refusals() == []


def test_an_admin_without_the_label_can_neither_open_nor_close_it(bot: Bot) -> None:
    slack = bot.slack
    view = labels_window(bot, slack.ben)
    assert "board" not in str(view.content)
    slack.submit(slack.ben, view, {})
    slack.close(slack.ben, window(bot, slack.ben, ": I answer when"))
    slack.submit(slack.ada, labels_window(bot, slack.ada), {"labels": ["board"]})
    window(bot, slack.ada, "everyone, board")
    slack.submit(slack.ben, labels_window(bot, slack.ben), {"listen": "always"})
    window(bot, slack.ben, ": I answer always")
    assert channel(bot.desk().state, slack.market.id).labels == ("board",)
    slack.workspace.channels[slack.market.id].ext_shared = True
    assert leaks(shown(ask(bot, slack.ada, slack.market, QUESTION))) == []
    slack.workspace.channels[slack.market.id].ext_shared = False


def correct_it(bot: Bot) -> Message:
    """Ada corrects the board's figure, which was told in its room."""
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.board, QUESTION)
    slack.click(slack.ada, answer, "wrong")
    slack.submit(slack.ada, slack.wait_for(lambda: slack.view(slack.ada)), {"words": "One more."})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    slack.click(slack.ada, home_with(bot, "One more."), "correct")
    view = window(bot, slack.ada, "Which figure")
    slack.submit(slack.ada, view, {"value": "77,655 vehicles", "reason": "a slip"})
    seen(bot, slack.ada, slack.dm(slack.ada), "is corrected")
    return answer


def notes(bot: Bot, answer: Message) -> list[str]:
    clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)
    return [m.text for m in bot.slack.replies(answer) if "was corrected" in m.text]


def test_the_note_of_a_correction_reaches_the_room_that_may_see_it(bot: Bot) -> None:
    (note,) = notes(bot, correct_it(bot))
    assert "77,655" in note


def test_no_note_of_a_correction_reaches_a_room_that_became_shared(bot: Bot) -> None:
    answer = correct_it(bot)
    bot.slack.workspace.channels[bot.slack.board.id].ext_shared = True
    assert notes(bot, answer) == []
    bot.slack.workspace.channels[bot.slack.board.id].ext_shared = False


def test_an_admin_without_the_label_has_a_desk_without_it(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    ask(bot, slack.ada, slack.board, "who sells wombat tickets to the moon?")
    answer = ask(bot, slack.ada, slack.board, QUESTION)
    slack.click(slack.ada, answer, "wrong")
    slack.submit(slack.ada, slack.wait_for(lambda: slack.view(slack.ada)), {"words": "One more wombat."})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    assert {"wombat.md", "wombat tickets", "Ms Strelsau", "One more wombat"} <= {
        words for words in ("wombat.md", "wombat tickets", "Ms Strelsau", "One more wombat")
        if words in str(home_with(bot, "Reported as wrong").content)
    }  # fmt: skip
    slack.open_home(slack.ben)
    home = slack.wait_for(lambda: slack.home(slack.ben))
    assert "Channel settings" in str(home.content)
    assert leaks(str(home.content)) == []
    with bot.desk().live.seen_by(frozenset({"everyone"})) as view:
        assert reports(bot.desk().state, view) == ()
    assert workshop.names() == ("wombat.md",)


def test_what_a_file_is_a_copy_of_is_not_told_to_who_may_not_see_that(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    near = BOARD.replace("access: board\n", "").replace("Wombat plan", "A plan").encode()
    said = slack.upload(slack.ben, slack.dm(slack.ben), "wombat.md", near)
    told = slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app])[0]
    assert "stands in" not in shown(told)
    assert "take its place" not in shown(told)
    slack.click(slack.ben, told, "take_file")
    seen(bot, slack.ben, slack.dm(slack.ben), "wombat-2.md is in the library")
    assert (workshop.folder / "wombat.md").read_text("utf-8") == BOARD
    assert workshop.names() == ("wombat-2.md", "wombat.md")
    assert "stands in wombat" in shown(give(bot, "again.md", near + b"\nMore."))


def test_the_very_file_that_is_hidden_is_taken_in_as_if_it_were_new(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    said = slack.upload(slack.ben, slack.dm(slack.ben), "mine.md", BOARD.encode())
    told = slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app])[0]
    slack.click(slack.ben, told, "take_file")
    seen(bot, slack.ben, slack.dm(slack.ben), "mine.md is in the library")
    assert workshop.names() == ("mine.md", "wombat.md")


def test_a_newer_edition_of_what_one_may_not_see_is_seen_by_everyone(bot: Bot) -> None:
    slack = bot.slack
    newer = (
        BOARD.replace("access: board", "published: 2030-01-01\nsupersedes: wombat.md") + "\nEchidnas, too.\n"
    )
    said = slack.upload(slack.ben, slack.dm(slack.ben), "own.md", newer.encode())
    told = slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app])[0]
    slack.click(slack.ben, told, "take_file")
    seen(bot, slack.ben, slack.dm(slack.ben), "own.md is in the library")
    desk = bot.desk()
    told_everyone = desk.live.ask("echidnas", thread=(), viewer=frozenset({"everyone"}), today=desk.today())
    assert "Echidnas, too" in str(told_everyone)


def test_a_file_that_no_index_has_yet_is_on_the_desk_of_those_who_hold_its_label(
    bot: Bot, home: Path
) -> None:
    slack = bot.slack
    for name, label in (("strelsau.md", "board"), ("open.md", "everyone")):
        (home / "library" / name).write_text(f"---\naccess: {label}\n---\n\nIt opens in spring.\n", "utf-8")
    (home / "library" / "table.csv").write_text("Year,Wombats\n2021,7\n", "utf-8")
    (home / "library" / "table.csv.toml").write_text('access = "board"\n', "utf-8")
    assert {"strelsau.md", "table.csv", "open.md"} <= library(home_with(bot, "Library"))
    slack.open_home(slack.ben)
    assert library(slack.wait_for(lambda: slack.home(slack.ben))) == {"open.md"}


def library(home: View) -> set[str]:
    return set(re.findall(r"[\w-]+\.(?:md|csv)", str(home.content)))


def test_a_correction_of_what_a_channel_may_not_see_is_noted_under_none_of_its_answers(
    bot: Bot, home: Path
) -> None:
    slack = bot.slack
    (home / "library" / "open.md").write_text(
        BOARD.replace("access: board\n", "").replace("Wombat", "Sales"), "utf-8"
    )
    build([SHIPPED, home / "library"], home / "index")
    answer = ask(bot, slack.ben, slack.market, QUESTION)
    assert "77,654" in answer.text
    with bot.desk().live.seen_by(None) as view:
        hidden = next(
            one for one in read_metric(view, "nev_sales", ("level",)) if one.document_id == "wombat.md"
        )
    made = correct(hidden, (), reason="a slip", by="ada", on=bot.desk().today(), value="77,655 vehicles")
    add_correction(home / "library", made)
    build([SHIPPED, home / "library"], home / "index")
    assert notes(bot, answer) == []


def test_a_report_from_a_room_with_a_label_is_on_the_desk_of_those_who_hold_it(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ada, slack.board, "NEV sales in China in October 2021?")
    slack.click(slack.ada, answer, "wrong")
    slack.submit(slack.ada, slack.wait_for(lambda: slack.view(slack.ada)), {"words": "One is lacking."})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    assert "One is lacking" in str(home_with(bot, "Reported as wrong").content)
    slack.open_home(slack.ben)
    assert "One is lacking" not in str(slack.wait_for(lambda: slack.home(slack.ben)).content)


def test_a_thread_is_read_again_where_fewer_may_see_it(bot: Bot, home: Path) -> None:
    slack = bot.slack
    table = "Month,Region,NEV sales (vehicles)\n2021-10,Zubrowka,7123\n2021-11,Zubrowka,7124\n"
    (home / "library" / "table.csv").write_text(table, "utf-8")
    (home / "library" / "table.csv.toml").write_text('access = "board"\n', "utf-8")
    build([SHIPPED, home / "library"], home / "index")
    answer = ask(bot, slack.ada, slack.board, "NEV sales in Zubrowak in October 2021?")
    assert "7,123" in answer.text
    bot.desk().settings = Settings(bot_token=bot.desk().settings.bot_token, slack_api_url=slack.base_url)
    told = ask(bot, slack.ada, slack.board, "and in China?", answer)
    assert "383,000" not in shown(told), "that it was asked of a place is known from a hidden table alone"
