"""What a web page holds beside its text by its mark-up alone: code, navigation, frames, forms, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from index.reading.furniture import is_consent, text_of

DROPPED = {
    "script", "style", "template", "iframe", "svg", "canvas", "object", "embed", "button", "select", "input",
    "textarea", "nav", "aside", "audio", "video", "map", "dialog", "head", "math",
}  # fmt: skip
_LAYOUT = {"nav", "aside", "dialog"}
_FRAMES = {*_LAYOUT, "noscript", "form"}
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", "alertdialog"}


def drop_unseen(root: html.HtmlElement) -> None:
    """Takes out what a browser does not show as text."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element.tag in DROPPED and element.getparent() is not None:
            element.drop_tree()


def drop_apart(root: html.HtmlElement) -> None:
    """Takes out what is marked as no part of the page's text, unless it holds most of it."""
    for element in find_elements(root):
        if element.tag in DROPPED - _LAYOUT or is_consent(element):
            element.drop_tree()
    paragraphs = sum(1 for _ in root.iter("p"))
    whole = len(root.text_content())
    for element in find_elements(root):
        if _is_layout(element) and not _holds_most(element, paragraphs, whole):
            element.drop_tree()
    hidden = [element for element in find_elements(root) if _is_hidden(element)]
    if _running(*hidden) < 0.7 * _running(root):
        for element in hidden:
            if element.getparent() is not None:
                element.drop_tree()


def find_elements(root: html.HtmlElement, *tags: str) -> Iterator[html.HtmlElement]:
    """The elements in reading order that are still there when their turn comes."""
    for element in list(root.iter(*tags)):
        if isinstance(element.tag, str) and element.getparent() is not None:
            yield element


def _is_layout(element: html.HtmlElement) -> bool:
    """What stands beside, over or under a text, or is filled in."""
    if element.tag in ("html", "body"):
        return False
    return element.tag in _FRAMES or element.get("role") in _ROLES or _is_frame(element)


def _running(*elements: html.HtmlElement) -> int:
    """The letters in paragraphs."""
    return 1 + sum(
        len(text_of(one)) for one in dict.fromkeys(p for element in elements for p in element.iter("p"))
    )


def _holds_most(element: html.HtmlElement, paragraphs: int, whole: int) -> bool:
    """Whether an element holds so much of the page that its name can't be meant."""
    if element.tag == "aside" and _is_beside_article(element):
        return False
    inside = sum(1 for _ in element.iter("p"))
    if paragraphs > 3:
        return inside >= 0.5 * paragraphs
    return len(element.text_content()) > 0.6 * whole and whole > 1000


def _is_beside_article(element: html.HtmlElement) -> bool:
    """Whether an article stands outside an element: a sidebar may be longer than it."""
    around = {element, *element.iterancestors()}
    return any(
        sum(len(text_of(p)) for p in article.iter("p")) > _ARTICLE
        for article in element.getroottree().getroot().iter("article")
        if article not in around and element not in article.iterancestors()
    )


_ARTICLE = 500
"""Letters in the paragraphs of what is an article, and no card."""


def _is_frame(element: html.HtmlElement) -> bool:
    """The page's header or a footer, where it does not hold the title."""
    if element.tag not in ("header", "footer") or list(element.iter("h1")):
        return False
    return element.tag == "footer" or not any(True for _ in element.iterancestors("article", "main"))


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    if element.get("hidden") is not None and element.get("hidden") != "until-found":
        return True
    return bool(re.search(r"display\s*:\s*none|visibility\s*:\s*hidden", element.get("style", "")))
