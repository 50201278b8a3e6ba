"""Tables of PDF files against what people marked in them: which cells stand beside or under one another.

    python tests/quality/score_tables.py FOLDER… [--converters PYTHON] [--worst 10]

A folder holds NAME.pdf and beside it NAME-str.xml: tables of cells with their rows and columns, as in the public set of
the ICDAR 2013 competition on tables. Counted are pairs of neighbours with their direction, blanks passed over, as that
competition counts them. With `--converters`, pdfplumber of that Python runs on the same files.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from lxml import etree

Grid = Sequence[Sequence[str]]
Pair = tuple[str, str, str]

CONVERT = r"""
import json, sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as pdf:
        tables = [[[c or "" for c in row] for row in t] for page in pdf.pages for t in page.extract_tables()]
    print(json.dumps(tables), flush=True)
"""


def read_marked(path: Path) -> Iterator[Grid]:
    """The tables that people marked; a cell that spans several rows or columns stands in each."""
    for table in etree.parse(path).iter("{*}table"):
        cells: dict[tuple[int, int], str] = {}
        below = 0
        for region in table.iter("{*}region"):
            first = below
            for cell in region.iter("{*}cell"):
                top, left = int(cell.get("start-row")), int(cell.get("start-col"))
                low, right = int(cell.get("end-row", top)), int(cell.get("end-col", left))
                text = " ".join(one.text or "" for one in cell.iter("{*}content"))
                for y in range(top, low + 1):
                    for x in range(left, right + 1):
                        cells[first + y, x] = text
                        below = max(below, first + y + 1)
        width = max((x for _, x in cells), default=-1) + 1
        yield [[cells.get((y, x), "") for x in range(width)] for y in range(below)]


def read_ours(path: Path) -> list[Grid]:
    from index.errors import CorpusError
    from index.reading.pdf import draft_pdf

    try:
        return [table.cells for table in draft_pdf(path).tables]
    except CorpusError:
        return []


def find_pairs(tables: Iterable[Grid]) -> set[Pair]:
    """The neighbours in rows and columns."""
    found: set[Pair] = set()
    for table in tables:
        for kind, lines in (("beside", table), ("under", list(zip(*table, strict=False)))):
            for line in lines:
                texts = [text for cell in line if (text := "".join(re.findall(r"\w", cell.casefold())))]
                found |= {(a, b, kind) for a, b in pairwise(texts) if a != b}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--converters", help="the Python of an environment with pdfplumber")
    parser.add_argument("--worst", type=int, default=0, help="print the files with most pairs wrong")
    asked = parser.parse_args()
    marked = [path for folder in asked.folders for path in sorted(folder.rglob("*-str.xml"))]
    files = [(path, path.with_name(path.name.replace("-str.xml", ".pdf"))) for path in marked]
    gold = {pdf: find_pairs(read_marked(path)) for path, pdf in files if pdf.is_file()}
    begun = time.perf_counter()
    ours = {pdf: find_pairs(read_ours(pdf)) for pdf in gold}
    report("ours", gold, ours, time.perf_counter() - begun)
    if asked.converters:
        begun = time.perf_counter()
        run = subprocess.run(
            [asked.converters, "-c", CONVERT, *map(str, gold)], capture_output=True, text=True, check=True
        )
        theirs = dict(zip(gold, (find_pairs(json.loads(x)) for x in run.stdout.splitlines()), strict=True))
        report("pdfplumber", gold, theirs, time.perf_counter() - begun)
    for pdf in sorted(gold, key=lambda pdf: -len(gold[pdf] ^ ours[pdf]))[: asked.worst]:
        print(f"{pdf.name}: {len(gold[pdf] - ours[pdf])} of {len(gold[pdf])} missed, "  # noqa: T201 (a command)
              f"{len(ours[pdf] - gold[pdf])} of {len(ours[pdf])} wrong")  # fmt: skip


def report(name: str, gold: dict[Path, set[Pair]], found: dict[Path, set[Pair]], seconds: float) -> None:
    right = sum(len(gold[pdf] & found[pdf]) for pdf in gold)
    recall = right / max(1, sum(map(len, gold.values())))
    precision = right / max(1, sum(map(len, found.values())))
    print(f"{name}: {len(gold)} files, of {sum(map(len, gold.values())):,} neighbours {recall:.1%} found, "  # noqa: T201
          f"{precision:.1%} of what is found right, {seconds:.0f} s")  # fmt: skip


if __name__ == "__main__":
    main()
