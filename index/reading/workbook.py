"""Excel workbooks: cells as printed, shares in percent, merged cells filled, formulas without a value as their text."""

from __future__ import annotations

import contextlib
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from index.documents import Table
from index.errors import CorpusError
from index.reading.archive import open_archive
from index.reading.marks import joined

MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
MOST_BLANK = 1_000
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_ROW = re.compile(rb'<row (?=[^>]{0,300}\bhidden="1")[^>]{0,300}?\br="(\d+)"')
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLAIN_NUMBER = re.compile(r"[-+]?[\d.,]+(?:[eE][-+]?\d+)?%?")
_READ_AT_ONCE = 1 << 20
Span = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


def read_workbook(path: Path, warnings: list[str]) -> Iterator[Table]:
    """The sheets that hold anything; what was left out is added to `warnings`.

    Raises CorpusError for what is no workbook.
    """
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(open_archive(path), read_only=True, data_only=True, keep_links=False)
        formulas = (
            openpyxl.load_workbook(open_archive(path), read_only=True, keep_links=False)
            if _has(path, b"<f")
            else None
        )
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise CorpusError(
            f"{path.name} is not an Excel workbook: {error}.", "Save it again as .xlsx."
        ) from None
    merged = _merged(path) if _has(path, b"<mergeCell ") else {}
    shares = _shares(path)
    hidden = _hidden_rows(path) if _has(path, b'hidden="1"') else {}
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                warnings.append(f"sheet {sheet.title} is hidden and was left out; show it to have it read")
                continue
            written = formulas[sheet.title].iter_rows(values_only=True) if formulas else None
            cells = _in_percent(sheet, shares) if shares else sheet.iter_rows(values_only=True)
            rows, left_out = _rows(cells, written)
            warnings += [f"sheet {sheet.title}: {what}" for what in left_out]
            if out := hidden.get(sheet.title):
                rows_ = "row is" if out == 1 else "rows are"
                warnings.append(
                    f"sheet {sheet.title}: {out:,} {rows_} hidden (or filtered out), and read as the others"
                )
            _fill(rows, merged.get(sheet.title, ()))
            while rows and not any(rows[-1]):
                rows.pop()
            if rows:
                yield Table(sheet.title, joined(tuple(map(tuple, rows))))
    finally:
        book.close()
        if formulas:
            formulas.close()


def _rows(
    cells: Iterator[tuple[object, ...]], formulas: Iterator[tuple[object, ...]] | None
) -> tuple[list[list[str]], tuple[str, ...]]:
    """The rows as text, and what was left out; where a formula was never worked out, its text stands for its value.

    Blank rows beyond `MOST_BLANK` are passed over and not kept; what stands behind them is no part of the table.
    """
    rows: list[list[str]] = []
    blank = wider = 0
    empty: tuple[object, ...] | None = None
    for number, row in enumerate(cells, 1):
        if blank > MOST_BLANK:
            if row is not empty and any(value is not None for value in row):
                return rows, (
                    f"everything from row {number:,} on left out: more than {MOST_BLANK:,} blank rows are above it",
                )
            empty = row
            continue
        if len(rows) >= MOST_ROWS:
            return rows, (f"rows below {MOST_ROWS:,} left out",)
        wider += any(value is not None for value in row[MOST_COLUMNS:])
        written = next(formulas, ()) if formulas is not None else ()
        texts = [_cell(value) for value in row[:MOST_COLUMNS]]
        for n, formula in enumerate(written[:MOST_COLUMNS]):
            if isinstance(formula, str) and formula.startswith("=") and n < len(texts) and not texts[n]:
                texts[n] = formula
        blank = 0 if any(texts) else blank + 1
        rows.append(texts)
    return rows, (f"columns beyond {MOST_COLUMNS:,} left out in {wider:,} rows",) if wider else ()


