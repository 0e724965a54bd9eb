"""The page of one source, and the values that it is made of."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from storage.datasette.source import arrivals, by_hour, delays, lateness, weeks
from tests.pages.conftest import Get
from tests.pages.press import NOW


@pytest.mark.parametrize(
    ("source", "late"),
    [
        ({"next_poll": None}, None),
        ({"next_poll": (NOW + timedelta(minutes=1)).isoformat()}, None),
        ({"next_poll": (NOW - timedelta(hours=2)).isoformat()}, timedelta(hours=2)),
        ({"next_poll": (NOW - timedelta(hours=2)).isoformat(), "active": 0}, None),
    ],
)
def test_lateness(source: dict[str, Any], late: timedelta | None) -> None:
    """A source is late when its next poll has been due for some time, and somebody is to poll it."""
    assert lateness({"active": 1} | source, NOW) == late


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        ([], None),
        ([10], {"number": 1, "median": 600, "worst": 600}),
        ([30, 10, 90], {"number": 3, "median": 1800, "worst": 5400}),
        ([-30, 20], {"number": 2, "median": 600, "worst": 1200}),  # dated ahead: found at once
    ],
)
def test_delays(minutes: list[int], told: dict[str, float] | None) -> None:
    """Half of the entries were found within the median."""
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert delays([(at - timedelta(minutes=each), at) for each in minutes]) == told


def test_weeks() -> None:
    """Days are added up from Monday to Sunday, the last week first."""
    days = [
        {"day": day, "polls": polls, "unchanged": 1, "failed": failed, "new_entries": 2, "bytes": 10}
        for day, polls, failed in (("2026-02-22", 8, 4), ("2026-02-23", 10, 0), ("2026-03-01", 10, 5))
    ]
    told = [(week["monday"], week["polls"], week["share"]) for week in weeks(days)]
    assert told == [(date(2026, 2, 23), 20, 0.25), (date(2026, 2, 16), 8, 0.5)]


def test_days_without_entries_are_told() -> None:
    """Sixty days, the last of them today, and the hours of a day."""
    made = arrivals([{"day": "2026-02-28", "new_entries": 3}], date(2026, 3, 1))
    assert [bar.column.values[0] for bar in made.bars] == [0] * 58 + [3, 0]
    assert [bar.column.values[0] for bar in by_hour({0: 4, 23: 1}).bars] == [4] + [0] * 22 + [1]


TOLD = (
    "15 minutes",  # its interval
    "12.0",  # new entries a day
    "50 minutes late",
    "<code>&#34;an-etag&#34;</code>",
    "1, 2 (UTC)",
    "Sunday",
    "15 minutes, 24 hours",  # ages at which its articles are looked at
    "30 minutes",  # the median of its delays
    "90 minutes",  # and the worst
    "12 %",  # of the polls of a week failed
    'href="/-/article/4"',
    "answered 500 &lt;i&gt;",
    ">duplicate<",  # read, and no article stands there from it
    "/-/source/1/coverage",
)


async def test_what_is_told(ask_watched: Get) -> None:
    """What polls go by, how late they are, how they went, what was announced."""
    html = (await ask_watched("/-/source/1")).text
    assert [words for words in TOLD if words not in html] == []


async def test_an_index_and_its_part(ask_watched: Get) -> None:
    """Each names the other; the index tells of all."""
    index, part = (await ask_watched("/-/source/3")).text, (await ask_watched("/-/source/7")).text
    assert "https://three.test/part-0.xml" in index and "answered 404" in index
    assert 'href="/-/source/3"' in part


async def test_gaps(get: Get) -> None:
    """A pause in which something may have passed by unseen stands in the list and in the calendar."""
    html = (await get("/-/source/1")).text
    assert "2026-03-01 03:00 UTC to 2026-03-01 12:00 UTC" in html
    assert "a gap: something may have passed by unseen" in html


ANSWERS = {
    "/-/source/999": 404,
    "/-/source/999999999999999999/coverage": 404,
    "/-/source/none": 404,
    "/-/source/1?since=yesterday": 400,
    "/-/source/1/coverage?since=0001-01-01": 400,
    "/-/source/1?since=2025-02-11": 200,
}


async def test_what_is_not_there(ask_watched: Get) -> None:
    """An address that names nothing is answered in words."""
    assert {address: (await ask_watched(address)).status_code for address in ANSWERS} == ANSWERS
