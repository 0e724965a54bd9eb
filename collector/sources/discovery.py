"""Where a site keeps its feeds: what its pages and its robots.txt say, and where feeds usually lie. Fetches nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree

from collector.sources.entries import distinct, plain_words, web_address

_FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/xml",
    "application/xml", "application/json", "text/rss+xml", "application/x.atom+xml", "application/x-rss+xml",
})  # fmt: skip
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss|atom|rdf|rss2)(?:/|$|\.\w+$)|\.(?:rss|atom|rdf)$|/(?:index|feed|rss)\.(?:xml|rdf|json)$"
    r"|/feeds/posts/default$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format|alt|type)=(?:rss2?|atom|feed)\b", re.IGNORECASE)
_USUAL = (
    "/feed", "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/", "/feeds/posts/default",
    "/feed.json", "/feeds", "/index.rdf", "/rss/index.xml", "/?feed=rss2",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that may be a feed. `declared`: the page's head calls it one; else a link of its body looks like one."""

    url: str
    title: str | None = None
    declared: bool = False


def feeds_of_page(html: bytes, url: str, content_type: str | None = None) -> tuple[Candidate, ...]:
    """The feeds a page names, the declared ones first, each address once. Comment feeds come last of their sort."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.I)
    root = _tree(html, charset[1] if charset else None)
    if root is None:
        return ()
    base = next((href for element in root.iter("base") if (href := element.get("href"))), None)
    found: dict[str, Candidate] = {}
    for candidate in _candidates(root, urljoin(url, base) if base else url):
        found.setdefault(candidate.url, candidate)
    return tuple(sorted(found.values(), key=lambda one: (not one.declared, "comment" in one.url.lower())))


def usual_places(url: str) -> tuple[str, ...]:
    """Where feeds lie on most sites: beside `url` when it is a section, then at the root of its host."""
    path = urlsplit(url).path
    beside = () if path in ("", "/") or "." in path.rsplit("/", 1)[-1] else ("feed", "rss", "rss.xml", "feed.xml")
    section = urljoin(url, path if path.endswith("/") else f"{path}/")
    places = [*(urljoin(section, name) for name in beside), *(urljoin(url, place) for place in _USUAL)]
    return distinct(web_address(place, url) for place in places)


def sitemaps_of_robots(body: bytes, url: str) -> tuple[str, ...]:
    """The `Sitemap:` lines of a robots.txt, which belong to no group (RFC 9309 2.2.4), absolute."""
    text = body[: 500 * 1024].decode("utf-8-sig", errors="replace")
    return distinct(
        web_address(line, url) for line in re.findall(r"(?im)^[ \t]*site-?map[ \t]*:[ \t]*([^\s#]\S*)", text)
    )


def _tree(html: bytes, charset: str | None) -> etree._Element | None:
    try:
        parser = etree.HTMLParser(encoding=charset, no_network=True)
    except LookupError:  # a charset that libxml2 does not know
        parser = etree.HTMLParser(no_network=True)
    try:
        return etree.fromstring(html, parser)
    except etree.XMLSyntaxError:  # nothing in it
        return None


def _candidates(root: etree._Element, base: str) -> Iterator[Candidate]:
    for element in root.iter("link", "a"):
        address = web_address(element.get("href"), base)
        if address is None:
            continue
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if element.tag == "link" and kind in _FEED_TYPES and "alternate" in (element.get("rel") or "").lower().split():
            if "oembed" not in address and "/wp-json/" not in address:  # WordPress calls these alternates, too
                yield Candidate(url=address, title=plain_words(element.get("title")), declared=True)
        elif element.tag == "a" and _looks_like_feed(address, kind):
            yield Candidate(url=address, title=plain_words("".join(str(text) for text in element.itertext())))


def _looks_like_feed(address: str, kind: str) -> bool:
    parts = urlsplit(address)
    return kind in _FEED_TYPES or bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query))
