"""Receipts: an answer is explained by what really happened, and to nobody who may not see it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from bot.answers.ask import make_ask
from bot.answers.explained import explain, lines_of, to_json
from bot.cli import main
from index.reader import Index

TODAY = date(2026, 1, 15)


def said(index: Index, text: str, *, before: tuple[str, ...] = ()) -> str:
    return "\n".join(lines_of(explain(index, text, before=before, viewer=None, today=TODAY)))


def test_a_figure_is_explained_by_its_template_slots_and_sql(shipped: Index) -> None:
    told = said(shipped, "NEV sales in October 2021?")
    assert "metrics: nev_sales" in told
    assert "periods: October 2021 [2021-10-01, 2021-11-01), stated" in told
    assert "template value: value" in told
    assert "FROM figures f JOIN series s" in told
    assert shipped.version in told


def test_a_passage_is_explained_by_what_was_searched_and_the_scores(shipped: Index) -> None:
    explained = explain(shipped, "why is Japan betting on all-solid-state?", viewer=None, today=TODAY)
    (query, hits), *_ = explained.trace.searches
    assert "japan" in query.casefold()
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert explained.trace.sentences[0][1] in " ".join(explained.answer.citations[0].quote.split())
    json.dumps(to_json(explained))


def test_a_refusal_says_what_fell_short(shipped: Index) -> None:
    assert "too little" in said(shipped, "who won the world cup in Brazil?")


def test_explaining_changes_no_answer(shipped: Index) -> None:
    for question in ("NEV sales in October 2021?", "who organised the seminar?", "hello", "cobalt price?"):
        plain = make_ask(shipped)(question, thread=(), viewer=None, today=TODAY)
        assert explain(shipped, question, viewer=None, today=TODAY).answer == plain


def test_a_follow_up_is_explained_in_its_thread(shipped: Index) -> None:
    assert "basis: yoy" in said(shipped, "yoy?", before=("NEV sales in October 2021?",))
    assert "nev_sales" in said(shipped, "yoy?", before=("NEV sales in October 2021?",))


def test_the_last_answer_of_the_terminal_is_explained_by_its_id_and_without(shipped_folder: Path) -> None:
    at = ["--index", str(shipped_folder)]
    asked = CliRunner().invoke(
        main, ["ask", *at, "--json", "--today", "2026-01-15", "NEV sales in May 2021?"]
    )
    answer = json.loads(asked.output)
    for named in ([answer["id"]], []):
        told = CliRunner().invoke(main, ["explain", *at, *named, "--json"])
        receipt = json.loads(told.output)
        assert (receipt["id"], receipt["headline"]) == (answer["id"], answer["headline"])
        assert receipt["day"] == "2026-01-15"


def test_an_unknown_answer_is_named_with_its_cure(shipped_folder: Path) -> None:
    told = CliRunner().invoke(main, ["explain", "--index", str(shipped_folder), "0123456789ab"])
    assert told.exit_code == 1
    assert "No answer 0123456789ab is kept.\nExplain a question instead" in told.stderr


def test_a_question_is_explained_as_it_stands(shipped_folder: Path) -> None:
    told = CliRunner().invoke(
        main, ["explain", "--index", str(shipped_folder), "what is a semi-solid battery?"]
    )
    assert told.exit_code == 0
    assert "Searched:" in told.output
