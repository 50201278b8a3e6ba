"""Lines and sections of a web page that lead away from its article: by what they say and where their links go."""

from __future__ import annotations

import re

from lxml import html

from index.reading.furniture import short_text, text_of, words_of

_LINE = re.compile(
    r"(?:filed under|posted (?:in|on|by)|tags?|tagged|categor(?:y|ies)|kategorien?|schlagw\S+|share this|be sociable|"
    r"(?:photo(?:graph)?|image|picture|foto|bild|titelbild|crédits? photos?|credits?|cover)\s*"
    r"(?:by|credit|von)?)\s*[:/©]"
    r"|posted (?:in|on|by)\b|filed under\b|advertisement$|-?\s*anzeige\s*-?$|werbung$|publicidad$|publicité$|"
    r"permalink\b|permalien\b|print(?: this)?(?: page| article)?$|drucken$|artikel drucken$|"
    r"©|\(?(?:foto|photo|crédito|bild)s?:|keine kommentare|no comments|\d+ (?:comments?|kommentare?)$|"
    r"continue reading\b|this entry was posted|der beitrag wurde am .{5,60} veröffentlicht|"
    r"(?:zurück (?:zu[rm]?|nach)|back to (?:the )?(?:top|list|overview|home|all|news|index)|retour à)\b|"
    r"all rights reserved|copyright\s*(?:©|\(c\)|(?:19|20)\d\d)|"
    r"alle rechte vorbehalten|materiał chroniony|to(?:us|dos los) d(?:roits|erechos) réserv|todos los derechos|"
    r"(?:bildnachweis|bildquelle|image credits?|photo credits?|photograph by|photo by|bild anzeigen)\b|"
    r"(?:\d+ |estimated )?(?:min(?:ute)?s?\.? read(?:ing time)?|reading time|lesezeit|temps de lecture)\b|"
    r"(?:möchten sie den|gefällt ihnen der|wie hat ihnen dieser|hat ihnen der) artikel|"
    r"(?:did you (?:like|enjoy)|was this|rate this|like this) (?:article|page|post|story|recipe)|valora esta noticia|"
    r"(?:externer inhalt|external content|empfohlener (?:redaktioneller|externer) inhalt)\b|"
    r"(?:nachfolge|vorgänger)beitrag|"
    r"(?:vorherige[sr]?|previous|précédent) *[|·/]? *(?:weiter|nächste[sr]?|next|suivant)$|"
    r".{0,40}\b(?:als pdf|as (?:a )?pdf)(?: herunterladen| öffnen| download)?$|"
    r"(?:previous|next|nächster|vorheriger) (?:post|article|story|beitrag|artikel)\b|"
    r"(?:beitragsbild|print version|druckansicht|imprimer cette page|artikel versenden)\b"
    r"|(?:subscribe|sign up|click here|follow us|join (?:us|our)|download (?:our|the)|"
    r"get (?:our|the) (?:app|newsletter))\b"
    r"|(?:le puede interesar|te puede interesar|puedes? ver|veja também|leia também|lea también|lee también|lee más|"
    r"schon gelesen|lesen sie auch|auch interessant|read also|see also|also read|read more|"
    r"keep reading|lire aussi|weiterlesen|mehr lesen|mehr erfahren|lire la suite|leer más|à lire aussi|"
    r"czytaj (?:też|także|więcej)|zobacz (?:też|także)|czytaj|leggi anche|mehr (?:zum thema|dazu))\s*(?:[:>»→…?]|$)"
    r"|标签[:：]|责任编辑[:：]|编辑[:：]",
    re.I,
)


def is_line(element: html.HtmlElement) -> bool:
    """A short line about the text or a picture, by its first words."""
    if element.tag not in ("p", "div", "span", "small", "li", "center", "strong", "em", "a", "font", "td"):
        return False
    return _LINE.match(short_text(element, 120)) is not None


