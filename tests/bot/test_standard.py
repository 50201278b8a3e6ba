"""Standard answers: given for questions of their pattern, labelled, to those of their label, in every build."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.ask import make_ask
from bot.answers.standard import check_pattern, fits
from bot.cli import main
from bot.commands.slack import open_state
from bot.machine import answer_to_json
from index.builder import build
from index.errors import CorpusError
from index.reader import open_index
from index.standard import StandardAnswer, add_answer, read_answers

DAY = date(2026, 1, 15)
COBALT = StandardAnswer(
    "who do I ask about * prices/costs", "Ada, on the market desk, ext. 4711.", "Ada", DAY
)


@pytest.mark.parametrize(
    ("pattern", "question", "fitting"),
    [
        ("who do I ask about * prices/costs", "Who can I ask about cobalt prices?", True),
        ("who do I ask about * prices/costs", "who was asked about the cost of nickel", True),
        ("who do I ask about * prices/costs", "What is the price of cobalt?", False),
        ("report of the week", "Where is the week's report?", True),
        ("report of the week", "Where is the report of the week on Japan?", False),
        ("report of the week *", "Where is the report of the week on Japan?", True),
        ("who are you", "Who are you?", True),
        ("who are you", "Who are they?", False),
        ("周报*", "周报在哪里？", True),
        ("周报在哪里", "周报在哪里？", True),
        ("周报在哪里", "月报在哪里？", False),
        ("NEV sales in October 2021", "NEV sales in November 2021?", False),
        ("NEV sales in October 2021", "NEV sales in October 2021?", True),
    ],
)
def test_a_question_is_of_a_pattern_or_not(pattern: str, question: str, *, fitting: bool) -> None:
    assert fits(pattern, question) is fitting


@given(pattern=st.text(max_size=40), question=st.text(max_size=40))
def test_a_pattern_that_is_let_in_never_fits_everything(pattern: str, question: str) -> None:
    fits(pattern, question)
    try:
        check_pattern(pattern)
    except CorpusError:
        return
    assert not fits(pattern, "")


@pytest.mark.parametrize("pattern", ["", "*", "what is *", "??"])
def test_a_pattern_without_words_of_its_own_is_refused(pattern: str) -> None:
    with pytest.raises(CorpusError, match="any question"):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["x" * 301, "a/" * 3_000 + "b", "* " * 3_000 + "tickets", "(a+)+" * 200 + "$"]
)
def test_a_pattern_that_is_made_to_hurt_is_refused(pattern: str) -> None:
    with pytest.raises(CorpusError, match="characters"):
        check_pattern(pattern)
    fits(pattern, "who sells tickets to the museum? " * 60)


@pytest.mark.parametrize("pattern", ["(a+)+$", "<!channel> tickets *", "%s {0} tickets", "tickets\\"])
def test_a_pattern_is_words_and_no_code(pattern: str) -> None:
    check_pattern(pattern)
    assert not fits(pattern, "who won the cup?")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "sales.md").write_text("# Sales\n\nIn October 2021 NEV sales in China were 383,000.\n", "utf-8")
    return folder


def test_it_is_given_word_for_word_under_its_owners_name(corpus: Path, tmp_path: Path) -> None:
    build([corpus], tmp_path / "index")
    before = open_index(tmp_path / "index").version
    add_answer(corpus, COBALT)
    build([corpus], tmp_path / "index")
    index = open_index(tmp_path / "index")
    answer = make_ask(index)("Who do I ask about cobalt prices?", today=DAY)
    assert index.version != before
    assert (answer.kind, answer.headline) == ("passage", COBALT.text)
    assert answer.details == ("Standard answer by Ada, 2026-01-15",)
    assert answer.citations[0].quote == COBALT.text
    assert "Standard answer by Ada, 2026-01-15" in str(answer_to_json(answer))
    build([corpus], tmp_path / "index", fresh=True)
    again = make_ask(open_index(tmp_path / "index"))("Who do I ask about cobalt prices?", today=DAY)
    assert again.headline == COBALT.text
    other = make_ask(index)("NEV sales in China in October 2021?", today=DAY)
    assert other.kind == "value"


def test_the_particular_pattern_is_before_the_general_one_and_the_last_before_the_first(
    corpus: Path, tmp_path: Path
) -> None:
    add_answer(corpus, replace(COBALT, pattern="ask about cobalt prices", text="Ben."))
    add_answer(corpus, COBALT)
    add_answer(corpus, replace(COBALT, text="Cleo."))
    build([corpus], tmp_path / "index")
    ask = make_ask(open_index(tmp_path / "index"))
    assert ask("whom to ask about cobalt prices?", today=DAY).headline != "Ada"
    assert ask("Who do I ask about cobalt prices?", today=DAY).headline == "Ben."
    assert ask("Who do I ask about nickel prices?", today=DAY).headline == "Cleo."


def test_only_who_holds_its_label_is_answered_so(corpus: Path, tmp_path: Path) -> None:
    add_answer(corpus, replace(COBALT, access="board"))
    build([corpus], tmp_path / "index")
    ask = make_ask(open_index(tmp_path / "index"))
    question = "Who do I ask about cobalt prices?"
    assert ask(question, viewer=frozenset({"everyone", "board"}), today=DAY).headline == COBALT.text
    assert "4711" not in str(ask(question, viewer=frozenset({"everyone"}), today=DAY))


def test_one_is_withdrawn(tmp_path: Path) -> None:
    add_answer(tmp_path, COBALT)
    add_answer(tmp_path, replace(COBALT, withdrawn=True))
    assert read_answers([tmp_path]) == ()
    assert COBALT.text in (tmp_path / "answers.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('[[answer]]\npattern = "x"\n', "not understood"),
        ('[[answer]]\npattern = 1\ntext = "x"\nby = "x"\non = 2026-01-15\n', "pattern"),
        ('[[answer]]\npattern = "x"\ntext = "x"\nby = "x"\non = "today"\n', "on"),
        ("answer = 1\n", "no list"),
        ("[[answer\n", "not TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, entry: str, words: str) -> None:
    (tmp_path / "answers.toml").write_text(entry, "utf-8")
    with pytest.raises(CorpusError, match=words):
        read_answers([tmp_path])


@pytest.mark.parametrize(("text", "by"), [("", "Ada"), ("x", " "), ("x" * 701, "Ada")])
def test_a_text_that_is_none_is_refused(tmp_path: Path, text: str, by: str) -> None:
    with pytest.raises(CorpusError):
        add_answer(tmp_path, replace(COBALT, text=text, by=by))


def test_many_at_once_are_all_kept(tmp_path: Path) -> None:
    made = [replace(COBALT, pattern=f"pattern {number}") for number in range(12)]
    threads = [threading.Thread(target=add_answer, args=(tmp_path, one)) for one in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(read_answers([tmp_path]), key=lambda one: one.pattern) == sorted(
        made, key=lambda one: one.pattern
    )


def test_it_is_taught_listed_and_withdrawn_by_command() -> None:
    run = CliRunner().invoke
    pattern = "who sells * tickets"
    with open_state() as state:
        for question in ("Who sells museum tickets?", "any juice boxes in 2023?"):
            state.keep_gap(question, question, "", "U1", private=False)
    made = run(main, ["teach", "answer", pattern, "The front desk.", "--by", "Ada", "--today", "2026-01-15"])
    assert "answered so from now on" in made.output, made.output
    assert "Standard answer by Ada, 2026-01-15" in run(main, ["ask", "Who sells museum tickets?"]).output
    assert (
        "who sells * tickets  (Ada, 2026-01-15)\n    The front desk."
        in run(main, ["teach", "answers"]).output
    )
    assert "withdrawn" in run(main, ["teach", "answer", pattern, "--withdraw"]).output
    assert "Standard answer" not in run(main, ["ask", "Who sells museum tickets?"]).output
    assert run(main, ["teach", "answer", pattern, "--withdraw"]).exit_code == 1
    assert "juice boxes" in run(main, ["teach", "juice boxes", "charging_points"]).output
    assert run(main, ["gaps"]).output == "No gaps: every question so far was answered.\n"
