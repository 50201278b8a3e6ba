"""Names are proposed from gaps and taught in one command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.state import Gap
from bot.teaching import propose, teach
from index.corpus import SHIPPED
from index.errors import CorpusError
from index.language.metrics import find_metrics, load

SHIPPED_CATALOGUE = load([SHIPPED / "metrics.toml"])


def gap(question: str, *, private: bool = False) -> Gap:
    return Gap(1, question, question, "", "U1", private, "2026-01-15")


def test_a_name_near_a_metric_is_proposed_the_most_asked_first_and_no_direct_message() -> None:
    asked = "public plugging points in Norway in 2023?"
    found = propose([gap(asked), gap(asked), gap("who won the cup?"), gap("public juice points", private=True)],
                    SHIPPED_CATALOGUE)  # fmt: skip
    assert [(one.alias, one.metric, one.times) for one in found] == [
        ("public plugging points", "charging_points", 2)
    ]


def test_a_taught_name_means_its_metric(tmp_path: Path) -> None:
    teach(tmp_path, "juice boxes", "charging_points", SHIPPED_CATALOGUE)
    path = teach(tmp_path, "充电宝点", "charging_points", SHIPPED_CATALOGUE)
    taught = load([SHIPPED / "metrics.toml", path])
    assert {one.key for one in find_metrics("juice boxes in Norway", taught)} == {"charging_points"}


@pytest.mark.parametrize(
    ("alias", "metric", "words"),
    [("juice", "no_such", "no metric"), ("NEV sales", "ev_sales", "already"), (" ", "ev_sales", "is empty"),
     ("China", "ev_sales", "no word of its own"), ("in", "ev_sales", "no word of its own"),
     ("2021", "ev_sales", "no word of its own"), ("GWh", "ev_sales", "no word of its own"),
     ("yuan", "ev_sales", "no word of its own"), ("sales", "charging_points", "part of “"),
     ("nev", "charging_points", "part of “"), ("销量", "charging_points", "part of “"),
     ("plugs " * 40, "charging_points", "more than 100")],
)  # fmt: skip
def test_what_cannot_be_taught_is_refused(tmp_path: Path, alias: str, metric: str, words: str) -> None:
    with pytest.raises(CorpusError, match=words):
        teach(tmp_path, alias, metric, SHIPPED_CATALOGUE)
    assert not (tmp_path / "metrics.toml").exists()
