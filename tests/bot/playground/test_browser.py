"""The page in a real browser, with the small Bolt app behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.bot.playground.test_bolt import build_app
from tests.browser import CHROMIUM, Tab, open_tab
from tests.slack_fixture import Slack

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with open_tab(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def page(slack: Slack, tab: Tab) -> Iterator[Tab]:
    """The page as Ada sees it, the app connected."""
    with slack.connected(build_app(slack)):
        tab.errors.clear()
        tab.size(1280, 860)
        tab.go(f"{slack.url}/?user={slack.ada.id}")
        tab.wait("document.querySelector('#places .place')")
        yield tab
        assert tab.errors == []
        tab.go("about:blank")


def typed(page: Tab, text: str) -> None:
    page.run("document.querySelector('#typed').focus()")
    page.type(text)
    page.press("Enter")


def text_of(page: Tab, selector: str) -> str:
    return str(page.run(f"document.querySelector({json.dumps(selector)}).innerText"))


def has(selector: str, text: str) -> str:
    found = f"[...document.querySelectorAll({json.dumps(selector)})]"
    return f"{found}.some((e) => e.innerText.includes({json.dumps(text)}))"


def test_a_mention_its_button_its_modal_and_its_answer(page: Tab) -> None:
    page.click("market", within="#places")
    typed(page, "@robin how much < 5?")
    page.wait(has(".thread .section", "@robin how much < 5?"))
    page.click("More", within=".thread")
    page.wait("document.querySelector('dialog[open] [data-input=question]')")
    page.click("Ask", within="dialog footer")
    page.wait(has("dialog .error", "Please complete this required field."))
    page.type("why?")
    page.click("Ask", within="dialog footer")
    page.wait("!document.querySelector('dialog[open]')")
    page.wait(has("#places .place", "1"))
    page.click("robin", within="#places")
    page.wait(has("#messages", "asked: why?"))


def test_a_command_answers_to_its_asker_only(page: Tab) -> None:
    page.click("elsewhere", within="#places")
    typed(page, "/ask how much?")
    page.wait(has(".ephemeral", "Only visible to you"))
    assert "only you: how much?" in text_of(page, ".ephemeral")


def test_the_home_and_the_inspector(page: Tab) -> None:
    page.click("robin", within="#places")
    page.click("Home", within="#head")
    page.wait(has("#home", "At home"))
    page.wait(has(".entries summary", "views.publish"))
    page.click("views.publish", within="#inspector", tag="summary")
    page.wait(has(".entries pre", '"type": "home"'))


def test_a_message_shortcut_from_the_menu(slack: Slack, page: Tab) -> None:
    slack.say(slack.ben, slack.elsewhere, "7 % of what?")
    page.click("elsewhere", within="#places")
    page.wait(has("#messages", "7 % of what?"))
    page.run("document.querySelector('.message .menu summary').click()")
    page.click("About this")
    page.wait(has(".ephemeral", "about: 7 % of what?"))


def test_a_reply_in_a_thread_keeps_its_place(slack: Slack, page: Tab) -> None:
    asked = slack.say(slack.ben, slack.market, "a question")
    page.click("market", within="#places")
    page.wait(has("#messages", "a question"))
    page.click("Reply", within="#messages")
    page.type("an answer")
    slack.say(slack.ben, slack.market, "something else meanwhile")
    page.wait(has("#messages", "something else meanwhile"))
    page.press("Enter")
    page.wait(has(".thread", "an answer"))
    assert [m.text for m in slack.replies(asked)] == ["an answer"]


NASTY = "<img src=x onerror=alert(1)> </script> *b* `c` &lt;b&gt; " + "long" * 200
CELLS: list[list[dict[str, Any]]] = [
    [{"type": "raw_text", "text": name} for name in ("Month", "Sales")],
    *(
        [{"type": "raw_text", "text": f"{n} 2021"}, {"type": "raw_text", "text": f"{n}00"}]
        for n in range(1, 9)
    ),
]
POINTS = [{"label": name, "value": value} for name, value in (("a", 1.5), ("b", -2))]
EVERY_BLOCK: list[dict[str, Any]] = [
    {"type": "header", "text": {"type": "plain_text", "text": "A header"}},
    {"type": "section", "text": {"type": "mrkdwn", "text": NASTY}},
    {"type": "context", "elements": [{"type": "mrkdwn", "text": "context"}]},
    {"type": "divider"},
    {"type": "markdown", "text": "## heading\n- **item**\n> quote\n[link](javascript:alert(1))"},
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_quote", "elements": [{"type": "text", "text": NASTY}]}],
    },
    {"type": "data_table", "caption": "A table", "page_size": 5, "rows": CELLS},
    {"type": "table", "rows": CELLS},
    *(
        {
            "type": "data_visualization",
            "title": f"A {kind} chart",
            "chart": {
                "type": kind,
                "series": [{"name": "s", "data": POINTS}],
                "axis_config": {"categories": ["a", "b"]},
            },
        }
        for kind in ("line", "bar")
    ),
    {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Press"}}]},
    {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "positive_button": {"text": {"type": "plain_text", "text": "Right"}, "value": "up"},
                "negative_button": {"text": {"type": "plain_text", "text": "Wrong"}, "value": "down"},
            }
        ],
    },
]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_every_block_is_shown_and_nothing_runs_over(slack: Slack, page: Tab, width: int, dark: bool) -> None:
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_postMessage(channel=slack.general.id, text="all", blocks=EVERY_BLOCK)
    page.size(width, 860, dark=dark)
    places = "[...document.querySelectorAll('.place')]"
    page.run(f"{places}.find((e) => e.textContent.includes('general')).click()")
    page.wait("document.querySelectorAll('#messages .block, #messages .chart').length >= 12")
    assert page.run("document.querySelectorAll('#messages svg[role=img]').length") == 2
    assert page.run("document.querySelectorAll('#messages img, #messages script').length") == 0
    assert page.run(
        "[...document.querySelectorAll('#messages a')].every((a) => a.protocol.startsWith('http'))"
    )
    assert page.run("document.documentElement.scrollWidth <= window.innerWidth")
    over = (
        "[...document.querySelectorAll('#messages .block')].filter((b) => b.scrollWidth > b.clientWidth + 1)"
    )
    assert page.run(f"{over}.map((b) => b.className)") == []


def test_tables_turn_their_pages_and_sort(slack: Slack, page: Tab) -> None:
    client = WebClient(slack.bot_token, base_url=slack.base_url)
    client.chat_postMessage(channel=slack.general.id, text="a table", blocks=EVERY_BLOCK[6:7])
    page.click("general", within="#places")
    page.click("More rows", within="#messages")
    page.wait(has("td", "8 2021"))
    page.click("Sales", within="#messages")
    page.wait("document.querySelector('th[aria-sort=ascending]')")


def test_everything_that_can_be_used_has_a_name_for_screen_readers(page: Tab) -> None:
    nameless = """[...document.querySelectorAll('button, select, textarea, input, summary, a')]
        .filter((e) => !(e.ariaLabel || e.textContent || e.labels?.length || e.title)).map((e) => e.outerHTML)"""
    assert page.run(nameless) == []


def test_a_picture_can_be_taken(page: Tab, tmp_path: Path) -> None:
    page.picture(tmp_path / "page.png")
    assert (tmp_path / "page.png").read_bytes().startswith(b"\x89PNG")
