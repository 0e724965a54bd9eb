"""A page of WordPress' REST API -> a leaf. Knows no network, clock or archive."""

from collections.abc import Mapping
from datetime import datetime

from collector.sources import wordpress
from collector.ways import days
from collector.ways.nouns import Leaf, Span

FORM = "WordPress REST"


def read(body: bytes, url: str, fetched_at: datetime, span: Span, site: str, headers: Mapping[str, str]) -> Leaf:
    """
    What it announces, with the whole pieces. `headers`: by their names in lower case. Raises SourceError.

    cursor: {"came": posts on it, "clock": [least, greatest seconds of the site's clock before UTC], "now": when}.
    """
    told = wordpress.read(body, url, fetched_at)
    clock = [min(told.clocks), max(told.clocks)] if told.clocks else []
    return days.leaf_of(
        told.entries,
        span,
        site,
        form=FORM,
        total=_number(headers.get("x-wp-total")),
        pages=_number(headers.get("x-wp-totalpages")),
        cursor={"came": told.count, "clock": clock, "now": fetched_at.timestamp()},
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.strip().isdecimal() else None
