"""The article of a web page: found by where its paragraphs are, without what surrounds and interrupts it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

DROPPED = {
    "script", "style", "template", "iframe", "svg", "canvas", "object", "embed", "button", "select", "input",
    "textarea", "nav", "aside", "audio", "video", "map", "dialog", "head", "math",
}  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "alertdialog"}
_FURNITURE = frozenset({
    "nav", "navbar", "navi", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "footer", "sidebar",
    "cookie", "cookies", "consent", "gdpr", "share", "sharing", "shares", "social", "socials", "sociallinks", "related",
    "comments", "comment", "respond", "disqus", "advert", "advertisement", "adsbygoogle", "ads", "promo", "newsletter",
    "subscribe", "subscription", "popup", "modal", "pagination", "pager", "toolbar", "skip", "sponsored",
    "recommended", "recommendation", "recommendations", "recirculation", "masthead", "navbox", "editsection",
    "noprint", "outbrain", "taboola", "signup", "login", "paywall", "tags", "tagcloud", "backlinks", "teaser",
    "teasers", "bio", "authorbox", "alert", "offcanvas", "carousel", "printfooter", "imprint", "copyright",
    "jumplinks",
})  # fmt: skip
_REMARKS = frozenset(
    {"comments", "comment", "respond", "disqus", "footer", "cookie", "cookies", "consent", "offcanvas"}
)
_BODY = re.compile(r"article|entry|post|story|content|body|text|main|detail", re.I)
_PARAGRAPHS = {
    "p",
    "pre",
    "blockquote",
    "li",
    "td",
    "dd",
    "h2",
    "h3",
    "h4",
    "div",
    "section",
    "span",
    "article",
    "font",
}


def find_article(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the article; what is no part of it is taken out of the tree."""
    _drop_hidden(root)
    page = _Page(root)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.getparent() is not None and _is_furniture(element):
            page.drop(element)
    for element in list(root.iter("ul", "ol", "div", "section", "p", "dl", "h2", "h3", "h4", "h5")):
        if element.getparent() is not None and (_is_links(element) or _leads_away(element)):
            page.drop(element)
    return page.article()


def drop_unseen(root: html.HtmlElement) -> None:
    """Takes out what a browser does not show as text."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag in DROPPED and element.getparent() is not None:
            element.drop_tree()


def _drop_hidden(root: html.HtmlElement) -> None:
    """Takes out what is marked as no part of the page's text, unless it holds most of it."""
    paragraphs = sum(1 for _ in root.iter("p"))
    whole = len(root.text_content())
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body") or element.getparent() is None:
            continue
        apart = element.tag in DROPPED or element.get("role") in _ROLES or _is_frame(element)
        if not apart and element.tag in ("noscript", "form"):
            apart = sum(1 for _ in element.iter("p")) < 0.5 * paragraphs
        if not apart and _is_hidden(element):
            apart = len(element.text_content()) < 0.5 * whole
        if apart:
            element.drop_tree()


def _is_frame(element: html.HtmlElement) -> bool:
    """The page's header or a footer, where it does not hold the title."""
    if element.tag not in ("header", "footer") or list(element.iter("h1")):
        return False
    return element.tag == "footer" or not any(True for _ in element.iterancestors("article", "main"))


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style", "")))


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

    def drop(self, element: html.HtmlElement) -> None:
        """Takes an element out, unless it holds much of the page's text; comments go in any case but the whole."""
        most = 0.8 if not _REMARKS.isdisjoint(_words(element)) or element.tag == "footer" else 0.25
        weight = self.sums.get(element, 0.0)
        if weight > most * self.total or (self.total == 0 and len(element.text_content()) > 400):
            return
        self._add(element, -weight)
        element.drop_tree()

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
            c for c in element if isinstance(c.tag, str) and c.tag not in ("p", "ul", "ol", "table", "dl")
        ]
        best = max(children, key=lambda child: self.sums.get(child, 0.0), default=None)
        if best is None or own == 0:
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
        return (
            0.3 * len(" ".join(element.text_content().split())) if len(list(element.iter("tr"))) > 3 else 0.0
        )
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


def _words(element: html.HtmlElement) -> set[str]:
    named = f"{element.get('class', '')} {element.get('id', '')}"
    return set(re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", named).lower()))


def _is_furniture(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body", "article", "main", "h1", "table", "tr", "td", "th", "tbody"):
        return False
    if element.tag in ("p", "b", "strong", "em", "i", "time", "figure", "figcaption"):
        return False
    words = _words(element)
    if not words.isdisjoint(("teaser", "teasers", "alert")) and words.isdisjoint(
        _FURNITURE - {"teaser", "teasers", "alert"}
    ):
        return any(True for _ in element.iter("a"))
    return element.tag == "footer" or not _FURNITURE.isdisjoint(words)


def _is_links(element: html.HtmlElement) -> bool:
    """A block that is nearly all links, and several: a menu, a list of other articles."""
    links = list(element.iter("a"))
    if len(links) < 4:
        return False
    text = len(" ".join(element.text_content().split()))
    linked = sum(len(" ".join(a.text_content().split())) for a in links)
    return text < 3000 and linked > 0.75 * max(1, text)


_SEE = re.compile(
    r"(?:read|see|watch) (?:also|more|next)|related|more on|lesen sie|lest auch|mehr (?:zum|dazu|infos)|weiterlesen|"
    r"siehe auch|lire aussi|à lire|lea también|lee también|te puede interesar|czytaj|zobacz|leggi anche|"
    r"延伸阅读|相关阅读|相关报道|推荐阅读|更多",
    re.I,
)


def _leads_away(element: html.HtmlElement) -> bool:
    """A line that is one link to another page, or that says "read also"."""
    if element.tag not in ("p", "div", "h2", "h3", "h4", "h5"):
        return False
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    text = " ".join(element.text_content().split())
    if not links or not text or len(text) > 200:
        return False
    linked = sum(len(" ".join(a.text_content().split())) for a in links)
    return linked > 0.9 * len(text) or (linked > 0.5 * len(text) and _SEE.match(text) is not None)


def find_single(root: html.HtmlElement, tag: str) -> html.HtmlElement | None:
    """The only element of its kind on a page; None where there are none or several."""
    found = _first_two(root.iter(tag))
    return found[0] if len(found) == 1 else None


def _first_two(elements: Iterator[html.HtmlElement]) -> list[html.HtmlElement]:
    return [element for element, _ in zip(elements, range(2), strict=False)]
