"""The first minute: the real bot, asked on the playground's page in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.slack.conftest import Bot
from tests.browser import CHROMIUM, Tab, open_tab
from tests.slack_fixture import Slack

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")


@pytest.fixture
def page(bot: Bot, slack: Slack, tmp_path: Path) -> Iterator[Tab]:
    assert bot.slack is slack
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
