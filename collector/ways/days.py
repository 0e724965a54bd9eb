"""When an announced address was published, as far as its announcement tells: by its date, else by its address."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import pairwise

from collector import urls
from collector.ways.nouns import Found, Leaf, Span, Verdict
from storage.records import Entry, Moment

_PATH_DAY = re.compile(  # /2025/03/14/, /2025/3/4/, -2025-03-14.html, /20250314/
    r"[/_-]((?:19|20)\d\d)(?:([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
_PATH_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])(?=/)")


def utc_day(value: date | datetime) -> date:
    """The day of UTC; a day without a time of day is what it is."""
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value


def moment_of(moment: Moment) -> datetime:
    """Its begin, to compare by."""
    value = moment.value
    return value if isinstance(value, datetime) else datetime.combine(value, time(), UTC)


def day_in(url: str) -> date | None:
    """The day that stands in the path of an address; None where there is none, or none that there ever was."""
    if (found := _PATH_DAY.search(url)) is None:
        return None
    try:
        return date(int(found[1]), int(found[3] or found[5]), int(found[4] or found[6]))
    except ValueError:
        return None


def month_in(url: str) -> tuple[int, int] | None:
    """Year and month that stand in the path of an address without a day."""
    found = _PATH_MONTH.search(url)
    return None if found is None else (int(found[1]), int(found[2]))


def day_of(entry: Entry) -> date | None:
    """By the date of its announcement, else by its address. A month or a year alone is no day."""
    if entry.published is not None and entry.published.precision not in ("month", "year"):
        return utc_day(entry.published.value)
    return day_in(entry.url or "")


def verdict(entry: Entry, span: Span, site: str) -> tuple[Verdict, date | None]:
    """Is it of the site, and of the span? Undated: nothing says it is not; a page is dated by its own words then.

    `updated` is never before the publication, so what was last written before the span is outside of it; what was
    written after it may be of any day, and is told by the readers that know its neighbours.
    """
    if entry.url is not None and urls.site_of(entry.url) != site:
        return "elsewhere", day_of(entry)
    if (day := day_of(entry)) is not None:
        return ("within" if span.since <= day <= span.until else "outside"), day
    if not _may_hold(span, month_in(entry.url or "")):
        return "outside", None
    if entry.updated is not None and utc_day(entry.updated.value) < span.since:
        return "outside", None
    return "undated", None


def _may_hold(span: Span, month: tuple[int, int] | None) -> bool:
    first, last = (span.since.year, span.since.month), (span.until.year, span.until.month)
    return month is None or first <= month <= last


def leaf_of(entries: Iterable[Entry], span: Span, site: str, **more: object) -> Leaf:
    """The leaf of a document that announces these, in its order. `more`: other fields of it."""
    found: list[Found] = []
    counts: Counter[str] = Counter()
    days: Counter[tuple[str, str]] = Counter()
    moments: list[datetime] = []
    first = last = None
    for entry in entries:
        said, day = verdict(entry, span, site)
        counts[said] += 1
        if said in ("within", "undated"):
            found.append(Found(entry=entry, day=day))
        else:
            days[day.isoformat() if day else "", said] += 1
        if (moment := entry.published or entry.updated) is not None:
            moments.append(moment_of(moment))
        first, last = first or entry.url, entry.url or last
    values: dict[str, object] = {
        "found": tuple(found),
        "counts": dict(counts),
        "days": dict(days),
        "oldest": min(moments, default=None),
        "newest": max(moments, default=None),
        "falling": all(one >= two for one, two in pairwise(moments)),
        "first": first,
        "last": last,
    }
    return Leaf(**values | more)  # type: ignore[arg-type]  # the fields of Leaf by their names
