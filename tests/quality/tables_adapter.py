# ruff: noqa: T201
"""Answers a bench's questions over tables, one JSON line in, one out; paths and tables come with the questions.

python tests/quality/tables_adapter.py metricqa      a real build of the files of the first question, then `ask`
python tests/quality/tables_adapter.py cells         one table a question: its best cell, or the arithmetic on its cells
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bot.answers.ask import make_ask  # noqa: E402
from bot.questions import Question  # noqa: E402
from index.builder import build  # noqa: E402
from index.reader import open_index  # noqa: E402
from tests.quality.grid_answers import answer_cell, read_grid  # noqa: E402

Item = dict[str, Any]
STATUS = {"none": "no_data", "missing": "no_data", "clarify": "clarify"}


class Conversations:
    """An index over the files that the first question names, and the threads so far."""

    def __init__(self, tables: list[str], day: date) -> None:
        folder = Path(tempfile.mkdtemp())
        corpus = folder / "corpus"
        corpus.mkdir()
        for name in map(Path, tables):
            shutil.copy(name, corpus / name.name)
            if name.suffix == ".txt":
                (corpus / f"{name.name}.toml").write_text(f"published = {day}\n", "utf-8")
        build([corpus], folder / "index")
        self.ask = make_ask(open_index(folder / "index"))
        self.threads: dict[str, tuple[Question, ...]] = {}

    def answer(self, item: Item) -> Item:
        thread = self.threads.get(item["session"], ())
        answer = self.ask(item["text"], thread=thread, today=date.fromisoformat(item["ref"]))
        self.threads[item["session"]] = (*thread, answer.question)
        return {"status": STATUS.get(answer.kind, "answered"), "answer": answer.headline, "kind": answer.kind}


def metricqa() -> Callable[[Item], Item]:
    held: list[Conversations] = []

    def run(item: Item) -> Item:
        if not held:
            held.append(Conversations(item["tables"], date.fromisoformat(item["ref"])))
        return held[0].answer(item)

    return run


def cells() -> Callable[[Item], Item]:
    def run(item: Item) -> Item:
        table = item["table"]
        grid = read_grid(table["column_header"], table["row_header"], table["data"])
        return {"answer": answer_cell(item["text"], grid)}

    return run


def main(run: Callable[[Item], Item]) -> None:
    print(json.dumps({"ready": True, "system": "seminar-bot", "version": "0"}), flush=True)
    for line in sys.stdin:
        if line.strip():
            item = json.loads(line)
            start = time.perf_counter()
            found = run(item)
            print(json.dumps({**found, "id": item["id"], "sec": time.perf_counter() - start}), flush=True)


if __name__ == "__main__":
    main({"metricqa": metricqa, "cells": cells}[sys.argv[1]]())
