"""The headers of a table: rows of them joined to one, and what each says: a period, a mark of its status, words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from index.figures import Status
from index.figures.cells import (
    find_year,
    is_numeric,
    is_unit,
    month_number,
    read_number,
    read_period,
    unit_alone,
)
from index.language import periods
from index.language.periods import Period

_STUB = 40
"""Letters of a label above the labels of the rows; a title is longer."""
Row = tuple[str, ...]
Rows = Sequence[Row]
_MARKS: dict[str, Status] = {
    "p": "preliminary", "prelim": "preliminary", "preliminary": "preliminary", "provisional": "preliminary",
    "r": "revised", "revised": "revised", "e": "estimate", "est": "estimate", "estimate": "estimate",
    "estimated": "estimate", "f": "forecast", "fcst": "forecast", "forecast": "forecast", "projected": "forecast",
}  # fmt: skip
_MARK = re.compile(
    rf"(?:\s*[(\[]\s*({'|'.join(sorted(_MARKS, key=len, reverse=True))})\.?\s*[)\]]|(?<=\d)\s?([AEFPR])|\s*[*†‡]+)\s*$",
    re.I,
)
_NAMES_A_YEAR = frozenset({"y", "yr", "fy", "cy", "year", "jahr", "calendar year"})
_NO_PERIOD = re.compile(
    r"\b(?:since|from|until|till|vs\.?|versus|before|after|than|base|over|against|ltm|ttm|rolling|trailing"
    r"|\d{1,2}\s?m(?:onths)?|compared)\b",
    re.I,
)
"""Words beside a period that make it another one, or none."""
_YTD = re.compile(r"\b(?:ytd|year[ -]to[ -]date|cumulative|累计)\b|累计", re.I)
_FIRST_MONTHS = re.compile(r"\s*(\d{1,2})\s?M[\s-]?((?:19|20)\d\d)\s*", re.I)
AS_OF = re.compile(r"\b(?:as of|source|published|updated|compiled|released|retrieved)\b|来源|更新", re.I)
_MONTHS = 12
_MONTH = re.compile(r"(?<![\w-])([^\W\d_]{3,10})\.?,?\s+((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(
    r"[-–—/]\s?[^\W\d_]{3,10}\.?\s+(?:19|20)\d\d|\b(?:to|bis|until|through|and|und|vs)\b", re.I
)
_OTHER_SPAN = re.compile(
    r"\b(?:week|kw|cw)\s?\d|\bytd\b|year[ -]to[ -]date|\b(?:ltm|ttm|rolling|trailing)\b|\d\s?m(?:onths)?\b",
    re.I,
)
_DANGLING = re.compile(r"(?:\b(?:in|of|at|as of|for|by|on|end|the|im|en)\b|[\s,;:–—_(\[-])+$", re.I)
_LEADING = re.compile(r"^[\s,;:–—_)\]-]+")
_QUARTER = re.compile(r"(?:q[1-4]|[1-4]q|h[12]|[12]h|第?[一二三四1-4]季度|[1-9]月|1[0-2]月)", re.I)
_FIRST_HALF = re.compile(
    r"\b(?:the\s)?(?:first|1st)[\s-]half(?:[\s-]year)?\b(?! of)|\b(?:1H|HY1)\b|上半年|(?<=年)前半", re.I
)
_SECOND_HALF = re.compile(
    r"\b(?:the\s)?(?:second|2nd)[\s-]half(?:[\s-]year)?\b(?! of)|\b(?:2H|HY2)\b|下半年|(?<=年)後半", re.I
)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})\.?\s?([^\W\d_]{3,9})\.?|([^\W\d_]{3,9})\.?\s(\d{1,2})")
"""A day that leaves its year to the table: "6 Jun" of a week that ends then."""
_BEFORE_YEAR = re.compile(r"([^\W\d_]{1,12})[_ ]?(?:19|20)\d\d(?:\.0)?")


@dataclass(frozen=True, slots=True)
class Head:
    """What a header says."""

    words: str
    """Without its period and its mark: "of which DC fast" of "of which DC fast, Sep 2025"."""
    period: Period | None = None
    status: Status = ""


@lru_cache(20_000)
def read_head(header: str) -> Head:
    """A header's period, its mark and the words that are left."""
    text, status = _without_mark(_in_halves(" ".join(header.split())))
    whole = read_period(text)
    if whole is None and text.endswith(")"):  # "2024 (GWh)": a period with its unit
        start = text.rfind("(")
        head = read_head(text[:start])
        if head.period is not None:
            return Head(f"{head.words} {text[start:]}".strip(), head.period, head.status or status)
    if whole is not None:
        named = _BEFORE_YEAR.fullmatch(text)
        word = named[1] if named else ""
        of_year = word.casefold() in _NAMES_A_YEAR or month_number(word) or _QUARTER.fullmatch(word)
        return Head("" if of_year else word, whole, status)
    if first := _FIRST_MONTHS.fullmatch(text):
        year, last = int(first[2]), int(first[1])
        return (
            Head("", periods.months(year, 1, last), status) if 1 <= last <= 12 else Head(text, None, status)
        )
    words, period = _parted(text)
    return Head(words, period, status if period else "") if period else Head(header)


