"""Corrections survive every rebuild, are shown in answers, and can themselves be corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.answers.ask import make_ask
from index.builder import build
from index.corrections import Correction, add_correction, correct, correction_of, read_corrections
from index.errors import CorpusError
from index.figures import Figure
from index.reader import Index, open_index

TEXT = "# Sales\n\nIn October 2021 NEV sales in China were 383,000. In November 2021 NEV sales in China were 450,000.\n"
DAY = date(2026, 1, 15)
QUESTION = "NEV sales in China in October 2021?"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "sales.md").write_text(TEXT, "utf-8")
    return folder


def built(corpus: Path, tmp_path: Path) -> Index:
    build([corpus], tmp_path / "index")
    return open_index(tmp_path / "index")


def only(index: Index) -> Figure:
    answer = make_ask(index)(QUESTION, today=DAY)
    assert answer.kind == "value", answer
    return answer.figures[0]


def said(figure: Figure, *before: Correction, **more: object) -> Correction:
    return correct(figure, before, reason="CAAM revised it", by="Ada", on=DAY, **more)  # type: ignore[arg-type]


def test_a_value_is_corrected_in_every_build_and_the_answer_says_by_whom(
    corpus: Path, tmp_path: Path
) -> None:
    figure = only(built(corpus, tmp_path))
    add_correction(corpus, said(figure, value="385,000 vehicles"))
    index = built(corpus, tmp_path)
    assert only(index).value == 385_000
    (corpus / "other.md").write_text("Nothing here.", "utf-8")
    answer = make_ask(built(corpus, tmp_path))(QUESTION, today=DAY)
    assert answer.value == 385_000
    assert "Corrected by Ada on 2026-01-15, “CAAM revised it”; the document says “383,000”" in answer.details
    build([corpus], tmp_path / "index", fresh=True)
    assert only(open_index(tmp_path / "index")).value == 385_000


def test_a_corrected_figure_is_corrected_again(corpus: Path, tmp_path: Path) -> None:
    first = said(only(built(corpus, tmp_path)), value="385,000 vehicles")
    add_correction(corpus, first)
    index = built(corpus, tmp_path)
    corrected = only(index)
    second = said(corrected, *index.corrections, value="386,000 vehicles")
    assert second.key == first.key
    add_correction(corpus, second)
    index = built(corpus, tmp_path)
    assert only(index).value == 386_000
    assert correction_of(only(index), index.corrections) == second
    assert len(index.corrections) == 2


def test_a_rejected_figure_is_gone_and_the_rest_stays(corpus: Path, tmp_path: Path) -> None:
    add_correction(corpus, said(only(built(corpus, tmp_path)), reject=True))
    index = built(corpus, tmp_path)
    with index.seen_by(None) as view:
        values = [row[0] for row in view.db.execute("SELECT value FROM figures")]
    assert Decimal("383000") not in map(Decimal, values)
    assert Decimal("450000") in map(Decimal, values)


def test_a_period_and_a_metric_are_set(corpus: Path, tmp_path: Path) -> None:
    figure = only(built(corpus, tmp_path))
    add_correction(corpus, said(figure, period="September 2021", metric="nev_production"))
    answer = make_ask(built(corpus, tmp_path))("NEV production in China in September 2021?", today=DAY)
    assert answer.value == 383_000


def test_a_correction_that_finds_its_figure_no_more_is_reported(corpus: Path, tmp_path: Path) -> None:
    add_correction(corpus, said(only(built(corpus, tmp_path)), reject=True))
    (corpus / "sales.md").write_text("# Sales\n\nNEV sales in China were 390,000 in October 2021.\n", "utf-8")
    report = build([corpus], tmp_path / "index")
    assert any("finds its figure no more: 383,000" in warning for _, warning in report.warnings)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "a reason and a name"),
        ({"value": "much"}, "no value"),
        ({"value": "", "period": "soon"}, "no period"),
        ({"value": ""}, "changes nothing"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(
    corpus: Path, tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    figure = only(built(corpus, tmp_path))
    with pytest.raises(CorpusError, match=words):
        correct(figure, (), **({"reason": "x", "by": "Ada", "on": DAY, "value": "1"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ['say "no"', "back\\slash", "线\u2028 and \x7f and\nline", "'''", "[[correction]]"]
)
def test_any_words_survive_the_file(corpus: Path, tmp_path: Path, words: str) -> None:
    figure = replace(only(built(corpus, tmp_path)), quote=words)
    made = said(figure, value="1")
    add_correction(tmp_path / "library", made)
    add_correction(tmp_path / "library", made)
    assert read_corrections([tmp_path / "library"]) == (made, made)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text("[[correction", "utf-8")
    with pytest.raises(CorpusError, match=r"corrections\.toml is not TOML"):
        read_corrections([tmp_path])
