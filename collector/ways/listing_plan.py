"""
What the first page of a listing offers to go into the past by, the cheapest first. Knows nothing of what was tried.

numbered   pages whose dates tell which of them hold the span
day        archives of each day          month      of each month
archive    another page, which is called an archive
undated    numbered pages, all of them   next       next links
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Literal

from collector.ways import days
from collector.ways.listing_address import Dated, Numbering, dated, numbering
from collector.ways.nouns import Leaf, Span

By = Literal["number", "day", "month", "archive", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of them. url: what is asked for next, of the last two."""

    by: By
    url: str = ""
    numbering: Numbering | None = None
    dated: Dated | None = None

    @classmethod
    def load(cls, said: dict[str, Any]) -> "Option":
        made, archive = said["numbering"], said["dated"]
        return cls(
            by=said["by"],
            url=said["url"],
            numbering=Numbering(**made) if made else None,
            dated=Dated(**archive) if archive else None,
        )

    def dump(self) -> dict[str, Any]:
        return asdict(self)


def offers(leaf: Leaf, url: str, *, whole: bool) -> list[Option]:
    """`whole`: the site's past is wanted, not that of this listing alone; then archives of the whole site will do."""
    pages = pages_of(leaf)
    numbered = [Option(by="number", numbering=pages)] if pages is not None else []
    chained = [Option(by="next", url=leaf.next)] if leaf.next is not None and not numbered else []
    archives = list(_archives(leaf, url, whole))
    if numbered and leaf.oldest is not None and not (archives and _of_one_day(leaf)):
        return [*numbered, *archives]
    others = [Option(by="archive", url=one) for one in leaf.links.get("archive", ())[:1] if whole and one != url]
    return [*archives, *others, *numbered, *chained]


def pages_of(leaf: Leaf) -> Numbering | None:
    """How its pages are numbered, if they are."""
    return numbering(leaf.next, leaf.links.get("page", ()))


def pieces(archive: Dated, span: Span) -> list[date]:
    """Days, one of each piece of the archive that can hold the span, the newest first."""
    every = [span.until - timedelta(days=number) for number in range((span.until - span.since).days + 1)]
    if archive.unit == "day":
        return every
    return list({(day.year, day.month): day.replace(day=1) for day in every}.values())


def widened(span: Span, leaf: Leaf) -> Span:
    """The days of the site's own clock, as its times tell it, that hold the days of UTC."""
    offset = leaf.newest.utcoffset() if leaf.newest is not None else None
    if not offset:
        return span
    day = timedelta(days=1)
    if offset < timedelta():
        return Span(since=span.since - day, until=span.until)
    return Span(since=span.since, until=span.until + day)


def _archives(leaf: Leaf, url: str, whole: bool) -> Iterator[Option]:
    for unit in ("day", "month"):
        form = dated("day" if unit == "day" else "month", leaf.links.get(unit, ()))
        if form is not None and (whole or form.head.startswith(url.rstrip("/"))):
            yield Option(by=form.unit, dated=form)


def _of_one_day(leaf: Leaf) -> bool:
    """Then its pages may be those of that day alone."""
    return len({days.utc_day(moment) for moment in (leaf.oldest, leaf.newest) if moment is not None}) == 1
