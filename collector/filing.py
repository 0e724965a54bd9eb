"""From what was said and read to what is filed: each piece gets its address and the key that tells it from others."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from collector import urls
from storage.recipes import Addressed, Reading
from storage.records import Announcement, Article, Capture, Entry, Result


def addressed(said: Announcement, source_url: str) -> Iterator[Addressed]:
    """The entries of a document with their addresses; a piece without one stands at its source's, with a digest."""
    for entry in said.entries:
        if (found := addressed_entry(entry, source_url)) is not None:
            yield found


def addressed_entry(entry: Entry, source_url: str) -> Addressed | None:
    """One entry of a document; None when it announces nothing that could be asked for."""
    if entry.url is not None:
        url = urls.announced(entry.url, source_url)
        if url is None:
            return None
        return Addressed(entry=entry, url=url, key=urls.identity(url), host=urls.host_of(url))
    if not entry.content:
        return None
    mark = f"#{_digest(entry.guid or entry.title or entry.content)}"
    host, key = urls.host_of(source_url), urls.identity(source_url)
    return Addressed(entry=entry, url=source_url + mark, key=key + mark, host=host)


def readings(result: Result, capture: Capture) -> list[Reading]:
    """The articles of one page, each under the address it claims and the one it was fetched from."""
    page = _page_address(capture)
    return [
        _reading(article, _claimed(article, capture, page), page, alone=len(result.articles) == 1)
        for article in result.articles
    ]


def joined(pages: Sequence[Result]) -> Result:
    """The first page's result, its article going on with the paragraphs and captions of the later ones."""
    articles = [page.articles[0] for page in pages if page.articles]
    if len(articles) < 2 or not pages[0].articles:
        return pages[0]
    whole = replace(
        articles[0],
        paragraphs=tuple(paragraph for article in articles for paragraph in article.paragraphs),
        captions=tuple(dict.fromkeys(caption for article in articles for caption in article.captions)),
    )
    return replace(pages[0], articles=(whole, *pages[0].articles[1:]), next_page=None)


def _claimed(article: Article, capture: Capture, page: str) -> str:
    """The address that the piece claims; the page's own where it claims none, or the one that its bytes came from."""
    if article.url is None or urls.identity(article.url) == urls.identity(capture.final_url):
        return page
    return article.url


def _reading(article: Article, url: str, page: str, *, alone: bool) -> Reading:
    key = _key(url, page)
    if not alone and article.found and key == urls.identity(page):  # an item that has no address of its own
        mark = f"#{_digest(article.title)}"
        url, key = url + mark, key + mark
        return Reading(article=article, url=url, key=key, site=urls.site_of(page), own_url=url, own_key=key)
    own_url = url if article.found else page
    return Reading(
        article=article,
        url=url,
        key=key,
        site=urls.site_of(url),
        own_url=own_url,
        own_key=_key(own_url, page),
    )


def _key(url: str, page: str) -> str:
    """That of a piece which its source gave no address is the source's, with the digest that `addressed` gave it."""
    base, sign, mark = page.partition("#")
    return urls.identity(base) + sign + mark if sign and url == page else urls.identity(url)


def _page_address(capture: Capture) -> str:
    """Where the page is: where the redirects ended, but not when they ended on a front page."""
    asked, ended = capture.url, capture.final_url
    moved = asked if urls.swallowed(asked, ended) else ended
    return moved if "#" in moved else urls.canonical(moved) or moved


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
