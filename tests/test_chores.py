"""The daemon's ticks: clocks that are set, a disk that fills up, signs of life; its machine is made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from collector.daemon.chores import Chores
from collector.daemon.machine import Machine
from collector.daemon.metrics import Metrics
from collector.daemon.pulse import Pulse
from collector.pipeline import Pipeline
from collector.pipeline.outage import Outage
from collector.pipeline.run import Parts
from tests.town import FEED, HOUR, NOW, STORY, Town, feed, link, page

A = "http://e.org/a"
DAY = timedelta(days=1)


@dataclass
class Made(Machine):
    """A machine whose clocks and disk are set."""

    town: Town
    slept: float = 0.0  # seconds that the clock which nobody sets is ahead
    left: int | None = 10**9

    def now(self) -> datetime:
        return self.town.now

    def clocks(self) -> tuple[float, float]:
        return self.town.now.timestamp(), self.slept

    def free(self, folder: Path) -> int | None:
        return self.left


class Daemon:
    """Chores around a town."""

    def __init__(self, town: Town) -> None:
        self.town, self.machine, self.pulse = town, Made(town), Pulse(ticked=0.0, least_free=10**6)

    async def ticks(self, number: int = 1) -> list[str]:
        """What was asked for."""
        self.town.asked.clear()
        async with self.town.pipeline() as pipeline:
            chores = self.chores(pipeline)
            for _ in range(number):
                await chores.tick()
                await pipeline.idle()
            await chores.beat()
        return [request.url for request in self.town.asked]

    def chores(self, pipeline: Pipeline) -> Chores:
        edges = self.town.edges()
        parts = Parts(
            pipeline=pipeline,
            write=edges.write,
            writer=cast(Any, None),
            patient=None,
            outage=Outage(edges.get, edges.report),
            workers=cast(Any, None),
        )
        metrics = Metrics(self.pulse)
        return Chores(
            *(self.town.config, self.town.archive, parts, self.pulse, metrics, edges.report, NOW, self.machine)
        )

    def told(self, kind: str) -> list[str]:
        return [event.detail for event in self.town.events if event.kind == kind]


@pytest.fixture
def daemon(town: Callable[..., Town]) -> Daemon:
    return Daemon(town({FEED: feed(link(A)), A: page("Dredging", STORY)}, every=1800.0))


async def test_what_is_due_is_handed_out(daemon: Daemon) -> None:
    """Once, however many ticks there are; each leaves its mark on the pulse, and a beat in the archive."""
    assert await daemon.ticks(3) == [FEED, A]
    assert daemon.pulse.ticked > 0 and daemon.pulse.wrong(daemon.pulse.ticked) == ()
    beat = daemon.town.archive.pulse()
    assert beat is not None and (beat["state"], beat["detail"]["wrong"]) == ("working", [])


async def test_a_disk_that_is_nearly_full(daemon: Daemon) -> None:
    """Nothing new is asked for until there is room; it is told once when it begins and once when it ends."""
    daemon.machine.left = 10**5
    assert await daemon.ticks(3) == []
    assert [why.startswith("the disk is nearly full: 0 MB are left") for why in daemon.told("paused")] == [True]
    assert daemon.pulse.wrong(daemon.pulse.ticked)
    beat = daemon.town.archive.pulse()
    assert beat is not None and beat["state"] == "waiting"
    daemon.machine.left = None  # a folder that cannot be asked is the writer's trouble
    assert await daemon.ticks() == [FEED, A]


async def test_a_clock_that_cannot_be_right(daemon: Daemon) -> None:
    """In 1970 nothing is asked and nothing is written under that time; when it is set, work begins."""
    async with daemon.town.pipeline() as pipeline:
        chores = daemon.chores(pipeline)
        daemon.town.now = datetime(1970, 1, 1, tzinfo=UTC)
        for _ in range(3):
            await chores.tick()
        await pipeline.idle()
        assert daemon.town.asked == [] and daemon.town.archive.value("SELECT count(*) FROM captures") == 0
        assert "the clock shows 1970-01-01" in daemon.told("paused")[0]
        daemon.town.now = NOW
        await chores.tick()
        await pipeline.idle()
    assert len(daemon.told("paused")) == len(daemon.told("resumed")) == 1
    assert [request.url for request in daemon.town.asked] == [FEED, A]


async def test_a_clock_that_was_a_year_ahead(daemon: Daemon) -> None:
    """What was put off by it is due when it is set right: no source is forgotten for a year."""
    daemon.town.now += 365 * DAY
    await daemon.ticks()
    async with daemon.town.pipeline() as pipeline:
        chores = daemon.chores(pipeline)
        daemon.town.now, daemon.machine.slept = NOW, daemon.machine.slept + 60
        daemon.town.asked.clear()
        await chores.tick()
        await pipeline.idle()
        await chores.tick()
        await pipeline.idle()
    assert "it was set by -31,536,060 s" in daemon.told("clock-changed")[0]
    assert {request.url for request in daemon.town.asked} == {FEED, A}


async def test_the_sleep_of_the_machine(daemon: Daemon) -> None:
    """No jump of the clock: what became due in it is asked for once, not once an interval."""
    await daemon.ticks()
    async with daemon.town.pipeline() as pipeline:
        chores = daemon.chores(pipeline)
        daemon.town.asked.clear()
        daemon.town.now += 9 * HOUR
        daemon.machine.slept += 9 * 3600
        for _ in range(3):
            await chores.tick()
            await pipeline.idle()
    assert daemon.told("clock-changed") == []
    assert [request.url for request in daemon.town.asked] == [FEED, A]


async def test_a_tick_that_took_an_hour(daemon: Daemon) -> None:
    """What fell due meanwhile is asked for by the next one, and nothing twice."""

    async def slow(_: object) -> None:
        daemon.town.now += HOUR

    daemon.town.before_answer = slow
    first = await daemon.ticks()
    daemon.town.before_answer = None
    assert (first, await daemon.ticks(2)) == ([FEED, A], [FEED])
