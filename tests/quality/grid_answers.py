# ruff: noqa: E501, SIM905, PLR0911
"""One number from one printed table: the row and column whose words fit a question best, and the arithmetic that it asks for.

The words, their stems and the operations are those of the bot; the table stands alone, so nothing is refused.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.lookup.terms import find_terms

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\(?\s*(-?\d+(?:\.\d+)?)\s*\)?")
_PLAIN = frozenset(
    """the of in a an for was were is are what how much many did does do by to and on at it its their that year total
    amount end decemb be from as with per have has fiscal company respect between number valu""".split()
)
_ALIKE = {
    "fuel": "fuel", "oil": "fuel", "employe": "employ", "salari": "wage", "wage": "wage", "revenu": "revenu", "sale": "sale", "airlin": "",
    "asm": "asm", "rasm": "prasm", "cost": "expens", "expens": "expens", "spend": "expens", "spent": "expens", "earn": "incom", "profit": "incom",
    "paid": "expens", "pay": "expens", "loan": "debt", "borrow": "debt", "rate": "rate", "gallon": "gallon", "purchas": "purchas", "consum": "consum",
}  # fmt: skip


def number(text: object) -> float | None:
    """A printed number; brackets are a minus."""
    plain = re.sub(r"[,$£€%¢\s]|US", "", str(text)).replace("—", "-").replace("–", "-")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return None
    return -float(found[1]) if plain.startswith("(") and plain.endswith(")") else float(found[1])


_PHRASES = (
    (r"available seat miles?", "asm"), (r"revenue passenger miles?", "rpm"), (r"\btraffic\b", "rpm"), (r"\bcapacity\b(?! of)", "asm"),
    (r"(?:operating )?(?:costs?|expenses?) (?:\w+ )?per asms?", "casm"), (r"(?:passenger )?revenues? per asms?", "prasm"),
    (r"\brestricted stock units?\b", "rsu"), (r"\bq1\b|first quarter|quarter ended march(?: 31)?", "quarterone"),
    (r"\bq2\b|second quarter|quarter ended june(?: 30)?", "quartertwo"), (r"\bq3\b|third quarter|quarter ended september(?: 30)?", "quarterthree"),
    (r"\bq4\b|fourth quarter|quarter ended december(?: 31)?", "quarterfour"), (r"\bchief financial officer\b", "cfo"),
    (r"\bchief executive officer\b", "ceo"), (r"\bhow old\b", "age"), (r"asm \(\W*asms?\W*\)", "asm"), (r"rpm \(\W*rpms?\W*\)", "rpm"),
)  # fmt: skip
"""One word for what reports abbreviate, in questions and headers alike."""


def words(text: str) -> list[str]:
    text = re.sub(r"\s+", " ", text.casefold())
    for pattern, word in _PHRASES:
        text = re.sub(pattern, word, text)
    text = re.sub(r"\basms\b", "asm", re.sub(r"\brpms\b", "rpm", text))
    found = [_ALIKE.get(term, term) for term in find_terms(re.sub(r"\\u20\d\d", " ", text))]
    return [term for term in found if term and term not in _PLAIN]


@dataclass(frozen=True)
class Grid:
    """A table as printed, with the paths of headers of its rows and columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[str, ...], ...]

    def at(self, row: int, column: int) -> str:
        return self.cells[row][column] if column < len(self.cells[row]) else ""


def read_grid(
    column_header: Sequence[Sequence[str]], row_header: Sequence[Sequence[str]], data: Sequence[Sequence[str]]
) -> Grid:
    cells = tuple(tuple(map(str, row)) for row in data)
    rows = tuple(tuple(path) for path in row_header) or tuple(() for _ in cells)
    columns = tuple(" ".join(path) for path in column_header)
    if not row_header or not any(any(path) for path in rows):
        rows = tuple((row[0] if row else "",) for row in cells)
    return Grid(columns, _sections(rows, cells), cells)


def _sections(
    rows: tuple[tuple[str, ...], ...], cells: tuple[tuple[str, ...], ...]
) -> tuple[tuple[str, ...], ...]:
    """Rows under a line that only names a section (a date, a group) get its words."""
    section, found = "", []
    for path, row in zip(rows, cells, strict=False):
        texts = [cell for cell in row if cell.strip()]
        if (
            texts
            and not any(number(cell) is not None and not _YEAR.fullmatch(cell.strip()) for cell in texts)
            and not "".join(path).strip()
        ):
            section = " ".join(texts)
        found.append((section, *path) if section else path)
    return tuple(found)


