"""What on a web page is no part of its article: a page with one thing in it that stays or goes."""

from __future__ import annotations

from datetime import date

import pytest

from index.reading.html import draft_page

BEFORE = (
    "<p>In October the market for electric cars grew again, as it had in every month of the year before.</p>"
)
AFTER = (
    "<p>The association expects that the growth goes on, if more slowly, until the end of the next year.</p>"
)
GOES = [
    '<figure><img src="a.png"><figcaption>A car, seen from the side</figcaption></figure>',
    '<div class="wp-caption"><p class="wp-caption-text">A car, seen from the side</p></div>',
    '<div class="photo-credit">A car / Agency</div>',
    '<p class="byline">By A car lover</p>',
    '<div class="entry-meta">A car lover on Monday</div>',
    '<div class="author-box"><p>A car lover writes about cars since 1998.</p></div>',
    '<div class="relatedPosts"><p>A car that flies: what came of the plans of two years ago, and why.</p></div>',
    '<a href="/other"><h3>A car that flies</h3><p>What came of the plans.</p></a>',
    '<ul><li><a href="/a">A car that flies</a></li><li><a href="/b">A boat that drives</a></li></ul>',
    "<h3>You might also like</h3><div><a href='/a'>A car that flies</a> <a href='/b'>A boat</a></div>",
    "<h4>Mehr zum Thema</h4><p><a href='/a'>A car that flies and drives and swims</a> (2021)</p>",
    "<p>Photo: A car / Agency</p>",
    "<p>Subscribe now to read of A car a day.</p>",
    '<div class="widget widget_text"><p>A car a day: the calendar of our house, now at half of its price.</p></div>',
    '<span class="sr-only">A car opens</span>',
    '<a class="btn" href="#">A car for me</a>',
    '<section class="cookieconsent"><p>A car site needs cookies to work as you expect that it works.</p></section>',
    "<p>This website uses cookies so that A car can be shown to you.</p>",
    "<div><span>Wir verwenden Cookies, damit Sie A car finden.</span></div>",
    '<p data-nosnippet="">A car in your inbox</p>',
    '<div itemscope itemtype="https://schema.org/BreadcrumbList">Home, A car</div>',
    '<div class="d-print-none"><p>A car to print</p></div>',
    '<div class="teaser3"><p><a href="/a">A car</a> that flies</p></div>',
    '<div class="img_description">A car, seen from the side</div>',
    '<figure><img src="a.png"><div class="overlay"><span>A car in motion</span></div></figure>',
    '<div class="list-a"><div class="x"><h3><a href="/a">A car that flies</a></h3><p>It was shown '
    'on Monday, and fell.</p></div><div class="x"><h3><a href="/b">A boat</a></h3><p>It sank.</p></div></div>',
    '<div class="toc"><p>Contents</p><a href="#a">A car</a> <a href="#b">A boat</a></div>',
    "<p>This entry was posted in A car talk on Monday.</p>",
    "<p>Follow the A car show on Twitter and be the first to hear of it.</p>",
    "<p>5 min read: A car</p>",
    "<p>© A car / Agency. All rights reserved.</p>",
    '<section class="paywall"><p>Subscribe, and A car is yours to read.</p></section>',
    '<section class="js_replies"><article class="reply"><p>A car like this I drove for years.</p></article></section>',
    '<div role="note" class="hatnote">Main article: <a href="/c">A car</a></div>',
    '<p>Share: <a class="share" href="/f">A car</a> | <a class="share" href="/t">A boat</a></p>',
]
STAYS = [
    '<p>[7] <a href="https://example.org/about-cars">https://example.org/A car</a> '
    '<a href="https://example.org/boats">https://example.org/a-boat</a></p>',
    '<p>It was late. <a class="popup" href="#n">A car was all that they could see of it.</a> Then it rained.</p>',
    '<p>It was late in the day when they came. <a class="related" href="/n">A car was all that they could see '
    "of it.</a> Then it rained until the night.</p>",
    "<figure><img src='a.png'><figcaption>Figure 2: A car's price by year</figcaption></figure>",
    "<figure><table><tr><td>A car</td><td>1</td></tr><tr><td>Two</td><td>2</td></tr></table>"
    "<figcaption>A car's price</figcaption></figure>",
    "<p class='lead'>A car was sold every minute.</p>",
    "<div class='commentary'><p>A car is more than a computer on wheels, whatever its maker says of it.</p></div>",
    "<ul><li>A car, <a href='/a'>as said</a>, costs more</li><li>A <a href='/b'>boat</a> costs less</li></ul>",
    "<h3>Related costs</h3><p>A car costs more than its price, as tax and insurance are paid every year.</p>",
    "<p>Read more than once: A car that was <a href='/a'>announced</a> in May was never built.</p>",
    "<p>Photos of A car leaked before its maker showed it.</p>",
    "<a href='#top'><h3>A car</h3></a>",
    "<p>A car that drives itself notes what its driver does, as a site that uses cookies does.</p>",
    "<div><div class='x'><h3>A car</h3><p>It drives.</p></div><div class='x'><h3>A boat</h3></div></div>",
    "<figure><blockquote><p>A car is what you make of it.</p></blockquote></figure>",
    "<figure><pre>A car = 1</pre></figure>",
    "<h3>A car</h3>",
    "<p>What costs more than <a class='popup' href='/a'>A car</a> is the road.</p>",
    "<p>They took up with what they call, <a class='cta' href='/a'>A car</a>.</p>",
    "<p><a class='share' href='/a'>A car</a> in three that was sold there had a plug.</p>",
    "<p>You may <strong>continue reading A car</strong> as a sentence.</p>",
]


