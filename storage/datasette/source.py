"""One source: its rhythm, how late it is, its failures and gaps, what it announced last, how much of it is kept."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from storage.archive.base import Row
from storage.datasette import charts
from storage.datasette.answers import Missing, Page
from storage.datasette.coverage import BESIDE, covered_by, since_asked
from storage.datasette.front_charts import Period, plain
from storage.datasette.reading import Reading
from storage.datasette.sources import scope_of, silent_sources, since_when, state_of

DAYS, HOURS_OF, WEEKS = 60, timedelta(days=30), 12  # that are looked at
NEWEST, DOCUMENTS, GAPS, PARTS, DELAYS = 25, 10, 15, 40, 500
DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def source(reading: Reading, request: Any) -> Page:
    """`?since=`: the first month of its calendar."""
    archive, now, since = reading.archive, reading.now, since_asked(request)
    id_ = int(request.url_vars["id"])
    told = archive.source_told(id_)
    if told is None:
        raise Missing("There is no such source.")
    gaps = archive.source_gaps(id_, GAPS)
    told |= {"open_gaps": sum(not gap["filled"] for gap in gaps)}
    days = archive.source_days(id_, now.date() - WEEKS * 7 * DAY)
    context = {
        "source": _shown(told, reading),
        "state": state_of(told, silent_sources(reading, [told])),
        "since_when": since_when(told),
        "parent": archive.source_told(told["parent_id"]) if told["parent_id"] else None,
        "parts": [_shown(row, reading) for row in archive.source_parts(id_, PARTS)],
        "late": lateness(told, now),
        "delays": delays(archive.source_delays(id_, DELAYS)),
        "arrivals": arrivals(days, now.date()),
        "by_hour": by_hour(archive.source_hours(id_, now - HOURS_OF)),
        "weeks": weeks(days),
        "gaps": [_shown(gap, reading) for gap in gaps],
        "entries": [_shown(row, reading) for row in archive.source_entries(id_, NEWEST)],
        "documents": archive.source_documents(id_, DOCUMENTS),
        "covered": covered_by(archive, now.date(), scope_of(told), since, BESIDE),
        "now": now,
    }
    return Page(template="source.html", context=context)


def _shown(row: Row, reading: Reading) -> Row:
    """Without secrets, and with lists for JSON."""
    hidden = {name: reading.hide(row[name]) for name in ("url", "last_error") if row.get(name)}
    return row | hidden | _wishes(row)


def _wishes(row: Row) -> Row:
    """Hours and days in which it asks not to be polled, and the ages at which its articles are looked at."""
    lists = {name: json.loads(row.get(name) or "[]") for name in ("skip_hours", "skip_days", "look_again")}
    return lists | {"skip_days": [WEEKDAYS[day] for day in lists["skip_days"] if 0 <= day < len(WEEKDAYS)]}


def lateness(source: Row, now: datetime) -> timedelta | None:
    """How long its next poll has been due; None while it is not, and for a source that is not watched."""
    if not source["active"] or source["next_poll"] is None:
        return None
    late = now - datetime.fromisoformat(source["next_poll"])
    return late if late > timedelta() else None


def delays(found: Sequence[tuple[datetime, datetime]]) -> dict[str, Any] | None:
    """Seconds from publication until an entry was found: number, median, worst; None without any.

    A date that is still to come when the entry is found tells of no delay.
    """
    seconds = sorted(max((at - published).total_seconds(), 0.0) for published, at in found)
    return {"number": len(seconds), "median": median(seconds), "worst": seconds[-1]} if seconds else None


def arrivals(days: Sequence[Row], today: date) -> charts.Chart:
    """New entries a day; days without are told as 0."""
    new = [{"day": row["day"], "number": row["new_entries"]} for row in days]
    period = Period(last=today, number=DAYS)
    return plain("arrivals", f"New entries a day, the last {DAYS} days", "new entries", new, period)


def by_hour(hours: dict[int, int]) -> charts.Chart:
    """Entries by the hour of the day, UTC, in which they were found."""
    columns = [
        charts.Column(label=f"{hour:02}:00 to {hour:02}:59 UTC", values=[hours.get(hour, 0)], tick=_tick(hour))
        for hour in range(24)
    ]
    title = f"New entries by the hour of the day (UTC), the last {HOURS_OF.days} days"
    return charts.bars("hours", title, columns, ["new entries"], heading="Hour")


def _tick(hour: int) -> str:
    return f"{hour:02}" if hour % 6 == 0 else ""


def weeks(days: Sequence[Row]) -> list[Row]:
    """The last first: monday, polls, unchanged, failed, new_entries, bytes; share: of polls that failed."""
    found: dict[date, Row] = {}
    for row in days:
        day = date.fromisoformat(row["day"])
        week = found.setdefault(day - day.weekday() * DAY, {})
        for name in ("polls", "unchanged", "failed", "new_entries", "bytes"):
            week[name] = week.get(name, 0) + row[name]
    return [
        {"monday": monday, **week, "share": week["failed"] / week["polls"] if week["polls"] else 0.0}
        for monday, week in sorted(found.items(), reverse=True)
    ]
