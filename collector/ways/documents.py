"""
The bytes of one document of a way -> what it announces, by how its step says it is read. Knows no network or archive.

sitemap   maps: streamed from a file, however large        feed, page   feed_pages
posts     posts: WordPress' own API                        api          described by a site rule
listing   listing_pages                                    captures     the CDX list of a web archive
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from collector.errors import SourceError
from collector.extract import rules
from collector.ways import api_pages, captures, feed_pages, listing_pages, maps, posts
from collector.ways.nouns import Leaf, Notes, Reads, Span, Step
from storage.records import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer on a way. `file` holds the body of what is read from a file, and takes `found` to its side."""

    reads: Reads
    url: str  # where it was at last
    status: int
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    file: Path | None = None
    place: Notes = field(default_factory=dict)

    @classmethod
    def of(cls, capture: Capture, step: Step) -> "Document":
        return cls(
            reads=step.reads,
            url=capture.final_url,
            status=capture.status,
            fetched_at=capture.fetched_at,
            headers=dict(reversed(capture.headers)),  # the first of a name counts
            body=capture.body,
            file=capture.file,
            place=step.place,
        )


def read(document: Document, span: Span, site: str, rule: str | None = None) -> Leaf:
    """What it says. An answer that is none, and one that cannot be read, is a leaf that says why.

    rule: the host whose site rule reads the site's listings and describes its API, if not its own.
    """
    if not 200 <= document.status < 300:
        return Leaf(status=document.status, why=f"answered {document.status}{_code(document.body)}")
    try:
        return _READERS[document.reads](document, span, site, rule)
    except SourceError as error:
        return Leaf(status=document.status, why=str(error))


def _code(body: bytes) -> str:
    """An API's own word for what was wrong: `rest_invalid_param`."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    code = said.get("code") if isinstance(said, dict) else None
    return f": {code}" if isinstance(code, str) else ""


def _sitemap(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    assert document.file is not None
    with document.file.open("rb") as file:
        return maps.read(file, document.url, document.fetched_at, span, site, document.file.with_suffix(".found"))


def _feed(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    content_type = document.headers.get("content-type")
    return feed_pages.read(document.body, document.url, content_type, document.fetched_at, span, site)


def _page(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    return feed_pages.read_page(document.body, document.url, document.headers.get("content-type"))


def _posts(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    return posts.read(document.body, document.url, document.fetched_at, span, site, document.headers)


def _api(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    return api_pages.read(document.body, document.url, document.fetched_at, span, site, document.place)


def _listing(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    content_type = document.headers.get("content-type")
    found = rules.match(rules.installed(), f"https://{rule}/" if rule else document.url)
    return listing_pages.read(document.body, document.url, content_type, document.fetched_at, span, site, found)


def _captures(document: Document, span: Span, site: str, rule: str | None) -> Leaf:
    return captures.read(document.body, document.url, span, site)


_READERS: dict[Reads, Callable[[Document, Span, str, str | None], Leaf]] = {
    "sitemap": _sitemap,
    "feed": _feed,
    "page": _page,
    "posts": _posts,
    "api": _api,
    "listing": _listing,
    "captures": _captures,
}
