"""The front page: what came in on a day, what was edited, what needs attention, and the days before in charts."""

from datetime import UTC, date, timedelta
from typing import Any

from storage.archive.base import Row
from storage.datasette.answers import Page, Unclear, to_day
from storage.datasette.attention import daemon, noted
from storage.datasette.charts import Chart
from storage.datasette.front_charts import Period, by_site, plain
from storage.datasette.reading import Reading

NEWEST, EDITS, NOTED, BACKFILLS = 10, 8, 5, 3  # that are shown
SOURCES, QUIET = 8, 200  # with news, and without
DAY = timedelta(days=1)
OLDEST = date(1990, 1, 1)  # no news site is older
CHARTS = {30: (30, 1), 90: (13, 7), 365: (52, 7)}  # the choice of days -> spans, and days of each


def front(reading: Reading, request: Any) -> Page:
    """`/`, of today; `?day=2026-03-01`, of that day; `?days=90` or 365: charts by the week."""
    today = reading.now.astimezone(UTC).date()
    day, days = _day(request.args.get("day"), today), _days(request.args.get("days"))
    if _is_new(reading):
        return Page(template="front_new.html", context={"daemon": daemon(reading)})
    context = {
        "days": days,
        "choices": CHARTS,
        "day": day,
        "today": today,
        "after": day + DAY,
        "asked": {"day": None if day == today else day, "days": None if days == 30 else days},
        "now": reading.now,
        **_arrivals(reading, day),
        **_edits(reading, day),
        **_attention(reading),
        "charts": _charts(reading, Period(last=day, number=CHARTS[days][0], step=CHARTS[days][1])),
    }
    return Page(template="front.html", context=context)


def _day(asked: str | None, today: date) -> date:
    day = to_day(asked) if asked else today
    if not OLDEST <= day <= today:
        raise Unclear(f"The archive can be asked about the days from {OLDEST} to {today}.")
    return day


def _days(asked: str | None) -> int:
    if asked and asked not in map(str, CHARTS):
        raise Unclear("Charts are of the last 30, 90 or 365 days.")
    return int(asked or 30)


def _is_new(reading: Reading) -> bool:
    value = reading.archive.value
    return value("SELECT 1 FROM articles LIMIT 1") is None and value("SELECT 1 FROM captures LIMIT 1") is None


def _arrivals(reading: Reading, day: date) -> Row:
    """What came in, by source; those that are watched and had nothing, apart."""
    archive = reading.archive
    first, numbers = archive.first_arrival(), archive.arrived_from(day, day + DAY)
    sources = archive.rows("SELECT id, url, title, site, active FROM sources WHERE parent_id IS NULL")
    named = [
        row | {"name": row["title"] or reading.hide(row["url"]), "number": numbers.get(row["id"], 0)} for row in sources
    ]
    named.sort(key=lambda row: (-row["number"], row["name"].casefold(), row["id"]))
    busy = [row for row in named if row["number"]]
    quiet = [row for row in named if not row["number"] and row["active"]]
    return {
        "arrived": sum(row["number"] for row in archive.arrived(day, day + DAY)),
        "busy": busy[:SOURCES],
        "busy_more": busy[SOURCES:],
        "quiet": quiet[:QUIET],
        "quiet_number": len(quiet),
        "unannounced": numbers.get(None, 0),
        "newest": archive.newest_of(day, day + DAY, NEWEST),
        "before": day - DAY if first and first < day else None,
        "last_before": None if numbers else archive.last_arrival(day),
    }


def _edits(reading: Reading, day: date) -> Row:
    archive = reading.archive
    (edited,), (walls,) = (count(day, day + DAY) for count in (archive.publisher_edits, archive.walls_met))
    return {
        "edited": edited["number"],
        "walls": walls["number"],
        "kinds": archive.kinds_of_edits(day, day + DAY).most_common(),
        "edits": archive.last_publisher_edits(day + DAY, EDITS),
    }


def _attention(reading: Reading) -> Row:
    """As it is now, whichever day is shown."""
    found, running = noted(reading), reading.archive.backfills_running()
    return {
        "noted": found[:NOTED],
        "noted_number": len(found),
        "daemon": daemon(reading),
        "backfills": [_backfill(reading, each) for each in running[:BACKFILLS]],
        "backfills_number": len(running),
    }


def _backfill(reading: Reading, running: Any) -> Row:
    found = reading.archive.finds_of(running.id)
    return {
        "id": running.id,
        "target": reading.hide(running.target),
        "since": running.since,
        "until": running.until,
        "found": found,
        "had": found - reading.archive.finds_waiting(running.id),
    }


def _charts(reading: Reading, period: Period) -> list[Chart]:
    archive, asked = reading.archive, (period.since, period.until, period.step)
    a = "a day" if period.step == 1 else "a week"
    return [
        by_site("arrived", f"Articles {a}, by site", archive.arrived(*asked), period),
        plain("edited", f"Publishers’ edits {a}", "edits", archive.publisher_edits(*asked), period),
        plain("walls", f"Walls {a}", "walls", archive.walls_met(*asked), period),
    ]
