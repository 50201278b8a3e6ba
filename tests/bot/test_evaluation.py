"""Evaluation: what counts as right, and what a report says."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.answers import Answer, AnswerKind
from bot.evaluation import Case, evaluate, is_right, label, read_cases, read_report, save
from bot.questions import Question
from index.errors import SeminarError

TODAY = date(2026, 1, 15)


def answer(kind: AnswerKind, headline: str, value: str | None = None, unit: str = "") -> Answer:
    number = Decimal(value) if value else None
    return Answer("1", kind, Question("q", "passage"), "q", headline, number, unit, confidence=0.9)


@pytest.mark.parametrize(
    ("case", "given", "right"),
    [
        (Case("q", says=("Chen",)), answer("passage", "Academician Chen came."), True),
        (Case("q", says=("Li",)), answer("passage", "Academician Chen came."), False),
        (Case("q", value=Decimal(5), unit="vehicles"), answer("value", "5", "5", "vehicles"), True),
        (Case("q", value=Decimal(5), unit="%"), answer("value", "5", "5", "vehicles"), False),
        (Case("q", none=True), answer("none", "Nothing on that."), True),
        (Case("q", none=True), answer("passage", "Something."), False),
        (Case("q", says=("Nothing",)), answer("none", "Nothing on that."), False),
    ],
)
def test_what_is_right(case: Case, given: Answer, right: bool) -> None:
    assert is_right(case, given) == right


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "why?"}', '{"says": ["x"]}', '{"question": "q", "value": "x"}']
)
def test_a_line_that_is_no_question_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(SeminarError, match="line 2"):
        read_cases(path)


def test_a_report_counts_and_compares(tmp_path: Path) -> None:
    rows = [
        {"question": "who?", "says": ["Chen"]},
        {"question": "mars?", "none": True},
        {"question": "why?", "context": ["who?"], "says": ["because"]},
    ]
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def ask(text: str, **_: object) -> Answer:
        return answer("none", "Nothing.") if text == "why?" else answer("passage", "Chen came.")

    report = evaluate(path, ask, today=TODAY)
    assert (report.right, report.questions, report.false_answers, report.silent) == (1, 3, 1, 1)
    save(report, tmp_path / "home" / "last.json")
    lines = list(label(report, read_report(tmp_path / "home" / "last.json")))
    assert lines[0] == "right: 1 of 3, 33.3% (before 33.3%)"
    assert "false answers: 1 (before 1) of 1" in lines


def test_no_last_run_is_no_report(tmp_path: Path) -> None:
    assert read_report(tmp_path / "none.json") is None