def read_page(thing: str) -> str:
    return draft_page(
        f"<body><main><h1>Sales</h1>{BEFORE}{BEFORE}{thing}{AFTER}{AFTER}</main></body>", "a.html"
    ).text


@pytest.mark.parametrize("thing", GOES)
def test_goes(thing: str) -> None:
    text = read_page(thing)
    assert "A car" not in text
    assert text.count("In October") == text.count("The association") == 2


@pytest.mark.parametrize("thing", STAYS)
def test_stays(thing: str) -> None:
    assert "A car" in read_page(thing)


def test_headings_without_words_under_them_end_no_article() -> None:
    page = (
        f"<body><main><h1>Sales</h1>{BEFORE}<h2>Outlook</h2>{AFTER}<h2>Latest</h2><h3>News</h3></main></body>"
    )
    text = draft_page(page, "a.html").text
    assert "Outlook" in text and "Latest" not in text and "News" not in text


def test_a_heading_over_bare_words_stays() -> None:
    page = (
        f"<body><h1>Sales</h1>{BEFORE}<table><tr><td>1</td></tr></table><h2>Outlook</h2>Slower growth.</body>"
    )
    assert draft_page(page, "a.html").text.endswith("Outlook\n\nSlower growth.")


def test_a_byline_that_goes_still_dates_the_page() -> None:
    page = f"<body><main><h1>Sales</h1><p class='byline'>By Ada, 4 November 2021</p>{BEFORE}{AFTER}</main></body>"
    draft = draft_page(page, "a.html")
    assert "Ada" not in draft.text
    assert (draft.facts.published, draft.facts.published_known) == (date(2021, 11, 4), "inferred")


LONG = "".join(
    f"<p>Sentence {n} of a long text on what was sold, and to whom, in that month.</p>" for n in range(9)
)


@pytest.mark.parametrize(
    "page",
    [
        f"<nav class='top'><ul><li>Home</li></ul>{LONG}</nav><p>By us.</p>",
        f"<aside>{LONG}</aside><p>By us.</p>",
        f"<form>{LONG}</form><p>By us.</p>",
        f"<header>{LONG}</header><p>By us.</p>",
        f"<div style='display:none'>{LONG[:180]}</div><div style='display:none'>{LONG}</div><p>By us.</p>",
        f"<div class='content paywall'>{LONG}</div>",
        f"<div hidden><div class='dsgvo'>{'<p>Cookies, privacy, cookies.</p>' * 70}</div></div>{LONG}",
    ],
)
def test_what_holds_most_of_a_page_is_its_text_whatever_it_is_called(page: str) -> None:
    text = draft_page(f"<html><body>{page}</body></html>", "a.html").text
    assert "Sentence 8 of a long text" in text
    assert "Cookies" not in text


@pytest.mark.parametrize(
    "title", ["About the author", "Vous aimerez aussi", "Neueste Artikel", "Notas relacionadas", "相关阅读"]
)
def test_a_section_of_other_things_goes_at_the_end_even_without_links(title: str) -> None:
    page = f"<h1>Sales</h1>{LONG}<h3>{title}</h3><p>A car writer since 1998, who lives by the sea.</p>"
    assert draft_page(f"<body><main>{page}</main></body>", "a.html").text.endswith("in that month.")
    page = f"<h1>Sales</h1><h3>{title}</h3><p>A car writer since 1998, who lives by the sea.</p>{LONG}"
    assert "by the sea" in draft_page(f"<body><main>{page}</main></body>", "a.html").text


