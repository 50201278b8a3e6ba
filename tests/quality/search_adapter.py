"""Our search for a retrieval bench in BEIR's manner: register `Ours` under a name, build on documents, search."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from adapters import Adapter, system

from index.search.builder import build
from index.search.retriever import Retriever


@system("ours")
class Ours(Adapter):  # type: ignore[misc]
    """Documents as passages of one field; what is measured is the index on disk as the bot opens it."""

    def build(self, docs: Sequence[tuple[str, str, str]]) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="seminar-search-")
        self._folder = Path(self._home.name)
        self._names = [name for name, _, _ in docs]
        self._passages = _passages(docs)
        rows = ((n, title, "", " ".join(some)) for n, (title, _, some) in enumerate(self._passages))
        build(rows, self._folder)
        self._sentences = len(self._passages) < len(docs)

    def _open(self) -> Retriever:
        if not hasattr(self, "_retriever"):
            self._retriever = Retriever.open(self._folder)
        return self._retriever

    def search(self, query: str, k: int) -> list[tuple[str, float]]:
        if self._sentences:
            hits = self._open().search_sentences(query, k=k, sentences_of=self._of)
            return [(self._names[self._passages[hit.passage_id][1] + hit.number], hit.score) for hit in hits]
        return [(self._names[hit.passage_id], hit.score) for hit in self._open().search(query, k=k)]

    def _of(self, number: int) -> list[str]:
        title, _, sentences = self._passages[number]
        return [f"{title}. {sentence}" for sentence in sentences]

    def save(self, d: str) -> None:
        for path in self._folder.iterdir():
            path.rename(Path(d) / path.name)

    @classmethod
    def load(cls, d: str) -> Ours:
        made = cls()
        made._folder = Path(d)
        made._names = Names()
        made._sentences = False
        made._open()
        return made


class Names:
    """Stands for the store that knows a passage by its number."""

    def __getitem__(self, number: int) -> str:
        return f"d{number}"


def _passages(docs: Sequence[tuple[str, str, str]]) -> list[tuple[str, int, list[str]]]:
    """Title, place of the first and texts; documents named PASSAGE_sN are sentences of one passage."""
    passages: list[tuple[str, int, list[str]]] = []
    last = None
    for place, (name, title, text) in enumerate(docs):
        head, mark, number = name.rpartition("_s")
        if mark and number.isdigit() and (head, title) == last:
            passages[-1][2].append(text)
            continue
        last = (head, title) if mark and number.isdigit() else None
        passages.append((title, place, [text]))
    return passages
