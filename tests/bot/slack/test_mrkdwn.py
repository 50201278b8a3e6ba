"""Text in and out of Slack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.mrkdwn import cut, escape, link, plain, read_text


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("<@U012AB3CD> NEV sales in October?", "NEV sales in October?"),
        ("<@U012AB3CD|seminar>   NEV   sales", "NEV sales"),
        ("a &lt; b &amp;&amp; c", "a < b && c"),
        ("see <https://example.org/x|the report> of <#C012|market>", "see the report of market"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("", ""),
    ],
)
def test_what_people_write_is_read_as_words(said: str, read: str) -> None:
    assert read_text(said) == read


@given(st.text())
def test_no_text_rings_or_links(text: str) -> None:
    shown = plain(text)
    assert "<" not in shown
    assert ">" not in shown


@given(st.text())
def test_escaped_text_reads_back(text: str) -> None:
    visible = "".join(c for c in text if c.isprintable() and c not in "<>|")
    assert read_text(escape(visible)) == " ".join(visible.split())


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "!channel", "@U012", "https://x.org/> <!here", ""]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert link(address, "<!channel>") == "&lt;!channel&gt;"


def test_a_link_carries_its_label_and_no_stray_bar() -> None:
    assert link("https://x.org/a|b", "A | B") == "<https://x.org/a%7Cb|A ¦ B>"


@given(st.text(), st.integers(2, 50))
def test_a_cut_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit
