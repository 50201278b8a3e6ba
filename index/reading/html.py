"""HTML: the article, without navigation, banners, and what else surrounds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from index.errors import CorpusError
from index.reading.article import find_article, find_single
from index.reading.draft import Draft, Pen, clean, one_line
from index.reading.facts import Facts, find_dateline, parse_day
from index.reading.filing import find_filing
from index.reading.grid import read_grid, said_of, shift_of
from index.reading.raised import LEVEL, in_line
from index.reading.text import decode
from index.reading.titles import is_title
from index.reading.unseen import drop_unseen

BLOCKS = {
    "p", "div", "section", "article", "main", "blockquote", "pre", "figure", "figcaption", "address", "dd", "dt", "dl",
    "ul", "ol", "details", "summary", "hr", "center", "header", "td", "th", "tr", "table", "body", "html", "caption",
    "fieldset", "hgroup", "legend",
}  # fmt: skip
_HEADING = re.compile(r"h([1-6])")
_PROLOGUE = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>\[]*\[[^\]]*\]\s*>)?", re.I)
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]))(?![0-9a-f]);?",
    re.I,
)
"""Characters that a tree can't hold, as they are or as references."""


def draft_html(path: Path) -> Draft:
    """A draft of a web page."""
    return draft_page(path.read_bytes(), path.name)


def draft_page(data: bytes | str, name: str) -> Draft:
    pen = Pen()
    root = parse_page(data, name, pen.warnings)
    facts = _facts(root).over(find_filing(root))
    h1 = find_single(root, "h1")
    article, byline = find_article(root)
    if h1 is not None and not _inside(h1, article):
        pen.heading(said_of(h1), 1)
    write_element(article, pen)
    draft = pen.draft()
    if pen.warnings and not draft.text:
        raise CorpusError(f"{name} is nested too deeply to be read.", "Save it in a simpler format.")
    title = facts.title or _shown_title(draft)
    day = None if facts.published else find_dateline(draft.text) or find_dateline(byline)
    seen = Facts(title=title, published=day, published_known="inferred" if day else "unknown")
    return Draft(draft.text, draft.marks, draft.tables, draft.warnings, facts.spoken(draft.text).over(seen))


def write_fragment(source: str, pen: Pen) -> None:
    """A piece of HTML within Markdown or a letter."""
    if source.strip() and not source.lstrip().startswith("<!--"):
        root = parse_page(f"<body>{source}</body>", "HTML")
        drop_unseen(root)
        write_element(root, pen)


