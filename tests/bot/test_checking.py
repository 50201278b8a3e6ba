"""Check the numbers: no true number is called wrong, no wrong one right, and each verdict shows its sentence."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.checking import Finding, check, findings_as_text
from bot.cli import main
from bot.shorthand import spell_out
from index.builder import build
from index.language.labels import label
from index.lookup.held import read_metric
from index.reader import Index, View, open_index

TABLES = Path(__file__).parents[1] / "tables"
CASES: list[dict[str, Any]] = tomllib.loads((TABLES / "check_numbers.toml").read_text("utf-8"))["case"]
HARD: list[dict[str, Any]] = tomllib.loads((TABLES / "check_hard_numbers.toml").read_text("utf-8"))["case"]
WRITTEN: list[dict[str, Any]] = tomllib.loads((TABLES / "check_written_numbers.toml").read_text("utf-8"))[
    "case"
]
NEVER = {"true": "differs", "rounded": "differs", "wrong": "agrees", "period": "agrees", "unit": "agrees",
         "unknown": "agrees"}  # fmt: skip


def found(findings: tuple[Finding, ...], words: str) -> Finding:
    return next(one for one in findings if words in one.words or one.words in words)


@pytest.mark.parametrize("case", [*CASES, *HARD, *WRITTEN], ids=lambda case: str(case["text"]))
def test_every_number_gets_its_verdict(case: dict[str, Any], view: View, today: date) -> None:
    findings = check(case["text"], view, today=case.get("said", today))
    assert all(case["text"][one.start : one.end] == one.words for one in findings)
    for words, verdict in case["numbers"]:
        one = found(findings, words)
        assert one.verdict == verdict
        assert one.verdict != NEVER[case["kind"]]
        assert one.verdict == "nothing held" or (one.held is not None and one.source is not None)


def test_most_true_numbers_are_found_and_most_wrong_ones_too() -> None:
    verdicts = [(case["kind"], verdict) for case in CASES for _, verdict in case["numbers"]]
    true = [verdict for kind, verdict in verdicts if kind in ("true", "rounded")]
    wrong = [verdict for kind, verdict in verdicts if kind in ("wrong", "period", "unit")]
    assert true.count("agrees") / len(true) > 0.9
    assert wrong.count("differs") / len(wrong) > 0.7


@pytest.mark.parametrize("cases", [HARD, WRITTEN], ids=["hard", "written"])
def test_not_all_hard_numbers_are_left_open(cases: list[dict[str, Any]]) -> None:
    verdicts = [
        verdict for case in cases if case["kind"] in ("true", "rounded") for _, verdict in case["numbers"]
    ]
    assert verdicts.count("agrees") / len(verdicts) > 0.5


def test_what_differs_says_by_how_much_and_shows_the_sentence(view: View, today: date) -> None:
    text = "\n".join(findings_as_text(check("NEV sales in October 2021 were 393,000.", view, today=today)))
    assert "393,000: differs (by 10,000 vehicles (2.6%): held is 383,000 vehicles)" in text
    assert "383,000 new energy vehicles sold in October 2021" in text


def test_a_month_without_a_year_is_not_called_wrong_for_another_year(view: View) -> None:
    (one,) = check("NEV sales were 383,000 in October.", view, today=date(2026, 1, 15))
    assert one.verdict == "agrees"
    assert "October 2021; the text does not say which year" in one.note


def test_a_number_of_two_series_is_told_once(view: View, today: date) -> None:
    text = "NEV production in China was 397,000 and sales were 383,000 in October 2021, both up 1.3 times year-on-year."
    findings = check(text, view, today=today)
    assert [(one.words, one.verdict) for one in findings] == [
        ("397,000", "agrees"), ("383,000", "agrees"), ("1.3 times", "agrees")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "XPeng Motors, Li Auto and NIO all exceeded 90,000 vehicles sold in 2021.",
        "Six leading car enterprises delivered a total of 437,000 vehicles in 2021.",
        "EV deliveries for the full year 2023 came in at 34,855.",
        "Each MW of storage needed 0.5 to 5 MWh of batteries installed in China in 2018.",
    ],
)
def test_what_is_of_a_part_is_not_called_wrong_for_the_whole(text: str, view: View, today: date) -> None:
    assert "differs" not in [one.verdict for one in check(text, view, today=today)]


TABLE = """Month,Company,Deliveries (vehicles)
2025-07,Tarlen Motors,41200
2025-08,Tarlen Motors,43750
2025-08,Hentz Auto,17640
"""


@pytest.fixture(scope="module")
def of_firms(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """A table of one's own, with a metric and firms that no catalogue names."""
    folder = tmp_path_factory.mktemp("firms")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "deliveries.csv").write_text(TABLE, "utf-8")
    build([folder / "corpus"], folder / "index")
    return open_index(folder / "index")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Tarlen Motors delivered 43,750 vehicles in August 2025.", ["agrees"]),
        ("Hentz Auto's deliveries in August 2025: 17,640 vehicles", ["agrees"]),
        (
            "Tarlen Motors delivered 43,750 vehicles in August 2025, after 41,200 vehicles in July 2025.",
            ["agrees", "agrees"],
        ),
        ("Tarlen Motors delivered 43,750 vehicles in July 2025.", ["nothing held"]),
        ("Hentz Auto delivered 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Tarlen Motors produced 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Hentz Auto and Tarlen Motors delivered 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Deliveries of Tarlen Motors rose by 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Tarlen Motors did not deliver 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Tarlen Motors delivered 43,750 vehicles in Freedonia in August 2025.", ["nothing held"]),
        ("Tarlen Motors will deliver 43,750 vehicles in August 2025.", ["nothing held"]),
        ("Deliveries of 43,750 vehicles in August 2025.", ["nothing held"]),
    ],
)
def test_a_cell_of_ones_own_table_agrees_in_other_words(
    text: str, verdicts: list[str], of_firms: Index, today: date
) -> None:
    with of_firms.seen_by(None) as view:
        assert [one.verdict for one in check(text, view, today=today)] == verdicts


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("sales of 0.55m in 2024", "sales of 0.55 million in 2024"),
        ("13.7m (2023) to 17.5m", "13.7 million (2023) to 17.5 million"),
        ("a 4.5m long car", "a 4.5m long car"),
        ("5m² and $5m and 12 mm", "5m² and $5m and 12 mm"),
        ("", ""),
    ],
)
def test_millions_are_spelt_out_and_places_lead_back(text: str, spelt: str) -> None:
    found = spell_out(text)
    assert found.text == spelt
    for number in re.finditer(r"[\d.]+ million", spelt):
        span = found.before(*number.span())
        assert span
        assert text[slice(*span)] == number[0].replace(" million", "m")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "China NEV sales\n| year | units |\n|---|---|\n| 2022 | 6,887,000 |\nok?",
            ["China NEV sales, 2022: 6,887,000"],
        ),
        (
            "China:\nMonth\tNEV sales\tNEV exports (thousand units)\nOct 2025\t1,715,000\t256",
            ["China, NEV sales, Oct 2025: 1,715,000", "China, NEV exports, Oct 2025: 256 thousand"],
        ),
        ("新能源汽车销量（万辆）\n月份\t销量\n2025年10月\t171.5", ["新能源汽车销量, 销量, 2025年10月: 171.5万"]),
        ("Maker | Share in 2024\nCATL | 45.2%\nBYD | 25.1%",
         ["Share in 2024, CATL: 45.2%", "Share in 2024, BYD: 25.1%"]),
        ("Oct 383k | Nov 450k", []),
        ("a\tb\nc\td", []),
    ],
)  # fmt: skip
def test_each_cell_of_a_pasted_table_is_told_by_itself(text: str, lines: list[str]) -> None:
    found = spell_out(text)
    assert [line.strip(" |") for line in found.text.split("\n") if ": " in line] == lines
    for line in lines:
        number = line.split(": ")[1].removesuffix(" thousand").removesuffix("万")
        at = found.text.index(line) + line.index(": ") + 2
        span = found.before(at, at + len(number))
        assert span
        assert text[slice(*span)] == number


