"""With documents of other labels, everything is to the last word, score and count as it is without them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.ask import make_ask
from bot.answers.explained import explain, lines_of
from bot.checking import check, findings_as_text
from bot.context import find_context
from bot.machine import answer_to_json
from bot.slack.blocks import build_answer
from bot.slack.checked import build_check
from bot.slack.digest import find_takeaways
from bot.slack.home import build_home
from bot.state import Gap
from bot.subscriptions import fingerprint
from bot.takeaways import digest, find_document
from bot.takeaways import label as label_points
from bot.teaching import wanted
from bot.terminal import answer_lines
from bot.topics import digest_topic, label
from index.builder import build
from index.errors import SeminarError
from index.lookup.browse import browse
from index.reader import Index, View, open_index
from index.standard import StandardAnswer, add_answer
from tests.bot.test_access import BOARD, EVERYONE, NEWER, OPEN, STATE_TABLE, TABLE, TODAY, TRAMS, corrected

TRAMS_TABLE = "Year,Region,Trams sold (vehicles)\n2020,Ruritania,9000\n2021,Ruritania,12000\n"
HIDDEN = {
    "archive.md": TRAMS.replace("Trams", "Wombat trams").replace(
        "The study", "The quokka study, charging on,"
    ),
    "newer.md": NEWER,
    "zanzibar.md": BOARD,
    "wombat.csv": TABLE,
    "quokka.csv": STATE_TABLE,
    "atlas.csv": TRAMS_TABLE.replace("12000", "12001"),
}
"""Some stand before what everyone sees, some after; some tell of the same series, some of others."""
AGAIN = ("and November?", "where is that from?", "why?", "as a table")
WORDS = st.sampled_from(
    re.split(
        r"\s+",
        "NEV sales China October November 2021 2020 board plan study wombat quokka zanzibar output GWh highest average "
        "grew documents takeaways what which how many who runs told 777,124 777,123 63.9 12,000 cheaper plant cell and "
        "of in the ? everyone access trams Ruritania newest latest edition 销量 袋熊计划 11月 wombta zanzibr quokas "
        "charjing trasm chraging Zanzibars ouput sutdy chepaer bord atlas archive vehicles sold",
    )
)


def write_open(corpus: Path) -> None:
    corpus.mkdir()
    (corpus / "sales.md").write_text(OPEN, "utf-8")
    (corpus / "trams.md").write_text(TRAMS, "utf-8")
    (corpus / "trams.csv").write_text(TRAMS_TABLE, "utf-8")
    (corpus / "trams.csv.toml").write_text('title = "Trams in numbers"\n', "utf-8")
    add_answer(corpus, StandardAnswer("who runs the plant", "Ask the desk.", "Ada", TODAY))


def hide(corpus: Path) -> None:
    """Adds documents and a standard answer that only the board sees."""
    for name, text in HIDDEN.items():
        (corpus / name).write_text(text, "utf-8")
        (corpus / f"{name}.toml").write_text(
            'access = "board"\ntitle = "Wombat board-only output"\n', "utf-8"
        )
    add_answer(corpus, StandardAnswer("who runs the plant *", "Ask Ms Wombat.", "Quokka", TODAY, "board"))


@pytest.fixture(scope="module", params=["built whole", "hidden later", "shown before"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Index]:
    """An index of what everyone may see, and one of the same corpus with more that the board alone sees."""
    folder = tmp_path_factory.mktemp("without")
    corpus = folder / "corpus"
    write_open(corpus)
    build([corpus], folder / "without")
    if request.param == "hidden later":
        shutil.copytree(folder / "without", folder / "with")
    hide(corpus)
    if request.param == "shown before":
        notes = {path: path.read_text("utf-8") for path in corpus.glob("*.toml")}
        for path, text in notes.items():
            path.write_text(text.replace('"board"', '"everyone"'), "utf-8")
        build([corpus], folder / "with")
        for path, text in notes.items():
            path.write_text(text, "utf-8")
    build([corpus], folder / "with")
    return open_index(folder / "without"), corrected(corpus, folder / "with")


def told(question: str, index: Index) -> dict[str, object]:
    """Everything that is said to one who holds no label, by where it is said."""
    ask = make_ask(index)
    answer = ask(question, viewer=EVERYONE, today=TODAY)
    asked_on = (ask(again, thread=(answer.question,), viewer=EVERYONE, today=TODAY) for again in AGAIN)
    receipt = "\n".join(lines_of(explain(index, question, viewer=EVERYONE, today=TODAY)))
    with index.seen_by(EVERYONE) as view:
        checked = check(question, view, today=TODAY)
        return {
            "answer": answer_to_json(answer),
            "terminal": list(answer_lines(answer)),
            "Slack": build_answer(answer),
            "subscription": fingerprint(answer),
            "thread": [answer_to_json(one) for one in asked_on],
            "receipt": re.sub(r"(passage|IN|id =|\?) \(?[\d, ]+\)?", r"\1 …", receipt),
            "search": _searched(question, view),
            "documents": view.entries(),
            "figures": [row.cells for row in browse(view, question.split()[:1])],
            "topic": label(digest_topic(question, view)),
            "takeaways": [find_takeaways(one, view) for one in ("sales.md", "topic: " + question)],
            "named": _or_error(lambda: label_points(digest(find_document(question, view), view))),
            "context": [
                _or_error(lambda at=at: list(find_context(at, view, ()))) for at in (*PLACES, question)
            ],
            "check": list(findings_as_text(checked)),
            "check in Slack": build_check(checked, share=question or "x"),
            "home": build_home(view, ()),
            "desk": wanted([Gap(1, question, question, "", "U1", False, "")], view),
        }


PLACES = (
    "sales.md 383,000",
    "trams.csv C3",
    "zanzibar.md some words",
    "wombat.csv B2",
    "Wombat board-only output",
)


def _searched(question: str, view: View) -> list[object]:
    found = view.search(question, k=50)
    return [(hit.passage.document_id, hit.passage.ordinal, hit.score, hit.terms) for hit in found]


def _or_error(find: Callable[[], object]) -> object:
    try:
        return find()
    except SeminarError as error:
        return str(error)


@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=7))
def test_everything_is_as_if_hidden_documents_were_not_there(
    pair: tuple[Index, Index], words: list[str]
) -> None:
    without, index = pair
    question = " ".join(words)
    assert told(question, index) == told(question, without)


@pytest.mark.parametrize(
    "question",
    [
        "wombta plan", "zanzibr plant", "charging of trams", "what does the sutdy say?", "trasm in Ruritania in 2021?",
        "NEV sales, wombat board-only output, October 2021?", "how many wombat trams were sold in Ruritania in 2021?",
        "what is cheaper?", "takeaways on trams", "Zanzibar in December 2021?", "what documents do you hold?",
    ],
)  # fmt: skip
def test_what_only_hidden_documents_say_mends_and_ranks_nothing(
    pair: tuple[Index, Index], question: str
) -> None:
    without, index = pair
    assert told(question, index) == told(question, without)
    assert (
        make_ask(index)(question, today=TODAY, viewer=None).index
        != make_ask(without)(question, today=TODAY).index
    )
