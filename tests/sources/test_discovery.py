"""Where a site says that its feeds are."""

import pytest

from collector.sources.discovery import Candidate, feeds_of_page, sitemaps_of_robots, usual_places

HOME = "https://harbour.example/news/"
PAGE = """<!doctype html><html><head><base href="/en/"><title>Harbour</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml; charset=utf-8" title="Harbour &amp; Sea" href="feed">
<LINK REL="Alternate" TYPE="application/atom+xml" HREF="https://harbour.example/atom.xml">
<link rel="alternate" type="application/json" href="https://harbour.example/wp-json/wp/v2/pages/1">
<link rel="alternate" hreflang="fr" href="https://harbour.example/fr/">
<link rel="stylesheet" type="text/css" href="/style.css"></head><body>
<a href="/rss/sea.xml">Sea <b>news</b></a> <a href="/feed">again</a> <a href="/feedback">Write to us</a>
<a href="/?feed=rss2">RSS</a> <a href="mailto:feed@harbour.example">mail</a> <a href="/en/feed">the same</a>
<a href="/story/how-to-feed-a-gull">Gulls</a></body></html>"""


def test_feeds_of_page() -> None:
    """The declared ones first, comments after them, then links that look like feeds; each once."""
    assert feeds_of_page(PAGE.encode(), HOME, "text/html; charset=utf-8") == (
        Candidate(url="https://harbour.example/en/feed", title="Harbour & Sea", declared=True),
        Candidate(url="https://harbour.example/atom.xml", declared=True),
        Candidate(url="https://harbour.example/comments/feed/", title="Comments", declared=True),
        Candidate(url="https://harbour.example/rss/sea.xml", title="Sea news"),
        Candidate(url="https://harbour.example/feed", title="again"),
        Candidate(url="https://harbour.example/?feed=rss2", title="RSS"),
    )


@pytest.mark.parametrize("body", [b"", b"\x00", b"words", b"<!-- -->", b"<html", b'{"a": 1}'])
@pytest.mark.parametrize("content_type", [None, "text/html; charset=no-such-charset"])
def test_no_feeds(body: bytes, content_type: str | None) -> None:
    """A page that names none has none."""
    assert feeds_of_page(body, HOME, content_type) == ()


@pytest.mark.parametrize(
    ("url", "first", "present"),
    [
        ("https://harbour.example", "https://harbour.example/feed", "https://harbour.example/rss.xml"),
        ("https://harbour.example/sea", "https://harbour.example/sea/feed", "https://harbour.example/feed.json"),
        (
            "https://harbour.example/index.html",
            "https://harbour.example/feed",
            "https://harbour.example/feeds/posts/default",
        ),
    ],
)
def test_usual_places(url: str, first: str, present: str) -> None:
    """Beside a section first, then at the root; each once."""
    places = usual_places(url)
    assert places[0] == first
    assert present in places
    assert len(set(places)) == len(places)


def test_sitemaps_of_robots() -> None:
    """Sitemap lines of every group, in any case, absolute, each once."""
    robots = (
        b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /sitemap\r\nSITEMAP: https://harbour.example/a.xml\r\n"
        b"  sitemap:/b.xml # the second\nSitemap: https://harbour.example/a.xml\nSitemap:\n#Sitemap: /c.xml\nSitemap: ftp://x/d.xml"
    )
    assert sitemaps_of_robots(robots, "https://harbour.example/robots.txt") == (
        "https://harbour.example/a.xml",
        "https://harbour.example/b.xml",
    )
