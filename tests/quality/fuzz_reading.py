"""A long run of the fuzz test: real files, changed at random, must end in a document or a clean report.

    python tests/quality/fuzz_reading.py FILE_OR_FOLDER… [--seconds 600] [--seed 1]

Prints the slowest readings, and stops with the seed and the number of the change where reading raises anything else.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.errors import CorpusError
from index.passages import split
from index.reading import FORMATS
from index.reading.facts import Facts
from index.reading.guard import read_safely

PIECES = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b"]]>",
    b"%",
    b"-" * 50,
    b"&x;",
    b"9" * 30,
    b"endobj",
    b"\xed\xa0\x80",
    b"|" * 40,
)


def mutated(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20, 100])):
        at = chance.randrange(len(out))
        match chance.randrange(5):
            case 0:
                out[at] = chance.randrange(256)
            case 1:
                del out[at : at + chance.choice([1, 10, 1000])]
            case 2:
                out[at:at] = out[at : at + 100] * chance.choice([1, 10, 100])
            case 3:
                out[at:at] = chance.choice(PIECES)
            case _:
                out = out[: max(1, at)] if chance.random() < 0.1 else out
        if not out:
            return b"x"
    return bytes(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    files = [f for p in asked.paths for f in (sorted(p.rglob("*")) if p.is_dir() else [p])]
    files = [f for f in files if f.suffix.lower() in FORMATS]
    end = time.monotonic() + asked.seconds
    outcomes: Counter[str] = Counter()
    slow: list[tuple[float, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        number = 0
        while time.monotonic() < end:
            number += 1
            chance = random.Random(f"{asked.seed}-{number}")
            seed = chance.choice(files)
            path = Path(folder, f"changed{seed.suffix}")
            path.write_bytes(mutated(seed.read_bytes(), chance))
            begun = time.monotonic()
            try:
                split(read_safely(path, id=path.name, facts=Facts(), seconds=30))
                outcomes[f"{seed.suffix} read"] += 1
            except CorpusError as error:
                kind = (
                    "late"
                    if "seconds" in error.message
                    else "broken"
                    if "it is broken" in error.message
                    else "said"
                )
                outcomes[f"{seed.suffix} {kind}"] += 1
                if kind == "broken":
                    outcomes[error.message[-90:]] += 1
            except BaseException:
                sys.stderr.write(f"seed {asked.seed}, change {number} of {seed}\n")
                raise
            slow = sorted(
                [*slow, (time.monotonic() - begun, f"change {number} of {seed.name}")], reverse=True
            )[:5]
    for what, count in sorted(outcomes.items()):
        print(f"{count:6,} {what}")  # noqa: T201 (a command)
    for seconds, what in slow:
        print(f"{seconds:6.1f} s {what}")  # noqa: T201
    print(f"{number:,} changed files in {asked.seconds:g} s, none raised anything but a report.")  # noqa: T201


if __name__ == "__main__":
    main()
