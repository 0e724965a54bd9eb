"""Documents of feeds, and pages that name them -> leaves."""

from datetime import UTC, date, datetime

import pytest

from collector.ways import feed_pages
from collector.ways.nouns import Leaf, Span
from tests.sources.shapes import NOW, atom, rss

URL = "https://harbour.test/feed.xml"
SPAN = Span(since=date(2025, 8, 1), until=date(2025, 8, 31))


def read(body: str, url: str = URL) -> Leaf:
    return feed_pages.read(body.encode(), url, None, NOW, SPAN, "harbour.test")


def item(path: str, day: int, guid: str = "") -> str:
    return f"<item><link>https://{path}</link><pubDate>{day} Aug 2025 10:00 GMT</pubDate>{guid}</item>"


def test_what_it_announces() -> None:
    """Stories of the span and their days; others, and those of another site, are counted."""
    july = item("harbour.test/b", 2).replace("Aug", "Jul")
    leaf = read(rss(item("harbour.test/a", 3) + july + item("elsewhere.test/c", 1)))
    assert [(one.entry.url, one.day) for one in leaf.found] == [("https://harbour.test/a", date(2025, 8, 3))]
    assert leaf.counts == {"within": 1, "outside": 1, "elsewhere": 1}
    assert leaf.days == {("2025-07-02", "outside"): 1, ("2025-08-01", "elsewhere"): 1}
    assert (leaf.oldest, leaf.newest) == (datetime(2025, 7, 2, 10, tzinfo=UTC), datetime(2025, 8, 3, 10, tzinfo=UTC))
    assert not leaf.falling
    assert leaf.charset is not None


STORY = item("harbour.test/a", 3)


@pytest.mark.parametrize(
    ("body", "url", "form"),
    [
        (rss(STORY), URL, ""),
        (rss(f"<generator>https://wordpress.org/?v=6.4</generator>{STORY}"), URL, "wordpress"),
        (rss(STORY), "https://harbour.test/feed/", "perhaps wordpress"),
        (rss(STORY), "https://harbour.test/?feed=rss2", "perhaps wordpress"),
        (rss(f"<generator>Harbour Press 2</generator>{STORY}"), "https://harbour.test/feed/", ""),
        (rss(item("harbour.test/a", 3, '<guid isPermaLink="false">17 at https://harbour.test</guid>')), URL, "drupal"),
        (atom('<generator version="7.00" uri="http://www.blogger.com">Blogger</generator>'), URL, "blogger"),
        (
            rss(
                f"<generator>WordPress.com</generator><fh:complete/>{STORY}",
                attributes='xmlns:fh="http://purl.org/syndication/history/1.0"',
            ),
            URL,
            "complete",
        ),
    ],
)
def test_form(body: str, url: str, form: str) -> None:
    """What made it, by its own words, by its guids, by its address; what is whole needs no more."""
    assert read(body, url).form == form


def test_next() -> None:
    """Where it goes on; a next link to itself is none."""
    link = '<atom:link rel="next" href="{}"/>' + STORY
    assert read(rss(link.format("/feed.xml?page=2"))).next == f"{URL}?page=2"
    assert read(rss(link.format("/feed.xml"))).next is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "empty document"),
        ("<!doctype html><title>Harbour</title>", "web page"),
        ("<urlset><url><loc>https://harbour.test/a</loc></url></urlset>", "sitemap where a feed"),
        ("<rss version='2.0'><channel><title>Cut o", "readable entry"),
    ],
)
def test_no_feed(body: str, why: str) -> None:
    """What is no feed is a leaf that says why, for the way to decide."""
    leaf = read(body)
    assert why in leaf.why
    assert leaf.announced == 0


def page(head: str) -> Leaf:
    return feed_pages.read_page(f"<html><head>{head}</head></html>".encode(), "https://harbour.test/", "text/html")


def test_a_page_that_names_feeds() -> None:
    """Those of comments are left out; what made the page made the feed."""
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    leaf = page(
        '<meta name="Generator" content="Drupal 10">' + link.format("/comments/feed/") + link.format("/rss.xml")
    )
    assert leaf.links == {"feed": ("https://harbour.test/rss.xml",)}
    assert leaf.form == "drupal"
    assert "names no feed" in page(link.format("/comments/feed/")).why
    assert "names no feed" in feed_pages.read_page(b"", "https://harbour.test/", None).why
