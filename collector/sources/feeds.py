"""
RSS, RDF and Atom bytes -> entries; the only door to feedparser. Knows no network or clock.

Of feedparser's work its dates are not taken: it ignores CEST and BST, makes `2013-xx-27` a day of this month and
25:14 the next morning. The raw strings are read by `collector.extract.dates`.
"""

import html
import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.sax import SAXException

import feedparser

from collector.errors import SourceError
from collector.extract import dates
from collector.sources import feed_rest
from collector.sources.entries import as_html, distinct, merged, plain_words, web_address
from storage.records import Announcement, Entry, Moment

# feedparser needs 25 s for 50 MB, and 5 s for one tag with 20,000 attributes: time grows with their square.
LONGEST_FEED = 10 * 1024 * 1024
LONGEST_TAG = 64 * 1024  # without what stands in quotes: a picture as data: URL costs nothing

_TAG = re.compile(rb"""<[A-Za-z][^<>"']*+(?:(?:"[^"]*+"|'[^']*+')[^<>"']*+)*+""")
_QUOTED = re.compile(rb"""\"[^"]*+"|'[^']*+'""")
# XML 1.0, 2.2 forbids them, one makes the strict parser give up; ESC stays, ISO-2022-JP is written with it.
_FORBIDDEN = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D, 0x1B})
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HEAD = 65_536  # bytes in which a channel says what it wishes
_MARKUP = ("text/html", "application/xhtml+xml")


def read(body: bytes, url: str, fetched_at: datetime) -> Announcement:
    """The entries of a feed in UTF-8, none for a feed without any. Raises SourceError: no feed, too large, broken."""
    _refuse_hostile(body)
    body = body.translate(None, delete=_FORBIDDEN)
    found = feedparser.parse(
        io.BytesIO(body),  # never a str: it may be opened as a file or fetched
        # XML, so that text/* does not mean ASCII or Latin-1 (as RFC 3023 had it); with its charset nothing is guessed
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
    )
    if not found.entries and (not found.get("version") or isinstance(found.get("bozo_exception"), SAXException)):
        raise SourceError(f"a feed without a readable entry: {found.get('bozo_exception', 'no known format')}")
    reader = _Reader(body, url, found, fetched_at)
    ttl = str(found.feed.get("ttl", "")).strip()
    return Announcement(
        kind="feed",
        title=_title(found.feed),
        entries=merged(reader.entries()),
        ttl=int(ttl) if re.fullmatch(r"[0-9]{1,6}", ttl) else None,
        skip_hours=tuple(
            sorted({int(hour) % 24 for hour in _skipped(body, b"Hours", rb"[0-9]{1,2}") if int(hour) < 25})
        ),
        skip_days=tuple(sorted({_DAYS.index(day) for day in _skipped(body, b"Days", b"[A-Za-z]+") if day in _DAYS})),
        links=feed_rest.links(found.feed, url),
        generator=feed_rest.generator(found.feed),
        total=feed_rest.total(found.feed),
        complete=feed_rest.says(found.feed, "complete"),
        archive=feed_rest.says(found.feed, "archive"),
    )


def _skipped(body: bytes, what: bytes, value: bytes) -> Iterator[str]:
    """The values of skipHours or skipDays (RSS 2.0.11), which feedparser runs into one; hour 24 is hour 0."""
    listed = re.search(rb"<skip%s>(.{0,2000}?)</skip%s>" % (what, what), body[:_HEAD], re.DOTALL)
    if listed:
        yield from (each.decode().lower() for each in re.findall(rb">\s*(%s)\s*<" % value, listed[1]))


class _Reader:
    """One feed's entries, each read against what the feed says of all."""

    def __init__(self, body: bytes, url: str, found: Any, fetched_at: datetime) -> None:
        self.body, self.url, self.found, self.fetched_at = body, url, found, fetched_at
        self.language = _text(found.feed, "language")

    def entries(self) -> Iterator[Entry]:
        for entry in self.found.entries:
            yield self._entry(entry)

    def _entry(self, entry: Mapping[str, Any]) -> Entry:
        published, updated = self._moment(entry, "published", "created"), self._moment(entry, "updated")
        if published is None and self.found.get("version", "").startswith("rss"):
            published, updated = updated, None  # dc:date, which RSS 1.0 has in the place of pubDate
        content, summary = _content(entry), _text(entry, "summary")
        copied = any(part.get("value", "").strip() == summary for part in entry.get("content", ()))
        return Entry(
            url=self._address(entry),
            guid=_text(entry, "id"),
            title=_title(entry),
            published=published,
            updated=updated,
            summary=None if copied else summary,
            content=content,
            authors=distinct(plain_words(author.get("name")) for author in entry.get("authors", ())),
            tags=distinct(plain_words(tag.get("term")) for tag in entry.get("tags", ())),
            language=_language(entry) or self.language,
        )

    def _moment(self, entry: Mapping[str, Any], *keys: str) -> Moment | None:
        raw = next((raw for key in keys if (raw := _text(entry, key))), None)
        return dates.parse(raw, now=self.fetched_at, language=self.language) if raw else None

    def _address(self, entry: Mapping[str, Any]) -> str | None:
        """The story's own address before FeedBurner's, its link before its guid."""
        pages = [link for link in entry.get("links", ()) if link.get("rel") == "alternate"]
        pages.sort(key=lambda link: link.get("type") not in (None, *_MARKUP))
        found = [_text(entry, "feedburner_origlink"), *(link.get("href") for link in pages), self._permalink(entry)]
        return next((address for text in found if (address := web_address(text, self.url))), None)

    def _permalink(self, entry: Mapping[str, Any]) -> str | None:
        """A guid that is an address as it stands in the feed: feedparser joins `abc123`, too, to the feed's address."""
        guid = _text(entry, "id") or ""
        permalink = entry.get("guidislink") is not False
        return guid if permalink and any(form in self.body for form in _spellings(guid)) else None


def _spellings(address: str) -> tuple[bytes, bytes]:
    return address.encode(errors="replace"), html.escape(address).encode(errors="replace")


def _refuse_hostile(body: bytes) -> None:
    if len(body) > LONGEST_FEED:
        raise SourceError(f"a feed of more than {LONGEST_FEED // 1024**2} MB")
    for tag in _TAG.finditer(body):
        if len(tag[0]) > LONGEST_TAG and len(_QUOTED.sub(b"", tag[0])) > LONGEST_TAG:
            raise SourceError(f"a feed with a tag of more than {LONGEST_TAG // 1024} KB")


def _text(values: Mapping[str, Any], key: str) -> str | None:
    """A string as it stands there. By `dict.get`: feedparser's own `get` gives `published` for `updated`, and warns."""
    value = dict.get(values, key) if isinstance(values, dict) else None
    return value.strip() or None if isinstance(value, str) else None


def _title(values: Mapping[str, Any]) -> str | None:
    return plain_words(_text(values, "title"), markup=values.get("title_detail", {}).get("type") in _MARKUP)


def _language(entry: Mapping[str, Any]) -> str | None:
    details = [*entry.get("content", ()), entry.get("title_detail", {})]
    return next((language for detail in details if (language := detail.get("language"))), None)


def _content(entry: Mapping[str, Any]) -> str | None:
    """The longest body that is text; some feeds carry a picture's or a player's beside it."""
    parts = [(part.get("type"), part.get("value", "").strip()) for part in entry.get("content", ())]
    bodies = [value if type in _MARKUP else as_html(value) for type, value in parts if type in (*_MARKUP, "text/plain")]
    return max(bodies, key=len, default=None) or None