class Ranker:
    """How well the words of a question fit the headers of a table."""

    def __init__(self, question: str, grid: Grid) -> None:
        self.grid = grid
        self.text = question.casefold()
        self.asked = set(words(question))
        self.years = list(dict.fromkeys(_YEAR.findall(question)))
        self.row_words = [words(" ".join(path)) for path in grid.rows]
        self.last_words = [words(path[-1]) if path else [] for path in grid.rows]
        self.column_words = [words(column) for column in grid.columns]
        counts = Counter(word for some in (*self.row_words, *self.column_words) for word in set(some))
        whole = len(grid.rows) + len(grid.columns)
        self.idf = {word: math.log(1 + whole / count) for word, count in counts.items()}

    def fit(self, some: Sequence[str], asked: set[str] | None = None) -> float:
        asked = self.asked if asked is None else asked
        shared = asked.intersection(some)
        if not shared:
            return 0.0
        weigh = sum(self.idf.get(word, 3.0) for word in shared)
        return weigh / math.sqrt(sum(self.idf.get(word, 3.0) for word in set(some)))

    def rows(self) -> list[int]:
        """Rows with a number, best first; a section's words count less than the row's own."""
        plain = "total" in self.text
        scores = []
        for n, path in enumerate(self.grid.rows):
            score = self.fit(self.row_words[n]) + 0.8 * self.fit(self.last_words[n])
            if plain and path and "total" in path[-1].casefold():
                score += 0.35
            if any(year in " ".join(path) for year in self.years):
                score += 1.5
            scores.append((-score, n))
        return [
            n for score, n in sorted(scores) if any(number(cell) is not None for cell in self.grid.cells[n])
        ]

    def column(self, row: int, year: str = "") -> int | None:
        """The column of a year, or the one whose words fit best, that has a number in the row."""
        found = []
        for n, some in enumerate(self.column_words):
            cell = self.grid.at(row, n).strip()
            if number(cell) is None or (cell in self.years and "which year" not in self.text):
                continue
            head = self.grid.columns[n]
            if year and year not in head:
                continue
            change = bool(re.search(r"change|%|over|variance|percent", head, re.I))
            asks = bool(re.search(r"change|percent|%|increase|decrease|grow", self.text))
            score = self.fit(some, self.asked - set(self.years)) - (0.6 if change and not asks else 0.0)
            if "total" in head.casefold() and re.search(r"\btotal\b|how many|change|count", self.text):
                score += 0.5
            found.append((score, -n))
        return -max(found)[1] if found else None


def answer_cell(question: str, grid: Grid) -> str | None:
    """The cell, or the result, as text."""
    ranker = Ranker(question, grid)
    if _percent_stated(ranker) is not None:
        return _percent_stated(ranker)
    for row in ranker.rows()[:3]:
        result = _of_row(ranker, row)
        if result is not None:
            return result
    return None


def _percent_stated(ranker: Ranker) -> str | None:
    """A change that has a column of its own."""
    if not re.search(r"percent|%|change|increase|decrease|grow", ranker.text):
        return None
    rows = ranker.rows()
    if not rows:
        return None
    wants_rate = bool(re.search(r"percent|%|grow", ranker.text))
    best = []
    for n, head in enumerate(ranker.grid.columns):
        cell = ranker.grid.at(rows[0], n)
        if number(cell) is None or not re.search(r"change|increase|decrease|variance|%", head, re.I):
            continue
        years = _YEAR.findall(head)
        if years and ranker.years and not all(year in ranker.years for year in years):
            continue
        rate = "%" in cell or bool(re.search(r"%|percent", head, re.I))
        if rate == wants_rate:
            best.append((ranker.fit(ranker.column_words[n]) + 0.5 * ("total" in head.casefold()), -n))
    return ranker.grid.at(rows[0], -max(best)[1]) if best else None


