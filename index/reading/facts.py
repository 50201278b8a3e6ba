"""What is known of a file beside its text: given beside it, given in it, or inferred from it."""

from __future__ import annotations

import contextlib
import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from index.documents import Edition, Known
from index.errors import CorpusError
from index.reading.languages import find_language

NAMES = ("title", "source", "publisher", "author", "licence", "language", "access", "supersedes")
SOURCES = "sources.tsv"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a corpus may say of a file; "" and None are "not said"."""

    title: str = ""
    published: date | None = None
    published_known: Known = "unknown"
    year_of_figures: int | None = None
    source: str = ""
    publisher: str = ""
    author: str = ""
    licence: str = ""
    language: str = ""
    access: str = ""
    supersedes: str = ""
    edition: Literal["", Edition] = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    """The rest of what a sidecar says: metric, unit, missing, vintage … of a table."""

    def dated(self, day: date | None) -> Facts:
        """These facts with the day that a file's text states, where it does: that is no guess of a program."""
        return replace(self, published=day, published_known="inferred") if day else self

    def spoken(self, text: str) -> Facts:
        """These facts without a language that a program set by default, where the text is clearly of another."""
        other = find_language(text) if self.language == "en" else ""
        return replace(self, language="") if other not in ("", "en") else self

    def over(self, other: Facts) -> Facts:
        """These facts, and those of `other` where these say nothing."""
        said = {
            f.name: getattr(self, f.name)
            for f in fields(self)
            if f.name not in {"settings", "published", "published_known"} and getattr(self, f.name)
        }
        if self.published:
            said |= {"published": self.published, "published_known": self.published_known}
        return replace(other, **said, settings={**other.settings, **self.settings})


def find_facts(path: Path, root: Path) -> Facts:
    """What stands beside a file: its sidecar NAME.EXT.toml, then the nearest sources.tsv up to `root`.

    What stands inside (front matter, metadata) is found when the file is read.
    """
    return parse_facts(sidecar(path), f"{path.name}.toml").over(_listed(path, root))


def parse_facts(said: Mapping[str, object], place: str) -> Facts:
    """The facts of a mapping from front matter, a sidecar or a row of sources.tsv."""
    low = {str(k).strip().lower().replace("-", "_"): v for k, v in said.items() if v not in (None, "")}
    published, known = _published(low, place)
    edition = str(low.get("edition", ""))
    if edition not in ("", *get_args(Edition)):
        raise CorpusError(
            f'{place}: edition "{edition}" is none of {", ".join(get_args(Edition))}.',
            'Write edition = "ours" for a text that you restated, "brief" for one of your own on other sources.',
        )
    year = str(low.get("year_of_figures", ""))
    return Facts(
        **{name: " ".join(str(low[name]).split()) for name in NAMES if name in low},
        published=published,
        published_known=known,
        year_of_figures=int(year) if re.fullmatch(r"(?:19|20)\d\d", year) else None,
        edition=cast("Literal['', Edition]", edition),
        settings={k: v for k, v in low.items() if k not in _KEYS},
    )


_KEYS = {*NAMES, "published", "date", "year_of_figures", "edition", "file"}
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)(?:[-/.年](?P<m>\d{1,2})(?:[-/.月](?P<d>\d{1,2}))?)?")


def parse_day(value: object) -> tuple[date | None, Known]:
    """A day as people write it in metadata: 2021-11-04, 2025-05, "~2020-11 (inferred)", a TOML date."""
    if isinstance(value, datetime):
        return value.date(), "given"
    if isinstance(value, date):
        return value, "given"
    text = str(value).strip()
    known: Known = "inferred" if re.search(r"^~|inferred|circa|about|approx", text, re.I) else "given"
    if compact := re.match(r"(?:D:)?((?:19|20)\d\d)(\d\d)(\d\d)", text):
        text = "-".join(compact.groups())
    if day := find_day(text):
        return day, known
    if found := _DAY.search(text):
        try:
            return date(int(found["y"]), int(found["m"] or 1), int(found["d"] or 1)), known
        except ValueError:
            return None, "unknown"
    return None, "unknown"


_NAMES_OF_MONTHS = (
    r"jan(?:uary|uar|vier|eiro)?|jänner|enero|gennaio|stycznia",
    r"feb(?:ruary|ruar|braio|rero)?|février|fevereiro|lutego",
    r"mar(?:ch|s|zo|ço|ca)?|märz", r"apr(?:il|ile)?|avril|abril|kwietnia", r"may|mai|mayo|maggio|maio|maja",
    r"june?|juni|juin|junio|giugno|junho|czerwca", r"july?|juli|juillet|julio|luglio|julho|lipca",
    r"aug(?:ust)?|août|agosto|sierpnia", r"sept?(?:ember|embre|iembre)?|settembre|setembro|września",
    r"oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|outubro|października",
    r"nov(?:ember|embre|iembre|embro)?|listopada",
    r"dec(?:ember|embre)?|dez(?:ember|embro)?|décembre|diciembre|dicembre|grudnia",
)  # fmt: skip
_MONTH = rf"(?P<{{0}}>{'|'.join(_NAMES_OF_MONTHS)})\.?"
_DATES = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)\s?年\s?(?P<m2>\d{1,2})\s?月\s?(?P<d2>\d{1,2})\s?日"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:of\s+|de\s+)?{_MONTH.format('m3')}(?:\s+de\s+|,?\s+)(?P<y3>(?:19|20)\d\d)(?!\d)"
    rf"|\b{_MONTH.format('m4')}\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d.])(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>(?:19|20)\d\d)(?!\d)"
    r"|(?<![\d/])(?P<d6>1[3-9]|2\d|3[01])/(?P<m6>0?[1-9]|1[0-2])/(?P<y6>(?:19|20)\d\d)(?![\d/])"
    r"|(?<![\d/])(?P<m7>0?[1-9]|1[0-2])/(?P<d7>1[3-9]|2\d|3[01])/(?P<y7>(?:19|20)\d\d)(?![\d/])",
    re.I,
)


