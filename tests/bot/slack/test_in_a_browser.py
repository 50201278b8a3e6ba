"""The first minute: the real bot, asked on the playground's page in a real browser."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from bot.config import Home, Settings
from bot.looks import looks_of
from bot.workshop import Workshop
from tests.bot.slack.conftest import Bot
from tests.browser import CHROMIUM, Tab, open_tab
from tests.slack_fixture import Slack

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
DROP = """(() => {
  const bytes = Uint8Array.from(atob(%r), (c) => c.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], "ruritania.pdf", { type: "application/pdf" }));
  const dropped = { dataTransfer: given, bubbles: true, cancelable: true };
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", dropped));
})()"""


@pytest.fixture
def settings(slack: Slack) -> Settings:
    return Settings(admins=(slack.ada.id,))


@pytest.fixture
def index_folder(shipped_folder: Path, home: Path) -> Path:
    shutil.copytree(shipped_folder, home / "index")
    return home / "index"


@pytest.fixture
def workshop(home: Path) -> Iterator[Workshop]:
    made = Workshop(Home(home))
    yield made
    made.wait()


def note_as_pdf() -> str:
    """A page of our own with one figure, in base 64."""
    out = BytesIO()
    canvas = Canvas(out)
    canvas.drawString(
        72, 760, "In October 2021 NEV sales in Ruritania were 12,345 vehicles, says the ministry."
    )
    canvas.save()
    return b64encode(out.getvalue()).decode()


@pytest.fixture
def page(bot: Bot, slack: Slack, tmp_path: Path) -> Iterator[Tab]:
    slack.server.page.looks = dict(looks_of(bot.desk()))
    with open_tab(tmp_path / "browser") as tab:
        tab.size(1280, 860)
        tab.go(f"{slack.url}/?user={slack.ada.id}")
        tab.wait("document.querySelector('#places .place')")
        yield tab
        assert tab.errors == []


def said(text: str) -> str:
    return f"document.querySelector('#messages').innerText.includes({text!r})"


def typed(page: Tab, text: str) -> None:
    page.run("document.querySelector('#typed').focus()")
    page.type(text)
    page.press("Enter")


def test_a_figure_its_source_a_vote_and_the_home(page: Tab, slack: Slack) -> None:
    page.click("seminar", within="#places")
    typed(page, "NEV sales in October 2021?")
    page.wait(said("383,000 vehicles"))
    page.click("Source in context", within="#messages")
    page.wait("document.querySelector('dialog[open]')?.innerText.includes('383')")
    page.press("Escape")
    page.wait("!document.querySelector('dialog[open]')")
    page.click("Right", within=".feedback")
    page.wait("document.querySelector('.feedback [aria-pressed=true]')")
    page.click("Home", within="#head")
    page.wait("document.querySelector('#home').innerText.includes('NEV sales in October 2021?')")
    slack.wait_settled()
    assert slack.refusals() == []


def test_a_year_is_drawn_as_a_chart_and_listed_as_a_table(page: Tab, slack: Slack) -> None:
    page.click("market", within="#places")
    typed(page, f"{slack.mention} Monthly NEV sales in 2021")
    page.wait("document.querySelector('.thread svg[role=img]') && document.querySelector('.thread table')")
    assert "531" in page.run("document.querySelector('.thread svg[role=img]').ariaLabel")


def test_an_answer_to_a_command_is_the_askers_alone(page: Tab, slack: Slack) -> None:
    page.click("elsewhere", within="#places")
    typed(page, "/ask NEV sales in October 2021?")
    page.wait("document.querySelector('.ephemeral')?.innerText.includes('383,000')")
    assert not slack.messages(slack.elsewhere)


def test_a_receipt_and_the_document_that_the_answer_rests_on(page: Tab) -> None:
    typed(page, "NEV sales in October 2021?")
    page.wait(said("383,000 vehicles"))
    page.click("Receipt", within="#inspector")
    page.wait("document.querySelector('.receipt')?.innerText.includes('template value: value')")
    page.click("our edition of Notes", within="#inspector")
    page.wait("document.querySelector('.document mark')?.innerText.includes('397,000 and sales 383,000')")
    page.click("All documents", within="#inspector")
    page.wait("document.querySelectorAll('.documents li').length > 15")


def test_a_pdf_is_dropped_in_and_asked_about(page: Tab) -> None:
    page.click("Documents", within="#inspector")
    page.wait("document.querySelector('.drop')")
    page.run(DROP % note_as_pdf())
    page.wait(said("12,345"))
    page.click("Add to the library", within="#messages")
    page.wait(said("is in the library"))
    typed(page, "NEV sales in Ruritania in October 2021?")
    page.wait("[...document.querySelectorAll('.message')].at(-1).innerText.includes('12,345 vehicles')")


def test_takeaways_are_shared_with_a_channel(page: Tab, slack: Slack) -> None:
    typed(page, "/takeaways seminar")
    page.wait(said("Share…"))
    page.click("Share…", within="#messages")
    chosen = "[...document.querySelectorAll('dialog select option')].find((o) => o.text === '#market')"
    page.wait(chosen)
    page.run(
        f"(() => {{ const o = {chosen}; o.selected = true; o.parentElement.dispatchEvent(new Event('change')); }})()"
    )
    page.click("Share", within="dialog footer")
    shared = slack.wait_for(lambda: [m for m in slack.messages(slack.market) if m.from_app])
    assert "China leads the world" in str(shared[0].blocks)
