"""
The list of captures that a web archive gives -> the addresses of articles, each with its first copy.

A capture is never made before the page was published, and the first one is the best witness of what was published.
So an address that was captured before the span is outside of it. One with a date says itself when it was published;
one without may be of the span if it was first captured then, or within the day after. Knows no network and no archive.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from collector import urls
from collector.ways import cdx, days
from collector.ways.cdx_pages import may_be_article
from collector.ways.nouns import Leaf, Span
from storage.records import Entry, Moment

HTML = frozenset({"text/html", "application/xhtml+xml"})
LATE = timedelta(days=1)  # after the span: till then the first capture of an undated address may be of an article of it


class _Copy(NamedTuple):
    """14 digits of UTC; the address just as it was captured."""

    when: str
    original: str

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.when, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def read(body: bytes, url: str, span: Span, site: str) -> Leaf:
    """What a CDX server said that was asked at `url`. `cursor`: its resume key, None at the end.

    Where it was asked how long its list is, `pages` tells. Raises SourceError for what is no list of captures.
    """
    if "showNumPages=" in url:
        return Leaf(pages=cdx.pages(body))
    rows, key = cdx.table(body)
    copies = _first(rows)
    timely = {address: copy for address, copy in copies.items() if not _is_late(address, copy.moment, span)}
    entries = (_entry(address, copy) for address, copy in timely.items())
    leaf = days.leaf_of(entries, span, site, cursor=key)
    archive = url.partition("/cdx/")[0]
    found = [replace(each, memento=_memento(archive, timely[each.entry.url or ""])) for each in leaf.found]
    return _with_outside(replace(leaf, found=tuple(found)), len(copies) - len(timely))


def _first(rows: Iterable[cdx.Row]) -> dict[str, _Copy]:
    """By address the first good copy, the spellings of one address taken together."""
    first: dict[str, _Copy] = {}
    for row in rows:
        copy = _Copy(row.get("timestamp", ""), row.get("original", ""))
        if _is_page(row) and _is_moment(copy) and may_be_article(copy.original):
            key = urls.identity(copy.original)
            first[key] = min(first.get(key, copy), copy)
    return {urls.announced(copy.original) or copy.original: copy for copy in first.values()}


def _is_page(row: cdx.Row) -> bool:
    """What was asked for, should the server not have filtered."""
    return row.get("statuscode", "200") == "200" and row.get("mimetype", "text/html") in HTML


def _is_moment(copy: _Copy) -> bool:
    try:
        return len(copy.when) == 14 and bool(copy.moment)
    except ValueError:
        return False


def _is_late(url: str, captured: datetime, span: Span) -> bool:
    """Neither a date nor a capture of the days in question says that it is of the span."""
    return captured >= span.ends + LATE and days.day_in(url) is None and days.month_in(url) is None


def _entry(url: str, copy: _Copy) -> Entry:
    return Entry(url=url, updated=Moment(value=copy.moment, raw=copy.when, precision="second"))


def _memento(archive: str, copy: _Copy) -> str:
    """The address of the copy as it came, without what the archive adds to show it (`id_`)."""
    return f"{archive}/web/{copy.when}id_/{copy.original}"


def _with_outside(leaf: Leaf, late: int) -> Leaf:
    if not late:
        return leaf
    counts = {**leaf.counts, "outside": leaf.holds("outside") + late}
    return replace(leaf, counts=counts, days={**leaf.days, ("", "outside"): leaf.days.get(("", "outside"), 0) + late})
