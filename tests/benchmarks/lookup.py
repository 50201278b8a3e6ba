# ruff: noqa: T201
"""How long a look-up takes among a million figures, copied from real series under other regions' names.

    python tests/benchmarks/lookup.py INDEX [--figures 1000000] [--questions 400]

INDEX is the folder of a built index. Prints the time of a look-up (series found, their figures read, the period's
chosen) at the median and the 99th percentile; the goal is 5 ms.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.answers.figures.fit import find_fit
from bot.answers.figures.held import at, read_held
from bot.answers.figures.wanted import Ask, wanted_of
from bot.questions import Question
from index.figures import Series
from index.lookup import series_terms
from index.lookup.vocabulary import read_dimensions, vocabulary_of
from index.reader import Index, View, open_index
from index.search.retriever import Retriever
from index.versions import current_version

FIGURE_COLUMNS = (
    'document_id, start, "end", label, grain, cumulative, origin, month_first, month_last, value, number, high, bound, '
    "step, unit, kind, basis, base_start, base_end, base_label, status, aggregate, place_start, place_end, "
    "sheet, cell, text, quote"
)


def grow(source: Index, folder: Path, figures: int) -> Index:
    """A copy of the index with its series repeated under other regions until it holds so many figures."""
    shutil.copy(source.path / "index.db", folder / "index.db")
    shutil.copytree(source.path / "search", folder / "search")
    db = sqlite3.connect(folder / "index.db")
    db.execute("PRAGMA journal_mode=OFF")
    series = db.execute("SELECT id, metric, dimensions, unit, frequency, access FROM series").fetchall()
    (held,) = db.execute("SELECT count(*) FROM figures").fetchone()
    (number,) = db.execute("SELECT max(id) FROM series").fetchone()
    for copy in range(1, figures // held + 1):
        for old, metric, pairs, unit, frequency, access in series:
            number += 1
            rest = [pair for pair in read_dimensions(pairs) if pair[0] != "region"]
            dimensions = tuple(sorted([*rest, ("region", f"Land{copy}x{old}"), ("copy", f"C{copy}")]))
            db.execute(
                "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)",
                (number, metric, json.dumps(dimensions, ensure_ascii=False), unit, frequency, access),
            )
            db.executemany(
                "INSERT INTO series_dimensions VALUES (?, ?, ?)", [(number, *p) for p in dimensions]
            )
            terms = series_terms(Series(metric, dimensions, unit), source.catalogue.get(metric), "")
            db.executemany(
                "INSERT INTO series_terms VALUES (?, ?, ?)", [(t, number, w) for t, w in terms.items()]
            )
            db.execute(
                f"INSERT INTO figures (series_id, {FIGURE_COLUMNS}) SELECT ?, {FIGURE_COLUMNS} FROM figures "  # noqa: S608
                "WHERE series_id = ?",
                (number, old),
            )
    db.commit()
    db.execute("ANALYZE")
    db.commit()
    db.close()
    return Index(folder, "grown", source.catalogue, source.labels, Retriever.open(folder / "search"))


def time_lookups(view: View, count: int) -> list[float]:
    """Seconds of each look-up of a random figure by its metric, its values and its period."""
    rows = view.db.execute(
        "SELECT s.metric, s.dimensions, f.id FROM figures f JOIN series s ON s.id = f.series_id "
        "WHERE f.kind = 'level' AND f.start IS NOT NULL AND f.id % 997 = 1"
    ).fetchall()
    random.Random(0).shuffle(rows)
    times = []
    from index.lookup.figures import read_figure

    for metric, pairs, number in rows[:count]:
        figure = read_figure(view, number)
        if figure is None:
            continue
        if view.catalogue.get(metric) is None:
            continue
        question = Question(
            "", "figure", metrics=(metric,), dimensions=read_dimensions(pairs), periods=(figure.period,)
        )
        ask = Ask(question, view, date(2026, 1, 15))
        start = time.perf_counter()
        fit = find_fit(ask, wanted_of(question)[0])
        if fit is not None:
            at(read_held(ask, fit), figure.period)
        times.append(time.perf_counter() - start)
        if "-v" in sys.argv and times[-1] > 0.005:
            print(f"{1000 * times[-1]:.1f} ms", metric, pairs, figure.period.label)
    return sorted(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("-v", action="store_true", help="name the slow ones")
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    version = current_version(options.index)
    if version is None:
        parser.error(f"{options.index} holds no index")
    with tempfile.TemporaryDirectory() as name:
        grown = grow(open_index(options.index), Path(name), options.figures)
        with grown.seen_by(None) as view:
            (held,) = view.db.execute("SELECT count(*) FROM figures").fetchone()
            start = time.perf_counter()
            vocabulary = vocabulary_of(view)
            print(
                f"{held:,} figures, {vocabulary.count:,} series; words read in {time.perf_counter() - start:.2f} s"
            )
            time_lookups(view, options.questions)  # once cold
            times = time_lookups(view, options.questions)
            for share in (0.5, 0.9, 0.99):
                print(f"p{share * 100:.0f} {1000 * times[int(share * (len(times) - 1))]:.2f} ms")


if __name__ == "__main__":
    main()
