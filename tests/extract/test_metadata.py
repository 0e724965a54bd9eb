"""What a page says about its article."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collector.extract import extract, metadata
from collector.extract.page import Page

URL = "https://ford-courier.example/town/2025/03/04/flood.html"
NOW = datetime(2025, 3, 5, 12, tzinfo=UTC)


def fields(html: str, url: str = URL) -> metadata.Fields:
    return metadata.fields(Page.parse(html, url), now=NOW)


def ld(**item: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | item)}</script>'


def test_a_page_that_says_nothing() -> None:
    """Nothing is made up, but for the day in the address."""
    read = metadata.fields(Page.parse("<p>Text.</p>", "https://ford-courier.example/a"), now=NOW)
    assert read == metadata.Fields(url="https://ford-courier.example/a")


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Flood closes bridge</title>", "Flood closes bridge"),
        ("<h1>Flood closes bridge</h1><title>Ford Courier</title>", "Ford Courier"),
        ("<meta property=og:title content='Flood closes bridge'><title>x</title>", "Flood closes bridge"),
        ("<meta property=og:title content='Flood – a diary'><h1>Flood - a  diary</h1>", "Flood - a diary"),
        (ld(headline="Flood &amp; bridge") + "<meta property=og:title content=Other>", "Flood & bridge"),
        (
            "<meta property=og:site_name content='Ford Courier'><meta property=article:section content=Town>"
            "<meta property=og:title content='Flood - a diary - Town | Ford Courier'>",
            "Flood - a diary",
        ),
        ("<meta property=og:site_name content=FC><title>FC | Flood</title>", "Flood"),
        ("<h1>Ford Courier</h1><h1>Flood closes bridge</h1><title>Flood closes bridge</title>", "Flood closes bridge"),
        ("<h1>Flood closes bridge</h1><title>Flood closes bridge – The Ford News</title>", "Flood closes bridge"),
        ("<h1>Flood:<br>bridge closed</h1><title>Flood: bridge closed</title>", "Flood: bridge closed"),
        ("<h1><b>Flood:</b><b>bridge closed</b></h1><title>Flood: bridge closed</title>", "Flood: bridge closed"),
        ("<meta property=og:site_name content=포드신문><title>다리 폐쇄ㅣ포드신문</title>", "다리 폐쇄"),
        ("<title>Flood - a diary</title>", "Flood - a diary"),  # its own dash
        (ld(headline="Flood - a diary") + "<h1>Flood</h1>", "Flood - a diary"),
    ],
)  # fmt: skip
def test_title(html: str, title: str) -> None:
    """The heading that the head of the page knows; else what the head says, without the names of site and section."""
    assert fields(html).title == title


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (ld(datePublished="2025-03-04T08:30:00+01:00"), "2025-03-04T08:30:00+01:00"),
        (ld(datePublished="2025-03-04") + "<meta property=article:published_time content=2024-01-01>", "2025-03-04"),
        ("<meta property=article:published_time content='2025-03-04T08:30:00Z'>", "2025-03-04T08:30:00+00:00"),
        ("<meta itemprop=datePublished content=2025-03-03>", "2025-03-03"),
        ("<time datetime='2025-03-02T10:00:00Z'>two days ago</time>", "2025-03-02T10:00:00+00:00"),
        ("<p class=date>3 March 2025</p>", "2025-03-03"),
        (ld(datePublished="2025-04-01"), "2025-03-04"),  # later than the fetch: not believed
        ("<p>No date.</p>", "2025-03-04"),
        ("<meta name='article:published:time' content='2025-03-03T15:48:15+00:00'>", "2025-03-03T15:48:15+00:00"),
        ("<script>var page = {'published_at': '2025-03-03 09:30'}</script>", "2025-03-03T09:30:00+00:00"),
        (r'<script>push("{\"firstPublicationDate\":\"20250303\"}")</script>', "2025-03-03"),
        ("<script>var page = {'expires_at': '2025-03-03 09:30'}</script>", "2025-03-04"),
        ("<p class=date>1 March 2025</p><h1>Flood</h1><p class=date>3 March 2025</p>", "2025-03-03"),
    ],
)
def test_published(html: str, published: str) -> None:
    """JSON-LD, then meta names, microdata, elements, and the address as the last resort; never a date to come."""
    read = fields(html).published
    assert read is not None
    assert read.iso() == published


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        (ld(author={"@type": "Person", "name": "Ann Bee"}), ("Ann Bee",)),
        (ld(author=["Ann Bee", {"name": ["Carl Dee"]}, [{"name": "lost"}], 7]), ("Ann Bee", "Carl Dee")),
        (ld(author={"@id": "#ann"}) + ld(**{"@graph": [{"@id": "#ann", "name": "Ann Bee"}]}), ("Ann Bee",)),
        ("<meta name=articleAuthor content='Ann Bee'>", ("Ann Bee",)),
        ("<meta name='vendor:byline' content='Ann Bee'>", ("Ann Bee",)),
        ("<meta name=twitter:data1 content='5 minutes'>", ()),
        (ld(author="https://ford-courier.example/ann") + "<meta name=author content='By Ann Bee'>", ("Ann Bee",)),
        ("<meta property=article:author content=https://social.example/ann><a rel=author>Ann Bee</a>", ("Ann Bee",)),
        ("<div itemprop=author><span itemprop=name>Ann Bee</span>, editor</div>", ("Ann Bee",)),
        ("<p class='story-byline'>By Ann Bee and Carl Dee</p>", ("Ann Bee", "Carl Dee")),
    ],
)
def test_authors(html: str, authors: tuple[str, ...]) -> None:
    """Names only, from the most trusted place that has one: no address, no job, no number."""
    assert fields(html).authors == authors


CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [{"name": "Home"}, {"item": {"name": "Town"}}, {"name": "Flood"}],
}


@pytest.mark.parametrize(
    ("html", "name", "value"),
    [
        (ld(articleSection=["Town", "Region"]), "section", "Town"),
        ("<meta property=article:section content=Town>", "section", "Town"),
        (ld(**CRUMBS) + "<h1>Flood</h1>", "section", "Town"),
        (ld(keywords="flood, bridge,flood"), "tags", ("flood", "bridge")),
        (ld(keywords=["flood", {"name": "bridge"}]), "tags", ("flood", "bridge")),
        ("<meta name=article:tag content=flood><meta name=article:tag content=mud>", "tags", ("flood", "mud")),
        ("<a rel=tag href=#>flood</a><a rel='tag nofollow' href=#>bridge</a>", "tags", ("flood", "bridge")),
        (ld(publisher={"name": "Ford Courier"}), "source", "Ford Courier"),
        ("<meta property=og:site_name content='Ford Courier'>", "source", "Ford Courier"),
        ("<html lang=en_GB>", "language", "en-GB"),
        (ld(inLanguage="de"), "language", "de"),
        ("<html lang='English!'><meta property=og:locale content=fr_FR>", "language", "fr-FR"),
        (ld(description="The river rose."), "lead", "The river rose."),
        ("<meta name=description content='The river rose.'>", "lead", "The river rose."),
    ],
)  # fmt: skip
def test_other_fields(html: str, name: str, value: object) -> None:
    """Each field from the most trusted place that has it."""
    assert getattr(fields(html), name) == value


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (
            ld(datePublished="2025-03-04T08:30:00")
            + "<meta property=article:published_time content=2025-03-04T08:30:12+01:00>",
            "2025-03-04T08:30:12+01:00",
        ),
        (
            ld(datePublished="2025-03-04T08:30:00")
            + "<meta property=article:published_time content=2025-03-04T09:30:00+01:00>",
            "2025-03-04T08:30:00+00:00",
        ),
        (
            ld(datePublished="2025-03-04T08:30:00Z")
            + "<meta property=article:published_time content=2025-03-04T08:30:00+01:00>",
            "2025-03-04T08:30:00+00:00",
        ),
    ],
)
def test_a_time_without_a_zone_takes_it_from_one_that_shows_the_same_clock(html: str, published: str) -> None:
    """Where nobody says the zone it is UTC, and a zone that is written stays."""
    read = fields(html).published
    assert read is not None
    assert read.iso() == published


@pytest.mark.parametrize(
    ("modified", "kept"),
    [("2025-03-04T09:00:00Z", True), ("2025-03-04", True), ("2025-03-04T07:00:00Z", False), ("2025-03-03", False)],
)
def test_nothing_changes_before_it_is_published(modified: str, kept: bool) -> None:
    """An earlier change is none that a reader could have seen."""
    read = fields(ld(datePublished="2025-03-04T08:00:00Z", dateModified=modified))
    assert (read.modified is not None) is kept


def test_modified() -> None:
    """The time of the last change is kept apart."""
    read = fields(ld(datePublished="2025-03-04T08:00:00Z", dateModified="2025-03-04T09:00:00Z"))
    assert (read.published, read.modified) != (None, None)
    assert read.modified is not None
    assert read.modified.iso() == "2025-03-04T09:00:00+00:00"


def test_the_article_of_this_page() -> None:
    """Of several articles in JSON-LD the one with this page's address or headline is read."""
    other = ld(headline="Another story", url="https://ford-courier.example/other", datePublished="2025-01-01")
    own = ld(headline="Flood", mainEntityOfPage={"@id": URL}, datePublished="2025-03-04")
    by_title = ld(headline="Flood", datePublished="2025-03-03")
    assert fields(other + own).title == "Flood"
    assert fields(other + by_title + "<h1>Flood</h1>").title == "Flood"


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("/town/2025/03/04/flood.html", URL),
        ("https://www.ford-courier.example/flood-123", "https://www.ford-courier.example/flood-123"),
        ("https://ford-courier.example/", URL),  # a front page is not the story
        ("https://elsewhere.example/flood", URL),
    ],
)  # fmt: skip
def test_only_a_believable_canonical_address_counts(canonical: str, url: str) -> None:
    """The declared address is always reported, and followed only on its own site."""
    read = fields(f'<link rel=canonical href="{canonical}">', URL + "?utm_source=feed")
    assert read.url == url
    assert read.canonical is not None


