"""JSON Feed 1.0 and 1.1 (jsonfeed.org) -> entries. Knows no network or clock."""

import json
from datetime import datetime
from typing import Any

from collector.errors import SourceError
from collector.extract import dates
from collector.sources.entries import as_html, distinct, merged, plain_words, web_address
from storage.records import Announcement, Entry, Moment


def read(body: bytes, url: str, fetched_at: datetime) -> Announcement:
    """The items of a JSON Feed. Raises SourceError for JSON that is broken or none."""
    try:
        feed = json.loads(body.decode("utf-8", errors="replace"), strict=False)
    except (ValueError, RecursionError) as e:
        raise SourceError(f"a JSON Feed that is broken: {e}") from e
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise SourceError("a JSON Feed without items")
    following = web_address(_text(feed, "next_url"), url)
    return Announcement(
        kind="feed",
        title=plain_words(_text(feed, "title")),
        links={"next": (following,)} if following else {},
        entries=merged(_entry(item, feed, url, fetched_at) for item in feed["items"] if isinstance(item, dict)),
    )


def _entry(item: dict[str, Any], feed: dict[str, Any], url: str, fetched_at: datetime) -> Entry:
    language = _text(item, "language") or _text(feed, "language")
    guid = _text(item, "id")
    told = _text(item, "url") or _text(item, "external_url")
    text = _text(item, "content_text")
    return Entry(
        # an id is an address only when it is a whole one; "7" is none, though it could be joined to the feed's
        url=web_address(told, url) or (web_address(guid, url) if guid and "://" in guid else None),
        guid=guid,
        title=plain_words(_text(item, "title")),
        published=_moment(item, "date_published", fetched_at),
        updated=_moment(item, "date_modified", fetched_at),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or (as_html(text) if text else None),
        authors=_authors(item) or _authors(feed),
        tags=distinct(plain_words(tag) for tag in _list(item, "tags") if isinstance(tag, str)),
        language=language,
    )


def _authors(values: dict[str, Any]) -> tuple[str, ...]:
    """1.1 has a list; 1.0 had one `author`."""
    people = [*_list(values, "authors"), values.get("author")]
    return distinct(plain_words(_text(person, "name")) for person in people if isinstance(person, dict))


def _moment(item: dict[str, Any], key: str, fetched_at: datetime) -> Moment | None:
    raw = _text(item, key)
    return dates.parse(raw, now=fetched_at) if raw else None


def _list(values: dict[str, Any], key: str) -> list[Any]:
    value = values.get(key)
    return value if isinstance(value, list) else []


def _text(values: dict[str, Any], key: str) -> str | None:
    """A string, or a number as one: 1.0 allowed ids that are none (and readers must take them)."""
    value = values.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() or None if isinstance(value, str) else None