def _of_row(ranker: Ranker, row: int) -> str | None:
    text = ranker.text
    cells = {
        year: column for year in sorted(ranker.years) if (column := ranker.column(row, year)) is not None
    }
    values = [(year, number(ranker.grid.at(row, column))) for year, column in cells.items()]
    known = [(year, value) for year, value in values if value is not None]
    parts = _two_rows(ranker, known)
    if parts is not None:
        return parts
    if re.search(r"\baverage\b|\bmean\b", text) and not re.search(
        r"average", " ".join(ranker.grid.rows[row]), re.I
    ):
        every = known if len(known) > 1 else _all_years(ranker, row)
        if len(every) > 1:
            return _text(sum(value for _, value in every) / len(every))
    if len(known) < 2 and re.search(r"\bchange|increase|decrease|grow", text) and not cells:
        known = _all_years(ranker, row)[-2:]
    if len(known) >= 2:
        return _over_years(text, known[0][1], known[-1][1], [value for _, value in known])
    column = next(iter(cells.values())) if cells else ranker.column(row)
    return ranker.grid.at(row, column) if column is not None else None


def _all_years(ranker: Ranker, row: int) -> list[tuple[str, float]]:
    """The row's figure of every year that the columns name."""
    found: dict[str, float] = {}
    for n, head in enumerate(ranker.grid.columns):
        years, value = _YEAR.findall(head), number(ranker.grid.at(row, n))
        if (
            len(set(years)) == 1
            and value is not None
            and years[0] not in found
            and not re.search(r"%|change", head, re.I)
        ):
            found[years[0]] = value
    return sorted(found.items())


def _over_years(text: str, old: float, new: float, every: list[float]) -> str:
    if re.search(r"percent|%|growth rate|rate of", text) and old:
        return _text((new - old) / abs(old) * 100)
    if re.search(r"\bratio\b|proportion", text) and old:
        return _text(new / old)
    if re.search(r"\btotal\b|\bsum\b|combined", text) and not re.search(
        r"change|increase|decrease|differ", text
    ):
        return _text(sum(every))
    return _text(new - old)


_OF = re.compile(
    r"(?:percentage|proportion|percent|%|ratio|share)\s+(?:of|between)\b|as a (?:percentage|percent|proportion|%) of|to the total",
    re.I,
)
_BOTH = re.compile(
    r"\b(?:sum|total|combined|difference|ratio|average|more|less|higher|lower)\b.*\b(?:and|between|than|to)\b",
    re.I,
)


def _two_rows(ranker: Ranker, known: list[tuple[str, float]]) -> str | None:
    """One row's figure against another's, in one year."""
    text = ranker.text
    part = bool(_OF.search(text))
    if (
        len(known) > 1
        or not (part or _BOTH.search(text))
        or re.search(r"\bchange\b|increase|decrease|grow", text)
    ):
        return None
    year = known[0][0] if known else ""
    rows = [row for row in ranker.rows() if ranker.column(row, year) is not None]
    if len(rows) < 2:
        return None
    first = rows[0]
    covered = set(ranker.last_words[first])
    rest = ranker.asked - covered
    others = [row for row in rows[1:] if row != first]
    second = max(others, key=lambda row: (ranker.fit(ranker.last_words[row], rest), -others.index(row)))
    if part and ranker.fit(ranker.last_words[second], rest) == 0:
        totals = [row for row in others if "total" in " ".join(ranker.grid.rows[row][-1:]).casefold()]
        if not totals:
            return None
        second = totals[-1]
    elif ranker.fit(ranker.last_words[second], rest) == 0:
        return None
    column = ranker.column(first, year)
    if column is None:
        return None
    a, b = number(ranker.grid.at(first, column)), number(ranker.grid.at(second, column))
    if a is None or b is None:
        return None
    return _of_pair(text, a, b, part)


def _of_pair(text: str, a: float, b: float, part: bool) -> str | None:
    if part:
        low, high = sorted((abs(a), abs(b)))
        if not high:
            return None
        return _text(
            low / high * (1 if re.search(r"ratio|proportion", text) and "percent" not in text else 100)
        )
    if "average" in text:
        return _text((a + b) / 2)
    if "ratio" in text and b:
        return _text(a / b)
    if re.search(r"difference|more|less|higher|lower", text):
        return _text(a - b)
    if re.search(r"\bsum\b|combined|total", text) and " and " in text:
        return _text(a + b)
    return None


def _text(value: float) -> str:
    return (
        f"{value:.4f}".rstrip("0").rstrip(".")
        if abs(value) < 1e-2
        else f"{round(value, 2):.2f}".rstrip("0").rstrip(".")
    )
