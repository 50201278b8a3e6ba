"""Search against size: python -m tests.benchmarks.search 10000 100000 [--text FILE.tsv] [--peer] [--chart growth.svg]

Builds, opens, asks (once to warm up, then thrice: a query's least time counts, as other programs run beside it) and
adds at each size, each in a process of its own, and prints a table. Without `--text` (lines of an id, a tab and a
passage) the passages are made up, with words as frequent as words are (Zipf). `--peer` measures bm25s with numba beside
it at each size (pip install bm25s numba).
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
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
COLORS = {"{}": "#1264a3", "bm25s_{}": "#888888"}


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


def measure_queries(text: str, count: int, folder: Path) -> dict[str, float]:
    base = memory("Private_Dirty")
    began = time.perf_counter()
    retriever = Retriever.open(folder)
    opened = time.perf_counter() - began
    row = ask(lambda query: retriever.search(query, k=10), text, count)
    private = memory("Private_Dirty") - base
    began = time.perf_counter()
    update(folder, added=[(10**9, "", "", "an unheardofword was added")])
    assert [hit.passage_id for hit in Retriever.open(folder).search("unheardofword")] == [10**9]
    added = 1000 * (time.perf_counter() - began)
    return {**row, "open_ms": 1000 * opened, "private_mb": private, "add_ms": added}


def measure_peer(text: str, count: int, folder: Path) -> dict[str, float]:
    bm25s, stemmer = importlib.import_module("bm25s"), importlib.import_module("Stemmer").Stemmer("english")
    passages = list(read(text, count))
    base = memory("VmRSS")
    began = time.perf_counter()
    peer = bm25s.BM25(backend="numba")
    tokens = bm25s.tokenize(passages, stopwords="en", stemmer=stemmer, show_progress=False)
    peer.index(tokens, show_progress=False)
    took = time.perf_counter() - began
    peak = memory("VmHWM") - base
    peer.save(folder)
    disk = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    began = time.perf_counter()
    peer = bm25s.BM25.load(folder, backend="numba")
    peer.activate_numba_scorer()
    opened = time.perf_counter() - began

    def search(query: str) -> None:
        asked = bm25s.tokenize(
            [query], stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False
        )
        peer.retrieve(asked, k=10, show_progress=False, n_threads=1)

    row = ask(search, text, count)
    return {**row, "build_s": took, "peak_mb": peak, "disk_mb": disk, "open_ms": 1000 * opened}


def ask(search: Callable[[str], object], text: str, count: int) -> dict[str, float]:
    """The times of searching, of each query the least of three."""
    step = max(1, count // QUERIES)
    queries = [" ".join(passage.split()[3:9]) for passage in islice(read(text, count), 0, None, step)]
    for query in queries:
        search(query)
    times = [min(_time(search, query) for _ in range(3)) for query in queries]
    p50, p99 = np.percentile(times, [50, 99])
    return {"p50_ms": p50, "p99_ms": p99}


def _time(search: Callable[[str], object], query: str) -> float:
    began = time.perf_counter()
    search(query)
    return 1000 * (time.perf_counter() - began)


STEPS = {"build": measure_build, "queries": measure_queries, "peer": measure_peer}


def measure(text: str, count: int, *, peer: bool) -> dict[str, float]:
    """A row of measures; those of the peer begin with its name."""
    with tempfile.TemporaryDirectory() as home:
        if not text:
            text = f"{home}/text.tsv"
            with Path(text).open("w", encoding="utf-8") as lines:
                lines.writelines(f"{number}\t{passage}\n" for number, passage in enumerate(made_up(count)))
        row = _run("build", text, count, home) | _run("queries", text, count, home)
        if peer:
            row |= {f"bm25s_{name}": value for name, value in _run("peer", text, count, home).items()}
    return row


def _run(step: str, text: str, count: int, home: str) -> dict[str, float]:
    folder = Path(home) / ("peer" if step == "peer" else "ours")
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.search", str(count), "--text", text, "--step", step]
    done = subprocess.run([*command, "--folder", str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def chart(rows: list[dict[str, float]]) -> str:
    """Each measure against the number of passages, both logarithmic, as SVG; a peer's in grey."""
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="880" height="240" font-family="sans-serif" font-size="12">',
        '<rect width="880" height="240" fill="white"/>',
    ]
    for panel, (key, label) in enumerate(CHARTED):
        left = 30 + 215 * panel
        lines = {name: color for name, color in COLORS.items() if name.format(key) in rows[0]}
        values = [max(row[name.format(key)], 1e-3) for row in rows for name in lines]
        parts.append(f'<text x="{left}" y="24" font-weight="bold">{label}</text>')
        for name, color in lines.items():
            places = _places(rows, name.format(key), left, (min(values), max(values)))
            first = name.format(key) == key
            other = (
                [row[next(n for n in lines if n != name).format(key)] for row in rows]
                if len(lines) > 1
                else None
            )
            own = [row[name.format(key)] for row in rows]
            above = [
                first if other is None else a > b or (a == b and first)
                for a, b in zip(own, other or own, strict=True)
            ]
            parts += _line(places, own, color, above)
        for (x, _), row in zip(_places(rows, key, left, (1, 10)), rows, strict=True):
            parts.append(f'<text x="{x:.0f}" y="215" text-anchor="middle">{_short(row["passages"])}</text>')
    if f"bm25s_{CHARTED[0][0]}" in rows[0]:
        parts.append('<text x="30" y="234" fill="#1264a3">this search</text>')
        parts.append('<text x="115" y="234" fill="#888888">bm25s with numba</text>')
    return "\n".join([*parts, "</svg>\n"])


