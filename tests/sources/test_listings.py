"""Listing pages, as a site rule reads them -> entries."""

from datetime import UTC, date, datetime

import pytest

from collector.errors import SourceError
from collector.sources import parse
from collector.sources.listings import announced
from storage.records import Article, Paragraph, Result

LIST = "https://www.daily8.com/en/hashtag/Harbour"
NOW = datetime(2025, 7, 24, 12, 0, tzinfo=UTC)
CARD = """<article><a href="/en/article/{hash}"><p>{title}</p><img alt="{title}" src="/_img/1.webp"></a>
<p>Harbour News</p>
<p><img alt="time" src="/images/clock.svg"><span>{time}</span></p><ul><li>Sea</li><li>Harbour News</li></ul>
<h3><a href="/en/article/{hash}">{title}</a></h3><p>{text}</p></article>"""
CARDS = (
    {"hash": "0" * 31 + "1", "title": "The ferry is back", "time": "a day ago"},
    {"hash": "0" * 31 + "2", "title": "A crane for the quay", "time": "09-07-2025"},
)
TEXT = "The harbour said so on Friday, and nobody was surprised but the gulls. 'We are glad,' a captain told us. " * 4
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>#Harbour</title></head><body>
<header><a href="/en"><img alt="logo" src="/logo.svg"></a></header><main><h1>Latest news with #Harbour</h1>
{"".join(CARD.format(text=TEXT, **card) for card in CARDS)}</main></body></html>"""


def test_listing_of_whole_stories() -> None:
    """A page of stories gives the stories and an entry for each, dated by the time of the fetch."""
    found = parse(PAGE.encode(), LIST, content_type="text/html", fetched_at=NOW)
    assert found.kind == "listing"
    assert [(e.url, e.title) for e in found.entries] == [
        (f"https://www.daily8.com/en/article/{card['hash']}", card["title"]) for card in CARDS
    ]
    assert [e.published and e.published.iso() for e in found.entries] == ["2025-07-23", "2025-07-09"]
    assert found.result is not None
    assert [article.title for article in found.result.articles] == [card["title"] for card in CARDS]


def test_links() -> None:
    """Links are entries once each, absolute, in their order, after the stories that stand there."""
    story = Article(
        title="Here", url="/a", paragraphs=(Paragraph(kind="p", text="Words."),), published=date(2025, 7, 1)
    )
    result = Result(articles=(story,), extractor="site:harbour.example", links=("/b", "/a", "mailto:x@y", "/b"))
    found = announced(result, "https://harbour.example/news")
    assert [e.url for e in found.entries] == ["https://harbour.example/a", "https://harbour.example/b"]
    assert found.entries[0].title == "Here"
    assert found.result is result


def test_links_alone() -> None:
    """Links without a story leave nothing to archive of the listing itself."""
    found = announced(Result(extractor="site:harbour.example", links=("/b",)), "https://harbour.example/news")
    assert ([e.url for e in found.entries], found.result) == (["https://harbour.example/b"], None)


def test_no_rule() -> None:
    """A page of a site without a rule is no listing: the generic reader would take its headlines for a story."""
    with pytest.raises(SourceError, match=r"^https://harbour\.example/: .*no site rule"):
        parse(PAGE.encode(), "https://harbour.example/", fetched_at=NOW)


def test_rule_finds_nothing() -> None:
    """A rule that finds nothing is named."""
    with pytest.raises(SourceError, match=r"site:harbour\.example finds neither"):
        announced(Result(extractor="site:harbour.example"), "https://harbour.example/")
