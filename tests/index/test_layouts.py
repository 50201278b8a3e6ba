"""Tables as people lay them out: what each cell is read as, and the questions that find it or find nothing."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.answers import Ask
from bot.answers.ask import make_ask
from index.builder import build
from index.corpus import SHIPPED
from index.figures import Figure
from index.figures.tables import find_figures
from index.language.metrics import load
from index.reader import open_index
from index.reading import read
from index.reading.facts import find_facts

CATALOGUE = load([SHIPPED / "metrics.toml"])
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "tables" / "layouts.toml").read_text("utf-8")
)["table"]
TODAY = date(2025, 11, 20)


def write(folder: Path, case: dict[str, Any]) -> Path:
    path = folder / str(case["file"])
    if "text" in case:
        path.write_text(case["text"], encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for sheet in case["sheets"]:
            page = book.create_sheet(sheet["name"])
            for row in sheet["rows"]:
                page.append([None if cell == "" else cell for cell in row])
            for span in sheet.get("merge", ()):
                page.merge_cells(span)
        book.save(path)
    if "title" in case:
        path.with_name(f"{path.name}.toml").write_text(f'title = "{case["title"]}"\n', encoding="utf-8")
    return path


def said(figure: Figure, text: str) -> str:
    """A cell as a case writes it: "120 | charging_points | operator=Voltaro | January 2024 | 120 charging points"."""
    place = figure.place
    at = f"{place.sheet}!{place.cell}".lstrip("!") if place.cell else text[place.start : place.end]
    value = "missing" if figure.value is None else f"{figure.value:f} {figure.unit}".strip()
    parts = [
        at, figure.series.metric, "; ".join(f"{name}={word}" for name, word in figure.series.dimensions),
        figure.period.label, value, *filter(None, (figure.status if value != "missing" else "",)),
        *((f"{figure.kind} {figure.basis}",) if figure.kind != "level" else ()),
    ]  # fmt: skip
    return " | ".join(parts)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_each_cell_is_read_as_what_it_says(case: dict[str, Any], tmp_path: Path) -> None:
    path = write(tmp_path, case)
    document = read(path, id=path.name, facts=find_facts(path, path.parent))
    figures, _ = find_figures(document, CATALOGUE, {})
    assert [said(figure, document.text) for figure in figures] == case["cells"]
    assert all(figure.text in figure.quote for figure in figures)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("layouts")
    corpus = folder / "corpus"
    corpus.mkdir()
    for case in CASES:
        write(corpus, case)
    build([corpus], folder / "index")
    return make_ask(open_index(folder / "index"))


ASKED = [(question, answer) for case in CASES for question, answer in case.get("questions", {}).items()]


@pytest.mark.parametrize(("question", "answer"), ASKED, ids=[question for question, _ in ASKED])
def test_a_cell_is_found_by_the_words_that_people_use(question: str, answer: str, ask: Ask) -> None:
    found = ask(question, today=TODAY)
    assert found.kind not in ("none", "missing")
    assert answer in found.headline


REFUSED = [question for case in CASES for question in case.get("refused", ())]


@pytest.mark.parametrize("question", REFUSED)
def test_what_a_table_does_not_hold_is_not_answered(question: str, ask: Ask) -> None:
    found = ask(question, today=TODAY)
    assert found.kind in ("none", "missing", "clarify") or found.headline.startswith("Nearest held")
