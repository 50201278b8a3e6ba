"""Figures in prose: sentences and the figures that people read in them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures.prose import extract
from index.language.catalogue import SHIPPED
from index.language.metrics import load

TABLE = Path(__file__).parents[1] / "tables" / "figures.toml"
CASES = tomllib.loads(TABLE.read_text("utf-8"))["case"]
CATALOGUE = load([SHIPPED])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_sentence(case: dict[str, object]) -> None:
    today = case.get("today", date(2021, 11, 20))
    assert isinstance(today, date)
    figures = extract(str(case["text"]), CATALOGUE, today=today)
    rows = [
        f"{one.series.metric} | {one.value:f} {one.unit}".rstrip()
        + f" | {one.period.label} | {one.kind} {one.basis}".rstrip()
        for one in figures
    ]
    assert rows == case["figures"]


@given(
    st.text(
        alphabet=st.sampled_from(list("0123456789.,%-– ()$€年月万亿GWhinfrom to up2021约增长")), max_size=80
    )
)
def test_spans_are_verbatim_and_nothing_raises(text: str) -> None:
    for figure in extract(text, CATALOGUE, today=date(2021, 11, 20)):
        assert text[figure.place.start : figure.place.end] == figure.text
        assert figure.value is not None


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("NEV sales in Japan and South Korea were 21,000 and 100,000 in 2020.", ["Japan", "South Korea"]),
        ("NEV sales in Japan and South Korea were 121,000 in 2020.", [None]),
    ],
)
def test_values_said_together_go_one_to_each_number(text: str, regions: list[str | None]) -> None:
    figures = extract(text, CATALOGUE, today=date(2021, 11, 20))
    assert [dict(one.series.dimensions).get("region") for one in figures] == regions


SCOPES = [
    ("BEIJING, Dec. 10 (Xinhua) -- Car sales in China reached 2 million in 2020.", [{"region": "China"}]),
    ("Beijing-based makers sold 20,000 EVs in China in 2020.", [{"region": "China"}]),
    ("Tesla China sold 484,100 cars in 2020, of which 320,700 were sold in China.",
     [{"company": "Tesla"}, {"company": "Tesla", "region": "China"}]),
    ("EV sales in the EU rose 5% in 2020, says the European Automobile Association. BEV sales were 500,000.",
     [{"region": "European Union"}, {"powertrain": "BEV", "region": "European Union"}]),
    ("Quantix Motors sold 20,000 EVs in 2020.", [{"company": "Quantix Motors"}]),
    ("EV sales were 12,000 in Norway, 30,000 in Germany and 5,000 in Spain in 2020.",
     [{"region": "Norway"}, {"region": "Germany"}, {"region": "Spain"}]),
    ("EV sales in Spain accounted for 2,268 of the total in 2020 and Portugal for 1,144.",
     [{"region": "Spain"}, {"region": "Portugal"}]),
    ("EV sales in Spain rose 5% in 2020. EV sales in the two countries were 87,000 in 2020.",
     [{"region": "Spain"}, {}]),
    ("Mr Seo reported EV sales of 20,000 in 2020.", [{}]),
    ("EV sales in Asia rose. The company delivered 20,000 EVs in 2020.", [{"company": "a company"}]),
    ("Geely spoke of Asia. The company delivered 20,000 EVs in 2020, its sales of EVs in 2019 being 10,000.",
     [{"company": "Geely"}, {"company": "Geely"}]),
    ("Quantix Motors raised its guidance for deliveries in 2022 to 54,000 vehicles.", [{"company": "Quantix Motors"}]),
    ("Quantix Motors sold 20,000 EVs in 2020. Quantix sold 10,000 EVs in 2019.",
     [{"company": "Quantix Motors"}, {"company": "Quantix Motors"}]),
    ("Quantix Motors opened a plant. Its gross margin was 14 % in 2020. Revenue came to EUR 84 million in 2020.",
     [{"company": "Quantix Motors"}, {"company": "Quantix Motors"}]),
    ("Quantix Motors opened a plant. Revenue in Norway was EUR 2 billion in 2020. NEV sales in China were 1.3 million.",
     [{"region": "Norway"}, {"region": "China"}]),
    ("In 2020, 104,590 electric cars and 10,169 plug-in hybrids were registered in Norway.",
     [{"mode": "cars", "region": "Norway"}, {"powertrain": "PHEV", "region": "Norway"}]),
    ("Six leading new carmakers delivered 437,000 vehicles in 2020.", [{"company": "six leading new carmakers"}]),
    ("EV sales in Norway rose in 2020. Vestland has 2,100 chargers.", [{"region": "Vestland"}]),
    ("Sales of cars from Chinese brands reached 9.5 million in 2020.", [{"company": "Chinese brands"}]),
    ("BYD sold 593,745 NEVs in 2020, including 320,810 pure electric vehicles and 272,935 hybrid powertrain vehicles.",
     [{"company": "BYD"}, {"company": "BYD", "powertrain": "BEV"}, {"company": "BYD", "powertrain": "hybrid"}]),
    ("2020年中国储能累计装机29.7GW，占全球17%，电化学储能累计装机490MW。",
     [{"region": "China"}, {"region": "China"}, {"region": "China"}]),
    ("In March 4,410 EVs were registered in Austria, Croatia, Serbia and Slovenia.", [{}]),
    ("Spodumene imports were 512,000 t in 2020, of which 330,000 t from Australia.", [{}, {"origin": "Australia"}]),
    ("2020年中国锂矿石进口数量为42.3万吨。其中从澳大利亚进口28.8万吨。",
     [{"region": "China"}, {"origin": "Australia", "region": "China"}]),
    ("Oriel Solid Power sold 20,000 EVs in 2020.", [{"company": "Oriel Solid Power"}]),
    ("Ternary batteries installed reached 2.9 GWh, while installed LFP batteries came to 1.1 GWh.",
     [{"chemistry": "ternary"}, {"chemistry": "LFP"}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "scopes"), SCOPES, ids=[case[0] for case in SCOPES])
def test_whose_number_it_is(text: str, scopes: list[dict[str, str]]) -> None:
    found = extract(text, CATALOGUE, today=date(2021, 6, 1))
    assert [dict(one.series.dimensions) for one in found] == scopes
