"""
Sitemaps -> entries, sitemap indexes -> parts (sitemaps.org; Google's news extension). Knows no network or clock.

Elements are matched by local name: real sitemaps bind the namespaces wrongly or not at all. `lastmod` is when a page
was last written by a machine, often all of them at once: it is `updated`, never `published`.
"""

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time

from lxml import etree

from collector.errors import SourceError
from collector.extract import dates
from collector.sources.entries import distinct, mended, merged, plain_words, web_address
from storage.records import Announcement, Entry, Moment

_CLOSED = re.compile(rb"(?:</[\w.:-]*(?:urlset|sitemapindex)\s*|<[^<>]*/)>$", re.IGNORECASE)
_Read = Callable[[str | None], Moment | None]


def read(body: bytes, url: str, fetched_at: datetime) -> Announcement:
    """A sitemap or an index, its parts newest first. Raises SourceError when it breaks off without an address."""

    def moment(raw: str | None) -> Moment | None:
        return dates.parse(raw, now=fetched_at) if raw else None

    entries: list[Entry] = []
    parts: list[tuple[datetime, str]] = []
    for element in _elements(body):
        match _local(element):
            case "url":
                entries.append(_entry(element, url, moment))
            case "sitemap":
                if address := web_address(_child(element, "loc"), url):
                    parts.append((_age(moment(_child(element, "lastmod"))), address))
            case _:
                continue
        _forget(element)
    parts.sort(key=lambda part: part[0], reverse=True)
    found = Announcement(
        kind="sitemap", entries=merged(entries), parts=distinct(part for _, part in parts if part != url)
    )
    if not (found.entries or parts or _CLOSED.search(body)):
        raise SourceError("a sitemap cut off before its first address")
    return found


def read_addresses(body: bytes, url: str) -> Announcement:
    """A sitemap as plain text, one address a line."""
    lines = body.decode("utf-8", errors="replace").splitlines()
    return Announcement(kind="sitemap", entries=merged(Entry(url=_whole(line, url)) for line in lines))


def _whole(line: str, base: str) -> str | None:
    return web_address(line, base) if "://" in line else None


def _elements(body: bytes) -> Iterator[etree._Element]:
    """Each element as it ends, of broken XML as far as it goes. Expands no entity, loads no DTD, fetches nothing."""
    try:
        for _, element in etree.iterparse(
            io.BytesIO(mended(body)),
            events=("end",),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        ):
            yield element
    except etree.XMLSyntaxError as e:
        raise SourceError(f"a sitemap that is no XML: {e}") from e


def _entry(element: etree._Element, base: str, moment: _Read) -> Entry:
    news = next((child for child in element if _local(child) == "news"), None)
    publication = None if news is None else next((c for c in news if _local(c) == "publication"), None)
    return Entry(
        url=web_address(_child(element, "loc"), base),
        title=plain_words(_child(news, "title"), markup=True),
        published=moment(_child(news, "publication_date")),
        updated=moment(_child(element, "lastmod")),
        tags=distinct(plain_words(word) for word in (_child(news, "keywords") or "").split(",")),
        language=_child(publication, "language"),
    )


def _child(element: etree._Element | None, name: str) -> str | None:
    """The text of the first child of that name: `image:loc` stands a level deeper and is no `loc` of the page."""
    if element is None:
        return None
    return next((text for child in element if _local(child) == name and (text := (child.text or "").strip())), None)


def _local(element: etree._Element) -> str:
    """The name without namespace or prefix; "" for comments and instructions."""
    return element.tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


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
