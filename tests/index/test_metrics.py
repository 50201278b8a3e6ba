"""Metrics: which of the catalogue's metrics a text speaks of."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SeminarError
from index.language.catalogue import SHIPPED
from index.language.metrics import find_measures, find_metrics, find_objects, load, read_catalogue

CATALOGUE = load([SHIPPED])
CASES = tomllib.loads((Path(__file__).parents[1] / "tables" / "metrics.toml").read_text("utf-8"))["case"]
WORDS = st.sampled_from(
    [
        "NEV",
        "sales",
        "production",
        "of",
        "and",
        "the",
        "EVs",
        "sold",
        "output",
        "产销量",
        "新能源汽车",
        "动力电池",
        "装车量",
        "share",
        "price",
        "battery",
        "pack",
        ".",
        ",",
        "397,000",
        "'s",
        "和",
        "were",
    ]
)


def said(key: str, dimensions: tuple[tuple[str, str], ...]) -> str:
    return " ".join((key, *(f"{name}={value}" for name, value in dimensions)))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_text_speaks_of(case):
    assert [said(m.key, m.dimensions) for m in find_metrics(case["text"], CATALOGUE)] == case["metrics"]


@given(st.one_of(st.text(), st.lists(WORDS).map(" ".join)))
def test_finding_never_raises_and_spans_are_verbatim(text):
    for found in (
        *find_metrics(text, CATALOGUE),
        *find_measures(text, CATALOGUE),
        *find_objects(text, CATALOGUE),
    ):
        assert text[found.start : found.end] == found.text != ""


@pytest.mark.parametrize("metric", CATALOGUE.metrics, ids=[metric.key for metric in CATALOGUE.metrics])
def test_a_metric_is_found_by_its_name_and_aliases(metric):
    for phrase in (metric.name, *metric.aliases):
        assert metric.key in {found.key for found in find_metrics(phrase, CATALOGUE)}, phrase


def test_a_bare_measure_completes_the_metric_of_the_thread():
    (measure,) = find_measures("and production?", CATALOGUE)
    assert CATALOGUE.with_measure("nev_sales", measure.measure) == "nev_production"


def test_objects_and_a_measure_compose():
    objects = find_objects("BEV vs PHEV breakdown of oct sales", CATALOGUE)
    assert [dict(thing.dimensions) for thing in objects] == [{"powertrain": "BEV"}, {"powertrain": "PHEV"}]
    assert {CATALOGUE.composed("sales", thing.name) for thing in objects} == {"nev_sales"}


def test_an_index_gives_the_same_catalogue_back():
    assert read_catalogue(CATALOGUE.raw) == CATALOGUE


def test_a_corpus_adds_to_the_catalogue(tmp_path):
    own = tmp_path / "metrics.toml"
    own.write_text(
        '[[metric]]\nkey = "nev_sales"\naliases = ["green plate volumes"]\n\n'
        '[[metric]]\nkey = "scooter_sales"\nname = "Scooter sales"\nunit = "scooters"\n'
        'measure = "sales"\nobject = "scooter"\n\n'
        '[objects.scooter]\nwords = ["scooter"]\n',
        "utf-8",
    )
    catalogue = load([SHIPPED, own])
    text = "Green plate volumes and sales of scooters"
    assert [found.key for found in find_metrics(text, catalogue)] == ["nev_sales", "scooter_sales"]
    assert catalogue.get("nev_sales").name == "NEV sales"


BROKEN = {
    '[[metric]]\nname = "No key"\nunit = "t"\n': "key",
    '[[metric]]\nkey = "a"\nunit = "t"\n': "name",
    '[[metric]]\nkey = "a"\nname = "A"\n': "unit",
    '[[metric]]\nkey = "a"\nname = 5\nunit = "t"\n': "name",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\naliases = "one"\n': "aliases",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nadditive = "yes"\n': "additive",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nkind = "speed"\n': "kind",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nalias = ["one"]\n': "alias",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nnear = ["zz"]\n': "zz",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nmeasure = "zz"\n': "zz",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nobject = "zz"\n': "zz",
    '[[metric]]\nkey = "a"\nname = "A"\nunit = "t"\nobject = 3\n': "object",
    '[metric]\nkey = "a"\n': "metric",
    "metric = [1]\n": "metric",
    "surprise = 1\n": "surprise",
    "measures = 1\n": "measures",
    "[measures]\nsales = 1\n": "measures.sales",
    "[measures.sales]\nwords = 1\n": "measures.sales.words",
    "[measures.sales]\nnouns = []\n": "measures.sales.nouns",
    "[measures.sales]\ndefault = 1\n": "measures.sales.default",
    "[[objects.nev.narrower]]\nwords = []\ndimensions = 1\n": "objects.nev.narrower.dimensions",
    "[[metric]\n": "TOML",
}


@pytest.mark.parametrize("text", BROKEN, ids=[text.replace("\n", " ") for text in BROKEN])
def test_a_broken_catalogue_is_named_in_two_lines(text, tmp_path):
    own = tmp_path / "metrics.toml"
    own.write_text(text, "utf-8")
    with pytest.raises(SeminarError) as raised:
        load([SHIPPED, own])
    message, hint = str(raised.value).split("\n")
    assert "metrics.toml" in message
    assert BROKEN[text] in message
    assert hint


def test_a_missing_or_foreign_file_is_named(tmp_path):
    with pytest.raises(SeminarError, match="can't be read"):
        load([tmp_path / "none.toml"])
    (tmp_path / "metrics.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SeminarError, match="UTF-8"):
        load([tmp_path / "metrics.toml"])
