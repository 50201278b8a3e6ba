"""What on a web page is no part of its article, by the kind of thing that it is: named so by its page's author, a card
that leads to another page, a caption of a picture, a line about the text, a section of what else there is to read."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import html

_NAMES = frozenset({
    "nav", "navbar", "navi", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "footer", "sidebar",
    "cookie", "cookies", "consent", "gdpr", "share", "sharing", "shares", "social", "socials", "sociallinks", "related",
    "comments", "comment", "respond", "disqus", "advert", "advertisement", "adsbygoogle", "ads", "promo", "newsletter",
    "subscribe", "subscription", "popup", "modal", "pagination", "pager", "toolbar", "skip", "sponsored",
    "recommended", "recommendation", "recommendations", "recirculation", "masthead", "navbox", "editsection",
    "noprint", "outbrain", "taboola", "signup", "login", "paywall", "tags", "tagcloud", "backlinks", "teaser",
    "teasers", "bio", "authorbox", "alert", "offcanvas", "carousel", "printfooter", "imprint", "copyright",
    "jumplinks", "aside", "articleside", "ratings", "nextstory", "pluginbox", "interesting",
})  # fmt: skip
_LEADS = frozenset({"teaser", "teasers", "alert"})
"""What names as often the text's own first words: it goes only with a link in it."""
_BUTTONS = frozenset({"button", "btn", "cta"})
_NEVER = frozenset({
    "html", "body", "article", "main", "h1", "table", "tr", "td", "th", "tbody", "b", "strong", "em", "i", "figure",
    "figcaption", "time",
})  # fmt: skip
_REMARKS = frozenset(
    {"comments", "comment", "respond", "disqus", "footer", "cookie", "cookies", "consent", "offcanvas"}
)
_STARTS = re.compile(
    r"(?:related|cookie|comments|comment(?:list|form|box|area|section|wrap)|kommentare|nocomment|newsletter|sociable|saboxplugin|yarpp|akismet|jetpack|postmeta|"
    r"lnkrel|sitemap|affiliate|disclosure|appstore|nextread|breadcrumb|advert|disclaimer|taglist|taxonomy|"
    r"socialmedia|sharebar|addtoany|shariff|sharedaddy|authorinfo|authorbio|relcontent|footernote|toplink|zergnet)"
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
    )
)
_META = frozenset({"postmetadata", "postmeta", "metadata", "byline", "pubdate", "timestamp"})
_META_OF = {"post", "entry", "article", "meta", "author"}
_META_SAYS = {"meta", "date", "time", "datetime", "info", "author"}
_CAPTIONS = frozenset({
    "caption", "figcaption", "credit", "credits", "bildunterschrift", "imagedescription", "imagecaption", "photocredit",
    "subcaption",
})  # fmt: skip
_LABELLED = re.compile(
    r"\s*(?:fig(?:ure)?|charts?|graph|table|tabelle|abb(?:ildung)?|grafik|diagram|exhibit|map|图|表|図)[\s.:]*\d|\s*[图表図]",
    re.I,
)


def words_of(element: html.HtmlElement) -> frozenset[str]:
    """The words of an element's class and id."""
    return _split(f"{element.get('class', '')} {element.get('id', '')}")


@lru_cache(maxsize=4_096)
def _split(named: str) -> frozenset[str]:
    return frozenset(re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", named).lower()))


def is_remarks(element: html.HtmlElement) -> bool:
    """What goes however long it is: comments, a foot, a question about cookies."""
    return element.tag == "footer" or not _REMARKS.isdisjoint(words_of(element))


def is_furniture(element: html.HtmlElement) -> bool:
    """Whether an element by itself is no part of an article."""
    return (
        is_named(element) or is_meta(element) or is_caption(element) or is_card(element) or is_line(element)
    )


def is_other(element: html.HtmlElement) -> bool:
    """Other articles than this one."""
    return any(word.startswith(("related", "recommend", "teaser")) for word in words_of(element))


def is_named(element: html.HtmlElement) -> bool:
    """Whether a page's author named an element for what is no part of the text."""
    if element.tag in _NEVER:
        return False
    words = words_of(element)
    if element.tag == "p":
        return not words.isdisjoint(("akismet", "nocomments"))
    if not words.isdisjoint(_LEADS) and words.isdisjoint(_NAMES - _LEADS):
        return any(True for _ in element.iter("a"))
    if not words.isdisjoint(_BUTTONS) or {"sr", "only"} <= words or {"screen", "reader"} <= words:
        return bool(short_text(element, 80))
    classes = element.get("class", "").split()
    return (
        element.tag == "footer"
        or not words.isdisjoint(_NAMES)
        or ("widget" in classes and any(re.match(r"widget[_-]", one) for one in classes))
        or any(map(_STARTS.match, words))
        or any(words & a and words & b - (words & a) for a, b in _PAIRS)
    )


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
    """The words to a picture, but for those of a numbered figure or a table."""
    if element.tag in ("table", "caption", "figure", "td", "h1", "h2", "h3"):
        return False
    if element.tag != "figcaption" and (
        words_of(element).isdisjoint(_CAPTIONS) or any(True for _ in element.iter("table", "img"))
    ):
        return False
    figure = next(element.iterancestors("figure"), None)
    if figure is not None and any(True for _ in figure.iter("table")):
        return False
    text = short_text(element, 200)
    return bool(text) and not _LABELLED.match(text)


def is_card(element: html.HtmlElement) -> bool:
    """A link around blocks: a picture, a heading and some words that lead to another page."""
    if element.tag != "a" or (element.get("href") or "#").startswith("#"):
        return False
    return any(True for _ in element.iter("h2", "h3", "h4", "h5", "div", "p", "article", "section"))


_LINE = re.compile(
    r"(?:filed under|posted (?:in|on|by)|tags?|tagged|categor(?:y|ies)|kategorien?|schlagw\S+|share this|be sociable|"
    r"(?:photo(?:graph)?|image|picture|foto|bild|titelbild|crédits? photos?|credits?|cover)\s*"
    r"(?:by|credit|von)?)\s*[:/©]"
    r"|posted (?:in|on|by)\b|filed under\b|advertisement$|-?\s*anzeige\s*-?$|werbung$|publicidad$|publicité$|"
    r"permalink\b|permalien\b|print(?: this)?(?: page| article)?$|drucken$|artikel drucken$|"
    r"©|\(?(?:foto|photo|crédito|bild)s?:|keine kommentare|no comments|\d+ (?:comments?|kommentare?)$|"
    r"continue reading\b"
    r"|(?:subscribe|sign up|click here|follow us|join (?:us|our)|download (?:our|the)|"
    r"get (?:our|the) (?:app|newsletter))\b"
    r"|(?:le puede interesar|te puede interesar|puedes? ver|veja também|leia também|lea también|lee también|lee más|"
    r"schon gelesen|lesen sie auch|auch interessant|read also|see also|also read|read more|lire aussi|à lire aussi|"
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|czytaj|leggi anche|mehr (?:zum thema|dazu))\s*(?:[:>»→…?]|$)"
    r"|标签[:：]|责任编辑[:：]|编辑[:：]",
    re.I,
)


