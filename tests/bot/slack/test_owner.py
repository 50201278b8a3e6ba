"""The owner's desk: documents given to the bot, removed and replaced; answers corrected, and earlier ones told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bot import audit
from bot.config import Home, Settings
from bot.playground.state import Message, View
from bot.slack.files import fetch_file, is_of_slack
from bot.slack.manifest import build_manifest
from bot.workshop import Workshop
from index.errors import CorpusError
from tests.bot.slack.conftest import Bot, shown
from tests.bot.slack.test_scenarios import ask, window
from tests.bot.slack.test_takeaways import clockwork, seen

NOTE = (
    b"# A note on Ruritania\n\nIn October 2021 NEV sales in Norway were 12,345 vehicles, says the ministry.\n"
)
ADA, BEN = "U0000001", "U0000002"


def scan() -> bytes:
    """A page that is a picture."""
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "grey")), 0, 0, 600, 800)
    canvas.save()
    return out.getvalue()


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


def give(bot: Bot, name: str = "ruritania.md", content: bytes = NOTE) -> Message:
    """Ada gives the bot a file in a direct message; what it says of it."""
    slack = bot.slack
    said = slack.upload(slack.ada, slack.dm(slack.ada), name, content)
    return slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app])[0]


def home_with(bot: Bot, words: str) -> View:
    def found() -> View | None:
        home = bot.slack.home(bot.slack.ada)
        return home if home and words in str(home.content) else None

    bot.slack.open_home(bot.slack.ada)
    return bot.slack.wait_for(found)


def test_a_file_is_read_sampled_and_taken_in_after_a_word(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    offer = give(bot)
    assert "A note on Ruritania" in offer.text
    assert "says the ministry" in shown(offer)
    assert workshop.names() == ()
    slack.click(slack.ada, offer, "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "ruritania.md is in the library")
    assert workshop.names() == ("ruritania.md",)
    assert "12,345" in ask(bot, slack.ben, slack.market, "NEV sales in Norway in October 2021?").text
    assert [(one.user, one.action, one.what) for one in audit.trail(bot.desk().state, 5)] == [
        (ADA, "added", "ruritania.md")
    ]
    assert slack.refusals() == []


def test_a_file_is_replaced_by_one_of_its_name_and_removed_at_home(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    slack.click(slack.ada, give(bot), "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "is in the library")
    offer = give(bot, content=NOTE.replace(b"12,345", b"54,321"))
    assert "take its place" in shown(offer)
    slack.click(slack.ada, offer, "take_file")
    slack.wait_for(
        lambda: len([m for m in slack.messages(slack.dm(slack.ada)) if "is in the library" in m.text]) > 1
    )
    assert "54,321" in ask(bot, slack.ben, slack.market, "NEV sales in Norway in October 2021?").text
    slack.click(slack.ada, home_with(bot, "remove_file"), "remove_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "is out of the library")
    assert workshop.names() == ()
    assert "54,321" not in ask(bot, slack.ben, slack.market, "NEV sales in Norway in October 2021?").text


def test_what_a_file_is_an_edition_or_a_near_copy_of_is_said_with_it(
    bot: Bot, workshop: Workshop, home: Path
) -> None:
    held = b" ".join(b"In month %d the sales of carts rose to %d." % (n, 7 * n) for n in range(60))
    (home / "library").mkdir(exist_ok=True)
    (home / "library" / "carts.md").write_bytes(b"---\ntitle: Carts\npublished: 2021-05-01\n---\n" + held)
    offer = give(bot, "carts-2.md", b"---\ntitle: Carts\npublished: 2022-05-01\n---\n" + held)
    assert "It is a newer edition of carts.md, and supersedes it." in shown(offer)
    offer = give(bot, "wagons.md", b"---\ntitle: Wagons\n---\n" + held.replace(b"month 7 ", b"July "))
    assert "of it stands in carts.md too" in shown(offer)
    bot.slack.click(bot.slack.ada, offer, "discard_file")
    assert workshop.names() == ("carts.md",)


def test_a_file_is_discarded(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    slack.click(slack.ada, give(bot), "discard_file")
    slack.wait_for(lambda: [m for m in slack.messages(slack.dm(slack.ada)) if m.text == "Discarded."])
    assert workshop.names() == ()


def test_a_message_with_a_file_is_added_by_its_shortcut(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    said = slack.upload(slack.ben, slack.market, "ruritania.md", NOTE)
    slack.shortcut(slack.ada, "add_to_corpus", said)
    slack.click(slack.ada, seen(bot, slack.ada, slack.market, "Ruritania"), "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "is in the library")
    assert workshop.names() == ("ruritania.md",)


def test_who_is_no_admin_adds_nothing(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    said = slack.upload(slack.ben, slack.dm(slack.ben), "ruritania.md", NOTE)
    told = slack.wait_for(lambda: [m for m in slack.replies(said) if m.from_app])[0]
    assert "Only my admins" in told.text
    slack.open_home(slack.ben)
    home = slack.wait_for(lambda: slack.home(slack.ben))
    assert "Library" not in str(home.content)
    assert workshop.names() == ()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("big.txt", b"x" * (40 * 2**20), "40 MB"),
        ("broken.pdf", b"%PDF-1.4 nothing", "broken.pdf"),
        ("tool.exe", b"MZ", "can't be read"),
        ("empty.md", b"\n", "empty.md"),
        ("scanned.pdf", scan(), "scan without text"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_said_and_never_kept(
    bot: Bot, home: Path, name: str, content: bytes, words: str
) -> None:
    offer = give(bot, name, content)
    assert words in offer.text
    assert not [block for block in offer.blocks if block["type"] == "actions"]
    assert not list((home / "waiting").glob("*/*")) if (home / "waiting").exists() else True


def test_the_token_goes_to_slack_alone(bot: Bot) -> None:
    settings = bot.desk().settings
    for address in (
        "https://evil.example/x",
        "http://files.slack.com/x",
        "https://slack.com.evil.example/x",
        "",
    ):
        assert not is_of_slack(address, "https://slack.com/api/")
        with pytest.raises(CorpusError, match="not kept in Slack"):
            fetch_file(
                {"name": "x", "url_private_download": address}, settings.bot_token, settings.slack_api_url, 10
            )
    assert is_of_slack("https://files.slack.com/files-pri/T1-F1/download/x.pdf", "https://slack.com/api/")
    assert "files:read" in build_manifest()["oauth_config"]["scopes"]["bot"]


def test_a_redirect_to_the_sign_in_page_is_no_file(bot: Bot) -> None:
    from bot.config import Secret

    slack = bot.slack
    said = slack.upload(slack.ben, slack.market, "ruritania.md", NOTE)
    file = slack.payload(said)["files"][0]
    with pytest.raises(CorpusError, match="did not let me read"):
        fetch_file(file, Secret("xoxb-of-another"), slack.base_url, 1_000)


def report(bot: Bot) -> tuple[Message, View]:
    """Ben reports an answer as wrong, and Ada opens the window that corrects it."""
    slack = bot.slack
    answer = ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?")
    slack.click(slack.ben, answer, "wrong")
    slack.submit(slack.ben, slack.wait_for(lambda: slack.view(slack.ben)), {"words": "CAAM revised it."})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    slack.click(slack.ada, home_with(bot, "CAAM revised it."), "correct")
    return answer, window(bot, slack.ada, "Which figure")


def test_a_reported_figure_is_corrected_and_the_earlier_answer_gets_a_note_once(bot: Bot) -> None:
    slack = bot.slack
    answer, view = report(bot)
    clockwork(bot, datetime.now(UTC)).tick()
    slack.submit(slack.ada, view, {"value": "458,000 vehicles", "reason": "CAAM revised it"})
    seen(bot, slack.ada, slack.dm(slack.ada), "is corrected")
    for _ in range(2):
        clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)
    notes = [m for m in slack.replies(answer) if "was corrected" in m.text]
    assert len(notes) == 1
    assert "457000" in notes[0].text
    assert "458,000" in notes[0].text
    again = ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?")
    assert "458,000" in again.text
    assert "Corrected by ada" in shown(again)
    assert bot.desk().state.read("SELECT 1 FROM reports") == []


def test_a_corrected_figure_is_corrected_again_and_each_answer_gets_the_note_that_it_lacks(bot: Bot) -> None:
    slack = bot.slack
    first, view = report(bot)
    clockwork(bot, datetime.now(UTC)).tick()
    slack.submit(slack.ada, view, {"value": "458,000 vehicles", "reason": "CAAM revised it"})
    seen(bot, slack.ada, slack.dm(slack.ada), "is corrected")
    clockwork(bot, datetime.now(UTC)).tick()
    second, view = report(bot)
    assert "458,000" in second.text
    slack.submit(slack.ada, view, {"value": "459,000 vehicles", "reason": "and again"})
    seen(bot, slack.ada, slack.dm(slack.ada), "value 459,000")
    for _ in range(2):
        clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)
    notes = [[m.text for m in slack.replies(one) if "was corrected" in m.text] for one in (first, second)]
    assert [len(told) for told in notes] == [2, 1]
    assert "459,000" in notes[0][-1]
    assert "459,000" in notes[1][0]
    assert "459,000" in ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?").text


def corrected(bot: Bot, said: dict[str, object], words: str) -> tuple[Message, str]:
    """Ada corrects the reported figure; the answer before it, and the note that it got."""
    slack = bot.slack
    answer, view = report(bot)
    slack.submit(slack.ada, view, {**said, "reason": "a slip"})
    seen(bot, slack.ada, slack.dm(slack.ada), words)
    clockwork(bot, datetime.now(UTC)).tick()
    assert bot.desk().outbox.drain(5)
    (note,) = [m.text for m in slack.replies(answer) if "was corrected" in m.text]
    return answer, note


def test_a_rejected_figure_is_no_answer_any_more(bot: Bot) -> None:
    slack = bot.slack
    before, note = corrected(bot, {"reject": ["reject"]}, "rejected")
    assert "Month: 2021-11" in str(before.blocks)
    assert "rejected" in note
    again = ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?")
    assert "computed as January to November 2021 less January to October 2021" in again.text.splitlines()[0]
    assert "Month: 2021-11" not in str(again.blocks)


def test_a_figure_is_given_its_period_and_its_metric(bot: Bot) -> None:
    slack = bot.slack
    _, note = corrected(bot, {"period": "November 2031", "metric": "nev_exports"}, "is corrected")
    assert "period November 2031, metric nev_" in note
    assert "457,000" in ask(bot, slack.ben, slack.market, "NEV exports of China in November 2031?").text
    again = ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?")
    assert "computed as January to November 2021 less January to October 2021" in again.text.splitlines()[0]
    assert "Month: 2021-11" not in str(again.blocks)


def test_documents_beyond_the_first_ten_are_removed_by_a_menu(
    bot: Bot, workshop: Workshop, home: Path
) -> None:
    slack = bot.slack
    (home / "library").mkdir(exist_ok=True)
    for number in range(12):
        text = NOTE.replace(b"Ruritania", f"Ruritania, part {number}".encode()).replace(
            b"12,345", b"%d,345" % number
        )
        (home / "library" / f"part-{number:02}.md").write_bytes(text)
    view = home_with(bot, "and 2 more")
    slack.click(slack.ada, view, "remove_other", "part-11.md")
    seen(bot, slack.ada, slack.dm(slack.ada), "part-11.md is out of the library")
    assert "part-11.md" not in workshop.names()
    assert len(workshop.names()) == 11


def test_who_is_no_longer_an_admin_corrects_and_removes_nothing(bot: Bot, home: Path) -> None:
    slack = bot.slack
    _, view = report(bot)
    bot.desk().settings = Settings(bot_token=bot.desk().settings.bot_token, slack_api_url=slack.base_url)
    slack.submit(slack.ada, view, {"value": "458,000 vehicles", "reason": "CAAM revised it"})
    slack.wait_for(lambda: "Only my admins" in str(view.errors))
    slack.close(slack.ada, view)
    shown_home = slack.home(slack.ada)
    assert shown_home
    slack.click(slack.ada, shown_home, "dismiss")
    slack.wait_for(lambda: (now := slack.home(slack.ada)) and "CAAM revised it" not in str(now.content))
    assert bot.desk().state.read("SELECT count(*) FROM reports") == [(1,)]
    assert not (home / "library" / "corrections.toml").exists()


def test_a_correction_that_cannot_be_read_is_said_in_the_window(bot: Bot) -> None:
    slack = bot.slack
    _, view = report(bot)
    slack.submit(slack.ada, view, {"value": "a lot", "reason": "x"})
    slack.wait_for(lambda: "no value" in str(view.errors))
    slack.submit(slack.ada, view, {"value": "1", "metric": "no_such", "reason": "x"})
    slack.wait_for(lambda: "no metric" in str(view.errors))


def test_a_report_is_dismissed(bot: Bot) -> None:
    slack = bot.slack
    answer = ask(bot, slack.ben, slack.market, "NEV production in China in November 2021?")
    slack.click(slack.ben, answer, "wrong")
    slack.submit(slack.ben, slack.wait_for(lambda: slack.view(slack.ben)), {"words": "Is it?"})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    slack.click(slack.ada, home_with(bot, "Is it?"), "dismiss")
    slack.wait_for(lambda: (home := slack.home(slack.ada)) and "Is it?" not in str(home.content))


def test_a_file_that_waits_is_taken_in_after_a_restart_and_once(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    offer = give(bot)
    slack.wait_settled()
    bot.stop()
    bot.start()
    slack.click(slack.ada, offer, "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "ruritania.md is in the library")
    assert "take_file" not in str([m.blocks for m in slack.messages(slack.dm(slack.ada))])
    assert workshop.names() == ("ruritania.md",)
    assert len(audit.trail(bot.desk().state, 5)) == 1


def test_what_an_admin_reads_is_not_taken_in_by_somebody_else(bot: Bot, workshop: Workshop) -> None:
    slack = bot.slack
    said = slack.upload(slack.ben, slack.market, "ruritania.md", NOTE)
    slack.shortcut(slack.ben, "add_to_corpus", said)
    assert "Only my admins" in seen(bot, slack.ben, slack.market, "Only my admins").text
    offer = give(bot)
    bot.desk().settings = Settings(bot_token=bot.desk().settings.bot_token, slack_api_url=slack.base_url)
    slack.click(slack.ada, offer, "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "Only my admins")
    assert workshop.names() == ()


@pytest.mark.usefixtures("workshop")
def test_a_corrected_figure_stays_corrected_when_its_document_is_given_again(bot: Bot) -> None:
    slack = bot.slack
    slack.click(slack.ada, give(bot), "take_file")
    seen(bot, slack.ada, slack.dm(slack.ada), "is in the library")
    question = "NEV sales in Norway in October 2021?"
    answer = ask(bot, slack.ben, slack.market, question)
    slack.click(slack.ben, answer, "wrong")
    slack.submit(slack.ben, slack.wait_for(lambda: slack.view(slack.ben)), {"words": "It was more."})
    slack.wait_for(lambda: bot.desk().state.read("SELECT 1 FROM reports"))
    slack.click(slack.ada, home_with(bot, "It was more."), "correct")
    view = window(bot, slack.ada, "Which figure")
    slack.submit(slack.ada, view, {"value": "12,346 vehicles", "reason": "a slip"})
    seen(bot, slack.ada, slack.dm(slack.ada), "is corrected")
    slack.click(slack.ada, give(bot, content=NOTE + b"\nIt is a note of the ministry.\n"), "take_file")
    slack.wait_for(
        lambda: len([m for m in slack.messages(slack.dm(slack.ada)) if "is in the library" in m.text]) > 1
    )
    assert "12,346" in ask(bot, slack.ben, slack.market, question).text
