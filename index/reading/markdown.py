"""Markdown as a reader sees it: headings, lists and tables without their signs, no pictures, no addresses."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.errors import CorpusError
from index.reading.draft import Draft, Pen, one_line, square
from index.reading.facts import Facts, find_dateline, parse_facts
from index.reading.raised import HIGH, LEVEL, LOW, in_line
from index.reading.text import read_text

_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)\r?\n(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)


_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]|^\[[ xX]\][ ]")
"""The mark of a footnote, and the box of a task: its words stay."""
_RAISED = re.compile(r"<(/?)su([pb])\b[^>]*>", re.I)
_OF_NOTE = re.compile(r"(?m)^[ ]{0,3}\[\^[^\]\s]{1,40}\]:[ \t]*")
"""The mark before the words of a footnote, which are a paragraph of their own."""


def draft_markdown(path: Path) -> Draft:
    """A draft of a Markdown file, with the facts of its front matter."""
    facts, body = split_front_matter(read_text(path), path.name)
    draft = draft_body(body)
    day = find_dateline(draft.text)
    seen = Facts(published=day, published_known="inferred" if day else "unknown")
    return Draft(draft.text, draft.marks, draft.tables, draft.warnings, facts.over(draft.facts).over(seen))


def split_front_matter(text: str, name: str) -> tuple[Facts, str]:
    """The facts between `---` (YAML) or `+++` (TOML) at a file's head, and the rest."""
    found = _FRONT.match(text)
    if not found:
        return Facts(), text
    kind, inner = found.groups()
    try:
        said = tomllib.loads(inner) if kind == "+++" else yaml.safe_load(inner)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        if kind == "---" and not re.match(r"\s*\w+\s*:", inner):
            return Facts(), text
        line = " ".join(str(error).split())
        raise CorpusError(f"{name}: its front matter can't be read: {line}",
                          'Put values with a colon in them between quotes: title: "…".') from error  # fmt: skip
    if not isinstance(said, dict):
        return Facts(), text
    return parse_facts(said, name), text[found.end() :]


def draft_body(text: str) -> Draft:
    """A draft of Markdown without front matter."""
    pen = Pen()
    title = ""
    text = _OF_NOTE.sub("\n", re.sub(r"[^\S\n]*\xa0[^\S\n]*", " ", text))
    tokens = _parser().parse(text)
    _Writer(pen).write(tokens)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            title = one_line(inline_text(inline))
            break
    return pen.draft(Facts(title=title))


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"]).disable("code")


def inline_text(token: Token) -> str:
    """An inline token as read: words without emphasis, links without addresses, no pictures, no tags, nothing struck
    out."""
    parts: list[str] = []
    struck = 0
    for child in token.children or ():
        struck += (child.type == "s_open") - (child.type == "s_close")
        if struck:
            continue
        if child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and re.match(r"<br\b", child.content, re.I)
        ):
            parts.append("\v")
        elif child.type == "html_inline" and (tag := _RAISED.fullmatch(child.content)):
            parts.append(LEVEL if tag[1] else HIGH if tag[2].lower() == "p" else LOW)
    text = "\n".join(one_line(line) for line in in_line("".join(parts)).split("\v")).strip()
    return _NOTE.sub("", text)


class _Writer:
    """Writes tokens; remembers the list, the table or the heading that it is in."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.lists: list[tuple[str, int]] = []
        self.sign = ""
        self.level = 0
        self.rows: list[list[str]] | None = None

    def write(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self._words(inline_text(token))
            elif token.type in ("fence", "code_block"):
                self.pen.paragraph(token.content)
            elif token.type == "html_block":
                _write_html(token.content, self.pen)
            elif token.type.endswith("_open"):
                self._open(token)
            elif token.type.endswith("_close"):
                self._close(token.type)

    def _open(self, token: Token) -> None:
        kind = token.type.removesuffix("_open")
        if kind in ("bullet_list", "ordered_list"):
            self.lists.append((kind, int(token.attrGet("start") or 1)))
        elif kind == "list_item":
            order, number = self.lists[-1]
            self.sign = "-" if order == "bullet_list" else f"{number}{token.markup or '.'}"
            self.lists[-1] = (order, number + 1)
        elif kind == "heading":
            self.level = int(token.tag[1])
        elif kind == "table":
            self.rows = []
        elif kind == "tr" and self.rows is not None:
            self.rows.append([])

    def _close(self, kind: str) -> None:
        if kind in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
            if not self.lists:
                self.pen.end_list()
        elif kind == "heading_close":
            self.level = 0
        elif kind == "table_close":
            self.pen.table(square(self.rows or []))
            self.rows = None

    def _words(self, text: str) -> None:
        if self.rows:
            self.rows[-1].append(text)
        elif self.level:
            self.pen.heading(text, self.level)
        elif self.lists:
            self.pen.item(text, len(self.lists) - bool(self.sign), self.sign)
            self.sign = ""
        else:
            self.pen.paragraph(text)


def _write_html(source: str, pen: Pen) -> None:
    """HTML in Markdown: its words."""
    from index.reading.html import write_fragment

    write_fragment(source, pen)