@given(text=st.text(alphabet="a1 .|\t\n-:%m万,", max_size=80))
def test_whatever_is_pasted_each_place_leads_back_to_the_same_words(text: str) -> None:
    found = spell_out(text)
    for number in re.finditer(r"\d+", found.text):
        span = found.before(*number.span())
        assert span is None or text[slice(*span)] == number[0]


def test_what_a_viewer_may_not_see_is_not_held(shipped: Index, today: date) -> None:
    with shipped.seen_by(frozenset()) as nothing:
        findings = check("NEV sales in October 2021 were 393,000.", nothing, today=today)
    assert [one.verdict for one in findings] == ["nothing held"]
    assert all(one.held is None and one.source is None for one in findings)


CELLS = ("nev_sales", "ev_sales", "ev_stock", "ev_sales_share", "battery_installed", "battery_demand")
SENTENCES = (
    "{name} in {region} was {number} in {period}.",
    "In {period}, {name} in {region} reached {number}.",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_cell_of_our_tables_is_called_wrong_and_no_other_number_right(
    data: st.DataObject, view: View
) -> None:
    key = data.draw(st.sampled_from(CELLS))
    held = [
        one for one in read_metric(view, key, ("level",)) if one.value and one.place.cell and one.period.start
    ]
    figure = data.draw(st.sampled_from(held))
    share = data.draw(st.sampled_from([Decimal("1.3"), Decimal("0.7"), Decimal("0.1"), Decimal(10)]))
    dimensions = dict(figure.series.dimensions)
    region = dimensions.pop("region", "the record")
    metric = view.catalogue.get(key)
    assert metric
    name = " ".join([*dimensions.values(), metric.name])
    value = figure.value or Decimal(0)
    others = {one.value for one in held if one.period == figure.period and one.series == figure.series}
    for number, never in ((value, "differs"), (value * share, "agrees")):
        words = label(number, figure.unit, step=min(figure.step, number / 100))
        if number != value and any(
            abs(number - (other or 0)) < max(number / 20, figure.step) for other in others
        ):
            continue
        sentence = data.draw(st.sampled_from(SENTENCES))
        text = sentence.format(name=name, region=region, number=words, period=figure.period.label)
        said = [
            one
            for one in check(text, view, today=date(2026, 1, 15))
            if words.startswith(one.words.split()[0])
        ]
        assert never not in [one.verdict for one in said], text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.sampled_from("0123456789., %万辆GWh-年月NEV sales in\n()"), max_size=60))
def test_any_text_can_be_checked(text: str, view: View) -> None:
    findings = check(text, view, today=date(2026, 1, 15))
    assert [one.start for one in findings] == sorted(one.start for one in findings)


def test_the_command_line_checks_a_text() -> None:
    result = CliRunner().invoke(main, ["check", "NEV sales in October 2021 were 383,000."])
    assert result.exit_code == 0, result.output
    assert "383,000: agrees" in result.output
