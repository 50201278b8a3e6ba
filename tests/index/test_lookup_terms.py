"""The words by which questions find a series."""

from __future__ import annotations

import pytest

from index.figures import Series
from index.lookup import series_terms


@pytest.mark.parametrize(
    ("series", "title", "expected"),
    [
        (Series("net_generation", (("source", "Renewables"),)), "Iowa", ["net", "generat", "renew", "iowa"]),
        (Series("netGeneration"), "", ["net", "generat", "metric=netgeneration"]),
        (Series("nev_sales", (("region", "China"),)), "", ["metric=nev_sales", "region=china", "china"]),
        (Series("销量"), "", ["销量"]),
    ],
)  # fmt: skip
def test_words_of_metric_dimensions_and_title_find_a_series(
    series: Series, title: str, expected: list[str]
) -> None:
    assert set(expected) <= set(series_terms(series, None, title))


def test_a_title_counts_less_than_a_value() -> None:
    terms = series_terms(Series("sales", (("model", "Leaf"),)), None, "Cars of Nissan")
    assert terms["leaf"] > terms["nissan"]