def _in_halves(text: str) -> str:
    """A header with its half of a year as "H1"."""
    return _SECOND_HALF.sub("H2", _FIRST_HALF.sub("H1", text))


def find_titled(line: str) -> Period | None:
    """The one period that a title or a caption names; that of "as of 5 November" is the file's."""
    if AS_OF.search(line):
        return None
    if first := _FIRST_MONTHS.search(line):
        last = int(first[1])
        return periods.months(int(first[2]), 1, last) if 1 <= last <= _MONTHS else None
    named = [(month, int(found[2])) for found in _MONTH.finditer(line) if (month := month_number(found[1]))]
    if len(named) == 1 and not _RANGE.search(line):
        month, year = named[0]
        return periods.months(year, 1, month) if _YTD.search(line) else periods.month(year, month)
    found = [one.period for one in periods.find_periods(line, today=None) if one.period.start]
    return found[0] if len(found) == 1 and not is_other_span(line) else None


def titled_period(lines: Sequence[str]) -> Period | None:
    """The period of the last title that is but a period, else the one of the first; else the one year of them all."""
    alone = [read_head(line).period for line in lines[:-1] if is_period(line)]
    if alone:
        return alone[-1]
    if lines and (found := find_titled(lines[0])):
        return found
    return None if any(map(is_other_span, lines)) else find_year(" ".join(lines))


def is_other_span(line: str) -> bool:
    """Whether a title is of a part of its year that is not read: a week, twelve rolling months."""
    return _OTHER_SPAN.search(line) is not None


def _without_mark(text: str) -> tuple[str, Status]:
    mark = _MARK.search(text)
    if mark is None or not re.search(r"\d", text[: mark.start()]):
        return text, ""
    return text[: mark.start()], _MARKS.get((mark[1] or mark[2] or "").casefold(), "")


def _parted(text: str) -> tuple[str, Period | None]:
    """Words around the one period of a header; no period where the words make it another."""
    found = periods.find_periods(text, today=None) if re.search(r"\d", text) else ()
    if len(found) != 1 or found[0].period.start is None:
        return text, None
    one = found[0]
    before, after = text[: one.start], text[one.end :]
    if _NO_PERIOD.search(before) or re.match(r"[-/]?[A-Za-z]?\d", after) or re.search(r"\d[-/]?$", before):
        return text, None
    words = " ".join(filter(None, (_DANGLING.sub("", before), _LEADING.sub("", after)))).strip()
    period = one.period
    if _YTD.search(words):
        if period.grain != "month" or period.start is None:
            return text, None
        words = _YTD.sub("", words).strip(" ,;:()")
        period = periods.months(period.start.year, 1, period.start.month)
    return words, period


def status_of(cell: str) -> Status:
    """What a column of statuses says: "preliminary", "p", "revised data"."""
    words = cell.casefold().strip(" .()").split()
    return _MARKS.get(words[0], "") if words else ""


def in_year(cell: str, year: int) -> Period | None:
    """ "Jan", "Q1", "6 Jun" or 3月 of a year that another cell or the title names."""
    text = _in_halves(cell.strip().rstrip("."))
    if month := month_number(text):
        return periods.month(year, month)
    if found := _DAY_OF_MONTH.fullmatch(text):
        month, number = month_number(found[2] or found[3]), int(found[1] or found[4])
        return periods.day(date(year, month, number)) if month and _is_day(year, month, number) else None
    if not _QUARTER.fullmatch(text):
        return None
    return read_period(f"{year}年{text}" if text.endswith(("月", "度")) else f"{text.upper()} {year}")


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= monthrange(year, month)[1]


def is_band(upper: Row, lower: Row) -> bool:
    """Whether a row stands above several headers of the row below: "2024" and "2025" over quarters, "" over the rest.

    A title is none: it begins where the headers begin.
    """
    first = next((n for n, cell in enumerate(lower) if cell), 0)
    stubs = [cell for cell in upper[:first] if cell]
    own = [n for n, cell in enumerate(upper) if cell and not (n < len(lower) and lower[n] == cell)]
    groups = [n for n in own if n >= first and (n > 0 or first > 0)]
    if not groups or (groups[0] == first and not stubs) or any(len(cell) > _STUB for cell in stubs):
        return False
    if any(is_numeric(upper[n]) and read_period(upper[n]) is None for n in groups):
        return False
    if any(n >= len(lower) or not lower[n] for n in groups):
        return False
    under = [cell for cell in lower[groups[0] :] if cell]
    if len({upper[n] for n in groups}) >= 2:
        return len(under) > len(groups) or len(set(under)) < len(under)
    return _is_one_band(upper[groups[0]], under)


