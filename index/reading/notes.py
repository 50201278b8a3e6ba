"""Notes of tables: what stands under or above the numbers in words, and what people remarked on cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from index.documents import Table, column_letters

MOST_NOTES = 300
"""Of one sheet."""
LONGEST = 2_000
_WORD = re.compile(r"[^\W\d_]{2,}|[㐀-鿿]")
_NUMBER = re.compile(r"[-+~<>≈(]?[$€£¥]?[\d.,\s]*\d[\d.,\s]*[%)]*")
_MARKED = re.compile(
    r"(?:notes?|sources?|remarks?|comments?|caveats?|definitions?|methodology|updated|as (?:of|at)|n\.?b\.?|quellen?"
    r"|anmerkung(?:en)?|hinweise?|stand|fuente|nota|注|备注|说明|来源|数据来源|资料来源)\s*[:：.\d]"
    r"|\*+\s*\S|[¹²³†‡]|[(\[]?(?:\d{1,2}|[a-z])[)\]]\s",
    re.I,
)
_SENTENCE = re.compile(r"[.。!?！？;；]\s*$|[.。;；:：]\s*\S")
_LONG, _SAID = 8, 3
Row = tuple[str, ...]
Comments = Mapping[str, Mapping[tuple[int, int], str]]
"""For each sheet the remarks on its cells, by row and column from 0."""


def notes_of(tables: Sequence[Table], comments: Comments) -> str:
    """Each note in a paragraph behind its place: "Sheet Sales, cell A12 | Notes: Norway includes used imports."."""
    return "\n\n".join(line for table in tables for line in _lines(table, comments.get(table.sheet, {})))


def _lines(table: Table, comments: Mapping[tuple[int, int], str]) -> Iterator[str]:
    sheet = f"Sheet {table.sheet}, cell" if table.sheet else "Cell"
    for row, column, words in [*_notes(table), *_remarks(table, comments)][:MOST_NOTES]:
        yield f"{sheet} {column_letters(column)}{table.first_row + row} | {words}"


def _notes(table: Table) -> Iterator[tuple[int, int, str]]:
    """Rows of words alone: a note by its first word or a mark, whole sentences, or many words; no section, no title."""
    for n, row in enumerate(table.cells):
        filled = [column for column, cell in enumerate(row) if cell]
        if not filled or len(filled) > 2:
            continue
        words = " ".join(" ".join(row[column].split()) for column in filled)[:LONGEST]
        if any(_NUMBER.fullmatch(row[column]) for column in filled) or "://" in words.split(" ")[0]:
            continue
        marked = _MARKED.match(words) is not None
        if len(filled) == 2 and not marked:
            continue
        count = len(_WORD.findall(words))
        if (marked and count >= 2) or (count >= _SAID and _SENTENCE.search(words)) or count >= _LONG:
            yield n, filled[0], words


def _remarks(table: Table, comments: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, int, str]]:
    """What people wrote on cells, with the row's label and the header above: "Germany | BEV: 380.6 | Comment: …"."""
    for (n, column), words in sorted(comments.items()):
        row = table.cells[n] if n < len(table.cells) else ()
        cell = row[column] if column < len(row) else ""
        label = next((one for one in row[:column] if one), "")
        head = next(
            (
                found
                for at in range(min(n, len(table.cells)) - 1, -1, -1)
                if (found := _head(table, at, column))
            ),
            "",
        )
        said = f"{head}: {cell}" if head and cell else cell
        told = [*filter(None, (label, said)), f"Comment: {words}"]
        yield n, column, " ".join(" | ".join(told).split())[:LONGEST]


def _head(table: Table, at: int, column: int) -> str:
    """A cell above that is no number but for a year."""
    row = table.cells[at]
    cell = row[column] if column < len(row) else ""
    return "" if _NUMBER.fullmatch(cell) and not re.fullmatch(r"(?:19|20)\d\d", cell) else cell
