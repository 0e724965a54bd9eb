"""The page of one site, its coverage, and the calendar of it."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from collector.coverage import MEANINGS, Coverage
from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.ledger import OUTCOMES, Scope
from storage.datasette.calendar import Day, months
from storage.datasette.coverage import covered_by
from tests.pages import watched
from tests.pages.conftest import Get
from tests.pages.press import NOW

TODAY = date(2026, 3, 20)


@pytest.fixture
def kept(watched_archive: Path) -> Iterator[Archive]:
    with closing(Archive(watched_archive, readonly=True)) as found:
        yield found


TOLD = (
    "<strong>5</strong><span>articles</span>",
    "asked to be left alone until 2026-03-01 20:00 UTC: answered 429",
    "7 characters on 1 page of one.test could not be read in 30 days, the last one as cp1252",
    "site:one.test",
    "the generic extractor",
    "body: article &lt;b&gt;of it&lt;/b&gt;",  # of the rule that is kept
    "Subscribe to our letter &amp; read it &lt;b&gt;every&lt;/b&gt; morning.",
    "whatever stands in <code>aside.promo &gt; p</code>",
    "1 paragraph in <code>div.foot &gt; p</code>",
    "<strong>1</strong> failed: given up after several tries",
    "answered 500 &lt;i&gt;",
    "/-/site/two.test",
    "/-/site/one.test/coverage",
)


async def test_what_is_told(ask_watched: Get) -> None:
    """How its pages are had and read, what may be furniture, with whom it shares its texts."""
    html = (await ask_watched("/-/site/one.test")).text
    assert [words for words in TOLD if words not in html] == []


async def test_furniture_that_is_known(ask_watched: Get) -> None:
    """Of what recurs it is told whether it is remembered: then it is left out of what is read from now on."""
    html = (await ask_watched("/-/site/one.test")).text
    rows = {found[0]: found[1] for found in re.findall(r"<tr><td>(\w+).*?chip (good|warn)", html)}
    assert rows == {"Subscribe": "warn", "Follow": "good"}


async def test_walls_and_edits(get: Get) -> None:
    """Why pages were walls, with the captures; what its publisher changed."""
    html = (await get("/-/site/one.test")).text
    assert "1 consent" in html and 'href="/-/capture/' in html
    assert re.search(r">\d publisher<.*>\d headline<", html, re.DOTALL) and "found gone" in html


ANSWERS = {
    "/-/site/nowhere.test": 404,
    "/-/site/%3Cb%3E/coverage": 404,
    "/-/site/one.test?since=2026-13-01": 400,
    "/-/site/five.test": 200,  # watched and back-filled, without an article
    "/-/site/six.test": 200,  # watched no longer
    "/-/site/one%2Etest": 200,
    "/-/site/one.test/coverage?since=2025-03-01": 200,
}


async def test_what_is_there(ask_watched: Get) -> None:
    """A site is known by its sources, back-fills and articles; what is none is answered in words."""
    answers = {address: await ask_watched(address) for address in ANSWERS}
    assert {address: answer.status_code for address, answer in answers.items()} == ANSWERS
    assert "<b>" not in answers["/-/site/%3Cb%3E/coverage"].text


async def test_coverage(ask_watched: Get) -> None:
    """What became of each address, in the words of `newskeep coverage`, and who announced it."""
    html = (await ask_watched("/-/site/one.test/coverage")).text
    outcomes = dict(re.findall(r'<th scope="row">(\w+)</th><td class="num">(\d+)</td><td>', html))
    assert outcomes == {"archived": "5", "duplicate": "1", "lost": "1"}
    assert "an article stands in the archive from it" in html and "https://one.test/feed" in html
    assert "/-/site/one.test/coverage?since=2024-04-01" in html  # the year before


def test_every_outcome_has_words() -> None:
    """What the ledger tells can be explained."""
    assert set(MEANINGS) == set(OUTCOMES)


def calendar(days: dict[str, dict[str, int]], gaps: list[Row] | None = None) -> dict[int, Day]:
    """Of March 2026: by the number of the day. It was watched until the 20th."""
    found = Coverage(
        site="one.test",
        since=date(2026, 3, 1),
        until=date(2026, 3, 31),
        days={day: Counter(counts) for day, counts in days.items()},
        lines=[],
        gaps=gaps or [],
        watched=[("2026-03-02", "2026-03-20")],
    )
    (month,) = months(found, TODAY)
    assert month.name == "March 2026" and all(len(week) == 7 for week in month.weeks)
    assert month.archived == sum(counts.get("archived", 0) for day, counts in days.items() if day)
    assert [day and day.number for day in month.weeks[0]] == [*[None] * 6, 1]  # it began on a Sunday
    return {day.number: day for week in month.weeks for day in week if day}


@pytest.mark.parametrize(
    ("counts", "kind", "said"),
    [
        ({"announced": 8, "archived": 8}, "whole shade-4", "8 of 8 archived"),
        ({"announced": 3, "archived": 1, "gone": 2}, "whole shade-1", "1 of 3 archived, 2 gone"),
        ({"announced": 4, "archived": 3, "waiting": 1}, "partly shade-2", "3 of 4 archived, 1 waiting"),
        ({"announced": 4, "archived": 1, "failed": 3}, "little shade-1", "1 of 4 archived, 3 failed"),
        ({"announced": 4, "archived": 3, "lost": 1}, "lost shade-2", "3 of 4 archived, 1 lost"),
        ({}, "quiet", "nothing was announced"),
        ({"outside": 1}, "quiet", "nothing was announced"),
    ],
)
def test_a_day(counts: dict[str, int], kind: str, said: str) -> None:
    """How complete it is beside a busy day of eight articles, by its colour and in words."""
    day = calendar(
        {"2026-03-09": counts, **{f"2026-03-{each:02}": {"announced": 8, "archived": 8} for each in (3, 4)}}
    )[9]
    assert (day.kind, day.said) == (kind, f"Monday, 9 March 2026: {said}")


def test_days_of_which_nothing_is_known() -> None:
    """Before it was watched, and to come; a gap is marked on each day that it touches."""
    gap = {"after": "2026-03-05T22:00:00+00:00", "before": "2026-03-06T02:00:00+00:00", "filled": 0, "url": "u"}
    days = calendar({}, [gap, gap | {"after": "2026-03-10", "before": "2026-03-10", "filled": 1}])
    assert [days[number].kind for number in (1, 2, 5, 6, 7, 10, 20, 21)] == [
        *("unwatched", "quiet", "quiet gap", "quiet gap", "quiet", "quiet", "quiet", "ahead")
    ]
    assert days[5].sign == "?" and "may have passed by unseen" in days[5].said


@pytest.mark.parametrize(
    ("most", "since", "span", "whole"),
    [
        (20, None, "April 2025 to March 2026", True),
        (20, date(2024, 5, 17), "May 2024 to April 2025", True),
        (4, date(2025, 6, 1), "June 2025 to August 2025", False),
        (0, None, None, None),
    ],
)
def test_the_span(kept: Archive, most: int, since: date | None, span: str | None, whole: bool | None) -> None:
    """A year; of what announced too much it is fewer months, or none."""
    covered = covered_by(kept, NOW.date(), Scope(site="one.test"), since, most)
    assert (covered and covered.span, covered and covered.whole) == (span, whole)


@pytest.mark.parametrize(
    ("found", "number"),
    [
        (None, 7),
        (("2026-03-01", "2026-03-01"), 7),
        (("2026-03-02", "2026-03-31"), 0),
        (("2025-01-01", "2026-02-28"), 0),
    ],
)
def test_a_ledger_of_some_days(kept: Archive, found: tuple[str, str] | None, number: int) -> None:
    """Of what was announced on these days; whether that is much is told without reading it."""
    scope = Scope(site="one.test", found=found)
    rows = [row for row in kept.ledger(scope) if row["line"] is None]
    assert sum(row["number"] for row in rows) == number
    assert not kept.ledger_exceeds(scope, number)
    assert not number or kept.ledger_exceeds(scope, number - 1)


def test_delays_are_of_what_came_later(kept: Archive) -> None:
    """Entries of a source's first document stood there before it was watched."""
    told = kept.source_delays(watched.ONE, 100)
    assert [round((at - published).total_seconds() / 60) for published, at in told] == [90, 30, 10]
    assert all(at > datetime(2026, 3, 1, 12, tzinfo=UTC) for _, at in told)
