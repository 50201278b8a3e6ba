"""Precision and recall of figures extracted from text, against figures that people read.

    python -m tests.quality.score_figures FOLDER_OR_FILE…        (--misses lists what was missed and what was extra)

`gold_figures.jsonl` holds spans and values only; the documents are found by their SHA-256, so the set speaks only of
files that you have. It was read twice, text first and then number by number, and the two readings were settled.
A gold figure may allow several metrics and periods; an empty list allows any. Changes carry their sign, a growth of
"1.3 times" is 130 %. `optional` figures (counts of things, comparisons of two kinds) count neither way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from index.figures import Figure
from index.figures.prose import find_figures
from index.language.catalogue import SHIPPED
from index.language.metrics import Catalogue, load
from index.language.periods import Period
from index.passages import split
from index.reading import read
from index.reading.facts import find_facts

GOLD = Path(__file__).with_name("gold_figures.jsonl")
LEVELS = ("value and unit", "and period", "and metric")
SAME_UNIT = {
    "MWh": ("GWh", Decimal("0.001")), "kWh": ("GWh", Decimal("0.000001")), "TWh": ("GWh", Decimal(1000)),
    "GWh/year": ("GWh", Decimal(1)), "GW": ("MW", Decimal(1000)), "kW": ("MW", Decimal("0.001")),
    "mi": ("km", Decimal("1.609344")), "miles": ("km", Decimal("1.609344")), "t/year": ("t", Decimal(1)),
    "points": ("pp", Decimal(1)), "RMB": ("CNY", Decimal(1)), "models": ("", Decimal(1)),
}  # fmt: skip


@dataclass(frozen=True)
class Gold:
    value: Decimal
    unit: str
    periods: tuple[dict[str, Any], ...]
    metrics: tuple[str, ...]
    kind: str
    start: int
    optional: bool


@dataclass
class Score:
    found: int = 0
    gold: int = 0
    right: int = 0

    def line(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.gold if self.gold else 0.0
        both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        shares = f"precision {precision:6.1%}  recall {recall:6.1%}  F1 {both:6.1%}"
        return f"{shares}  ({self.right} of {self.gold}, {self.found} found)"


def same(value: Decimal, unit: str) -> tuple[Decimal, str]:
    unit, factor = SAME_UNIT.get(unit, (unit, Decimal(1)))
    return (value * factor).normalize(), unit


def read_gold() -> dict[str, list[Gold]]:
    """Gold figures by the SHA-256 of their file."""
    by_file: dict[str, list[Gold]] = defaultdict(list)
    for line in GOLD.read_text("utf-8").splitlines():
        row = json.loads(line)
        value, unit = same(Decimal(row["value"]), row["unit"])
        by_file[row["sha256"]].append(
            Gold(
                value,
                unit,
                tuple(row["period"]),
                tuple(row["metric"]),
                row["kind"],
                row["start"],
                row.get("optional", False),
            )
        )
    return by_file


def in_period(period: Period, allowed: tuple[dict[str, Any], ...]) -> bool:
    for one in allowed:
        if "months" in one and period.start is None and period.months == tuple(one["months"]):
            return True
        if "start" in one and period.start is not None and period.end is not None:
            if (period.start.isoformat(), period.end.isoformat()) == (one["start"], one["end"]):
                return True
            if period.grain in ("point", "day") and one["start"] <= period.start.isoformat() <= one["end"]:
                return True
    return not allowed


def fits(figure: Figure, gold: Gold, level: int) -> bool:
    if figure.value is None or same(figure.value, figure.unit) != (gold.value, gold.unit):
        return False
    if level >= 1 and not in_period(figure.period, gold.periods):
        return False
    return level < 2 or not gold.metrics or figure.series.metric in gold.metrics


def match(figures: list[Figure], gold: list[Gold], level: int) -> tuple[list[Figure], list[Gold], int]:
    """Extra figures, missed gold and the number right; the strictest fit of each is taken first."""
    extra, missed, right = list(figures), list(gold), 0
    for strict in (2, 1, 0):
        if strict < level:
            break
        for one in list(missed):
            figure = next((figure for figure in extra if fits(figure, one, strict)), None)
            if figure is not None:
                extra.remove(figure)
                missed.remove(one)
                right += not one.optional
    return extra, [one for one in missed if not one.optional], right


def extract(path: Path, catalogue: Catalogue) -> list[Figure]:
    document = read(path, id=path.name, facts=find_facts(path, path.parent))
    return list(find_figures(document, split(document), catalogue))


def find_files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from (
            (path for path in sorted(place.rglob("*")) if path.is_file()) if place.is_dir() else (place,)
        )


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    gold, catalogue = read_gold(), load([SHIPPED])
    scores = [Score() for _ in LEVELS]
    read_files = 0
    for path in find_files(options.places):
        wanted = gold.get(hashlib.sha256(path.read_bytes()).hexdigest())
        if wanted is None:
            continue
        read_files += 1
        figures = extract(path, catalogue)
        for level, score in enumerate(scores):
            extra, missed, right = match(figures, wanted, level)
            score.right += right
            score.gold += sum(not one.optional for one in wanted)
            score.found += right + len(extra)
        if options.misses:
            show(path, extra, missed)
    say(f"{read_files} of {len(gold)} documents of the gold set are here.")
    for name, score in zip(LEVELS, scores, strict=True):
        say(f"{name:>15}: {score.line()}")
    return 0 if read_files else 1


def show(path: Path, extra: list[Figure], missed: list[Gold]) -> None:
    say(f"\n{path.name}")
    for one in missed:
        periods = [tuple(period.values()) for period in one.periods]
        say(f"  missed  {one.value:f} {one.unit} {one.metrics} {periods} at {one.start}")
    for figure in extra:
        series = f"{figure.series.metric!r} {figure.period.label}"
        say(f"  extra   {figure.value} {figure.unit} {series} {figure.text!r}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
