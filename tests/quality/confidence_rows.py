"""The signs of public questions, with whether what is held answers them: what the confidence learns from."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from bot.answers.asked import read_asked
from bot.answers.confidence import read_signs
from bot.answers.evidence import Source, measure
from bot.answers.ranker import ranker
from bot.answers.terms import set_of
from index.language.sentences import find_sentences
from tests.quality.collection import read_collection, read_gold, read_lines
from tests.quality.first_stage import FirstStage, first_stage
from tests.quality.train_ranker import say

POOL = 16
WEIGHT = {
    "held": 1.3, "not held": 1.3, "removed": 0.35, "typed held": 1.0, "typed not held": 1.0, "typed removed": 0.3,
    "squad2 held": 0.6, "squad2 adversarial": 0.5, "small held": 1.0, "small not held": 4.0, "small adversarial": 0.5,
    "wikiqa held": 1.5, "wikiqa removed": 0.5,
}  # fmt: skip
"""How much a question of each kind counts in training."""
TYPED, SMALL = 0.4, 0.5
"""Shares of the questions that are asked again as people type, and of one article alone."""
_DROPPED = set_of(
    "the a an of is are was were did does do in on at to for that this these those by with and as it its be been has "
    "have had having"
)


@dataclass(frozen=True)
class Rows:
    """One row a question and index; `kind` says which of `WEIGHT` it is."""

    signs: Any
    label: Any
    kind: Any
    article: Any

    @cached_property
    def is_task(self) -> Any:
        """Which rows are of the public task: whether the article is in the index."""
        return np.isin(self.kind, ("held", "not held"))


@dataclass(frozen=True)
class Asking:
    """A question, and the passages by number that hold its answer."""

    text: str
    wanted: frozenset[int]
    kind: str
    article: int


Row = tuple[Any, bool, str, int]


def read_rows(data: Path, squad2: Path) -> Rows:
    """The signs of all questions, in the order of the kinds."""
    rows = [
        row
        for part in (
            _out_of_scope(data / "squad-oos"),
            _squad2(squad2, data / "squad-oos"),
            _wikiqa(data / "wikiqa-sent"),
        )
        for row in part
    ]
    signs, label, kind, article = (np.array(column) for column in zip(*rows, strict=True))
    return Rows(signs, label, kind, article)


def ask_each(stage: FirstStage, questions: Iterable[Asking]) -> Iterator[Row]:
    """The row of each question; of a kind that ends in "held" and has a passage also the one with that taken away."""
    for one in questions:
        hits, sources = stage.sources(one.text, POOL)
        yield from _row(stage, one, sources, bool(one.wanted), one.kind)
        removed = one.kind.removesuffix("held") + "removed"
        if one.wanted and removed in WEIGHT:
            left = [source for hit, source in zip(hits, sources, strict=True) if hit not in one.wanted]
            yield from _row(stage, one, left, False, removed)


def _row(stage: FirstStage, one: Asking, sources: Sequence[Source], label: bool, kind: str) -> Iterator[Row]:
    asked = read_asked(one.text, stage.rarity)
    table = measure(asked, sources)
    if len(table):
        yield read_signs(asked, sources, table, ranker().score(table)), label, kind, one.article


def type_out(question: str) -> str:
    """A question as people type: in small letters mostly, some of its small words left out; the same each time."""
    chance = random.Random(_number(question))
    words = question.rstrip("?.! ").split()
    kept = [word for word in words if word.lower() not in _DROPPED or chance.random() > 0.55]
    typed = " ".join(kept if len(kept) > 2 else words)
    return typed.lower() if chance.random() < 0.8 else typed


def _number(text: str) -> int:
    return zlib.crc32(text.encode())


def _is_among(text: str, share: float) -> bool:
    """Whether a question is of the share that is taken, the same ones each time."""
    return _number(text) % 1000 < share * 1000


def _stage(paragraphs: Iterable[tuple[str, str]]) -> FirstStage:
    return FirstStage([(title, [text[a:b] for a, b in find_sentences(text)]) for title, text in paragraphs])


def _out_of_scope(folder: Path) -> Iterator[Row]:
    """SQuAD v1.1 of an index that holds every other article; some questions again as people type."""
    documents = list(read_lines(folder / "corpus.jsonl"))
    places = {row["_id"]: i for i, row in enumerate(documents)}
    gold = read_gold(folder)
    stage = _stage((row["title"], row["text"]) for row in documents)
    for row in read_lines(folder / "queries.jsonl"):
        wanted = frozenset(places[key] for key in gold.get(row["_id"], ()))
        kind, article = "held" if wanted else "not held", row["metadata"]["article"]
        asked = [Asking(row["text"], wanted, kind, article)]
        if _is_among(row["text"], TYPED):
            asked.append(Asking(type_out(row["text"]), wanted, f"typed {kind}", article))
        yield from ask_each(stage, asked)
    say("squad-oos read")


def _squad2(path: Path, oos: Path) -> Iterator[Row]:
    """SQuAD 2.0 of an index of all articles, and some questions, as people type, of one article's alone."""
    numbers = {row["text"]: row["metadata"]["article"] for row in read_lines(oos / "queries.jsonl")}
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [(place, paragraph) for place, one in enumerate(articles) for paragraph in one["paragraphs"]]
    asked: list[list[Asking]] = [[] for _ in articles]
    for place, article in enumerate(articles):
        said = [qa["question"] for paragraph in article["paragraphs"] for qa in paragraph["qas"]]
        number = next((numbers[text] for text in said if text in numbers), place)
        for at, (owner, paragraph) in enumerate(paragraphs):
            if owner != place:
                continue
            for qa in paragraph["qas"]:
                kind = "adversarial" if qa["is_impossible"] else "held"
                wanted = frozenset() if qa["is_impossible"] else frozenset([at])
                asked[place].append(Asking(qa["question"], wanted, kind, number))
    titles = [one["title"].replace("_", " ") for one in articles]
    stage = _stage((titles[owner], paragraph["context"]) for owner, paragraph in paragraphs)
    yield from ask_each(stage, (_as(one, f"squad2 {one.kind}") for group in asked for one in group))
    say("SQuAD 2.0 read")
    for place, group in enumerate(asked):
        own = {at: n for n, at in enumerate(at for at, (owner, _) in enumerate(paragraphs) if owner == place)}
        small = _stage(
            (titles[place], paragraph["context"]) for owner, paragraph in paragraphs if owner == place
        )
        others = [
            one
            for other in asked
            if other is not group
            for one in other
            if _is_among(f"{place}{one.text}", 0.0025)
        ]
        chosen = [_moved(one, own) for one in group if _is_among(one.text, SMALL)]
        chosen += [
            Asking(type_out(one.text), frozenset(), "small not held", group[0].article) for one in others
        ]
        yield from ask_each(small, chosen)
    say("SQuAD 2.0 read by article")


def _as(one: Asking, kind: str) -> Asking:
    return Asking(one.text, one.wanted, kind, one.article)


def _moved(one: Asking, own: dict[int, int]) -> Asking:
    """The same question, as people type, of an index in which the passages have other numbers."""
    return Asking(
        type_out(one.text), frozenset(own[at] for at in one.wanted), f"small {one.kind}", one.article
    )


def _wikiqa(folder: Path) -> Iterator[Row]:
    """Questions typed into a search engine; whole in one fold each."""
    collection = read_collection(folder)
    stage = first_stage(collection)
    places = {line: at for at, (_, lines) in enumerate(collection.passages) for line, _ in lines}
    for number, query in enumerate(collection.queries):
        wanted = frozenset(places[line] for line in collection.gold.get(query.id, ()))
        yield from ask_each(stage, [Asking(query.text, wanted, "wikiqa held", 2 * number)])
    say("WikiQA read")
