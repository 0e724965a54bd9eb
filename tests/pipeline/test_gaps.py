"""Gaps in what a source announced become small back-fills by themselves, and `status` says what became of them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.daemon import finders
from storage.archive import Archive
from storage.archive.backfills import Backfill, Wish
from storage.archive.finds import Find
from storage.archive.sources import Polled, Wanted
from storage.recipes import Addressed
from storage.records import Entry
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Town, feed, link, page

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MAPS = "https://paper.test:8443/news.xml"
WAYS = ["sitemap", "feed", "api", "listing"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gaps") / "archive.db"
    Archive(path).close()
    return path


@pytest.fixture
def archive(empty: Path, tmp_path: Path) -> Iterator[Archive]:
    with closing(Archive(Path(shutil.copy(empty, tmp_path)))) as opened:
        opened.set_sources(
            [Wanted(url=FEED, kind="feed", site="e.org"), Wanted(url=MAPS, kind="sitemap", site="paper.test")], NOW
        )
        yield opened


def polled(archive: Archive, at: datetime, gap_after: datetime | None = None, source: int = 1) -> int | None:
    """A poll that went well; the back-fill that its gap became."""
    archive.set_source_read(source, {}, now=at, next_poll=at, polled=Polled(entries=1, gap_after=gap_after))
    return archive.fill_gaps(source, at)


def only(archive: Archive) -> Backfill:
    (one,) = archive.backfills()
    return one


def ways(archive: Archive, id_: int) -> list[str]:
    return [walk.way for walk in archive.walks(id_)]


def of_gaps(archive: Archive) -> list[int | None]:
    return [row["backfill_id"] for row in archive.rows("SELECT backfill_id FROM gaps ORDER BY id")]


async def test_a_poll_without_overlap_becomes_a_backfill(town: Callable[..., Town]) -> None:
    """Of the days between the two polls, in the poll's own transaction; one that overlaps becomes none."""
    here = town({FEED: feed(link("http://e.org/a")), "http://e.org/a": page("Dredging", STORY)}, every=900.0)
    await here.tick()
    assert here.archive.backfills() == []
    here.web |= {FEED: feed(link("http://e.org/b")), "http://e.org/b": page("Herons", OTHER)}
    await here.tick(DAY)
    filling = only(here.archive)
    assert (filling.target, filling.base, filling.site) == (FEED, "http://e.org/", "e.org")
    assert (filling.since, filling.until, filling.state) == (NOW.date(), (NOW + DAY).date(), "running")
    assert (filling.source_id, filling.gap_id, filling.dry, filling.via) == (1, 1, False, ())
    assert ways(here.archive, filling.id) == ["feed", "sitemap", "api", "listing"]
    await here.tick(HOUR)
    assert len(here.archive.backfills()) == 1


@pytest.mark.parametrize(
    ("source", "base", "first"), [(1, "http://e.org/", "feed"), (2, "https://paper.test:8443/", "sitemap")]
)
def test_the_sources_own_way_is_first(archive: Archive, source: int, base: str, first: str) -> None:
    """What announces its news tells most of its yesterday; a web archive is not asked."""
    id_ = polled(archive, NOW, NOW - HOUR, source)
    assert id_ is not None
    assert ways(archive, id_) == [first, *(way for way in WAYS if way != first)]
    assert only(archive).base == base


def test_no_gap_no_backfill(archive: Archive) -> None:
    """A poll without a gap adds nothing, nor does a gap that was found more than a day ago."""
    assert polled(archive, NOW) is None
    archive.set_source_read(1, {}, now=NOW, next_poll=NOW, polled=Polled(entries=1, gap_after=NOW - HOUR))
    assert archive.fill_gaps(1, NOW + DAY) is None
    assert archive.backfills() == []


@pytest.mark.parametrize("days", [0, 1])
def test_one_that_has_not_begun_is_widened(archive: Archive, days: int) -> None:
    """By a gap of days that it covers or that touch its own."""
    first = polled(archive, NOW, NOW - HOUR)
    assert polled(archive, NOW + days * DAY + 2 * HOUR, NOW + days * DAY + HOUR) == first
    filling = only(archive)
    assert (filling.since, filling.until) == (NOW.date(), (NOW + days * DAY).date())
    assert of_gaps(archive) == [first, first]


