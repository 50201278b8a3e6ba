"""The article of a web page: found by where its paragraphs are, without what surrounds and interrupts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from index.reading.furniture import (
    is_beside,
    is_furniture,
    is_in_words,
    is_meta,
    is_other,
    is_remarks,
    text_of,
    words_of,
)
from index.reading.others import (
    find_cuttings,
    is_contents,
    is_gallery,
    is_in_headed_row,
    is_line,
    is_links,
    is_notice,
    is_over_news,
    is_over_others,
    is_surely_over_others,
    is_teasers,
    leads_away,
)
from index.reading.unseen import drop_apart, find_elements

_HEADING = 60
"""Letters of a heading that may end an article without words under it and is taken out."""
_TITLES = {"head", "headline", "heading", "title", "subheadline", "subline", "header"}
_BODY = re.compile(r"article|entry|post|story|content|body|text|main|detail", re.I)
_PARAGRAPHS = {
    "p", "pre", "blockquote", "li", "td", "dd", "h2", "h3", "h4", "div", "section", "span", "article", "font",
}  # fmt: skip


def find_article(root: html.HtmlElement) -> tuple[html.HtmlElement, str]:
    """The element that holds the article, and the lines of who wrote it when; what is no part of it is taken out."""
    drop_apart(root)
    page = _Page(root)
    bylines: list[tuple[html.HtmlElement, str]] = []
    for element in find_elements(root):
        if is_meta(element):
            bylines += [(parent, text_of(element)) for parent in element.iterancestors()]
        if is_in_words(element):
            continue
        if is_furniture(element) or is_line(element) or is_notice(element):
            page.drop(element)
    for element in find_elements(root, "ul", "ol", "div", "section", "p", "dl", "h2", "h3", "h4", "h5"):
        if is_links(element) or is_contents(element) or leads_away(element) or is_teasers(element):
            if not is_in_headed_row(element):
                page.drop(element)
        elif is_gallery(element):
            page.drop(element, 0.9)
    page.drop_few(find_cuttings(root))
    for element in find_elements(root):
        if is_over_others(element):
            page.drop_section(element)
    article = page.article()
    _drop_last_headings(article)
    bylines += [(article, line) for line in _drop_before_title(article, page)]
    return article, "\n".join(line for parent, line in bylines if parent is article)


def _drop_before_title(article: html.HtmlElement, page: _Page) -> list[str]:
    """Takes out the lines over an article's title: where on the site it stands, and its day."""
    title = find_single(article, "h1")
    if title is None:
        return []
    lines: list[str] = []
    for parent in [title, *title.iterancestors()]:
        if parent is article:
            break
        for one in list(parent.itersiblings(preceding=True)):
            if (
                isinstance(one.tag, str)
                and page.sums.get(one, 0.0) <= 0
                and not re.fullmatch("h[2-6]|table", str(one.tag))
            ):
                lines.append(text_of(one))
                one.drop_tree()
    return lines


def _drop_last_headings(article: html.HtmlElement) -> None:
    """Takes out short headings at the end, with nothing under them."""
    for element in reversed(list(article.iter())):
        if element.getparent() is None or element is article or not isinstance(element.tag, str):
            continue
        text = text_of(element)
        if text and (len(text) > _HEADING or not _is_heading(element, text)):
            return
        if text and _is_followed(element, article):
            return
        if text:
            element.drop_tree()


def _is_heading(element: html.HtmlElement, text: str) -> bool:
    """A heading, what is named or marked as one, or a link."""
    if re.fullmatch("h[2-6]", str(element.tag)) or any(
        True for _ in element.iterancestors("h2", "h3", "h4", "h5", "h6")
    ):
        return True
    if not words_of(element).isdisjoint(_TITLES):
        return (element.tail or "").strip() == "" and _stands_alone(element, text)
    return text.endswith(":") and len(text.split()) < 6 and _stands_alone(element, text)


def _stands_alone(element: html.HtmlElement, text: str) -> bool:
    """Whether an element is all that its block says."""
    block = element if element.tag not in _INLINE and element.tag != "a" else element.getparent()
    return block is not None and text_of(block) == text and block.tag not in ("li", "td", "dd")


