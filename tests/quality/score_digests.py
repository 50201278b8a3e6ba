"""Digests against those that readers judged, known by their places: every point as it was judged, the main ones there.

    python -m tests.quality.score_digests FOLDER [--golden FILE] [--write]

The golden file maps a document's name to {"sha256", "points", "main", "second"}: the digest of the text as read, the
spans of the judged digest, the spans of the sentences that a reader called the main ones before seeing it, and what a
second reader said of each point: "good", "weak" (true, but leaning on another sentence or on a side matter) or "bad".
It holds no text.
`--write` keeps the digests of today as judged; the main sentences stay as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import click

from bot.takeaways import digest
from index.documents import Document
from index.reading import read
from index.reading.facts import find_facts

GOLDEN = Path(__file__).with_name("golden_digests.json")
Spans = list[list[int]]


@dataclass(frozen=True)
class Score:
    name: str
    known: bool
    """The text as read is that of the judgement."""
    same: int
    points: int
    main_found: int
    main: int

    @property
    def label(self) -> str:
        if not self.known:
            return f"{self.name}: the text as read is another; judge it again"
        judged = f"{self.same} of {self.points} points as judged"
        return f"{self.name}: {judged}" + (
            f", {self.main_found} of {self.main} main sentences" if self.main else ""
        )


def read_document(folder: Path, name: str) -> Document:
    path = folder / name
    return read(path, id=name, facts=find_facts(path, folder))


def points_of(document: Document) -> Spans:
    return [[point.start, point.end] for point in digest(document).points]


def fingerprint(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()[:16]


def score(folder: Path, golden: dict[str, dict[str, object]]) -> list[Score]:
    made = []
    for name, judged in sorted(golden.items()):
        document = read_document(folder, name)
        points, found = list(judged["points"]), points_of(document)  # type: ignore[call-overload]
        main = list(judged.get("main", []))  # type: ignore[call-overload]
        held = sum(any(a < end and start < b for a, b in found) for start, end in main)
        same = sum(point in found for point in points)
        known = fingerprint(document) == judged["sha256"]
        made.append(Score(name, known, same, max(len(points), len(found)), held, len(main)))
    return made


def write(folder: Path, golden: dict[str, dict[str, object]], path: Path) -> None:
    for name, judged in golden.items():
        if judged["points"] != points_of(read_document(folder, name)):
            judged.pop("second", None)
        document = read_document(folder, name)
        judged |= {"sha256": fingerprint(document), "points": points_of(document)}
    lines = (f"  {json.dumps(name)}: {json.dumps(golden[name])}" for name in sorted(golden))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--golden", type=Path, default=GOLDEN)
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    golden = json.loads(said.golden.read_text("utf-8"))
    if said.write:
        write(said.folder, golden, said.golden)
    scores = score(said.folder, golden)
    for one in scores:
        click.echo(one.label)
    whole = [sum(getattr(one, name) for one in scores) for name in ("same", "points", "main_found", "main")]
    click.echo(
        f"{len(scores)} documents: {whole[0]} of {whole[1]} points as judged, {whole[2]} of {whole[3]} main sentences"
    )
    verdicts = Counter(verdict for judged in golden.values() for verdict in judged.get("second", []))
    if verdicts:
        shares = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
        click.echo(f"The second reader on {sum(verdicts.values())} points: {shares}")
    sys.exit(0 if all(one.known and one.same == one.points for one in scores) else 1)


if __name__ == "__main__":
    main()
