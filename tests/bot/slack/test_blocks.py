"""Answers as blocks: within every limit, whatever they say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from bot.answers import Answer, Citation
from bot.questions import Question
from bot.slack.blocks import MESSAGE_TEXT, build_answer, text_length
from index.figures import Figure, Place, Series
from index.language.periods import Period

WORDS = st.text(max_size=3_000) | st.sampled_from(
    ["<!channel> *now*", "x" * 2_900, "🙂" * 900, "‮שלום", "&" * 2_000]
)
OCTOBER = Period(date(2021, 10, 1), date(2021, 11, 1), "October 2021", "month")


def made_figure(value: int, month: int) -> Figure:
    period = Period(date(2021, month, 1), date(2021, month + 1, 1), f"month {month} of 2021", "month")
    series = Series("nev_sales", (("region", "China"),), "vehicles", "month")
    return Figure(
        series, period, Decimal(value), "vehicles", "level", Place(0, 7), f"{value:,}", "a.md", "quote"
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    quotes = draw(st.lists(WORDS, max_size=4))
    citations = tuple(
        Citation(
            n, "a.md", "a.md", draw(WORDS), None, "https://x.org/<!here>", Place(0, 9), "", "", quote, None, 1
        )
        for n, quote in enumerate(quotes, 1)
    )
    rows = draw(st.integers(0, 200))
    return Answer(
        id="a1",
        kind=draw(st.sampled_from(["value", "series", "ranking", "passage", "none", "greeting", "clarify"])),
        question=Question(text="?", kind="figure"),
        question_as_read=draw(WORDS),
        headline=draw(WORDS.filter(bool)),
        details=tuple(draw(st.lists(WORDS, max_size=6))),
        figures=tuple(made_figure(1_000 + n, 1 + n % 11) for n in range(rows)),
        citations=citations,
        other_readings=tuple(draw(st.lists(st.text(min_size=1, max_size=300), max_size=5))),
    )


@settings(max_examples=60, deadline=None)
@given(answers(), st.booleans())
def test_every_message_keeps_to_slacks_limits(answer: Answer, private: bool) -> None:
    message = build_answer(answer, private=private)
    assert 0 < len(message.blocks) <= 50
    assert len(message.text) <= 40_000
    assert sum(map(text_length, message.blocks)) <= MESSAGE_TEXT + 3_000
    for block in message.blocks:
        known = SdkBlock.parse(block)
        if known is not None and block["type"] not in ("rich_text", "data_table", "data_visualization"):
            known.validate_json()


@settings(max_examples=40, deadline=None)
@given(answers())
def test_nothing_in_an_answer_rings_anybody(answer: Answer) -> None:
    message = build_answer(answer)
    shown = message.text + "".join(
        block["text"]["text"] for block in message.blocks if block["type"] == "section" and "text" in block
    )
    assert "<!" not in shown
    assert "<@" not in shown


def test_buttons_stay_when_quotes_must_go() -> None:
    citation = Citation(1, "a.md", "a.md", "T", None, "", Place(0, 9), "", "", "q" * 600, None, 1)
    answer = Answer(
        "a1",
        "value",
        Question("?", "figure"),
        "read",
        "h" * 2_000,
        details=("d" * 2_900,) * 4,
        citations=(citation,) * 3,
    )
    kinds = [block["type"] for block in build_answer(answer).blocks]
    assert kinds[-2:] == ["actions", "context_actions"]
    assert kinds.count("rich_text") < 3


def test_the_figure_is_bold_and_the_notification_has_the_whole_sentence() -> None:
    figure = made_figure(383_000, 10)
    answer = Answer(
        "a1", "value", Question("?", "figure"), "read", "NEV sales in October 2021 were 383,000 vehicles.",
        value=Decimal(383_000), unit="vehicles", figures=(figure,),
    )  # fmt: skip
    message = build_answer(answer)
    assert "*383,000 vehicles*" in message.blocks[0]["text"]["text"]
    assert message.text.startswith("NEV sales in October 2021 were 383,000 vehicles.")


def test_a_line_over_time_has_a_chart_and_a_table_and_words() -> None:
    rows = tuple(made_figure(1_000 * month, month) for month in range(1, 8))
    answer = Answer(
        "a1", "series", Question("?", "figure"), "NEV sales by month", "NEV sales, 7 months", figures=rows
    )
    message = build_answer(answer)
    kinds = [block["type"] for block in message.blocks]
    assert {"data_visualization", "data_table"} <= set(kinds)
    assert "7,000 vehicles" in message.text


def test_a_line_runs_in_time_whatever_order_its_figures_come_in() -> None:
    rows = tuple(made_figure(1_000 * month, month) for month in (7, 1, 3, 2))
    answer = Answer("a1", "series", Question("?", "figure"), "read", "NEV sales", figures=rows)
    blocks = {block["type"]: block for block in build_answer(answer).blocks}
    categories = blocks["data_visualization"]["chart"]["axis_config"]["categories"]
    assert categories == [f"month {month} of 2021" for month in (1, 2, 3, 7)]
    assert [row[2]["text"] for row in blocks["data_table"]["rows"][1:]] == categories