def _is_one_band(word: str, under: list[str]) -> bool:
    """One cell over all the numbers: a year over its quarters, or words over columns that are but periods."""
    named = [cell for cell in under if read_period(cell) or in_year(cell, 2000)]
    return len(word) <= 60 and (read_period(word) is not None or len(named) * 2 > len(under))


def heads_all(upper: Row, lower: Row) -> bool:
    """Whether a row above the headers is of all of them: one period, in the middle or at the right, where they name
    none, beside the unit of the numbers or nothing."""
    own = [n for n, cell in enumerate(lower) if cell]
    first = own[0] if own and own[0] else (own[1] if len(own) > 1 else 0)
    cells = [n for n, cell in enumerate(upper) if cell]
    spots = [n for n in cells if n >= first and is_period(upper[n])]
    if not first or len(spots) != 1 or any(read_head(cell).period or in_year(cell, 2000) for cell in lower):
        return False
    if any(n not in spots and not (n < first and unit_alone(upper[n])) for n in cells):
        return False
    left, right = (sum(map(bool, part)) for part in (lower[first : spots[0]], lower[spots[0] + 1 :]))
    return left > 0 and (not right or abs(left - right) <= 1)


def is_period(cell: str) -> bool:
    """Whether a cell is a period and nothing else, or with its unit: "January–June 2022", "2024 (GWh)"."""
    head = read_head(cell)
    return head.period is not None and (not head.words or is_unit(head.words))


def placed(upper: Row, lower: Row) -> Row:
    """A row of groups, each over the first of its headers, where it stands over the middle or the last of them: the
    groups are parted by blank columns, or are of the same headers."""
    own = [n for n, cell in enumerate(lower) if cell and n]
    cells = [n for n, cell in enumerate(upper) if cell and own and n >= own[0]]
    if len(cells) < _TWO or cells[0] == own[0]:
        return upper
    runs = [list(run) for run in _runs(own)]
    size, rest = divmod(len(own), len(cells))
    parts = [own[at : at + size] for at in range(0, len(own), size)] if not rest else []
    alike = len({tuple(lower[n] for n in part) for part in parts}) == 1
    for groups in (runs, parts if alike else []):
        if len(groups) == len(cells) and all(a[0] <= n <= a[-1] for a, n in zip(groups, cells, strict=True)):
            moved = {group[0]: upper[n] for group, n in zip(groups, cells, strict=True)}
            return tuple(moved.get(n, "" if n in cells else cell) for n, cell in enumerate(upper))
    return upper


_TWO = 2


def _runs(columns: Sequence[int]) -> Iterator[Sequence[int]]:
    """Columns side by side."""
    begin = 0
    for at in range(1, len(columns) + 1):
        if at == len(columns) or columns[at] != columns[at - 1] + 1:
            yield columns[begin:at]
            begin = at


def join(upper: Row, lower: Row) -> Row:
    """Two rows of headers as one: an upper cell stands over what is blank to its right, unless each has its own."""
    explicit = any(a == b != "" for a, b in pairwise(upper))
    joined, held = [], ""
    begin = next((n for n, cell in enumerate(lower) if cell), 0)
    for n in range(max(len(upper), len(lower))):
        above = upper[n] if n < len(upper) else ""
        held = "" if n == begin else held
        below = lower[n] if n < len(lower) else ""
        if above or explicit:
            held = above
        joined.append(_over(held, below))
        if above and above == below:
            held = ""
    return tuple(joined)


def _over(upper: str, lower: str) -> str:
    """A header of two rows in one; a period stands before the unit of the first: "Capacity 2022 (GWh)"."""
    if upper == lower or not upper or not lower:
        return upper or lower
    if is_unit(lower) and not lower.startswith(("(", "[")):
        return f"{upper} ({lower})"
    unit = re.search(r"\s*[(（\[][^()（）\[\]]+[)）\]]$", upper)
    if unit and read_head(lower).period is not None:
        return f"{upper[: unit.start()]} {lower}{unit[0]}"
    return f"{upper} {lower}"


def is_second(upper: Row, lower: Row) -> bool:
    """Whether the row below one of headers goes on with it: words and periods where the first spans or is blank."""
    plain = [cell for cell in lower if cell]
    spans = not all(upper) or any(a == b for a, b in pairwise(upper))
    return len(plain) >= 2 and spans and all(read_number(cell) is None or read_period(cell) for cell in plain)