def _is_followed(element: html.HtmlElement, article: html.HtmlElement) -> bool:
    """Whether words of the article stand after an element."""
    while element is not article:
        if (element.tail or "").strip() or any(text_of(one) for one in element.itersiblings()):
            return True
        parent = element.getparent()
        if parent is None:
            return False
        element = parent
    return False


class _Page:
    """How much running text every element of a page holds."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.root = root
        self.sums: dict[html.HtmlElement, float] = {}
        for element in root.iter():
            weight = _weight(element)
            if weight:
                self._add(element, weight)
        self.total = self.sums.get(root, 0.0)

    def drop(self, element: html.HtmlElement, most: float = 0.0) -> None:
        """Takes an element out, unless it holds much of the page's text; comments go in any case but the whole."""
        if not most:
            most = 0.8 if is_remarks(element) else 0.5 if is_other(element) or is_beside(element) else 0.25
        weight = self.sums.get(element, 0.0)
        if weight > most * self.total or (self.total == 0 and len(element.text_content()) > 400):
            return
        self._add(element, -weight)
        element.drop_tree()

    def drop_few(self, elements: list[html.HtmlElement]) -> None:
        """Takes elements out, unless they are much of the page's text together."""
        if sum(self.sums.get(one, 0.0) for one in elements) < 0.25 * self.total:
            for element in elements:
                self.drop(element)

    def drop_section(self, heading: html.HtmlElement) -> None:
        """Takes out a heading and what stands under it, where that is little of the page's text or leads away."""
        block = heading
        while (
            (parent := block.getparent()) is not None
            and parent.tag not in ("body", "article", "main")
            and not _before(block)
        ):
            block = parent
        least = 0.4 if str(heading.tag).startswith("h") else 0.6
        if is_surely_over_others(heading) and self._is_late(heading):
            least = 0.0
        parts = [block, *_under(block, heading, least)]
        if is_over_news(heading) and not any(True for part in parts for _ in part.iter("a")):
            return
        if any(self.total and self.sums.get(part, 0.0) > 0.25 * self.total for part in parts):
            return
        if _linked(parts) < least and sum(len(text_of(part)) for part in parts) > len(text_of(heading)) + 5:
            return
        for part in (
            parts if len(parts) > 1 or block is not heading or not _is_followed(block, self.root) else ()
        ):
            if part.getparent() is not None:
                self.drop(part)

    def _is_late(self, heading: html.HtmlElement) -> bool:
        """Whether most of the page's running text stands before an element."""
        before = 0.0
        for parent in [heading, *heading.iterancestors()]:
            before += sum(self.sums.get(one, 0.0) for one in parent.itersiblings(preceding=True))
        return before > 0.6 * self.total

    def article(self) -> html.HtmlElement:
        """The element with all but a little of the text; what stands in it beside the core and says nothing is taken
        out."""
        found = self._descend(next(self.root.iter("body"), self.root), 0.9, 0.95)
        core = self._descend(found, 0.6, 0.8)
        for parent in found.iterancestors("article", "main"):
            if self.sums.get(parent, 0.0) <= 1.1 * self.sums.get(found, 0.0):
                found = parent
                break
        for parent in list(core.iterancestors()) if core is not found else []:
            for sibling in list(parent):
                if sibling is not core and isinstance(sibling.tag, str) and self._says_nothing(sibling):
                    sibling.drop_tree()
            core = parent
            if core is found:
                break
        return found

    def _says_nothing(self, element: html.HtmlElement) -> bool:
        """No running text, or mostly links."""
        if element.tag in ("h1", "h2", "p", "time", "figure", "table", "br", "hgroup") or list(
            element.iter("h1")
        ):
            return False
        if element.tag in ("tbody", "tr", "td") and _heads_or_tells(element):
            return False
        text = len(" ".join(element.text_content().split()))
        linked = sum(len(" ".join(a.text_content().split())) for a in element.iter("a"))
        return self.sums.get(element, 0.0) <= 0 or linked > 0.5 * text

    def _descend(self, element: html.HtmlElement, named: float, other: float) -> html.HtmlElement:
        while (child := self._heaviest(element, named, other)) is not None:
            element = child
        return element

    def _heaviest(self, element: html.HtmlElement, least: float, other: float) -> html.HtmlElement | None:
        own = self.sums.get(element, 0.0)
        children = [
            c
            for c in element
            if isinstance(c.tag, str)
            and c.tag not in ("p", "ul", "ol", "dl")
            and (c.tag != "table" or _lays_out(c))
        ]
        best = max(children, key=lambda child: self.sums.get(child, 0.0), default=None)
        if best is None or own == 0 or (best.tag == "tr" and any(map(_heads_or_tells, _beside(best)))):
            return None
        named = best.tag in ("article", "main") or _BODY.search(
            f"{best.get('class', '')} {best.get('id', '')}"
        )
        return best if self.sums.get(best, 0.0) > (least if named else other) * own else None

    def _add(self, element: html.HtmlElement, weight: float) -> None:
        self.sums[element] = self.sums.get(element, 0.0) + weight
        for parent in element.iterancestors():
            self.sums[parent] = self.sums.get(parent, 0.0) + weight


