"""What on a web page is no part of its article, by the kind of thing that it is: named so by its page's author, a card
that leads to another page, a caption of a picture, a line about the text, a section of what else there is to read."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import html

_NAMES = frozenset({
    "nav", "navbar", "navi", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "footer", "sidebar",
    "cookie", "cookies", "consent", "gdpr", "share", "sharing", "shares", "social", "socials", "sociallinks", "related",
    "comments", "comment", "respond", "replies", "disqus", "advert", "advertisement", "adsbygoogle", "ads", "promo",
    "newsletter",
    "subscribe", "subscription", "popup", "modal", "pagination", "pager", "toolbar", "skip", "sponsored",
    "recommended", "recommendation", "recommendations", "recirculation", "masthead", "navbox", "editsection",
    "outbrain", "taboola", "signup", "login", "paywall", "tags", "tagcloud", "backlinks", "teaser",
    "teasers", "bio", "authorbox", "alert", "offcanvas", "carousel", "printfooter", "imprint", "copyright",
    "jumplinks", "crumbs", "licence", "donate", "donation", "donations", "noprint", "notforprint", "rightcolumn",
    "leftcolumn",
    "visuallyhidden", "shortlink", "permalink", "tellafriend", "feedback",
    "aside", "articleside", "ratings", "nextstory", "pluginbox", "interesting", "hatnote",
})  # fmt: skip
_LEADS = frozenset({"teaser", "teasers", "alert"})
"""What names as often the text's own first words: it goes only with a link in it."""
_BUTTONS = frozenset({"button", "btn", "cta"})
_NEVER = frozenset({
    "html", "body", "article", "main", "h1", "table", "tr", "td", "th", "tbody", "b", "strong", "em", "i", "figure",
    "figcaption", "time",
})  # fmt: skip
_REMARKS = frozenset(
    {
        "comments",
        "comment",
        "respond",
        "replies",
        "disqus",
        "footer",
        "cookie",
        "cookies",
        "consent",
        "offcanvas",
    }
)
_STARTS = re.compile(
    r"(?:related|cookie|comments|comment(?:list|form|box|area|section|wrap)|kommentare|nocomment|newsletter|sociable|saboxplugin|yarpp|akismet|jetpack|postmeta|"
    r"lnkrel|sitemap|affiliate|disclosure|appstore|nextread|breadcrumb|advert|disclaimer|taglist|taxonomy|"
    r"socialmedia|sharebar|crumb|licen[cs]einfo|spende|donat|newsrate|addtoany|shariff|sharedaddy|authorinfo|authorbio|relcontent|footernote|toplink|zergnet)"
)
_PAIRS = tuple(
    (set(first.split()), set(second.split()))
    for first, second in (
        ("author authors autor", "box card bio info description desc container about profile"),
        ("tag category cat", "list links"),
        ("read view more see", "also more next further from articles"),
        ("more", "info infos news stories posts"),
        ("ad ads", "unit wrapper container slot content block"),
        ("app", "section store stores download"),
        ("recipe product similar", "slider"),
        ("footer", "widget meta color"),
        ("embed", "placeholder preview twitter"),
        ("no hide hidden not d", "print"),
        ("visually", "hidden"),
        ("news article post page", "rate rating vote"),
        ("entry post", "utility"),
        ("contact kontakt", "form formular"),
    )
)
_META = frozenset({"postmetadata", "postmeta", "metadata", "byline", "pubdate", "timestamp"})
_META_OF = {"post", "entry", "article", "meta", "author"}
_META_SAYS = {"meta", "date", "time", "datetime", "info", "author"}
_CAPTIONS = frozenset({
    "caption", "figcaption", "credit", "credits", "bildunterschrift", "imagedescription", "imagecaption", "photocredit",
    "subcaption",
})  # fmt: skip
_PICTURE = {"img", "image", "bild", "foto", "photo", "picture"}
_SAYS = {"description", "source", "author", "credit", "legend", "copyright", "owner", "nachweis", "quelle"}
_LABELLED = re.compile(
    r"\s*(?:fig(?:ure)?|charts?|graph|table|tabelle|abb(?:ildung)?|grafik|diagram|exhibit|map|图|表|図)[\s.:]*\d|\s*[图表図]",
    re.I,
)