def parse_page(data: bytes | str, name: str, warnings: list[str] | None = None) -> html.HtmlElement:
    """The tree of a page; no network, no entities, no depth without end: what is too deep is said in `warnings`."""
    if isinstance(data, bytes) and _declares(data):
        source, encoding = data, None
    else:
        text = data if isinstance(data, str) else decode(data, name)
        source, encoding = _PROLOGUE.sub("", text).encode("utf-8", "replace"), "utf-8"
    parser = html.HTMLParser(
        no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding=encoding
    )
    if b"iso-2022" not in source[:4096].lower():
        source = _CONTROL.sub(b" ", source)
    try:
        root = etree.fromstring(source, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(
            f"{name}: no HTML can be read from it ({error}).", "Save the page again from a browser."
        ) from error
    if warnings is not None and any("Excessive depth" in error.message for error in parser.error_log):
        warnings.append("what is nested more than 2,000 tags deep was left out")
    if not isinstance(root, html.HtmlElement):
        raise CorpusError(f"{name} is empty.", "Save the page again from a browser, or remove the file.")
    return root


def _declares(data: bytes) -> bool:
    """Whether a page says its encoding itself, other than UTF-8, and is in it."""
    found = re.search(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.I)
    if found is None or found[1].lower() in (b"utf-8", b"utf8", b"utf-16", b"unicode"):
        return False
    return data.isascii() or not _is_utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def write_element(root: html.HtmlElement, pen: Pen) -> None:
    """The blocks of an element in reading order; without recursion, so that no nesting can exhaust it."""
    _Writer(pen).write(root)


class _Writer:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.inline: list[str] = []
        self.lists: list[tuple[str, int]] = []
        self.sign = ""
        self.level = 0
        self.terms: list[str] = []
        self.in_term = False

    def write(self, root: html.HtmlElement) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event == "start" and element.tag == "table" and self._table(element):
                walk.skip_subtree()
            elif event == "start":
                self._open(element)
            else:
                self._close(element)
                if element is not root:
                    self.inline.append(_spaces(element.tail, pre=False))
        self._flush()

    def _open(self, element: html.HtmlElement) -> None:
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            self._flush()
            start = element.get("start", "1")
            self.lists.append((tag, int(start) if start.isdigit() and len(start) < 6 else 1))
        elif tag == "li":
            self._flush()
            kind, number = self.lists[-1] if self.lists else ("ul", 1)
            self.sign = "-" if kind == "ul" else f"{number}."
            if self.lists:
                self.lists[-1] = (kind, number + 1)
        elif tag == "br":
            self.inline.append("\n")
        elif found := _HEADING.fullmatch(tag):
            self._flush()
            self.level = int(found[1])
        elif tag in BLOCKS:
            self._flush()
            self.in_term = tag == "dt" or (self.in_term and tag != "dd")
        elif shift := shift_of(element):
            self.inline.append(shift)
        self.inline.append(_spaces(element.text, pre=tag == "pre"))

    def _close(self, element: html.HtmlElement) -> None:
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            self._flush()
            if self.lists:
                self.lists.pop()
            if not self.lists:
                self.pen.end_list()
        elif tag == "li" or tag in BLOCKS or _HEADING.fullmatch(tag):
            self._flush()
            self.level = 0
            self.in_term = self.in_term and tag != "dt"
            if tag == "dl":
                self._end_terms()
        elif shift_of(element):
            self.inline.append(LEVEL)
        elif tag in ("option", "label"):
            self.inline.append(" ")

    def _flush(self) -> None:
        text = in_line("".join(self.inline))
        text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
        self.inline = []
        text = _READING_TIME.sub("", text) if len(text) < _LINE else text
        if not text:
            return
        if self.in_term and not self.level:
            self.terms.append(text)
            return
        if self.terms and not (self.level or self.sign or self.lists):
            term = ", ".join(self.terms)
            text = f"{term} {text}" if term.endswith((":", "：", "?", "？", ".", "!")) else f"{term}: {text}"
            self.terms = []
        self._end_terms()
        if self.level:
            self.pen.heading(text, self.level)
        elif self.sign:
            self.pen.item(text, max(0, len(self.lists) - 1), self.sign)
            self.sign = ""
        elif self.lists:
            self.pen.item(text, len(self.lists), "")
        else:
            self.pen.paragraph(re.sub(r"\n{2,}", "\n\n", text))

    def _end_terms(self) -> None:
        """Terms of a list of definitions with no words of their own."""
        for term in self.terms:
            self.pen.paragraph(term)
        self.terms = []

    def _table(self, element: html.HtmlElement) -> bool:
        """A table of data is written as one; a table that only lays out the page is not."""
        grid = read_grid(element)
        if grid is None:
            return False
        self._flush()
        if grid.caption and grid.caption != self.pen.last:
            self.pen.paragraph(grid.caption)
        self.pen.table(grid.cells, shown=grid.shown)
        return True


_READING_TIME = re.compile(
    r"(?:^|\s*[·•|–-]\s*)(?:(?:reading time|lesezeit|temps de lecture)\s*:?\s*(?:ca\. ?)?\d{1,3}[\s-]*min\w*\.?"
    r"|\d{1,3}[\s-]*min\w*\.?[\s-]*(?:read(?:ing time)?|lesezeit|de lecture|de lectura|di lettura))\W*$",
    re.I | re.M,
)
"""How long a text takes to read: "· 3 min read"."""


def _spaces(text: str | None, *, pre: bool) -> str:
    """Words of the source; its line breaks are spaces."""
    if not text:
        return ""
    return (
        clean(text)
        if pre
        else re.sub(r"\s+", " ", re.sub(r"(?<=[一-鿿，。、])\s*\n\s*(?=[一-鿿])", "", text))
    )


def _inside(element: html.HtmlElement, other: html.HtmlElement) -> bool:
    return any(parent is other for parent in element.iterancestors())


def _shown_title(draft: Draft) -> str:
    """The heading or the short line that an article begins with, where its page names it by nothing."""
    first = draft.text.partition("\n")[0]
    is_line = (
        len(re.findall(r"\w+", first)) > 1
        and len(first) <= _LINE
        and not first.endswith((".", "。", ":", "："))
        and not first.isupper()
    )
    shown = draft.first_heading() or (first if is_line and "\t" not in first else "")
    return shown if is_title(shown) else ""


_LINE = 150


def _title(root: html.HtmlElement) -> str:
    h1 = find_single(root, "h1")
    return said_of(h1) if h1 is not None else ""


def _facts(root: html.HtmlElement) -> Facts:
    """What the page's head says of it."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key and element.get("content"):
            meta.setdefault(key, element.get("content", "").strip())
    linked = dict(_linked_data(root))
    said = next((meta[k] for k in _DATES if k in meta), linked.get("datePublished", ""))
    times = root.xpath(".//article//time/@datetime|.//time[@itemprop='datePublished']/@datetime")
    day, known = parse_day(said or (times[0] if times else ""))
    head = next((one_line(e.text_content()) for e in root.iter("title")), "")
    canonical = root.xpath(".//link[@rel='canonical']/@href")
    return Facts(
        title=next(
            filter(is_title, (meta.get("og:title", ""), linked.get("headline", ""), _title(root), head)), ""
        ),
        published=day,
        published_known=known,
        source=next((str(u) for u in [*canonical, meta.get("og:url", "")] if str(u).startswith("http")), ""),
        publisher=meta.get("og:site_name", ""),
        author=meta.get("author", "") or linked.get("author", ""),
        language=re.split(r"[-_]", root.get("lang") or "")[0].lower()[:3],
    )


_DATES = ("article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued",
          "dcterms.created", "parsely-pub-date", "sailthru.date", "citation_publication_date")  # fmt: skip


def _linked_data(root: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for script in root.xpath(".//script[@type='application/ld+json']"):
        try:
            said = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for entry in said if isinstance(said, list) else [said]:
            if isinstance(entry, dict):
                inner = entry.get("@graph", [entry])
                for node in inner if isinstance(inner, list) else [entry]:
                    if isinstance(node, dict):
                        author = node.get("author")
                        name = author.get("name") if isinstance(author, dict) else author
                        named = {**node, "author": name}
                        yield from (
                            (k, str(named[k]))
                            for k in ("headline", "datePublished", "author")
                            if isinstance(named.get(k), str)
                        )