_NOTICE = re.compile(
    r".{0,60}(?:\bwe use cookies|\b(?:this|our) (?:web ?|\w+ )?(?:site|page|blog) uses cookies|"
    r"\b(?:wir|seite|website) (?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)) (?:\w+ ){0,2}cookies|"
    r"utilis(?:e|ons) des cookies|(?:utiliza(?:mos)?|usa(?:mos)?) cookies|"
    r"korzystamy z (?:plików )?cookies|使用\s*cookie)|"
    r"(?:um (?:deine|ihre) persönlichen daten zu schützen|wir respektieren (?:deine|ihre) privatsphäre|"
    r"an dieser stelle (?:findest|finden) (?:du|sie)|"
    r"(?:für|durch) links auf dieser seite|"
    r"(?:this (?:post|article|page|site)|we) may (?:contain|earn|receive) .{0,40}(?:affiliate|commission)|"
    r"(?:abonnieren sie|jetzt|hier) .{0,60}newsletter|(?:sign up|subscribe) (?:for|to) .{0,60}newsletter|"
    r"(?:follow|folge|folgen sie|like) .{1,40} (?:on|auf|bei) "
    r"(?:twitter|facebook|instagram|telegram|whatsapp|linkedin|x)\b|"
    r"for (?:the latest|more) .{1,60}(?:download|subscribe|follow|sign up)|"
    r"if you (?:enjoyed|liked) (?:reading )?this|"
    r"(?:dieser|der) (?:gast)?beitrag gibt .{0,20}meinung|les (?:opinions|propos) exprimée?s|"
    r"(?:the )?(?:views|opinions) expressed\b|"
    r"bei fragen (?:und|oder) anregungen)",
    re.I,
)


def is_notice(element: html.HtmlElement) -> bool:
    """A paragraph on cookies, on what was blocked, or that asks to subscribe."""
    if element.tag not in ("p", "div", "span", "small", "li", "section"):
        return False
    return _NOTICE.match(short_text(element, 500)) is not None


def is_links(element: html.HtmlElement) -> bool:
    """A block that is nearly all links, and several: a menu, a list of other articles."""
    links = list(element.iter("a"))
    if element.tag in ("ul", "ol") and len(links) > 1 and all(map(_is_link, element.iter("li"))):
        return len(text_of(element)) < 3000
    if len(links) < 4:
        return False
    text = len(text_of(element))
    return text < 3000 and _linked(links) > 0.75 * max(1, text)


def _linked(links: list[html.HtmlElement]) -> int:
    """The letters of links, but of those that are an address in full: a note says with it where something is from."""
    return sum(len(text) for a in links if "://" not in (text := text_of(a)))


def is_contents(element: html.HtmlElement) -> bool:
    """A list of the page's own headings."""
    words = words_of(element)
    if element.tag in ("html", "body", "article", "main") or words.isdisjoint(
        ("toc", "tableofcontents", "contents")
    ):
        return False
    links = [a for a in element.iter("a") if "#" in a.get("href", "")]
    return len(links) > 1 and sum(len(text_of(a)) for a in links) > 0.5 * len(text_of(element))


def is_in_headed_row(element: html.HtmlElement) -> bool:
    """Whether an element stands in a row of a table that a cell heads: its links are what the row says ("Founders")."""
    for parent in element.iterancestors("tr", "table"):
        return parent.tag == "tr" and any(cell.tag == "th" for cell in parent) and len(parent) > 1
    return False


def _is_link(item: html.HtmlElement) -> bool:
    """Whether all that an item of a list says leads to another page."""
    away = [a for a in item.iter("a") if not (a.get("href") or "#").startswith("#")]
    return _linked(away) >= 0.9 * len(text_of(item))


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


def is_teasers(element: html.HtmlElement) -> bool:
    """A row of blocks of one kind, each with a title that leads to another page and few words more."""
    if element.tag not in ("div", "ul", "ol", "section", "dl"):
        return False
    blocks = [
        one for one in element if isinstance(one.tag, str) and one.tag not in ("br", "hr", "script", "style")
    ]
    if len(blocks) < 2 or len({(one.tag, one.get("class", "").split(" ")[0]) for one in blocks}) > 1:
        return False
    return sum(map(_is_teaser, blocks)) >= (_STREAM if len(blocks) > _MANY else 1.0) * len(blocks)


_MANY, _STREAM = 5, 0.8
"""So many blocks are a stream, in which advertisements may stand, too; the share of teasers in it."""


def _is_teaser(block: html.HtmlElement) -> bool:
    """Whether a block is a title that is a link, perhaps with a date and an excerpt."""
    text = short_text(block, 600)
    if not text:
        return False
    titles = [one for one in block.iter("h2", "h3", "h4", "h5", "h6", "strong") if text_of(one)]
    title = titles[0] if titles else None
    if title is None:
        return False
    return any(_leads(a) for a in title.iter("a")) or any(_leads(a) for a in title.iterancestors("a"))


