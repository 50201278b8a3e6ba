"""Web pages against what people marked in them: phrases of the article, and phrases of what surrounds it.

    python tests/quality/score_pages.py EVALDATA.json FOLDER… [--converters PYTHON]

EVALDATA.json maps addresses to {"file": name, "with": [phrase…], "without": [phrase…]}; the pages lie in the folders.
The public set of the trafilatura project has this form: `tests/evaldata.json`, pages in `tests/cache`, `tests/eval`.
With `--converters`, trafilatura and html2text of that Python run on the same pages.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

CONVERT = r"""
import json, sys
def trafilatura(data):
    import trafilatura as t
    return t.extract(data, include_comments=False, include_tables=True) or ""
def html2text(data):
    import html2text as h
    c = h.HTML2Text(); c.ignore_links = c.ignore_images = True; c.body_width = 0
    return c.handle(data.decode("utf-8", "replace"))
convert = {"trafilatura": trafilatura, "html2text": html2text}[sys.argv[1]]
for line in sys.stdin:
    try:
        text = convert(open(line.rstrip("\n"), "rb").read())
    except Exception:
        text = ""
    print(json.dumps(text), flush=True)
"""


def read_ours(path: Path) -> str:
    from index.errors import CorpusError
    from index.reading.html import draft_html

    try:
        return draft_html(path).text
    except CorpusError:
        return ""


def score(name: str, pages: list[tuple[Path, list[str], list[str]]], convert: Callable[[Path], str]) -> None:
    begun = time.perf_counter()
    kept = lost = left = dropped = 0
    for path, inside, outside in pages:
        text = " ".join(convert(path).split())
        found = [" ".join(re.split(r"\s+", phrase)) in text for phrase in inside]
        kept, lost = kept + sum(found), lost + len(found) - sum(found)
        stands = [" ".join(re.split(r"\s+", phrase)) in text for phrase in outside]
        left, dropped = left + sum(stands), dropped + len(stands) - sum(stands)
    seconds = time.perf_counter() - begun
    print(f"{name}: {len(pages)} pages, kept {kept / (kept + lost):.1%} of {kept + lost}, left "  # noqa: T201 (a command)
          f"{left / (left + dropped):.1%} of {left + dropped}, F1 {2 * kept / (2 * kept + lost + left):.3f}, "
          f"{len(pages) / seconds:.0f} pages a second")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--converters", help="the Python of an environment with trafilatura and html2text")
    asked = parser.parse_args()
    pages = []
    for entry in json.loads(asked.data.read_text("utf-8")).values():
        found = [folder / entry["file"] for folder in asked.folders if (folder / entry["file"]).is_file()]
        if found:
            pages.append((found[0], entry.get("with", []), entry.get("without", [])))
    score("ours", pages, read_ours)
    for name in ("trafilatura", "html2text") if asked.converters else ():
        with subprocess.Popen([asked.converters, "-c", CONVERT, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, bufsize=1) as run:  # fmt: skip

            def ask(path: Path, run: subprocess.Popen[str] = run) -> str:
                assert run.stdin and run.stdout
                run.stdin.write(f"{path}\n")
                return str(json.loads(run.stdout.readline()))

            score(name, pages, ask)


if __name__ == "__main__":
    main()
