"""
Posts as the REST API of WordPress lists them (developer.wordpress.org/rest-api/reference/posts) -> entries.

Knows no network or clock.
"""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from collector.errors import SourceError
from collector.extract import dates
from collector.sources.entries import merged, plain_words, web_address
from storage.records import Entry, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """One page. count: of all posts on it. clocks: by how many seconds the clock on the site's wall is before UTC."""

    entries: tuple[Entry, ...]
    count: int
    clocks: tuple[int, ...]


def read(body: bytes, url: str, fetched_at: datetime) -> Posts:
    """The posts in their order. Raises SourceError for what is no list of posts."""
    try:
        told = json.loads(body.decode("utf-8-sig", errors="replace"), strict=False)
    except (ValueError, RecursionError) as e:
        raise SourceError(f"posts of WordPress that are no JSON: {e}") from e
    if not isinstance(told, list) or not all(isinstance(post, dict) and "link" in post for post in told):
        raise SourceError("JSON that is no list of WordPress' posts")
    clocks = {clock for post in told if (clock := _clock(post)) is not None}
    entries = merged(_entry(post, url, fetched_at) for post in told)
    return Posts(entries=entries, count=len(told), clocks=tuple(sorted(clocks)))


def _entry(post: dict[str, Any], base: str, fetched_at: datetime) -> Entry:
    content = post.get("content")
    locked = isinstance(content, dict) and content.get("protected")
    return Entry(
        url=web_address(_text(post.get("link")), base),
        guid=_rendered(post, "guid"),
        title=plain_words(_rendered(post, "title"), markup=True),
        published=_moment(post, "date_gmt", fetched_at) or _day(post, fetched_at),
        updated=_moment(post, "modified_gmt", fetched_at),
        summary=_rendered(post, "excerpt"),
        content=None if locked else _rendered(post, "content"),
    )


def _moment(post: dict[str, Any], key: str, fetched_at: datetime) -> Moment | None:
    """A time of UTC, which is written without its zone."""
    raw = _text(post.get(key))
    return dates.parse(raw, now=fetched_at) if raw else None


def _day(post: dict[str, Any], fetched_at: datetime) -> Moment | None:
    """Of a post that tells the clock on the wall alone, its day."""
    raw = _text(post.get("date"))
    moment = dates.parse(raw[:10], now=fetched_at) if raw else None
    return replace(moment, raw=raw) if moment and raw else None


def _clock(post: dict[str, Any]) -> int | None:
    try:
        wall, utc = (datetime.fromisoformat(str(post.get(key))) for key in ("date", "date_gmt"))
        return int((wall.replace(tzinfo=UTC) - utc.replace(tzinfo=UTC)).total_seconds())
    except ValueError:  # 0000-00-00T00:00:00, or nothing
        return None


def _rendered(post: dict[str, Any], key: str) -> str | None:
    value = post.get(key)
    return _text(value.get("rendered") if isinstance(value, dict) else value)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