def _weight(element: html.HtmlElement) -> float:
    """The length of an element's own running text: not in links, not a few words."""
    if element.tag == "table":
        rows = sum(1 for _ in element.iter("tr"))
        return 0.3 * len(text_of(element)) if rows > 3 and not _lays_out(element) else 0.0
    if element.tag not in _PARAGRAPHS:
        return 0.0
    own = [element.text or ""]
    for child in element:
        own.append(child.tail or "")
        if child.tag in _INLINE:
            own.append(child.text_content())
    text = " ".join(" ".join(own).split())
    length = len(text) + 1.5 * len(re.findall("[一-鿿]", text))
    return length if length > (25 if element.tag in ("p", "li", "td", "blockquote") else 80) else 0.0


def _lays_out(table: html.HtmlElement) -> bool:
    """Whether a table only says where on the page things stand: it says so, or holds other tables."""
    return table.get("role") in ("presentation", "none") or any(
        one is not table for one in table.iter("table")
    )


def _heads_or_tells(element: html.HtmlElement) -> bool:
    """Whether a part of a table that lays out a page has a heading in it, or a table of its own."""
    return any(True for _ in element.iter("h2", "h3", "table"))


def _beside(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [*row.itersiblings(), *row.itersiblings(preceding=True)]


_INLINE = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "span",
    "sub",
    "sup",
    "font",
    "mark",
    "small",
    "abbr",
    "cite",
    "q",
    "code",
}


def _before(block: html.HtmlElement) -> bool:
    """Whether words stand before an element in its parent."""
    parent = block.getparent()
    if parent is None or (parent.text or "").strip():
        return True
    return any(
        text_of(one) or (one.tail or "").strip()
        for one in block.itersiblings(preceding=True)
        if isinstance(one.tag, str)
    )


def _under(block: html.HtmlElement, heading: html.HtmlElement, least: float) -> list[html.HtmlElement]:
    """The siblings after a heading that lead away, up to the next heading of its kind."""
    found: list[html.HtmlElement] = []
    for one in block.itersiblings():
        if one.tag in ("h1", "h2", heading.tag) or (text_of(one) and _linked([one]) < least):
            break
        found.append(one)
    return found


def _linked(parts: list[html.HtmlElement]) -> float:
    """The share of words that are links."""
    linked = sum(len(text_of(a)) for part in parts for a in part.iter("a"))
    return linked / max(1, sum(len(text_of(part)) for part in parts))


def find_single(root: html.HtmlElement, tag: str) -> html.HtmlElement | None:
    """The only element of its kind on a page; None where there are none or several."""
    found = _first_two(root.iter(tag))
    return found[0] if len(found) == 1 else None


def _first_two(elements: Iterator[html.HtmlElement]) -> list[html.HtmlElement]:
    return [element for element, _ in zip(elements, range(2), strict=False)]
