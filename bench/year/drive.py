"""Half a world for a year: the real pipeline, gate and archive; the network and the clock are made up."""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.year import clock
from bench.year.hosts import Host, host, line
from bench.year.newsrooms import BEGIN, DAY, MINUTE, newsrooms
from bench.year.reading import work
from bench.year.web import Web
from collector.config import Config
from collector.fetch import following
from collector.gate import Gate
from collector.pipeline import Edges, Event, Pipeline
from collector.pipeline.outage import Outage
from collector.pipeline.run import both
from storage.archive import Archive
from storage.archive.sources import Wanted
from storage.raw import Raw
from storage.records import HostState

TICK = 2 * MINUTE
TOGETHER = 5_000  # writes in one transaction


@dataclass(slots=True)
class Year:
    """One half of the world, and how it was watched. `every`: seconds, None where each source has its rhythm."""

    seed: int
    hosts: Sequence[Host]
    archive: Archive
    raw: Raw
    days: float
    every: float | None
    web: Web = field(init=False)
    events: Counter[str] = field(default_factory=Counter)  # of the pipeline, by kind
    broken: list[Event] = field(default_factory=list)
    seconds: float = 0.0  # real ones

    @property
    def end(self) -> float:
        return self.days * DAY

    def hear(self, event: Event) -> None:
        self.events[event.kind] += 1
        if event.kind == "broke":
            self.broken.append(event)


def watch(folder: Path, *, seed: int, half: int, days: float, every: float | None = None) -> Year:
    """Watch one half of the world for so many days; the archive stays in `folder`, open."""
    began = time.perf_counter()
    hosts = [host(seed, newsroom, days) for newsroom in newsrooms(seed, half, days)]
    with closing(Raw(folder / "raw")) as raw:
        year = Year(seed, hosts, Archive(folder / "archive.db"), raw, days, every)
        clock.run(_watch(year, Config(data=folder, sources=())))
    year.seconds = time.perf_counter() - began
    return year


async def _watch(year: Year, config: Config) -> None:
    """Tick whenever something is due, on every other minute."""
    loop, writes = asyncio.get_running_loop(), Writes(year.archive, year.raw)
    year.web = Web(year.hosts, line(year.seed, year.days), loop.time, year.every, config.poll_between[0])

    def now() -> datetime:
        return BEGIN + timedelta(seconds=loop.time())

    async def remember(state: HostState) -> None:
        await writes(year.archive.remember_host, state)

    hop = Outage(year.web.hop, year.hear, clock=loop.time)
    gate = Gate(hop, config.network, config.site, remember=remember, known={}, now=now)
    edges = Edges(
        get=following(gate.hop, budget=config.network.timeout),
        work=work,
        write=writes,
        now=now,
        report=year.hear,
        dice=Random(year.seed).random,
    )
    opening = deque(sorted(each.newsroom.opens for each in year.hosts))
    async with Pipeline(year.archive, year.raw, config, edges) as pipeline:
        while (at := loop.time()) < year.end:
            if opening and opening[0] <= at:
                await writes(year.archive.set_sources, _watched(year, at), now())
                while opening and opening[0] <= at:
                    opening.popleft()
            await pipeline.tick()
            await pipeline.idle()
            await asyncio.sleep(_pause(loop.time(), opening[0] if opening else year.end, year.archive.next_due(now())))
    writes.commit()


def _watched(year: Year, at: float) -> list[Wanted]:
    """What config.yaml names by then."""
    newsrooms = (each.newsroom for each in year.hosts if each.newsroom.opens <= at)
    return [Wanted(url=each.feed, kind="feed", site=each.host, every=year.every) for each in newsrooms]


def _pause(at: float, opens: float, due: datetime | None) -> float:
    """Seconds until the tick at which something is due, or another newsroom begins to be watched."""
    until = opens if due is None else min(opens, (due - BEGIN).total_seconds())
    return max(math.ceil(until / TICK) * TICK - at, TICK - at % TICK)


class Writes:
    """Writes as `storage.writer` does, what comes together in one transaction, but in this thread."""

    def __init__(self, archive: Archive, raw: Raw) -> None:
        self._archive, self._raw = archive, raw
        self._open: AbstractContextManager[None] | None = None
        self._count = 0

    async def __call__(self, function: Callable[..., Any], *arguments: object) -> Any:
        if self._open is None:
            self._open = both(self._archive, self._raw)
            self._open.__enter__()
        self._count += 1
        value = function(*arguments)  # without a savepoint: what fails here ends the year
        if self._count % TOGETHER == 0:
            self.commit()
        return value

    def commit(self) -> None:
        if self._open is not None:
            self._open.__exit__(None, None, None)
            self._open = None
