"""HTML listing pages -> entries, as the site's rule reads them. Knows no rule, network or clock."""

from collections.abc import Mapping
from datetime import datetime

from collector.errors import SourceError
from collector.extract import extract
from collector.extract.rule import Rule
from collector.sources.entries import merged, web_address
from storage.records import Announcement, Article, Entry, Moment, Result


def read(
    html: bytes,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    sites: Mapping[str, Rule] | None = None,
    charset: str | None = None,
) -> Announcement:
    """What `announced` makes of the page at `url`, read by the rules of `sites` (None: all installed ones)."""
    return announced(extract(html, url, content_type, fetched_at, sites, charset=charset), url)


def announced(result: Result, url: str) -> Announcement:
    """
    The articles that stand whole on a listing (`result`), and the links that the site's rule finds there.

    Raises SourceError when there are neither. What the generic extractor takes for the text of a listing is not wanted:
    it is the headlines of the hour, and another text an hour later.
    """
    if result.extractor == "generic":
        raise SourceError("a web page, and no site rule says where its links stand")
    told = [_entry(article, url) for article in result.articles]
    entries = merged([*told, *(Entry(url=web_address(link, url)) for link in result.links)])
    if not (entries or result.articles):
        raise SourceError(f"a web page in which the rule {result.extractor} finds neither links nor articles")
    whole = result if result.articles else None
    return Announcement(kind="listing", entries=entries, result=whole, charset=result.charset)


def _entry(article: Article, url: str) -> Entry:
    """What the listing says of an article; its own page is asked for the rest."""
    published = None
    if article.published is not None:
        published = Moment(
            value=article.published, raw=article.published_raw or "", precision=article.published_precision or "second"
        )
    return Entry(
        url=web_address(article.url, url),
        title=article.title,
        published=published,
        authors=article.authors,
        tags=article.tags,
        language=article.language,
    )
