"""Questions about figures in tables, however people ask: the right series, or none."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.ask import answer_in
from bot.questions import Question
from index.builder import build
from index.reader import View, open_index

TABLE = Path(__file__).parents[1] / "tables" / "table_questions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(TABLE.read_text("utf-8"))["case"]
TODAY = date(2024, 6, 1)

LONG = "region,category,parameter,mode,powertrain,year,unit,value\n"
FILES = {
    "evo2024/EVO Data 2024.csv": LONG + "Iceland,Historical,EV sales share,Cars,EV,2023,percent,18\n",
    "evo2025/EvoExplorer2025.csv": LONG
    + """Iceland,Historical,EV sales share,Cars,EV,2023,percent,20
Iceland,Historical,EV sales share,Cars,EV,2024,percent,30
Iceland,Projection-STEPS,EV sales share,Cars,EV,2030,percent,40
Iceland,Historical,EV sales share,Buses,EV,2024,percent,57
Norway,Historical,EV sales share,Buses,EV,2024,percent,73
Iceland,Historical,EV sales,Cars,BEV,2022,Vehicles,1000
Iceland,Historical,EV sales,Cars,BEV,2023,Vehicles,1500
Iceland,Historical,EV sales,Trucks,BEV,2023,Vehicles,76
Iceland,Historical,EV sales,2 and 3 wheelers,BEV,2023,Vehicles,700
Iceland,Historical,EV charging points,EV,Publicly available fast,2024,charging points,64
Iceland,Historical,EV charging points,EV,Publicly available slow,2024,charging points,99
""",
    "iceland_models/carSalesByModel.csv": "brand,model,category,sales,year,month\n"
    + "".join(
        f"{brand},{model},{drive},{250 if (model, month) == ('Bolt', 2) else base},2018,{month}\n"
        for brand, model, drive, base in [
            ("Nissan", "Leaf", "bev", 80), ("Chevrolet", "Bolt", "bev", 20), ("Toyota", "Prius", "hybrid", 90),
        ]
        for month in range(1, 13)
    ),
    "plates/ev-registrations.csv": "State,Reg_2023,Reg_2022\nNevada,20000,16000\nOhio,10000,9000\nTexas,30000,22000\n",
    "plates/fuels.csv": """2022 Light-Duty Vehicle Registration Counts by State and Fuel Type,,,
State,Electric (EV),Plug-In Hybrid Electric (PHEV),Hydrogen
Nevada,16000,4000,10
Ohio,9000,5000,20
Texas,22000,6000,30
""",
    "city_nev.csv": """城市,城市等级,是否限牌,公共充电桩密度(个/km²),2024年NEV预估销量
北京,一线,是,29.5,434000
成都,新一线,否,14.5,129000
大庆,四线,否,3.5,11000
""",
    "mineral_price.csv": """Mineral,USD_ton,Original,Unit Original
Nickel,21500,21500,"$ per ton, 2023"
Cobalt,34200,15.5,"$ per pound, 2023, spot price"
Graphite,2000,2,"$ per kg, 2023"
""",
    "mineral_intensity.csv": """Electrolyte,Mineral,chemistry,grams_per_kWH
Lithium liquid,Cobalt,LFP,0
Lithium liquid,Cobalt,NMC811,90
Solid State,Cobalt,SS NMC 811,150
Lithium liquid,Lithium,LFP,89
Lithium liquid,Lithium,NMC811,92
Solid State,Lithium,SS NMC 811,189
""",
    "china_monthly.csv": "日期,NEV总销量,BEV销量\nJan-24,500,200\nFeb-24,600,300\nMar-24,650,350\nApr-24,700,\n",
    "review.txt": """Burning fuel

Burning one gallon of gasoline in a car can produce 8887 grams of CO2, while one gallon of diesel produces roughly \
10180 grams of CO2.

Credits

In China, the required NEV credit proportion for 2024 and 2025 is set at 28% and 38%, respectively.
""",
}  # fmt: skip


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("tables")
    for name, text in FILES.items():
        path = folder / "corpus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    build([folder / "corpus"], folder / "index")
    with open_index(folder / "index").seen_by(None) as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=[" > ".join(case["ask"]) for case in CASES])
def test_table_question(case: dict[str, Any], view: View) -> None:
    thread: tuple[Question, ...] = ()
    for text in case["ask"]:
        answer = answer_in(view, text, thread=thread, today=TODAY)
        thread = (*thread, answer.question)
    assert answer.kind == case["kind"], answer.headline
    if "value" in case:
        assert answer.value is not None
        assert f"{answer.value.normalize():f}" == case["value"], answer.headline
    places = [answer.headline.find(words) for words in case.get("says", [])]
    assert places == sorted(places), answer.headline
    assert -1 not in places, answer.headline
    assert answer.kind == "none" or answer.citations
