"""Our readers beside the usual converters, on the same files in one run.

    python tests/quality/compare_readers.py FILE_OR_FOLDER… --converters PYTHON

PYTHON is the interpreter of an environment that holds the converters: pip install trafilatura lxml_html_clean
html2text pypdf 'markitdown[pdf,docx,pptx]'. For each format and converter it prints how many of the sentences that the
converter keeps are kept by us too (and how many with the words of tables in another order) and the other way round, how
many furniture lines (what stands on at least three pages or in the navigation of a web page) are left in each text, and
seconds a page.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.errors import CorpusError
from index.reading import read
from index.reading.facts import Facts

CONVERT = r"""
import json, sys, time, warnings
warnings.simplefilter("ignore")
def markitdown(path):
    from markitdown import MarkItDown
    return MarkItDown().convert(path).text_content
def trafilatura(path):
    import trafilatura as t
    source = open(path, encoding="utf-8", errors="replace").read()
    return t.extract(source, include_tables=True, favor_recall=True) or ""
def html2text(path):
    import html2text as h
    c = h.HTML2Text(); c.ignore_links = c.ignore_images = True; c.body_width = 0
    return c.handle(open(path, encoding="utf-8", errors="replace").read())
def pypdf(path):
    from pypdf import PdfReader
    return "\f".join(page.extract_text() for page in PdfReader(path).pages)
FOR = {".pdf": [pypdf, markitdown], ".html": [trafilatura, html2text, markitdown], ".docx": [markitdown],
       ".pptx": [markitdown]}
for path in sys.argv[1:]:
    for convert in FOR.get(path[path.rfind("."):].lower(), []):
        begun = time.perf_counter()
        try:
            text = convert(path)
        except Exception as error:
            text = ""
            print(f"{convert.__name__} can't read {path}: {error}".splitlines()[0], file=sys.stderr)
        seconds = time.perf_counter() - begun
        print(json.dumps({"path": path, "name": convert.__name__, "seconds": seconds, "text": text}))
