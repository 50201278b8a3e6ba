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
]
STAYS = [
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
    "<h3>A car</h3>",
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


def test_a_byline_that_goes_still_dates_the_page() -> None:
    page = f"<body><main><h1>Sales</h1><p class='byline'>By Ada, 4 November 2021</p>{BEFORE}{AFTER}</main></body>"
    draft = draft_page(page, "a.html")
    assert "Ada" not in draft.text
    assert (draft.facts.published, draft.facts.published_known) == (date(2021, 11, 4), "inferred")
