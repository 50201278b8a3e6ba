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
        build(((n, title, "", text) for n, (_, title, text) in enumerate(docs)), self._folder)

    def _open(self) -> Retriever:
        if not hasattr(self, "_retriever"):
            self._retriever = Retriever.open(self._folder)
        return self._retriever

    def search(self, query: str, k: int) -> list[tuple[str, float]]:
        return [(self._names[hit.passage_id], hit.score) for hit in self._open().search(query, k=k)]

    def save(self, d: str) -> None:
        for path in self._folder.iterdir():
            path.rename(Path(d) / path.name)

    @classmethod
    def load(cls, d: str) -> Ours:
        made = cls()
        made._folder = Path(d)
        made._names = Names()
        made._open()
        return made


class Names:
    """Stands for the store that knows a passage by its number."""

    def __getitem__(self, number: int) -> str:
        return f"d{number}"
