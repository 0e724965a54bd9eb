"""What a feed says of its rest, in its head as feedparser read it: where it goes on, how much there is, who made it."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from collector.sources.entries import distinct, web_address

_RELATIONS = (
    *("self", "current", "prev-archive", "next-archive"),  # RFC 5005, 4
    *("first", "last", "next", "previous"),  # RFC 5005, 3
)


def links(feed: Mapping[str, Any], url: str) -> dict[str, tuple[str, ...]]:
    """The addresses at which more of it lies, by their relation; Atom's `link`, and that of Atom in RSS."""
    found: dict[str, tuple[str, ...]] = {}
    for relation in _RELATIONS:
        said = (link.get("href") for link in feed.get("links", ()) if link.get("rel", "").lower() == relation)
        if addresses := distinct(web_address(address, url) for address in said):
            found[relation] = addresses
    return found


def generator(feed: Mapping[str, Any]) -> str | None:
    """Name and address of what made it, as far as it says: `Blogger https://www.blogger.com`."""
    detail = feed.get("generator_detail", {})
    return " ".join(distinct([detail.get("name"), detail.get("href")])) or None


def generator_of_page(html: bytes) -> str | None:
    """What made a web page, by the `meta` of its head."""
    try:
        root = etree.fromstring(html, etree.HTMLParser(no_network=True))
    except etree.XMLSyntaxError:  # nothing in it
        return None
    metas = [] if root is None else root.iter("meta")
    return next((meta.get("content") for meta in metas if (meta.get("name") or "").lower() == "generator"), None)


def total(feed: Mapping[str, Any]) -> int | None:
    """How many entries there are in all (OpenSearch 1.1, totalResults)."""
    said = str(feed.get("opensearch_totalresults", "")).strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def says(feed: Mapping[str, Any], flag: str) -> bool:
    """Does it carry this element of RFC 5005, whatever its prefix?"""
    return any(key.endswith(f"_{flag}") for key in feed)
