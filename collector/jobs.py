"""What worker processes do: pure work on bytes, by name. Knows no process and no pipe."""

from collections.abc import Mapping
from datetime import datetime

from collector import sources, urls
from collector.extract import extract as read_page
from collector.extract import fragment, rules
from storage.records import Announcement, Carried, Result, SourceKind


def extract(
    html: bytes, url: str, content_type: str | None, fetched_at: datetime, *, rule: str | None = None
) -> Result:
    """The articles of a page. `rule`: the host whose site rule reads it, instead of its own."""
    return read_page(html, url, content_type, fetched_at, sites=_sites(url, rule))


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
    return sources.parse(
        *(body, url),
        content_type=content_type,
        kind=kind,
        fetched_at=fetched_at,
        status=status,
        sites=_sites(url, rule),
    )


def extract_carried(carried: Carried, now: datetime) -> Result:
    """The article whose whole text stood in the source itself."""
    return fragment.extract(
        *(carried.content, carried.url),
        title=carried.title,
        published=carried.published,
        base=carried.source_url,
        now=now,
    )


def _sites(url: str, rule: str | None) -> Mapping[str, rules.Rule] | None:
    """None: the installed rules, each for its own hosts."""
    if rule is None:
        return None
    found = rules.match(rules.installed(), f"https://{rule}/")
    return {urls.host_of(url): found} if found else {}
