"""Our own search over a public collection: what the ranker is trained behind, exactly as it answers behind it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bot.answers.choosing import rarity_of
from bot.answers.evidence import Source
from index.search import builder
from index.search.retriever import Retriever
from tests.quality.collection import Collection


class FirstStage:
    """The passages of a collection in an index of ours, which lives as long as this object."""

    def __init__(self, passages: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.passages = passages
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name) / "search"
        rows = ((i, title, "", " ".join(lines)) for i, (title, lines) in enumerate(passages))
        builder.build(rows, folder)
        self.retriever = Retriever.open(folder)
        self.rarity = rarity_of(self.retriever)

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best passages."""
        return [hit.passage_id for hit in self.retriever.search(question, k=k)]

    def sources(self, question: str, k: int) -> tuple[list[int], list[Source]]:
        """The best passages, by number and as sources of an answer."""
        hits = self.retriever.search(question, k=k)
        passages = self.passages
        return [hit.passage_id for hit in hits], [
            Source(passages[hit.passage_id][0], tuple(passages[hit.passage_id][1]), hit.score) for hit in hits
        ]


def first_stage(collection: Collection) -> FirstStage:
    return FirstStage([(title, [text for _, text in lines]) for title, lines in collection.passages])
