"""A coverage -> months of days with what is known of each: the calendar that `newskeep/_calendar.html` draws.

Knows no archive and no page.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from collector.coverage import Coverage, busy, completeness, shade, together
from storage.archive.ledger import OUTCOMES
from storage.export.text import MONTHS, date_line

SHADES = 4
SIGNS = {"lost": "✕", "little": "○", "partly": "", "whole": ""}  # beside the colour, for those who see none
GAP = "?"
BLANK = ("unwatched", "ahead")  # kinds of days of which nothing is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """kind: classes of sources.css. said: all of it in words."""

    number: int
    kind: str
    sign: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Weeks begin on Monday and have seven places, of which None is another month's. archived: articles."""

    first: date
    archived: int
    weeks: Sequence[Sequence[Day | None]]

    @property
    def name(self) -> str:
        """`March 2026`."""
        return month_name(self.first)

    @property
    def is_known(self) -> bool:
        """Is anything known of any of its days?"""
        return any(day and day.kind not in BLANK for week in self.weeks for day in week)


def months(found: Coverage, today: date) -> list[Month]:
    """Those of the span of the coverage, the first to the last day of each; days to come are blank."""
    most, watched, open_days = busy(found.days), _watched(found), found.open_days
    made = []
    for _, dates in groupby(found.dates, lambda day: day[:7]):
        iso = list(dates)
        days = [_day(day, found, most, today, watched=day in watched, is_open=day in open_days) for day in iso]
        archived = together(found.days[day] for day in iso if day in found.days)["archived"]
        made.append(Month(first=date.fromisoformat(iso[0]), archived=archived, weeks=list(_weeks(iso[0], days))))
    return made


def month_name(day: date) -> str:
    """`March 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def _watched(found: Coverage) -> set[str]:
    """Days on which announcements were looked for."""
    spans = ((date.fromisoformat(since), date.fromisoformat(until)) for since, until in found.watched)
    return {
        (since + timedelta(days=number)).isoformat()
        for since, until in spans
        for number in range((until - since).days + 1)
    }


def _day(iso: str, found: Coverage, most: int, today: date, *, watched: bool, is_open: bool) -> Day:
    day, counts = date.fromisoformat(iso), found.days.get(iso, Counter())
    known = completeness(counts) if counts["announced"] else None
    if known:
        kind = f"{known} shade-{shade(counts['archived'], most, SHADES) + 1}"
        said = _said(counts)
    elif day > today:
        kind, said = "ahead", "still to come"
    else:
        kind, said = ("quiet", "nothing was announced") if watched else ("unwatched", "nothing is known")
    sign = SIGNS[known] if known else ""
    if is_open:
        kind, sign, said = f"{kind} gap", sign or GAP, f"{said}; a gap: something may have passed by unseen"
    return Day(number=day.day, kind=kind, sign=sign, said=f"{date_line(iso)}: {said}")


def _said(counts: Mapping[str, int]) -> str:
    """`12 of 14 archived, 2 waiting`."""
    others = [f"{counts[name]:,} {name}" for name in OUTCOMES[1:] if counts.get(name)]
    return ", ".join([f"{counts['archived']:,} of {counts['announced']:,} archived", *others])


def _weeks(first: str, days: Sequence[Day]) -> Iterator[list[Day | None]]:
    before = date.fromisoformat(first).weekday()
    places: list[Day | None] = [*([None] * before), *days]
    places += [None] * (-len(places) % 7)
    for start in range(0, len(places), 7):
        yield places[start : start + 7]
