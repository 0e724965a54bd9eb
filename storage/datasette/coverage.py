"""How much of a site, or of a source, is in the archive: a calendar, what became of each address, who announced it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import dropwhile
from typing import Any
from urllib.parse import unquote

from collector.coverage import COUNTS, MEANINGS, Coverage, coverage_of, together
from storage.archive import Archive
from storage.archive.ledger import Scope
from storage.datasette.answers import Missing, Page, Unclear, to_day
from storage.datasette.calendar import Month, month_name, months
from storage.datasette.reading import Reading

MOST, BESIDE = 20_000, 7_000  # addresses: of one calendar, and of one that stands on a page with other things
SPANS = (12, 3, 1)  # months: the first of which MOST were announced at most
LATE = timedelta(days=7)  # that an address may be announced after the day it is of
FIRST_YEAR, LAST_YEAR = 1990, 2100  # of a calendar
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A calendar. last: its last day. earlier, later: first days of those beside it. whole: whether all that was
    announced is in it, or what was announced in its days alone."""

    months: list[Month]
    found: Coverage
    first: date
    last: date
    earlier: date
    later: date | None
    whole: bool

    @property
    def span(self) -> str:
        """`April 2025 to March 2026`."""
        names = dict.fromkeys((month_name(self.first), month_name(self.last)))
        return " to ".join(names)


def site_coverage(reading: Reading, request: Any) -> Page:
    """Of a site."""
    site = unquote(request.url_vars["host"])
    if not reading.archive.is_site(site):
        raise Missing(f"Nothing is known of a site {site}.")
    return _page(reading, request, Scope(site=site), {"site": site, "source": None, "name": site})


def source_coverage(reading: Reading, request: Any) -> Page:
    """Of one source."""
    source = reading.archive.source_told(int(request.url_vars["id"]))
    if source is None:
        raise Missing("There is no such source.")
    scope = Scope(site=source["site"] or "", source_id=source["id"])
    name = source["title"] or reading.hide(source["url"])
    return _page(reading, request, scope, {"site": source["site"], "source": source["id"], "name": name})


def _page(reading: Reading, request: Any, scope: Scope, context: dict[str, Any]) -> Page:
    covered = covered_by(reading.archive, reading.now.date(), scope, since_asked(request), MOST)
    found = covered.found if covered else None
    sums = together(found.days.values()) if found else {}
    lines: list[dict[str, Any]] = [
        {"name": reading.hide(line.source or f"back-fill by {line.way}"), "counts": together(line.days.values())}
        for line in (found.lines if found else ())
    ]
    named = [name for name in COUNTS if name in ("announced", "archived") or any(row["counts"][name] for row in lines)]
    gaps = [gap | {"url": reading.hide(gap["url"])} for gap in (found.gaps if found else ())]
    more = {"covered": covered, "sums": sums, "lines": lines, "named": named, "meanings": MEANINGS, "gaps": gaps}
    return Page(template="coverage.html", context={**context, **more})


def covered_by(archive: Archive, today: date, scope: Scope, since: date | None, most: int) -> Covered | None:
    """Of a year from the month of `since` on; by default one that ends with this month.

    Without `since` it begins with the first of these months of which anything is known.
    Of what announced more than `most` addresses it is of fewer months, and of what was announced in them; None where
    these are too many in one month, too.
    """
    whole = not archive.ledger_exceeds(scope, most)
    for count in SPANS:
        first = _month(since or today, 0 if since else 1 - count)
        last = _month(first, count) - DAY
        asked = scope if whole else replace(scope, found=(first.isoformat(), (last + LATE).isoformat()))
        if whole or not archive.ledger_exceeds(asked, most):
            break
    else:
        return None
    found = coverage_of(archive, asked, first, last)
    later, made = last + DAY, months(found, today)
    return Covered(
        months=made if since else list(dropwhile(lambda month: not month.is_known, made[:-1])) + made[-1:],
        found=found,
        first=first,
        last=last,
        earlier=_month(first, -count),
        later=later if later <= today else None,
        whole=whole,
    )


def since_asked(request: Any) -> date | None:
    """`?since=2026-03-01`. Raises Unclear."""
    said = request.args.get("since")
    if not said:
        return None
    since = to_day(said)
    if not FIRST_YEAR <= since.year <= LAST_YEAR:
        raise Unclear(f"There is no calendar of the year {since.year}.")
    return since


def _month(day: date, by: int) -> date:
    """The first day of the month that is `by` months later."""
    years, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(years, month + 1, 1)
