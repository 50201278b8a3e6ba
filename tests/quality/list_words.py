"""Write index/language/english.tsv, the words of general English, from public collections.

    python -m tests.quality.list_words --data FOLDER

FOLDER holds the collections below in BEIR layout (see collection.py). A word is English, and no name, that two of
their passages have in small letters, and not many more with a capital. How rare it is, is told by the encyclopedia's
passages alone: those of the others speak of one field each.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter
from pathlib import Path

from bot.answers.terms import read_line
from index.language.english import WORDS
from tests.quality.collection import read_lines

GENERAL = "squad-para"
OTHERS = ("cisi", "covidqa", "cranfield", "scifact")
_ABOUT = """\
# Stems of English words, each with how rare it is (0 in every passage, 1 in hardly any).
# From SQuAD v1.1 (CC BY-SA 4.0), CISI, COVID-QA, Cranfield and SciFact; python -m tests.quality.list_words writes it.
"""
_WORD = re.compile(r"(?<![\w.'’/@-])[A-Za-z]{3,}(?![\w'’/@-])")
_MOST_NAMES = 0.3
"""A word that stands with a capital oftener than small by more than this is a name."""


def read_words(data: Path) -> dict[str, float]:
    """The stems with their rarity."""
    small, capital, general = Counter[str](), Counter[str](), Counter[str]()
    passages = 0
    for name in (GENERAL, *OTHERS):
        for row in read_lines(data / name / "corpus.jsonl"):
            written = set(_WORD.findall(row["text"]))
            small.update(word for word in written if word.islower())
            capital.update(word.lower() for word in written if word.istitle())
            if name == GENERAL:
                passages += 1
                general.update(set(read_line(row["text"]).stems))
    most = math.log(passages + 1)
    english = {
        stem
        for word, count in small.items()
        if count >= 2 and count >= _MOST_NAMES * capital[word]
        for stem in read_line(word).stems
    }
    common = {stem for stem, count in general.items() if count >= passages / 200 and stem.isalpha()}
    return {
        word: round(1 - math.log(max(1, general[word])) / most, 2)
        for word in sorted(english | common)
        if word.isascii()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    words = read_words(parser.parse_args().data)
    lines = "".join(f"{word}\t{rarity:g}\n" for word, rarity in words.items())
    WORDS.write_text(_ABOUT + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
