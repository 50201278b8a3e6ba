"""Older and newer editions in answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Answer
from bot.answers.ask import make_ask
from bot.answers.editions import note_editions
from index.builder import build
from index.reader import Index, open_index

OLDER = """---
title: Quokka outlook
published: 2021-11-04
---
There were 1,234 quokkas on Rottnest in October 2021.

The keeper of the quokkas is Ada Lovelace, who lives in the lighthouse.

Only the first edition tells that wombats dig cubic tunnels under the harbour.
"""
NEWER = """---
title: Quokka outlook, revised
published: 2022-03-01
supersedes: older.md
---
There were 1,250 quokkas on Rottnest in October 2021.

The keeper of the quokkas is Grace Hopper, who lives in the lighthouse.
"""
NOTE = "Older edition: “Quokka outlook” (2021-11-04); “Quokka outlook, revised” (2022-03-01) supersedes it."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("editions")
    corpus: Path = folder / "corpus"
    corpus.mkdir()
    (corpus / "older.md").write_text(OLDER)
    (corpus / "newer.md").write_text(NEWER)
    (corpus / "secret.md").write_text(
        "---\ntitle: Quokka secrets\naccess: board\nsupersedes: newer.md\n---\nNothing."
    )
    build([corpus], folder / "index")
    return open_index(folder / "index")


def ask(index: Index, text: str) -> Answer:
    return make_ask(index)(text, thread=(), viewer=frozenset({"everyone"}), today=date(2022, 6, 1))


@pytest.mark.parametrize(
    ("question", "document", "says", "noted"),
    [
        ("How many quokkas were on Rottnest in October 2021?", "newer.md", "1,250", None),
        ("Who is the keeper of the quokkas?", "newer.md", "Grace Hopper", None),
        ("Who was the keeper of the quokkas in the older edition?", "older.md", "Ada Lovelace", NOTE),
        ("Who digs cubic tunnels under the harbour?", "older.md", "wombats", NOTE),
        ("What do wombats dig under the harbour?", "older.md", "cubic tunnels", NOTE),
    ],
)
def test_the_newer_edition_is_heard_first(
    index: Index, question: str, document: str, says: str, noted: str | None
) -> None:
    answer = ask(index, question)
    assert answer.citations[0].document == document
    assert says in answer.headline
    if noted:
        assert noted in answer.details
    older = any(one.document == "older.md" for one in answer.citations)
    assert (NOTE in answer.details) == older


def test_an_older_edition_is_said_in_the_language_of_the_question(index: Index) -> None:
    answer = ask(index, "What do wombats dig under the harbour?")
    asked = replace(answer, question=replace(answer.question, language="zh"), details=())
    with index.seen_by(frozenset({"everyone"})) as view:
        (line,) = note_editions(asked, view).details
    assert (
        line == "旧版：《Quokka outlook》（2021-11-04），已由《Quokka outlook, revised》（2022-03-01）取代。"
    )


def test_a_newer_edition_that_one_may_not_see_is_not_there(index: Index) -> None:
    with index.seen_by(frozenset({"everyone"})) as view:
        assert {older: newest.id for older, newest in view.superseded.items()} == {"older.md": "newer.md"}
        assert [entry.superseded_by for entry in view.entries()] == ["", "newer.md"]
    with index.seen_by(None) as view:
        assert {newest.id for newest in view.superseded.values()} == {"secret.md"}
