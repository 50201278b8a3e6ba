"""Building a search index beside tantivy: python -m tests.benchmarks.build_turns TEXT.tsv [--threads 2]

Lines of the file are an id, a tab and a passage. Both build on disk from the same passages in memory, in turns, each in
a process of its own (pip install tantivy): tantivy without stemming, by so many threads beside the one that hands it
the passages, this search by all cores. Each turn is compared by itself, as other programs run beside them.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from index.search.builder import build
from index.search.compiling import compile_search
from tests.benchmarks.search import read

HEAP = 256_000_000
"""Bytes that tantivy may use before it writes."""


def build_ours(passages: list[str], folder: Path, _: int) -> None:
    build(((number, "", "", passage) for number, passage in enumerate(passages, 1)), folder)


def build_tantivy(passages: list[str], folder: Path, threads: int) -> None:
    tantivy = importlib.import_module("tantivy")
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("body", stored=False, tokenizer_name="default")
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=HEAP, num_threads=threads)
    for number, passage in enumerate(passages, 1):
        writer.add_document(tantivy.Document(id=str(number), body=passage))
    writer.commit()
    writer.wait_merging_threads()


BUILDERS: dict[str, Callable[[list[str], Path, int], None]] = {"ours": build_ours, "tantivy": build_tantivy}


def measure(name: str, text: str, count: int, threads: int) -> float:
    """Seconds of one builder, in this process."""
    passages = list(read(text, count))
    compile_search()
    with tempfile.TemporaryDirectory() as home:
        began = time.perf_counter()
        BUILDERS[name](passages, Path(home), threads)
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1, help="tantivy's; this search takes all cores")
    parser.add_argument("--only", choices=list(BUILDERS))
    given = parser.parse_args()
    if given.only:
        sys.stdout.write(f"{measure(given.only, given.text, given.count, given.threads)}\n")
        return
    sys.stdout.write("".join(f"{name + ', s':>12}" for name in BUILDERS) + f"{'as fast':>12}\n")
    for _ in range(given.rounds):
        command = [sys.executable, "-m", "tests.benchmarks.build_turns", *sys.argv[1:]]
        ours, theirs = (
            float(subprocess.run([*command, "--only", name], check=True, stdout=subprocess.PIPE).stdout)
            for name in BUILDERS
        )
        sys.stdout.write(f"{ours:>12.1f}{theirs:>12.1f}{theirs / ours:>12.2f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
