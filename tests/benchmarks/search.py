"""Search against size: python -m tests.benchmarks.search 10000 100000 [--text FILE.tsv] [--chart growth.svg]

Builds, opens, asks (once to warm up, then thrice: a query's least time counts, as other programs run beside it) and
adds at each size, each in a process of its own, and prints a table. Without `--text` (lines of an id, a tab and a
passage) the passages are made up, with words as frequent as words are (Zipf).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

from index.search.builder import build, update
from index.search.retriever import Retriever

WORDS, LENGTH, QUERIES = 200_000, 64, 500
COLUMNS = ("passages", "build_s", "peak_mb", "disk_mb", "open_ms", "p50_ms", "p99_ms", "private_mb", "add_ms")
CHARTED = (
    ("build_s", "build, s"),
    ("peak_mb", "peak memory, MB"),
    ("p50_ms", "query p50, ms"),
    ("p99_ms", "query p99, ms"),
)


def made_up(count: int, seed: int = 0) -> Iterator[str]:
    random = np.random.default_rng(seed)
    weights = 1 / np.arange(1, WORDS + 1)
    weights /= weights.sum()
    for start in range(0, count, 1000):
        rows = random.choice(WORDS, (min(1000, count - start), LENGTH), p=weights)
        yield from (" ".join(f"w{number}" for number in row) for row in rows)


def read(text: str, count: int) -> Iterator[str]:
    if not text:
        yield from made_up(count)
        return
    with Path(text).open(encoding="utf-8") as lines:
        yield from (line.rstrip("\n").partition("\t")[2] for line in islice(lines, count))


def memory(field: str) -> float:
    """Megabytes of this process, as Linux tells them."""
    path = Path("/proc/self/smaps_rollup" if field == "Private_Dirty" else "/proc/self/status")
    found = (
        [line for line in path.read_text().splitlines() if line.startswith(field)] if path.exists() else []
    )
    return sum(int(line.split()[1]) for line in found) / 1024


def measure_build(text: str, count: int, folder: Path) -> dict[str, float]:
    base = memory("VmRSS")
    began = time.perf_counter()
    build(((number, "", "", passage) for number, passage in enumerate(read(text, count), 1)), folder)
    took = time.perf_counter() - began
    disk = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    return {"passages": count, "build_s": took, "peak_mb": memory("VmHWM") - base, "disk_mb": disk}


def ask(retriever: Retriever, query: str) -> float:
    began = time.perf_counter()
    retriever.search(query, k=10)
    return time.perf_counter() - began


def measure_queries(text: str, count: int, folder: Path) -> dict[str, float]:
    step = max(1, count // QUERIES)
    queries = [" ".join(passage.split()[3:9]) for passage in islice(read(text, count), 0, None, step)]
    base = memory("Private_Dirty")
    began = time.perf_counter()
    retriever = Retriever.open(folder)
    opened = time.perf_counter() - began
    for query in queries:
        retriever.search(query, k=10)
    times = [min(1000 * ask(retriever, query) for _ in range(3)) for query in queries]
    private = memory("Private_Dirty") - base
    began = time.perf_counter()
    update(folder, added=[(10**9, "", "", "an unheardofword was added")])
    assert [hit.passage_id for hit in Retriever.open(folder).search("unheardofword")] == [10**9]
    added = 1000 * (time.perf_counter() - began)
    p50, p99 = np.percentile(times, [50, 99])
    return {"open_ms": 1000 * opened, "p50_ms": p50, "p99_ms": p99, "private_mb": private, "add_ms": added}


def measure(text: str, count: int) -> dict[str, float]:
    row: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for step in ("build", "queries"):
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.search",
                str(count),
                "--text",
                text,
                "--step",
                step,
            ]
            done = subprocess.run([*command, "--folder", folder], check=True, capture_output=True, text=True)
            row |= json.loads(done.stdout)
    return row


def chart(rows: list[dict[str, float]]) -> str:
    """Each measure against the number of passages, both logarithmic, as SVG."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="880" height="240" font-family="sans-serif" font-size="12">',
        '<rect width="880" height="240" fill="white"/>',
    ]
    for panel, (key, label) in enumerate(CHARTED):
        xs, ys = (np.log10([max(row[name], 1e-3) for row in rows]) for name in ("passages", key))
        left = 30 + 215 * panel
        x = left + 170 * (xs - xs.min()) / max(float(np.ptp(xs)), 1e-9)
        y = 190 - 130 * (ys - ys.min()) / max(float(np.ptp(ys)), 1e-9)
        line = " ".join(f"{a:.0f},{b:.0f}" for a, b in zip(x, y, strict=True))
        parts.append(f'<text x="{left}" y="24" font-weight="bold">{label}</text>')
        parts.append(f'<polyline points="{line}" fill="none" stroke="#1264a3" stroke-width="2"/>')
        for a, b, row in zip(x, y, rows, strict=True):
            parts.append(f'<circle cx="{a:.0f}" cy="{b:.0f}" r="3" fill="#1264a3"/>')
            parts.append(f'<text x="{a:.0f}" y="{b - 8:.0f}" text-anchor="middle">{row[key]:.3g}</text>')
            parts.append(f'<text x="{a:.0f}" y="215" text-anchor="middle">{row["passages"]:,.0f}</text>')
    return "\n".join([*parts, "</svg>\n"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--text", default="")
    parser.add_argument("--chart", type=Path)
    parser.add_argument("--step", choices=["build", "queries"])
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        step = measure_build if given.step == "build" else measure_queries
        sys.stdout.write(json.dumps(step(given.text, given.sizes[0], given.folder)))
        return
    sys.stdout.write("".join(f"{name:>12}" for name in COLUMNS) + "\n")
    rows = []
    for count in given.sizes:
        rows.append(measure(given.text, count))
        sys.stdout.write("".join(f"{rows[-1][name]:>12,.2f}" for name in COLUMNS) + "\n")
    if given.chart:
        given.chart.write_text(chart(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
