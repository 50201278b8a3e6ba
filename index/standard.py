"""Standard answers: texts of the owner's for questions of a pattern, kept in `answers.toml` of a corpus folder.

The last answer to a pattern counts; all are kept, so that the file tells what was said when.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from index.documents import EVERYONE
from index.errors import CorpusError
from index.keeping import add_entry, read_entries

FILE = "answers.toml"
LONGEST = 700
"""Characters of a standard answer."""


@dataclass(frozen=True, slots=True)
class StandardAnswer:
    """A question's pattern ("who do I ask about * prices/costs"), and what the owner says to it."""

    pattern: str
    text: str
    by: str
    on: date
    access: str = EVERYONE
    """Who is answered so: the label of a viewer."""
    withdrawn: bool = False


def read_answers(folders: Iterable[Path]) -> tuple[StandardAnswer, ...]:
    """Those of every corpus folder that were not withdrawn, the last one of a pattern and label.

    Raises CorpusError where a file can't be read.
    """
    last: dict[tuple[str, str], StandardAnswer] = {}
    for folder in folders:
        for number, entry in enumerate(read_entries(folder / FILE, "answer"), 1):
            one = _read(entry, f"{folder / FILE}: answer {number}")
            key = (one.pattern.casefold(), one.access)
            last.pop(key, None)
            if not one.withdrawn:
                last[key] = one
    return tuple(last.values())


def _read(entry: dict[str, object], where: str) -> StandardAnswer:
    kinds = {"on": date, "withdrawn": bool}
    wrong = [name for name, value in entry.items() if not isinstance(value, kinds.get(name, str))]
    try:
        made = StandardAnswer(**entry)  # type: ignore[arg-type]
    except TypeError as error:
        wrong = [str(error)]
    if wrong:
        names = ", ".join(field.name for field in fields(StandardAnswer))
        raise CorpusError(f"{where} is not understood: {wrong[0]}.", f"Its keys: {names}")
    return made


def add_answer(folder: Path, one: StandardAnswer) -> Path:
    """Keeps an answer, or that it is withdrawn. Raises CorpusError where it can't be one."""
    if not one.text.strip() or not one.by.strip():
        raise CorpusError("A standard answer needs a text and a name.", "Give both.")
    if len(one.text) > LONGEST:
        raise CorpusError(
            f"The text has {len(one.text)} characters; a standard answer has up to {LONGEST}.",
            "Shorten it, or put it into a document and add that.",
        )
    heading = "Standard answers; the last one of a pattern counts."
    return add_entry(folder / FILE, "answer", asdict(one), heading=heading)
