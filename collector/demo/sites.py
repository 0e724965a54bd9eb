"""A site's stories -> the documents it serves: its shape's own pages, and what any site has. Knows no network."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from collector.demo.shapes import agency, blog, listing, magazine
from collector.demo.stories import Site
from collector.demo.templates import Html, fill, join, tag

SHAPES: dict[str, Callable[[Site, datetime], dict[str, Html]]] = {
    "blog": blog.pages,
    "listing": listing.pages,
    "agency": agency.pages,
    "magazine": magazine.pages,
}


class Document(NamedTuple):
    """What one path of a site answers."""

    body: bytes
    content_type: str


def documents(site: Site, now: datetime) -> dict[str, Document]:
    """Path -> document. `now` words the listing's relative times."""
    pages = {**_common(site), **SHAPES[site.shape](site, now)}
    return {path: Document(body=text.encode(), content_type=_content_type(site, path)) for path, text in pages.items()}


def missing() -> Document:
    """What every other path answers, with status 404."""
    return Document(body=fill("missing.html").encode(), content_type="text/html; charset=utf-8")


def _common(site: Site) -> dict[str, Html]:
    url = site.root + site.source
    links = join(tag("li", tag("a", story.title, href=story.path)) for story in site.stories)
    urls = join(fill("sitemap-url.xml", url=s.url, updated=s.updated.isoformat()) for s in site.stories)
    feeds = fill("home-feed.html", type=site.feed, name=site.name, url=url) if site.feed else Html()
    return {
        "/": fill("home.html", name=site.name, private=site.private, links=links, feeds=feeds),
        "/robots.txt": fill("robots.txt", disallow=site.disallow, root=site.root),
        "/sitemap.xml": fill("sitemap.xml", urls=urls),
        site.private: fill("private.html", name=site.name),
    }


def _content_type(site: Site, path: str) -> str:
    kind = "text/html"
    if path == "/robots.txt":
        kind = "text/plain"
    elif path == "/sitemap.xml":
        kind = "application/xml"
    elif path == site.source and site.feed:
        kind = f"application/{site.feed}+xml"
    return f"{kind}; charset=utf-8"
