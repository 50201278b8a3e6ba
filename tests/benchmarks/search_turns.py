"""A search beside bm25s with numba: python -m tests.benchmarks.search_turns TEXT.tsv QUERIES.tsv [--count N]

Lines of both files are an id or a kind, a tab and a passage or a query. All search the same passages for the same
queries in turns, in one process and thread (pip install bm25s numba). Of each query the least of all rounds counts, as
other programs run beside it; `once` are the first round's times, right after the start, when most words are new.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.search.builder import build
from index.search.retriever import Retriever
from tests.benchmarks.search import read

K, WARM = 10, 40
"""Hits, and queries asked before the clock starts."""
Search = Callable[[str], object]


def open_ours(passages: list[str], folder: Path) -> dict[str, Search]:
    build(((number, "", "", passage) for number, passage in enumerate(passages, 1)), folder)
    ours, plain = (Retriever.open(folder, compiled=compiled) for compiled in (True, False))
    return {"ours": lambda query: ours.search(query, k=K), "numpy": lambda query: plain.search(query, k=K)}


def open_peer(passages: list[str]) -> Search:
    bm25s, stemmer = importlib.import_module("bm25s"), importlib.import_module("Stemmer").Stemmer("english")
    options: dict[str, Any] = {"stopwords": "en", "stemmer": stemmer, "show_progress": False}
    peer = bm25s.BM25(backend="numba")
    peer.index(bm25s.tokenize(passages, **options), show_progress=False)
    peer.activate_numba_scorer()

    def search(query: str) -> object:
        asked = bm25s.tokenize(query, return_ids=False, **options)
        return peer.retrieve(asked, k=K, show_progress=False, n_threads=0) if asked[0] else None

    return search


def measure(searches: dict[str, Search], queries: list[str], rounds: int) -> dict[str, npt.NDArray[Any]]:
    """Of each search the microseconds by round and query."""
    for search in searches.values():
        for query in queries[:WARM]:
            search(query)
    found: dict[str, list[list[float]]] = {name: [] for name in searches}
    for _ in range(rounds):
        for name, search in searches.items():
            found[name].append([_time(search, query) for query in queries[WARM:]])
    return {name: np.array(times) for name, times in found.items()}


def _time(search: Search, query: str) -> float:
    began = time.perf_counter()
    search(query)
    return 1e6 * (time.perf_counter() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text")
    parser.add_argument("queries", type=Path)
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--rounds", type=int, default=6)
    given = parser.parse_args()
    passages = list(read(given.text, given.count))
    queries = [line.partition("\t")[2] for line in given.queries.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home:
        searches = {**open_ours(passages, Path(home)), "bm25s": open_peer(passages)}
        times = measure(searches, queries, given.rounds)
    sys.stdout.write(f"{len(passages):>10,}{'p50_us':>10}{'p99_us':>10}{'once_p50':>10}{'once_p99':>10}\n")
    for name, rows in times.items():
        cells = [*np.percentile(rows.min(axis=0), [50, 99]), *np.percentile(rows[0], [50, 99])]
        sys.stdout.write(f"{name:>10}" + "".join(f"{cell:>10,.1f}" for cell in cells) + "\n")


if __name__ == "__main__":
    main()
