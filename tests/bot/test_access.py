"""What a viewer may not see exists nowhere for them: answers, search, counts, suggestions, errors, digests, checks."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.ask import make_ask
from bot.checking import check, findings_as_text
from bot.machine import answer_to_json
from bot.slack.home import build_home
from bot.takeaways import digest, find_document
from bot.topics import digest_topic, label
from index.builder import build
from index.errors import SeminarError
from index.reader import Index, View, open_index

TODAY = date(2026, 1, 15)
SECRETS = ("zanzibar", "quokka", "777,123", "777123", "wombat", "board-only", "63.9")
EVERYONE = frozenset({"everyone"})
OPEN = "# Sales\n\nNEV sales in China were 383,000 in October 2021. Charging grew too.\n"
BOARD = (
    "---\ntitle: Zanzibar board-only plan\naccess: board\n---\n# Zanzibar\n\n"
    "NEV sales in China were 777,123 in November 2021, the Quokka study says. "
    "First, the wombat cell is cheaper. Second, the quokka plant opens in Zanzibar.\n"
)
TABLE = "Month,Region,Wombat output (GWh)\n2021-10,China,63.9\n2021-11,China,63.9\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("access")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "sales.md").write_text(OPEN, "utf-8")
    (corpus / "zanzibar.md").write_text(BOARD, "utf-8")
    (corpus / "wombat.csv").write_text(TABLE, "utf-8")
    (corpus / "wombat.csv.toml").write_text('access = "board"\ntitle = "Wombat board-only output"\n', "utf-8")
    build([corpus], folder / "index")
    return open_index(folder / "index")


def leaks(said: str, question: str) -> list[str]:
    """The secrets in what was said that the asker did not bring themselves."""
    return [secret for secret in SECRETS if secret in said.lower() and secret not in question.lower()]


def everything_said(question: str, index: Index, viewer: frozenset[str]) -> str:
    """Every way in, for one question."""
    said = [str(answer_to_json(make_ask(index)(question, viewer=viewer, today=TODAY)))]
    with index.seen_by(viewer) as view:
        said += [str([hit.passage for hit in view.search(question, k=50)]), str(view.entries())]
        said += [label(digest_topic(question, view)), _named(question, view)]
        said += list(findings_as_text(check(question, view, today=TODAY)))
        said.append(str(build_home(view, ())))
    return "\n".join(said)


def _named(question: str, view: View) -> str:
    try:
        return str(digest(find_document(question, view), view))
    except SeminarError as error:
        return str(error)


WORDS = st.sampled_from(
    re.split(
        r"\s+",
        "NEV sales China October November 2021 board plan study wombat quokka zanzibar output GWh highest average "
        "documents takeaways what which how many 777,123 63.9 cheaper plant cell and of in the ? everyone access 销量",
    )
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=9))
def test_nothing_of_a_hidden_document_is_said(index: Index, words: list[str]) -> None:
    question = " ".join(words)
    assert leaks(everything_said(question, index, EVERYONE), question) == []


@pytest.mark.parametrize(
    "question",
    [
        "NEV sales in China in November 2021?", "NEV sales in China?", "what documents do you hold?",
        "latest NEV sales", "what did the study say?", "takeaways", "highest NEV sales in 2021",
        "output in October 2021", "which cell is cheaper?", "NEV sales were 777,124 in November 2021", "zanzibr plan",
        "compare NEV sales in October and November 2021", "what is your newest document?",
    ],
)  # fmt: skip
def test_plain_questions_do_not_reach_it(index: Index, question: str) -> None:
    assert leaks(everything_said(question, index, EVERYONE), question) == []


def test_who_holds_the_label_sees_it(index: Index) -> None:
    board = frozenset({"everyone", "board"})
    said = everything_said("NEV sales in China in November 2021?", index, board)
    assert "777123" in said
    assert "wombat" in said.lower()
