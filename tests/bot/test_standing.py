"""Which sentences can be read by themselves; and that a digest gives the others with what they lean on."""

from __future__ import annotations

import pytest

from bot.salience import find_salient
from bot.standing import is_undated, leans


@pytest.mark.parametrize(
    "sentence",
    [
        "It sets a goal of 15,000 trams by 2025.",
        "These trams need less power than those of Freedonia.",
        "In this context, the ministry has a new plan for trams.",
        "While this sounds well, many in Strelsau are not convinced.",
        "The announcement was made by the minister in Strelsau.",
        "The project is led by the university of Strelsau.",
        "The increase surprised the ministry in Strelsau.",
        "In conclusion, all these reports foresee more trams.",
        "But trams for hills remain some way off.",
        "Not sure how they came to choose Zenda.",
        "其中有轨电车占一半。",
        "A year later, in November 2022, the price of trams was at its highest.",
        "For starters, Ruritania has more trams than Freedonia.",
        "The report highlights the trams of Ruritania and Freedonia.",
        "Ruritania counts them in tonnes that are carried each month.",
        "Whoever builds one today bets against everything that will be learned.",
        "Ruritania, Freedonia and Zenda were chosen too, according to the person.",
    ],
)
def test_a_sentence_that_leans(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "However, in my opinion, most data still supports trams.",
        "In this year, Ruritania sold 12,000 trams.",
        "The increase in sales of trams in 2021 was led by Ruritania.",
        "The ministry of transport of Ruritania sold 12,000 trams.",
        "Additionally, Ruritania plans three depots in Zenda.",
        "有轨电车销量为12000辆。",
        "The report of the ministry counts 12,000 trams.",
        "Then it is decided: prices of trams go down in May.",
        "A year after the strike Ruritania sold 12,000 trams.",
    ],
)
def test_a_sentence_that_stands(sentence: str) -> None:
    assert not leans(sentence)


@pytest.mark.parametrize(
    ("sentence", "undated"),
    [
        ("Sales of trams were 7,200, up 36.8 percent year-on-year.", True),
        ("Sales of trams were 7,200, up 36.8 percent year-on-year and down 2 percent from July.", True),
        ("Sales of trams in August were 7,200, up 36.8 percent year-on-year.", False),
        ("Sales of trams rose 36.8 percent this year.", False),
        ("Trams hold 36.8 percent of the market.", False),
        ("有轨电车销量7200辆，同比增长36.8%。", True),
        ("8月有轨电车销量7200辆，同比增长36.8%。", False),
    ],
)
def test_a_change_without_its_period(sentence: str, undated: bool) -> None:
    assert is_undated(sentence) == undated


OTHERS = (
    "Freedonia opened a depot for electric trams near its capital in March 2021. "
    "The ministry of Ruritania expects orders for trams from six more towns in 2022. "
    "Zenda closed the last of its horse tramways in 2019 after a long quarrel. "
    "Strelsau trains 300 drivers for trams in a school of its own each year. "
)


def test_what_leans_is_given_with_what_it_leans_on() -> None:
    first = "Ruritania has a plan for electric trams that runs until 2035."
    second = "It sets the goal of 15,000 electric trams in Ruritania by 2025."
    points = [f"{first} {second}"[a:b] for a, b in find_salient(f"{first} {second}")]
    assert points == [f"{first} {second}"]


def test_what_leans_on_the_paragraph_before_is_given_with_it() -> None:
    first = "Ruritania sold 12,000 electric trams in 2021, a record for the country."
    second = "The association attributed the surge to orders from Freedonia."
    text = f"{first}\n\n{second}"
    assert [text[a:b] for a, b in find_salient(text)] == [text]


def test_what_leans_on_nothing_near_is_no_further_point() -> None:
    alone = "These and other aspects of trams have to be considered by every ministry."
    text = f"{OTHERS}\n\nTrams\n\n{alone}"
    assert all(alone not in text[a:b] for a, b in find_salient(text))


def test_a_total_comes_before_its_parts() -> None:
    total = (
        "Sales of new energy vehicles in Ruritania were 12,600 in August 2021, up 44.9 percent year-on-year."
    )
    part = "Sales of plug-in hybrid vehicles in Ruritania were 5,300 in August 2021, up 51.9 percent year-on-year."
    text = f"{OTHERS}\n\n{total} {part}\n\n{OTHERS.replace('2021', '2020').replace('300', '200')}"
    points = [text[a:b] for a, b in find_salient(text)]
    assert any(total in point for point in points)


def test_an_advertisement_is_no_point() -> None:
    text = f"{OTHERS}\n\nFive reasons to invest in trams show how investors may hold the value of trams."
    assert all("reasons to invest" not in text[a:b] for a, b in find_salient(text))


def test_a_heading_that_lost_its_line_is_not_in_the_point() -> None:
    text = f"{OTHERS}\n\nThe Many Effects Of TramsNews of the closure of the depot raised prices of trams in Zenda."
    points = [text[a:b] for a, b in find_salient(text)]
    assert "News of the closure of the depot raised prices of trams in Zenda." in points


def test_an_essay_says_at_its_end_what_it_comes_to() -> None:
    towns = ["Strelsau", "Zenda", "Hentzau", "Tarlenheim"] * 16
    body = "\n\n".join(
        f"I think that tram number {n} of {town} runs well, and so my data supports it."
        for n, town in enumerate(towns, 1)
    )
    text = f"{body}\n\nFor every town in Ruritania there is reason enough to buy electric trams now."
    assert any(start > len(text) * 9 // 10 for start, _ in find_salient(text))
