"""The shipped corpus: every table and document says where it is from, and the seminar is whole."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from index.language.catalogue import SHIPPED
from index.language.metrics import find_metrics, load

CORPUS = Path(__file__).parents[1] / "corpus"
TABLES = sorted((CORPUS / "statistics").glob("*.csv"))
DOCUMENTS = sorted((CORPUS / "documents").glob("*.md"))
BRIEFS = [path for path in DOCUMENTS if path.name.startswith("brief-")]
SEMINAR = CORPUS / "documents" / "solid-state-battery-seminar-2021.md"
CATALOGUE = load([SHIPPED])


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_names_its_origin_and_licence(path):
    facts = tomllib.loads(path.with_name(path.name + ".toml").read_text("utf-8"))
    assert all(facts[key] for key in ("title", "publisher", "source", "licence", "notes"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_is_tidy(path):
    header, *body = rows(path)
    assert {len(row) for row in body} == {len(header)}
    keys = [tuple(cell for name, cell in zip(header, row, strict=True) if not measures(name)) for row in body]
    assert len(set(keys)) == len(keys)
    for row in body:
        for name, cell in zip(header, row, strict=True):
            assert not measures(name) or cell == "" or float(cell) > 0, (name, row)


def measures(column: str) -> bool:
    return bool(find_metrics(column, CATALOGUE))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_speaks_of_metrics_of_the_catalogue(path):
    assert any(measures(column) for column in rows(path)[0])


def test_the_months_of_the_seminar_are_in_the_table():
    header, *body = rows(CORPUS / "statistics" / "china_nev_monthly.csv")
    october = dict(zip(header, next(row for row in body if row[0] == "2021-10"), strict=True))
    assert (october["NEV production (vehicles)"], october["NEV sales (vehicles)"]) == ("397000", "383000")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_says_where_it_is_from(path):
    text = path.read_text("utf-8")
    front = text.split("---\n")[1]
    for key in ("title:", "published:", "source:", "publisher:", "licence:", "language:"):
        assert key in front
    assert "my country" not in text.lower()


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.name)
def test_a_brief_is_short_and_links_to_its_sources(path):
    text = path.read_text("utf-8")
    assert 250 <= len(text.split()) <= 650
    assert len(set(re.findall(r"\]\((https?://[^)\s]+)\)", text))) >= 5


@pytest.mark.parametrize(
    "said",
    ["397,000", "383,000", "1.3 times", "2.566 million", "2.542 million", "1.8 times", "107.5 GWh", "168.1%",
     "Chen Liquan", "Li Hong", "China EV100", "Institute of Physics", "closed doors", "after 2025", "ten years or more",
     "semi-solid-state", "icing on the cake", "Dozens of experts",
     "\nFirst, ", "\nSecond, ", "\nThird, ", "\nFourth, "],
)  # fmt: skip
def test_our_edition_of_the_seminar_keeps(said):
    assert said in SEMINAR.read_text("utf-8")
