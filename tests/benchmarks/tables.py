# ruff: noqa: T201
"""How long a table takes to become figures, and how much memory: rows of our own making, plain pandas beside.

    python tests/benchmarks/tables.py [--rows 100000]

Each measure is taken in a process of its own. Prints seconds and the peak of memory of reading a CSV into figures,
of the same file through `pandas.read_csv` alone, and of a workbook with a million blank rows.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def write_csv(path: Path, rows: int) -> None:
    """Monthly sales of as many regions as fill the rows."""
    lines = ["Month,Region,NEV sales (vehicles)"]
    for n in range(rows):
        region, month = divmod(n, 120)
        lines.append(f"{2014 + month // 12}-{month % 12 + 1:02},Land {region},{n * 37 % 100_003}")
    path.write_text("\n".join(lines), encoding="utf-8")


def write_blank_workbook(path: Path) -> None:
    """Two figures, and a format on the last row that a sheet can have."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Month", "NEV sales"], ["2021-10", 383000], ["2021-11", 450000]):
        sheet.append(row)
    sheet.cell(1_048_576, 2).number_format = "0.00"
    book.save(path)


def read_figures(path: str) -> int:
    from index.corpus import SHIPPED
    from index.figures.tables import find_figures
    from index.language.metrics import load
    from index.reading.facts import find_facts
    from index.reading.tables import read_tables

    document = read_tables(Path(path), id="t", facts=find_facts(Path(path), Path(path).parent))
    figures, _ = find_figures(document, load([SHIPPED / "metrics.toml"]), {})
    return len(figures)


def read_pandas(path: str) -> int:
    import pandas

    return len(pandas.read_csv(path))


def measure(
    work: Callable[[str], int], path: str, answers: multiprocessing.SimpleQueue[tuple[int, float, int]]
) -> None:
    began = time.perf_counter()
    count = work(path)
    seconds = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024
    answers.put((count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit))


def alone(name: str, work: Callable[[str], int], path: Path) -> None:
    """Runs in a fresh process and prints what it took."""
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.SimpleQueue[tuple[int, float, int]] = context.SimpleQueue()
    process = context.Process(target=measure, args=(work, str(path), answers))
    process.start()
    count, seconds, peak = answers.get()
    process.join()
    print(f"{name:<42} {count:>9,} read {seconds:>7.2f} s {peak / 1e6:>8,.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        table, blank = Path(folder) / "t.csv", Path(folder) / "blank.xlsx"
        write_csv(table, rows)
        write_blank_workbook(blank)
        alone(f"figures of a CSV of {rows:,} rows", read_figures, table)
        alone("the same by pandas.read_csv alone", read_pandas, table)
        alone("figures of a sheet of a million blank rows", read_figures, blank)


if __name__ == "__main__":
    main()
