"""The value that a quoted sentence states of what is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answers.stated import find_stated, sort_of
from bot.questions import Operation, Question
from index.reader import View


@pytest.mark.parametrize(
    ("question", "sentence", "stated"),
    [
        (
            "price of the binder per kilo",
            "The binder costs 38 euros a kilogram, the solvent 2.",
            ("38", "EUR/kg"),
        ),
        (
            "tonnes treated by Ostara",
            "Ostara treated 38,400 tonnes of scrap, up 12% on 2023.",
            ("38400", "t"),
        ),
        ("scrap rate in April", "Scrap fell from 18% in February to 7% in April.", ("7", "%")),
        (
            "fast charging price in Spain",
            "It was 0.69 €/kWh in Italy, 0.54 €/kWh in Spain.",
            ("0.54", "EUR/kWh"),
        ),
        (
            "how long does the Finch charge",
            "The Robin needed 17 minutes, the light Finch only 20.",
            ("20", "minutes"),
        ),
        ("budget of the round robin", "Budget: 240,000 euros, shared by four members.", ("240000", "EUR")),
        ("recycled nickel share", "It must hold 6% recycled lithium and 6% recycled nickel.", ("6", "%")),
        ("share of lead", "It must hold 16 % for cobalt, 85 % for lead and 6 % for nickel.", ("85", "%")),
        ("price of the carbonate", "The carbonate trades at 12 to 14 dollars a kilogram.", None),
        ("range of the Finch", "It uses 18 kWh per 100 kilometres.", None),
        ("how many people does Ostara employ", "Ostara treated 38,400 tonnes of scrap.", None),
        ("price of cells", "LFP 182 52 6,000", None),
    ],
)
def test_the_number_that_is_asked_for(
    question: str, sentence: str, stated: tuple[str, str] | None, view: View
) -> None:
    found = find_stated(Question(question, "figure", expected="how much"), sentence, view.catalogue)
    assert found == (stated and (Decimal(stated[0]), stated[1]))


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Deliveries fell by 38% to 6,100.", "-38"),
        ("Deliveries rose by 4% to 6,100.", "4"),
    ],
)
def test_a_change_has_its_sign(sentence: str, value: str, view: View) -> None:
    operation: Operation = "change"
    question = Question("deliveries change in %", "figure", operation=operation)
    found = find_stated(question, sentence, view.catalogue)
    assert found == (Decimal(value), "%")


@pytest.mark.parametrize(
    ("unit", "sort"),
    [
        ("USD/t", "price"), ("EUR", "money"), ("%", "share"), ("Wh/kg", "density"), ("GWh", "energy"), ("MW", "power"),
        ("t", "mass"), ("km", "length"), ("minutes", "time"), ("", "count"), ("km/h", "other"),
    ],
)  # fmt: skip
def test_units_make_sorts_of_numbers(unit: str, sort: str) -> None:
    assert sort_of(unit) == sort