@pytest.mark.parametrize(
    "title", ["Recommended Demangling", "Related work", "Ähnliche Verfahren", "相关政策", "More on tax"]
)
def test_a_section_of_the_text_at_its_end_stays(title: str) -> None:
    page = f"<h1>Sales</h1>{LONG}<h3>{title}</h3><p>A car is exempt from it for ten years, as the law of May says.</p>"
    assert "as the law of May says" in draft_page(f"<body><main>{page}</main></body>", "a.html").text


def test_lines_over_the_title_go_and_date_the_page() -> None:
    page = f"<main><div>News</div><div>12 December 2022</div><h1>Sales</h1>{LONG}</main>"
    draft = draft_page(f"<html><body>{page}</body></html>", "a.html")
    assert draft.text.startswith("Sales") and draft.facts.published == date(2022, 12, 12)


@pytest.mark.parametrize("last", ["<p><b>More topics:</b></p>", "<div class='box-head'>Infos</div>"])
def test_a_line_over_what_went_goes_with_it(last: str) -> None:
    page = f"<main><h1>Sales</h1>{LONG}{last}<ul><li><a href='/a'>A</a></li><li><a href='/b'>B</a></li></ul></main>"
    assert draft_page(f"<body>{page}</body>", "a.html").text.endswith("in that month.")


def test_a_long_side_of_the_page_goes() -> None:
    side = f"<div class='column sidebar'>{LONG[:260]}</div>"
    body = f"<h1>Sales</h1><div>{LONG.replace('Sentence', 'Line')}</div>"
    assert "Sentence" not in draft_page(f"<body><div>{side}{body}</div></body>", "a.html").text


def test_a_stream_of_what_else_there_is_goes_with_the_advertisements_in_it() -> None:
    story = "<li class='s'><h3><a href='/{n}'>A boat, part {n}</a></h3><p>It sank again.</p></li>"
    stream = "".join(story.format(n=n) for n in range(9)) + "<li class='s'><p>Buy our boats today.</p></li>"
    page = (
        f"<body><h1>Sales</h1><div>{LONG}<ul>{stream}</ul><p>So it went on, month by month.</p></div></body>"
    )
    text = draft_page(page, "a.html").text
    assert "It sank" not in text and "Buy our boats" not in text and text.endswith("month by month.")


def test_a_gallery_longer_than_the_text_around_it_goes() -> None:
    shown = "".join(
        f"<li><h2><span>{n}/12</span> Boat {n}</h2><p>{LONG[3:200]}, said its builder.</p></li>"
        for n in range(1, 13)
    )
    page = (
        f"<body><h1>Sales</h1><div>{LONG}<ul>{shown}</ul><p>So it went on, month by month.</p></div></body>"
    )
    text = draft_page(page, "a.html").text
    assert "its builder" not in text and text.endswith("month by month.") and "in that month." in text


def test_a_list_of_shares_is_no_gallery() -> None:
    shown = "".join(f"<li>{n}/12 of it were sold in month {n}, said the builder.</li>" for n in (1, 3, 5))
    assert "5/12 of it" in draft_page(f"<body><h1>Sales</h1>{LONG}<ul>{shown}</ul></body>", "a.html").text


def test_a_side_with_more_words_than_the_article_goes() -> None:
    side = "<aside>" + "".join(f"<p>{n}:00 A boat sank off the coast.</p>" for n in range(20)) + "</aside>"
    text = draft_page(f"<body><article><h1>Sales</h1>{LONG}</article>{side}</body>", "a.html").text
    assert "A boat sank" not in text and text.endswith("in that month.")


def test_tables_that_lay_out_a_page_leave_its_text_with_its_own_table() -> None:
    inner = (
        f"<table><tr><td><h2>Sales</h2></td></tr><tr><td>{LONG}</td></tr><tr><td><table><tr><th>Year</th><th>Cars"
        "</th></tr><tr><td>2022</td><td>71</td></tr><tr><td>2023</td><td>80</td></tr></table></td></tr></table>"
    )
    page = (
        "<table><tr><td><a href='/'>Home</a><br><a href='/a'>Archive</a><br><a href='/c'>Contact</a></td>"
        f"<td>{inner}</td><td><b>Weather</b><br>Rain</td></tr><tr><td colspan=3><font>Copyright 2024 A car site."
        "</font></td></tr></table>"
    )
    draft = draft_page(f"<html><body>{page}</body></html>", "a.html")
    assert draft.text.startswith("Sales\n\n") and draft.text.endswith("2023\t80")
    assert len(draft.tables) == 1 and not any(
        word in draft.text for word in ("Archive", "Weather", "Copyright")
    )
