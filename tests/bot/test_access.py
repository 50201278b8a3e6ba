"""What a viewer may not see exists nowhere for them: answers, search, counts, suggestions, errors, digests, checks."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers import Answer
from bot.answers.ask import make_ask
from bot.answers.explained import explain, lines_of, to_json
from bot.checking import check, findings_as_text
from bot.context import find_context
from bot.machine import answer_to_json
from bot.seen import is_seen
from bot.slack.blocks import build_answer
from bot.slack.checked import build_check
from bot.slack.digest import find_takeaways
from bot.slack.home import build_home
from bot.slack.windows import build_sources
from bot.state import Gap, Receipt
from bot.subscriptions import fingerprint
from bot.takeaways import digest, find_document
from bot.teaching import wanted
from bot.terminal import answer_lines
from bot.topics import digest_topic, label
from index.builder import build
from index.corrections import add_correction, correct
from index.errors import SeminarError
from index.lookup.held import read_metric
from index.reader import Index, View, open_index
from index.standard import StandardAnswer, add_answer

TODAY = date(2026, 1, 15)
SECRETS = (
    "777,125",
    "777125",
    "袋熊",
    "newer.md",
    "zanzibar",
    "quokka",
    "777,123",
    "777123",
    "777,124",
    "777124",
    "wombat",
    "board-only",
    "63.9",
)
EVERYONE = frozenset({"everyone"})
OPEN = "# Sales\n\nNEV sales in China were 383,000 in October 2021. Charging grew too.\n"
TRAMS = "# Trams\n\nRuritania sold 12,000 electric trams in 2021. The study says that trams are cheaper.\n"
NEWER = (
    "---\ntitle: Sales\npublished: 2022-01-01\naccess: board\nsupersedes: sales.md\n---\n# Sales\n\n"
    "NEV sales in China were 777,125 in October 2021, the wombat says. 袋熊计划2021年11月投产。\n"
)
BOARD = (
    "---\ntitle: Zanzibar board-only plan\naccess: board\n---\n# Zanzibar\n\n"
    "NEV sales in China were 777,123 in November 2021, the Quokka study says. "
    "First, the wombat cell is cheaper. Second, the quokka plant opens in Zanzibar.\n"
)
STATE_TABLE = "Month,Region,NEV sales (vehicles)\n2021-11,China,777123\n2021-12,Zanzibar,777123\n"
TABLE = "Month,Region,Wombat output (GWh)\n2021-10,China,63.9\n2021-11,China,63.9\n"


def open_corpus(folder: Path) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "sales.md").write_text(OPEN, "utf-8")
    (corpus / "trams.md").write_text(TRAMS, "utf-8")
    add_answer(corpus, StandardAnswer("who runs the plant", "Ask the desk.", "Ada", TODAY))
    return corpus


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("access")
    corpus = open_corpus(folder)
    (corpus / "newer.md").write_text(NEWER, "utf-8")
    (corpus / "zanzibar.md").write_text(BOARD, "utf-8")
    (corpus / "wombat.csv").write_text(TABLE, "utf-8")
    (corpus / "wombat.csv.toml").write_text('access = "board"\ntitle = "Wombat board-only output"\n', "utf-8")
    (corpus / "quokka.csv").write_text(STATE_TABLE, "utf-8")
    (corpus / "quokka.csv.toml").write_text('access = "board"\n', "utf-8")
    add_answer(
        corpus, StandardAnswer("who runs the plant *", "Ask Ms Wombat in Zanzibar.", "Quokka", TODAY, "board")
    )
    build([corpus], folder / "index")
    return corrected(corpus, folder / "index")


def corrected(corpus: Path, folder: Path) -> Index:
    """The index with a figure of the hidden document corrected."""
    index = open_index(folder)
    with index.seen_by(None) as view:
        figure = next(one for one in read_metric(view, "nev_sales", ("level",)) if one.value == 777_123)
    made = correct(figure, (), reason="the Quokka study", by="Wombat", on=TODAY, value="777,124 vehicles")
    add_correction(corpus, made)
    build([corpus], folder)
    return open_index(folder)


def leaks(said: str, question: str) -> list[str]:
    """The secrets in what was said that the asker did not bring themselves."""
    brought = question.lower().replace(",", "")
    return [secret for secret in SECRETS if secret in said.lower() and secret.replace(",", "") not in brought]


def everything_said(question: str, index: Index, viewer: frozenset[str]) -> str:
    """Every way in, for one question."""
    ask = make_ask(index)
    answer = ask(question, viewer=viewer, today=TODAY)
    told = ask("NEV sales in China in November 2021?", viewer=None, today=TODAY)
    thread = (told.question, answer.question)
    said = [
        str(answer_to_json(answer)),
        *answer_lines(answer),
        str(build_answer(answer)),
        fingerprint(answer),
    ]
    said += [str(answer_to_json(ask(again, thread=thread, viewer=viewer, today=TODAY))) for again in AGAIN]
    explained = explain(index, question, viewer=viewer, today=TODAY)
    said += [*lines_of(explained), str(to_json(explained))]
    with index.seen_by(viewer) as view:
        said += [str([hit.passage for hit in view.search(question, k=50)]), str(view.entries())]
        said += [label(digest_topic(question, view)), _named(question, view)]
        said += list(findings_as_text(check(question, view, today=TODAY)))
        said.append(str(build_home(view, ())))
        said += _in_context(question, view)
        said += [
            str(find_takeaways(topic, view)) for topic in ("zanzibar.md", "topic: " + question, question)
        ]
        said.append(str(build_check(check(question, view, today=TODAY), share=question or "x")))
        said += [str(one) for one in wanted([Gap(1, question, question, "", "U1", False, "")], view)]
        said.append(_sources(told, view))
    return "\n".join(said)


def _in_context(question: str, view: View) -> list[str]:
    """`seminar open` of what was asked, and of the hidden files."""
    said = []
    for citation in (question, "zanzibar.md some words", "wombat.csv B2", "Zanzibar board-only plan"):
        try:
            said += find_context(citation, view, ())
        except SeminarError as error:
            said.append(str(error).replace(citation, ""))
    return said


def _sources(told: Answer, view: View) -> str:
    """The places of an answer that somebody with more labels got, and the home of somebody who held them once."""
    receipt = answer_to_json(told)
    kept = Receipt(
        "1", "T", "C", "1", "1", "1", "U1", False, "NEV sales?", told.kind, receipt, told.index, "2026-01-15"
    )
    return f"{build_sources(receipt, view)} {build_home(view, (kept,))} {is_seen(receipt, view)}"


def _named(question: str, view: View) -> str:
    try:
        return str(digest(find_document(question, view), view))
    except SeminarError as error:
        return str(error)


AGAIN = ("and November?", "where is that from?", "why?", "as a table")

WORDS = st.sampled_from(
    re.split(
        r"\s+",
        "NEV sales China October November 2021 board plan study wombat quokka zanzibar output GWh highest average "
        "documents takeaways what which how many who runs told note 777,124 777,123 63.9 cheaper "
        "plant cell and of in the ? everyone access 销量 trams Ruritania newest latest "
        "edition supersedes 袋熊计划 11月",
    )
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=9))
def test_nothing_of_a_hidden_document_is_said(index: Index, words: list[str]) -> None:
    question = " ".join(words)
    assert leaks(everything_said(question, index, EVERYONE), question) == []


@pytest.mark.parametrize(
    ("labels", "shown"),
    [(("everyone",), True), (("everyone", "board"), False), (("everyone", "nobody's"), True)],
)
def test_a_gap_is_on_the_desk_of_those_who_hold_its_labels(
    index: Index, labels: tuple[str, ...], shown: bool
) -> None:
    gap = Gap(1, "who feeds them?", "who feeds them?", "", "U1", False, "", labels)
    with index.seen_by(EVERYONE) as view:
        assert bool(wanted([gap], view)) is shown
    with index.seen_by(None) as view:
        assert wanted([gap], view)


@pytest.mark.parametrize(
    "question",
    [
        "NEV sales in October 2021?", "NEV sales in China in October 2021, newest edition?", "takeaways of sales",
        "11月计划是什么？",
        "NEV sales in China in November 2021?", "NEV sales in China?", "what documents do you hold?",
        "latest NEV sales", "what did the study say?", "takeaways", "highest NEV sales in 2021",
        "output in October 2021", "which cell is cheaper?", "NEV sales were 777,124 in November 2021", "zanzibr plan",
        "who runs the plant?", "who runs the plant in the south?",
        "compare NEV sales in October and November 2021", "what is your newest document?",
    ],
)  # fmt: skip
def test_plain_questions_do_not_reach_it(index: Index, question: str) -> None:
    assert leaks(everything_said(question, index, EVERYONE), question) == []


def test_who_holds_the_label_sees_it(index: Index) -> None:
    board = frozenset({"everyone", "board"})
    said = everything_said("NEV sales in China in November 2021?", index, board)
    assert "777124" in said
    assert "Ask Ms Wombat" in everything_said("who runs the plant in the south?", index, board)
    assert "wombat" in said.lower()


def test_a_kept_answer_is_seen_by_whom_its_documents_are(index: Index) -> None:
    kept = [
        answer_to_json(make_ask(index)(question, viewer=None, today=TODAY))
        for question in ("NEV sales in China in November 2021?", "who runs the plant in the south?")
    ]
    for labels, seen in ((EVERYONE, False), (frozenset({"everyone", "board"}), True)):
        with index.seen_by(labels) as view:
            assert [is_seen(one, view) for one in kept] == [seen, seen]


def test_the_same_question_of_viewers_with_other_labels_has_another_id(index: Index) -> None:
    ask = make_ask(index)
    ids = [
        ask("NEV sales in China in October 2021?", viewer=viewer, today=TODAY).id
        for viewer in (EVERYONE, EVERYONE | {"nobody's"}, EVERYONE | {"board"}, None)
    ]
    assert ids[0] == ids[1] != ids[2] == ids[3]


def test_a_file_of_the_same_name_in_another_folder_shows_nothing(tmp_path: Path) -> None:
    for folder, access, value in (("a", "everyone", "383,000"), ("", "board", "777,125")):
        (tmp_path / "corpus" / folder).mkdir(parents=True, exist_ok=True)
        text = f"---\naccess: {access}\n---\n\nNEV sales in China were {value} in October 2021.\n"
        (tmp_path / "corpus" / folder / "notes.md").write_text(text, "utf-8")
    build([tmp_path / "corpus"], tmp_path / "index")
    index = open_index(tmp_path / "index")
    for viewer, seen in ((None, False), (EVERYONE, True)):
        kept = answer_to_json(make_ask(index)("NEV sales in October 2021?", viewer=viewer, today=TODAY))
        assert ("777,125" in str(kept)) is not seen
        with index.seen_by(EVERYONE) as view:
            assert is_seen(kept, view) is seen
            assert is_seen({**kept, "citations": []}, view) is seen
