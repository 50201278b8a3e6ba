"""Web pages against the article that a browser's reading view shows of them: sentences lost, and sentences of none.

    python tests/quality/score_articles.py FOLDER [--converters PYTHON] [--show]

FOLDER holds a folder for every page, with `source.html` and `expected.html`, as the test pages of Mozilla's Readability
do (`test/test-pages`). With `--converters`, trafilatura of that Python reads the same pages. `--show` names the pages
with the most of both.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from lxml import html

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.quality.score_pages import CONVERT, read_ours

_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "td", "br", "blockquote", "pre", "tr", "figcaption")
_LEAST = 5
"""Words of a sentence that is counted."""


def words(text: str) -> str:
    """The words of a text, however raised: km² is km2."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def sentences(text: str) -> list[str]:
    lines = (words(line) for line in re.split(r"\n+|(?<=[.!?。！？])\s+", text))
    return [line for line in lines if line.count(" ") >= _LEAST - 1]


def read_expected(path: Path) -> str:
    tree = html.fromstring(path.read_text("utf-8"))
    for block in tree.iter(*_BLOCKS):
        block.tail = "\n" + (block.tail or "")
    return str(tree.text_content())


def score(name: str, folders: list[Path], convert: Callable[[Path], str], *, show: bool) -> None:
    begun = time.perf_counter()
    rows = []
    for folder in folders:
        text, expected = convert(folder / "source.html"), read_expected(folder / "expected.html")
        own, held = words(text), words(expected)
        wanted, found = sentences(expected), sentences(text)
        lost, other = (
            sum(one not in own for one in wanted),
            sum(one not in held for one in found),
        )
        rows.append((folder.name, len(wanted), lost, len(found), other))
    wanted, lost, found, other = (sum(row[n] for row in rows) for n in (1, 2, 3, 4))
    rate = len(folders) / (time.perf_counter() - begun)
    print(f"{name}: {len(folders)} pages, lost {lost} of {wanted} sentences, {other} of its {found} are no "  # noqa: T201
          f"article's, {rate:.0f} pages a second")  # fmt: skip
    for n, what in ((2, "lost"), (4, "no article's")) if show else ():
        for row in sorted(rows, key=lambda row: -int(row[n]))[:10]:
            print(f"  {row[0]}: {row[n]} {what}")  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--converters", help="the Python of an environment with trafilatura")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    folders = sorted(path.parent for path in asked.folder.glob("*/expected.html"))
    score("ours", folders, read_ours, show=asked.show)
    if asked.converters:
        with subprocess.Popen([asked.converters, "-c", CONVERT, "trafilatura"], stdin=subprocess.PIPE, bufsize=1,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as run:  # fmt: skip

            def ask(path: Path) -> str:
                assert run.stdin and run.stdout
                run.stdin.write(f"{path}\n")
                return str(json.loads(run.stdout.readline()))

            score("trafilatura", folders, ask, show=asked.show)


if __name__ == "__main__":
    main()
