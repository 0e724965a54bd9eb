"""The newsroom's pages, read by the site rules whose shapes they have: its stories come out word for word."""

from datetime import UTC, datetime, timedelta

import pytest

from collector.demo.shapes.listing import related
from collector.demo.sites import documents
from collector.demo.stories import Site, Story, sites
from collector.extract import extract
from collector.extract.rules import Rule, installed, match
from storage.records import Article

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
SITES = {site.shape: site for site in sites(NOW)}
STORIES = [(site, story) for site in SITES.values() for story in site.stories]


def rules() -> dict[str, Rule]:
    """The installed rules under the newsroom's invented hosts."""
    found = {site.host: match(installed(), f"http://{site.rule}/") for site in SITES.values()}
    return {host: rule for host, rule in found.items() if rule}


def read(site: Site, path: str) -> tuple[Article, ...]:
    document = documents(site, NOW)[path]
    return extract(
        document.body, site.root + path, content_type=document.content_type, fetched_at=NOW, sites=rules()
    ).articles


@pytest.mark.parametrize(("site", "story"), STORIES, ids=[story.path for _, story in STORIES])
def test_stories_are_read_as_they_were_written(site: Site, story: Story) -> None:
    """The site rule of a page's shape gives the story's own words, and no furniture."""
    article, *others = read(site, story.path)
    assert _facts(article) == _expected(site, story)
    beside = related(site, story) if site.shape == "listing" else ()
    assert [_facts(other) for other in others] == [_card(other) | {"section": None} for other in beside]
    assert all(other.found for other in others)


def test_listing_is_read_whole() -> None:
    """Five cards on the hashtag page are five articles, each in one paragraph, with the day its time stands for."""
    site = SITES["listing"]
    cards = [story for story in site.stories if not story.related_only]
    assert [_facts(article) for article in read(site, site.source)] == [_card(card) for card in cards]


def test_edited_and_held_stories_are_read_as_well() -> None:
    """What changes while one watches is as readable as what stood there before."""
    for before in SITES.values():
        site = before.with_held().with_edited()
        for story in site.stories[:1]:
            assert _facts(read(site, story.path)[0]) == _expected(site, story)


def _facts(article: Article) -> dict[str, object]:
    return {
        "url": article.url,
        "title": article.title,
        "paragraphs": [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs],
        "captions": [(caption.text, caption.credit) for caption in article.captions],
        "published": article.published_iso,
        "authors": article.authors,
        "source": article.source,
        "section": article.section,
        "tags": article.tags,
    }


def _expected(site: Site, story: Story) -> dict[str, object]:
    listed = site.shape == "listing"
    lead = [("p", story.lead)] if site.shape == "magazine" else []
    return {
        "url": story.url,
        "title": story.title,
        "paragraphs": lead + [(block.kind, block.text) for block in story.blocks if block.kind != "photo"],
        "captions": [(photo.text, photo.credit) for photo in story.photos],
        "published": _day_or_hour(story) if listed else story.published.isoformat(),
        "authors": (story.author,) if story.author else (),
        "source": story.source or site.name,
        "section": None if listed else story.section,
        "tags": story.tags,
    }


def _card(story: Story) -> dict[str, object]:
    """A story as a listing shows it: all its words in one paragraph, and no hashtags."""
    text = " ".join(story.paragraphs)
    return _expected(SITES["listing"], story) | {
        "paragraphs": [("p", text)],
        "section": story.section,
        "tags": (),
    }


def _day_or_hour(story: Story) -> str:
    """'3 hours ago' is known to the hour, 'a day ago' and a date to the day."""
    fresh = NOW - story.published < timedelta(days=1)
    return story.published.isoformat() if fresh else story.published.date().isoformat()