_EXPLAINED = re.compile(r"\b(?:notes?|remarks?|anmerkung(?:en)?|hinweis) ?: ?\w|注[:：]", re.I)


def words_of(element: html.HtmlElement) -> frozenset[str]:
    """The words of an element's class and id."""
    named = element.get("class", "")
    if "hentry" in named or "status-publish" in named:
        named = re.sub(r"\b(?:category|tag)-\S+", "", named)
    return _split(f"{named} {element.get('id', '')}")


@lru_cache(maxsize=4_096)
def _split(named: str) -> frozenset[str]:
    words = re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", named).lower())
    return frozenset(words) | {word.rstrip("0123456789") for word in words if len(word) > 3}


def is_remarks(element: html.HtmlElement) -> bool:
    """What goes however long it is: comments, a foot, a question about cookies."""
    return element.tag == "footer" or not _REMARKS.isdisjoint(words_of(element))


def is_furniture(element: html.HtmlElement) -> bool:
    """Whether an element by itself is no part of an article."""
    return (
        is_named(element)
        or is_marked(element)
        or is_meta(element)
        or is_caption(element)
        or is_card(element)
        or is_embed(element)
    )


_PARTS = re.compile(
    r"BreadcrumbList|SiteNavigationElement|WPFooter|WPSideBar|WPHeader|UserComments|/Comment$"
)


def is_marked(element: html.HtmlElement) -> bool:
    """Whether a page says in its vocabulary for machines that an element is no part of the text."""
    return element.get("data-nosnippet") is not None or _PARTS.search(element.get("itemtype", "")) is not None


def is_other(element: html.HtmlElement) -> bool:
    """Other articles than this one."""
    return any(word.startswith(("related", "recommend", "teaser")) for word in words_of(element))


def is_beside(element: html.HtmlElement) -> bool:
    """A side of the page with no title in it."""
    named = words_of(element).isdisjoint(("sidebar", "navigation"))
    return not named and not any(True for _ in element.iter("h1", "main", "article"))


def is_named(element: html.HtmlElement) -> bool:
    """Whether a page's author named an element for what is no part of the text."""
    if element.tag in _NEVER:
        return False
    words = words_of(element)
    if element.tag == "p":
        return not words.isdisjoint(("akismet", "nocomments"))
    if not words.isdisjoint(_LEADS) and words.isdisjoint(_NAMES - _LEADS):
        return any(True for _ in element.iter("a"))
    if "paywall" in words and not short_text(element, 500):
        return False
    if not words.isdisjoint(_BUTTONS) or {"sr", "only"} <= words or {"screen", "reader"} <= words:
        return bool(short_text(element, 400 if "cta" in words else 80))
    classes = element.get("class", "").split()
    return (
        element.tag == "footer"
        or not words.isdisjoint(_NAMES)
        or ("widget" in classes and any(re.match(r"widget[_-]", one) for one in classes))
        or any(map(_STARTS.match, words))
        or any(words & a and words & b - (words & a) for a, b in _PAIRS)
    )


_RUNNING = 200
"""Letters beside its links of a paragraph that is a text."""


_SENTENCE = 4
"""Words on both sides of a link that is a sentence of its paragraph."""


def _is_said(element: html.HtmlElement, paragraph: html.HtmlElement, before: str, after: str) -> bool:
    """Whether whole sentences within a paragraph are a link: between others of it, or with a note that opens here."""
    if min(len(before.split()), len(after.split())) >= _SENTENCE:
        return True
    own = [paragraph.text or "", *(one.tail or "" for one in paragraph)]
    stays = (element.get("href") or "").startswith(("#", "javascript:"))
    return element.tag == "a" and stays and sum(len(text.split()) for text in own) >= _SENTENCE