def find_day(text: str) -> date | None:
    """The first full date of a text."""
    return next(_days(text), None)


def _days(text: str) -> Iterator[date]:
    for found in _DATES.finditer(text):
        n = next(n for n in "1234567" if found[f"y{n}"])
        with contextlib.suppress(ValueError):
            yield date(int(found[f"y{n}"]), _month(found[f"m{n}"]), int(found[f"d{n}"]))


def _month(said: str) -> int:
    if said.isdigit():
        return int(said)
    return next(n for n, names in enumerate(_NAMES_OF_MONTHS, 1) if re.fullmatch(names, said, re.I))


_PUBLISHED = re.compile(
    r"\s*(?:first )?(?:published|posted|released|last updated|updated|date|dated|veröffentlicht|stand|publié|发布)\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:effective|due|birth|born|died|death|founded|established|incorporated|expir\w+|deadline|valid|ended|ending|since|until"
    r"|geboren|gegründet|née?|fondée?)\b",
    re.I,
)
"""Days of something else."""


def find_dateline(text: str) -> date | None:
    """The date that a short line at the head of a text states ("04 December 2021", "By X May 29, 2024"), else a
    month that is a line of its own ("March 2025")."""
    lines = [line for line in text[:1500].splitlines() if line.strip()][:8]
    for line in lines:
        told = _PUBLISHED.match(line) is not None and not _OTHER.search(line)
        if told or not (line.rstrip().endswith((".", "。")) or _OTHER.search(line) or "\t" in line):
            days = list(dict.fromkeys(_days(line))) if len(line) <= 90 else []
            if days and (told or len(days) == 1):
                return days[0]
        opens = _OPENS.match(line)
        is_other = opens is None or _SPAN.match(line, opens.end()) or _OTHER.search(opens.group())
        if opens and not is_other and (day := find_day(opens.group())):
            return day
    months = list(
        dict.fromkeys(found for line in lines[:5] if (found := _MONTH_ALONE.fullmatch(line.strip())))
    )
    if len(months) != 1:
        return None
    year, month = months[0]["y"] or months[0]["year"], months[0]["m"] or months[0]["month"]
    return date(int(year), _month(month), 1)


_OPENS = re.compile(
    rf"[（(]?(?:[^\W\d_a-zß-ÿ][\w&.'’-]{{0,30}}(?:[,，]\s*|\s+)){{0,6}}[\u4e00-\u9fff]{{0,12}}(?:(?:le|den|am|el)\s+)?(?i:{_DATES.pattern})"
    r"(?=\s*(?:[.|:–—）)]|-\s|--|$|\([A-Z][\w .,&-]{1,40}\)\s*[-–—]|/[A-Z][\w .&-]{1,40}/\s*[-–—]))"
)
"""What opens a line with who wrote, where and when: "Daejeon, South Korea, 19 May 2025 - Oriel today started …"."""
_SPAN = re.compile(rf"\s*[-–—]\s*(?i:{_DATES.pattern})")
_MONTH_ALONE = re.compile(
    rf"(?:[^\W\d_a-zß-ÿ][\w.'’-]*,\s+)?(?i:{_MONTH.format('m')}),?\s+(?P<y>20\d\d)"
    r"|(?P<year>20\d\d)\s?年\s?(?P<month>1[0-2]|0?[1-9])\s?月"
)
"""A month that is a line of its own."""


def _published(said: Mapping[str, object], place: str) -> tuple[date | None, Known]:
    value = said.get("published", said.get("date"))
    if value is None:
        return None, "unknown"
    day, known = parse_day(value)
    if day is None and "published" in said:
        raise CorpusError(
            f'{place}: published "{value}" is no date.', "Write it as 2021-11-04, 2021-11, 2021 or ~2021-11."
        )
    return day, known


def sidecar(path: Path) -> Mapping[str, object]:
    """What stands in NAME.EXT.toml beside a file; empty where there is none."""
    beside = path.with_name(path.name + ".toml")
    if not beside.is_file():
        return {}
    try:
        return tomllib.loads(beside.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CorpusError(
            f"{beside.name}: {error}", f'Mend the line, for example title = "…", in {beside}.'
        ) from error


def _listed(path: Path, root: Path) -> Facts:
    """The row of a sources.tsv that names this file, in its folder or one above it up to the root."""
    for folder in path.parents:
        table = folder / SOURCES
        if table.is_file():
            rows = _rows(table, table.stat().st_mtime_ns)
            for name in (path.relative_to(folder).as_posix(), path.name):
                if name in rows:
                    return parse_facts(rows[name], f"{SOURCES}, {name}")
        if folder == root:
            break
    return Facts()


@lru_cache(maxsize=64)
def _rows(table: Path, _changed: int) -> dict[str, dict[str, str]]:
    text = table.read_text("utf-8-sig", errors="replace")
    rows = csv.DictReader(
        text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE, restval="", restkey="more"
    )
    return {
        row["file"].strip(): {k: v for k, v in row.items() if k and k != "more"}
        for row in rows
        if row.get("file")
    }
