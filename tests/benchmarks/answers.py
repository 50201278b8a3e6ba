# ruff: noqa: T201
"""How long an answer takes, warm: the questions of the tests' tables, each asked of an open index.

    python tests/benchmarks/answers.py INDEX [--rounds 5] [--figures 1000000]

INDEX is the folder of a built index; with `--figures` a copy of it answers, whose series are repeated under other
regions until it holds so many. Prints the median and the 99th percentile of the time of an answer, its processor
time, the slowest questions, and the time of a cold process to its first answer. Goals: p99 under 50 ms and 12 ms of
processor on the shipped corpus, 1.5 s cold; p99 under 150 ms on 100,000 passages with a million figures.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.answers.ask import make_ask
from index.reader import Index, open_index
from tests.benchmarks.lookup import grow

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 1, 15)
COLD = "from bot.cli import main; main(['ask', '--index', r'{index}', 'NEV sales in October 2021?'])"


def read_questions() -> list[str]:
    tables = ROOT / "tests" / "tables"
    asked = tomllib.loads((tables / "questions.toml").read_text("utf-8"))["case"]
    figures = tomllib.loads((tables / "figure_questions.toml").read_text("utf-8"))["case"]
    return [case["question"] for case in asked] + [case["ask"][0] for case in figures]


def time_answers(index: Index, rounds: int) -> None:
    ask = make_ask(index)
    questions = read_questions()
    for question in questions:
        ask(question, today=TODAY)
    times: list[tuple[float, str]] = []
    worked: list[float] = []
    for _ in range(rounds):
        for question in questions:
            start, began = time.perf_counter(), time.process_time()
            ask(question, today=TODAY)
            worked.append(time.process_time() - began)
            times.append((time.perf_counter() - start, question))
    taken = sorted(seconds for seconds, _ in times)
    worked.sort()
    most = int(len(taken) * 0.99)
    print(f"{len(questions)} questions, {rounds} rounds")
    print(f"p50 {statistics.median(taken) * 1e3:.1f} ms, p99 {taken[most] * 1e3:.1f} ms, "
          f"slowest {taken[-1] * 1e3:.1f} ms; processor {statistics.mean(worked) * 1e3:.1f} ms an answer, "
          f"p99 {worked[most] * 1e3:.1f} ms")  # fmt: skip
    best = {question: min(s for s, q in times if q == question) for question in questions}
    for question, seconds in sorted(best.items(), key=lambda one: -one[1])[:5]:
        print(f"  {seconds * 1e3:6.1f} ms  {question}")


def time_cold(folder: Path) -> None:
    start = time.perf_counter()
    command = [sys.executable, "-c", COLD.format(index=folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    print(f"cold process to the end of its first answer: {time.perf_counter() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--figures", type=int, default=0)
    options = parser.parse_args()
    index = open_index(options.index)
    if options.figures:
        with tempfile.TemporaryDirectory() as name:
            time_answers(grow(index, Path(name), options.figures), options.rounds)
    else:
        time_answers(index, options.rounds)
        time_cold(options.index)


if __name__ == "__main__":
    main()
