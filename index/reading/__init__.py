"""Reading: files as people have them → documents. One module per format, each by a kept library."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from index.documents import EVERYONE, Document
from index.errors import CorpusError
from index.passages import BETWEEN
from index.reading.draft import Draft
from index.reading.facts import Facts, find_facts
from index.reading.languages import find_language
from index.reading.text import read_text

_READERS = {
    ".md": ("markdown", "draft_markdown"), ".markdown": ("markdown", "draft_markdown"),
    ".txt": ("text", "draft_text"), ".text": ("text", "draft_text"),
    ".html": ("html", "draft_html"), ".htm": ("html", "draft_html"), ".xhtml": ("html", "draft_html"),
    ".pdf": ("pdf", "draft_pdf"),
    ".docx": ("word", "draft_word"), ".pptx": ("slides", "draft_slides"),
    ".eml": ("mail", "draft_mail"), ".vtt": ("subtitles", "draft_subtitles"), ".srt": ("subtitles", "draft_subtitles"),
}  # fmt: skip
TABLES = frozenset({".csv", ".tsv", ".xlsx"})
FORMATS = frozenset(_READERS) | TABLES
_NEVER = re.compile(r"(readme|licen[cs]e|origin)([._-].*)?|sources\.tsv|.*\.toml|\..*|~\$.*", re.I)


def is_content(path: Path) -> bool:
    """Whether a file of a corpus is content: not a README, LICENSE, ORIGIN, sources.tsv, *.toml or dot-file."""
    return not _NEVER.fullmatch(path.name)


def read(path: Path, *, id: str, facts: Facts) -> Document:  # noqa: A002 (a document's own word)
    """The document that a file holds; a CorpusError says why there is none."""
    try:
        draft = _draft(path, id, facts)
    except CorpusError as error:
        if (kind := _kind(path)) in ("", path.suffix.lower()):
            raise
        raise CorpusError(
            f"{path.name} is a {kind} file by what is in it.", f"Name it {path.stem}{kind}."
        ) from error
    if isinstance(draft, Document):
        return draft
    if not draft.text.strip():
        raise CorpusError(f"{path.name} holds no text.", "Remove the file, or add one with text in it.")
    return _document(draft, path, id, facts.over(draft.facts))


def _draft(path: Path, name: str, facts: Facts) -> Draft | Document:
    """What a reader makes of a file: a draft, but a document of a file of tables."""
    ending = path.suffix.lower()
    if ending in TABLES:
        tables: Callable[..., Document] = import_module("index.reading.tables").read_tables
        return tables(path, id=name, facts=facts)
    if ending not in _READERS:
        raise CorpusError(f'{path.name}: files ending in "{ending}" can\'t be read.', cure_of(path))
    module, function = _READERS[ending]
    reader: Callable[[Path], Draft] = getattr(import_module(f"index.reading.{module}"), function)
    return reader(path)


_NEWER = {
    ".doc": ".docx", ".odt": ".docx", ".rtf": ".docx", ".pages": ".docx", ".xls": ".xlsx", ".ods": ".xlsx",
    ".xlsb": ".xlsx", ".numbers": ".xlsx", ".ppt": ".pptx", ".odp": ".pptx", ".key": ".pptx", ".msg": ".eml",
    ".epub": ".html", ".mht": ".html",
}  # fmt: skip
"""What programs that open a file can save it as."""


def cure_of(path: Path) -> str:
    """What to do with a file of a format that is not read."""
    ending = path.suffix.lower()
    if ending in _NEWER:
        return f"Open it in its program and save it as {_NEWER[ending]}."
    if ending in (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"):
        return "Unpack it and add the folder."
    if ending in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".webp", ".heic"):
        return "Run it through text recognition (for example ocrmypdf) and add the result."
    return f"Save it as one of {', '.join(sorted(FORMATS))}."


_KINDS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}


def _kind(path: Path) -> str:
    """The ending that a file should have by what is in it; "" where it is none of those that are told so."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == b"%PDF":
        return ".pdf"
    if head != b"PK\x03\x04":
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ""
    return next((ending for name, ending in _KINDS.items() if name in names), "")


def find_access(path: Path, root: Path) -> str:
    """Who may see a file below `root`, by what stands beside it or at its head; a CorpusError where that is unclear."""
    facts = find_facts(path, root)
    if _READERS.get(path.suffix.lower(), ("",))[0] == "markdown":
        from index.reading.markdown import split_front_matter

        facts = facts.over(split_front_matter(read_text(path), path.name)[0])
    return facts.access or EVERYONE


def _document(draft: Draft, path: Path, name: str, facts: Facts) -> Document:
    return Document(
        id=name,
        title=facts.title or _title(draft, path),
        text=draft.text,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        published=facts.published,
        published_known=facts.published_known,
        year_of_figures=facts.year_of_figures,
        source=facts.source,
        publisher=facts.publisher or facts.author,
        licence=facts.licence,
        language=facts.language or find_language(draft.text) or _suffix_language(path) or "en",
        access=facts.access or EVERYONE,
        supersedes=facts.supersedes,
        edition=facts.edition or "as published",
        marks=draft.marks,
        tables=draft.tables,
        warnings=draft.warnings,
    )


def _title(draft: Draft, path: Path) -> str:
    """A text without a title: its first heading, else its file's name in words."""
    heading = next((mark.value.split(BETWEEN)[0] for mark in draft.marks if mark.kind == "heading"), "")
    return heading or " ".join(re.sub(r"[_\-.]+", " ", path.stem).split())


def _suffix_language(path: Path) -> str:
    """`notes.zh.txt` is Chinese."""
    found = re.search(r"\.([a-z]{2})$", path.stem)
    return found[1] if found else ""