def test_days_apart_are_a_backfill_of_their_own(archive: Archive) -> None:
    """What lies between two gaps was not missed."""
    assert [polled(archive, NOW + days * DAY, NOW + days * DAY - HOUR) for days in (0, 2)] == [1, 2]


@pytest.mark.parametrize("source", [1, 2])
def test_one_an_hour(archive: Archive, source: int) -> None:
    """While the last one is at work a gap waits, and is filled by a later poll, which needs no gap; of each source."""
    first = polled(archive, NOW, NOW - HOUR)
    archive.set_walk(archive.walks(1)[0].id, state="walking")
    assert polled(archive, NOW + 30 * MINUTE, NOW, source) == (None if source == 1 else 2)
    if source == 1:
        assert of_gaps(archive) == [first, None]
        assert polled(archive, NOW + 50 * MINUTE, NOW + 30 * MINUTE) is None
        assert polled(archive, NOW + 70 * MINUTE) == 2
        assert of_gaps(archive) == [first, 2, 2]


@pytest.mark.parametrize("state", ["paused", "cancelled", "done"])
def test_what_does_not_run_is_not_widened(archive: Archive, state: Any) -> None:
    """It would not be worked on."""
    polled(archive, NOW, NOW - HOUR)
    archive.set_backfill_state(1, state, NOW)
    assert polled(archive, NOW + 2 * HOUR, NOW + HOUR) == 2


def brought(archive: Archive, walk_id: int, **states: int) -> None:
    """Pages that a walk found, by what became of them."""
    for state, number in states.items():
        for each in range(number):
            url = f"http://e.org/{state}-{each}"
            entry = Addressed(entry=Entry(url=url), url=url, key=url, host="e.org")
            archive.add_finds(walk_id, [Find(addressed=entry, day=None, memento=None)], NOW, None, None)
            archive.write("UPDATE entries SET state = ? WHERE url = ?", [state, url])


@pytest.mark.parametrize(
    ("state", "reached", "pages", "said", "tell"),
    [
        ("running", None, {}, "; back-fill 1, which fills it, is running", True),
        ("paused", None, {}, "; back-fill 1, which fills it, is paused", True),
        ("cancelled", None, {"done": 1}, "; back-fill 1, which fills it, is cancelled", True),
        ("done", 1, {"done": 3, "gone": 1}, "; filled by back-fill 1: 3 articles", False),
        ("done", 1, {"done": 1, "new": 2}, "; filled by back-fill 1: 1 article, 2 of its pages are not had yet", False),
        ("done", 0, {}, "; back-fill 1 brought 0 articles, and found no way that goes back so far", True),
    ],
)
def test_status_says_what_became_of_it(
    archive: Archive, state: Any, reached: int | None, pages: dict[str, int], said: str, tell: bool
) -> None:
    """How the back-fill stands, what it brought, what is still missing; what is filled is no alarm."""
    polled(archive, NOW, NOW - HOUR)
    archive.set_walk(1, reached=reached)
    brought(archive, 1, **pages)
    archive.set_backfill_state(1, state, NOW)
    (gap,) = finders.gaps(archive, NOW)
    assert gap.text.removeprefix(f"{FEED} had nothing left at 2026-11-22 12:00 UTC of what it held at ") == (
        f"2026-11-22 11:00 UTC{said}"
    )
    assert gap.tell == tell


@pytest.mark.parametrize(
    ("asked", "filled"),
    [
        ({}, True),
        ({"since": NOW.date() + DAY, "until": NOW.date() + DAY}, False),  # of other days
        ({"source_id": 2}, False),  # of another source
        ({"most": 10}, False),  # not all of them
    ],
)
def test_a_backfill_that_somebody_asked_for_fills_it_too(archive: Archive, asked: dict[str, Any], filled: bool) -> None:
    """If it was asked for when the gap was there, covers its days, and reached back to the first of them."""
    polled(archive, NOW, NOW - HOUR)
    archive.set_backfill_state(1, "cancelled", NOW)
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    wish = Wish(**{"target": "e.org", "base": "http://e.org/", "site": "e.org", "source_id": None} | days | asked)
    id_ = archive.add_backfill(wish, ["sitemap"], NOW + HOUR)
    archive.set_walk(archive.walks(id_)[0].id, reached=1)
    assert archive.gaps_since(NOW - DAY)[0]["mended"] == 0
    archive.set_backfill_state(id_, "done", NOW + 2 * HOUR)
    assert archive.gaps_since(NOW - DAY)[0]["mended"] == filled