def _shares(path: Path) -> frozenset[int]:
    """The numbers of the styles that show a number in percent."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        with zipfile.ZipFile(path) as parts:
            root = etree.fromstring(parts.read("xl/styles.xml"), parser)
    except (KeyError, etree.XMLSyntaxError):
        return frozenset()
    forms = {"9", "10"} | {
        str(form.get("numFmtId"))
        for form in root.iter("{*}numFmt")
        if "%" in re.sub(r'"[^"]*"|\\.', "", str(form.get("formatCode")))
    }
    styles = (one for used in root.iter("{*}cellXfs") for one in used.iter("{*}xf"))
    return frozenset(n for n, one in enumerate(styles) if one.get("numFmtId") in forms)


def _in_percent(sheet: Any, shares: frozenset[int]) -> Iterator[tuple[object, ...]]:
    """The values of a sheet's cells; a number that is shown in percent as it is shown."""
    for row in sheet.iter_rows():
        yield tuple(
            f"{100 * cell.value:.10g}%"
            if type(cell.value) in (int, float) and getattr(cell, "_style_id", -1) in shares
            else cell.value
            for cell in row
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _fill(rows: list[list[str]], spans: tuple[Span, ...]) -> None:
    """A word or a year that is merged over several rows stands in each of them; a number stands once.

    What is merged across columns stands once, too: a title is one, and a header's blanks are filled from the left
    where the table's layout is found.
    """
    for top, left, bottom, _ in spans:
        word = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        if word and (not _PLAIN_NUMBER.fullmatch(word) or _YEAR.fullmatch(word)):
            for row in rows[top : bottom + 1]:
                if left < len(row):
                    row[left] = row[left] or word


def _hidden_rows(path: Path) -> dict[str, int]:
    """How many rows each sheet hides."""
    with zipfile.ZipFile(path) as parts:
        return {
            title: len({found[1] for block in _blocks(parts, name) for found in _ROW.finditer(block)})
            for title, name in _parts_of_sheets(parts).items()
        }


def _has(path: Path, mark: bytes) -> bool:
    """Whether any sheet of the file holds these bytes."""
    with zipfile.ZipFile(path) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        return any(mark in block for name in names for block in _blocks(parts, name))


def _blocks(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces that overlap, so that no short mark is cut in two."""
    with parts.open(name) as part:
        tail = b""
        while block := part.read(_READ_AT_ONCE):
            yield tail + block
            tail = block[-200:]


def _merged(path: Path) -> dict[str, tuple[Span, ...]]:
    """The merged cells of each sheet, which a streaming reader leaves out."""
    from openpyxl.utils import column_index_from_string as number

    found: dict[str, tuple[Span, ...]] = {}
    with zipfile.ZipFile(path) as parts:
        for title, name in _parts_of_sheets(parts).items():
            spans = {match.groups() for block in _blocks(parts, name) for match in _MERGED.finditer(block)}
            found[title] = tuple(
                sorted(
                    (int(top) - 1, number(left.decode()) - 1, int(low) - 1, number(right.decode()) - 1)
                    for left, top, right, low in spans
                )
            )
    return found


def _parts_of_sheets(parts: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet inside the workbook, by the sheet's title."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        book = etree.fromstring(parts.read("xl/workbook.xml"), parser)
        links = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), parser)
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        number = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
        target = targets.get(number, "").lstrip("/").removeprefix("xl/")
        if f"xl/{target}" in parts.namelist():
            found[str(sheet.get("name"))] = f"xl/{target}"
    return found


_REPLY = re.compile(r"^\[Threaded comment\].*?(?:Comment|Kommentar|Commentaire):\s*", re.S)
"""What Excel writes before a comment for programs that know none with answers."""


def find_comments(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """What people wrote on cells, for each sheet by row and column from 0."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as parts:
        names = set(parts.namelist())
        for title, name in _parts_of_sheets(parts).items():
            folder, _, file = name.rpartition("/")
            links = f"{folder}/_rels/{file}.rels"
            if links not in names:
                continue
            with contextlib.suppress(
                etree.XMLSyntaxError
            ):  # the numbers of a sheet whose comments are broken stand
                for link in etree.fromstring(parts.read(links), parser):
                    target = _target(folder, str(link.get("Target")))
                    if str(link.get("Type")).endswith("/comments") and target in names:
                        found[title] = dict(_comments(etree.fromstring(parts.read(target), parser)))
    return found


def _comments(part: Any) -> Iterator[tuple[tuple[int, int], str]]:
    from openpyxl.utils.cell import coordinate_to_tuple
    from openpyxl.utils.exceptions import CellCoordinatesException

    for one in part.iter("{*}comment"):
        words = "".join(str(text.text or "") for text in one.iter("{*}t"))
        with contextlib.suppress(CellCoordinatesException, ValueError):
            row, column = coordinate_to_tuple(str(one.get("ref")))
            yield (row - 1, column - 1), " ".join(_REPLY.sub("", words).split())


def _target(folder: str, target: str) -> str:
    """A part's name that another names from its folder: "../comments1.xml", "/xl/comments1.xml"."""
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
