"""Whatever people, documents and tables say, every block that the bot sends keeps to Slack's limits.

Held to the local Slack's validator, to the length of a message's texts, and to the SDK's models of the kinds it knows.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock

from bot.answers import Answer, Citation
from bot.channels import Channel
from bot.checking import Finding
from bot.playground import limits
from bot.playground.blocks import check_blocks, check_view
from bot.playground.text_size import text_length
from bot.questions import Question
from bot.reports import Report
from bot.shares import Share
from bot.slack import channels, checked, digest, gaps, home, owner, windows
from bot.slack.blocks import Message, build_answer
from bot.slack.outbox import lighter
from bot.state import Receipt
from bot.subscriptions import Subscription
from bot.teaching import Want
from bot.workshop import Reading
from index.figures import Figure, Place, Series
from index.language.catalogue import SHIPPED
from index.language.metrics import load
from index.language.periods import Period
from index.lookup.figures import Source
from index.reader import View
from index.standard import StandardAnswer

WORD = st.sampled_from(
    [
        *(
            "x" * 4_000,
            "🙂" * 1_500,
            "‮שלום",
            "\u200f" * 40,
            "\x00\x07",
            "&" * 3_000,
            "<!channel> *now* <@U1>",
        ),
        *(
            "“" * 900,
            "a|b>c<d",
            "\n" * 30,
            " ",
            "العربية " * 500,
            "👩‍👩‍👧‍👦" * 300,
            "动力电池" * 900,
            "`_~*" * 800,
        ),
    ]
)
WORDS = st.text(max_size=400) | WORD
SOME = WORDS.filter(bool)
CATALOGUE = load([SHIPPED])
LONG_ADDRESS = st.just("https://x.org/" + "a" * 4_000)
DAYS = st.dates(date(2015, 1, 1), date(2026, 1, 1))
VALUES = st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.sampled_from(
    [Decimal("1E+400"), Decimal("-0.0001"), Decimal(10) ** 30]
)
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[*HealthCheck])


def check_message(message: Message) -> None:
    assert 0 < len(message.text) <= limits.MESSAGE_TEXT
    assert [str(error) for error in check_blocks(message.blocks, "message")] == []
    assert text_length(message.blocks) <= limits.MESSAGE_BLOCK_TEXT
    check_models(message.blocks)


def check_window(view: dict[str, Any]) -> None:
    assert [str(error) for error in check_view(view, view["type"])] == []
    check_models(view["blocks"])


def check_models(blocks: list[dict[str, Any]]) -> None:
    """The SDK knows no data tables and charts, and turns what stands in rich text into objects of its own."""
    for block in blocks:
        if block["type"] not in ("rich_text", "data_table", "data_visualization"):
            known = SdkBlock.parse(block)
            assert known is not None
            known.validate_json()


@st.composite
def figures(draw: st.DrawFn, most: int = 40) -> tuple[Figure, ...]:
    metric, unit = draw(WORDS), draw(WORDS)
    series = st.lists(st.tuples(WORDS, WORDS), max_size=3).map(
        lambda pairs: Series(metric, tuple(pairs), unit, "month")
    )
    kept = draw(st.lists(series, min_size=1, max_size=8))
    made = []
    for number in range(draw(st.integers(0, most))):
        start = draw(DAYS)
        period = Period(start, start, draw(SOME), "month")
        value = draw(st.none() | VALUES)
        place = Place(0, 7, "Sheet", draw(st.sampled_from(["", "B2"])))
        made.append(
            Figure(
                kept[number % len(kept)],
                period,
                value,
                unit,
                "level",
                place,
                draw(WORDS),
                draw(SOME),
                draw(WORDS),
            )
        )
    return tuple(made)


@st.composite
def citations(draw: st.DrawFn, number: int) -> Citation:
    quote = draw(WORDS)
    ends = sorted(draw(st.tuples(*[st.integers(0, max(1, len(quote)))] * 2)))
    mark = draw(st.none() | st.just((ends[0], ends[1])))
    return Citation(
        number, draw(SOME), draw(SOME), draw(WORDS), draw(st.none() | DAYS), draw(WORDS | LONG_ADDRESS),
        Place(0, 9, draw(WORDS), draw(st.sampled_from(["", "B2"]))), draw(WORDS), draw(WORDS), quote, mark, 1,
    )  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    quoted = tuple(draw(citations(number)) for number in range(1, draw(st.integers(1, 5))))
    return Answer(
        id="0123456789abcdef",
        kind=draw(
            st.sampled_from(
                [
                    *("value", "series", "ranking", "comparison", "passage", "none", "greeting", "help"),
                    *("clarify", "missing", "error", "definition", "inventory", "takeaways", "change"),
                ]
            )
        ),
        question=Question(text=draw(WORDS), kind="figure"),
        question_as_read=draw(WORDS),
        headline=draw(WORDS),
        details=tuple(draw(st.lists(WORDS, max_size=6))),
        figures=draw(figures()),
        citations=quoted,
        other_readings=tuple(draw(st.lists(WORDS, max_size=5))),
    )


@QUICK
@given(answers(), st.booleans())
def test_an_answer(answer: Answer, private: bool) -> None:
    message = build_answer(answer, private=private)
    check_message(message)
    check_message(lighter(message))
    check_window(windows.build_shown_answer(answer))


def test_a_table_of_ten_thousand_rows_shows_what_fits_and_says_how_much_that_is() -> None:
    series = Series(
        "nev_sales", (("region", "A region with quite a long name of its own"),), "vehicles", "month"
    )
    period = Period(date(2021, 10, 1), date(2021, 11, 1), "October 2021", "month")
    rows = tuple(
        Figure(
            series, period, Decimal(n), "vehicles", "level", Place(0, 7), "", "a-file-with-a-name.csv", "q"
        )
        for n in range(10_000)
    )
    answer = Answer("a1", "ranking", Question("?", "figure"), "read", "NEV sales by region", figures=rows)
    message = build_answer(answer)
    check_message(message)
    (table,) = [block for block in message.blocks if block["type"] == "data_table"]
    shown = len(table["rows"]) - 1
    assert 20 <= shown <= 60
    assert f"{shown} of 10,000 rows" in str(message.blocks)
    assert message.blocks[-1]["type"] == "context_actions"


@QUICK
@given(st.lists(st.tuples(SOME, WORDS, st.none() | st.tuples(WORDS, WORDS, WORDS)), max_size=30), WORDS)
def test_a_check_of_numbers(found: list[tuple[str, str, tuple[str, str, str] | None]], text: str) -> None:
    series = Series("nev_sales", (), "vehicles", "month")
    period = Period(date(2021, 10, 1), date(2021, 11, 1), "October 2021", "month")
    findings = []
    for words, note, held in found:
        figure = source = None
        if held:
            figure = Figure(series, period, Decimal(1), "", "level", Place(0, 7), "", "a", held[0])
            source = Source("a", held[1], "", None, held[2], "document", "", "", "en")
        findings.append(Finding(0, len(words), words, "differs", figure, source, note))
    check_message(checked.build_check(tuple(findings), share=f"1.000001 {text[:1_900]}", by="U1"))


LINES = st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS, max_size=2)), max_size=10)


@QUICK
@given(lines=LINES, title=SOME, facts=WORDS, note=WORDS)
def test_a_digest_its_window_and_what_is_shared_of_it(
    view: View, lines: list[tuple[str, str, list[str]]], title: str, facts: str, note: str
) -> None:
    points = tuple(
        digest.Line(number, number, text, digest.link("https://x.org", source), tuple(notes))
        for number, (text, source, notes) in enumerate(lines, 1)
    )
    found = digest.Takeaways("a/document.md", title, facts, points, "Takeaways?")
    share = Share(
        "s1", "T1", "U1", "C1", found.topic, (1,), note, "2026-01-15T09:00:00+00:00", False, "scheduled"
    )
    check_message(digest.build_digest(found))
    if points:
        check_message(digest.build_shared(share, found))
        check_window(digest.build_share_window(found, channel="C0000001"))
    for block in digest.build_coming((share,) * 30, view):
        assert not check_blocks([block], "home")


@QUICK
@given(SOME, SOME, st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=9), st.booleans())
def test_what_was_read_of_a_file(
    name: str, title: str, sample: list[str], skipped: list[str], held: bool
) -> None:
    check_message(
        owner.build_reading(Reading("k/name", name, title, 3, 4, tuple(skipped), tuple(sample), held))
    )


@QUICK
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=15), figures(most=15), st.lists(SOME, max_size=30))
def test_the_windows_and_the_desk_of_the_owner(
    said: list[tuple[str, str, str]], held: tuple[Figure, ...], names: list[str]
) -> None:
    reports = tuple(Report(n, "r", "U1", *words, "2026-01-15") for n, words in enumerate(said, 1))
    wants = tuple(Want(n, question, n, alias, "nev_sales") for n, (question, alias, _) in enumerate(said, 1))
    kept = tuple(
        StandardAnswer(*words[:2], "U1", date(2026, 1, 15), words[2] or "everyone") for words in said
    )
    shown = owner.build_desk(
        tuple(names), reports, gaps.build_gaps(wants, CATALOGUE), gaps.build_answers(kept)
    )
    check_window({"type": "home", "blocks": list(shown)})
    for report in reports:
        check_window(owner.build_correct(report, held))
    for want in wants:
        check_window(gaps.build_name_window(want.alias, want.number, CATALOGUE))
        check_window(gaps.build_answer_window(want.question, want.number, [words[2] for words in said]))


@QUICK
@given(st.lists(st.tuples(WORDS, WORDS), max_size=20))
def test_the_home(view: View, said: list[tuple[str, str]]) -> None:
    receipts = tuple(
        Receipt(
            "r", "T1", "C1", "", "1.1", "", "U1", False, question, "value",
            {"headline": headline, "citations": []}, "", "",
        )
        for question, headline in said
    )  # fmt: skip
    wishes = tuple(Subscription(n, "T1", "U1", "C1", words, "", True) for n, (words, _) in enumerate(said))
    shares = tuple(
        Share(
            "s", "T1", "U1", "C1", f"topic: {words}", (1,), "", "2026-01-15T09:00:00+00:00", True, "scheduled"
        )
        for words, _ in said
    )
    check_window(home.build_home(view, receipts, shares, wishes))


@QUICK
@given(answers(), WORDS, st.lists(WORDS, max_size=4))
def test_the_other_windows(view: View, answer: Answer, words: str, labels: list[str]) -> None:
    document = view.entries()[0].id
    cited = [
        {
            "document_id": document, "source": one.source, "title": one.title, "quote": one.quote,
            "place": {"start": 0, "end": 9} if not one.place.cell else {"sheet": "S", "cell": one.place.cell},
        }
        for one in answer.citations
    ]  # fmt: skip
    check_window(windows.build_sources({"citations": cited}, view))
    check_window(windows.build_ask(words))
    check_window(windows.build_notice("Correct", words))
    check_window(windows.build_comment("r1", wrong=True))
    check_window(channels.build_channel_choice())
    check_window(
        channels.build_channel_window(Channel("C1", "always", 22, 7, tuple(labels)), tuple(labels), labels)
    )
    check_window(channels.build_kept(Channel("C1", "always", 22, 7), tuple(labels), external=True))