def is_in_words(element: html.HtmlElement) -> bool:
    """A link or words in other letters within a running paragraph, or with words of their sentence around them."""
    parent = element.getparent()
    if element.tag not in ("a", "strong", "em", "b", "i") or parent is None:
        return False
    if (
        parent.tag == "p"
        and sum(map(len, (parent.text or "", *(one.tail or "" for one in parent)))) > _RUNNING
    ):
        return True
    last = element.getprevious()
    before, after = (parent.text if last is None else last.tail) or "", element.tail or ""
    if parent.tag == "p" and _is_said(element, parent, before, after):
        return True
    if before.strip():
        return bool(
            re.search(r"\w[,;(“\"'‘-]?\s*$", before) and re.match(r"\s*(?:[,;.!?)]|\W{0,3}\w)", after)
        )
    return last is None and len(after.split()) > 3


def is_meta(element: html.HtmlElement) -> bool:
    """A line of who wrote the text and when."""
    if element.tag not in ("div", "p", "span", "time", "ul", "li", "small", "address"):
        return False
    words = words_of(element)
    said = len(words & (_META_OF | _META_SAYS)) > 1 and words & _META_OF and words & _META_SAYS
    if element.tag != "time" and words.isdisjoint(_META) and not said:
        return False
    return bool(short_text(element, 160))


def is_caption(element: html.HtmlElement) -> bool:
    """The words to a picture, but for those of a numbered figure or a table and those with a note on what is drawn."""
    if element.tag in ("table", "caption", "figure", "td", "h1", "h2", "h3"):
        return False
    words = words_of(element)
    named = words & _CAPTIONS or (words & _PICTURE and words & _SAYS)
    if element.tag != "figcaption" and (not named or any(True for _ in element.iter("table"))):
        return False
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and any(True for _ in figure.iter("table")):
        return False
    text = short_text(element, 200)
    return bool(text) and not _LABELLED.match(text) and not _EXPLAINED.search(text)


_EMBEDS = frozenset({"fb-post", "fb-video"})


_CONSENT = frozenset(
    {"cookie", "cookies", "consent", "gdpr", "dsgvo", "cookiebot", "onetrust", "usercentrics", "borlabs"}
)


def is_consent(element: html.HtmlElement) -> bool:
    """What asks for consent to cookies, however much it says of them."""
    if element.tag in ("html", "body", "main", "article", "h1") or _CONSENT.isdisjoint(words_of(element)):
        return False
    if any(True for _ in element.iter("h1", "main", "article")):
        return False
    return len(re.findall(r"cookie|consent|privacy|datenschutz|dsgvo|gdpr", element.text_content(), re.I)) > 4


def is_embed(element: html.HtmlElement) -> bool:
    """What another site shows within the page, and the words that a player lays over a picture."""
    if not _EMBEDS.isdisjoint(element.get("class", "").split()):
        return True
    return (
        element.tag in ("div", "span")
        and any(True for _ in element.iterancestors("figure"))
        and not any(
            True
            for _ in element.iter(
                "figcaption", "table", "blockquote", "pre", "code", "p", "li", "h2", "h3", "h4"
            )
        )
        and bool(short_text(element, 120))
    )


def is_card(element: html.HtmlElement) -> bool:
    """A link around blocks: a picture, a heading and some words that lead to another page."""
    if element.tag != "a" or (element.get("href") or "#").startswith("#"):
        return False
    return any(True for _ in element.iter("h2", "h3", "h4", "h5", "div", "p", "article", "section"))


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def short_text(element: html.HtmlElement, most: int) -> str:
    """The words of an element; "" of one that has more letters than `most`, without reading all of them."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        words = part.split()
        if words:
            parts += words
            length += len(part.strip()) + 1
            if length > most + 1:
                return ""
    return " ".join(parts)
