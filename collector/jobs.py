"""What worker processes do: pure work on bytes, by name. Knows no process and no pipe."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast

from collector import sources, urls
from collector.extract import extract as read_page
from collector.extract import fragment, rules
from storage.archive.entries import Carried
from storage.records import Announcement, Result, SourceKind

T = TypeVar("T")


def extract(
    html: bytes, url: str, content_type: str | None, fetched_at: datetime, *, rule: str | None = None
) -> Result:
    """The articles of a page. `rule`: the host whose site rule reads it, instead of its own."""
    return storable(read_page(html, url, content_type, fetched_at, sites=_sites(url, rule)))


def parse(
    body: bytes,
    url: str,
    *,
    content_type: str | None,
    kind: SourceKind | None,
    fetched_at: datetime,
    status: int,
    rule: str | None = None,
) -> Announcement:
    """What a document of a source announces. Raises SourceError."""
    said = sources.parse(
        *(body, url),
        content_type=content_type,
        kind=kind,
        fetched_at=fetched_at,
        status=status,
        sites=_sites(url, rule),
    )
    return storable(said)


def extract_carried(carried: Carried, now: datetime) -> Result:
    """The article whose whole text stood in the source itself."""
    return storable(
        fragment.extract(
            *(carried.content, carried.url),
            title=carried.title,
            published=carried.published,
            base=carried.source_url,
            now=now,
        )
    )


def storable(value: T) -> T:
    """The same value without what no database keeps: lone surrogates and NUL, as escapes in JSON can spell them."""
    if isinstance(value, str):
        whole = value.isascii() and "\0" not in value
        return value if whole else cast(T, value.encode("utf-8", "replace").decode().replace("\0", "\ufffd"))
    if isinstance(value, tuple):
        return cast(T, tuple(storable(each) for each in value))
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {each.name: storable(getattr(value, each.name)) for each in fields(value)}
        return cast(T, replace(value, **changes))
    return value


def _sites(url: str, rule: str | None) -> Mapping[str, rules.Rule] | None:
    """None: the installed rules, each for its own hosts."""
    if rule is None:
        return None
    found = rules.match(rules.installed(), f"https://{rule}/")
    return {urls.host_of(url): found} if found else {}
