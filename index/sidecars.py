"""What stands beside a document of the library (NAME.EXT.toml), as it is copied, replaced and superseded."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from index.reading.facts import Facts, find_facts

_OF_THE_WORK = ("title", "source", "publisher", "author", "licence", "language", "access")
"""What stays true of a document when a newer file takes its place; its date does not."""


def said_beside(path: Path) -> str:
    """The sidecar of a file that is to be added, or what a sources.tsv says of it."""
    beside = path.with_name(path.name + ".toml")
    return beside.read_text("utf-8") if beside.is_file() else _sidecar(find_facts(path, path.parent))


def inherit(said: str, before: str) -> str:
    """What is said of a file that takes another's place: what was said of that one, where it brings nothing itself."""
    if not said:
        return re.sub(r"(?m)^(?:published|year_of_figures)\s*=.*\n?", "", before)
    old, new = tomllib.loads(before), tomllib.loads(said)
    kept = [name for name in _OF_THE_WORK if isinstance(old.get(name), str) and name not in new]
    return "".join(f"{name} = {json.dumps(old[name], ensure_ascii=False)}\n" for name in kept) + said


def supersedes_line(supersedes: str) -> str:
    return f"supersedes = {json.dumps(supersedes, ensure_ascii=False)}\n"


def _sidecar(facts: Facts) -> str:
    """What a sources.tsv said of a file, as its sidecar in the library."""
    said = {
        name: getattr(facts, name)
        for name in (
            "title",
            "source",
            "publisher",
            "author",
            "licence",
            "language",
            "access",
            "supersedes",
            "edition",
        )
    }
    if facts.published:
        said["published"] = ("~" if facts.published_known == "inferred" else "") + facts.published.isoformat()
    if facts.year_of_figures:
        said["year_of_figures"] = str(facts.year_of_figures)
    return "".join(
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in said.items() if value
    )