def _places(
    rows: list[dict[str, float]], key: str, left: int, span: tuple[float, float]
) -> list[tuple[float, float]]:
    xs = np.log10([row["passages"] for row in rows])
    ys = np.log10([max(row[key], 1e-3) for row in rows])
    low, high = np.log10(span)
    x = left + 170 * (xs - xs.min()) / max(float(np.ptp(xs)), 1e-9)
    y = 178 - 122 * (ys - low) / max(float(high - low), 1e-9)
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _short(count: float) -> str:
    return f"{count / 1e6:g}M" if count >= 1e6 else f"{count / 1e3:g}k"


def _line(places: list[tuple[float, float]], values: list[float], color: str, above: list[bool]) -> list[str]:
    """A line with its values, each above or below it."""
    points = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
    parts = [f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>']
    for (x, y), value, over in zip(places, values, above, strict=True):
        parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{color}"/>')
        label = f"{value:,.0f}" if value >= 100 else f"{value:.2g}"
        parts.append(
            f'<text x="{x:.0f}" y="{y - 8 if over else y + 17:.0f}" text-anchor="middle" '
            f'fill="{color}">{label}</text>'
        )
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--text", default="")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--chart", type=Path)
    parser.add_argument("--step", choices=list(STEPS))
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.step:
        sys.stdout.write(json.dumps(STEPS[given.step](given.text, given.sizes[0], given.folder)))
        return
    sys.stdout.write("".join(f"{name:>12}" for name in COLUMNS) + "\n")
    rows = []
    for count in given.sizes:
        rows.append(measure(given.text, count, peer=given.peer))
        sys.stdout.write("".join(f"{rows[-1][name]:>12,.2f}" for name in COLUMNS) + "\n")
        if given.peer:
            values = [rows[-1].get(f"bm25s_{name}") for name in COLUMNS[1:]]
            cells = (f"{'-':>12}" if value is None else f"{value:>12,.2f}" for value in values)
            sys.stdout.write(f"{'bm25s':>12}" + "".join(cells) + "\n")
        sys.stdout.flush()
    if given.chart:
        given.chart.write_text(chart(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
