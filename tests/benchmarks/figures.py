"""Sentences a second of the whole figure extraction, on one core.

python -m tests.benchmarks.figures FOLDER_OR_FILE…        (default: the shipped documents)
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from index.documents import Document
from index.figures.prose import find_figures
from index.language.catalogue import SHIPPED
from index.language.metrics import load
from index.language.sentences import find_sentences
from index.passages import split

TEXTS = (".md", ".txt")


def main(arguments: list[str]) -> int:
    places = [Path(one) for one in arguments] or [SHIPPED.parent / "documents"]
    paths = [path for place in places for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    texts = [path.read_text("utf-8") for path in paths if path.suffix in TEXTS]
    documents = [Document(str(number), "", text) for number, text in enumerate(texts)]
    passages = [split(document) for document in documents]
    catalogue = load([SHIPPED])
    sentences = sum(len(find_sentences(passage.text)) for many in passages for passage in many)
    find_figures(documents[0], passages[0], catalogue)
    began, rounds, found = time.perf_counter(), 0, 0
    while time.perf_counter() - began < 2:
        found = sum(
            len(find_figures(one, many, catalogue)) for one, many in zip(documents, passages, strict=True)
        )
        rounds += 1
    rate = rounds * sentences / (time.perf_counter() - began)
    size = f"{len(texts)} documents, {sentences} sentences, {found} figures"
    sys.stdout.write(f"{size}: {rate:,.0f} sentences a second\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