"""


def find_sentences(text: str) -> Counter[str]:
    """Sentences of at least six words, without mark-up and where links lead, and however they were wrapped.

    A comment of HTML is mark-up, too: markitdown writes one over each slide, and nobody reads its words."""
    text = re.sub(r"<!--.*?-->", "\n\n", text, flags=re.S)
    for _ in range(2):  # a picture may be a link, and a link's address have brackets
        text = re.sub(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1", text)
    text = re.sub(r"</?\w{1,6}>", "", text)
    text = re.sub(r"-\s*\n\s*(?=[a-z])", "", re.sub(r"[|*_#>`\\]|^\s*[-•]\s", " ", text, flags=re.M))
    found: Counter[str] = Counter()
    for sentence in re.split(r"(?<=[.!?。！？])\s+|\n\s*\n|\f|\t", text):
        words = re.findall(r"[^\W_]+", sentence.casefold())
        if len(words) >= 6:
            found[" ".join(words)] += 1
    return found


def kept(sentences: Counter[str], text: str) -> float:
    """The share of sentences that a text holds, hyphens and breaks aside."""
    flat = flatten(text)
    return sum(is_kept(s, flat) for s in sentences) / max(1, len(sentences))


def is_in_other_order(sentence: str, words: list[str]) -> bool:
    """Whether all words of a sentence but one in ten stand near each other, as rows of tables do that are read down
    or across."""
    own = sentence.split()
    size = 3 * len(own) + 20
    return any(
        (Counter(own) - Counter(words[at : at + size])).total() <= 0.1 * len(own)
        for at in range(0, max(1, len(words) - size // 2), max(1, len(own) // 3))
    )


def flatten(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))


def is_kept(sentence: str, flat: str) -> bool:
    """Whether at least four in five runs of four words stand in a text; what a page break put between aside."""
    words = sentence.split()
    runs = ["".join(words[n : n + 4]) for n in range(len(words) - 3)]
    return sum(run in flat for run in runs) >= 0.8 * len(runs) - 1


def find_furniture(path: Path, pages: list[str]) -> set[str]:
    """Lines on at least three pages, numbers aside; the words of navigation, header, footer and side of a web page."""
    if path.suffix == ".pdf":
        lines: Counter[str] = Counter()
        for page in pages:
            own = [line.strip() for line in page.split("\n") if line.strip()]
            lines.update({re.sub(r"\d+", "#", line) for line in own[:3] + own[-3:] if len(line) > 5})
        return {line for line, count in lines.items() if count >= 3}
    source = path.read_text("utf-8", errors="replace")
    parts = re.findall(r"<(nav|footer|aside)\b.*?</\1>", source, re.S | re.I)
    blocks = (
        [m[0] for m in re.finditer(r"<(nav|footer|aside)\b.*?</\1>", source, re.S | re.I)] if parts else []
    )
    words = (re.sub(r"<[^>]+>", "\n", block) for block in blocks)
    return {line.strip() for text in words for line in text.split("\n") if len(line.strip()) > 12}


def left(furniture: set[str], text: str) -> int:
    """How often furniture stands in a text."""
    lines = Counter(re.sub(r"\d+", "#", line.strip(" #*|-")) for line in re.split(r"[\n\f]", text))
    return sum(lines[line] for line in furniture)


def read_ours(path: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    try:
        document = read(path, id=path.name, facts=Facts())
        text, pages = document.text, max(1, sum(m.kind == "page" for m in document.marks))
    except CorpusError as error:
        text, pages = "", 1
        sys.stderr.write(f"{error.message}\n")
    return {"text": text, "pages": pages, "seconds": time.perf_counter() - begun}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--converters", required=True, help="the Python of the converters' environment")
    parser.add_argument(
        "--lost", action="store_true", help="print the sentences that only the converter keeps"
    )
    asked = parser.parse_args()
    files = [f for p in asked.paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    files = [f for f in files if f.suffix.lower() in (".pdf", ".html", ".docx", ".pptx")]
    run = subprocess.run(
        [asked.converters, "-c", CONVERT, *map(str, files)], stdout=subprocess.PIPE, text=True, check=True
    )
    theirs = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    rows: dict[tuple[str, str], list[float]] = {}
    for path in files:
        ours = read_ours(path)
        named = {row["name"]: row for row in theirs if row["path"] == str(path)}
        pages = named["pypdf"]["text"].split("\f") if "pypdf" in named else []
        furniture = find_furniture(path, pages)
        own = find_sentences(ours["text"])
        for name, row in named.items():
            wanted = find_sentences(without(furniture, row["text"]))
            flat, words = flatten(ours["text"]), re.findall(r"[^\W_]+", ours["text"].casefold())
            missed = [sentence for sentence in wanted if not is_kept(sentence, flat)]
            lost = [sentence for sentence in missed if not is_in_other_order(sentence, words)]
            for sentence in lost if asked.lost else ():
                print(f"{path.name} {name}: {sentence[:160]}")  # noqa: T201 (a command)
            row_ = rows.setdefault((path.suffix.lower(), name), [0.0] * 10)
            for n, value in enumerate([len(wanted), kept(wanted, ours["text"]) * len(wanted), len(own),
                                       kept(own, row["text"]) * len(own), left(furniture, ours["text"]),
                                       left(furniture, row["text"]), ours["seconds"],
                                       row["seconds"], len(missed) - len(lost), ours["pages"]]):  # fmt: skip
                row_[n] += value
    for (ending, name), (a, b, c, d, e, f, g, h, o, pages) in sorted(rows.items()):
        print(f"{ending} {name}: of its {a:.0f} sentences we keep {b / max(1, a):.1%}, "  # noqa: T201
              f"{(b + o) / max(1, a):.1%} with other orders of words; of our {c:.0f} it keeps "
              f"{d / max(1, c):.1%}; furniture left: ours {e:.0f}, "
              f"its {f:.0f}; {pages:.0f} pages, seconds a page: ours {g / pages:.3f}, its {h / pages:.3f}")  # fmt: skip


def without(furniture: set[str], text: str) -> str:
    """A text without its furniture and without lines that are a number alone."""
    kept_lines = (
        line
        for page in text.split("\f")
        for line in [*page.split("\n"), "\f"]
        if re.sub(r"\d+", "#", line.strip(" #*|-")) not in furniture and not line.strip().isdigit()
    )
    return "\n".join(kept_lines)


if __name__ == "__main__":
    main()
