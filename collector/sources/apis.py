"""JSON that is no feed -> what it announces, where it is the answer of a known API. Knows no network or clock."""

from collections.abc import Mapping
from datetime import datetime

from collector.errors import SourceError
from collector.extract import rules
from collector.extract.rule import Rule
from collector.sources import json_items, wordpress
from collector.sources.entries import merged
from storage.records import Announcement


def read(body: bytes, url: str, fetched_at: datetime, sites: Mapping[str, Rule] | None) -> Announcement:
    """Posts of WordPress, or the items that an API of the site's rule gives. Raises SourceError for any other JSON."""
    try:
        return Announcement(kind="feed", entries=wordpress.read(body, url, fetched_at).entries)
    except SourceError:
        rule = rules.match(rules.installed() if sites is None else sites, url)
    for api in rule.api if rule else ():
        if items := json_items.read(body, api, url, fetched_at).items:
            return Announcement(kind="feed", entries=merged(item.entry for item in items))
    raise SourceError("JSON that is no JSON Feed")
