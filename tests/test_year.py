"""A simulated year: fifty newsrooms, the real pipeline, gate and archive; the figures are those of `bench.year`."""

import asyncio

import pytest

from bench.year import clock
from bench.year.accounts import Figures
from bench.year.hosts import Host, host, line
from bench.year.newsrooms import DAY, HOUR, newsrooms
from bench.year.run import quick, whole
from bench.year.table import LATENESS, WHOLE, table
from bench.year.web import Web
from storage.records import Request

SEED = 7
FIXED = 900.0


@pytest.fixture(scope="module")
def year() -> Figures:
    figures = whole(SEED, 365, None)
    print(table({"its rhythm": figures}, WHOLE))
    return figures


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_year(year: Figures) -> None:
    """Every story that stood in its feed for an hour while it could be had is archived, nothing that was told is lost.

    No wall is a version, no host was asked sooner than it allows, and each loss that can be proved is recorded.
    """
    assert year.stories > 15_000
    assert year.missed == []
    assert (year.texts_lost, year.walls_filed, year.wrongly_current) == (0, 0, 0)
    assert (year.offences, year.broken) == ([], [])
    assert year.gaps == year.losses
    assert len(year.edits_seen) > 0.8 * year.edits
    assert year.delay(0.5) < 15


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_sources_that_ended_are_named(year: Figures) -> None:
    """Two feeds died for good, and two fell silent: these and no others are named."""
    assert sorted(year.failing) == ["http://blog13.example/feed", "http://blog39.example/feed"]
    assert sorted(year.silent) == ["http://blog12.example/feed", "http://blog38.example/feed"]


@pytest.mark.slow
def test_the_rhythm_beside_a_fixed_interval() -> None:
    """On the same web, fewer polls than each 15 minutes and no more lateness."""
    own, fixed = quick(SEED, 365, None), quick(SEED, 365, FIXED)
    print(table({"its rhythm": own, "each 15 min": fixed}, LATENESS))
    assert own.requests["polls"] < 0.85 * fixed.requests["polls"]
    assert own.mean_delay <= fixed.mean_delay
    assert own.delay(0.5) <= fixed.delay(0.5)


def _hosts(days: float) -> list[Host]:
    return [host(SEED, newsroom, days) for newsroom in newsrooms(SEED, 0, days)]


def test_the_same_seed_is_the_same_world() -> None:
    """A world can be lived in again, by another rhythm."""
    once, again = _hosts(3), _hosts(3)
    assert [each.newsroom for each in once] == [each.newsroom for each in again]
    assert [each.down.all for each in once] == [each.down.all for each in again]


def test_a_feed_holds_what_it_may() -> None:
    """Never more than its window, newest last; a story leaves when the feed says that it does."""
    for each in newsrooms(SEED, 0, 20):
        for at in (each.opens, 10 * DAY, 20 * DAY):
            stories = each.in_feed(at)
            assert len(stories) <= each.window
            assert all(story.at <= at < each.leaves(story) for story in stories)


def test_simulated_time() -> None:
    """Who sleeps is woken in order, years on end, and a day takes no time."""
    woken: list[float] = []

    async def sleeper(seconds: float) -> None:
        await asyncio.sleep(seconds)
        woken.append(asyncio.get_running_loop().time())

    async def main() -> None:
        await asyncio.gather(sleeper(DAY), sleeper(HOUR), sleeper(2.0**24), sleeper(2.0**24 + 1e-8))

    clock.run(main())
    assert woken == pytest.approx([HOUR, DAY, 2.0**24, 2.0**24], abs=0.001)


def test_the_web_is_a_strict_witness() -> None:
    """A host that is asked again within a second, and a feed that is polled again at once, are written down."""
    web: list[Web] = []

    async def main() -> None:
        web.append(Web(_hosts(3), line(SEED, 3), asyncio.get_running_loop().time, None, 120.0))
        await web[0].hop(Request(url="http://paper2.example/feed"))
        await asyncio.sleep(0.5)
        await web[0].hop(Request(url="http://paper2.example/feed"))

    clock.run(main())
    pause, early = web[0].offences
    assert "0.500 s after the last request" in pause
    assert "too early" in early
