"""The feeds and sitemaps of the first six sites, when the folder that holds them is there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.sources import parse
from storage.records import Announcement

SITES = Path(__file__).parents[3] / "shared" / "seedsites"
NOW = datetime(2025, 9, 1, tzinfo=UTC)
RT = "https://www.rt.com/russia/623400-russia-rejects-accusations-ukraine-talks/"
SCMP = "https://www.scmp.com/opinion/world-opinion/article/3316208/attacks-iran-show-russia-can-now-do-very-little-its-allies"
ESSA = "https://essanews.com/russias-refusal-to-negotiate-after-kursk-invasion,7062052203620481a"
BLOG = "https://aha-duapermata.blogspot.com/2025/08/russia-rejects-accusations-of.html"
TASS = "https://tass.com/politics/1997261"

pytestmark = pytest.mark.skipif(not SITES.is_dir(), reason="the seed sites' pages (../shared/seedsites) are not here")


def read(name: str) -> Announcement:
    return parse((SITES / name).read_bytes(), "https://host.example/rss/feed", fetched_at=NOW)


@pytest.mark.parametrize(
    ("name", "url", "published", "updated"),
    [
        ("blogger/feed.xml", BLOG, "2025-08-23T18:32:00+08:00", "2025-08-23T18:32:41+08:00"),
        ("tass/feed.xml", TASS, "2025-08-01T19:05:00+00:00", None),
        ("rt/feed.xml", f"{RT}?utm_source=rss&utm_medium=rss&utm_campaign=RSS", "2025-08-23T08:41:00+00:00", None),
        ("scmp/feed.xml", f"{SCMP}?utm_source=rss_feed", "2025-06-30T16:30:00+08:00", None),
        ("essanews/feed.xml", ESSA, "2024-08-20T10:48:00+00:00", None),
        ("blogger/sitemap-page1.xml", BLOG, None, "2025-08-23T10:32:41+00:00"),
        ("tass/sitemap_news0.xml", TASS, None, "2025-08-01"),
        ("rt/newssitemap.xml", RT, "2025-08-23T08:41:00+00:00", None),
        ("rt/sitemap_2025.xml", RT, None, "2025-08-23"),
        ("scmp/sitemap_comment.xml", SCMP, None, "2025-06-30"),
        ("essanews/sitemap.xml", ESSA, "2024-08-20T06:48:00-04:00", "2024-08-20T06:48:00-04:00"),
    ],
)
def test_story(name: str, url: str, published: str | None, updated: str | None) -> None:
    """Each document announces its story, with the time it tells."""
    (entry,) = read(name).entries
    assert entry.url == url
    assert (entry.published and entry.published.iso(), entry.updated and entry.updated.iso()) == (published, updated)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("blogger/sitemap.xml", "https://aha-duapermata.blogspot.com/sitemap.xml?page=1"),
        ("tass/sitemap.xml", "https://tass.com/sitemap/sitemap_news0.xml"),
        ("rt/sitemap.xml", "https://www.rt.com/sitemap_2025.xml"),
    ],
)
def test_index(name: str, part: str) -> None:
    """An index announces its parts and no story."""
    found = read(name)
    assert (found.parts, found.entries) == ((part,), ())


def test_feed_past_its_end() -> None:
    """A feed asked for more than it has is a feed without entries."""
    found = read("blogger/feed-past-end.xml")
    assert (found.title, found.entries) == ("aha-duapermata", ())


@pytest.mark.parametrize("name", ["blogger/feed.xml", "rt/feed.xml"])
def test_whole_text(name: str) -> None:
    """Both feeds carry the whole piece as HTML."""
    (entry,) = read(name).entries
    assert entry.content is not None
    assert "<p" in entry.content
    assert entry.content != entry.summary
