"""Quantities and periods: sentences as data, and the laws of both parsers."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language import periods
from index.language.continental import has_decimal_commas
from index.language.labels import label
from index.language.periods import find_periods
from index.language.quantities import find_quantities

TABLES = Path(__file__).parents[1] / "tables"
QUANTITIES = tomllib.loads((TABLES / "quantities.toml").read_text("utf-8"))["cases"]
PERIODS = tomllib.loads((TABLES / "periods.toml").read_text("utf-8"))["cases"]
TODAY = date(2021, 11, 20)
MESSY = st.text(
    alphabet=st.sampled_from(list("0123456789.,%-–/ ()$€¥年月万亿成倍约至GWhto from up Q3 May\n[]\u202e")),
    max_size=60,
)


@pytest.mark.parametrize("text", QUANTITIES)
def test_quantities(text: str) -> None:
    found = find_quantities(text)
    rows = [
        f"{one.value:f} {one.unit} {one.bound}" + (f" {one.high:f}" if one.high is not None else "")
        for one in found
    ]
    assert [_plain(row) for row in rows] == [_plain(row) for row in QUANTITIES[text]]


def _plain(row: str) -> list[str]:
    return [
        f"{Decimal(word).normalize():f}" if word[-1] in "0123456789" else word
        for word in row.split(" ")
        if word
    ]


@pytest.mark.parametrize("text", PERIODS)
def test_periods(text: str) -> None:
    found = [one.period for one in find_periods(text, today=TODAY)]
    assert [f"{one.label} {one.start} {one.end} {one.origin}" for one in found] == PERIODS[text]


def test_nobody_states_the_year() -> None:
    (found,) = find_periods("From January to October", today=None)
    assert (found.period.start, found.period.months, found.period.origin) == (None, (1, 10), "unknown")
    (found,) = find_periods("In October", today=None, year=2021)
    assert (found.period.label, found.period.origin) == ("October 2021", "inferred")


@given(MESSY)
def test_spans_are_verbatim_and_nothing_raises(text: str) -> None:
    quantities = find_quantities(text)
    for one in quantities:
        assert text[one.start : one.end] == one.text
        assert one.value.is_finite()
    for found in find_periods(text, today=TODAY):
        assert text[found.start : found.end] == found.text
        assert found.period.start is None or (
            found.period.end is not None and found.period.start <= found.period.end
        )


@given(
    st.integers(1, 10**7),
    st.integers(0, 3),
    st.integers(0, 6),
    st.sampled_from(["%", "GWh", "vehicles", "USD", "USD/kWh", "CNY/t", "t", "pp", "km", "Wh/kg"]),
    st.sampled_from(["en", "zh"]),
)
def test_label_is_found_again(digits: int, places: int, power: int, unit: str, language: str) -> None:
    power = 0 if places or unit in ("%", "pp", "USD/kWh") else power
    value, step = Decimal(digits).scaleb(power - places), Decimal(1).scaleb(power - places)
    words = label(value, unit, step=step, language=language)
    (found,) = find_quantities(f"{'共' if language == 'zh' else 'It is '}{words}")
    assert (found.value, found.unit) == (value, unit), words


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(1, 12))
def test_period_label_is_found_again(year: int, first: int, last: int) -> None:
    made = [
        periods.month(year, first),
        periods.year(year),
        periods.quarter(year, (first + 2) // 3),
        periods.half(year, 1),
    ]
    if first < last:
        made.append(periods.months(year, first, last))
    for period in made:
        (found,) = find_periods(period.label, today=TODAY)
        assert (found.period.start, found.period.end) == (period.start, period.end)


@given(st.integers(1990, 2060), st.integers(1, 12), st.integers(-30, 30))
def test_shift_and_back(year: int, month: int, months: int) -> None:
    period = periods.month(year, month)
    assert periods.shift(periods.shift(period, months=months), months=-months) == period


def test_what_stands_around_a_sentence_says_what_its_comma_is() -> None:
    around = "Die Werke in Kassel und Trier sind neu. Der Bau wurde im Mai für 2025 gemeldet."
    assert has_decimal_commas("Kassel: 12,450 GWh", around)
    assert not has_decimal_commas("The site has 12,450 GWh of it", around, "de")
    assert has_decimal_commas("Kassel: 12,450 GWh", "", "fr") and not has_decimal_commas(
        "Kassel: 12,450 GWh", "", "en"
    )
    assert not has_decimal_commas("容量12,450 GWh", "", "zh")
    found = find_quantities("Kassel: 12,450 GWh", commas=True)
    assert [(f"{one.value:f}", one.unit) for one in found] == [("12.450", "GWh")]


@pytest.mark.parametrize(
    "text", ["wächst um 31,9 %", "lag bei 4,25 kWh", "1,2 Mio. Zellen", "Refs 3,4", "2,3万辆", "12,75 Wagen"]
)
def test_no_number_is_read_from_the_tail_of_a_longer_one(text: str) -> None:
    for commas in (None, False, True):
        for one in find_quantities(text, commas=commas):
            assert not text[: one.start].rstrip().endswith(",") and "," in one.text
