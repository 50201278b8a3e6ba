"""Texts written to break the extractor: they end in figures or in none, in time that grows with their length."""

from __future__ import annotations

import time
from datetime import date

import pytest

from index.corpus import SHIPPED
from index.figures.prose import extract
from index.language.metrics import load

CATALOGUE = load([SHIPPED / "metrics.toml"])
TODAY = date(2021, 11, 20)
TEXTS = {
    "ten thousand numbers": "Sales were "
    + ", ".join(str(n * 7 % 9973) for n in range(10_000))
    + " vehicles.",
    "a number too large": "NEV sales reached 1e308 vehicles, then 1e999999999 and "
    + "9" * 5_000
    + " vehicles.",
    "right to left": "\u202eNEV sales reached 397,000 vehicles\u202c in October 2021. \u05de\u05db\u05d9 12,000.",
    "nested brackets": "NEV sales " + "(" * 3_000 + "397,000" + ")" * 3_000 + " vehicles in October 2021.",
    "no full stop": "NEV sales of 397,000 vehicles up 12 % and " * 950,
    "only digits": "1" * 40_000,
    "only commas": "1," * 20_000,
    "only spaces between": "1 234 " * 6_000,
    "only months": "January February March to " * 1_500,
    "fractions": "1/2/3/4 " * 5_000,
    "hundreds": "hundred and " * 5_000,
    "millions": "three million and a half " * 2_000,
    "dozens": "a b c dozen " * 4_000,
    "powers": "2^9 x 10^" * 4_000,
    "percent": "%" * 40_000,
    "currency": "$€£¥" * 10_000,
    "han": "万亿" * 20_000,
    "mixed": "增长1.3倍 up by 1.3 times from to from to respectively " * 800,
    "controls": "NEV\x00 sales\x07 were\x1b 5\x7f GWh" * 1_000,
    "respectively": "A and B of X and Y were 1, 2, 3 and 4 respectively and respectively " * 600,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_text_written_to_break_it_ends_in_figures_or_in_none(text: str) -> None:
    for figure in extract(text, CATALOGUE, today=TODAY):
        assert figure.text in text
        assert figure.value is None or figure.value.is_finite()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_twice_the_text_takes_about_twice_the_time(text: str) -> None:
    def seconds(given: str) -> float:
        began = time.process_time()
        list(extract(given, CATALOGUE, today=TODAY))
        return time.process_time() - began

    half, whole = text[: min(len(text), 12_000) // 2], text[:12_000]
    once = min(seconds(half) for _ in range(2))
    assert min(seconds(whole) for _ in range(2)) < 4 * once + 0.2
