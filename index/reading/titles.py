"""A document's title: of what the file says of itself and what its first page shows, the one that is meant."""

from __future__ import annotations

import re

HEAD = 500
"""Letters of a text that may name it."""
_NONE = re.compile(
    r"microsoft (?:office )?(?:word|powerpoint|excel)\b.*|(?:(?:power ?point|word)[- ])?(?:presentation|document"
    r"|dokument|präsentation|présentation|presentación|documento)\s?\d*|(?:untitled|unbenannt|sans titre)\b.*"
    r"|(?:slide|folie|page|chapter|section|part|kapitel|teil|chapitre) ?(?:\d+|[ivx]+)"
    r"|(?:new )?template|title|titel|(?:press|news|media) release|pressemitteilung|communiqué de presse|news|home|index"
    r"|article|default|\S+\.(?:docx?|pptx?|dotx?|potx?|xlsx?|pdf|[sx]?html?|aspx?|php|txt|rtf|odt|indd)|",
    re.I,
)
"""What programs and templates write, names of files, and kinds of text."""
_PARTS = re.compile(
    r"[\d.\s]*(?:(?:table of )?contents|introduction|(?:executive )?summary|abstract|foreword|preface|overview"
    r"|agenda|background|inhalt(?:sverzeichnis)?|einleitung|zusammenfassung|vorwort|sommaire|introducción|índice|目录|摘要|前言)",
    re.I,
)
"""A first heading that is no title."""


def is_title(said: str) -> bool:
    """Whether words may be a document's title."""
    return _NONE.fullmatch(said.strip()) is None


def is_part(said: str) -> bool:
    """Whether words head a part of any document: "Introduction"."""
    return _PARTS.fullmatch(said) is not None


def choose_title(said: str, shown: str, head: str) -> str:
    """What a file says of itself, but what its first page shows where that is of something else, as where a file was
    made from an older one; `head` are its first words."""
    if not is_title(said):
        return shown if is_title(shown) else ""
    if not is_title(shown) or is_part(shown) or said.casefold() in head.casefold():
        return said
    numbers = set(re.findall(r"\d+", said)) - set(re.findall(r"\d+", head))
    return said if _words(said) & _words(shown) and not numbers else shown


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_一-鿿]{4,}|[一-鿿]{2}", title.casefold()))