def is_line(element: html.HtmlElement) -> bool:
    """A short line about the text or a picture, by its first words."""
    if element.tag not in ("p", "div", "span", "small", "li", "center", "strong", "em"):
        return False
    return _LINE.match(short_text(element, 120)) is not None


def is_links(element: html.HtmlElement) -> bool:
    """A block that is nearly all links, and several: a menu, a list of other articles."""
    links = list(element.iter("a"))
    if element.tag in ("ul", "ol") and len(links) > 1 and all(map(_is_link, element.iter("li"))):
        return len(text_of(element)) < 3000
    if len(links) < 4:
        return False
    text = len(text_of(element))
    linked = sum(len(text_of(a)) for a in links)
    return text < 3000 and linked > 0.75 * max(1, text)


def _is_link(item: html.HtmlElement) -> bool:
    """Whether all that an item of a list says leads to another page."""
    away = [a for a in item.iter("a") if not (a.get("href") or "#").startswith("#")]
    return sum(len(text_of(a)) for a in away) >= 0.9 * len(text_of(item))


_SEE = re.compile(
    r"(?:read|see|watch) (?:also|more|next)|related|more on|lesen sie|lest auch|mehr (?:zum|dazu|infos)|weiterlesen|"
    r"siehe auch|lire aussi|à lire|lea también|lee también|te puede interesar|czytaj|zobacz|leggi anche|"
    r"延伸阅读|相关阅读|相关报道|推荐阅读|更多",
    re.I,
)
_ELSE = re.compile(
    r"(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested)|related|recommended|"
    r"more (?:from|on|in|stories|news|articles)|"
    r"read (?:more|next|also|further)|latest (?:news|articles|posts|stories)|most (?:read|popular)|popular|trending|"
    r"about the authors?|share (?:this|on)|explore further|further reading$|see also$|don't miss|up next|also on|"
    r"(?:leave a|post a|\d+|no)? ?(?:comments?|reply|responses?)\b|recent (?:posts|comments)|"
    r"weitere (?:artikel|themen|meldungen|nachrichten|beiträge|news|infos|informationen)|mehr (?:zum|von|aus|zu)|"
    r"das könnte (?:sie|dich|ihnen)|neueste|ähnliche|verwandte|aktuelle|meistgelesen|empfehlung|"
    r"lesen sie (?:auch|mehr)|"
    r"kommentare?$|kommentare? |\d+ (?:kommentare|antworten)|über den autor|über die autorin|teilen$|artikel teilen|"
    r"top themen|auch interessant|passend dazu|zum thema$|schlagw|newsletter|"
    r"articles? (?:liés|similaires)|sur le même (?:sujet|thème)|à lire|lire aussi|"
    r"(?:lea|lee) también|te (?:puede|recomend)|más (?:sobre|de|noticias|leíd)|noticias relacionadas|"
    r"czytaj|zobacz (?:też|także)|polecamy|najnowsze|przeczytaj|leggi anche|potrebbe interessarti|"
    r"相关|推荐|热门|延伸|最新|更多)",
    re.I,
)


def leads_away(element: html.HtmlElement) -> bool:
    """A line that is one link to another page, or that says "read also"."""
    if element.tag not in ("p", "div", "h2", "h3", "h4", "h5"):
        return False
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    text = text_of(element)
    if not links or not text or len(text) > 200:
        return False
    linked = sum(len(text_of(a)) for a in links)
    return linked > 0.9 * len(text) or (linked > 0.5 * len(text) and _SEE.match(text) is not None)


def is_over_others(element: html.HtmlElement) -> bool:
    """A heading over what else there is to read, or what others said."""
    if element.tag not in ("h2", "h3", "h4", "h5", "h6", "strong", "div", "p", "span", "b"):
        return False
    text = short_text(element, 60)
    return not text.endswith((".", "。")) and _ELSE.match(text) is not None


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