def _leads(a: html.HtmlElement) -> bool:
    return not (a.get("href") or "#").startswith("#")


_OF_MANY = re.compile(r"\s*\d{1,3}\s*/\s*(\d{1,3})\b")


def is_gallery(element: html.HtmlElement) -> bool:
    """The captions of pictures that are shown one at a time: "1/50", "2/50", …"""
    if element.tag not in ("ul", "ol", "div", "section") or len(element) <= _MANY:
        return False
    begun = (next((text for text in one.itertext() if text.strip()), "") for one in element)
    counted = [found[1] for text in begun if (found := _OF_MANY.match(text))]
    return len(counted) > 0.8 * len(element) and len(set(counted)) == 1


_GO_ON = re.compile(
    r"(?:(?:read )?(?:the )?full (?:article|story|coverage|report)|read (?:more|on)|continue reading|weiterlesen"
    r"|mehr lesen|lire la suite|leer más|阅读全文|查看全文)\W*",
    re.I,
)


def find_cuttings(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The first words of other articles, each with a link to the whole: "Tata resumes operations. Full Article"."""
    found: list[html.HtmlElement] = []
    for element in root.iter("p", "li"):
        links = [a for a in element.iter("a") if text_of(a)]
        if not links or not _GO_ON.fullmatch(text_of(links[-1])) or not _leads(links[-1]):
            continue
        text = short_text(element, 500)
        if text.endswith(text_of(links[-1])) and text != text_of(links[-1]):
            found.append(element)
    return found


def leads_away(element: html.HtmlElement) -> bool:
    """A line that is one link to another page, or that says "read also"."""
    if element.tag not in ("p", "div", "h2", "h3", "h4", "h5"):
        return False
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    text = text_of(element)
    if not links or not text or len(text) > 200:
        return False
    linked = _linked(links)
    return linked > 0.9 * len(text) or (linked > 0.5 * len(text) and _SEE.match(text) is not None)


_SURE = re.compile(
    r"(?:(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested)|up next|"
    r"(?:related|recommended)(?: "
    r"(?:posts?|articles?|stories|news|contents?|topics|links|reading|coverage|products|videos|for you))?|"
    r"more (?:stories|news|articles|from)\b.*|(?:latest|recent) (?:news|articles|posts|stories|comments)|"
    r"most (?:read|popular).*|about the authors?|share this.*|leave a (?:comment|reply)|"
    r"weitere (?:artikel|meldungen|nachrichten|beiträge|themen|news).*|"
    r"(?:neueste|ähnliche|verwandte) (?:artikel|beiträge|meldungen|nachrichten|themen|news|produkte|posts)|"
    r"meistgelesen.*|das könnte (?:sie|dich|ihnen).*|auch interessant|passend dazu|"
    r"über (?:den autor|die autorin|die autoren)|fragen zu diesem artikel|"
    r"articles? (?:liés|similaires)|sur le même (?:sujet|thème)|vous aimerez aussi|à lire aussi|"
    r"(?:notas|noticias|artículos|notícias) relacionad[ao]s|relacionad[ao]s|te puede interesar|lee también|"
    r"polecamy|czytaj (?:też|także)|zobacz (?:też|także)|potrebbe interessarti.*|"
    r"(?:相关|推荐|热门|延伸)(?:阅读|文章|新闻|报道|推荐|链接|资讯))\W*)$",
    re.I,
)


def is_surely_over_others(element: html.HtmlElement) -> bool:
    """A heading that can only stand over what is no part of the article."""
    return _SURE.fullmatch(short_text(element, 60)) is not None


_NEWS = re.compile(r"(?:(?:latest|recent) news|(?:neueste|aktuelle) (?:news|meldungen|nachrichten))\W*", re.I)


def is_over_news(element: html.HtmlElement) -> bool:
    """A heading over other articles where links stand under it, and over news that are told here where none stand."""
    return _NEWS.fullmatch(short_text(element, 60)) is not None


def is_over_others(element: html.HtmlElement) -> bool:
    """A heading over what else there is to read, or what others said."""
    if element.tag not in ("h2", "h3", "h4", "h5", "h6", "strong", "div", "p", "span", "b"):
        return False
    text = short_text(element, 60)
    return not text.endswith((".", "。")) and (_ELSE.match(text) or _SURE.fullmatch(text)) is not None
