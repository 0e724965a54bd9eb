"""
Sitemaps -> entries, sitemap indexes -> parts (sitemaps.org; Google's news extension). Knows no network or clock.

Elements are matched by local name: real sitemaps bind the namespaces wrongly or not at all. `lastmod` is when a page
was last written by a machine, often all of them at once: it is `updated`, never `published`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from collector.errors import SourceError
from collector.extract import dates
from collector.sources.entries import distinct, mended, merged, plain_words, web_address
from collector.sources.sitemap_bytes import Opened, opened
from storage.records import Announcement, Entry, Moment

_CLOSED = re.compile(rb"(?:</[\w.:-]*(?:urlset|sitemapindex)\s*|<[^<>]*/)>$", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s\[\]]*)?")
_Read = Callable[[str | None], Moment | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A sitemap that an index names. `updated`: when something in it was, as the index says."""

    url: str
    updated: Moment | None = None


def stream(file: BinaryIO, url: str, fetched_at: datetime) -> Iterator[Entry | Named]:
    """What a sitemap or an index of any size says, in its order and twice what it says twice, in bounded memory.

    XML or a plain list of addresses, gzip of either. Raises SourceError for anything else, also half-way.
    """
    return told(opened(file), url, fetched_at)


def told(document: Opened, url: str, fetched_at: datetime) -> Iterator[Entry | Named]:
    """As `stream`, of a document that is open already."""
    match document.form:
        case "sitemap":
            return _told(document.pieces, url, fetched_at)
        case "addresses":
            return _listed(document.pieces, url)
        case form:
            raise SourceError("an empty document" if form == "empty" else f"no sitemap: {form}")


def read(body: bytes, url: str, fetched_at: datetime) -> Announcement:
    """A sitemap or an index, its parts newest first. Raises SourceError when it breaks off without an address."""
    entries: list[Entry] = []
    parts: list[Named] = []
    for one in _told([body], url, fetched_at):
        if isinstance(one, Named):
            parts.append(one)
        else:
            entries.append(one)
    parts.sort(key=lambda part: _age(part.updated), reverse=True)
    named = distinct(part.url for part in parts if part.url != url)
    return Announcement(kind="sitemap", entries=merged(entries), parts=named)


def read_addresses(body: bytes, url: str) -> Announcement:
    """A sitemap as plain text, one address a line."""
    return Announcement(kind="sitemap", entries=merged(_listed([body], url)))


def _listed(pieces: Iterable[bytes], base: str) -> Iterator[Entry]:
    for piece in pieces:
        for line in piece.decode("utf-8", errors="replace").splitlines():
            if "://" in line and (address := web_address(line, base)):
                yield Entry(url=address)


def _told(pieces: Iterable[bytes], url: str, fetched_at: datetime) -> Iterator[Entry | Named]:
    @lru_cache(maxsize=4096)  # many pages are written in one second, and on one day
    def moment(raw: str | None) -> Moment | None:
        return dates.parse(raw, now=fetched_at) if raw else None

    ends: list[bytes] = []
    silent = True
    for element in _elements(pieces, ends):
        name = _local(element)
        if name not in ("url", "sitemap"):
            continue
        if address := _address(_child(element, "loc"), url):
            silent = False
            if name == "url":
                yield _entry(element, address, moment)
            else:
                yield Named(url=address, updated=moment(_child(element, "lastmod")))
        _forget(element)
    if silent and not (ends and _CLOSED.search(ends[0])):
        raise SourceError("a sitemap cut off before its first address")


def _elements(pieces: Iterable[bytes], ends: list[bytes]) -> Iterator[etree._Element]:
    """Each element as it ends, of broken XML as far as it goes. Expands no entity, loads no DTD, fetches nothing.

    ends: afterwards, what the document ended with.
    """
    parser = etree.XMLPullParser(events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for piece in pieces:
            parser.feed(mended(piece))
            ends[:] = [piece]
            yield from _ended(parser)
        parser.close()
    except etree.XMLSyntaxError as e:
        raise SourceError(f"a sitemap that is no XML: {e}") from e
    yield from _ended(parser)


def _ended(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    return (element for _, element in parser.read_events() if isinstance(element, etree._Element))


def _entry(element: etree._Element, address: str, moment: _Read) -> Entry:
    updated = moment(_child(element, "lastmod"))
    news = next((child for child in element if _local(child) == "news"), None)
    if news is None:
        return Entry(url=address, updated=updated)
    publication = next((child for child in news if _local(child) == "publication"), None)
    return Entry(
        url=address,
        title=plain_words(_child(news, "title"), markup=True),
        published=moment(_child(news, "publication_date")),
        updated=updated,
        tags=distinct(plain_words(word) for word in (_child(news, "keywords") or "").split(",")),
        language=_child(publication, "language"),
    )


def _address(loc: str | None, base: str) -> str | None:
    return loc if loc and _WHOLE.fullmatch(loc) else web_address(loc, base)  # most are whole, and there are many


def _child(element: etree._Element | None, name: str) -> str | None:
    """The text of the first child of that name: `image:loc` stands a level deeper and is no `loc` of the page."""
    if element is None:
        return None
    return next((text for child in element if _local(child) == name and (text := (child.text or "").strip())), None)


def _local(element: etree._Element) -> str:
    """The name without namespace or prefix; "" for comments and instructions."""
    return _bare(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=256)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _age(moment: Moment | None) -> datetime:
    """To sort by; what is not dated comes last."""
    if moment is None:
        return datetime.min.replace(tzinfo=UTC)
    value: date | datetime = moment.value
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def _forget(element: etree._Element) -> None:
    """Free what has been read, so that memory does not grow with the sitemap."""
    element.clear()
    while (before := element.getprevious()) is not None and (parent := element.getparent()) is not None:
        parent.remove(before)