@pytest.mark.parametrize(
    ("html", "image"),
    [
        ("<meta property=og:image content=/flood.jpg>", "https://ford-courier.example/flood.jpg"),
        (ld(image={"url": "https://i.example/a.jpg"}), "https://i.example/a.jpg"),
        (ld(image=[{"contentUrl": "https://i.example/a.jpg"}, "b.jpg"]), "https://i.example/a.jpg"),
        ("<meta name=twitter:image content=https://i.example/a.jpg>", "https://i.example/a.jpg"),
        ("<meta property=og:image content=/logo.png>" + ld(image="/a.jpg"), "https://ford-courier.example/a.jpg"),
        ("<meta property=og:image content=/logo.png>", "https://ford-courier.example/logo.png"),
        ("<meta property=og:image content='http://[broken'>", None),
        ("<p>Text", None),
    ],
)
def test_image(html: str, image: str | None) -> None:
    """The picture that is shown where the page is shared, absolute; the site's own sign only for want of another."""
    assert fields(html).image == image


@pytest.mark.parametrize(
    ("html", "paywalled"),
    [
        (ld(isAccessibleForFree=False), True),
        (ld(isAccessibleForFree="False"), True),
        (ld(isAccessibleForFree="http://schema.org/True"), False),
        (ld(isAccessibleForFree=True, hasPart={"isAccessibleForFree": False, "cssSelector": ".paid"}), True),
        (ld(isAccessibleForFree=True) + "<meta name=article:content_tier content=locked>", False),
        ("<meta name=article:content_tier content=metered>", True),
        ("<meta name=article:content-tier content=free>", False),
        ("<meta name=isAccessibleForFree content=false>", True),
        ("<meta name='vendor:ispaidcontent' content=false>", False),
        ("<meta name=article:content_tier content=other>", None),
        (ld(), None),
    ],
)
def test_paywalled(html: str, paywalled: bool | None) -> None:
    """As the page says it: JSON-LD first, then meta elements; nothing is guessed."""
    assert fields(html).paywalled is paywalled


@pytest.mark.parametrize("key", ["author", "publisher", "image", "hasPart", "keywords", "headline", "mainEntity"])
@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ('{"name":[', "]}"), ('{"name":', "}"), ('{"url":[', "]}")]
)
def test_nesting_is_no_end(key: str, opening: str, closing: str) -> None:
    """Objects in one another as deep as JSON is read end in nothing, not in an error."""
    for depth in (50, 300, 480, 900):
        value = opening * depth + '"x"' + closing * depth
        fields(f'<script type="application/ld+json">{{"@type":"NewsArticle","{key}":{value}}}</script>')


def test_an_article_carries_its_picture_and_paywall() -> None:
    """What the page says of both reaches the article."""
    head = "<meta property=og:image content=/a.jpg><meta name=article:content_tier content=locked><h1>Flood</h1><p>"
    (article,) = extract(head + "The river rose for three days and nobody slept. " * 9, URL, sites={}).articles
    assert (article.image, article.paywalled) == ("https://ford-courier.example/a.jpg", True)
