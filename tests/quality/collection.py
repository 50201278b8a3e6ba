"""Public question sets in BEIR layout (corpus.jsonl, queries.jsonl, qrels), grouped into passages of sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Query:
    id: str
    text: str
    group: str
    """What a split may not cut apart: the article (SQuAD) or the question (WikiQA)."""
    answerable: bool = True


@dataclass(frozen=True)
class Collection:
    name: str
    passages: list[tuple[str, list[tuple[str, str]]]]
    """Title, and sentences as (id, text)."""
    queries: list[Query]
    gold: dict[str, set[str]]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_gold(folder: Path) -> dict[str, set[str]]:
    gold: dict[str, set[str]] = {}
    for path in sorted((folder / "qrels").iterdir()):
        with path.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                query, document, score = line.split()
                if int(score) > 0:
                    gold.setdefault(query, set()).add(document)
    return gold


def read_collection(folder: Path) -> Collection:
    """A collection of sentences; those of one paragraph (metadata.para) make a passage, others stand alone."""
    passages: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for row in read_lines(folder / "corpus.jsonl"):
        key = (row.get("metadata") or {}).get("para", row["_id"])
        passages.setdefault(key, (row.get("title", ""), []))[1].append((row["_id"], row["text"]))
    queries = []
    for row in read_lines(folder / "queries.jsonl"):
        facts = row.get("metadata") or {}
        queries.append(
            Query(
                row["_id"], row["text"], str(facts.get("article", row["_id"])), facts.get("answerable", True)
            )
        )
    return Collection(folder.name, list(passages.values()), queries, read_gold(folder))
