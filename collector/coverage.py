"""The ledger of a site or source, added up: the counts of each day, of each line, of all. Knows no terminal."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any, Literal

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.ledger import OUTCOMES, Scope

COUNTS = ("announced", "fetched", *OUTCOMES, "elsewhere")
NOT_ANNOUNCED = ("outside", "elsewhere")  # for the days that were asked for, on the site
# What became of an address, for people; all but the last add up to what was announced.
MEANINGS: Mapping[str, str] = {
    "archived": "an article stands in the archive from it",
    "duplicate": "another address of an article that is counted already",
    "wall": "its last answer was a consent page, a log-in, a check for robots …",
    "gone": "the site says so: 404, 410, 451, it leads to the front page",
    "refused": "robots.txt says no",
    "empty": "its page is kept, and no article could be read from it",
    "failed": "tried in vain, and tried again at a time that is known",
    "lost": "given up, and nothing of its words is kept",
    "waiting": "not asked for yet",
    "outside": "of another day than was asked for, by its own date",
}
DAY = timedelta(days=1)
COMMON = 0.95  # of the days have no more than the darkest shade begins with
Completeness = Literal["lost", "little", "partly", "whole"]
Days = Mapping[str, Counter[str]]  # ISO day -> name of COUNTS -> addresses; the day "" is of undated ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one live source, or the back-fills by one way, announced. `source`: its address; None: a way's."""

    source: str | None
    way: str
    days: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of the days from `since` to `until`, and of the undated; both are None where nothing is known of any day.

    watched: spans in which announcements were looked for. gaps: see `Ledger.ledger_gaps`.
    """

    site: str
    since: date | None
    until: date | None
    days: Days  # each address once
    lines: Sequence[Line]
    gaps: Sequence[Row]
    watched: Sequence[tuple[str, str]]

    @property
    def dates(self) -> list[str]:
        """Every day of it, those without a row too."""
        return _dates(self.since, self.until) if self.since and self.until else []

    @property
    def open_days(self) -> set[str]:
        """Days on which something may have passed by unseen, as no back-fill has filled the gap."""
        spans = (
            [date.fromisoformat(gap[name][:10]) for name in ("after", "before")]
            for gap in self.gaps
            if not gap["filled"]
        )
        return {day for span in spans for day in _dates(*span)} & {*self.dates}

    def as_json(self) -> dict[str, Any]:
        return {
            "site": self.site,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "sources": [{"source": each.source, "way": each.way, "days": _told(each.days)} for each in self.lines],
            "days": _told(self.days),
            "sum": _numbers(together(self.days.values())),
            "gaps": [{**gap, "filled": bool(gap["filled"])} for gap in self.gaps],
            "watched": [{"since": since, "until": until} for since, until in self.watched],
        }


def coverage_of(archive: Archive, scope: Scope, since: date | None, until: date | None) -> Coverage:
    """`since`, `until`: None for the first and the last day of which anything is known."""
    found = _days(archive, scope)
    gaps, watched = archive.ledger_gaps(scope), archive.ledger_watched(scope)
    known = {day for day in found[None] if day} | {day for span in watched for day in span}
    known |= {gap[name][:10] for gap in gaps for name in ("after", "before")}
    since = since or (date.fromisoformat(min(known)) if known else None)
    until = until or (date.fromisoformat(max(known)) if known else None)
    first, last = (since or date.max).isoformat(), (until or date.min).isoformat()
    sources = {row["id"]: row["url"] for row in archive.ledger_sources(scope)}
    within = {
        line: {day: counts for day, counts in sorted(days.items()) if not day or first <= day <= last}
        for line, days in found.items()
    }
    return Coverage(
        site=scope.site,
        since=since,
        until=until,
        days=within.pop(None),
        lines=[
            Line(source=sources.get(line), way="live" if line in sources else line, days=days)
            for line, days in sorted(within.items(), key=lambda each: (each[0] not in sources, str(each[0])))
        ],
        gaps=[gap for gap in gaps if gap["after"][:10] <= last and gap["before"][:10] >= first],
        watched=[(max(begin, first), min(end, last)) for begin, end in watched if begin <= last and end >= first],
    )


def together(counts: Iterable[Counter[str]]) -> Counter[str]:
    """The sum of several."""
    found: Counter[str] = Counter()
    for each in counts:
        found.update(each)
    return found


def completeness(counts: Mapping[str, int]) -> Completeness:
    """Of a day on which something was announced. What is gone, or counted at another address, is not missing."""
    due = counts["announced"] - counts["duplicate"] - counts["gone"]
    if counts["lost"]:
        return "lost"
    if 2 * counts["archived"] < due:
        return "little"
    return "whole" if counts["archived"] == due else "partly"


def busy(days: Days) -> int:
    """How many archived articles a busy day has; a day of a hundred old pieces makes the others no paler."""
    some = sorted(counts["archived"] for day, counts in days.items() if day and counts["archived"])
    return some[int(COMMON * (len(some) - 1))] if some else 1


def shade(archived: int, most: int, shades: int) -> int:
    """Of a day, from 0 to `shades` - 1; `most`: of a busy one."""
    return max(0, min(ceil(shades * archived / most), shades) - 1)


def _dates(since: date, until: date) -> list[str]:
    return [(since + number * DAY).isoformat() for number in range((until - since).days + 1)]


def _days(archive: Archive, scope: Scope) -> dict[Any, dict[str, Counter[str]]]:
    """Line -> day -> counts; the line None is of all."""
    found: defaultdict[Any, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in archive.ledger(scope):
        counts = found[row["line"]][row["day"]]
        counts[row["outcome"]] += row["number"]
        if row["outcome"] not in NOT_ANNOUNCED:
            counts["announced"] += row["number"]
            counts["fetched"] += row["fetched"]
    for row in archive.ledger_elsewhere(scope):
        for line in (row["way"], None):
            found[line][row["day"]]["elsewhere"] += row["number"]
    return {None: {}, **found}


def _told(days: Days) -> list[dict[str, Any]]:
    return [{"day": day, **_numbers(counts)} for day, counts in days.items()]


def _numbers(counts: Counter[str]) -> dict[str, int]:
    return {name: counts[name] for name in COUNTS}
